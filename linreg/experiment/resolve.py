"""The problem, rate, start and run that an experiment stands for."""

from __future__ import annotations

from contextlib import suppress
from math import floor, inf, log10

import numpy as np

from linreg.data.sources.choice import DataChoice, TableChoice
from linreg.experiment.experiment import Experiment
from linreg.model.least_squares import LeastSquares, Loss
from linreg.model.moments import Floats
from linreg.training.arguments import start_point
from linreg.training.gradient_descent import Run, train
from linreg.training.learning_rate import rate_limits

FARTHEST = 1e100  # of a random start on features that hardly differ from 0


def suggested_rate(problem: LeastSquares, loss: Loss) -> float:
    """Return 0.8/λmax rounded down to two digits: smooth on any data, and not slow."""
    rate = 0.8 * rate_limits(problem, loss).smooth
    if not 0 < rate < inf:
        return 1.0  # no gradient anywhere: any rate does nothing
    unit = 10.0 ** (floor(log10(rate)) - 1)
    return float(f"{floor(rate / unit) * unit:.2g}")


def default_start(data: DataChoice, size: int, *, intercept: bool) -> Floats:
    """Return θ(0), shape (size,): zeros for a table, a line far from the truth for made data."""
    if isinstance(data, TableChoice):
        return np.zeros(size)
    weights = np.resize([-2.0, 2.0], size)
    return np.concatenate([[6.0], weights[: size - 1]]) if intercept else weights


def random_start(problem: LeastSquares, seed: int) -> Floats:
    """Return θ(0), shape (p,), at random around the minimiser, far out where the loss is flat.

    Along each axis of the bowl the distance is normal; one standard deviation costs three times
    the spread of y in TSSE, so the start is bad in any units. It is rounded to four digits.
    """
    bowl = problem.spectrum
    draws = np.random.default_rng(seed).standard_normal(len(bowl.s))
    size = np.sqrt(3 * problem.tss or 1.0)
    with np.errstate(over="ignore"):
        reach = np.divide(size, bowl.s, out=np.zeros_like(bowl.s), where=bowl.s > 0)
    start = problem.minimiser() + bowl.V @ (np.minimum(reach, FARTHEST) * draws)
    return np.array([float(f"{value:.4g}") for value in start])


def start_of(experiment: Experiment, problem: LeastSquares) -> Floats:
    """Return θ(0), shape (p,); the default for a start of another length or with no finite loss."""
    if isinstance(experiment.start, int):
        return random_start(problem, experiment.start)
    if experiment.start is not None:
        with suppress(ValueError):
            return start_point(problem, experiment.start)
    return default_start(experiment.data, len(problem.z), intercept=experiment.intercept)


def rate_of(experiment: Experiment, problem: LeastSquares) -> float:
    """Return the learning rate: the chosen one, or the suggestion for this problem."""
    return experiment.rate or suggested_rate(problem, experiment.loss)


def run(experiment: Experiment, problem: LeastSquares) -> Run:
    """Train the experiment."""
    return train(
        problem,
        rate=rate_of(experiment, problem),
        steps=experiment.steps,
        start=start_of(experiment, problem),
        loss=experiment.loss,
    )
