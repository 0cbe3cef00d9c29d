"""The bowl in its own axes, where gradient descent is one number to the power t per axis.

With R = U·diag(s)·Vᵀ the error along axis i shrinks by q_i = 1 − 2ηs_i² a step, so every step of
a path has a closed form (docs/numerics.md).  The singular values come from the one-sided Jacobi
method (LAPACK dgejsv; Drmač and Veselić, SIAM J. Matrix Anal. Appl. 29, 2008), which keeps the
digits of small ones (Demmel and Veselić, SIAM J. Matrix Anal. Appl. 13, 1992); an
eigendecomposition of the Gram matrix does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg.lapack import dgejsv

from linreg.model.moments import Floats, floats

# The Jacobi method takes eight times as long as bidiagonalisation (LAPACK dgesdd), which matters
# from this many parameters on.  That one is as exact while small singular values are not: its
# errors are ε·s_max, so of s_min within this factor ten digits are right.
MIN_FAST_PARAMETERS, MAX_FAST_CONDITION = 200, 1e5


# Of q^t = exp(t·log|q|): an error that has shrunk by 10²⁰⁰ is none.  Its products would underflow,
# and processors take fifty times as long for numbers that do.
MIN_EXPONENT = -460.0


@dataclass(frozen=True, eq=False)
class Path:
    """Points of a descent, all in units of TSSE; leading axes are those of `steps`.

    Attributes
    ----------
    theta, gradient : ndarray of shape (…, p)
    loss : ndarray of shape (…)
        TSSE(θ_t).
    distance : ndarray of shape (…)
        √(TSSE(θ_t) − TSSE(θ*)), without cancellation: how far ỹ is from its best.
    """

    theta: Floats
    loss: Floats
    gradient: Floats
    distance: Floats

    @property
    def excess(self) -> Floats:
        """TSSE(θ_t) − TSSE(θ*), shape (…), without cancellation."""
        with np.errstate(over="ignore"):
            return np.square(self.distance)


@dataclass(frozen=True, eq=False)
class Spectrum:
    """The loss as rho2 + Σ (w − s·Vᵀθ)².

    Attributes
    ----------
    V : ndarray of shape (p, p)
        Orthogonal; column i is the axis of the bowl with eigenvalue λ_i = 2s_i².
    s : ndarray of shape (p,)
        Singular values of R, descending; exactly 0 along directions that do not count.
    w : ndarray of shape (p,)
        Uᵀz.  Where s is 0, w is error that no θ removes.
    rho2 : float
        The part of TSSE outside the span of R.
    """

    V: Floats
    s: Floats
    w: Floats
    rho2: float

    @classmethod
    def of(cls, R: Floats, z: Floats, rho2: float, null: Floats) -> Spectrum:
        """Decompose R (p, p) and z (p,); raises numpy.linalg.LinAlgError if LAPACK fails.

        The columns of `null` (p, p − rank) span the directions in which R is rounding noise: as
        many singular values, those whose axes lie closest to that span, become exactly 0.
        """
        U, s, V = _decomposed(R, len(R) - null.shape[1])
        hidden = np.argsort(-np.square(null.T @ V).sum(axis=0), kind="stable")[: null.shape[1]]
        s[hidden] = 0
        order = np.argsort(-s, kind="stable")
        return cls(V[:, order], s[order], U[:, order].T @ z, rho2)

    def error(self, start: Floats) -> Floats:
        """Return b = w − s·Vᵀθ0, shape (p,): the error of ỹ at `start` along each axis."""
        return self.w - self.s * (self.V.T @ start)

    def pull(self, rate: float) -> Floats:
        """Return ηλ = 2ηs², shape (p,), for a rate in TSSE units."""
        with np.errstate(over="ignore"):
            return 2 * (rate * self.s * self.s)

    def factors(self, rate: float) -> tuple[Floats, Floats]:
        """Return log|q| and the sign of q = 1 − 2ηs², shape (p,), for a rate in TSSE units."""
        x = self.pull(rate)
        with np.errstate(divide="ignore"):
            # Both logarithms are exact to the last digit: near x = 1 and 2, x − 1 is exact.
            log = np.where(x < 1, np.log1p(-np.minimum(x, 1)), np.log(np.abs(x - 1)))
        return log, np.where(x > 1, -1.0, 1.0)

    def path(self, start: ArrayLike, rate: float, steps: ArrayLike) -> Path:
        """Follow gradient descent in closed form.

        θ_t = θ_0 + V·((1 − q^t)/s · b) and ỹ's error along the axes is q^t·b.

        Parameters
        ----------
        start : array of shape (p,)
        rate : float
            Learning rate η in units of TSSE.
        steps : array of int, any shape, all >= 0
            Steps t to look at, in any order and of any size.

        Returns
        -------
        Path
            Values too large for a float come as inf or NaN, without a warning.
        """
        start, t = _as_floats("start", start), _as_floats("steps", steps)[..., np.newaxis]
        b, (log, sign), s = self.error(start), self.factors(rate), self.s
        with np.errstate(all="ignore"):
            exponent = np.where(t == 0, 0.0, t * log)
            exponent[exponent < MIN_EXPONENT] = -np.inf
            flips = (sign < 0) & (t % 2 == 1)
            power = np.where(flips, -1.0, 1.0) * np.exp(exponent)
            done = np.where(flips, 1 - power, -np.expm1(exponent))
            left = np.where(b == 0, 0.0, power * b)
            moved = np.where((b == 0) | (s == 0), 0.0, done * b / s)
            distance = np.hypot.reduce(np.where(s == 0, 0.0, left), axis=-1)
            return Path(
                theta=start + moved @ self.V.T,
                loss=self.floor + np.square(distance),
                gradient=-2 * (s * left) @ self.V.T,
                distance=distance,
            )

    @property
    def floor(self) -> float:
        """The smallest TSSE of all θ."""
        return self.rho2 + float(np.square(self.w[self.s == 0]).sum())


def _as_floats(name: str, values: ArrayLike) -> Floats:
    if type(values) is np.ndarray and values.dtype.kind in "if":
        return values.astype(float)
    return floats(name, values)


def _decomposed(R: Floats, rank: int) -> tuple[Floats, Floats, Floats]:
    """Return U, s and V of R = U·diag(s)·Vᵀ, with the digits of small s where they matter."""
    if len(R) >= MIN_FAST_PARAMETERS:
        U, s, Vt = np.linalg.svd(R)
        if s[0] <= MAX_FAST_CONDITION * s[rank - 1]:
            return U, s, Vt.T
    # joba=2 is JOBA='F', full row and column pivoting first: for D1·C·D2 with diagonal D1 and
    # D2 of any size it is as exact as C allows, so the units of the features cost no digits.
    # jobu=jobv=0 ask for all of U and V; jobr=0, jobt=0 and jobp=0 switch off what would drop
    # tiny columns, work on Rᵀ, or perturb denormal numbers.
    s, U, V, work, _, info = dgejsv(
        np.asfortranarray(R), joba=2, jobu=0, jobv=0, jobr=0, jobt=0, jobp=0
    )
    if info:
        raise np.linalg.LinAlgError(f"dgejsv must converge, got info {info}")
    s = s * (work[0] / work[1])  # not 1 where LAPACK scaled R against over- and underflow
    return U, s, V
