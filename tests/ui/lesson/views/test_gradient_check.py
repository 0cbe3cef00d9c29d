"""The chart of the errors of differences."""

import numpy as np
import pytest

from linreg import LeastSquares
from linreg.teaching.finite_differences import DifferenceErrors, difference_errors
from linreg.ui.lesson.views.gradient_check import CHART_H, H_POWERS, errors_figure


def errors():
    rng = np.random.default_rng(0)
    problem = LeastSquares.from_arrays(rng.normal(size=(30, 2)), rng.normal(size=30))
    theta = np.ones(3)
    return difference_errors(problem.tsse, theta, problem.gradient(theta), CHART_H)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("which", [0, 2])
def test_the_chart_shows_the_errors_of_one_parameter(which, theme):
    measured = errors()
    forward, central, chosen = errors_figure(measured, which, 1e-5, theme)["data"]
    drawn = measured.forward[:, which] > 0
    np.testing.assert_array_equal(forward["y"], measured.forward[drawn, which])
    np.testing.assert_array_equal(forward["x"], CHART_H[drawn])
    assert (central["y"] > 0).all()
    assert chosen["x"] == pytest.approx(1e-5)
    assert chosen["y"] == measured.central[np.isclose(CHART_H, 1e-5, atol=0), which]


@pytest.mark.parametrize("power", [-15, -9, -1])
def test_one_h_is_marked_however_small(power):
    chosen = errors_figure(errors(), 2, 10.0**power, "light")["data"][2]
    assert len(chosen["x"]) <= 1
    assert chosen["x"] == pytest.approx(10.0**power, rel=1e-9)


def test_every_h_that_can_be_chosen_is_in_the_chart():
    for power in H_POWERS:
        assert np.isclose(CHART_H, 10.0**power, atol=0).sum() == 1


def test_what_a_logarithm_does_not_know_is_left_out():
    size = (len(CHART_H), 1)
    figure = errors_figure(
        DifferenceErrors(CHART_H, np.zeros(size), np.full(size, np.inf)), 0, 1.0, "light"
    )
    assert [len(trace["x"]) for trace in figure["data"]] == [0, 0, 0]
