"""Standardised problems against the rows standardised by hand."""

import numpy as np
import pytest

from linreg import LeastSquares, Moments, rate_limits
from linreg.model.scaling import Scaling, standardised


def example(M=2, n=40):
    draws = np.random.default_rng(5)
    X = draws.normal([1e4, -3, 0.02, 7, 1][:M], [300, 0.1, 0.004, 2, 5][:M], (n, M))
    return X, X @ np.arange(1, M + 1) + draws.normal(size=n)


@pytest.mark.parametrize("M", [1, 2, 5])
@pytest.mark.parametrize("intercept", [True, False])
def test_the_moments_are_those_of_the_standardised_rows(M, intercept):
    X, y = example(M)
    problem, scaling = standardised(Moments.from_arrays(X, y), intercept=intercept)
    Z = scaling.apply(X)
    if intercept:
        np.testing.assert_allclose(Z, (X - X.mean(axis=0)) / X.std(axis=0), rtol=1e-9)
    else:
        np.testing.assert_allclose(Z, X / np.sqrt(np.square(X).mean(axis=0)), rtol=1e-12)
    by_rows = LeastSquares.from_arrays(Z, y, intercept=intercept)
    np.testing.assert_allclose(problem.hessian(), by_rows.hessian(), atol=1e-9 * len(y))
    np.testing.assert_allclose(problem.minimiser(), by_rows.minimiser(), rtol=1e-8)


@pytest.mark.parametrize("M", [1, 2, 5])
@pytest.mark.parametrize("intercept", [True, False])
def test_theta_goes_there_and_back(M, intercept):
    X, y = example(M)
    scaling = Scaling.of(Moments.from_arrays(X, y), intercept=intercept)
    theta = np.random.default_rng(1).normal(size=(3, M + intercept))
    there = scaling.standardise_theta(theta)
    np.testing.assert_allclose(scaling.raw_theta(there), theta, rtol=1e-9, atol=1e-9)
    Z = scaling.apply(X)
    if intercept:
        X, Z = (np.column_stack([np.ones(len(y)), each]) for each in (X, Z))
    expected = Z @ scaling.standardise_theta(theta).T
    np.testing.assert_allclose(X @ theta.T, expected, rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("intercept", [True, False])
def test_the_minimiser_maps_back_to_that_of_the_raw_features(intercept):
    X, y = example(3)
    raw = LeastSquares.from_arrays(X, y, intercept=intercept)
    problem, scaling = standardised(Moments.from_arrays(X, y), intercept=intercept)
    np.testing.assert_allclose(scaling.raw_theta(problem.minimiser()), raw.minimiser(), rtol=1e-8)
    assert problem.tsse(problem.minimiser()) == pytest.approx(float(raw.tsse(raw.minimiser())))


def test_one_standardised_feature_makes_a_round_bowl():
    X, y = example(1)
    problem, _ = standardised(Moments.from_arrays(X, y))
    assert rate_limits(problem).condition == pytest.approx(1, abs=1e-12)
    assert rate_limits(LeastSquares.from_arrays(X, y)).condition > 1e8


def test_a_constant_feature_stays_constant():
    X = np.column_stack([np.full(5, 0.1), np.arange(5.0)])
    problem, scaling = standardised(Moments.from_arrays(X, np.arange(5.0) ** 2))
    assert scaling.scale[0] == 1
    assert problem.rank == 2
    assert np.isfinite(scaling.raw_theta(problem.minimiser())).all()
