"""The minimiser of least norm, and the rank rule."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg import Moments
from linreg.model.exact_rational import exact_fit
from linreg.model.least_squares import LeastSquares
from linreg.model.min_norm import (
    ROUNDING_NOISE,
    SHORTEST_SHARE,
    _is_far_from_singular,
    min_norm_solution,
)

EPS = np.finfo(float).eps


def triangle(seed, p):
    rng = np.random.default_rng(seed)
    return np.triu(rng.normal(size=(p, p))) + 2 * np.eye(p), rng.normal(size=p)


def rank(X, y, *, intercept=True):
    return LeastSquares.from_moments(Moments.from_arrays(X, y), intercept=intercept).rank


@pytest.mark.parametrize("intercept", [True, False])
def test_a_regular_triangle_is_solved_exactly(intercept):
    R, z = triangle(0, 4)
    theta, null = min_norm_solution(R, z, intercept)
    np.testing.assert_allclose(R @ theta, z, rtol=1e-13, atol=1e-13)
    assert null.shape == (4, 0)


@pytest.mark.parametrize("intercept", [True, False])
@given(st.integers(0, 1000), st.integers(1, 2))
def test_of_several_minimisers_the_shortest_is_returned(intercept, seed, lost):
    R, z = triangle(seed, 5)
    R[-lost:] = 0  # the last columns now depend on those before
    theta, null = min_norm_solution(R, z, intercept)
    assert null.shape == (5, lost)
    np.testing.assert_allclose(null.T @ null, np.eye(lost), atol=1e-12)
    np.testing.assert_allclose(R @ null, 0, atol=1e-12 * np.abs(R).max())
    np.testing.assert_allclose(theta, np.linalg.pinv(R, rcond=1e-12) @ z, rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("level", [1, 1e3, 1e9])
def test_a_constant_column_does_not_vary_however_large_it_is(level):
    rng = np.random.default_rng(1)
    X = np.column_stack([rng.normal(size=500), np.full(500, 7.3 * level)])
    assert rank(X, rng.normal(size=500)) == 2
    assert rank(X, rng.normal(size=500), intercept=False) == 2


@pytest.mark.parametrize("mean", [0, 2e3, 2e6, 2e9])
def test_an_affine_copy_is_found_behind_the_rounding_of_its_mean(mean):
    x = np.random.default_rng(2).normal(size=1000) + mean
    assert rank(np.column_stack([x, 1.8 * x + 32]), x[::-1]) == 2
    apart = 1e-3 * np.random.default_rng(3).normal(size=1000)
    assert rank(np.column_stack([x, x + apart]), x[::-1]) == 3


def test_a_column_counts_from_just_above_the_noise_of_its_mean():
    offset, z = np.array([0.0, 1.0]), np.array([0.0, 1.0])
    for share, counts in ((0.9, False), (1.1, True)):
        R = np.array([[1.0, offset[1]], [0.0, share * ROUNDING_NOISE]])
        assert (min_norm_solution(R, z, True)[1].shape[1] == 0) is counts


def test_a_column_too_short_for_its_slope_does_not_vary():
    z = np.array([1.0, 1.0])
    kept = min_norm_solution(np.diag([1.0, 2 * SHORTEST_SHARE]), z, False)
    dropped = min_norm_solution(np.diag([1.0, SHORTEST_SHARE]), z, False)
    assert kept[1].shape == (2, 0)
    assert np.isfinite(kept[0]).all()
    np.testing.assert_array_equal(dropped[0], [1, 0])
    np.testing.assert_array_equal(np.abs(dropped[1]), [[0], [1]])


@given(st.integers(-30, 30), st.integers(-30, 30))
def test_units_do_not_decide_the_rank(a, b):
    X = np.random.default_rng(4).normal(size=(50, 2))
    y = X.sum(axis=1)
    copies = np.column_stack([X, X[:, 0] - X[:, 1]]) * [10.0**a, 10.0**b, 1.0]
    assert rank(copies, y) == 3
    assert rank(X * [10.0**a, 10.0**b], y) == 3


def least_norm(A, y):
    """The minimiser of least norm in exact numbers."""
    columns = [*map(np.array, zip(*A.tolist(), strict=True)), y]
    fit = exact_fit(lambda: [columns], intercept=False)
    return np.array([float(value) for value in fit.theta])


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("sizes", [(1e6, 1e-3), (1e-3, 1e6), (1e-9, 1.0), (1e8, 1e8)])
def test_dependent_columns_of_very_different_size_have_the_shortest_theta(sizes, intercept):
    rng = np.random.default_rng(0)
    a, b = (size * rng.integers(-50, 50, 40) for size in sizes)
    X, y = np.column_stack([a, b, a]), rng.normal(size=40)
    theta = LeastSquares.from_arrays(X, y, intercept=intercept).minimiser()
    exact = least_norm(np.column_stack([np.ones(40), X]) if intercept else X, y)
    np.testing.assert_allclose(theta, exact, rtol=1e-9)
    assert theta[-1] == pytest.approx(theta[-3], rel=1e-9)


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("sizes", [(1e6, 1e-3), (1e-3, 1e6), (1e-6, 1e6), (1.0, 1e-9), (1e12, 1)])
@pytest.mark.parametrize(
    "arrangement",
    ["abab", "aabb", "abba", "abcba", "aab", "abAB", "ABBAab", "abcabc", "abBcC", "Aa", "aabcAbB"],
)
def test_several_dependences_leave_the_shortest_theta(arrangement, sizes, intercept):
    """Copies of a, b and c, and multiples A, B and C of them."""
    rng = np.random.default_rng(len(arrangement))
    a, b = (size * rng.uniform(1, 2, 30) for size in sizes)
    columns = {"a": a, "b": b, "c": rng.normal(size=30)}
    columns |= {"A": 2 * a, "B": -b / 1024, "C": 4 * columns["c"]}
    X, y = np.column_stack([columns[name] for name in arrangement]), rng.normal(size=30)
    fit = LeastSquares.from_arrays(X, y, intercept=intercept)
    exact = least_norm(np.column_stack([np.ones(30), X]) if intercept else X, y)
    np.testing.assert_allclose(fit.minimiser(), exact, rtol=1e-9)
    assert fit.rank == intercept + len(set(arrangement.lower()))
    assert fit.tsse(fit.minimiser()) < fit.tss


@pytest.mark.parametrize("intercept", [True, False])
@given(seed=st.integers(0, 10_000), powers=st.lists(st.sampled_from([20, 0, -10]), min_size=2))
def test_sums_of_columns_of_very_different_size_leave_the_shortest_theta(intercept, seed, powers):
    """Powers of two, for which the sums are exact; a short column has few digits in a long one."""
    rng, powers = np.random.default_rng(seed), powers[:4]
    base = [2.0**power * rng.integers(-50, 51, 20) for power in powers]
    pairs = rng.integers(0, len(base), size=(3, 2))
    sums = [base[i] + base[j] * rng.choice([0, 1, -0.5]) for i, j in pairs]
    X = np.column_stack([*base, *sums])[:, rng.permutation(len(base) + 3)]
    y = rng.normal(size=20)
    fit = LeastSquares.from_arrays(X, y, intercept=intercept)
    exact = least_norm(np.column_stack([np.ones(20), X]) if intercept else X, y)
    apart = 2.0 ** (max(powers) - min(powers))
    np.testing.assert_allclose(fit.minimiser(), exact, rtol=1e-9 + 1e-10 * apart)
    assert fit.rank == intercept + len(base)
    assert fit.tsse(fit.minimiser()) <= fit.tss * (1 + 1e-9)


@given(st.integers(0, 1000), st.integers(10, 15), st.integers(-12, 3))
def test_no_minimiser_is_worse_than_the_mean_alone(seed, digits, power):
    """Features that vary in their last digits only, and depend on each other."""
    rng = np.random.default_rng(seed)
    base = 10.0**power * rng.uniform(1, 9, 3)
    X = base * (1 + 10.0**-digits * rng.integers(-5, 6, size=(4, 3)))
    y = rng.uniform(1, 9) * 1e-3 * (1 + 1e-3 * rng.normal(size=4))
    fit = LeastSquares.from_arrays(X, y)
    assert fit.tsse(fit.minimiser()) <= fit.tss * (1 + 1e-9)


def test_a_long_way_along_a_level_direction_does_not_cost_its_digits():
    x1 = [1.49486270911e-12, 1.49486270904e-12, 1.49486270904e-12]
    x2 = [0.000144041319315, 0.000144041319312, 0.000144041319312]
    y = [0.00077509410068, 0.000775094100679, 0.000776365331817]
    fit = LeastSquares.from_arrays(np.column_stack([x1, x2]), y)
    assert fit.tsse(fit.minimiser()) == pytest.approx(8.08e-13, rel=1e-3)
    assert 0 < fit.r2(fit.minimiser()) < 1


@given(st.integers(0, 1000), st.integers(1, 8), st.floats(0, 15))
def test_the_estimate_never_takes_an_open_direction_for_a_closed_one(seed, p, digits):
    rng = np.random.default_rng(seed)
    K = np.linalg.qr(rng.normal(size=(p, p)) * 10.0 ** -rng.uniform(0, digits, p))[1]
    sigma = np.linalg.svd(K, compute_uv=False)
    for least in (1e-15, 1e-12, 1e-6):
        if _is_far_from_singular(K, least):
            assert sigma[-1] > least * sigma[0]
    assert _is_far_from_singular(np.eye(p), 1e-12)
    assert not _is_far_from_singular(np.zeros((p, p)), 1e-12)
