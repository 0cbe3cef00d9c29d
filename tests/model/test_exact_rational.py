"""The minimiser without rounding, against fractions of the tests' own and NIST's values."""

from fractions import Fraction
from math import prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from linreg.model import exact_rational
from linreg.model.exact_rational import decimal_text, exact_fit, exact_gram, exact_minimiser, slices
from tests.helpers import oracle

NUMBERS = st.builds(float.__mul__, st.floats(0.5, 1), st.integers(-40, 40).map(lambda e: 2.0**e))
NUMBERS |= st.integers(-9, 9).map(float)


def again(X, y, pieces=1):
    columns = [*np.asarray(X, dtype=float).reshape(len(y), -1).T, np.asarray(y, dtype=float)]
    return lambda: zip(*(np.array_split(column, pieces) for column in columns), strict=True)


def example(n, M, seed=0):
    draws = np.random.default_rng(seed)
    return draws.normal(size=(n, M)) * 10.0 ** draws.uniform(-3, 3, M), draws.normal(size=n)


def value(gram, units, i, j):
    return gram[i][j] * units[i] * units[j]


@given(arrays(float, st.tuples(st.integers(1, 8), st.integers(1, 3)), elements=NUMBERS))
@settings(max_examples=200)
def test_sums_of_products_are_exact(table):
    gram, units = exact_gram(lambda: [[*table.T]])
    columns = oracle.fractions(table.T)
    for i, u in enumerate(columns):
        for j, v in enumerate(columns):
            assert value(gram, units, i, j) == oracle.dot(u, v)


def test_sums_of_many_rows_are_exact_in_any_order(monkeypatch):
    monkeypatch.setattr(exact_rational, "EXACT_BLOCK_ROWS", 16)
    monkeypatch.setattr(exact_rational, "BLOCKS_PER_CARRY", 3)
    X, y = example(2000, 2)
    X[5] *= 1e-30  # one block needs more slices than the others
    gram, units = exact_gram(again(X, y, pieces=7))
    shuffled = np.random.default_rng(1).permutation(len(y))
    assert exact_gram(again(X[shuffled], y[shuffled])) == (gram, units)
    columns = oracle.fractions([*X.T, y])
    assert value(gram, units, 0, 2) == oracle.dot(columns[0], columns[2])
    assert value(gram, units, 1, 1) == oracle.dot(columns[1], columns[1])


def test_no_sum_of_a_block_leaves_what_floats_count_exactly():
    largest = np.full((2, exact_rational.EXACT_BLOCK_ROWS), np.nextafter(1.0, 0))
    cut = slices(largest, np.zeros(2, dtype=np.int64))
    assert np.abs(cut).max() <= 2**exact_rational.SLICE_BITS
    assert exact_rational.EXACT_BLOCK_ROWS * np.abs(cut).max() ** 2 <= 2**53
    assert (
        exact_rational.BLOCKS_PER_CARRY * exact_rational.EXACT_BLOCK_ROWS * np.abs(cut).max() ** 2
        < 2**63
    )


@pytest.mark.parametrize("M", [1, 2, 4])
def test_the_fit_is_exact(M):
    X, y = example(12, M, seed=M)
    fit = exact_fit(again(X, y, pieces=3), intercept=True)
    assert list(fit.theta) == oracle.exact_minimiser(X, y)
    assert fit.dependent == ()


def test_without_intercept():
    x, y = np.array([1.0, 2.0, 4.0]), np.array([2.0, 3.0, 9.0])
    assert exact_fit(again(x, y), intercept=False).theta == (Fraction(44, 21),)


@pytest.mark.parametrize("sizes", [(1e-40, 1e30), (1e-300, 1e140), (5e-324, 1.0)])
def test_columns_of_very_different_sizes_are_exact_too(sizes):
    X = np.array([[1.0, 3], [2, 1], [4, 7], [8, 5]]) * sizes
    y = np.array([1.0, 2.0, 2.0, 7.0]) * 1e-9
    assert list(exact_fit(again(X, y), intercept=True).theta) == oracle.exact_minimiser(X, y)


