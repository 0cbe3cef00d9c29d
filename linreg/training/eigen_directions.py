"""The directions of the bowl, and what a learning rate does to the error along each of them.

θ − θ* is a sum of errors along the eigenvectors of the Hessian, and a step multiplies each of them
by its own 1 − ηλ.  So one rate has to serve all directions: the steepest one says how large it may
be, the shallowest one how long the descent then takes.
"""

from dataclasses import dataclass
from math import ceil, log, log10

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.least_squares import LeastSquares, Loss, loss_scale
from linreg.model.moments import Floats
from linreg.training.arguments import positive_rate, start_point
from linreg.training.learning_rate import RATE_TOLERANCE

GONE_SHARE = 0.01  # the share of its first size at which an error counts as gone


@dataclass(frozen=True, eq=False)
class Direction:
    """One axis of the bowl under one learning rate.

    Attributes
    ----------
    vector : ndarray of shape (p,)
        Eigenvector of the Hessian, of length 1; its largest entry is positive.
    eigenvalue : float
        λ, the curvature of the loss along it; 0 if the rows do not determine it.
    factor : float
        1 − ηλ: what a step multiplies the error along it by.
    error : float
        The part of θ(0) − θ* along it.
    steps : int or None
        Steps after which at most 1 % of the error is left; None if it never shrinks so far.
    """

    vector: Floats
    eigenvalue: float
    factor: float
    error: float
    steps: int | None


def directions(
    problem: LeastSquares, *, rate: float, start: ArrayLike | None = None, loss: Loss = "tsse"
) -> tuple[Direction, ...]:
    """Return the directions of the bowl, the steepest first.

    Parameters
    ----------
    problem : LeastSquares
    rate : float
        Learning rate η > 0 in units of `loss`.
    start : array of shape (p,), optional
        θ(0); zeros by default.
    loss : {"tsse", "mse", "half-mse"}

    Raises
    ------
    ValueError
        For a rate, start or loss that makes no sense.
    """
    scale, spectrum = loss_scale(loss, problem.n), problem.spectrum
    pull = spectrum.pull(positive_rate(rate) * scale)
    away = start_point(problem, start) - problem.minimiser()
    vectors = [upright(column) for column in spectrum.V.T]
    return tuple(
        Direction(
            vector=vectors[i],
            eigenvalue=float(2 * scale * spectrum.s[i] ** 2),
            factor=float(1 - pull[i]),
            error=float(vectors[i] @ away),
            steps=steps_to_shrink(float(1 - pull[i])),
        )
        for i in range(len(pull))
    )


def upright(vector: Floats) -> Floats:
    """Return an eigenvector with the sign that makes its largest entry positive."""
    sign: Floats = vector * np.copysign(1.0, vector[np.argmax(np.abs(vector))])
    return sign


def steps_to_shrink(factor: float, share: float = GONE_SHARE) -> int | None:
    """Return the first step t >= 1 with |factor|^t <= share, or None if there is none."""
    size = abs(factor)
    if size >= 1 - RATE_TOLERANCE / 1e3:
        return None
    return 1 if size <= share else ceil(log(share) / log(size))


def steps_per_digit(slow: Direction) -> float | None:
    """Return how many steps make the error a tenth along the slowest direction, None if none do."""
    size = abs(slow.factor)
    if size == 0:
        return 0.0
    return None if steps_to_shrink(size) is None else -1 / log10(size)


def decisive(all_directions: tuple[Direction, ...]) -> Direction:
    """Return the direction that takes longest, of those that the rows determine."""
    counted = [each for each in all_directions if each.eigenvalue > 0] or all_directions
    return max(counted, key=lambda each: abs(each.factor))
