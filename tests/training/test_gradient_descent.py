import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg import LeastSquares, rate_limits, train
from linreg.model.row_by_row import descend
from linreg.text.numbers import number
from linreg.training import gradient_descent
from tests.helpers.oracle import nist


def data(name="normal", seed=0):
    rng = np.random.default_rng(seed)
    if name in ("norris", "pontius", "wampler1"):
        return nist(name)[:2]
    X = rng.normal(size=(60, 3))
    if name == "raw":
        X = np.column_stack([2000.0 + rng.integers(0, 30, 60), rng.lognormal(3, 1, 60)])
    return X, X.sum(axis=1) + rng.normal(size=60)


def fitted(name="normal", seed=0, share=1.0, **options):
    """A problem and a rate, as a share of 1/λmax."""
    fit = LeastSquares.from_arrays(*data(name, seed), **options)
    return fit, share * rate_limits(fit).smooth


@pytest.mark.parametrize("name", ["normal", "raw", "norris", "wampler1"])
@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize(
    ("share", "rtol"), [(0.1, 1e-12), (1, 1e-12), (1.9, 1e-12), (2.02, 1e-10), (2.05, 1e-10)]
)
def test_path_equals_the_steps_row_by_row(name, intercept, share, rtol):
    X, y = data(name)
    fit, rate = fitted(name, share=share, intercept=intercept)
    start = np.arange(1.0, fit.z.size + 1) / 10
    twin = descend(X, y, rate=rate, steps=1000, start=start, intercept=intercept)
    run = train(fit, rate=rate, steps=1000, start=start)
    np.testing.assert_allclose((run.theta - twin) / np.abs(twin).max(axis=0), 0, atol=rtol)


@given(st.integers(0, 1000), st.floats(0.01, 1.99))
def test_path_equals_the_twin_at_any_stable_rate(seed, share):
    X, y = data(seed=seed)
    fit, rate = fitted(seed=seed, share=share)
    twin = descend(X, y, rate=rate, steps=50)
    run = train(fit, rate=rate, steps=50)
    np.testing.assert_allclose((run.theta - twin) / np.abs(twin).max(axis=0), 0, atol=1e-12)


@pytest.mark.parametrize("share", [0.3, 1.5, 2.1])
@pytest.mark.parametrize(("loss", "scale"), [("tsse", 1), ("mse", 60), ("half-mse", 120)])
def test_loss_and_gradient_belong_to_theta(share, loss, scale):
    fit, rate = fitted(share=share)
    run = train(fit, rate=rate * scale, steps=40, loss=loss)
    np.testing.assert_allclose(run.loss, fit.tsse(run.theta) / scale, rtol=1e-12)
    size = np.abs(run.gradient).max()
    np.testing.assert_allclose(run.gradient, fit.gradient(run.theta) / scale, atol=1e-12 * size)


