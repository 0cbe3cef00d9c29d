"""The directions of the bowl against numpy's eigenvectors and a loop over the rows."""

import numpy as np
import pytest

from linreg import LeastSquares, rate_limits
from linreg.model.row_by_row import descend
from linreg.training.eigen_directions import decisive, directions, steps_per_digit, steps_to_shrink


def example(M=3, n=30, seed=0):
    draws = np.random.default_rng(seed)
    return draws.uniform(-1, 3, (n, M)), draws.normal(size=n)


@pytest.mark.parametrize("loss", ["tsse", "mse", "half-mse"])
@pytest.mark.parametrize("intercept", [True, False])
def test_directions_are_the_hessians_eigenvectors(loss, intercept):
    X, y = example()
    problem = LeastSquares.from_arrays(X, y, intercept=intercept)
    rate = rate_limits(problem, loss).smooth
    axes = directions(problem, rate=rate, loss=loss)
    H = problem.hessian() / {"tsse": 1, "mse": 30, "half-mse": 60}[loss]
    for each in axes:
        np.testing.assert_allclose(H @ each.vector, each.eigenvalue * each.vector, rtol=1e-10)
        assert each.vector[np.argmax(np.abs(each.vector))] > 0
        assert each.factor == pytest.approx(1 - rate * each.eigenvalue, abs=1e-12)
    eigenvalues = [each.eigenvalue for each in axes]
    np.testing.assert_allclose(eigenvalues, np.linalg.eigvalsh(H)[::-1], rtol=1e-10)


def test_the_rows_shrink_each_error_by_its_factor():
    X, y = example(M=2)
    problem = LeastSquares.from_arrays(X, y)
    rate, start = 1.7 * rate_limits(problem).smooth, np.array([3.0, -2.0, 1.0])
    path = descend(X, y, rate=rate, steps=5, start=start) - problem.minimiser()
    axes = directions(problem, rate=rate, start=start)
    assert len(axes) == 3
    for each in axes:
        along = path @ each.vector
        assert along[0] == pytest.approx(each.error, rel=1e-9)
        np.testing.assert_allclose(along, each.error * each.factor ** np.arange(6), atol=1e-9)


@pytest.mark.parametrize("factor", [0.9, -0.9, 0.5, 0.011, 0.01, 0.999, -0.2])
def test_steps_to_one_percent(factor):
    steps = steps_to_shrink(factor)
    assert abs(factor) ** steps <= 0.01 * (1 + 1e-12)
    assert steps == 1 or abs(factor) ** (steps - 1) > 0.01


def test_what_does_not_shrink_needs_no_end():
    assert [steps_to_shrink(factor) for factor in (1.0, -1.0, 1.5, -3.0)] == [None] * 4
    assert steps_to_shrink(0.0) == 1


def test_a_flat_direction_is_not_the_slowest():
    problem = LeastSquares.from_arrays(np.ones((4, 1)), np.arange(4.0))
    axes = directions(problem, rate=0.1)
    assert [each.eigenvalue > 0 for each in axes] == [True, False]
    assert decisive(axes) is axes[0]
    assert axes[1].factor == 1
    assert axes[1].steps is None


def test_a_digit_costs_this_many_steps():
    problem = LeastSquares.from_arrays(*example(M=1))
    slow = decisive(directions(problem, rate=rate_limits(problem).smooth))
    assert abs(slow.factor) ** steps_per_digit(slow) == pytest.approx(0.1)
    fast = decisive(directions(problem, rate=3 * rate_limits(problem).limit))
    assert steps_per_digit(fast) is None
