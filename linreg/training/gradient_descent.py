"""Train by gradient descent: every θ, loss and gradient from the start on, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.least_squares import LeastSquares, Loss, loss_scale
from linreg.model.moments import Floats
from linreg.model.spectrum import Path
from linreg.text.numbers import count, counted, factor, number
from linreg.training.arguments import positive_rate, start_point, whole_steps
from linreg.training.learning_rate import RateLimits, rate_limits
from linreg.training.rate_zones import SAME

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
    reason : str
        The status in one plain sentence.
    converged_at : int or None
        First step whose TSSE is within `LeastSquares.tolerance` of the minimum.  The run goes on.
    diverged_at : int or None
        First step at which a loss, θ or gradient no longer fits a float; the run ends before it.
    """

    theta: Floats
    loss: Floats
    gradient: Floats
    rate: float
    loss_name: Loss
    status: Status
    reason: str
    converged_at: int | None
    diverged_at: int | None


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
    """Take the steps of `train`, with its arguments checked and the limits of the rate known."""
    scale = loss_scale(loss, problem.n)
    path = problem.spectrum.path(start, rate * scale, np.arange(steps + 1))
    kept = _finite_steps(path)
    close = np.flatnonzero(path.excess[:kept] <= problem.tolerance)
    losses = scale * path.loss[:kept]
    settled = bool(path.excess[kept - 1] <= problem.tolerance)
    grew = rate > limits.limit * (1 + SAME) and not settled and bool(losses[-1] > losses[0])
    overflow = kept if kept <= steps else None
    if grew or overflow:
        status, reason = _diverged(rate, limits.limit, losses, overflow)
    else:
        since = int(close[0]) if settled else None
        status, reason = _ended(since, losses, scale * problem.spectrum.floor)
    return Run(
        theta=path.theta[:kept],
        loss=losses,
        gradient=scale * path.gradient[:kept],
        rate=rate,
        loss_name=loss,
        status=status,
        reason=reason,
        converged_at=int(close[0]) if len(close) else None,
        diverged_at=overflow,
    )


def _ended(since: int | None, loss: Floats, least: float) -> tuple[Status, str]:
    """Return status and reason of a run whose last loss is finite and did not grow.

    `since` is the step from which on the loss is at its minimum.
    """
    steps, last = counted(len(loss) - 1, "step"), loss[-1]
    if since is not None:
        return (
            "converged",
            f"Converged at step {count(since)}: the loss {number(last)} is at its minimum.",
        )
    return "stopped", (
        f"Stopped after {steps}: the loss is still {number(last - least, 3)} above its minimum."
    )


def _diverged(rate: float, limit: float, loss: Floats, overflow: int | None) -> tuple[Status, str]:
    """Return status and reason of a run that grew, perhaps until it overflowed."""
    end = (
        f"it overflowed at step {count(overflow)}"
        if overflow
        else f"after {counted(len(loss) - 1, 'step')} the loss is {number(loss[-1])}"
    )
    growth = factor(2 * rate / limit - 1)
    return "diverged", (
        f"Diverged: the rate {number(rate, 4)} is above the limit {number(limit, 4)}, "
        f"the error grows ×{growth} a step and {end}."
    )


def _finite_steps(path: Path) -> int:
    """Return how many points come before the first that does not fit a float."""
    finite = np.isfinite(path.loss)
    finite &= np.isfinite(path.theta).all(axis=-1) & np.isfinite(path.gradient).all(axis=-1)
    return len(finite) if finite.all() else int(np.argmin(finite))