@pytest.mark.parametrize(("loss", "scale"), [("mse", 60), ("half-mse", 120)])
def test_losses_share_their_path_at_rescaled_rates(loss, scale):
    fit, rate = fitted(share=1.7)
    tsse, other = (
        train(fit, rate=rate, steps=200),
        train(fit, rate=scale * rate, steps=200, loss=loss),
    )
    np.testing.assert_allclose(other.theta, tsse.theta, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(other.loss * scale, tsse.loss, rtol=1e-12)
    assert other.converged_at == tsse.converged_at


def test_every_step_is_kept():
    fit, rate = fitted()
    run = train(fit, rate=rate, steps=500)
    assert run.theta.shape == run.gradient.shape == (501, 4)
    assert run.loss.shape == (501,)
    assert run.converged_at < 400
    np.testing.assert_array_equal(run.theta[0], 0)


@given(st.integers(0, 1000), st.floats(0.01, 1.99))
def test_loss_falls_at_every_stable_rate(seed, share):
    fit, rate = fitted(seed=seed, share=share)
    assert (np.diff(train(fit, rate=rate, steps=100).loss) <= 0).all()


@given(st.floats(0.01, 2.5), st.floats(-1e6, 1e6))
def test_loss_is_never_negative_on_noise_free_data(share, start):
    x = np.linspace(0, 1, 30)
    fit = LeastSquares.from_arrays(x, 1 + 2 * x)
    rate = share * rate_limits(fit).smooth
    assert (train(fit, rate=rate, steps=300, start=[start, 0]).loss >= 0).all()


def test_run_that_arrives_has_converged():
    fit, rate = fitted()
    run = train(fit, rate=rate, steps=500)
    excess = fit.spectrum.path(np.zeros(4), rate, np.arange(501)).excess
    assert run.status == "converged"
    assert excess[run.converged_at - 1] > 1e-12 * fit.tss >= excess[run.converged_at]
    np.testing.assert_allclose(run.theta[-1], fit.minimiser(), rtol=1e-12)
    least = number(run.loss[-1])
    sentence = f"Converged at step {run.converged_at}: the loss {least} is at its minimum."
    assert run.reason == sentence


def test_run_that_is_too_short_has_stopped():
    fit, rate = fitted(share=0.01)
    run = train(fit, rate=rate, steps=3)
    assert (run.status, run.converged_at, run.diverged_at) == ("stopped", None, None)
    assert run.reason == (
        f"Done after 3 steps: the loss is {number(run.loss[-1] - fit.rho**2, 3)} above its minimum."
    )


def test_run_that_overflows_is_cut_at_its_last_finite_step():
    fit, rate = fitted(share=3)
    run = train(fit, rate=rate, steps=10_000)
    assert (run.status, run.diverged_at) == ("diverged", len(run.loss))
    for values in (run.theta, run.loss, run.gradient):
        assert np.isfinite(values).all()
    next_loss = fit.spectrum.path(np.zeros(4), rate, run.diverged_at).loss
    assert not np.isfinite(next_loss)
    assert "is above the limit" in run.reason
    assert "lands 2 times as far" in run.reason
    assert f"; it overflowed at step {run.diverged_at:,}" in run.reason


def test_run_that_grows_has_diverged_without_a_cut():
    fit, rate = fitted(share=2.1)
    run = train(fit, rate=rate, steps=20)
    assert (run.status, run.diverged_at, len(run.loss)) == ("diverged", None, 21)
    assert "lands 1.1 times as far" in run.reason
    assert "; after 20 steps the loss is " in run.reason


def test_first_step_may_already_overflow():
    fit, _ = fitted()
    run = train(fit, rate=1e308, steps=5)
    assert (run.status, run.diverged_at, len(run.loss)) == ("diverged", 1, 1)


def test_rate_at_the_limit_bounces():
    fit, rate = fitted(share=2)
    run = train(fit, rate=rate, steps=1001)
    assert run.status == "stopped"
    np.testing.assert_allclose(run.theta[-1], run.theta[-3], rtol=1e-10)
    assert np.abs(run.theta[-1] - run.theta[-2]).max() > 0.01


def test_start_at_the_minimum_has_converged_at_once():
    fit, rate = fitted(share=2.1)
    run = train(fit, rate=rate, steps=20, start=fit.minimiser())
    assert (run.status, run.converged_at) == ("converged", 0)


def test_no_steps_give_the_start():
    fit, rate = fitted()
    run = train(fit, rate=rate, steps=0, start=[1, 2, 3, 4])
    np.testing.assert_array_equal(run.theta, [[1, 2, 3, 4]])
    assert run.status == "stopped"


def test_steepest_axis_is_gone_after_one_step_at_its_own_rate():
    fit = LeastSquares.from_arrays([1.0, 2.0], [2.0, 4.0], intercept=False)
    run = train(fit, rate=0.1, steps=2)  # H = 2(1 + 4) = 10, and 1/10 is its rate
    np.testing.assert_allclose(run.theta[:, 0], [0, 2, 2], rtol=1e-15)
    assert run.converged_at == 1


def test_level_direction_keeps_its_start():
    x = np.arange(5.0)
    fit = LeastSquares.from_arrays(np.column_stack([x, x]), x**2)
    run = train(fit, rate=rate_limits(fit).smooth, steps=5000, start=[0, 3, -1])
    np.testing.assert_allclose(run.theta[:, 1] - run.theta[:, 2], 4, rtol=1e-12)
    assert run.status == "converged"
    assert fit.tsse(run.theta[-1]) == pytest.approx(fit.tsse(fit.minimiser()), rel=1e-11)


@given(st.integers(-200, 200), st.integers(-200, 200))
def test_convergence_knows_no_units(k, m):
    x, y = np.random.default_rng(5).normal(size=(2, 30))
    u, v = 2.0**k, 2.0**m
    fit = LeastSquares.from_arrays(x, y, intercept=False)
    scaled = LeastSquares.from_arrays(u * x, v * y, intercept=False)
    rate = 0.3 * rate_limits(fit).smooth
    here = train(fit, rate=rate, steps=100, start=[2.0])
    there = train(scaled, rate=rate / u**2, steps=100, start=[2.0 * v / u])
    assert there.converged_at == here.converged_at is not None


@given(st.integers(-300, 300))
def test_convergence_knows_no_units_of_y(m):
    X, y = data()
    fit, rate = fitted(share=0.5)
    scaled = LeastSquares.from_arrays(X, 2.0**m * y)
    expected = train(fit, rate=rate, steps=300).converged_at
    assert train(scaled, rate=rate, steps=300).converged_at == expected is not None


x = np.arange(10.0)
EXACT_FITS = {
    "a line": (x, 3 * x + 1),
    "four rows": (x[1:5], 2 * x[1:5] - 1),
    "rounded rows": (x, 0.1 * x + 0.3),
    "a large intercept": (x, 3 * x + 1e12),
    "a constant": (x, np.full(10, 7.3) + 0 * x),
    "two features": (np.column_stack([x, x % 3]), 2 * x - 7 * (x % 3) + 0.1),
    "dependent": (np.column_stack([x, -2 * x]), 2 * x + 1),
    "terms that cancel": (np.column_stack([x, x + x % 2]), 1e6 * (x % 2)),
    "large": (x - 4, 1e150 * x),
    "small": (x - 4, 1e-100 * x),
}


@pytest.mark.parametrize("rows", EXACT_FITS.values(), ids=EXACT_FITS)
def test_the_minimum_of_an_exact_fit_is_not_what_rounding_leaves(rows):
    fit = LeastSquares.from_arrays(*rows)
    run = train(fit, rate=rate_limits(fit).smooth, steps=100_000)
    assert run.minimum == 0
    assert run.status == "converged"
    assert run.loss[-1] <= run.rounding <= 1e-24 * np.square(rows[1]).sum()
    assert run.reason.endswith(("is 0 up to rounding.", "the loss 0 is at its minimum."))


@pytest.mark.parametrize("size", [1e-3, 1e-6, 1e-9])
def test_the_minimum_of_a_close_fit_is_more_than_rounding(size):
    rng = np.random.default_rng(0)
    y = 3 * x + 1 + size * rng.normal(size=10)
    fit = LeastSquares.from_arrays(x, y)
    run = train(fit, rate=rate_limits(fit).smooth, steps=100_000)
    assert run.minimum == pytest.approx(8 * size**2, rel=0.9)
    assert run.reason.endswith("is at its minimum.")


def test_any_step_can_be_asked_for():
    fit, rate = fitted(share=0.01)
    path = fit.spectrum.path(np.zeros(4), rate, [[0, 7], [10**9, 10**300]])
    assert path.theta.shape == (2, 2, 4)
    np.testing.assert_allclose(path.theta[0, 1], train(fit, rate=rate, steps=7).theta[7])
    np.testing.assert_allclose(path.theta[1], [fit.minimiser()] * 2, rtol=1e-12)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"rate": 0}, "rate must be finite and > 0, got 0"),
        ({"rate": np.nan}, "rate must be finite and > 0, got nan"),
        ({"rate": np.inf}, "rate must be finite and > 0, got inf"),
        ({"steps": -1}, "steps must be a whole number >= 0, got -1"),
        ({"steps": 2.0}, "steps must be a whole number >= 0, got 2.0"),
        ({"steps": True}, "steps must be a whole number >= 0, got True"),
        ({"start": [1, 2]}, r"start must have shape \(4,\), got \(2,\)"),
        ({"start": [1, 2, 3, np.nan]}, r"start must be finite, got \[ 1.  2.  3. nan\]"),
        ({"start": [1e200, 0, 0, 0]}, "start must have a finite loss and gradient, got"),
        ({"loss": "mae"}, "loss must be one of tsse, mse, half-mse, got 'mae'"),
    ],
)
def test_senseless_arguments_are_refused(options, message):
    fit, rate = fitted()
    with pytest.raises(ValueError, match=message):
        train(fit, **{"rate": rate, "steps": 3, **options})


