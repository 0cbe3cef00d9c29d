"""Gradient descent: every θ, loss and gradient of a run from its start on, and how it ended."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.least_squares import LeastSquares, Loss, loss_scale
from linreg.model.moments import Floats
from linreg.model.spectrum import Path
from linreg.training.arguments import positive_rate, start_point, whole_steps
from linreg.training.learning_rate import RATE_TOLERANCE, RateLimits, rate_limits
from linreg.training.messages import run_sentence

Status = Literal["converged", "stopped", "diverged"]


@dataclass(frozen=True, eq=False)
class Run:
    """A finished run of T steps, in units of the chosen loss.

    Attributes
    ----------
    theta, gradient : ndarray of shape (T+1, p)
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
        The least loss of all θ.
    limit : float
        The learning rate above which no run converges.
    """

    theta: Floats
    loss: Floats
    gradient: Floats
    rate: float
    loss_name: Loss
    status: Status
    converged_at: int | None
    diverged_at: int | None
    minimum: float
    limit: float

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
        Number of steps T >= 0.
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
    rate, steps = positive_rate(rate), whole_steps(steps)
    return descent(problem, limits, start_point(problem, start), rate, loss, steps)


def descent(
    problem: LeastSquares, limits: RateLimits, start: Floats, rate: float, loss: Loss, steps: int
) -> Run:
    """Take `steps` steps with a rate and a start, shape (p,), that have been checked."""
    scale, tolerance = loss_scale(loss, problem.n), problem.tolerance
    path = problem.spectrum.path(start, rate * scale, np.arange(steps + 1))
    kept = _finite_steps(path)
    close = np.flatnonzero(path.excess[:kept] <= tolerance)
    losses = scale * path.loss[:kept]
    settled = bool(path.excess[kept - 1] <= tolerance)
    too_large = rate > limits.limit * (1 + RATE_TOLERANCE)
    grew = too_large and not settled and bool(losses[-1] > losses[0])
    overflow = kept if kept <= steps else None
    return Run(
        theta=path.theta[:kept],
        loss=losses,
        gradient=scale * path.gradient[:kept],
        rate=rate,
        loss_name=loss,
        status="diverged" if grew or overflow else "converged" if settled else "stopped",
        converged_at=int(close[0]) if len(close) else None,
        diverged_at=overflow,
        minimum=scale * problem.spectrum.floor,
        limit=limits.limit,
    )


def _finite_steps(path: Path) -> int:
    """Return how many points come before the first that does not fit a float."""
    finite = np.isfinite(path.loss)
    finite &= np.isfinite(path.theta).all(axis=-1) & np.isfinite(path.gradient).all(axis=-1)
    return len(finite) if finite.all() else int(np.argmin(finite))
