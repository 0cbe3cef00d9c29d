import streamlit as st

from linreg.model import row_by_row as row_by_row
from linreg.teaching.step_guess import judge
from linreg.ui.lesson import page
from linreg.ui.lesson.contents import place
from linreg.ui.lesson.formula import formula
from linreg.ui.lesson.views.step_guess import judge_guess
from linreg.ui.stage.layout import Layout, Picture
from linreg.ui.stage.payload import payload
from linreg.ui.state import tab_state

LAYOUT = Layout(
    name="update",
    label="One step in slow motion",
    box="update",
    place=place("update"),
    pictures=(
        Picture("slow-motion-plane", id="plane"),
        Picture("slow-motion-data", id="data", options=(("dataView", "fitted"),)),
        Picture("slow-motion-loss", id="loss"),
    ),
    top=("transport", "phases"),
    side=("arithmetic", "step-guess", "rows-table", "next-steps"),
)
WORDS = (
    "The [[gradient]] points uphill, but its length is not a sensible step size. The [[learning "
    "rate]] η scales it to a [[step]] and the minus sign turns it downhill. That is the whole "
    "[[update]]. Go through one step phase by phase, or predict where it will land before you take "
    "it. You can do this at any step of the [[run]]."
)


@st.fragment
def update_now() -> None:
    """Show one step in slow motion, and judge the guess about it."""
    resolved = page.current()
    page.show(payload(resolved), LAYOUT)
    judge_guess(resolved.run, resolved.training_set.features)


M = tab_state.on_stage()[1].features
page.opening("update", WORDS, M)
formula(
    r"{path|\theta} \leftarrow {path|\theta} - \eta \cdot "
    r"{gradient|\nabla \mathrm{loss}}",
    M,
)
update_now()
page.code(row_by_row.update, row_by_row.gradient, judge)
page.way_on("update")
