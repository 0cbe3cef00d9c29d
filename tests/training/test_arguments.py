"""Arguments are checked, and refused in plain words."""

import numpy as np
import pytest

from linreg import LeastSquares, forecast, train
from linreg.training.arguments import positive_rate, start_point, whole_number, whole_steps
from linreg.training.learning_rate import best_rate
from linreg.training.start import random_start

FIT = LeastSquares.from_arrays([[1.0, 2.0], [2.0, 0.0], [0.0, 5.0]], [1.0, 2.0, 4.0])


@pytest.mark.parametrize("rate", [1, 0.25, np.float64(1e-300), 1e308])
def test_a_positive_rate_is_returned_as_a_float(rate):
    assert positive_rate(rate) == rate
    assert type(positive_rate(rate)) is float


@pytest.mark.parametrize("rate", [0, -1, np.nan, np.inf])
def test_other_rates_are_refused(rate):
    with pytest.raises(ValueError, match=f"rate must be finite and > 0, got {rate}"):
        positive_rate(rate)


def test_a_rate_beyond_all_floats_is_refused():
    with pytest.raises(ValueError, match="rate must be finite and > 0, got inf"):
        positive_rate(10**400)
    with pytest.raises(ValueError, match="rate must be finite and > 0, got -inf"):
        positive_rate(-(10**400))


@pytest.mark.parametrize("rate", [True, np.True_, "0.1", None, 1j, [0.1]])
def test_a_rate_that_is_no_number_is_refused(rate):
    with pytest.raises(ValueError, match=r"rate must be a number, got .+"):
        positive_rate(rate)


@pytest.mark.parametrize("steps", [0, 7, np.int64(3)])
def test_a_whole_number_of_steps_is_returned_as_an_int(steps):
    assert whole_steps(steps) == steps
    assert type(whole_steps(steps)) is int


@pytest.mark.parametrize(
    "steps", [-1, 2.0, True, np.True_, "3", None, np.array(3), pytest.param(-(10**5000), id="long")]
)
def test_other_numbers_of_steps_are_refused(steps):
    with pytest.raises(ValueError, match="steps must be a whole number >= 0, got "):
        whole_steps(steps)


def test_a_whole_number_is_named_and_bounded():
    assert whole_number("seed", np.uint8(7), most=7) == 7
    with pytest.raises(ValueError, match="seed must be at most 1,000, got 1001"):
        whole_number("seed", 1001, most=1000)
    with pytest.raises(ValueError, match="seed must be at most 1e300, got a number of more than"):
        whole_number("seed", 10**5000)


HUGE = 10**400


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: train(FIT, rate=0.1, steps=HUGE), "steps must be at most 10,000,000"),
        (lambda: train(FIT, rate=0.1, steps=10**9), "steps must be at most 10,000,000"),
        (lambda: train(FIT, rate=0.1, steps=1, start=[HUGE, 1, 1]), "start must hold numbers"),
        (lambda: train(FIT, rate=-HUGE, steps=1), "rate must be finite and > 0, got -inf"),
        (lambda: train(FIT, rate=0.1, steps=1, loss=["mse"]), "loss must be one of"),
        (lambda: forecast(FIT, rate=0.1, steps=HUGE), "steps must be at most 1e300"),
        (lambda: forecast(FIT, rate=0.1, steps=2.5), "steps must be a whole number >= 0"),
        (lambda: forecast(FIT, rate=0.1, steps=True), "steps must be a whole number >= 0"),
        (lambda: forecast(FIT, rate=0.1, start=[HUGE, 1, 1]), "start must hold numbers"),
        (lambda: best_rate(FIT, steps=HUGE), "steps must be at most 1e300"),
        (lambda: best_rate(FIT, steps=1.0), "steps must be a whole number >= 0"),
        (lambda: FIT.tsse([HUGE, 1, 1]), "theta must hold numbers that fit a float"),
        (lambda: random_start(FIT, -1), "seed must be a whole number >= 0, got -1"),
        (lambda: random_start(FIT, True), "seed must be a whole number >= 0, got True"),
        (lambda: random_start(FIT, 1.0), "seed must be a whole number >= 0, got 1.0"),
    ],
)
def test_arguments_of_a_senseless_kind_or_size_get_a_sentence(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_a_start_is_returned_as_an_array():
    np.testing.assert_array_equal(start_point(FIT, [1, 2, 3]), [1.0, 2.0, 3.0])
    np.testing.assert_array_equal(start_point(FIT, None), np.zeros(3))


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ([1.0, 2.0], r"shape \(3,\), got \(2,\)"),
        ([[1.0, 2.0, 3.0]], r"shape \(3,\), got \(1, 3\)"),
        ([1.0, np.nan, 3.0], "must be finite"),
        ([1e200, 0.0, 0.0], "must have a finite loss and gradient"),
        (np.ma.array([1.0, 2.0, 3.0], mask=[0, 1, 0]), "must have no masked values; give each"),
    ],
)
def test_a_start_that_cannot_be_used_is_refused(start, message):
    with pytest.raises(ValueError, match=f"start {message}|start must have {message}"):
        start_point(FIT, start)