@pytest.mark.parametrize("name", sorted(oracle.NIST_SETS))
def test_certified_values_are_reached_to_the_digits_that_the_data_hold(name):
    X, y, entry = oracle.nist(name)
    fit = exact_fit(again(X, y), intercept=entry["intercept"])
    certified = [float(v) for v in entry["theta"]]
    assert oracle.digits([float(v) for v in fit.theta], certified) > 13


def test_a_dependent_column_is_named_and_the_fit_is_the_shortest():
    X, y = example(20, 2)
    X = np.round(X, 1)
    X = np.column_stack([X, 2 * X[:, 0] - X[:, 1] + 0.5])
    X = np.round(16 * X) / 16  # dyadic, so that the combination holds to the last bit
    X[:, 2] = 2 * X[:, 0] - X[:, 1] + 0.5
    fit = exact_fit(again(X, y), intercept=True)
    assert fit.dependent == ((0, 1, 2, 3),)
    design = np.column_stack([np.ones(20), X])
    np.testing.assert_allclose(
        [float(v) for v in fit.theta], np.linalg.lstsq(design, y)[0], rtol=1e-9
    )


def test_two_dependences_and_an_empty_column():
    x = np.array([1.0, 2.0, 4.0, 7.0])
    X = np.column_stack([x, np.full(4, 3.0), np.zeros(4), 2 * x])
    fit = exact_fit(again(X, [1.0, 0.0, 2.0, 5.0]), intercept=True)
    assert fit.dependent == ((0, 2), (3,), (1, 4))
    design = np.column_stack([np.ones(4), X])
    shortest = np.linalg.lstsq(design, [1.0, 0.0, 2.0, 5.0])[0]
    np.testing.assert_allclose([float(v) for v in fit.theta], shortest, atol=1e-12)
    assert fit.theta[3] == 0


def test_what_the_rows_do_not_determine_has_no_single_minimiser():
    assert exact_minimiser(np.ones((3, 2)), np.arange(3.0)) is None


def test_numbers_too_far_apart_are_refused():
    with pytest.raises(ValueError, match="too many powers of ten"):
        exact_fit(again([1e-140, 1.0, 1e140], [1.0, 2.0, 3.0]), intercept=True)
    with pytest.raises(ValueError, match="finite"):
        exact_fit(again([np.nan, 1.0], [1.0, 2.0]), intercept=True)


@pytest.mark.parametrize(
    ("fraction", "digits", "text"),
    [
        (Fraction(1), 30, "1"),
        (Fraction(0), 30, "0"),
        (Fraction(-1, 3), 10, "−0.3333333333"),
        (Fraction(2, 3), 30, "0.666666666666666666666666666667"),
        (Fraction(10**40), 30, "1e40"),
        (Fraction(-7, 3 * 10**9), 5, "−2.3333e−9"),
        (Fraction(1234567), 30, "1234567"),
    ],
)
def test_fractions_are_written_to_their_digits(fraction, digits, text):
    assert decimal_text(fraction, digits) == text


@given(st.fractions())
def test_what_is_written_is_the_nearest(fraction):
    read = Fraction(decimal_text(fraction).replace("−", "-"))
    assert abs(read - fraction) <= abs(fraction) * Fraction(1, 2 * 10**29)


def test_whole_numbers_are_eliminated_exactly():
    gram = [[4, 2, 10], [2, 3, 9]]
    rows, kept = exact_rational.eliminate(gram)
    assert kept == [0, 1]
    assert rows[1] == [0, 8, 16]
    assert exact_rational.back_substitute(rows, kept, 2) == [Fraction(3, 2), Fraction(2)]
    assert prod(rows[k][k] for k in kept) == 32
