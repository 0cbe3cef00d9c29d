"""Variants of an experiment for pictures beside each other, as the keys that differ."""

from __future__ import annotations

from math import nan

from linreg.experiment.column_units import standardised_units
from linreg.experiment.resolve import Resolved
from linreg.training.rate_sweep import sweep
from linreg.ui.stage import payload_types as sent
from linreg.ui.stage.payload import (
    drawn_rows,
    floats,
    loss_part,
    outlook_part,
    run_part,
    unit_names,
)

STANDARDISED = "standardised"


def at_rate(resolved: Resolved, rate: float) -> sent.RateVariant:
    """Return the variant that trains with another learning rate."""
    return _rate_variant(resolved.at_rate(rate))


def at_fastest(resolved: Resolved) -> sent.RateVariant:
    """Return the variant that trains with the fastest rate of its bowl."""
    return _rate_variant(resolved.at_fastest)


def _rate_variant(other: Resolved) -> sent.RateVariant:
    return {**outlook_part(other), "run": run_part(other)}


def with_standardised(resolved: Resolved, payload: sent.Payload) -> sent.StandardisedVariant:
    """Return the variant with standardised features, from the same line, at its fastest rate.

    Parameters
    ----------
    payload : Payload
        Of the experiment: names are taken from it.
    """
    rows, experiment = resolved.training_set, resolved.experiment
    other, scaling = resolved.standardised
    shown = scaling.apply(rows.dataset.X[drawn_rows(len(rows.dataset.y))])
    first = int(experiment.intercept)
    weights = [f"{name}, {STANDARDISED}" for name in payload["paramNames"][first:]]
    units = standardised_units(payload["units"]["target"], len(weights))
    return {
        **loss_part(other),
        **_rate_variant(other),
        "X": floats(shown.T.ravel()),
        "means": scaling.apply(rows.moments.mean[:-1]).tolist(),
        "featureLabels": [f"{name}, {STANDARDISED}" for name in payload["features"]],
        "paramNames": [*payload["paramNames"][:first], *weights],
        "units": unit_names(units, intercept=experiment.intercept),
    }


def sweep_part(resolved: Resolved) -> sent.Sweep:
    """Describe many learning rates; the step of one that never arrives is NaN."""
    loss = resolved.experiment.loss
    done = sweep(resolved.problem, resolved.limits, start=resolved.start, loss=loss)
    steps = [nan if step is None else min(float(step), 1e300) for step in done.steps]
    return {"rates": floats(done.rates), "steps": floats(steps), "zones": list(done.zones)}
