"""The rules that stop a run, against a search through its losses."""

import numpy as np
import pytest

from linreg import LeastSquares, rate_limits, train
from linreg.training.stopping import MIN_GAIN, Stops, stops


def problem():
    draws = np.random.default_rng(3)
    X = draws.uniform(-1, 2, (30, 2))
    return LeastSquares.from_arrays(X, X @ [1, -2] + draws.normal(size=30))


@pytest.mark.parametrize("share", [0.02, 0.5, 0.97, 1.02])
@pytest.mark.parametrize("steps", [0, 5, 400])
def test_each_rule_stops_at_its_first_step(share, steps):
    task = problem()
    run = train(task, rate=share * rate_limits(task).limit, steps=steps)
    gains = [1 - after / before for before, after in zip(run.loss, run.loss[1:], strict=False)]
    too_small = [t for t, gain in enumerate(gains, 1) if gain < MIN_GAIN]
    found = stops(run)
    assert found.converged == run.converged_at
    assert found.no_gain == next(iter(too_small), None)
    assert found.budget == len(run.loss) - 1


def test_a_small_gain_is_no_sign_of_a_minimum():
    task = problem()
    run = train(task, rate=1e-6 * rate_limits(task).limit, steps=50)
    assert stops(run) == Stops(converged=None, no_gain=1, budget=50)
    assert run.loss[-1] > 2 * run.minimum


@pytest.mark.parametrize(
    ("found", "first"),
    [
        (Stops(None, None, 100), 100),
        (Stops(40, None, 100), 40),
        (Stops(40, 12, 100), 12),
        (Stops(0, 1, 0), 0),
    ],
)
def test_the_first_rule_stops(found, first):
    assert found.first == first
