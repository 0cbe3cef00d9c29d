"""Variants of an experiment: only what differs, and that right."""

from base64 import b64decode

import numpy as np
import pytest

from linreg.data.load import load_training_set
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn, Line
from linreg.experiment.experiment import Experiment
from linreg.experiment.resolve import resolve
from linreg.model.least_squares import LOSSES
from linreg.model.scaling import standardised
from linreg.training.rate_sweep import fastest, sweep
from linreg.ui.stage.payload import payload
from linreg.ui.stage.variants import at_fastest, at_rate, sweep_part, with_standardised


def resolved(**choices):
    experiment = Experiment(**choices)
    return resolve(experiment, load_training_set(experiment.data))


def doubles(text):
    return np.frombuffer(b64decode(text), "<f8")


@pytest.mark.parametrize("loss", LOSSES)
def test_another_rate_gives_what_an_experiment_of_that_rate_gives(loss):
    variant = at_rate(resolved(loss=loss, start=2), 0.02)
    alone = payload(resolved(loss=loss, start=2, rate=0.02))
    assert variant == {key: alone[key] for key in ("limits", "forecast", "run")}


@pytest.mark.parametrize("loss", LOSSES)
def test_the_fastest_rate_is_that_of_the_limits(loss):
    here = resolved(loss=loss)
    assert at_fastest(here)["run"]["rate"] == fastest(here.limits)


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("data", [Line(), GENERATORS["five"](), TableChoice("tips")])
def test_standardised_features_start_from_the_same_line(data, intercept):
    here = resolved(data=data, intercept=intercept, start=1)
    raw = payload(here)
    variant = with_standardised(here, raw)
    assert doubles(variant["run"]["loss"])[0] == pytest.approx(doubles(raw["run"]["loss"])[0])
    assert variant["bestTsse"] == pytest.approx(raw["bestTsse"])
    problem, scaling = standardised(here.training_set.moments, intercept=intercept)
    np.testing.assert_allclose(doubles(variant["bowl"]["best"]), problem.minimiser())
    X = scaling.apply(here.training_set.dataset.X)
    np.testing.assert_array_equal(doubles(variant["X"]), X.T.ravel())
    assert variant["featureLabels"] == [f"{name}, standardised" for name in raw["features"]]
    assert len(variant["paramNames"]) == len(raw["paramNames"])


def test_a_rate_that_never_converges_has_no_step():
    here = resolved()
    part = sweep_part(here)
    steps = sweep(here.problem, here.limits, start=here.start).steps
    assert None in steps
    expected = [np.nan if step is None else step for step in steps]
    np.testing.assert_array_equal(doubles(part["steps"]), expected)


def test_where_no_rate_moves_anything_there_is_no_sweep():
    part = sweep_part(resolved(data=Drawn(((0.0, 1.0), (0.0, 5.0))), intercept=False))
    assert part == {"rates": "", "steps": "", "zones": []}
