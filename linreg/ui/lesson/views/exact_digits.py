"""The button “Exact digits”: θ* without rounding, and how many digits on screen are right."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st

from linreg.data.training_set import TrainingSet
from linreg.experiment.resolve import Resolved
from linreg.model.exact_rational import (
    MAX_EXACT_NUMBERS,
    MAX_EXACT_PARAMETERS,
    ExactFit,
    decimal_text,
    exact_fit,
)
from linreg.model.least_squares import LeastSquares
from linreg.model.moments import Floats
from linreg.teaching.solver_digits import digits
from linreg.text.markdown import literal
from linreg.text.numbers import count, counted, number
from linreg.training.gradient_descent import Run
from linreg.ui.lesson.glossary import link_terms
from linreg.ui.state import tab_state
from linreg.ui.state.tab_state import this_tab
from linreg.ui.state.tab_values import ExactResult

NEEDS_EVERY_ROW = (
    "Exact digits need every row, and a problem file holds sums that were rounded once. Upload "
    "the table itself to see them."
)
TOO_MANY_NUMBERS = (
    "Exact digits are worked out for up to {rows} rows of 10 features, {numbers} numbers in all, "
    "and {parameters} parameters. This table has {n} and {p}: choose fewer features or rows."
)
TOO_FAR_APART = (
    "Exact digits cannot be computed here: the numbers of one column differ by more than 80 powers "
    "of ten. Rescale or correct that column."
)
EXPLANATION = (
    "Solved in whole numbers of any length, from the rows as they are stored, each number a "
    "[[float64]]. The table counts how many digits agree with θ*. Digits lost when the decimals "
    "were stored cannot be recovered."
)


def exact_digits(resolved: Resolved) -> ExactFit | None:
    """Offer the exact solution; once it is there, show it beside θ on screen and return it."""
    rows, problem = resolved.training_set, resolved.problem
    if (refusal := why_not(rows, problem)) is not None:
        st.caption(refusal)
        return None
    if st.button("Exact digits", key="minimum.exact.button"):
        fit = _fit(rows, problem.intercept)
        this_tab().exact_result = ExactResult(rows, problem.intercept, fit)
    result = this_tab().exact_result
    if result is None or result.rows is not rows or result.intercept != problem.intercept:
        return None
    if result.fit is None:
        st.caption(TOO_FAR_APART)
        return None
    show(result.fit, problem, rows, resolved.run)
    return result.fit


def why_not(rows: TrainingSet, problem: LeastSquares) -> str | None:
    """Return why these rows have no exact solution, or None if they have one."""
    p = len(problem.z)
    if rows.again is None:
        return NEEDS_EVERY_ROW
    if rows.n * p > MAX_EXACT_NUMBERS or p > MAX_EXACT_PARAMETERS:
        return TOO_MANY_NUMBERS.format(
            rows=count(10**6),
            numbers=count(MAX_EXACT_NUMBERS),
            parameters=MAX_EXACT_PARAMETERS,
            n=counted(rows.n, "row"),
            p=counted(p, "parameter"),
        )
    return None


def _fit(rows: TrainingSet, intercept: bool) -> ExactFit | None:
    """Return the exact solution, or None where the numbers are too far apart."""
    if rows.again is None:
        return None
    try:
        return exact_fit(rows.again, intercept=intercept)
    except ValueError:
        return None


def show(fit: ExactFit, problem: LeastSquares, rows: TrainingSet, done: Run) -> None:
    """Show θ* to 30 digits, and the certain digits of the minimum and of where the descent is."""
    first = 1 - int(problem.intercept)
    say = tab_state.notation().say
    exact = rounded(fit)
    shown = {"Minimum": problem.minimiser(), "Descent": done.theta[-1]}
    columns = {"θ*, to 30 digits": [decimal_text(value) for value in fit.theta]}
    for m, (name, theta) in enumerate(shown.items(), 1):
        columns[f"{name} on screen"] = [number(float(value), 10) for value in theta]
        columns["Certain digits" + " " * m] = [f"{d:.1f}" for d in digits(theta, exact)]
    index = pd.Index([say(f"θ{j + first}", rows.features) for j in range(len(exact))])
    st.table(pd.DataFrame(columns, index=index))
    st.caption(link_terms(EXPLANATION))
    for sentence in depending(fit, problem, rows.dataset.features):
        st.caption(literal(sentence))


def rounded(fit: ExactFit) -> Floats:
    """Return the exact θ*, shape (p,), each number rounded once."""
    return np.array([float(value) for value in fit.theta])


def depending(fit: ExactFit, problem: LeastSquares, features: tuple[str, ...]) -> list[str]:
    """Return sentences on columns that depend on each other, exactly or but for rounding."""
    names = [*(["the column of ones"] if problem.intercept else []), *(f"“{f}”" for f in features)]
    sentences = []
    for group in fit.dependent:
        *others, last = (names[j] for j in group)
        made = " and ".join([", ".join(others[:-1]), others[-1]] if others[1:] else others)
        what = f"is a combination of {made}" if others else "is 0 in every row"
        sentences.append(f"To the last bit, {last} {what}.")
    if sentences:
        return [
            *sentences,
            "Many minima are equally good; the one shown, exactly, has the least norm.",
        ]
    if problem.rank < len(problem.z):
        return [
            "To the last bit the columns are independent, so there is one exact minimum. They are "
            "so nearly dependent that float64 cannot tell: the minimum on screen is the one of "
            "least norm among all that are equally good to it."
        ]
    return []
