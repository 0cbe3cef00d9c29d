"""The rules that stop a descent, applied to the run on the stage."""

import pandas as pd
import streamlit as st

from linreg.text.numbers import count, counted, number
from linreg.training.gradient_descent import Run
from linreg.training.stopping import MIN_GAIN, stops
from linreg.ui.state import tab_state

RULES = {
    "Converged": "the loss is at its minimum, as near as the definition asks",
    "No further gain": f"a step lowers the loss by less than {number(100 * MIN_GAIN)} %",
    "Budget spent": "all steps are taken",
}
STOPS_NOTE = (
    "“Converged” compares the loss with its minimum, which is known only because this model has a "
    "closed form. The other two rules need nothing but the run itself, and larger models use them."
)


def show_stops(run: Run) -> None:
    """Show when each rule stops this run, and how far from the minimum."""
    found = stops(run)
    steps = (found.converged, found.no_gain, found.budget)
    table = pd.DataFrame(
        {
            "Training stops when": list(RULES.values()),
            "On this run": [_when(step, found.budget) for step in steps],
            "Loss above its minimum": ["" if step is None else _above(run, step) for step in steps],
        },
        index=pd.Index(list(RULES)),
    )
    st.table(table)
    st.markdown(f"The rule that comes first stops this run at step {count(found.first)}.")
    st.caption(tab_state.notation().say(STOPS_NOTE))


def _when(step: int | None, budget: int) -> str:
    return f"not within {counted(budget, 'step')}" if step is None else f"at step {count(step)}"


def _above(run: Run, step: int) -> str:
    return number(float(run.at(step).excess), 4)
