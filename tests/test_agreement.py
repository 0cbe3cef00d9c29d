"""Right digits against rational arithmetic of the tests' own, and NIST's certified values."""

from itertools import pairwise

import numpy as np
import oracle
import pytest

from linreg import LeastSquares
from linreg.agreement import agreement, digits, digits_lost, exact_minimiser, expected_digits
from linreg.by_hand import design


def example(p, n=12):
    draws = np.random.default_rng(p)
    return draws.uniform(-2, 3, (n, p - 1)), draws.normal(size=n)


@pytest.mark.parametrize("p", [2, 3, 5])
def test_the_exact_minimiser_is_exact(p):
    X, y = example(p)
    assert exact_minimiser(design(X, intercept=True), y) == oracle.exact_minimiser(X, y)


def test_columns_of_very_different_sizes_are_exact_too():
    X, y = example(3)
    X = X * [1e-40, 1e30]
    assert exact_minimiser(design(X, intercept=True), y * 1e-9) == oracle.exact_minimiser(
        X, y * 1e-9
    )


def test_what_the_rows_do_not_determine_has_no_exact_minimiser():
    assert exact_minimiser(np.ones((3, 2)), np.arange(3.0)) is None


def test_digits_are_counted():
    found = digits([1.0, 1.001, 2.0, 1e-5, np.nan], [1.0, 1.0, 1.0, 0.0, 1.0])
    np.testing.assert_allclose(found, [16, 3, 0, 5, 0], atol=1e-6)


def test_routes_agree_on_easy_data():
    X, y = example(3, n=50)
    problem = LeastSquares.from_arrays(X, y)
    found = agreement(design(X, intercept=True), y, problem, np.zeros(3))
    assert found.exact
    exact = [float(value) for value in oracle.exact_minimiser(X, y)]
    assert found.reference.tolist() == exact
    assert found.digits["normal equations"].min() > 12
    assert found.digits["QR"].min() > 13
    assert found.digits["descent"].tolist() == [0, 0, 0]


def test_hard_data_cost_the_normal_equations_digits():
    X, y, _ = oracle.nist("wampler1")
    problem = LeastSquares.from_arrays(X, y)
    found = agreement(design(X, intercept=True), y, problem, problem.minimiser())
    assert found.reference.tolist() == [1] * 6
    square = found.digits["normal equations"]
    assert square is None or square.min() < found.digits["QR"].min()


def test_flat_directions_and_large_tables_are_judged_by_the_qr_route():
    y = np.arange(4.0)
    flat = LeastSquares.from_arrays(np.ones(4), y)
    found = agreement(np.ones((4, 2)), y, flat, flat.minimiser())
    assert not found.exact
    assert found.theta["normal equations"] is None
    assert found.digits["normal equations"] is None
    X, y = example(2, n=10_001)
    large = LeastSquares.from_arrays(X, y)
    assert not agreement(design(X, intercept=True), y, large, large.minimiser()).exact


def test_a_condition_number_costs_its_digits():
    found = digits_lost()
    assert all(a.condition < b.condition for a, b in pairwise(found))
    for lost in found:
        assert lost.qr >= expected_digits(lost.condition, squared=False) - 1.5
        assert lost.normal_equations >= expected_digits(lost.condition, squared=True) - 1.5
    middle = [lost for lost in found if 1e8 < lost.condition < 1e14]
    squares = sorted(lost.normal_equations for lost in middle)
    rows = sorted(lost.qr for lost in middle)
    assert squares[len(squares) // 2] < rows[len(rows) // 2] - 3
