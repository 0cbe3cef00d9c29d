"""The same descent on raw and on standardised features, side by side."""

from dataclasses import dataclass, replace

import numpy as np

from linreg.model.least_squares import LeastSquares, Loss
from linreg.model.moments import Floats, Moments
from linreg.model.scaling import standardised
from linreg.training.learning_rate import forecast, rate_limits
from linreg.training.rate_sweep import fastest


@dataclass(frozen=True, eq=False)
class Side:
    """One of two descents from the same line, at the fastest rate of its own bowl.

    Attributes
    ----------
    condition : float
        κ = λmax/λmin.
    rate : float
    arrives : int or None
        Step at which it converges; None if no step is in sight.
    theta : ndarray of shape (p,)
        After the steps of the run, in units of the features as they are.
    """

    condition: float
    rate: float
    arrives: int | None
    theta: Floats


def compare(
    moments: Moments, *, start: Floats, steps: int, loss: Loss = "tsse", intercept: bool = True
) -> tuple[Side, Side]:
    """Descend with the features as they are and standardised, from the same line.

    Parameters
    ----------
    moments : Moments
        Of the features as they are and y.
    start : ndarray of shape (p,)
        θ(0) for the features as they are.
    steps : int
        Steps T of each run.
    """
    raw = LeastSquares.from_moments(moments, intercept=intercept)
    scaled, scaling = standardised(moments, intercept=intercept)
    side = _side(scaled, scaling.standardise_theta(start), steps, loss)
    return _side(raw, start, steps, loss), replace(side, theta=scaling.raw_theta(side.theta))


def _side(problem: LeastSquares, start: Floats, steps: int, loss: Loss) -> Side:
    limits = rate_limits(problem, loss)
    rate = fastest(limits)
    expected = forecast(problem, rate=rate, start=start, loss=loss)
    scale = rate_limits(problem).fastest / limits.fastest if limits.fastest < np.inf else 1.0
    path = problem.spectrum.path(start, rate * scale, np.array([steps]))
    return Side(limits.condition, rate, expected.converges_at, path.theta[0])
