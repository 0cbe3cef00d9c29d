"""The closed form: its equations with the numbers of the data, its digits and its cost."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from math import ceil, inf, log10
from typing import Any, Literal

import numpy as np
import pandas as pd
import streamlit as st

from linreg.experiment.resolve import Resolved
from linreg.model.exact_rational import ExactFit
from linreg.model.moments import Floats
from linreg.model.normal_equations import (
    Elimination,
    NormalEquations,
    from_triangle,
    normal_equations,
    solve_or_none,
)
from linreg.teaching.exercises import design
from linreg.teaching.operation_counts import MEASURED_SIZES, Cost, count_cost, measure_cost
from linreg.teaching.solver_digits import (
    DigitsAtCondition,
    SolverDigits,
    compare_solvers,
    digits,
    digits_by_condition,
    expected_digits,
)
from linreg.text.numbers import counted, number
from linreg.training.eigen_directions import Direction, decisive, directions, steps_per_digit
from linreg.ui.lesson.formula import formula
from linreg.ui.lesson.glossary import link_terms
from linreg.ui.lesson.views.exact_digits import exact_digits, rounded
from linreg.ui.stage.colours import COLOURS
from linreg.ui.state import tab_state
from linreg.ui.state.tab_state import this_tab

MAX_SHOWN_PARAMETERS = 6  # whose equations fit on a page
ROUTE_TITLES = {
    "normal equations": "Normal equations",
    "QR": "QR of the rows",
    "descent": "Descent, {steps}",
}
DIGITS_AXIS_RANGE = [-0.7, 17.0]
EXACT_HEADING, REFERENCE_HEADING = "Exact", "Reference"


def beside_descent(resolved: Resolved) -> None:
    """Show the equations of the data, the right digits of each route, and their costs."""
    rows, problem, done = resolved.training_set, resolved.problem, resolved.run
    data, M, intercept = rows.dataset, rows.features, problem.intercept
    kappa = resolved.limits.condition
    equations = (
        normal_equations(design(data.X, intercept=intercept), data.y)
        if rows.holds_all
        else from_triangle(problem)
    )
    show_way_left(resolved.forecast.converges_at, resolved.experiment.steps)
    st.subheader("The equations of these data", anchor=False)
    show_equations(equations, solve_or_none(equations), intercept=intercept, condition=kappa)
    st.subheader("How many digits are right", anchor=False)
    names = [f"θ{j + 1 - intercept}" for j in range(len(problem.z))]
    result = compare_solvers(equations, problem, done.theta[-1], rows.again)
    above = st.container()
    exact = exact_digits(resolved)
    with above:
        show_agreement(judged(result, exact), names, counted(len(done.loss) - 1, "step"), M)
    show_arrival(decisive(directions(problem, rate=done.rate, loss=done.loss_name)))
    show_digits_lost(kappa if problem.rank == len(names) else inf)
    st.subheader("Why descend at all", anchor=False)
    show_cost(problem.n, len(problem.z))


def show_way_left(converges_at: int | None, steps: int) -> None:
    """Show how many steps a run lacks to converge, if it does not.

    Parameters
    ----------
    converges_at : int or None
        The step at which the descent converges; None if it never does.
    steps : int
        Steps of the run.
    """
    if converges_at is None:
        st.markdown("At this rate the minimum is out of reach: change the rate above the picture.")
    elif converges_at > steps:
        st.markdown(
            f"After its {counted(steps, 'step')} the descent is still on its way: at this rate it "
            f"converges near step {number(converges_at)}. Change the rate above the picture, or "
            "the steps in the sidebar."
        )


def tex_number(value: float, digits: int = 6) -> str:
    """Write a number for KaTeX, which would space a comma like a list."""
    mantissa, _, power = number(value, digits).replace("−", "-").partition("e")
    plain = mantissa.replace(",", r"\,")
    return rf"{plain} \cdot 10^{{{power}}}" if power else plain


def enough_digits(condition: float) -> int:
    """Return the digits of XᵀX that a reader needs to compute θ to five digits by hand."""
    return min(15, max(7, 6 + ceil(log10(condition)))) if np.isfinite(condition) else 7


def matrix(rows: Floats, digits: int, bar: int | None = None) -> str:
    """Return KaTeX of a matrix of shape (k, m), with a line before column `bar`."""
    width = rows.shape[1]
    lines = r" \\ ".join(" & ".join(tex_number(v, digits) for v in row) for row in rows.tolist())
    columns = "r" * width if bar is None else "r" * bar + "|" + "r" * (width - bar)
    return rf"\left[\begin{{array}}{{{columns}}} {lines} \end{{array}}\right]"


def parameters(p: int, *, intercept: bool) -> list[str]:
    """Return KaTeX of the names of p parameters in house symbols."""
    return [rf"\theta_{{{j}}}" for j in range(1 - intercept, p + 1 - intercept)]


def show_equations(
    equations: NormalEquations, solved: Elimination | None, *, intercept: bool, condition: float
) -> None:
    """Show XᵀXθ = Xᵀy with its numbers, its solution and the steps to it."""
    p = len(equations.b)
    M = p - intercept
    if p > MAX_SHOWN_PARAMETERS:
        text = f"{p} parameters make {p} equations with {p} unknowns: too many to read here."
        st.markdown(tab_state.notation().say(text, M))
        return
    digits = enough_digits(condition)
    names = parameters(p, intercept=intercept)
    unknown = r"\begin{bmatrix} " + r" \\ ".join(names) + r" \end{bmatrix}"
    right = matrix(equations.b[:, np.newaxis], digits)
    square = matrix(equations.A, digits)
    tops = r"{gradient|X^\top X}", r"{path|\theta}", r"{data|X^\top y}"
    formula(
        rf"\underbrace{{{square}}}_{{{tops[0]}}} "
        rf"\underbrace{{{unknown}}}_{{{tops[1]}}} = \underbrace{{{right}}}_{{{tops[2]}}}",
        M,
    )
    if solved is None:
        text = (
            "Elimination meets a zero that rounding blurs: the rows do not determine all "
            "parameters, or too weakly for this route."
        )
        st.markdown(tab_state.notation().say(text, M))
        return
    values = [
        rf"{name} = {tex_number(float(v))}" for name, v in zip(names, solved.theta, strict=True)
    ]
    formula(r"\Rightarrow\quad {optimum|" + r",\quad ".join(values) + "}", M)
    with st.expander("Solve it step by step"):
        show_solution(solved, names, digits, M)


def show_solution(solved: Elimination, names: list[str], digits: int, features: int) -> None:
    """Show elimination and back substitution."""
    p = len(names)
    for k, stage in enumerate(solved.stages):
        if p > 1:
            st.markdown(
                "The numbers side by side:"
                if k == 0
                else f"From every row below row {k}, take the multiple of row {k} that leaves a 0 "
                f"in column {k}:"
            )
        st.latex(matrix(stage, digits, bar=p))
    st.markdown("From the last row upwards:" if p > 1 else "One division is left:")
    last = solved.stages[-1]
    for k in reversed(range(p)):
        rest = "".join(
            rf" - ({tex_number(last[k, j], digits)}) \cdot {names[j]}" for j in range(k + 1, p)
        )
        top = rf"{tex_number(last[k, -1], digits)}{rest}"
        result = tex_number(float(solved.theta[k]), digits)
        formula(
            rf"{names[k]} = \frac{{{top}}}{{{tex_number(last[k, k], digits)}}} = {result}", features
        )


def judged(result: SolverDigits, exact: ExactFit | None) -> SolverDigits:
    """Compare with the exact solution if there is one; without it, QR has no reference."""
    if result.exact:
        return result
    if exact is None:
        return replace(result, digits={**result.digits, "QR": None})
    best = rounded(exact)
    right = {name: None if t is None else digits(t, best) for name, t in result.theta.items()}
    return replace(result, reference=best, exact=True, digits=right)


def show_agreement(result: SolverDigits, names: list[str], steps: str, features: int) -> None:
    """Show θ by each route and how many of its digits are right."""
    say = tab_state.notation().say
    columns = {
        EXACT_HEADING if result.exact else REFERENCE_HEADING: [
            _written(v) for v in result.reference
        ]
    }
    for m, (route, title) in enumerate(ROUTE_TITLES.items(), 1):
        theta, right = result.theta[route], result.digits[route]
        none = ["–"] * len(names)
        columns[title.format(steps=steps)] = none if theta is None else [_written(v) for v in theta]
        columns["Right digits" + " " * m] = none if right is None else [f"{d:.1f}" for d in right]
    index = pd.Index([say(name, features) for name in names])
    st.table(pd.DataFrame(columns, index=index))
    first = (
        "The reference is exact: the numbers of the rows are fractions, and so is the solution. "
        if result.exact
        else "The reference is the QR route, so its own digits are not judged: the table is too "
        "large to be solved exactly here, or leaves a direction flat. "
    )
    st.caption(link_terms(f"{first}A [[float64]] holds about 16 digits."))


def _written(value: float) -> str:
    return number(float(value), 10)


def show_arrival(slow: Direction) -> None:
    """Show how many steps the descent takes for one more right digit."""
    steps = steps_per_digit(slow)
    text = (
        "At this rate the descent never gets there."
        if steps is None
        else "At this rate the first step along the slowest direction is the last."
        if steps == 0
        else f"At this rate each further right digit costs the descent about {number(steps, 2)} "
        "steps. Drag the rate to the fastest, or take more steps in the sidebar."
    )
    st.markdown(tab_state.notation().say(text))


@cache
def _lost() -> tuple[DigitsAtCondition, ...]:
    return digits_by_condition()


def show_digits_lost(condition: float) -> None:
    """Chart the right digits of two routes against the condition number.

    Parameters
    ----------
    condition : float
        κ of the data on the page; inf if the rows leave a direction flat.
    """
    here = f" On these data κ = {number(condition, 4)}." if np.isfinite(condition) else ""
    st.markdown(
        link_terms(
            "The limit is the [[float64]]. Forming XᵀX loses about log₁₀ κ digits, where κ is its "
            "[[condition number]] and that of the [[Hessian]] 2XᵀX. A QR of the rows never forms "
            f"XᵀX and, where the residuals are small, loses half as many.{here} The chart makes "
            "two features more and more alike; its targets lie on a plane, so there are no "
            "residuals."
        )
    )
    st.plotly_chart(
        digits_figure(condition, "dark" if st.context.theme.type == "dark" else "light"),
        config={"displayModeBar": False},
        alt="Right digits against the condition number: the normal equations lose as many digits "
        "as κ has, QR half as many",
    )


def digits_figure(condition: float, theme: Literal["light", "dark"]) -> dict[str, Any]:
    """Return the chart, with a line at `condition` if that is within its range."""
    points, colours = _lost(), COLOURS[theme]
    kappa = [point.condition for point in points]
    traces: list[dict[str, Any]] = []
    for name, role, symbol, values, squared in (
        ("Normal equations", "gradient", "circle", [v.normal_equations for v in points], True),
        ("QR", "model", "diamond", [v.qr for v in points], False),
    ):
        expected = [expected_digits(k, squared=squared) for k in kappa]
        rule, dash = ("16 − log κ", "dash") if squared else ("16 − ½ log κ", "dot")
        marks = {"color": colours[role], "symbol": symbol, "size": 9}
        lines = {"color": colours[role], "dash": dash, "width": 1.5}
        traces.append({"x": kappa, "y": values, "mode": "markers", "marker": marks, "name": name})
        traces.append({"x": kappa, "y": expected, "mode": "lines", "line": lines, "name": rule})
    if condition <= kappa[-1]:
        line = {"color": colours["optimum"], "width": 2}
        here = {"x": [condition] * 2, "y": DIGITS_AXIS_RANGE, "mode": "lines", "line": line}
        traces.append({**here, "name": "these data"})
    x = {"type": "log", "title": {"text": "condition number κ of XᵀX"}, "exponentformat": "power"}
    return {
        "data": [{"type": "scatter", **trace} for trace in traces],
        "layout": {
            "height": 380,
            "margin": {"l": 60, "r": 10, "t": 10, "b": 50},
            "xaxis": {**x, "fixedrange": True},
            "yaxis": {
                "title": {"text": "right digits of the worst parameter"},
                "range": DIGITS_AXIS_RANGE,
                "fixedrange": True,
            },
            "legend": {"orientation": "h", "y": -0.25, "yanchor": "top"},
            "hovermode": False,
        },
    }


def show_cost(n: int, p: int) -> None:
    """Show the counted costs of both routes, and measured ones after a click."""
    key = "minimum.cost"
    price = number(count_cost(n, p).steps_for_the_price, 2)
    price += " step" if price == "1" else " steps"
    st.markdown(
        link_terms(
            "Adding up XᵀX takes np²/2 multiplications for n rows and p parameters, solving it "
            "p³/3; a step over all rows takes 2np. So the closed form costs as much as about p/4 "
            f"steps: here, with n = {n:,} and p = {p}, as much as {price}. With few parameters it "
            "wins. With a million, XᵀX alone would fill 8 terabytes, and the minimiser of a "
            "[[neural network]]'s loss has no closed form at all: only descent is left."
        )
    )
    if st.button("Measure it now", key=f"{key}.measure"):
        this_tab().measured_costs = [measure_cost(*size) for size in MEASURED_SIZES]
    measured = this_tab().measured_costs
    costs = measured or [count_cost(*size) for size in MEASURED_SIZES]
    table = pd.DataFrame([_cost_row(cost) for cost in costs], columns=COST_COLUMNS)
    st.table(table if measured else table.drop(columns=MEASURED_COLUMNS), hide_index=True)
    if measured:
        st.caption(
            "Measured on this server with random numbers, one thread, the shortest of several "
            "times. Counted and measured differ: forming XᵀX reuses each number while it is in "
            "cache; a step is limited by memory speed."
        )


COST_COLUMNS = [
    "n",
    "p",
    "Closed form, multiplications",
    "ms",
    "One step, multiplications",
    "ms ",
    "Equivalent number of steps (counted)",
    "measured",
]
MEASURED_COLUMNS = ["ms", "ms ", "measured"]


def _cost_row(cost: Cost) -> list[str]:
    def ms(seconds: float | None) -> str:
        return "" if seconds is None else number(1000 * seconds, 2)

    measured = cost.steps_in_the_time
    return [
        f"{cost.n:,}",
        f"{cost.p:,}",
        number(cost.closed, 3),
        ms(cost.closed_time),
        number(cost.step, 3),
        ms(cost.step_time),
        number(cost.steps_for_the_price, 2),
        "" if measured is None else number(measured, 2),
    ]
