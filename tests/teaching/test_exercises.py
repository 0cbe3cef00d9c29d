"""Questions about a model set by hand."""

import numpy as np
import pytest

from linreg.model.row_by_row import tsse
from linreg.teaching.exercises import (
    ask_change,
    ask_prediction,
    design,
    largest_residual,
    prediction,
    round_number,
    typical_point,
)


def test_a_prediction_is_the_weighted_sum():
    assert prediction([3], np.array([6.0, -2.0])) == 0
    assert prediction([3], np.array([-2.0])) == -6
    assert prediction([1, 10], np.array([5.0, 2.0, 0.5])) == 12
    assert prediction([1, 10], np.array([2.0, 0.5])) == 7


def test_a_prediction_says_what_does_not_fit():
    with pytest.raises(ValueError, match="3 parameters do not go with 1 features"):
        prediction([1], np.ones(3))


@pytest.mark.parametrize("intercept", [True, False])
def test_doubling_the_largest_miss_changes_the_loss_by_what_is_said(intercept):
    draw = np.random.default_rng(4)
    X, y = draw.normal(size=(30, 2)), draw.normal(size=30)
    theta = draw.normal(size=2 + intercept)
    miss = largest_residual(X, y, theta, intercept=intercept)
    A = design(X, intercept=intercept)
    residuals = np.array([y[i] - sum(A[i] * theta) for i in range(30)])
    assert miss.residual == pytest.approx(residuals[miss.index])
    assert abs(miss.residual) == pytest.approx(max(abs(residuals)))
    farther = y.copy()
    farther[miss.index] += miss.residual
    assert miss.doubled == pytest.approx(tsse(A, farther, theta) - tsse(A, y, theta))
    assert miss.twice == pytest.approx(2 * residuals[miss.index])


def test_of_equal_misses_the_first_counts():
    miss = largest_residual([[1.0], [2.0]], [3.0, -3.0], np.zeros(1), intercept=False)
    assert miss.index == 0


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (1.6, 3.2, 3),
        (-3.2, -1.6, -2),
        (0.0123, 0.0131, 0.013),
        (-1, 2, 0),
        (1998, 2004, 2000),
        (23.41, 23.42, 23.42),
        (5.25, 5.25, 5.25),
        (4e-9, 5e-9, 5e-9),
    ],
)
def test_a_round_number_has_few_digits(low, high, expected):
    assert round_number(low, high) == expected


@pytest.mark.parametrize(("low", "high"), [(2, 1), (np.nan, 1), (0, np.inf)])
def test_a_round_number_needs_bounds(low, high):
    with pytest.raises(ValueError, match="low must be at most high"):
        round_number(low, high)


@pytest.mark.parametrize("scale", [1e-6, 1, 1e6])
def test_a_typical_point_lies_within_the_column(scale):
    column = scale * np.random.default_rng(2).normal(3, 1, size=50)
    assert column.min() <= typical_point(column) <= column.max()


def test_a_typical_point_of_a_constant_column_is_its_value():
    assert typical_point([7.25, 7.25]) == 7.25


COLUMN = np.linspace(-2, 4, 31)


@pytest.mark.parametrize("theta", [(6.0, -2.0), (-1.5,), (0.0, 0.0), (1e6, 3e-3)])
def test_a_question_about_a_prediction_is_right(theta):
    asked = ask_prediction(COLUMN, np.array(theta))
    expected = theta[-1] * asked.x + sum(theta[:-1])
    assert asked.answer == pytest.approx(expected)
    assert asked.tolerance <= 0.01 * max(abs(v) for v in (*theta, theta[-1] * asked.x))
    assert ("θ0" in asked.rule) == (len(theta) == 2)


def test_the_arithmetic_is_written_out():
    asked = ask_prediction(COLUMN, np.array([6.0, -2.0]))
    assert asked.x == 3
    assert asked.arithmetic == "ỹ = 6 + (−2)·3 = 0"


def test_a_question_about_a_change_is_right():
    asked = ask_change(COLUMN, -2.5, 2)
    assert asked.x == 3
    assert asked.answer == -7.5
    assert asked.arithmetic == "The term θ2·x2 changes by (−2.5)·3 = −7.5"


def test_a_constant_feature_can_be_asked_about():
    assert ask_change([3.0, 3.0], 2.0).answer == pytest.approx(2 * ask_change([3.0, 3.0], 2.0).x)


def test_a_rounded_miss_has_squares_that_can_be_written_in_full():
    miss = largest_residual([[1.0]], [-14.494698], np.zeros(1), intercept=False).rounded()
    assert miss.residual == -14.49
    assert f"{miss.square:.9g}" == "209.9601"
    assert f"{miss.doubled:.9g}" == "629.8803"
