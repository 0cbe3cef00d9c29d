"""Features in standard deviations from their means: the same model over a rounder bowl.

The standardised problem follows from `Moments` alone, without the rows, and its θ maps back to the
units of the features exactly: z = (x − m)/s, so θj = θzj/sj and θ0 = θz0 − Σ θj·mj.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linreg.least_squares import LeastSquares, Loss
from linreg.minimum import NOISE
from linreg.moments import Floats, Moments
from linreg.rates import forecast, rate_limits
from linreg.sweep import fastest


@dataclass(frozen=True, eq=False)
class Scaling:
    """How each feature is standardised: z = (x − shift)/scale.

    Attributes
    ----------
    shift, scale : ndarray of shape (M,)
        Mean and standard deviation (divisor n).  Without an intercept nothing can make up for a
        shift, so it is 0 and the scale is the root of the mean square.  A feature that does not
        vary has the scale 1.
    intercept : bool
    """

    shift: Floats
    scale: Floats
    intercept: bool

    @classmethod
    def of(cls, moments: Moments, *, intercept: bool = True) -> Scaling:
        """Read means and standard deviations off the moments of the features and y."""
        mean = moments.mean[:-1]
        spread = np.hypot.reduce(moments.K[:, :-1], axis=0) / np.sqrt(moments.n)
        if not intercept:
            size = np.hypot(mean, spread)
            return cls(np.zeros_like(mean), np.where(size > 0, size, 1.0), intercept)
        return cls(mean, np.where(varying(moments)[:-1], spread, 1.0), intercept)

    def apply(self, X: ArrayLike) -> Floats:
        """Return the standardised features, shape (n, M), for X of shape (n, M)."""
        Z: Floats = (np.asarray(X, dtype=float) - self.shift) / self.scale
        return Z

    def moments(self, raw: Moments) -> Moments:
        """Return the moments of the standardised features and y."""
        shift, scale = np.append(self.shift, 0.0), np.append(self.scale, 1.0)
        K = raw.K / scale
        if self.intercept:
            K[:, :-1][:, ~varying(raw)[:-1]] = 0  # rounding of the mean, which the shift took away
        return Moments(raw.n, (raw.mean - shift) / scale, K)

    def forth(self, theta: ArrayLike) -> Floats:
        """Return the θ of the standardised features with the same predictions, shape (…, p)."""
        theta = np.array(theta, dtype=float)
        weights = theta[..., self.intercept :]
        if self.intercept:
            theta[..., 0] += weights @ self.shift
        weights *= self.scale
        return theta

    def back(self, theta: ArrayLike) -> Floats:
        """Return the θ of the features as they are with the same predictions, shape (…, p)."""
        theta = np.array(theta, dtype=float)
        weights = theta[..., self.intercept :]
        weights /= self.scale
        if self.intercept:
            theta[..., 0] -= weights @ self.shift
        return theta


def varying(moments: Moments) -> NDArray[np.bool_]:
    """Say which columns vary by more than the rounding of their means, as `minimum` does."""
    size = np.hypot.reduce(moments.K, axis=0)
    varies: NDArray[np.bool_] = size > NOISE * np.sqrt(moments.n) * np.abs(moments.mean)
    return varies


def standardised(moments: Moments, *, intercept: bool = True) -> tuple[LeastSquares, Scaling]:
    """Return the problem in standardised features, and how to get there and back."""
    scaling = Scaling.of(moments, intercept=intercept)
    return LeastSquares.from_moments(scaling.moments(moments), intercept=intercept), scaling


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
    moments: Moments,
    *,
    start: Floats,
    steps: int,
    loss: Loss = "tsse",
    intercept: bool = True,
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
    round_one, scaling = standardised(moments, intercept=intercept)
    ours = _side(raw, start, steps, loss)
    other = _side(round_one, scaling.forth(start), steps, loss)
    return ours, Side(other.condition, other.rate, other.arrives, scaling.back(other.theta))


def _side(problem: LeastSquares, start: Floats, steps: int, loss: Loss) -> Side:
    limits = rate_limits(problem, loss)
    rate = fastest(limits)
    told = forecast(problem, rate=rate, start=start, loss=loss)
    scale = rate_limits(problem).fastest / limits.fastest if limits.fastest < np.inf else 1.0
    path = problem.spectrum.path(start, rate * scale, np.array([steps]))
    return Side(limits.condition, rate, told.converges_at, path.theta[0])
