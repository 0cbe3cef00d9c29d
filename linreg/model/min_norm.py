"""The minimiser of least norm, and the rank rule behind it: which directions the rows leave open.

The rank is decided on centred columns scaled to length 1, so that it does not depend on the units
of the features, and against the rounding that subtracting their means left in them.  A threshold
on the raw triangle would take a constant column for a feature.  docs/numerics.md derives the rule.
"""

import numpy as np
from scipy.linalg import solve_triangular

from linreg.model.moments import Floats

# Relative.  A mean or a norm over many rows is wrong by a few units in the last place: what is
# smaller than 8 of them, relative to the numbers it was computed from, may be nothing but rounding.
ROUNDING_NOISE = 8 * float(np.finfo(float).eps)

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
        return solve_triangular(R, z), np.zeros((len(z), 0))
    if intercept:
        slopes = np.r_[(z[0] - offset @ slopes) / R[0, 0], slopes]
        level = np.vstack([-offset @ level / R[0, 0], level])
    null = np.linalg.qr(level / np.abs(level).max(axis=0))[0]
    return slopes - null @ (null.T @ slopes), null


def _centred_solution(K: Floats, z: Floats, offset: Floats) -> tuple[Floats, Floats]:
    """Solve Kβ = z for the triangle K (M, M) of centred columns with means offset/√n, offset (M,).

    A column varies if its length ‖K_j‖ exceeds the rounding 8ε·|offset_j| of its own mean.
    Those that vary are scaled to length 1, and a singular value σ counts if
    σ > 8ε·M·blur·σmax, where blur = max(1, max_j |offset_j|/‖K_j‖).

    Returns
    -------
    slopes : ndarray of shape (M,)
        A solution; 0 for columns that do not vary.
    level : ndarray of shape (M, k)
        Basis of the directions in which Kβ does not change, not orthonormal.
    """
    size = np.hypot.reduce(K, axis=0)
    shortest = SHORTEST_SHARE * np.hypot.reduce(z)
    varies = size > np.maximum(ROUNDING_NOISE * np.abs(offset), shortest)
    size, offset = size[varies], offset[varies]
    U, sigma, Vt = np.linalg.svd(K[:, varies] / size, full_matrices=False)
    # A column whose mean is `blur` times its standard deviation loses that factor of its digits
    # when it is centred: the years 2000 to 2010 lose 630.
    blur = max(1.0, (np.abs(offset) / size).max(initial=0))
    steep = sigma > ROUNDING_NOISE * len(K) * blur * sigma.max(initial=0)
    slopes = np.zeros(len(K))
    slopes[varies] = Vt[steep].T @ ((U.T @ z)[steep] / sigma[steep]) / size
    level = np.zeros((len(K), int((~steep).sum())))
    level[varies] = Vt[~steep].T / size[:, np.newaxis]
    level /= np.abs(level).max(axis=0, initial=0)
    return slopes, np.hstack([level, np.eye(len(K))[:, ~varies]])


def exceeds_rounding(size: float, magnitude: float) -> bool:
    """Whether a size is more than rounding may leave of numbers of this magnitude."""
    return size > ROUNDING_NOISE * abs(magnitude)
