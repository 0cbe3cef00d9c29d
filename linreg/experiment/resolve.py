"""The problem, limits, rate, start, forecast and run of an experiment, each computed once."""

from collections.abc import Sized
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from math import inf
from numbers import Real
from typing import Self
from weakref import WeakKeyDictionary

import numpy as np

from linreg.data.sources.choice import DataChoice, TableChoice
from linreg.data.training_set import TrainingSet
from linreg.experiment.experiment import Experiment
from linreg.model.least_squares import LeastSquares, Loss, loss_scale
from linreg.model.moments import Floats, floats
from linreg.model.scaling import Scaling, standardised
from linreg.training.arguments import positive_rate, start_point, whole_number, whole_steps
from linreg.training.gradient_descent import Run, descent
from linreg.training.learning_rate import Forecast, RateLimits, outlook, rate_limits
from linreg.training.rate_sweep import fastest
from linreg.training.start import random_start


@dataclass(frozen=True, eq=False)
class Resolved:
    """An experiment on its training set, with all that follows from both.

    Attributes
    ----------
    experiment : Experiment
    training_set : TrainingSet
    problem : LeastSquares
        Of all rows.
    notes : tuple of str
        What there is to say about the rows.
    limits : RateLimits
        In units of the experiment's loss.
    rate : float
        The chosen learning rate, or the one suggested for this problem.
    start : ndarray of shape (p,)
        θ(0): what was chosen; the default where it is of another length or has no finite loss.
    """

    experiment: Experiment
    training_set: TrainingSet
    problem: LeastSquares
    notes: tuple[str, ...]
    limits: RateLimits
    rate: float
    start: Floats

    @cached_property
    def gradient(self) -> Floats:
        """The gradient of the experiment's loss at the start, shape (p,)."""
        scale = loss_scale(self.experiment.loss, self.problem.n)
        return scale * self.problem.gradient(self.start)

    @cached_property
    def forecast(self) -> Forecast:
        """What the learning rate will do."""
        chosen = self.experiment
        return outlook(self.problem, self.start, self.rate, chosen.loss, chosen.steps)

    @cached_property
    def run(self) -> Run:
        """The trained experiment."""
        chosen = self.experiment
        return descent(self.problem, self.limits, self.start, self.rate, chosen.loss, chosen.steps)

    def at_rate(self, rate: float) -> Self:
        """Return the same experiment at another learning rate."""
        return replace(self, experiment=replace(self.experiment, rate=rate), rate=rate)

    @cached_property
    def at_fastest(self) -> Self:
        """The same experiment at the fastest learning rate of its bowl."""
        return self.at_rate(fastest(self.limits))

    @cached_property
    def standardised(self) -> tuple[Self, Scaling]:
        """The experiment on standardised features, from the same line at the fastest rate there.

        Beside it the scaling, which leads back to the units of the features.
        """
        chosen = self.experiment
        problem, scaling = standardised(self.training_set.moments, intercept=chosen.intercept)
        chosen = replace(chosen, start=tuple(map(float, scaling.standardise_theta(self.start))))
        limits, start = rate_limits(problem, chosen.loss), start_of(chosen, problem)
        other = replace(self, experiment=chosen, problem=problem, limits=limits, start=start)
        return other.at_fastest, scaling


Key = tuple[Loss, bool]
Kept = tuple[Key, LeastSquares, RateLimits, tuple[str, ...]]

# Problem, limits and notes depend on the data, the loss and the intercept alone: they are kept as
# long as the training set, so that a new rate does not compute them again.
_KEPT: WeakKeyDictionary[TrainingSet, Kept] = WeakKeyDictionary()


def resolve(experiment: Experiment, training_set: TrainingSet) -> Resolved:
    """Return an experiment on a training set with problem, limits, rate and start worked out."""
    experiment = _checked(experiment)
    key, kept = (experiment.loss, experiment.intercept), _KEPT.get(training_set)
    if kept is None or kept[0] != key:
        problem = training_set.problem(intercept=experiment.intercept)
        notes = training_set.notes(intercept=experiment.intercept)
        kept = _KEPT[training_set] = key, problem, rate_limits(problem, experiment.loss), notes
    _, problem, limits, notes = kept
    rate, start = experiment.rate or limits.suggested, start_of(experiment, problem)
    return Resolved(experiment, training_set, problem, notes, limits, rate, start)


def _checked(experiment: Experiment) -> Experiment:
    """Return the experiment with numbers of Python; raises ValueError for senseless ones."""
    steps, rate, start = experiment.steps, experiment.rate, experiment.start
    if type(steps) is not int or not 0 <= steps <= Experiment.MAX_STEPS:
        experiment = replace(experiment, steps=whole_steps(steps, Experiment.MAX_STEPS))
    if rate is not None and (type(rate) is not float or not 0 <= rate < inf):
        experiment = replace(experiment, rate=positive_rate(rate))
    if isinstance(start, Real) and (type(start) is not int or start < 0):
        experiment = replace(experiment, start=whole_number("start", start))
    elif isinstance(start, Sized) and not all(type(value) is float for value in start):
        experiment = replace(experiment, start=tuple(floats("start", start).tolist()))
    return experiment


def start_of(experiment: Experiment, problem: LeastSquares) -> Floats:
    """Return θ(0), shape (p,); the default for a start of another length or with no finite loss."""
    if isinstance(experiment.start, int):
        return random_start(problem, experiment.start)
    if experiment.start is not None:
        with suppress(ValueError):
            return start_point(problem, experiment.start)
    return default_start(experiment.data, len(problem.z), intercept=experiment.intercept)


def default_start(data: DataChoice, size: int, *, intercept: bool) -> Floats:
    """Return θ(0), shape (size,): zeros for a table, a line far from the truth for made data."""
    if isinstance(data, TableChoice):
        return np.zeros(size)
    weights = np.resize([-2.0, 2.0], size)
    return np.concatenate([[6.0], weights[: size - 1]]) if intercept else weights
