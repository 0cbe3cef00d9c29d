"""The gradient as a sum of one arrow per row."""

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.moments import Floats, floats
from linreg.model.row_by_row import gradient, predict
from linreg.teaching import exercises


def row_gradients(X: Floats, y: Floats, theta: Floats) -> Floats:
    """Return each row's arrow −2(y − ỹ)·x, shape (n, p): their sum is ∇TSSE.

    X, shape (n, p), is the design matrix as it stands: with a column of ones for an intercept.
    """
    error = y - predict(X, theta)
    return -2 * error[:, np.newaxis] * X


def ask_row_gradient(column: ArrayLike, y: ArrayLike) -> tuple[exercises.Exercise, float]:
    """Ask for the part of ∇TSSE that a new row above the model adds.

    Parameters
    ----------
    column, y : array of shape (n,)
        A feature and the target, whose ranges place the new row.

    Returns
    -------
    Exercise
        About the derivative by the feature's weight, the new row at `x`.
    float
        The residual of the new row, > 0, in units of y.
    """
    x = exercises.typical_point(column) or 2.0
    spread = float(np.ptp(floats("y", y))) or 2.0
    residual = exercises.round_number(0.1 * spread, 0.35 * spread)
    answer = float(gradient(np.array([[x]]), np.array([residual]), np.zeros(1))[0])
    factors = f"−2 · {exercises.in_product(residual)} · {exercises.in_product(x)}"
    way = "negative, so a step against it raises" if answer < 0 else "positive: a step lowers"
    product = f"{factors} = {exercises.written(answer)}"
    arithmetic = f"−2(y − ỹ) · x = {product}. It is {way} the weight, which takes the model nearer."
    rule = "a row adds −2(y − ỹ) · x: the minus, the 2, the residual and x"
    tolerance = exercises.TOLERANCE_SHARE * abs(answer)
    return exercises.Exercise(x, answer, tolerance, rule, arithmetic), residual
