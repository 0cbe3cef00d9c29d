"""Right digits against rational arithmetic of the tests' own, and NIST's certified values."""

from itertools import pairwise

import numpy as np

from linreg import LeastSquares
from linreg.model.normal_equations import from_triangle, normal_equations
from linreg.teaching.exercises import design
from linreg.teaching.solver_digits import (
    compare_solvers,
    digits,
    digits_by_condition,
    expected_digits,
)
from tests.helpers import oracle


def example(p, n=12):
    draws = np.random.default_rng(p)
    return draws.uniform(-2, 3, (n, p - 1)), draws.normal(size=n)


def compared(X, y, descent=None):
    X = np.asarray(X, dtype=float).reshape(len(y), -1)
    problem = LeastSquares.from_arrays(X, y)
    equations = normal_equations(design(X, intercept=True), y)
    descent = problem.minimiser() if descent is None else descent
    return compare_solvers(equations, problem, descent, lambda: [[*X.T, y]])


def test_digits_are_counted():
    result = digits([1.0, 1.001, 2.0, 1e-5, np.nan], [1.0, 1.0, 1.0, 0.0, 1.0])
    np.testing.assert_allclose(result, [16, 3, 0, 5, 0], atol=1e-6)


def test_routes_agree_on_easy_data():
    X, y = example(3, n=50)
    result = compared(X, y, np.zeros(3))
    assert result.exact
    exact = [float(value) for value in oracle.exact_minimiser(X, y)]
    assert result.reference.tolist() == exact
    assert result.digits["normal equations"].min() > 12
    assert result.digits["QR"].min() > 13
    assert result.digits["descent"].tolist() == [0, 0, 0]


def test_hard_data_cost_the_normal_equations_digits():
    X, y, _ = oracle.nist("wampler1")
    result = compared(X, y)
    assert result.reference.tolist() == [1] * 6
    square = result.digits["normal equations"]
    assert square is None or square.min() < result.digits["QR"].min()


def test_flat_directions_and_large_tables_are_judged_by_the_qr_route():
    y = np.arange(4.0)
    result = compared(np.ones(4), y)
    assert not result.exact
    assert result.theta["normal equations"] is None
    assert result.digits["normal equations"] is None
    X, y = example(2, n=100_001)
    assert not compared(X, y).exact


def test_without_rows_the_reference_is_the_qr_route():
    X, y = example(3)
    problem = LeastSquares.from_arrays(X, y)
    result = compare_solvers(from_triangle(problem), problem, np.zeros(3), None)
    assert not result.exact
    assert result.digits["normal equations"].min() > 12


def test_numbers_too_far_apart_have_no_exact_reference():
    X = np.array([1e-140, 1.0, 1e140, 3.0])
    assert not compared(X, np.arange(4.0)).exact


def test_a_condition_number_costs_its_digits():
    result = digits_by_condition()
    assert all(a.condition < b.condition for a, b in pairwise(result))
    for lost in result:
        assert lost.qr >= expected_digits(lost.condition, squared=False) - 1.5
        assert lost.normal_equations >= expected_digits(lost.condition, squared=True) - 1.5
    middle = [lost for lost in result if 1e8 < lost.condition < 1e14]
    squares = sorted(lost.normal_equations for lost in middle)
    rows = sorted(lost.qr for lost in middle)
    assert squares[len(squares) // 2] < rows[len(rows) // 2] - 3
