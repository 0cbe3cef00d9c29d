"""The sweep against a loop over the rows, and the four examples against the zones."""

import numpy as np
import pytest

from linreg import LeastSquares, forecast, rate_limits
from linreg.model.row_by_row import descend
from linreg.training.rate_sweep import examples, fastest, sweep


def problem_of(M=1, n=20, intercept=True):
    draws = np.random.default_rng(3)
    X, y = draws.uniform(-1, 2, (n, M)), draws.normal(size=n)
    return X, y, LeastSquares.from_arrays(X, y, intercept=intercept)


@pytest.mark.parametrize("loss", ["tsse", "mse", "half-mse"])
def test_sixty_rates_around_the_cliff(loss):
    _, _, problem = problem_of(M=2)
    limits = rate_limits(problem, loss)
    done = sweep(problem, limits, start=[1, 2, 3], loss=loss)
    assert len(done.rates) == len(done.steps) == len(done.zones) == 60
    assert (np.diff(done.rates) > 0).all()
    for rate, steps, zone in zip(done.rates, done.steps, done.zones, strict=True):
        assert (steps is None) == (rate > limits.limit) == (zone == "diverges")
        assert (zone == "smooth") == (rate <= limits.smooth)


def test_the_steps_are_those_of_the_rows():
    X, y, problem = problem_of()
    start = np.array([2.0, -1.0])
    done = sweep(problem, rate_limits(problem), start=start)
    least = problem.tsse(problem.minimiser())
    for m in (10, 25, 35, 45):
        steps = done.steps[m]
        path = descend(X, y, rate=done.rates[m], steps=steps + 1, start=start)
        excess = problem.tsse(path) - least
        assert excess[steps] <= problem.tolerance * (1 + 1e-3)
        assert excess[steps - 1] > problem.tolerance * (1 - 1e-3)


def test_the_fewest_steps_are_near_the_fastest_rate():
    _, _, problem = problem_of(M=3)
    limits = rate_limits(problem)
    done = sweep(problem, limits, start=[1, 2, 3, 4])
    arrived = [(steps, rate) for steps, rate in zip(done.steps, done.rates, strict=True) if steps]
    assert min(arrived)[1] == pytest.approx(limits.fastest, rel=0.1)


@pytest.mark.parametrize("intercept", [True, False])
def test_each_example_does_what_its_name_says(intercept):
    _, _, problem = problem_of(intercept=intercept)
    four, start = examples(rate_limits(problem)), [3.0, 1.0][-len(problem.z) :]
    forecasts = [
        forecast(problem, rate=rate, start=start).zone
        for rate in (four.small, four.good, four.zigzag, four.diverging)
    ]
    assert forecasts == ["smooth", "smooth", "zig-zag", "diverges"]


def test_a_loss_without_slope_has_no_rate_to_sweep():
    flat = LeastSquares.from_arrays(np.zeros((3, 1)), np.arange(3.0), intercept=False)
    assert len(sweep(flat, rate_limits(flat)).rates) == 0
    assert fastest(rate_limits(flat)) == 1
    assert examples(rate_limits(flat)).good == 0.9
