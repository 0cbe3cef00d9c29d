"""Variants of an experiment for pictures beside each other: what differs from its scene."""

from __future__ import annotations

from dataclasses import replace
from math import nan

from linreg.data.cleaning.repairs.column_repairs import STANDARD
from linreg.data.training_set import TrainingSet
from linreg.experiment.experiment import Experiment
from linreg.experiment.resolve import run, start_of
from linreg.model.least_squares import LeastSquares
from linreg.model.scaling import standardised
from linreg.text.units import Units
from linreg.training.learning_rate import rate_limits
from linreg.training.rate_sweep import fastest, sweep
from linreg.ui.stage import payload_types as sent
from linreg.ui.stage.payload import bowl_of, drawn_rows, floats, outlook_of, run_of, units_of

STANDARDISED = "standardised"


def at_rate(experiment: Experiment, problem: LeastSquares, rate: float) -> sent.RateVariant:
    """Return the variant that trains with another learning rate."""
    other = replace(experiment, rate=rate)
    return {**outlook_of(problem, other), "run": run_of(run(other, problem), other.steps)}


def at_fastest(experiment: Experiment, problem: LeastSquares) -> sent.RateVariant:
    """Return the variant that trains with the fastest rate of its bowl."""
    return at_rate(experiment, problem, fastest(rate_limits(problem, experiment.loss)))


def with_standardised(
    experiment: Experiment, rows: TrainingSet, scene: sent.Payload
) -> sent.StandardisedVariant:
    """Return the variant with standardised features, from the same line, at its fastest rate.

    Parameters
    ----------
    scene : dict
        Of the experiment: names are taken from it.
    """
    raw = rows.problem(intercept=experiment.intercept)
    problem, scaling = standardised(rows.moments, intercept=experiment.intercept)
    start = tuple(map(float, scaling.standardise_theta(start_of(experiment, raw))))
    other = replace(experiment, start=start)
    shown = scaling.apply(rows.dataset.X[drawn_rows(len(rows.dataset.y))])
    first = int(experiment.intercept)
    weights = [f"{name}, {STANDARDISED}" for name in scene["paramNames"][first:]]
    return {
        **bowl_of(problem, other),
        **at_fastest(other, problem),
        "X": floats(shown.T.ravel()),
        "means": scaling.apply(rows.moments.mean[:-1]).tolist(),
        "featureLabels": [f"{name}, {STANDARDISED}" for name in scene["features"]],
        "paramNames": [*scene["paramNames"][:first], *weights],
        "units": units_of(
            Units(scene["units"]["target"], (STANDARD,) * len(weights)), intercept=bool(first)
        ),
    }


def sweep_of(experiment: Experiment, problem: LeastSquares) -> sent.Sweep:
    """Return what the picture of many learning rates shows; a NaN never arrives."""
    done = sweep(problem, start=start_of(experiment, problem), loss=experiment.loss)
    steps = [nan if step is None else min(float(step), 1e300) for step in done.steps]
    return {"rates": floats(done.rates), "steps": floats(steps), "zones": list(done.zones)}
