"""Standardised features, in standard deviations from their means: the same model, a rounder bowl.

The standardised problem follows from `Moments` alone, without the rows, and its θ maps back to the
units of the features exactly: z = (x − m)/s, so θj = θzj/sj and θ0 = θz0 − Σ θj·mj.
"""

from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linreg.model.least_squares import LeastSquares
from linreg.model.min_norm import ROUNDING_NOISE
from linreg.model.moments import Floats, Moments, floats


@dataclass(frozen=True, eq=False)
class Scaling:
    """The shift and scale that standardise each feature: z = (x − shift)/scale.

    Attributes
    ----------
    shift, scale : ndarray of shape (M,)
        Mean and standard deviation (divisor n).  Without an intercept nothing can make up for a
        shift, so it is 0 and the scale is the root of the mean square.  A feature that does not
        vary has the scale 1.
    intercept : bool
    shift_tail : ndarray of shape (M,) or ()
        What rounding left out of `shift`: it is subtracted too, so that z has the mean 0 exactly.
    """

    shift: Floats
    scale: Floats
    intercept: bool
    shift_tail: Floats = field(default_factory=lambda: np.zeros(()))

    @classmethod
    def of(cls, moments: Moments, *, intercept: bool = True) -> Self:
        """Read means and standard deviations off the moments of the features and y."""
        mean = moments.mean[:-1]
        spread = np.hypot.reduce(moments.K[:, :-1], axis=0) / np.sqrt(moments.n)
        if not intercept:
            size = np.hypot(mean, spread)
            return cls(np.zeros_like(mean), np.where(size > 0, size, 1.0), intercept)
        scale = np.where(varying_columns(moments)[:-1], spread, 1.0)
        return cls(mean, scale, intercept, moments.mean_tail[:-1])

    def apply(self, X: ArrayLike) -> Floats:
        """Return the standardised features, shape (n, M), for X of shape (n, M)."""
        Z: Floats = ((floats("X", X) - self.shift) - self.shift_tail) / self.scale
        return Z

    def moments(self, raw: Moments) -> Moments:
        """Return the moments of the standardised features and y."""
        mean, scale = raw.mean.copy(), np.append(self.scale, 1.0)
        mean[:-1] -= self.shift
        mean[:-1] += raw.mean_tail[:-1] - self.shift_tail
        K = raw.K / scale
        if self.intercept:
            K[:, :-1][:, ~varying_columns(raw)[:-1]] = 0  # rounding of a mean that is now 0
        return Moments(raw.n, mean / scale, K)

    def standardise_theta(self, theta: ArrayLike) -> Floats:
        """Convert θ, shape (…, p), from the features as they are to the standardised ones.

        The predictions stay the same.
        """
        theta = floats("theta", theta)
        weights = theta[..., self.intercept :]
        if self.intercept:
            theta[..., 0] += weights @ self.shift
        weights *= self.scale
        return theta

    def raw_theta(self, theta: ArrayLike) -> Floats:
        """Convert θ, shape (…, p), from the standardised features back to those as they are.

        The predictions stay the same.
        """
        theta = floats("theta", theta)
        weights = theta[..., self.intercept :]
        weights /= self.scale
        if self.intercept:
            theta[..., 0] -= weights @ self.shift
        return theta


def varying_columns(moments: Moments) -> NDArray[np.bool_]:
    """Tell which columns, shape (M+1,), vary by more than rounding; the rule of `min_norm`."""
    size = np.hypot.reduce(moments.K, axis=0)
    varies: NDArray[np.bool_] = size > ROUNDING_NOISE * np.sqrt(moments.n) * np.abs(moments.mean)
    return varies


def standardised(moments: Moments, *, intercept: bool = True) -> tuple[LeastSquares, Scaling]:
    """Return the problem in standardised features, and the `Scaling` that leads there and back."""
    scaling = Scaling.of(moments, intercept=intercept)
    return LeastSquares.from_moments(scaling.moments(moments), intercept=intercept), scaling
