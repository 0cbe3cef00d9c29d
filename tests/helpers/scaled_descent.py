"""The descent on raw and on standardised features by the library's own functions: an oracle."""

from types import SimpleNamespace

from linreg import LeastSquares, forecast, rate_limits, train
from linreg.model.scaling import standardised
from linreg.training.rate_sweep import fastest


def compare(moments, *, start, steps, intercept=True):
    """Return condition, rate, arrival and last θ, in raw units, of the raw and the scaled side."""
    raw = LeastSquares.from_moments(moments, intercept=intercept)
    scaled, scaling = standardised(moments, intercept=intercept)
    left = descend(raw, start, steps)
    right = descend(scaled, scaling.standardise_theta(start), steps)
    right.theta = scaling.raw_theta(right.theta)
    return left, right


def descend(problem, start, steps):
    """Descend at the fastest rate of a problem."""
    limits = rate_limits(problem)
    rate = fastest(limits)
    return SimpleNamespace(
        condition=limits.condition,
        rate=rate,
        arrives=forecast(problem, rate=rate, start=start).converges_at,
        theta=train(problem, rate=rate, steps=steps, start=start).theta[-1],
    )
