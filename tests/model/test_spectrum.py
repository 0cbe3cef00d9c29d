"""The bowl in its own axes, and descent in closed form."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg import LeastSquares
from linreg.model import spectrum
from linreg.model.row_by_row import gradient, update
from linreg.model.spectrum import MAX_FAST_CONDITION, MIN_FAST_PARAMETERS, Spectrum, dgejsv

NONE = np.zeros((3, 0))  # no level directions


def problem(seed=0, n=40, M=2):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, M)) + 1
    return X, rng.normal(size=n) + X.sum(axis=1)


def bowl(seed=0, p=3):
    rng = np.random.default_rng(seed)
    R, z = np.triu(rng.normal(size=(p, p))), rng.normal(size=p)
    return R, z, Spectrum.of(R, z, 0.5, np.zeros((p, 0)))


@given(st.integers(0, 10_000), st.integers(1, 6))
def test_the_axes_rebuild_the_loss(seed, p):
    R, z, spectrum = bowl(seed, p)
    theta = np.random.default_rng(seed).normal(size=(9, p))
    np.testing.assert_allclose(spectrum.V.T @ spectrum.V, np.eye(p), atol=1e-13)
    loss = 0.5 + np.square(spectrum.w - spectrum.s * (theta @ spectrum.V)).sum(axis=1)
    np.testing.assert_allclose(loss, 0.5 + np.square(theta @ R.T - z).sum(axis=1), rtol=1e-12)
    assert (np.diff(spectrum.s) <= 0).all()


@pytest.mark.parametrize("scale", [1e-160, 1e-100, 1.0, 1e100, 1e150])
@pytest.mark.parametrize("spread", [1.0, 1e12, 1e40])
def test_small_singular_values_keep_their_digits(scale, spread):
    Q = np.linalg.qr(np.random.default_rng(1).normal(size=(3, 3)))[0]
    exact = scale * np.array([1.0, spread**-0.5, 1 / spread])
    spectrum = Spectrum.of(Q * exact, np.zeros(3), 0.0, NONE)
    np.testing.assert_allclose(spectrum.s, exact, rtol=1e-13)


def test_a_level_direction_has_the_singular_value_0():
    R = np.array([[1.0, 1.0], [0.0, 1e-17]])  # the second column is the first, but for rounding
    null = np.array([[1.0], [-1.0]]) / np.sqrt(2)
    spectrum = Spectrum.of(R, np.array([3.0, 4.0]), 1.0, null)
    assert spectrum.s[1] == 0
    assert spectrum.floor == pytest.approx(1 + 16)
    np.testing.assert_allclose(np.abs(spectrum.V[:, 1]), np.abs(null[:, 0]))


def test_zero_data_have_a_spectrum():
    fit = LeastSquares.from_arrays(np.zeros((4, 2)), np.zeros(4), intercept=False)
    np.testing.assert_array_equal(np.abs(fit.spectrum.V), np.eye(2))
    assert not fit.spectrum.s.any()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 1.0, 1.2])
def test_the_closed_form_takes_the_steps_of_the_rows(share):
    X, y = problem()
    spectrum = LeastSquares.from_arrays(X, y).spectrum
    rate = share / spectrum.s[0] ** 2  # of the limit 2/λmax = 1/s²
    Z, theta = np.column_stack([np.ones(len(y)), X]), np.array([1.0, -2.0, 3.0])
    path = spectrum.path(theta, rate, np.arange(30))
    for step in range(30):
        np.testing.assert_allclose(path.theta[step], theta, rtol=1e-9, atol=1e-9)
        theta = update(theta, rate, gradient(Z, y, theta))


@given(st.integers(0, 50), st.integers(0, 10**6))
def test_two_walks_in_a_row_are_one(first, then):
    spectrum = bowl()[2]
    rate = 0.7 / spectrum.s[0] ** 2
    half = spectrum.path(np.ones(3), rate, first).theta
    whole = spectrum.path(np.ones(3), rate, first + then)
    np.testing.assert_allclose(
        spectrum.path(half, rate, then).theta, whole.theta, rtol=1e-9, atol=1e-9
    )


def test_steps_may_be_of_any_size_and_shape():
    spectrum = bowl()[2]
    path = spectrum.path(np.zeros(3), 0.9 / spectrum.s[0] ** 2, [[0, 10**9], [10**15, 3]])
    assert path.theta.shape == (2, 2, 3)
    assert path.excess.shape == path.loss.shape == (2, 2)
    np.testing.assert_array_equal(path.theta[0, 0], 0)
    assert path.excess[1, 0] == 0


@pytest.mark.parametrize("share", [0.02, 0.5, 0.999, 1.0])
def test_an_error_that_has_shrunk_away_is_0_and_never_subnormal(share):
    X, y = problem()
    spectrum = LeastSquares.from_arrays(X, y).spectrum
    path = spectrum.path(np.ones(3), share / spectrum.s[0] ** 2, np.arange(0, 200_000, 7))
    for values in (path.gradient, path.distance):
        sizes = np.abs(values[values != 0])
        assert len(sizes) > 3
        assert sizes.min() >= np.finfo(float).tiny
    if share == 0.5:
        assert not path.distance[-1]
        assert (np.diff(path.distance) <= 0).all()


def test_at_a_rate_of_one_over_lambda_its_axis_is_gone_after_a_step():
    spectrum = bowl()[2]
    rate = 0.5 / spectrum.s[0] ** 2
    left = spectrum.error(spectrum.path(np.ones(3), rate, 1).theta)
    assert abs(left[0]) <= 1e-14 * np.abs(spectrum.error(np.ones(3))).max()


def test_beyond_the_limit_the_path_overflows_without_a_warning():
    spectrum = bowl()[2]
    path = spectrum.path(np.ones(3), 3 / spectrum.s[0] ** 2, [0, 10**6])
    assert np.isfinite(path.loss[0])
    assert not np.isfinite(path.loss[1])


@pytest.mark.parametrize("x", [1e-18, 0.5, 1 - 1e-16, 1 + 1e-15, 2 - 1e-15, 2.0, 3.0])
def test_factors_are_logarithms_and_signs(x):
    spectrum = Spectrum(np.eye(1), np.ones(1), np.ones(1), 0.0)
    log, sign = spectrum.factors(x / 2)
    assert sign[0] * np.exp(log[0]) == pytest.approx(1 - x, rel=1e-12, abs=1e-30)


@pytest.mark.parametrize("digits", [0, 3, 4.9, 5.1, 9])
def test_many_parameters_are_decomposed_as_well_as_few(digits):
    """Beside the same triangle, too small for the faster method to be taken."""
    p = MIN_FAST_PARAMETERS
    rng = np.random.default_rng(0)
    Q = np.linalg.qr(rng.normal(size=(p, p)))[0]
    s = np.geomspace(1.0, 10.0**-digits, p)
    R, z = np.linalg.qr(s[:, np.newaxis] * Q.T)[1], rng.normal(size=p)
    assert len(R) >= MIN_FAST_PARAMETERS
    fast = Spectrum.of(R, z, 0.5, np.zeros((p, 0)))
    np.testing.assert_allclose(fast.s, s, rtol=1e-10 if digits < 5 else 1e-6)
    np.testing.assert_allclose(fast.V * fast.s @ (fast.V * fast.s).T, R.T @ R, atol=1e-14)
    assert np.square(fast.w).sum() == pytest.approx(z @ z, rel=1e-13)


def test_the_digits_of_small_singular_values_decide_the_method(monkeypatch):
    taken = []
    monkeypatch.setattr(spectrum, "dgejsv", lambda *a, **k: taken.append(1) or dgejsv(*a, **k))
    p = MIN_FAST_PARAMETERS
    for size, jacobi in [(1.0, 0), (2 / MAX_FAST_CONDITION, 0), (0.5 / MAX_FAST_CONDITION, 1)]:
        R = np.diag(np.r_[np.ones(p - 1), size])
        Spectrum.of(R, np.ones(p), 0.0, np.zeros((p, 0)))
        assert len(taken) == jacobi
    open_direction = np.eye(p)[:, -1:]
    Spectrum.of(np.diag(np.r_[np.ones(p - 1), 1e-18]), np.ones(p), 0.0, open_direction)
    assert len(taken) == 1  # what is rounding has no digits to keep
    Spectrum.of(np.diag([1.0, 2.0]), np.ones(2), 0.0, np.zeros((2, 0)))
    assert len(taken) == 2  # few parameters
