"""The minimiser of least norm, and the rank rule behind it: which directions the rows leave open.

The rank is decided on centred columns scaled to length 1, so that it does not depend on the units
of the features, and against the rounding that subtracting their means left in them.  A threshold
on the raw triangle would take a constant column for a feature.  docs/numerics.md derives the rule.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import qr, solve_triangular
from scipy.linalg.lapack import dtrcon

from linreg.model.moments import Floats

Indices = NDArray[np.intp]

# Relative.  A mean or a norm over many rows is wrong by a few units in the last place: what is
# smaller than 8 of them, relative to the numbers it was computed from, may be nothing but rounding.
ROUNDING_NOISE = 8 * float(np.finfo(float).eps)

# Of columns of length 1: one that takes part in another by more is never taken for an idle one.
MAX_IDLE_SHARE = 1e-3

# Relative to the longest column.  Of two about as long the one that says more is chosen.
LONG_SHARE = 0.1

# By so much TSSE may be larger than with another minimiser, as a share of it and of that without
# slopes, before the other is taken: columns that nearly cancel leave so much rounding.
ROUNDED_EXCESS, ROUNDED_SHARE = 1e-6, 1e-12
MAX_EXCESS = 1e-9  # relative: by so much it may be larger than without slopes

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
    first, offset = int(intercept), R[0, 1:] if intercept else np.zeros(len(z))
    slopes, kept, made_of = _centred_solution(R[first:, first:], z[first:], offset)
    if len(kept) == len(slopes):
        theta = _best([solve_triangular(R, z)], R, z, z, intercept)
        return theta, np.zeros((len(z), 0))
    if intercept:
        kept, made_of = _with_ones(R, kept, made_of)
        slopes = _with_best_intercept(R, z, slopes)
    Q, upper = np.linalg.qr(R[:, kept])
    shortest, null = _shortest(kept, made_of, solve_triangular(upper, Q.T @ z))
    if intercept:
        shortest = _with_best_intercept(R, z, shortest[1:])
    return _best([shortest, slopes], R, z, Q @ (Q.T @ z), intercept), null


def _with_ones(R: Floats, kept: Indices, made_of: Floats) -> tuple[Indices, Floats]:
    """Return which columns of R make up the others and how, from how the centred ones do."""
    kept, length = kept + 1, np.hypot.reduce(R, axis=0)
    others = np.setdiff1d(np.arange(1, len(R)), kept)
    ones = R[0, others] - R[0, kept] @ made_of
    terms = length[others] + length[kept] @ np.abs(made_of)
    ones[np.abs(ones) <= ROUNDING_NOISE * len(R) * terms] = 0
    return np.append(0, kept), np.vstack([ones / R[0, 0], made_of])


def _shortest(kept: Indices, made_of: Floats, beta: Floats) -> tuple[Floats, Floats]:
    """Return the θ of least norm, shape (p,), and a basis of the open directions, (p, p − rank).

    `beta`, shape (r,), are the parameters of the kept columns where the others are left out.  With
    all columns the rows determine [I W]θ = β for W = `made_of`, and the θ of least norm is Cu with
    C = [I W]ᵀ and CᵀCu = β.  In this form each component keeps its digits, however far apart they
    are: W is exactly 0 for a column that takes no part.
    """
    p, rank = sum(made_of.shape), len(kept)
    order = np.append(kept, np.setdiff1d(np.arange(p), kept))
    C = np.vstack([np.eye(rank), made_of.T])
    length = np.hypot.reduce(C, axis=0)
    C, beta, u = C / length, beta / length, np.zeros(rank)
    Q, upper = np.linalg.qr(C, mode="complete")
    for _ in range(2):  # the second time for the digits that the first lost in small components
        left = solve_triangular(upper[:rank], beta - C.T @ (C @ u), trans="T")
        u = u + solve_triangular(upper[:rank], left)
    theta, null = np.empty(p), np.empty((p, p - rank))
    theta[order], null[order] = C @ u, Q[:, rank:]
    return theta, null


def _with_best_intercept(R: Floats, z: Floats, slopes: Floats) -> Floats:
    """Return θ, shape (p,), with the intercept of least loss for these slopes."""
    return np.append((z[0] - R[0, 1:] @ slopes) / R[0, 0], slopes)


def _best(
    candidates: Sequence[Floats], R: Floats, z: Floats, reached: Floats, intercept: bool
) -> Floats:
    """Return the first θ that no other one beats by more than rounding.

    The last to compare with has no slopes: where numbers cancel beyond all digits, the others may
    be worse than the mean alone.  `reached`, shape (p,), is the part of z that some θ reaches.
    What is left of columns that nearly cancel points anywhere, and must not be taken for a way to
    reach the rest of z.
    """
    no_slopes = np.zeros(len(z) - intercept)
    every = [*candidates, _with_best_intercept(R, z, no_slopes) if intercept else no_slopes]
    with np.errstate(over="ignore", invalid="ignore"):
        loss, excess = np.array(
            [[np.square(R @ theta - to).sum() for theta in every] for to in (z, reached)]
        )
    rounding = ROUNDING_NOISE**2 * float(z @ z)
    limit = np.nanmin(excess) + ROUNDED_EXCESS * np.nanmin(loss) + ROUNDED_SHARE * loss[-1]
    good = (excess <= limit + rounding) & (loss <= loss[-1] * (1 + MAX_EXCESS) + rounding)
    return every[int(np.argmax(good)) if good.any() else int(np.nanargmin(loss))]


def _centred_solution(K: Floats, z: Floats, offset: Floats) -> tuple[Floats, Indices, Floats]:
    """Solve Kβ = z for the triangle K (M, M) of centred columns with means offset/√n, offset (M,).

    A column varies if its length ‖K_j‖ exceeds the rounding 8ε·|offset_j| of its own mean.
    Those that vary are scaled to length 1, and a singular value σ counts if
    σ > 8ε·M·blur·σmax, where blur = max(1, max_j |offset_j|/‖K_j‖).

    Returns
    -------
    slopes : ndarray of shape (M,)
        A solution; 0 for columns that do not vary, and all 0 where no direction is open: the
        triangle alone then gives the minimiser.
    kept : ndarray of int, shape (r,)
        As many columns as singular values count, which make up the others.
    made_of : ndarray of shape (r, M − r)
        How: the others are K[:, kept] @ made_of.
    """
    size = np.hypot.reduce(K, axis=0)
    shortest = SHORTEST_SHARE * np.hypot.reduce(z)
    varies = size > np.maximum(ROUNDING_NOISE * np.abs(offset), shortest)
    unit, size, offset = K[:, varies] / size[varies], size[varies], offset[varies]
    # A column whose mean is `blur` times its standard deviation loses that factor of its digits
    # when it is centred: the years 2000 to 2010 lose 630.
    blur = max(1.0, (np.abs(offset) / size).max(initial=0))
    least, slopes, every = ROUNDING_NOISE * len(K) * blur, np.zeros(len(K)), np.arange(len(K))
    if varies.all() and _is_far_from_singular(unit, least):
        return slopes, every, np.zeros((len(K), 0))
    U, sigma, Vt = np.linalg.svd(unit, full_matrices=False)
    steep = sigma > least * sigma.max(initial=0)
    if steep.all() and varies.all():
        return slopes, every, np.zeros((len(K), 0))
    slopes[varies] = Vt[steep].T @ ((U.T @ z)[steep] / sigma[steep]) / size
    chosen = _independent(unit, size, int(steep.sum()), least)
    rest = np.setdiff1d(np.arange(len(size)), chosen)
    Q, triangle = np.linalg.qr(unit[:, chosen])
    share = solve_triangular(triangle, Q.T @ unit[:, rest])
    # A column that takes part by no more than rounding takes no part: in units of a short column,
    # rounding would be the largest share of all.
    inverse = solve_triangular(triangle, np.eye(len(chosen)))
    noise = np.minimum(least * np.hypot.reduce(inverse, axis=1), MAX_IDLE_SHARE)
    clean = np.where(np.abs(share) <= noise[:, np.newaxis], 0.0, share)
    before, after = (
        np.hypot.reduce(unit[:, rest] - unit[:, chosen] @ part, axis=0) for part in (share, clean)
    )
    share = np.where(after <= before + least, clean, share)
    kept = every[varies][chosen]
    made_of = np.zeros((len(chosen), len(K) - len(chosen)))
    made_of[:, varies[np.setdiff1d(every, kept)]] = share / size[chosen, np.newaxis] * size[rest]
    return slopes, kept, made_of


def _independent(unit: Floats, size: Floats, rank: int, least: float) -> Indices:
    """Choose `rank` columns of `unit`, shape (M, m), that make up the others: long ones.

    `size`, shape (m,), are their lengths before they were scaled to 1.  The columns chosen so far
    are taken out of the others; next come the longest of those of which more than `least` is left.
    So a column is made of longer ones, or hardly shorter ones, and its shares stay small.
    """
    left, chosen = unit, np.zeros(0, dtype=np.intp)
    while len(chosen) < rank:
        share = np.hypot.reduce(left, axis=0)
        share[chosen] = 0
        length = np.where(share > least, share * size, 0)
        longest = np.flatnonzero((length >= LONG_SHARE * length.max()) & (share > 0))
        Q, triangle, order = qr(left[:, longest], mode="economic", pivoting=True)
        share, longest = np.abs(np.diag(triangle)), longest[order][: len(triangle)]
        long = share * size[longest] >= LONG_SHARE * length.max()
        long &= share > min(least, LONG_SHARE * share[0])
        count = min(int(np.argmin(np.append(long, False))), rank - len(chosen))
        chosen = np.append(chosen, longest[:count])
        left = left - Q[:, :count] @ (Q[:, :count].T @ left)
    return np.sort(chosen)


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
