"""TSSE, its gradient, Hessian and minimiser as functions of θ, without the rows.

Everything follows from TSSE(θ) = ρ² + ‖Rθ − z‖², with R, z and ρ read off `Moments`.  Written
like this the loss cannot become negative, and R keeps the condition number of the data, which
the Gram matrix RᵀR squares.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.min_norm import ROUNDING_NOISE, min_norm_solution
from linreg.model.moments import Floats, Moments, floats, triangle
from linreg.model.spectrum import Spectrum

Loss = Literal["tsse", "mse", "half-mse"]
LOSSES: tuple[Loss, ...] = get_args(Loss)

# Converged means 12 digits of the spread of y: more than anyone reads off a screen, and three
# digits above what rounding leaves.  A share of the spread, it knows no units.
CONVERGED_SHARE = 1e-12


@dataclass(frozen=True, eq=False)
class LeastSquares:
    """A linear regression problem: the bowl TSSE(θ) = ρ² + ‖Rθ − z‖².

    Attributes
    ----------
    R : ndarray of shape (p, p)
        Upper triangle; p = M+1 with intercept, else M.
    z : ndarray of shape (p,)
    rho : float
        ρ² is the part of TSSE that no θ reaches; the least TSSE if R has full rank.
    n : int
        Number of rows.
    intercept : bool
        Whether θ[0] is the intercept.
    spread : float
        √TSS, the length of y − ȳ with intercept, of y without.
    """

    R: Floats
    z: Floats
    rho: float
    n: int
    intercept: bool
    spread: float

    @classmethod
    def from_arrays(cls, X: ArrayLike, y: ArrayLike, *, intercept: bool = True) -> LeastSquares:
        """Read X of shape (n, M) or (n,) and y of shape (n,) once.

        Raises
        ------
        ValueError
            If the shapes do not fit, there is no row, or a value is NaN, infinite or so large
            that its square overflows.
        """
        return cls.from_moments(Moments.from_arrays(X, y), intercept=intercept)

    @classmethod
    def from_moments(cls, m: Moments, *, intercept: bool = True) -> LeastSquares:
        """Return the problem whose y is the last column of `m`; raises ValueError on overflow."""
        size = len(m.mean)
        offset = np.sqrt(m.n) * m.mean
        if intercept:
            full = np.zeros((size + 1, size + 1))
            full[0] = [np.sqrt(m.n), *offset]
            full[1:, 1:] = m.K
        else:
            full = triangle(np.asfortranarray(np.vstack([offset, m.K])))
        with np.errstate(over="ignore"):
            if not np.isfinite(np.square(full).sum()):
                raise ValueError("X and y must have finite sums of squares, got inf")
            spread = float(np.hypot.reduce(full[intercept:, -1]))
            if intercept and spread <= ROUNDING_NOISE * abs(offset[-1]):
                spread = 0.0
        return cls(full[:-1, :-1], full[:-1, -1], float(abs(full[-1, -1])), m.n, intercept, spread)

    @property
    def tss(self) -> float:
        """TSS: Σ (y − ȳ)² with intercept, Σ y² without."""
        return self.spread * self.spread

    def tsse(self, theta: ArrayLike) -> Floats:
        """Return TSSE, shape (…), for θ of shape (…, p), in units of y squared."""
        residual = self._residual(theta)
        total: Floats = self.rho**2 + np.square(residual).sum(axis=-1)
        return total

    def gradient(self, theta: ArrayLike) -> Floats:
        """Return ∇TSSE = 2Rᵀ(Rθ − z), shape (…, p), for θ of shape (…, p)."""
        gradient: Floats = 2 * self._residual(theta) @ self.R
        return gradient

    def hessian(self) -> Floats:
        """Return H = 2RᵀR = 2[1 X]ᵀ[1 X], shape (p, p)."""
        return 2 * self.R.T @ self.R

    def r2(self, theta: ArrayLike) -> Floats:
        """Return R² = 1 − TSSE/TSS, shape (…); below 0 for a bad θ, NaN if y has no variance."""
        if not self.spread:
            return np.full(np.shape(theta)[:-1], np.nan)[()]
        # Divided first: the squares of a tiny y would vanish, or lose their digits.
        with np.errstate(over="ignore"):
            missed = np.square(self._residual(theta) / self.spread).sum(axis=-1)
        share: Floats = 1 - (missed + (self.rho / self.spread) ** 2)
        return share

    def minimiser(self) -> Floats:
        """Return θ*, shape (p,): the θ of least TSSE; of several, the one of least norm."""
        return self._minimum[0].copy()

    @property
    def rank(self) -> int:
        """How many directions of θ the data determine, p if all."""
        return len(self.z) - len(self.null.T)

    @property
    def tolerance(self) -> float:
        """How far above its minimum TSSE may be to count as converged, in units of TSSE."""
        return self.tolerance_root**2

    @property
    def tolerance_root(self) -> float:
        """√tolerance, in units of y: of a tiny y it is there where its square underflows."""
        length = float(np.hypot.reduce(np.append(self.z, self.rho)))
        return float(max(CONVERGED_SHARE**0.5 * self.spread, ROUNDING_NOISE * length))

    @cached_property
    def rounding(self) -> float:
        """The largest TSSE that is 0 up to rounding, in units of TSSE."""
        first = int(self.intercept)  # centred, the numbers are no larger than they must be
        sizes = np.hypot.reduce(self.R[first:, first:], axis=0) * np.abs(self.minimiser()[first:])
        length = float(np.hypot.reduce(np.append(self.z, self.rho)))
        return float(ROUNDING_NOISE * (length + sizes.sum())) ** 2

    @cached_property
    def spectrum(self) -> Spectrum:
        """The bowl in its own axes."""
        return Spectrum.of(self.R, self.z, self.rho**2, self.null)

    @property
    def null(self) -> Floats:
        """Orthonormal basis, shape (p, p − rank), of the directions the data do not determine."""
        return self._minimum[1]

    @cached_property
    def _minimum(self) -> tuple[Floats, Floats]:
        return min_norm_solution(self.R, self.z, self.intercept)

    def _residual(self, theta: ArrayLike) -> Floats:
        """Return Rθ − z, shape (…, p)."""
        theta = floats("theta", theta)
        if theta.shape[-1:] != self.z.shape:
            raise ValueError(f"theta must have shape (…, {len(self.z)}), got {theta.shape}")
        return theta @ self.R.T - self.z


def loss_scale(loss: Loss, n: int) -> float:
    """Return what TSSE is multiplied by: 1 for "tsse", 1/n for "mse", 1/(2n) for "half-mse".

    Raises
    ------
    ValueError
        For any other name.
    """
    scales = {"tsse": 1.0, "mse": 1 / n, "half-mse": 1 / (2 * n)}
    if loss not in LOSSES:
        raise ValueError(f"loss must be one of {', '.join(LOSSES)}, got {loss!r}")
    return scales[loss]
