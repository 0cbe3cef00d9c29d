import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linreg import LeastSquares, Moments
from linreg.model.least_squares import loss_scale
from tests.helpers.oracle import digits, exact_minimiser, nist

RNG = np.random.default_rng(7)
A, B, NOISE = RNG.normal(size=(3, 40))
DEFICIENT = {
    "constant feature": np.column_stack([A, np.full(40, 7.3)]),
    "only a constant feature": np.full((40, 1), 7.3),
    "zero feature": np.column_stack([np.zeros(40), A]),
    "duplicate": np.column_stack([A, A, B]),
    "sum of two others": np.column_stack([A, B, A + B]),
    "affine copy": np.column_stack([A, 1.8 * A + 32]),
    "fewer rows than columns": RNG.normal(size=(3, 5)),
    "one row": RNG.normal(size=(1, 2)),
}


def design(X, intercept):
    return np.column_stack([np.ones(len(X)), X]) if intercept else X


def problem(seed=0, n=50, M=3, **options):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, M)) + 2
    y = X.sum(axis=1) + rng.normal(size=n)
    return X, y, LeastSquares.from_arrays(X, y, **options)


@pytest.mark.parametrize(
    ("name", "floor"),
    [("norris", 11.5), ("pontius", 11.5), ("wampler1", 8.5), ("wampler4", 7), ("noint1", 12)],
)
def test_minimiser_reaches_the_certified_digits(name, floor):
    X, y, certified = nist(name)
    fit = LeastSquares.from_arrays(X, y, intercept=certified["intercept"])
    assert digits(fit.minimiser(), np.array(certified["theta"], dtype=float)) >= floor


@pytest.mark.parametrize("name", ["norris", "pontius", "wampler4", "noint1"])
def test_least_tsse_reaches_the_certified_digits(name):
    X, y, certified = nist(name)
    fit = LeastSquares.from_arrays(X, y, intercept=certified["intercept"])
    assert digits(fit.rho**2, float(certified["tsse"])) >= 13
    assert digits(fit.tsse(fit.minimiser()), float(certified["tsse"])) >= 13


def test_exact_fit_leaves_no_tsse():
    X, y, _ = nist("wampler1")
    fit = LeastSquares.from_arrays(X, y)
    assert 0 <= fit.tsse(fit.minimiser()) <= 1e-17


