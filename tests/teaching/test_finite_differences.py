import numpy as np
import pytest

from linreg.data.sources.synthetic import GENERATORS
from linreg.model import row_by_row
from linreg.model.least_squares import LeastSquares
from linreg.teaching.finite_differences import central, difference_errors, forward


def square(theta):
    """A bowl whose gradient at (1, 2) is (2, 24), exact in floats."""
    return theta[..., 0] ** 2 + 3 * theta[..., 1] ** 2 + 12 * theta[..., 1]


THETA = np.array([1.0, 2.0])
GRADIENT = np.array([2.0, 24.0])


def test_a_quadratic_has_no_truncation_error():
    for h in (0.5, 1.0, 1024.0):
        np.testing.assert_array_equal(central(square, THETA, h), GRADIENT)
        np.testing.assert_allclose(forward(square, THETA, h), GRADIENT + h * np.array([1, 3]))


def test_a_cubic_has_one():
    def cube(theta):
        return theta[..., 0] ** 3

    np.testing.assert_allclose(central(cube, np.array([2.0]), 0.1), [12 + 0.1**2])


def test_errors_of_all_h():
    errors = difference_errors(square, THETA, GRADIENT, [1e-9, 0.5, 4.0])
    np.testing.assert_array_equal(errors.central[1:], 0)
    assert (errors.central[0] > 0).all()
    np.testing.assert_allclose(errors.forward[1:], [[0.5, 1.5], [4, 12]])


def test_an_overflow_is_an_infinite_error():
    assert np.isinf(difference_errors(square, THETA, GRADIENT, [1e200]).central).all()


@pytest.mark.parametrize("h", [0.0, -1.0, np.inf, np.nan])
def test_an_h_that_makes_no_sense(h):
    with pytest.raises(ValueError, match="every h must be finite and > 0"):
        difference_errors(square, THETA, GRADIENT, [1.0, h])


@pytest.mark.parametrize("kind", GENERATORS)
def test_the_gradient_is_what_the_rows_say(kind):
    """Differences of the row-by-row loss against the gradient from the triangle."""
    data = GENERATORS[kind](n=30).draw()
    X = np.column_stack([np.ones(30), data.X])
    theta = np.linspace(1, -2, X.shape[1])
    problem = LeastSquares.from_arrays(data.X, data.y)

    def loss(at):
        return np.array([row_by_row.tsse(X, data.y, each) for each in at])

    np.testing.assert_allclose(central(loss, theta, 1.0), problem.gradient(theta), rtol=1e-9)


def test_small_h_is_worse_by_rounding():
    """Ten times smaller h, about ten times larger error, over many h."""
    data = GENERATORS["line"]().draw()
    problem = LeastSquares.from_arrays(data.X, data.y)
    theta = np.array([6.0, -2.0])
    errors = difference_errors(
        problem.tsse, theta, problem.gradient(theta), 10.0 ** np.arange(-12, 1)
    )
    slope = np.polyfit(np.arange(-12, 1), np.log10(errors.central.max(axis=1)), 1)[0]
    assert -1.3 < slope < -0.7
