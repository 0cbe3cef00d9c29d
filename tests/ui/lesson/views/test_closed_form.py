"""The closed form: its numbers as KaTeX, the judge of the routes, the chart."""

from fractions import Fraction

import numpy as np
import pytest

from linreg.model.exact_rational import ExactFit
from linreg.teaching.solver_digits import SolverDigits
from linreg.ui.lesson.views.closed_form import (
    DIGITS_AXIS_RANGE,
    digits_figure,
    enough_digits,
    judged,
    matrix,
    parameters,
    tex_number,
)


@pytest.mark.parametrize(
    ("value", "tex"),
    [
        (1234.5, r"1\,234.5"),
        (-0.25, "-0.25"),
        (2.5e-7, r"2.5 \cdot 10^{-7}"),
        (-3e12, r"-3 \cdot 10^{12}"),
    ],
)
def test_numbers_for_katex(value, tex):
    assert tex_number(value) == tex


def test_a_matrix_with_a_bar_before_its_right_side():
    tex = matrix(np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), 6, bar=2)
    assert r"\begin{array}{rr|r} 1 & 2 & 3 \\ 4 & 5 & 6 \end{array}" in tex
    assert "{rrr}" in matrix(np.ones((1, 3)), 6)


def test_parameters_begin_with_the_intercept_if_there_is_one():
    assert parameters(2, intercept=True) == [r"\theta_{0}", r"\theta_{1}"]
    assert parameters(2, intercept=False) == [r"\theta_{1}", r"\theta_{2}"]


@pytest.mark.parametrize(
    ("condition", "digits"), [(1, 7), (1e4, 10), (1e30, 15), (np.inf, 7), (np.nan, 7)]
)
def test_a_worse_condition_needs_more_digits(condition, digits):
    assert enough_digits(condition) == digits


def digits_of(exact):
    theta = {"normal equations": None, "QR": np.array([1.0]), "descent": np.array([1.5])}
    digits = {"normal equations": None, "QR": np.array([16.0]), "descent": np.array([0.3])}
    return SolverDigits(np.array([1.0]), exact, theta, digits)


def test_without_an_exact_solution_qr_does_not_judge_itself():
    shown = judged(digits_of(exact=False), None)
    assert shown.digits["QR"] is None
    assert shown.digits["descent"] == [0.3]
    already = digits_of(exact=True)
    assert judged(already, None) is already


def test_the_exact_solution_judges_every_route():
    shown = judged(digits_of(exact=False), ExactFit((Fraction(3, 2),), ()))
    assert shown.exact
    assert shown.reference == [1.5]
    assert shown.digits["descent"] == [16]
    assert shown.digits["QR"] < 1
    assert shown.digits["normal equations"] is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_chart_marks_the_condition_of_the_data_if_it_lies_within(theme):
    figure = digits_figure(1e6, theme)
    *routes, here = figure["data"]
    assert here["x"] == [1e6, 1e6]
    assert here["y"] == DIGITS_AXIS_RANGE
    assert [trace["name"] for trace in routes] == [
        *("Normal equations", "16 − log κ", "QR", "16 − ½ log κ")
    ]
    assert len(digits_figure(np.inf, theme)["data"]) == 4


def test_the_normal_equations_lose_digits_twice_as_fast():
    square, _, qr, _ = digits_figure(np.inf, "light")["data"]
    np.testing.assert_array_equal(square["x"], qr["x"])
    kappa, square, qr = (np.array(values) for values in (square["x"], square["y"], qr["y"]))
    assert (square >= 16 - np.log10(kappa) - 2).all()
    assert (qr >= 16 - np.log10(kappa) / 2 - 2).all()
    far = kappa > 1e8
    assert np.median(qr[far] - square[far]) > 3
