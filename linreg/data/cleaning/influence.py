"""Rows that decide the fit: their leverage, their share of TSSE, and θ without them.

The leverage h of a row is the weight that its own y has in its own ỹ; the h of all rows add up to
the number of parameters. With the error e of a row, all that leaving it out would do follows
without another fit: Δθ = −H⁻¹·2x·e/(1 − h). See R. D. Cook and S. Weisberg, Residuals and
Influence in Regression, Chapman and Hall, 1982. Where h is so near 1 that 1 − h has no digits left,
the other rows are fitted instead, and the same numbers follow from the leverage h/(1 − h) that the
row has in their fit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import numpy as np
from scipy.special import stdtrit

from linreg.model.least_squares import LeastSquares
from linreg.model.moments import LEAF_ROWS, Floats, Moments, Stream
from linreg.model.scaling import Scaling, standardised

FALSE_ALARM_CHANCE = 0.05  # chance that a table of normal errors has any row beyond the limit
MIN_COOK_DISTANCE = 0.5  # Cook's distance from which on a row is worth a look (Cook and Weisberg)
MAX_ROWS_RETURNED = 10
NEAR_ONE = 1e-6  # 1 − h below it has lost more than nine of its digits
MAX_REFIT_OPERATIONS = 10**9  # of all fits without a row, each of about p³
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
    decisive: list[int] = []
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
        near = h > 1 - NEAR_ONE
        decisive += (start + np.flatnonzero(near)).tolist()
        out = np.flatnonzero(~near & ((t > limit) | ((h > much) & (distance > MIN_COOK_DISTANCE))))
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
    for row in _left_out(X, y, decisive[: MAX_REFIT_OPERATIONS // p**3], intercept=intercept):
        if row.studentised > limit or (row.leverage > much and row.distance > MIN_COOK_DISTANCE):
            results.append(row)
            count += 1
    results.sort(key=lambda row: -row.distance)
    return Influence(
        scaling.raw_theta(theta), much, limit, count, tuple(results[:MAX_ROWS_RETURNED])
    )


def _left_out(
    X: Sequence[Floats], y: Floats, places: Sequence[int], *, intercept: bool
) -> Iterator[Row]:
    """Yield rows as fits of all others see them, but those without which a parameter is open."""
    if not places:
        return
    columns, others = [*X, y], Stream()
    for start, stop in zip([0, *(place + 1 for place in places)], [*places, len(y)], strict=True):
        others.feed([column[start:stop] for column in columns])
    single = [Moments.of([column[place : place + 1] for column in columns]) for place in places]
    for i, place in enumerate(places):
        rest = reduce(Moments.__add__, [*single[:i], *single[i + 1 :]], others.total)
        problem, scaling = standardised(rest, intercept=intercept)
        if problem.rank == len(problem.z):
            x = np.array([column[place] for column in X])
            yield _row(place, x, float(y[place]), problem, scaling)


def _row(place: int, x: Floats, y: float, others: LeastSquares, scaling: Scaling) -> Row:
    """Describe a row, x of shape (M,), from the fit of the n − 1 others and its place in it."""
    theta, bowl, p = others.minimiser(), others.spectrum, len(others.z)
    a = scaling.apply(x)
    a = np.append(1.0, a) if others.intercept else a
    far = float(np.square(a @ (bowl.V / bowl.s)).sum())  # h/(1 − h)
    missed, kept = y - float(a @ theta), 1 / (1 + far)  # kept is 1 − h
    less = float(others.tsse(theta))
    tsse, h = less + missed**2 * kept, far * kept
    less = max(less, MIN_SHARE * tsse)
    return Row(
        place,
        h,
        (missed * kept) ** 2 / tsse,
        abs(missed) / float(np.sqrt(less / (others.n - p) / kept)),
        missed**2 * h * (others.n + 1 - p) / (p * tsse),
        scaling.raw_theta(theta),
    )