@given(st.integers(0, 10_000))
def test_minimiser_equals_the_rational_solution(seed):
    X = np.random.default_rng(seed).integers(-50, 50, (8, 2)).astype(float)
    y = X[:, 0] - 2 * X[:, 1] + np.arange(8) ** 2
    fit = LeastSquares.from_arrays(X, y)
    assume(fit.rank == 3)
    exact = np.array(exact_minimiser(X, y), dtype=float)
    np.testing.assert_allclose(fit.minimiser(), exact, rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("name", DEFICIENT)
def test_level_bowl_gives_the_shortest_minimiser(name, intercept):
    X = DEFICIENT[name]
    y = X.sum(axis=1) + NOISE[: len(X)] + 1
    fit = LeastSquares.from_arrays(X, y, intercept=intercept)
    expected, _, rank, _ = np.linalg.lstsq(design(X, intercept), y, rcond=1e-13)
    assert fit.rank == rank
    np.testing.assert_allclose(fit.minimiser(), expected, rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(design(X, intercept) @ fit.null, 0, atol=1e-13)


def test_rank_does_not_depend_on_units():
    X = np.column_stack([1e-20 * A, B, B])
    fit = LeastSquares.from_arrays(X, 3e20 * X[:, 0] + B)
    assert fit.rank == 3
    np.testing.assert_allclose(fit.minimiser(), [0, 3e20, 0.5, 0.5], rtol=1e-12, atol=1e-12)


def test_copy_with_a_little_noise_has_full_rank():
    X = np.column_stack([A, A + 1e-6 * B])
    assert LeastSquares.from_arrays(X, NOISE).rank == 3


@pytest.mark.parametrize("intercept", [True, False])
def test_loss_gradient_and_hessian_match_the_rows(intercept):
    X, y, fit = problem(intercept=intercept)
    Z = design(X, intercept)
    theta = np.random.default_rng(1).normal(size=Z.shape[1])
    np.testing.assert_allclose(fit.tsse(theta), np.square(y - Z @ theta).sum(), rtol=1e-13)
    np.testing.assert_allclose(fit.gradient(theta), -2 * (y - Z @ theta) @ Z, rtol=1e-13)
    np.testing.assert_allclose(fit.hessian(), 2 * Z.T @ Z, rtol=1e-13)


def test_theta_broadcasts():
    _, _, fit = problem()
    theta = np.random.default_rng(2).normal(size=(5, 6, 4))
    assert fit.tsse(theta).shape == fit.r2(theta).shape == (5, 6)
    assert fit.gradient(theta).shape == (5, 6, 4)
    np.testing.assert_allclose(fit.tsse(theta)[2, 3], fit.tsse(theta[2, 3]), rtol=1e-15)


@given(st.integers(0, 10_000))
def test_gradient_matches_wide_central_differences(seed):
    _, _, fit = problem(seed=seed)
    theta = np.random.default_rng(seed).normal(size=4)
    # TSSE is quadratic: a central difference has no truncation error, so the step may be wide.
    h = np.linalg.norm(theta) * np.eye(4)
    slope = (fit.tsse(theta + h) - fit.tsse(theta - h)) / (2 * np.linalg.norm(theta))
    size = np.linalg.norm(fit.R)
    scale = size * (size * np.linalg.norm(theta) + np.linalg.norm(fit.z))
    np.testing.assert_allclose(fit.gradient(theta), slope, rtol=0, atol=1e-13 * scale)


@given(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3))
def test_loss_is_never_negative_on_noise_free_data(a, b):
    x = np.linspace(0, 1, 30)
    fit = LeastSquares.from_arrays(x, 1 + 2 * x)
    near = fit.minimiser() * (1 + 1e-16 * np.array([a, b]))
    assert (fit.tsse([near, [a, b], [1, 2]]) >= 0).all()


@pytest.mark.parametrize("scale", [1e-140, 1e140])
def test_extreme_units_survive(scale):
    X, y, fit = problem()
    scaled = LeastSquares.from_arrays(X * scale, y)
    np.testing.assert_allclose(scaled.minimiser()[1:] * scale, fit.minimiser()[1:], rtol=1e-12)
    V = scaled.spectrum.V
    np.testing.assert_allclose(V.T @ V, np.eye(4), atol=1e-13)


@pytest.mark.parametrize("name", DEFICIENT)
def test_spectrum_is_a_full_basis_and_rebuilds_the_loss(name):
    X = DEFICIENT[name]
    fit = LeastSquares.from_arrays(X, NOISE[: len(X)])
    bowl, theta = fit.spectrum, np.random.default_rng(3).normal(size=(9, X.shape[1] + 1))
    np.testing.assert_allclose(bowl.V.T @ bowl.V, np.eye(X.shape[1] + 1), atol=1e-13)
    loss = bowl.rho2 + np.square(bowl.w - bowl.s * (theta @ bowl.V)).sum(axis=1)
    np.testing.assert_allclose(loss, fit.tsse(theta), rtol=1e-12)
    assert np.count_nonzero(bowl.s) == fit.rank
    assert (np.diff(bowl.s) <= 0).all()


def test_minimiser_is_not_shared():
    _, _, fit = problem()
    fit.minimiser()[:] = 0
    assert fit.minimiser().all()


def test_r2_is_one_less_the_share_of_the_spread():
    _, y, fit = problem()
    assert fit.r2([y.mean(), 0, 0, 0]) == pytest.approx(0, abs=1e-14)
    assert 0 < fit.r2(fit.minimiser()) < 1
    assert fit.r2([1e3, 0, 0, 0]) < -1000
    assert fit.tss == pytest.approx(np.square(y - y.mean()).sum(), rel=1e-14)


@pytest.mark.parametrize("scale", [1e140, 1e-150, 1e-162, 1e-200])
def test_r2_does_not_depend_on_the_unit_of_y(scale):
    x, y = [1.0, 2, 3], np.array([1.0, 2, 4])
    fit = LeastSquares.from_arrays(x, scale * y)
    assert fit.r2(fit.minimiser()) == pytest.approx(27 / 28, rel=1e-14)


def test_r2_of_a_constant_is_undefined():
    fit = LeastSquares.from_arrays(A, np.full(40, 7.3))
    assert fit.tss == 0
    assert np.isnan(fit.r2(fit.minimiser()))


def test_without_intercept_the_spread_is_around_zero():
    _, y, fit = problem(intercept=False)
    assert fit.tss == pytest.approx(y @ y, rel=1e-14)
    assert fit.minimiser().shape == (3,)


def test_moments_of_parts_give_the_same_problem():
    X, y, fit = problem()
    parts = Moments.from_arrays(X[:20], y[:20]) + Moments.from_arrays(X[20:], y[20:])
    split = LeastSquares.from_moments(parts)
    assert split.n == fit.n
    np.testing.assert_allclose(split.minimiser(), fit.minimiser(), rtol=1e-12)


def test_loss_scales():
    names = ("tsse", "mse", "half-mse")
    assert [loss_scale(name, 4) for name in names] == [1, 1 / 4, 1 / 8]
    with pytest.raises(ValueError, match="loss must be one of tsse, mse, half-mse, got 'mae'"):
        loss_scale("mae", 4)


def test_theta_of_the_wrong_shape_is_refused():
    _, _, fit = problem()
    with pytest.raises(ValueError, match=r"theta must have shape \(…, 4\), got \(3,\)"):
        fit.tsse([1, 2, 3])


def test_values_whose_squares_overflow_are_refused():
    with pytest.raises(ValueError, match="X and y must have finite sums of squares, got inf"):
        LeastSquares.from_arrays([1e160, 0, 1], [1, 2, 3])
