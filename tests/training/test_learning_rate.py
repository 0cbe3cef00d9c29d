import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linreg import LeastSquares, forecast, rate_limits, train
from linreg.data.load import load_training_set
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn
from linreg.training.learning_rate import best_rate, first, zone_of
from linreg.training.start import random_start

DATA = [*(kind() for kind in GENERATORS.values()), *map(TableChoice, BUILT_IN), Drawn()]
LOSSES = {"tsse": 1, "mse": 50, "half-mse": 100}


def bowl(seed=0, n=50, M=2):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n, M)) * [1, 3][:M] + 1
    return LeastSquares.from_arrays(X, X.sum(axis=1) + rng.normal(size=n))


def test_limits_come_from_the_eigenvalues_of_the_hessian():
    fit, limits = bowl(), rate_limits(bowl())
    expected = np.linalg.eigvalsh(fit.hessian())[::-1]
    np.testing.assert_allclose(limits.eigenvalues, expected, rtol=1e-12)
    assert limits.smooth == pytest.approx(1 / expected[0])
    assert limits.limit == pytest.approx(2 / expected[0])
    assert limits.fastest == pytest.approx(2 / (expected[0] + expected[-1]))
    assert limits.condition == pytest.approx(expected[0] / expected[-1])


@pytest.mark.parametrize("loss", LOSSES)
def test_limits_rescale_with_the_loss(loss):
    here, tsse = rate_limits(bowl(), loss), rate_limits(bowl())
    assert here.limit == pytest.approx(LOSSES[loss] * tsse.limit, rel=1e-14)
    assert here.fastest == pytest.approx(LOSSES[loss] * tsse.fastest, rel=1e-14)
    assert here.condition == pytest.approx(tsse.condition, rel=1e-14)


def test_directions_without_data_do_not_count():
    x = np.arange(5.0)
    limits = rate_limits(LeastSquares.from_arrays(np.column_stack([x, x]), x**2))
    assert limits.eigenvalues[-1] == 0
    assert limits.condition == limits.eigenvalues[0] / limits.eigenvalues[1]


def test_zero_data_allow_every_rate():
    fit = LeastSquares.from_arrays(np.zeros(3), [1.0, 2.0, 3.0], intercept=False)
    limits = rate_limits(fit)
    assert limits.smooth == limits.limit == limits.fastest == np.inf
    assert forecast(fit, rate=1e308).zone == "at the minimum"


def test_fastest_rate_has_the_smallest_growth():
    fit, limits = bowl(), rate_limits(bowl())
    growth = [forecast(fit, rate=limits.fastest * f).growth for f in (0.99, 1, 1.01)]
    kappa = limits.condition
    assert growth[1] == pytest.approx((kappa - 1) / (kappa + 1))
    assert growth[1] == min(growth)


@pytest.mark.parametrize(
    ("share", "zone"),
    [(0.1, "smooth"), (1, "smooth"), (1.01, "zig-zag"), (2, "bounces"), (2.01, "diverges")],
)
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("loss", LOSSES)
def test_zone_follows_the_rate(share, zone, seed, loss):
    fit = bowl(seed)
    outlook = forecast(fit, rate=share * rate_limits(fit, loss).smooth, loss=loss)
    assert outlook.zone == zone
    assert (outlook.converges_at is None) == (zone in ("bounces", "diverges"))
    assert (outlook.overflows_at is None) == (zone != "diverges")


@given(st.integers(0, 50), st.floats(0.05, 1.98))
def test_convergence_is_foretold(seed, share):
    fit = bowl(seed)
    rate = share * rate_limits(fit).smooth
    outlook = forecast(fit, rate=rate).converges_at
    assume(outlook <= 20_000)
    assert train(fit, rate=rate, steps=outlook + 5).converged_at == outlook


@given(st.integers(0, 50), st.floats(2.01, 1000), st.floats(-100, 100))
def test_overflow_is_foretold(seed, share, start):
    fit = bowl(seed)
    rate = share * rate_limits(fit).smooth
    outlook = forecast(fit, rate=rate, start=[start, 0, 0]).overflows_at
    run = train(fit, rate=rate, steps=outlook + 5, start=[start, 0, 0])
    assert abs(run.diverged_at - outlook) <= 2


def test_a_step_too_far_to_run_is_foretold():
    fit = LeastSquares.from_arrays([1.0, 2.0, 3.0], [1.0, 2.0, 2.0])
    outlook = forecast(fit, rate=1e-12 * rate_limits(fit).limit).converges_at
    path = fit.spectrum.path(
        np.zeros(2), 1e-12 * rate_limits(fit).limit, [outlook * 0.99999, outlook]
    )
    assert 1e12 < outlook < 1e16
    assert path.excess[0] > fit.tolerance >= path.excess[1]


