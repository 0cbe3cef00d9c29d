"""Costs of the closed form and of a step of descent: counted, and measured on this machine."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import perf_counter

import numpy as np

from linreg.model.row_by_row import gradient, update

# Rows and parameters to measure with: more parameters, then more rows.
MEASURED_SIZES = ((4000, 8), (4000, 32), (4000, 128), (4000, 512), (1000, 32), (16000, 32))
MEASURE_SECONDS = 0.06  # for which one route is repeated; its fastest time counts


@dataclass(frozen=True)
class Cost:
    """The costs for one size of table.

    Attributes
    ----------
    n, p : int
        Rows and parameters.
    closed, step : float
        Multiplications for the normal equations, and for one step over all rows.
    closed_time, step_time : float or None
        Seconds; None if not measured.
    """

    n: int
    p: int
    closed: float
    step: float
    closed_time: float | None = None
    step_time: float | None = None

    @property
    def steps_for_the_price(self) -> float:
        """The steps that need as many multiplications as the normal equations."""
        return self.closed / self.step

    @property
    def steps_in_the_time(self) -> float | None:
        """The steps that took as long as the normal equations; None if not measured."""
        if self.closed_time is None or not self.step_time:
            return None
        return self.closed_time / self.step_time


def count_cost(n: int, p: int) -> Cost:
    """Count multiplications: np²/2 + p³/3 to add up XᵀX and solve it, 2np for a step.

    XᵀX is symmetric, so half of its sums are enough.
    """
    return Cost(n, p, closed=n * p**2 / 2 + p**3 / 3, step=2 * n * p)


def measure_cost(n: int, p: int) -> Cost:
    """Count and time both routes on random numbers, X of shape (n, p)."""
    draws = np.random.default_rng(0)
    X, y, theta = draws.standard_normal((n, p)), draws.standard_normal(n), np.zeros(p)
    closed_time = _fastest(lambda: np.linalg.solve(X.T @ X, X.T @ y))
    step_time = _fastest(lambda: update(theta, 1e-6, gradient(X, y, theta)))
    return replace(count_cost(n, p), closed_time=closed_time, step_time=step_time)


def _fastest(work: Callable[[], object]) -> float:
    """Return the shortest time of several runs in seconds."""
    best, end = float("inf"), perf_counter() + MEASURE_SECONDS
    while True:
        begin = perf_counter()
        work()
        now = perf_counter()
        best = min(best, now - begin)
        if now > end:
            return best
