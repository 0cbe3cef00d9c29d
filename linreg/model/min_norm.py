"""The minimiser of least norm, and the rank rule behind it: which directions the rows leave open.

The rank is decided on centred columns scaled to length 1, so that it does not depend on the units
of the features, and against the rounding that subtracting their means left in them.  A threshold
on the raw triangle would take a constant column for a feature.  docs/numerics.md derives the rule.
"""

from collections.abc import Sequence

import numpy as np
from scipy.linalg import solve_triangular
from scipy.linalg.lapack import dtrcon

from linreg.model.moments import Floats

# Relative.  A mean or a norm over many rows is wrong by a few units in the last place: what is
# smaller than 8 of them, relative to the numbers it was computed from, may be nothing but rounding.
ROUNDING_NOISE = 8 * float(np.finfo(float).eps)

# Of a direction of length 1: a column that takes part by more is never taken for an idle one.
MAX_IDLE_SHARE = 1e-3

# Relative.  By so much a minimiser may be worse than another before the other is taken: what is
# left of exactly ambiguous columns is far less.
NEGLIGIBLE_EXCESS = 1e-9

# Relative to the length of y.  A shorter column would need a slope that overflows once it is
# divided by a small singular value, so it counts as a column that does not vary.
SHORTEST_SHARE = 1e-280


def min_norm_solution(R: Floats, z: Floats, intercept: bool) -> tuple[Floats, Floats]:
    """Minimise ‖Rθ − z‖².

    Parameters
    ----------
    R : ndarray of shape (p, p)
        Upper triangle; with intercept its first row is √n·(1, means of the features).
    z : ndarray of shape (p,)
    intercept : bool

    Returns
    -------
    theta : ndarray of shape (p,)
        The minimiser; if there are several, the one of least norm.
    null : ndarray of shape (p, p − rank)
        Orthonormal basis of the directions in which the loss does not change.

    Raises
    ------
    numpy.linalg.LinAlgError
        If the singular values do not converge.
    """
    first, offset = int(intercept), R[0, 1:] if intercept else 0 * z
    slopes, level = _centred_solution(R[first:, first:], z[first:], offset)
    if not level.shape[1]:
        theta = _best([solve_triangular(R, z)], R, z, intercept)
        return theta, np.zeros((len(z), 0))
    theta = slopes
    if intercept:
        theta = _with_best_intercept(R, z, slopes)
        shift = -offset @ level / R[0, 0]
        terms = np.abs(offset) @ np.abs(level) / R[0, 0]
        noise = np.abs(shift) <= ROUNDING_NOISE * len(R) * terms
        level = np.vstack([np.where(noise, 0.0, shift), level])
    level /= np.abs(level).max(axis=0)
    shortest = theta
    for _ in range(2):  # the second time for the digits that the first lost to cancellation
        # Along `level` itself and not along an orthonormal basis, in which small components have
        # lost the digits that keep the loss where it is.
        shortest = shortest - level @ np.linalg.lstsq(level, shortest)[0]
    if intercept:
        shortest = _with_best_intercept(R, z, shortest[1:])
    return _best([shortest, theta], R, z, intercept), np.linalg.qr(level)[0]


def _with_best_intercept(R: Floats, z: Floats, slopes: Floats) -> Floats:
    """Return θ, shape (p,), with the intercept of least loss for these slopes."""
    return np.append((z[0] - R[0, 1:] @ slopes) / R[0, 0], slopes)


def _best(candidates: Sequence[Floats], R: Floats, z: Floats, intercept: bool) -> Floats:
    """Return the first θ that no other one beats by more than rounding.

    The last to compare with has no slopes: where numbers cancel beyond all digits, the others may
    be worse than the mean alone.
    """
    no_slopes = np.zeros(len(z) - intercept)
    every = [*candidates, _with_best_intercept(R, z, no_slopes) if intercept else no_slopes]
    with np.errstate(over="ignore", invalid="ignore"):
        losses = [np.square(R @ theta - z).sum() for theta in every]
    limit = np.nanmin(losses) * (1 + NEGLIGIBLE_EXCESS) + ROUNDING_NOISE**2 * float(z @ z)
    return next(theta for theta, loss in zip(every, losses, strict=True) if loss <= limit)


def _centred_solution(K: Floats, z: Floats, offset: Floats) -> tuple[Floats, Floats]:
    """Solve Kβ = z for the triangle K (M, M) of centred columns with means offset/√n, offset (M,).

    A column varies if its length ‖K_j‖ exceeds the rounding 8ε·|offset_j| of its own mean.
    Those that vary are scaled to length 1, and a singular value σ counts if
    σ > 8ε·M·blur·σmax, where blur = max(1, max_j |offset_j|/‖K_j‖).

    Returns
    -------
    slopes : ndarray of shape (M,)
        A solution; 0 for columns that do not vary, and all 0 where no direction is open: the
        triangle alone then gives the minimiser.
    level : ndarray of shape (M, k)
        Basis of the directions in which Kβ does not change, not orthonormal.
    """
    size = np.hypot.reduce(K, axis=0)
    shortest = SHORTEST_SHARE * np.hypot.reduce(z)
    varies = size > np.maximum(ROUNDING_NOISE * np.abs(offset), shortest)
    size, offset = size[varies], offset[varies]
    # A column whose mean is `blur` times its standard deviation loses that factor of its digits
    # when it is centred: the years 2000 to 2010 lose 630.
    blur = max(1.0, (np.abs(offset) / size).max(initial=0))
    least = ROUNDING_NOISE * len(K) * blur
    if varies.all() and _is_far_from_singular(K / size, least):
        return np.zeros(len(K)), np.zeros((len(K), 0))
    U, sigma, Vt = np.linalg.svd(K[:, varies] / size, full_matrices=False)
    steep = sigma > least * sigma.max(initial=0)
    slopes = np.zeros(len(K))
    slopes[varies] = Vt[steep].T @ ((U.T @ z)[steep] / sigma[steep]) / size
    level = np.zeros((len(K), int((~steep).sum())))
    # A column that takes part by no more than rounding takes no part: divided by the length of a
    # short column, rounding would be the largest of all.
    idle = np.abs(Vt) <= min(least, MAX_IDLE_SHARE)
    level[varies] = np.where(idle, 0.0, Vt)[~steep].T / size[:, np.newaxis]
    level /= np.abs(level).max(axis=0, initial=0)
    return slopes, np.hstack([level, np.eye(len(K))[:, ~varies]])


def _is_far_from_singular(triangle: Floats, least: float) -> bool:
    """Tell whether σmin/σmax of a triangle (M, M) is far above `least`, by an estimate of it.

    LAPACK dtrcon estimates 1/(‖K‖₁‖K⁻¹‖₁), of which σmin/σmax is at least the M-th part; the
    estimate is hardly ever too large by more than 10 (N. J. Higham, Accuracy and Stability of
    Numerical Algorithms, 2nd ed., chapter 15).
    """
    if not len(triangle):
        return False
    estimate, info = dtrcon(triangle, norm="1", uplo="U", diag="N")
    return not info and estimate > 100 * len(triangle) * least


def exceeds_rounding(size: float, magnitude: float) -> bool:
    """Whether a size is more than rounding may leave of numbers of this magnitude."""
    return size > ROUNDING_NOISE * abs(magnitude)