def test_a_start_that_misses_the_steep_axis_may_dip_and_rise_again():
    fit = bowl()
    axis = fit.spectrum.V
    start = fit.minimiser() + 1e-8 * axis[:, 0] + axis[:, 1:].sum(axis=1)
    rate = 1.0001 * rate_limits(fit).limit
    outlook, run = (
        forecast(fit, rate=rate, start=start),
        train(fit, rate=rate, steps=500, start=start),
    )
    assert outlook.zone == "diverges"
    assert outlook.converges_at == run.converged_at is not None


def test_sentences():
    fit, limits = bowl(), rate_limits(bowl())
    sentence = [
        forecast(fit, rate=f * limits.smooth).sentence for f in (0.01, 1.9, 2, 2.1, 2.00004)
    ]
    assert sentence[0].startswith("Smooth: the loss falls at every step. It converges near step ")
    assert sentence[1].startswith(
        "Zig-zag: each step jumps across the valley, but lands closer. It "
    )
    assert sentence[2] == "Bounces: each step jumps to the opposite side and gets no closer."
    assert sentence[3].startswith(
        "Diverges: in the end each step lands 1.1 times as far from the minimum as the one "
        "before. It overflows near step 3,"
    )
    assert sentence[4].startswith(
        "Diverges: in the end each step lands 1.00004 times as far from the minimum as the one "
        "before. It overflows near step "
    )


@pytest.mark.parametrize("share", [0.01, 1.9, 2.1])
def test_the_sentence_says_what_only_happens_after_the_run(share):
    fit = bowl()
    rate = share * rate_limits(fit).smooth
    outlook = forecast(fit, rate=rate)
    last = outlook.converges_at or outlook.overflows_at
    assert forecast(fit, rate=rate, steps=last).sentence == outlook.sentence
    late = forecast(fit, rate=rate, steps=last - 1).sentence
    assert late == f"{outlook.sentence[:-1]}; this run has only {last - 1:,} steps."
    assert forecast(fit, rate=rate, steps=1).sentence.endswith("; this run has only 1 step.")


@pytest.mark.parametrize(
    ("share", "sentence"),
    [
        (1, "At the minimum: the gradient is zero, nothing moves."),
        (3, "At the minimum: nothing moves, but above the limit the least rounding grows."),
    ],
)
def test_sentence_at_the_minimum(share, sentence):
    fit = bowl()
    outlook = forecast(fit, rate=share * rate_limits(fit).smooth, start=fit.minimiser())
    assert (outlook.zone, outlook.converges_at) == ("at the minimum", 0)
    assert outlook.sentence.startswith(sentence)


@given(st.integers(0, 10**30))
def test_first_finds_the_step(step):
    assert first(lambda t: t >= step) == step


@pytest.mark.parametrize("rate", [0, -0.1, np.nan, np.inf])
def test_senseless_rate_is_refused(rate):
    with pytest.raises(ValueError, match=f"rate must be finite and > 0, got {rate}"):
        forecast(bowl(), rate=rate)


@pytest.mark.parametrize(("scale", "kappa"), [(1e-200, None), (1e-155, None), (1e-153, 2e306)])
def test_a_condition_is_right_or_infinite_where_squares_vanish(scale, kappa):
    x, y = scale * np.array([1.0, 2, 3]), [1.0, 2, 4]
    condition = rate_limits(LeastSquares.from_arrays(x, y)).condition
    assert condition == (pytest.approx(1.5 / scale**2, rel=1e-9) if kappa else np.inf)


def test_a_condition_does_not_depend_on_the_unit_of_all_features():
    X, y = np.random.default_rng(0).normal(size=(9, 3)), np.arange(9.0)
    plain, tiny = (
        rate_limits(LeastSquares.from_arrays(scale * X, y, intercept=False))
        for scale in (1, 1e-180)
    )
    assert tiny.condition == pytest.approx(plain.condition, rel=1e-12)
    assert tiny.smooth == tiny.limit == tiny.fastest == np.inf


@pytest.mark.parametrize("data", DATA, ids=lambda data: data.name)
@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("loss", LOSSES)
def test_suggested_rate_is_the_share_of_the_limit_rounded_down(data, loss, intercept):
    rows = load_training_set(data)
    X, n = rows.dataset.X, len(rows.dataset.y)
    A = np.column_stack([np.ones(n), X]) if intercept else X
    scale = {"tsse": 1, "mse": 1 / n, "half-mse": 1 / (2 * n)}[loss]
    asked = 0.8 / (scale * np.linalg.eigvalsh(2 * A.T @ A)[-1])
    rate = rate_limits(rows.problem(intercept=intercept), loss).suggested
    assert asked * 10 / 11 < rate <= asked * (1 + 1e-9)
    assert rate == float(f"{rate:.2g}")


