"""Gradient descent row by row: the definition to read.

The fast route, `linreg.train`, gives the same θ without reading the rows again; the tests hold the
two against each other.  The functions take the design matrix as it stands: put a column of ones
into X for an intercept, or let `descend` do it.
"""

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.moments import Floats, floats


def predict(X: Floats, theta: Floats) -> Floats:
    """Return ỹ = Xθ, shape (n,), for X of shape (n, p) and θ of shape (p,)."""
    return X @ theta


def tsse(X: Floats, y: Floats, theta: Floats) -> float:
    """Return the total sum of square error Σ (y − ỹ)², in units of y squared."""
    error = y - predict(X, theta)
    return float(error @ error)


def gradient(X: Floats, y: Floats, theta: Floats) -> Floats:
    """Return ∇TSSE = −2 Σ (y − ỹ)·x, shape (p,): one arrow per row, summed."""
    error = y - predict(X, theta)
    return -2 * (error @ X)


def update(theta: Floats, rate: float, gradient: Floats) -> Floats:
    """Return the next θ: a step of length `rate` times the gradient, downhill."""
    return theta - rate * gradient


def descend(
    X: ArrayLike,
    y: ArrayLike,
    *,
    rate: float,
    steps: int,
    start: ArrayLike | None = None,
    intercept: bool = True,
) -> Floats:
    """Train by gradient descent on TSSE, reading every row in every step.

    Parameters
    ----------
    X : array of shape (n, M) or (n,)
    y : array of shape (n,)
    rate : float
        Learning rate η, in units of TSSE.
    steps : int
        Number of steps T.
    start : array of shape (p,), optional
        θ before the first step; zeros by default.
    intercept : bool
        Whether to put a column of ones before X, so that θ0 is the intercept.

    Returns
    -------
    ndarray of shape (T+1, p)
        Every θ from the start on.
    """
    y = floats("y", y)
    X = floats("X", X).reshape(len(y), -1)
    if intercept:
        X = np.column_stack([np.ones(len(y)), X])
    path = np.zeros((steps + 1, X.shape[1]))
    path[0] = 0 if start is None else floats("start", start)
    for step in range(steps):
        path[step + 1] = update(path[step], rate, gradient(X, y, path[step]))
    return path
