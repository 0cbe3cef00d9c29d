"""Arguments are checked, and refused in plain words."""

import numpy as np
import pytest

from linreg import LeastSquares
from linreg.training.arguments import positive_rate, start_point, whole_steps

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


@pytest.mark.parametrize("rate", [True, np.True_, "0.1", None, 1j, [0.1]])
def test_a_rate_that_is_no_number_is_refused(rate):
    with pytest.raises(ValueError, match=r"rate must be a number, got .+"):
        positive_rate(rate)


@pytest.mark.parametrize("steps", [0, 7, np.int64(3)])
def test_a_whole_number_of_steps_is_returned_as_an_int(steps):
    assert whole_steps(steps) == steps
    assert type(whole_steps(steps)) is int


@pytest.mark.parametrize("steps", [-1, 2.0, True, "3", None])
def test_other_numbers_of_steps_are_refused(steps):
    with pytest.raises(ValueError, match="steps must be a whole number >= 0, got "):
        whole_steps(steps)


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
        (np.ma.array([1.0, 2.0, 3.0], mask=[0, 1, 0]), "must have no masked values"),
    ],
)
def test_a_start_that_cannot_be_used_is_refused(start, message):
    with pytest.raises(ValueError, match=f"start {message}|start must have {message}"):
        start_point(FIT, start)
