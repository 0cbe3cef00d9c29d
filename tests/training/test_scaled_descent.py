"""The same descent on raw and on standardised features."""

import numpy as np
import pytest

from linreg import LeastSquares, Moments, forecast, rate_limits, train
from linreg.training.scaled_descent import compare


@pytest.mark.parametrize("loss", ["tsse", "mse", "half-mse"])
def test_both_descents_end_at_the_same_line(loss):
    draws = np.random.default_rng(2)
    X = draws.uniform(-2, 4, (50, 2))
    y = X @ [1, 2] + draws.normal(size=50)
    start = np.array([6.0, -2.0, 2.0])
    raw, other = compare(Moments.from_arrays(X, y), start=start, steps=500, loss=loss)
    best = LeastSquares.from_arrays(X, y).minimiser()
    np.testing.assert_allclose(raw.theta, best, rtol=1e-10)
    np.testing.assert_allclose(other.theta, best, rtol=1e-10)
    assert other.condition < raw.condition
    assert other.arrives < raw.arrives
    assert compare(Moments.from_arrays(X, y), start=start, steps=0)[1].theta == pytest.approx(start)


@pytest.mark.parametrize("intercept", [True, False])
def test_each_side_runs_at_its_fastest_rate(intercept):
    X = np.random.default_rng(3).uniform(-2, 4, (50, 2)) * [1, 30]
    y = X @ [1, 2]
    start = np.zeros(2 + intercept)
    raw, _ = compare(Moments.from_arrays(X, y), start=start, steps=70, intercept=intercept)
    fit = LeastSquares.from_arrays(X, y, intercept=intercept)
    np.testing.assert_allclose(raw.theta, train(fit, rate=raw.rate, steps=70).theta[-1])
    assert raw.arrives == forecast(fit, rate=raw.rate).converges_at
    assert raw.rate == rate_limits(fit).fastest
    assert raw.condition == rate_limits(fit).condition
