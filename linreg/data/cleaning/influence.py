"""Rows that decide the fit: their leverage, their share of TSSE, and θ without them.

The leverage h of a row is the weight that its own y has in its own ỹ; the h of all rows add up to
the number of parameters. With the error e of a row, all that leaving it out would do follows
without another fit: Δθ = −H⁻¹·2x·e/(1 − h). See R. D. Cook and S. Weisberg, Residuals and
Influence in Regression, Chapman and Hall, 1982.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from linreg.model.moments import LEAF_ROWS, Floats, Moments
from linreg.model.scaling import standardised

FALSE_ALARM_CHANCE = 0.05  # chance that a table of normal errors has any row beyond the limit
MIN_COOK_DISTANCE = 0.5  # Cook's distance from which on a row is worth a look (Cook and Weisberg)
MAX_ROWS_RETURNED = 10
MIN_SHARE = 8 * float(np.finfo(float).eps)  # below it, 1 − h or the TSSE of the others is rounding


@dataclass(frozen=True, eq=False)
class Row:
    """A row that stands out.

    Attributes
    ----------
    place : int
        Among the rows that were looked at, from 0.
    leverage : float
        h, from 0 to 1.
    share : float
        e²/TSSE at the minimum.
    studentised : float
        The error in standard deviations, both as they are without the row.
    distance : float
        Cook's distance: how far θ moves without the row, 1 for about its own uncertainty.
    without : ndarray of shape (p,)
        The minimiser of all other rows, in the units of the columns.
    """

    place: int
    leverage: float
    share: float
    studentised: float
    distance: float
    without: Floats


@dataclass(frozen=True, eq=False)
class Influence:
    """The rows that stand out, and the bounds beyond which they do.

    Attributes
    ----------
    theta : ndarray of shape (p,)
        The minimiser of all rows.
    much : float
        3p/n: leverage above it counts as high.
    limit : float
        Studentised errors beyond it are outliers: 5 % of tables with normal errors have any.
    count : int
        How many rows stand out: as outliers, or by a high leverage with a Cook's distance above ½.
    rows : tuple of Row
        The first of them by Cook's distance, at most 10.
    """

    theta: Floats
    much: float
    limit: float
    count: int
    rows: tuple[Row, ...]


def influence(
    X: Sequence[Floats], y: Floats, moments: Moments, *, intercept: bool = True
) -> Influence | None:
    """Look for the rows that stand out, a block at a time.

    Parameters
    ----------
    X : sequence of M ndarrays of shape (n,)
        The features, all finite.
    y : ndarray of shape (n,)
    moments : Moments
        Of X and y.
    intercept : bool

    Returns
    -------
    Influence or None
        None where it is undefined: with fewer than two rows more than parameters, with ambiguous
        parameters, and for a model without error.
    """
    problem, scaling = standardised(moments, intercept=intercept)
    theta, n, p = problem.minimiser(), problem.n, len(problem.z)
    tsse = float(problem.tsse(theta))
    if n < p + 2 or problem.rank < p or tsse <= problem.tolerance:
        return None
    bowl = problem.spectrum
    inverse = bowl.V / bowl.s
    much, limit = 3 * p / n, float(-stdtrit(n - p - 1, FALSE_ALARM_CHANCE / (2 * n)))
    results: list[Row] = []
    count = 0
    for start in range(0, n, LEAF_ROWS):
        block = np.column_stack([column[start : start + LEAF_ROWS] for column in X])
        A = scaling.apply(block)
        if intercept:
            A = np.column_stack([np.ones(len(A)), A])
        e, U = y[start : start + LEAF_ROWS] - A @ theta, A @ inverse
        h = np.minimum(np.square(U).sum(axis=1), 1 - MIN_SHARE)
        own = np.square(e) / (1 - h)
        t = np.abs(e) / np.sqrt(np.maximum(tsse - own, MIN_SHARE * tsse) / (n - p - 1) * (1 - h))
        distance = own * h / (1 - h) * (n - p) / (p * tsse)
        out = np.flatnonzero((t > limit) | ((h > much) & (distance > MIN_COOK_DISTANCE)))
        count += len(out)
        worst = out[np.argsort(-distance[out], kind="stable")][:MAX_ROWS_RETURNED]
        results += [
            Row(
                start + int(i),
                float(h[i]),
                float(e[i] ** 2 / tsse),
                float(t[i]),
                float(distance[i]),
                scaling.raw_theta(theta - inverse @ U[i] * (e[i] / (1 - h[i]))),
            )
            for i in worst
        ]
    results.sort(key=lambda row: -row.distance)
    return Influence(
        scaling.raw_theta(theta), much, limit, count, tuple(results[:MAX_ROWS_RETURNED])
    )