def test_a_long_run_of_many_parameters_takes_little_memory():
    rng = np.random.default_rng(0)
    X = rng.normal(size=(300, 200))
    fit = LeastSquares.from_arrays(X, rng.normal(size=300))
    rate = rate_limits(fit).suggested
    assert fit.spectrum.floor > 0  # computed before the memory is watched
    tracemalloc.start()
    run = train(fit, rate=rate, steps=20_000)
    last = run.at(20_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(run.loss) == 20_001
    assert peak <= 20e6  # θ of all steps has 32 MB, and so has the gradient
    np.testing.assert_array_equal(last.theta, fit.spectrum.path(np.zeros(201), rate, 20_000).theta)


@pytest.mark.parametrize("share", [0.5, 2.5])
def test_points_of_a_long_run_are_those_of_one_closed_form(monkeypatch, share):
    fit, rate = fitted(share=share)
    whole = train(fit, rate=rate, steps=999)
    monkeypatch.setattr(gradient_descent, "BLOCK_NUMBERS", 32)
    blocks = train(fit, rate=rate, steps=999)
    for name in ("loss", "theta", "gradient"):
        np.testing.assert_array_equal(getattr(blocks, name), getattr(whole, name))
    assert (blocks.status, blocks.diverged_at) == (whole.status, whole.diverged_at)
    few = [0, 3, len(whole.loss) - 1]
    np.testing.assert_array_equal(blocks.at(few).gradient, whole.gradient[few])
    np.testing.assert_array_equal(blocks.at(few).loss, whole.loss[few])
