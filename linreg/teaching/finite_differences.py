"""Finite differences of the loss, which check a gradient without its formula.

The central difference of a quadratic has no truncation error at all: in f(θ + h) − f(θ − h) the
terms with h² cancel, and there are no higher ones. What is left is rounding. It grows as h
shrinks, for the difference of two nearly equal numbers is divided by a small one.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.moments import Floats, floats

Function = Callable[[Floats], Floats]  # takes θ of shape (…, p), returns shape (…)


def central(f: Function, theta: Floats, h: float) -> Floats:
    """Return (f(θ + h) − f(θ − h)) / 2h along each parameter, shape (p,)."""
    step = h * np.eye(len(theta))
    return (f(theta + step) - f(theta - step)) / (2 * h)


def forward(f: Function, theta: Floats, h: float) -> Floats:
    """Return (f(θ + h) − f(θ)) / h along each parameter, shape (p,)."""
    step = h * np.eye(len(theta))
    return (f(theta + step) - f(theta)) / h


@dataclass(frozen=True, eq=False)
class DifferenceErrors:
    """Errors of both differences, for several h.

    Attributes
    ----------
    h : ndarray of shape (k,)
    central, forward : ndarray of shape (k, p)
        Absolute errors, in units of the gradient; infinite where a loss overflows.
    """

    h: Floats
    central: Floats
    forward: Floats


def difference_errors(
    f: Function, theta: Floats, gradient: Floats, steps: ArrayLike
) -> DifferenceErrors:
    """Compare both differences with a gradient, shape (p,), for each h in `steps`.

    Raises
    ------
    ValueError
        If an h is not finite and > 0.
    """
    h = np.atleast_1d(floats("steps", steps))
    if not (np.isfinite(h) & (h > 0)).all():
        raise ValueError(f"every h must be finite and > 0, got {h}")

    def error(difference: Callable[[Function, Floats, float], Floats]) -> Floats:
        with np.errstate(over="ignore", invalid="ignore"):
            slopes = np.array([difference(f, theta, each) for each in h])
        return np.nan_to_num(np.abs(slopes - gradient), nan=np.inf, posinf=np.inf)

    return DifferenceErrors(h, error(central), error(forward))
