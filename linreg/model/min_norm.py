"""Where the bowl is lowest, and in which directions its floor is level.

Whether a direction is level is judged on centred columns of equal length, so that the answer does
not depend on the units of the features, and against the rounding that the means left in them: a
threshold on the raw triangle takes a constant column for a feature.
"""

import numpy as np
from scipy.linalg import solve_triangular

from linreg.model.moments import Floats

# Rounding of a mean or a norm over many rows, with a little room: below 8 units in the last
# place of what it was computed from, a number is noise.
ROUNDING_NOISE = 8 * float(np.finfo(float).eps)

# A column shorter than this share of y would need a slope that, divided by a small singular value,
# does not fit a float: it counts as one that does not vary.
MIN_COLUMN_SHARE = 1e-280


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
        The minimiser; the shortest one if there are several.
    null : ndarray of shape (p, p − rank)
        Orthonormal basis of the directions in which the loss does not change.
    """
    first = int(intercept)
    slopes, level = _slopes(R[first:, first:], z[first:], R[0, 1:] if intercept else 0 * z)
    if not level.shape[1]:
        return solve_triangular(R, z), np.zeros((len(z), 0))
    if intercept:
        slopes = np.r_[(z[0] - R[0, 1:] @ slopes) / R[0, 0], slopes]
        level = np.vstack([-R[0, 1:] @ level / R[0, 0], level])
    null = np.linalg.qr(level / np.abs(level).max(axis=0))[0]
    return slopes - null @ (null.T @ slopes), null


def _slopes(K: Floats, z: Floats, offset: Floats) -> tuple[Floats, Floats]:
    """Solve Kβ = z for centred columns K (M, M) whose means are offset/√n, offset (M,).

    Returns one solution, shape (M,), and a basis of the level directions, shape (M, k).
    """
    size = np.hypot.reduce(K, axis=0)
    varies = size > np.maximum(
        ROUNDING_NOISE * np.abs(offset), MIN_COLUMN_SHARE * np.hypot.reduce(z)
    )
    size, offset = size[varies], offset[varies]
    U, sigma, Vt = np.linalg.svd(K[:, varies] / size, full_matrices=False)
    blur = max(1.0, (np.abs(offset) / size).max(initial=0))
    steep = sigma > ROUNDING_NOISE * len(K) * blur * sigma.max(initial=0)
    slopes = np.zeros(len(K))
    slopes[varies] = Vt[steep].T @ ((U.T @ z)[steep] / sigma[steep]) / size
    level = np.zeros((len(K), int((~steep).sum())))
    level[varies] = Vt[~steep].T / size[:, np.newaxis]
    level /= np.abs(level).max(axis=0, initial=0)
    return slopes, np.hstack([level, np.eye(len(K))[:, ~varies]])
