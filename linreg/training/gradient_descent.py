"""Gradient descent: every θ, loss and gradient of a run from its start on, and how it ended."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linreg.model.least_squares import LeastSquares, Loss, loss_scale
from linreg.model.moments import Floats
from linreg.model.spectrum import Path
from linreg.training.arguments import positive_rate, start_point, whole_steps
from linreg.training.learning_rate import RATE_TOLERANCE, RateLimits, rate_limits
from linreg.training.messages import run_sentence

Status = Literal["converged", "stopped", "diverged"]

MAX_RUN_STEPS = 10_000_000  # of a run: its losses take 80 MB
BLOCK_NUMBERS = 1 << 16  # steps × parameters handled together: a long run needs no more at a time


@dataclass(frozen=True, eq=False)
class Run:
    """A finished run of T steps, in units of the chosen loss.

    A long run keeps its losses only: `at` computes single points from their closed form, `theta`
    and `gradient` all of them when they are first asked for.

    Attributes
    ----------
    problem : LeastSquares
    start : ndarray of shape (p,)
        θ before the first step.
    loss : ndarray of shape (T+1,)
    rate : float
        Learning rate η.
    loss_name : {"tsse", "mse", "half-mse"}
    status : {"converged", "stopped", "diverged"}
    converged_at : int or None
        First step whose TSSE is within `LeastSquares.tolerance` of the minimum.  The run goes on.
    diverged_at : int or None
        First step at which a loss, θ or gradient no longer fits a float; the run ends before it.
    minimum : float
        The least loss of all θ; 0 if it is not above `rounding`.
    rounding : float
        What rounding may leave of a loss that is 0.
    excess : float
        The last loss less the minimum, without cancellation.
    limit : float
        The learning rate above which no run converges.
    """

    problem: LeastSquares
    start: Floats
    loss: Floats
    rate: float
    loss_name: Loss
    status: Status
    converged_at: int | None
    diverged_at: int | None
    minimum: float
    rounding: float
    excess: float
    limit: float

    @property
    def theta(self) -> Floats:
        """θ of every step, shape (T+1, p)."""
        return self._points[0]

    @property
    def gradient(self) -> Floats:
        """The gradient of the loss at every step, shape (T+1, p)."""
        return self._points[1]

    def at(self, steps: ArrayLike) -> Path:
        """Return the points of some steps, each from 0 to T, of any shape, in units of the loss."""
        scale = loss_scale(self.loss_name, self.problem.n)
        path = self.problem.spectrum.path(self.start, self.rate * scale, steps)
        root = np.sqrt(scale) * path.distance
        return Path(path.theta, scale * path.loss, scale * path.gradient, root)

    @cached_property
    def _points(self) -> tuple[Floats, Floats]:
        theta, gradient = np.empty((2, len(self.loss), len(self.start)))
        for t in _blocks(len(self.loss), len(self.start)):
            path = self.at(t)
            theta[t], gradient[t] = path.theta, path.gradient
        return theta, gradient

    @property
    def reason(self) -> str:
        """The status in one plain sentence."""
        return run_sentence(self)


def train(
    problem: LeastSquares,
    *,
    rate: float,
    steps: int,
    start: ArrayLike | None = None,
    loss: Loss = "tsse",
) -> Run:
    """Take `steps` steps θ ← θ − η∇ on the chosen loss.

    The steps come from their closed form (`linreg.model.spectrum`), in which no rounding
    accumulates; `linreg.model.row_by_row.descend` takes the same steps one by one.

    Parameters
    ----------
    problem : LeastSquares
    rate : float
        Learning rate η > 0, in units of `loss`.
    steps : int
        Number of steps T, 0 to 10,000,000: a run keeps each loss. `LeastSquares.spectrum.path` has
        the points of any step, `forecast` the step of convergence.
    start : array of shape (p,), optional
        θ before the first step; zeros by default.
    loss : {"tsse", "mse", "half-mse"}

    Returns
    -------
    Run
        With status "diverged" if the rate is above its limit and the loss grew.  If it outgrew
        the floats, the run is cut at its last finite step.

    Raises
    ------
    ValueError
        For a rate, number of steps, start or loss that makes no sense.
    """
    limits = rate_limits(problem, loss)
    rate, steps = positive_rate(rate), whole_steps(steps, MAX_RUN_STEPS)
    return descent(problem, limits, start_point(problem, start), rate, loss, steps)


def descent(
    problem: LeastSquares, limits: RateLimits, start: Floats, rate: float, name: Loss, steps: int
) -> Run:
    """Take `steps` steps with a rate and a start, shape (p,), that have been checked."""
    scale, tolerance = loss_scale(name, problem.n), problem.tolerance_root
    loss, kept, converged_at, last = np.empty(steps + 1), 0, None, inf
    for t in _blocks(steps + 1, len(start)):
        path = problem.spectrum.path(start, rate * scale, t)
        finite = _finite_steps(path)
        distance = path.distance[:finite]
        loss[kept : kept + finite] = path.loss[:finite]
        close = distance <= tolerance
        if converged_at is None and close.any():
            converged_at = kept + int(close.argmax())
        kept, last = kept + finite, float(distance[-1]) if finite else last
        if finite < len(t):
            break
    loss, settled = loss[:kept], last <= tolerance
    too_large = rate > limits.limit * (1 + RATE_TOLERANCE)
    grew = too_large and not settled and bool(loss[-1] > loss[0])
    overflow = kept if kept <= steps else None
    minimum = problem.spectrum.floor
    return Run(
        problem=problem,
        start=start,
        loss=scale * loss,
        rate=rate,
        loss_name=name,
        status="diverged" if grew or overflow else "converged" if settled else "stopped",
        converged_at=converged_at,
        diverged_at=overflow,
        minimum=scale * minimum if minimum > problem.rounding else 0.0,
        rounding=scale * problem.rounding,
        excess=scale * last**2,
        limit=limits.limit,
    )


def _blocks(count: int, p: int) -> Iterator[NDArray[np.int64]]:
    """Yield the steps 0 … count − 1, as many at a time as keep the numbers of p parameters few."""
    size = max(1, BLOCK_NUMBERS // p)
    for first in range(0, count, size):
        yield np.arange(first, min(first + size, count))


def _finite_steps(path: Path) -> int:
    """Return how many points come before the first that does not fit a float."""
    finite = np.isfinite(path.loss)
    finite &= np.isfinite(path.theta).all(axis=-1) & np.isfinite(path.gradient).all(axis=-1)
    return len(finite) if finite.all() else int(np.argmin(finite))
