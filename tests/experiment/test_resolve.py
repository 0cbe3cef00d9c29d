"""Resolved experiments: problem, limits, rate, start, forecast and run."""

from dataclasses import replace

import numpy as np
import pytest

from linreg import forecast, train
from linreg.data.load import load_training_set
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn, Line
from linreg.experiment import resolve as module
from linreg.experiment.experiment import Experiment, View
from linreg.experiment.resolve import default_start, resolve
from linreg.model.least_squares import LOSSES
from linreg.training.learning_rate import rate_limits
from linreg.training.start import random_start

DATA = {
    **{name: kind() for name, kind in GENERATORS.items()},
    **{name: TableChoice(name) for name in BUILT_IN},
    "drawn": Drawn(),
}


def resolved(**choices):
    experiment = Experiment(**choices)
    return resolve(experiment, load_training_set(experiment.data))


@pytest.fixture(params=sorted(DATA))
def data(request):
    return DATA[request.param]


def test_default_start_is_far_for_made_data_and_zero_for_tables():
    np.testing.assert_array_equal(default_start(Line(), 2, intercept=True), [6, -2])
    np.testing.assert_array_equal(default_start(GENERATORS["five"](), 6, intercept=True)[0], 6)
    assert not default_start(TableChoice("tips"), 3, intercept=True).any()
    assert default_start(Drawn(), 1, intercept=False).shape == (1,)


@pytest.mark.parametrize("start", [(1.0,), (1.0, 2.0, 3.0), (1e200, 0.0)])
def test_a_start_that_does_not_fit_falls_back(start):
    taken = resolved(start=start).start
    np.testing.assert_array_equal(taken, default_start(Line(), 2, intercept=True))


def test_a_start_that_fits_is_taken():
    np.testing.assert_array_equal(resolved(start=(1.5, -2.0)).start, [1.5, -2.0])
    drawn = resolved(start=4)
    np.testing.assert_array_equal(drawn.start, random_start(drawn.problem, 4))


def test_an_explicit_rate_wins():
    assert resolved(rate=0.5).rate == 0.5
    assert resolved().rate == rate_limits(resolved().problem).suggested


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("loss", LOSSES)
def test_everything_trains_downhill(data, loss, intercept):
    done = resolved(data=data, loss=loss, intercept=intercept, steps=50).run
    assert len(done.loss) == 51
    assert (np.diff(done.loss) <= 1e-12 * done.loss[0]).all()
    assert done.status != "diverged"


@pytest.mark.parametrize("start", [None, 5, (0.25, 4.0)])
@pytest.mark.parametrize("rate", [None, 1e-3, 1.0])
def test_run_is_train_with_the_chosen_values(rate, start):
    here = resolved(rate=rate, start=start, loss="mse", steps=30)
    done = here.run
    twin = train(here.problem, rate=here.rate, steps=30, start=here.start, loss="mse")
    np.testing.assert_array_equal(done.theta, twin.theta)
    np.testing.assert_array_equal(done.loss, twin.loss)
    assert (done.rate, done.loss_name, done.reason) == (twin.rate, "mse", twin.reason)


def test_the_view_changes_no_number():
    looked = resolved(view=View(step=7, log=True, axes=(1, 0), show="0"))
    np.testing.assert_array_equal(resolved().run.theta, looked.run.theta)


@pytest.mark.parametrize("loss", LOSSES)
def test_the_gradient_is_that_of_the_run_at_its_start(data, loss):
    here = resolved(data=data, loss=loss, start=5)
    np.testing.assert_allclose(here.gradient, here.run.gradient[0], rtol=1e-9)


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("start", [None, (1.0, 2.0)])
def test_the_forecast_is_of_the_rate_and_start(start, loss, intercept):
    here = resolved(loss=loss, intercept=intercept, rate=0.01, start=start, steps=30)
    asked = {"rate": 0.01, "start": here.start, "loss": loss, "steps": 30}
    assert here.forecast == forecast(here.problem, **asked)


def test_another_rate_changes_the_rate_alone():
    here = resolved(start=3, loss="mse", steps=20)
    there = here.at_rate(0.125)
    alone = resolved(start=3, loss="mse", steps=20, rate=0.125)
    assert there.experiment == alone.experiment
    np.testing.assert_array_equal(there.run.theta, alone.run.theta)
    assert there.forecast == alone.forecast
    assert there.limits is here.limits


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("intercept", [True, False])
def test_raw_and_standardised_features_descend_to_the_same_line(loss, intercept):
    here = resolved(data=GENERATORS["five"](), loss=loss, intercept=intercept, start=1, steps=500)
    raw, (other, scaling) = here.at_fastest, here.standardised
    best = here.problem.minimiser()
    np.testing.assert_allclose(raw.run.theta[-1], best, rtol=1e-9)
    np.testing.assert_allclose(scaling.raw_theta(other.run.theta[-1]), best, rtol=1e-9)
    np.testing.assert_allclose(scaling.raw_theta(other.start), here.start, rtol=1e-12)
    assert other.run.loss[0] == pytest.approx(raw.run.loss[0])


