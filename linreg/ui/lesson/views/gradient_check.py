"""The check of the gradient: its formula against central differences of the loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import streamlit as st

from linreg.experiment.resolve import Resolved
from linreg.model.least_squares import loss_scale
from linreg.model.moments import Floats
from linreg.teaching.finite_differences import DifferenceErrors, central, difference_errors
from linreg.text.numbers import number
from linreg.ui.lesson.glossary import link_terms
from linreg.ui.stage.colours import COLOURS
from linreg.ui.state import tab_state

TABLE_DIGITS = 12
H_POWERS = range(-13, 7)  # powers of ten to choose h from
CHART_H = 10.0 ** np.arange(-13, 6.01, 0.25)  # the values of h in the chart
WHY = (
    "**Why is a small h not better?** Along one parameter the loss is a parabola. In "
    "f(θj + h) − f(θj − h) its h² cancels, and a parabola has no higher powers: the [[central "
    "difference]] has no error of its own, whatever h is. What is left is rounding. [[float64]] "
    "keeps about 16 digits of f, and dividing by 2h makes their error large where h is small: "
    "ten times smaller h, ten times larger error. So a large h is best here, until f itself grows "
    "with h². The forward difference keeps one h: too large an h spoils it, too."
)


def show_gradient_check(resolved: Resolved, names: Sequence[str]) -> None:
    """Show the check of the gradient at the start of an experiment.

    Parameters
    ----------
    resolved : Resolved
    names : sequence of str
        Names of the p parameters.
    """
    problem, theta, gradient = resolved.problem, resolved.start, resolved.gradient
    scale = loss_scale(resolved.experiment.loss, problem.n)

    def f(at: Floats) -> Floats:
        return scale * problem.tsse(at)

    st.subheader("Is the formula right? Check it without it", anchor=False)
    left, right = st.columns(2)
    with left:
        which = st.selectbox(
            "Parameter",
            range(len(names)),
            len(names) - 1,
            format_func=lambda j: names[j],
            key="gradient.parameter",
        )
        h = st.select_slider(
            "Distance h",
            [10.0**power for power in H_POWERS],
            1e-5,
            format_func=lambda value: number(value, 1),
            key="gradient.h",
        )
        _table(names, gradient, central(f, theta, h))
    with right:
        _chart(difference_errors(f, theta, gradient, CHART_H), which, h, names[which])
    st.markdown(link_terms(tab_state.notation().say(WHY)))


def _table(names: Sequence[str], gradient: Floats, differences: Floats) -> None:
    columns = {
        "parameter": list(names),
        "by the formula": [number(value, TABLE_DIGITS) for value in gradient],
        "central difference": [number(value, TABLE_DIGITS) for value in differences],
        "error": [number(value, 2) for value in np.abs(differences - gradient)],
    }
    st.dataframe(columns, hide_index=True, key="gradient.check")


def _chart(differences: DifferenceErrors, which: int, h: float, name: str) -> None:
    theme: Literal["light", "dark"] = "dark" if st.context.theme.type == "dark" else "light"
    worst, best = differences.central[0, which], differences.central[:, which].min()
    st.plotly_chart(
        errors_figure(differences, which, h, theme),
        key="gradient.errors",
        config={"displayModeBar": False},
        alt=f"Error of the part for {name} against h: {number(worst, 2)} at the smallest h, "
        f"{number(best, 2)} at the best one",
    )


def errors_figure(
    differences: DifferenceErrors, which: int, h: float, theme: Literal["light", "dark"]
) -> dict[str, Any]:
    """Return the errors of one parameter against h, on logarithmic axes, with a mark at `h`."""
    colours, traces = COLOURS[theme], []
    for name, role, dash, values in (
        ("forward difference", "data", "dot", differences.forward[:, which]),
        ("central difference", "gradient", "solid", differences.central[:, which]),
    ):
        # An error of exactly 0 has no place on a logarithmic axis.
        drawn = np.isfinite(values) & (values > 0)
        line = {"color": colours[role], "dash": dash, "width": 2.5}
        traces.append(
            {
                "x": differences.h[drawn],
                "y": values[drawn],
                "mode": "lines",
                "line": line,
                "name": name,
            }
        )
        near = np.isclose(differences.h, h, atol=0) & drawn
        mark = {"color": colours[role], "size": 11, "symbol": "diamond"}
    chosen = {"x": differences.h[near], "y": values[near], "mode": "markers", "marker": mark}
    traces.append({**chosen, "name": "h of the table"})
    axis = {"type": "log", "exponentformat": "power", "dtick": 3, "fixedrange": True}
    return {
        "data": [{"type": "scatter", **trace} for trace in traces],
        "layout": {
            "height": 340,
            "margin": {"l": 70, "r": 10, "t": 30, "b": 50},
            "xaxis": {**axis, "title": {"text": "h"}},
            "yaxis": {**axis, "title": {"text": "error of the gradient"}},
            "legend": {"orientation": "h", "y": 1.12},
        },
    }