@pytest.mark.parametrize("data", DATA, ids=lambda data: data.name)
@pytest.mark.parametrize("loss", LOSSES)
def test_suggested_rate_is_smooth(data, loss):
    fit = load_training_set(data).problem(intercept=True)
    start, rate = random_start(fit, 1), rate_limits(fit, loss).suggested
    assert forecast(fit, rate=rate, start=start, loss=loss).zone == "smooth"


def test_without_any_slope_every_rate_will_do():
    flat = LeastSquares.from_arrays([0.0, 0.0], [1.0, 2.0], intercept=False)
    assert rate_limits(flat).suggested == 1.0


def test_limits_are_met_within_rounding():
    pulls = (1 + 1e-13, 1 + 1e-11, 2 - 1e-11, 2 - 1e-13, 2 + 1e-13, 2 + 1e-11)
    zones = ["smooth", "zig-zag", "zig-zag", "bounces", "bounces", "diverges"]
    assert [zone_of(pull) for pull in pulls] == zones


def narrow(n=50):
    """A bowl whose condition number is beyond 1e12, and the loss where it starts."""
    rng = np.random.default_rng(0)
    x = 1e6 * rng.uniform(1, 2, n)
    return LeastSquares.from_arrays(x, 10 + 1e-5 * x + rng.normal(size=n))


@pytest.mark.parametrize("steps", [1, 2, 7, 100, 100_000])
@pytest.mark.parametrize("kind", ["narrow", "three", "one direction"])
def test_no_rate_has_a_smaller_loss_after_these_steps_than_the_best(kind, steps):
    rng = np.random.default_rng(1)
    X = rng.normal(size=(30, 3)) * [1, 2, 5]
    fit = {
        "narrow": narrow(),
        "three": LeastSquares.from_arrays(X, X.sum(axis=1) + rng.normal(size=30)),
        "one direction": LeastSquares.from_arrays(X[:, 0], rng.normal(size=30), intercept=False),
    }[kind]
    limits = rate_limits(fit, "mse")
    best = best_rate(fit, steps=steps, loss="mse")
    assert limits.smooth * (1 - 1e-12) <= best < limits.limit
    others = limits.limit * np.linspace(0.3, 1 - 1e-9, 300)

    def excess(rate):
        return fit.spectrum.path(np.zeros(len(fit.z)), rate / fit.n, steps).excess

    assert excess(best) <= min(map(excess, others)) * (1 + 1e-9) + 1e-28 * fit.tss


def test_the_best_rate_helps_where_the_fastest_in_the_end_does_not():
    fit = narrow()
    limits = rate_limits(fit)
    assert limits.condition > 1e12
    first = train(fit, rate=limits.fastest, steps=100).excess
    assert train(fit, rate=best_rate(fit, steps=100), steps=100).excess < first / 10


def test_where_no_rate_moves_anything_the_best_is_1():
    assert (
        best_rate(LeastSquares.from_arrays([[0.0]] * 3, [1.0] * 3, intercept=False), steps=5) == 1
    )


@pytest.mark.parametrize("scale", [1e-155, 1e-180, 1e-250])
def test_a_tiny_target_is_forecast_and_trained_like_any_other(scale):
    X, y = np.arange(12.0), np.array([1.0, 3, 2, 5, 4, 7, 6, 9, 8, 9, 11, 10])
    usual, tiny = LeastSquares.from_arrays(X, y), LeastSquares.from_arrays(X, scale * y)
    rate = 0.9 * rate_limits(usual).smooth
    expected = forecast(usual, rate=rate).converges_at
    assert expected > 100
    assert abs(forecast(tiny, rate=rate).converges_at - expected) <= 1
    run = train(tiny, rate=rate, steps=2 * expected)
    assert run.status == "converged"
    assert abs(run.converged_at - expected) <= 1
    assert train(tiny, rate=rate, steps=20).status == "stopped"


@pytest.mark.parametrize("power", range(1, 13))
def test_the_fastest_rate_is_never_said_to_bounce_for_ever(power):
    """Of a narrow bowl it rounds to the limit, though it lies below it."""
    rng = np.random.default_rng(power)
    fit = LeastSquares.from_arrays(10.0**power * rng.uniform(1, 2, 30), rng.normal(size=30))
    limits = rate_limits(fit)
    outlook = forecast(fit, rate=limits.fastest)
    assert outlook.narrow == (limits.condition >= 1e12)
    assert outlook.sentence.startswith("Bounces: " if outlook.narrow else "Zig-zag")
    at_limit = forecast(fit, rate=limits.limit).sentence
    assert at_limit.endswith("closer." if outlook.narrow else "no closer.")
    assert forecast(fit, rate=limits.smooth).sentence.startswith("Smooth")
