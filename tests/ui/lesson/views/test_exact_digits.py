"""Refusals of exact digits, and columns that depend on each other."""

from fractions import Fraction
from types import SimpleNamespace

import numpy as np
import pytest

from linreg import LeastSquares
from linreg.model.exact_rational import ExactFit
from linreg.ui.lesson.views import exact_digits
from linreg.ui.lesson.views.exact_digits import depending, rounded, why_not

RNG = np.random.default_rng(0)
PROBLEM = LeastSquares.from_arrays(RNG.normal(size=(9, 2)), RNG.normal(size=9))


def rows(n=9, again=list):
    return SimpleNamespace(n=n, again=again)


def test_small_tables_have_exact_digits():
    assert why_not(rows(), PROBLEM) is None


def test_without_rows_there_are_none():
    assert why_not(rows(again=None), PROBLEM) == exact_digits.NEEDS_EVERY_ROW


@pytest.mark.parametrize("limit", ["MAX_EXACT_NUMBERS", "MAX_EXACT_PARAMETERS"])
def test_large_tables_have_none(monkeypatch, limit):
    monkeypatch.setattr(exact_digits, limit, 2)
    assert "This table has 9 rows and 3 parameters" in why_not(rows(), PROBLEM)


def test_the_exact_solution_is_rounded_once():
    fit = ExactFit((Fraction(1, 3), Fraction(2)), ())
    np.testing.assert_array_equal(rounded(fit), [1 / 3, 2.0])


@pytest.mark.parametrize(
    ("dependent", "sentence"),
    [
        (((2,),), "To the last bit, “b” is 0 in every row."),
        (((1, 2),), "To the last bit, “b” is a combination of “a”."),
        (((0, 1, 2),), "“b” is a combination of the column of ones and “a”."),
    ],
)
def test_exact_dependences_are_named(dependent, sentence):
    fit = ExactFit((Fraction(0),) * 3, dependent)
    first, last = depending(fit, PROBLEM, ("a", "b"))
    assert first.endswith(sentence)
    assert "has the least norm" in last


def test_columns_that_only_float64_takes_for_dependent():
    x = RNG.normal(size=50)
    near = LeastSquares.from_arrays(np.column_stack([x, x * (1 + 1e-16)]), x)
    fit = ExactFit((Fraction(0),) * 3, ())
    assert near.rank == 2
    (sentence,) = depending(fit, near, ("a", "b"))
    assert "so nearly dependent" in sentence
    assert depending(fit, PROBLEM, ("a", "b")) == []
