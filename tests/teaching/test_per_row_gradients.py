import numpy as np
import pytest

from linreg.data.sources.synthetic import GENERATORS
from linreg.model import row_by_row
from linreg.teaching.per_row_gradients import ask_row_gradient, row_gradients


@pytest.mark.parametrize("kind", GENERATORS)
@pytest.mark.parametrize("intercept", [True, False])
def test_the_arrows_add_up_to_the_gradient(kind, intercept):
    data = GENERATORS[kind](n=40).draw()
    X = np.column_stack([np.ones(40), data.X]) if intercept else data.X
    theta = np.linspace(-2, 3, X.shape[1])
    arrows = row_gradients(X, data.y, theta)
    for i in range(40):
        own = row_by_row.gradient(X[i : i + 1], data.y[i : i + 1], theta)
        np.testing.assert_allclose(arrows[i], own, rtol=1e-12, atol=1e-12)
    np.testing.assert_allclose(
        arrows.sum(axis=0), row_by_row.gradient(X, data.y, theta), rtol=1e-12
    )


@pytest.mark.parametrize(
    ("column", "y"),
    [
        ([0.0, 1.0, 2.0, 3.0], [1.0, 2.0, 0.0, 5.0]),
        ([-5.0, -4.0, -1.0], [1e6, 2e6, 3e6]),
        ([-1.0, 0.0, 0.0, 1.0], [2.0, 2.0, 2.0, 2.0]),  # no round x but 0, no spread of y
    ],
)
def test_what_is_asked_about_an_arrow(column, y):
    asked, residual = ask_row_gradient(column, y)
    assert residual > 0
    assert asked.x != 0
    assert asked.answer == pytest.approx(-2 * residual * asked.x)
    assert asked.tolerance < abs(asked.answer) / 10  # the other sign, or no 2, is wrong
    assert "raises" in asked.arithmetic if asked.x > 0 else "lowers" in asked.arithmetic
