"""The gradient as a sum of one arrow per row."""

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.moments import Floats
from linreg.model.row_by_row import gradient, predict
from linreg.teaching.exercises import (
    ARITHMETIC_DIGITS,
    TOLERANCE_SHARE,
    Exercise,
    round_number,
    typical_point,
)
from linreg.text.numbers import number


def row_gradients(X: Floats, y: Floats, theta: Floats) -> Floats:
    """Return each row's arrow −2(y − ỹ)·x, shape (n, p): their sum is ∇TSSE.

    X, shape (n, p), is the design matrix as it stands: with a column of ones for an intercept.
    """
    error = y - predict(X, theta)
    return -2 * error[:, np.newaxis] * X


def ask_row_gradient(column: ArrayLike, y: ArrayLike) -> tuple[Exercise, float]:
    """Ask for the part of ∇TSSE that a new row above the model adds.

    Parameters
    ----------
    column, y : array of shape (n,)
        A feature and the target, whose ranges place the new row.

    Returns
    -------
    Asked
        About the derivative by the feature's weight, the new row at `x`.
    float
        The residual of the new row, > 0, in units of y.
    """
    x = typical_point(column) or 2.0
    spread = float(np.ptp(np.asarray(y, dtype=float))) or 2.0
    residual = round_number(0.1 * spread, 0.35 * spread)
    answer = float(gradient(np.array([[x]]), np.array([residual]), np.zeros(1))[0])
    product = f"−2 · {_factor(residual)} · {_factor(x)} = {number(answer, ARITHMETIC_DIGITS)}"
    way = "negative, so a step against it raises" if answer < 0 else "positive: a step lowers"
    arithmetic = f"−2(y − ỹ) · x = {product}. It is {way} the weight, which takes the model nearer."
    rule = "a row adds −2(y − ỹ) · x: the minus, the 2, the residual and x"
    return Exercise(x, answer, TOLERANCE_SHARE * abs(answer), rule, arithmetic), residual


def _factor(value: float) -> str:
    text = number(value, ARITHMETIC_DIGITS)
    return f"({text})" if value < 0 else text