@pytest.mark.parametrize("loss", LOSSES)
def test_standardising_makes_the_bowl_rounder_and_the_descent_shorter(loss):
    here = resolved(data=GENERATORS["plane"](), loss=loss)
    raw, other = here.at_fastest, here.standardised[0]
    assert other.limits.condition < raw.limits.condition
    assert other.forecast.converges_at < raw.forecast.converges_at


def test_each_side_descends_at_the_fastest_rate_of_its_own_bowl():
    here = resolved(data=GENERATORS["plane"](), loss="mse", rate=0.01)
    sides = (here.at_fastest, here.standardised[0])
    assert [side.rate for side in sides] == [side.limits.fastest for side in sides]
    assert len({side.rate for side in (here, *sides)}) == 3
    assert all(side.run.rate == side.rate for side in sides)


def test_limits_are_computed_once_for_a_training_set(monkeypatch):
    calls = []

    def counted(*arguments):
        calls.append(arguments)
        return rate_limits(*arguments)

    monkeypatch.setattr(module, "rate_limits", counted)
    rows = load_training_set(Line())
    asked = [replace(Experiment(), rate=rate, steps=steps) for rate in (0.1, 1) for steps in (5, 9)]
    for experiment in asked:
        resolve(experiment, rows).run  # noqa: B018
    assert len(calls) == 1
    last = resolve(asked[-1], rows)
    assert last.standardised is last.standardised
    assert calls.pop()[0] is not last.problem
    assert len(calls) == 1
    for loss in LOSSES:  # the last is another training set
        resolve(Experiment(loss=loss), rows)
    resolve(Experiment(loss=LOSSES[-1]), load_training_set(Line()))
    assert len(calls) == 4


@pytest.mark.parametrize("first", [True, False])
def test_what_is_kept_of_a_training_set_fits_loss_and_intercept(first):
    rows = load_training_set(Line())
    for loss in LOSSES:
        for intercept in (first, not first):
            here = resolve(Experiment(loss=loss, intercept=intercept), rows)
            assert here.problem.intercept == intercept
            assert here.notes == rows.notes(intercept=intercept)
            expected = rate_limits(rows.problem(intercept=intercept), loss)
            assert here.limits.limit == expected.limit


NO_WHOLE_NUMBERS = (True, np.True_, 100.0, 2.5, -1, "7", None)
NO_SEEDS = (True, 3.0, -1)
LINE = load_training_set(Line())


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        *(({"steps": steps}, "steps must be a whole number >= 0") for steps in NO_WHOLE_NUMBERS),
        *(({"start": seed}, "start must be a whole number >= 0") for seed in NO_SEEDS),
        ({"steps": 100_001}, "steps must be at most 100,000, got 100001"),
        ({"steps": 10**400}, "steps must be at most 100,000, got a number of more than 300"),
        ({"rate": -(10**400)}, "rate must be finite and > 0, got -inf"),
        ({"rate": True}, "rate must be a number, got True"),
        ({"start": (10**400, 1.0)}, "start must hold numbers that fit a float"),
        ({"start": ("1", "2")}, "start must hold real numbers"),
        ({"start": np.ma.array([1.0, 2.0], mask=[0, 1])}, "start must have no masked values"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused(choices, message):
    with pytest.raises(ValueError, match=message):
        resolve(Experiment(**choices), LINE)


def test_numbers_of_numpy_are_those_of_python():
    chosen = Experiment(steps=np.int64(7), rate=np.float32(0.5), start=np.array([1, 2]))
    made = resolve(chosen, LINE).experiment
    assert made == Experiment(steps=7, rate=0.5, start=(1.0, 2.0))
    assert hash(made) == hash(Experiment(steps=7, rate=0.5, start=(1.0, 2.0)))
    assert [type(value) for value in (made.steps, made.rate, *made.start)] == [int, *[float] * 3]
    seed = resolve(Experiment(start=np.int64(3)), LINE)
    np.testing.assert_array_equal(seed.start, resolve(Experiment(start=3), LINE).start)
