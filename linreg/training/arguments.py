"""Checks of arguments: each returns the value converted, or raises what it must be."""

from math import inf
from numbers import Integral, Real

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.least_squares import LeastSquares
from linreg.model.moments import Floats, floats
from linreg.text.numbers import count, shortened

MAX_WHOLE_NUMBER = 10**300  # a float holds no more, and closed forms compute with floats


def positive_rate(rate: float) -> float:
    """Return the rate; raises ValueError unless it is a number, finite and > 0."""
    if not isinstance(rate, Real) or isinstance(rate, bool):
        raise ValueError(f"rate must be a number, got {rate!r}")
    try:
        size = float(rate)
    except OverflowError:
        size = inf if rate > 0 else -inf
    if not 0 < size < inf:
        raise ValueError(f"rate must be finite and > 0, got {size:g}")
    return size


def whole_number(name: str, value: int, most: int = MAX_WHOLE_NUMBER) -> int:
    """Return the number; raises ValueError unless it is a whole number from 0 to `most`."""
    if not isinstance(value, Integral) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{name} must be a whole number >= 0, got {shortened(value)}")
    if value > most:
        raise ValueError(f"{name} must be at most {count(most)}, got {shortened(value)}")
    return int(value)


def whole_steps(steps: int, most: int = MAX_WHOLE_NUMBER) -> int:
    """Return the number of steps; raises ValueError unless it is a whole number >= 0."""
    return whole_number("steps", steps, most)


def start_point(problem: LeastSquares, start: ArrayLike | None) -> Floats:
    """Return the start, zeros if None; raises ValueError unless it is usable for `problem`.

    It must be finite, of shape (p,), and not so far out that its loss overflows.
    """
    theta = np.zeros_like(problem.z) if start is None else floats("start", start)
    if theta.shape != problem.z.shape:
        raise ValueError(f"start must have shape {problem.z.shape}, got {theta.shape}")
    if not np.isfinite(theta).all():
        raise ValueError(f"start must be finite, got {theta}")
    with np.errstate(over="ignore", invalid="ignore"):
        if not (np.isfinite(problem.tsse(theta)) and np.isfinite(problem.gradient(theta)).all()):
            raise ValueError(f"start must have a finite loss and gradient, got {theta}")
    return theta
