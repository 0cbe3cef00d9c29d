"""Many learning rates at once: how long the descent takes with each of them."""

from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.least_squares import LeastSquares, Loss, loss_scale
from linreg.model.moments import Floats
from linreg.training.arguments import start_point
from linreg.training.learning_rate import (
    RATE_TOLERANCE,
    RateLimits,
    Zone,
    convergence_step,
    zone_of,
)

# The rates of a sweep as shares of the limit 2/λmax: most lie below it, and the closer to it the
# denser, for there the number of steps changes fastest.
LIMIT_SHARES = np.concatenate(
    [np.geomspace(0.02, 0.7, 28), 1 - np.geomspace(0.27, 0.004, 22), np.geomspace(1.004, 2, 10)]
)
RATE_DIGITS = 4  # few: a rate that is opened has a short address


@dataclass(frozen=True, eq=False)
class Sweep:
    """Learning rates and what becomes of the descent.

    Attributes
    ----------
    rates : ndarray of shape (k,)
        Learning rates, ascending, in units of the loss.
    steps : tuple of int or None, k of them
        First step that fulfils the convergence criterion; None if there is none.
    zones : tuple of str, k of them
        "smooth", "zig-zag", "bounces" or "diverges".
    """

    rates: Floats
    steps: tuple[int | None, ...]
    zones: tuple[Zone, ...]


def sweep(
    problem: LeastSquares,
    limits: RateLimits,
    *,
    start: ArrayLike | None = None,
    loss: Loss = "tsse",
) -> Sweep:
    """Run 60 learning rates around the limit to convergence, each in closed form.

    Parameters
    ----------
    problem : LeastSquares
    limits : RateLimits
        Of the problem, in units of the loss.
    start : array of shape (p,), optional
        θ(0); zeros by default.
    loss : {"tsse", "mse", "half-mse"}

    Returns
    -------
    Sweep
        Without any rate if the loss has no gradient anywhere.
    """
    limit, scale = limits.limit, loss_scale(loss, problem.n)
    theta = start_point(problem, start)
    if not isfinite(limit):
        return Sweep(np.array([]), (), ())
    rates = np.array([rounded(share * limit) for share in LIMIT_SHARES])
    steps = tuple(
        convergence_step(problem.spectrum, theta, float(rate) * scale, problem.tolerance_root)
        for rate in rates
    )
    return Sweep(rates, steps, tuple(zone_of(float(2 * rate / limit)) for rate in rates))


@dataclass(frozen=True)
class Examples:
    """A learning rate for each thing that can happen.

    Attributes
    ----------
    small, good, zigzag, diverging : float
        In units of the loss.
    """

    small: float
    good: float
    zigzag: float
    diverging: float


def examples(limits: RateLimits) -> Examples:
    """Return four rates, as shares of 1/λmax: 1/20, 0.9, 1.9 and 2.06; 1 where all do nothing."""
    smooth = limits.smooth if limits.smooth < inf else 1.0
    return Examples(*(rounded(share * smooth) for share in (0.05, 0.9, 1.9, 2.06)))


def fastest(limits: RateLimits) -> float:
    """Return the fastest rate, 2/(λmin + λmax); 1 where any rate does nothing.

    Of a bowl so narrow that it rounds to the limit, where the error only changes its sign, 1/λmax.
    """
    if limits.fastest >= limits.limit * (1 - RATE_TOLERANCE):
        return limits.smooth if limits.smooth < inf else 1.0
    return limits.fastest


def rounded(rate: float) -> float:
    """Return a rate to four significant digits."""
    return float(f"{rate:.{RATE_DIGITS}g}")
