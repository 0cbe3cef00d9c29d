"""Notes on what the rows do not determine, and on the columns to blame, from `Moments` alone."""

from bisect import bisect_left
from collections.abc import Sequence

import numpy as np

from linreg.model.least_squares import LeastSquares
from linreg.model.min_norm import ROUNDING_NOISE
from linreg.model.moments import Floats, Moments
from linreg.model.scaling import varying_columns
from linreg.text.lists import MAX_NAMES_IN_SENTENCE, quoted_few
from linreg.text.numbers import count, number, once_rounded

NEGLIGIBLE_SHARE = 1e-6  # of the largest term of a vanishing sum: the rest is rounding
LEAST_NORM_NOTE = " Many minima are equally good; the one shown has the least norm."


def moment_notes(
    m: Moments, features: Sequence[str], target: str, *, intercept: bool = True
) -> tuple[str, ...]:
    """Return notes on what is open: a constant target, useless or dependent features, few rows.

    Parameters
    ----------
    m : Moments
        Of the M features and, last, the target.
    features : sequence of str
        The M column names.
    target : str
    intercept : bool
        Whether θ0 is among the p parameters.

    Returns
    -------
    tuple of str
        Sentences, empty when all is well.
    """
    problem = LeastSquares.from_moments(m, intercept=intercept)
    notes = _target(problem, target, m)
    if not problem.null.size:
        return tuple(notes)
    useless = useless_features(m, features, intercept=intercept)
    if m.n < len(problem.z):
        few = f"There are fewer rows ({count(m.n)}) than parameters ({count(len(problem.z))})."
        return (*notes, *useless.values(), few + LEAST_NORM_NOTE)
    dependent = dependent_features(m, features, intercept=intercept)
    return (*notes, *useless.values(), *(note + LEAST_NORM_NOTE for note in dependent.values()))


def useless_features(m: Moments, features: Sequence[str], *, intercept: bool) -> dict[str, str]:
    """Return a sentence on each feature whose weight alone is open: a constant, or all zeros."""
    return {
        features[j]: _useless(features[j], m, j, intercept)
        for j in range(len(features))
        if _null(m, [j], intercept).size
    }


def dependent_features(m: Moments, features: Sequence[str], *, intercept: bool) -> dict[str, str]:
    """Return a sentence on each feature that depends linearly on the features before it.

    Features of `useless_features` are passed over; at most ten are named.
    """
    kept = [j for j in range(len(features)) if not _null(m, [j], intercept).size]
    sentences: dict[str, str] = {}
    while len(sentences) < MAX_NAMES_IN_SENTENCE and _null(m, kept, intercept).size:
        # A column more never closes an open direction, so the first set with one is bisected.
        last = bisect_left(
            range(len(kept)), True, key=lambda end: bool(_null(m, kept[: end + 1], intercept).size)
        )
        sentence = _dependence(m, features, kept[: last + 1], intercept)
        sentences[features[kept.pop(last)]] = sentence
    return sentences


def _target(problem: LeastSquares, target: str, m: Moments) -> list[str]:
    if problem.spread > 0:
        return []
    mean = number(m.mean[-1])
    if not is_constant(m, -1):
        return [
            f"Target “{target}” varies only in the last digits of {mean}, which rounding covers: "
            "R² is not defined. Subtract a constant from it."
        ]
    once = once_rounded(m.mean[-1])
    same = f"Target “{target}” is the same in every row{once} ({mean})"
    if not problem.intercept:
        return [f"{same}: R² is not defined."]
    return [f"{same}: with an intercept the best model is that constant, and R² is not defined."]


def _useless(feature: str, m: Moments, j: int, intercept: bool) -> str:
    mean = number(m.mean[j])
    if is_constant(m, j):
        if intercept:
            return (
                f"Feature “{feature}” is constant{once_rounded(m.mean[j])} ({mean}), so its weight "
                "cannot be told apart from the intercept."
            )
        if not m.mean[j]:
            return f"Feature “{feature}” is 0 in every row, so its weight can be anything."
    elif varying_columns(m)[j]:
        return (
            f"Feature “{feature}” varies so little beside the target that its weight would be too "
            "large for a number: measure it in a smaller unit."
        )
    else:
        return (
            f"Feature “{feature}” varies only in the last digits of {mean}, so its weight cannot "
            "be told apart from the intercept: subtract a constant from it."
        )
    return (
        f"Feature “{feature}” is so small beside the target ({mean}) that its weight would be too "
        "large for a number: measure it in a smaller unit."
    )


def _null(m: Moments, columns: Sequence[int], intercept: bool) -> Floats:
    """Return a basis of the θ that the rows of some features leave open, shape (p, p − rank)."""
    chosen = m.select(columns, len(m.mean) - 1)
    return LeastSquares.from_moments(chosen, intercept=intercept).null


def _dependence(
    m: Moments, features: Sequence[str], columns: Sequence[int], intercept: bool
) -> str:
    """Name what the last of some columns depends on; the others are independent."""
    null = _null(m, columns, intercept)[:, -1]
    slopes = null[int(intercept) :]
    size = np.hypot.reduce(m.K[:, columns], axis=0)
    level = np.sqrt(m.n) * np.abs(m.mean[columns])
    part = np.abs(slopes) * (size if intercept else np.hypot(size, level))
    others = [i for i in range(len(columns) - 1) if part[i] > NEGLIGIBLE_SHARE * max(part)]
    what = f"Feature “{features[columns[-1]]}” "
    if len(others) == 1 and _are_equal(m, columns[others[0]], columns[-1]):
        return what + f"repeats feature “{features[columns[others[0]]]}”."
    return f"{what}is a linear combination of {quoted_few([features[columns[i]] for i in others])}."


def _are_equal(m: Moments, i: int, j: int) -> bool:
    """Tell whether two columns are the same in every row.

    Their means, added up alike, then agree to the last of 30 digits; the triangle only says that
    the rest agrees up to rounding.
    """
    same = m.mean[i] == m.mean[j] and m.mean_tail[i] == m.mean_tail[j]
    apart, size = np.hypot.reduce(m.K[:, i] - m.K[:, j]), np.hypot.reduce(m.K[:, j])
    return bool(same and apart <= ROUNDING_NOISE * len(m.K) * size)


def is_constant(m: Moments, j: int) -> bool:
    """Tell whether a column is the same in every row, and does not vary in its last digits either.

    Centred by a mean of twice the digits, a constant leaves nothing but the square of rounding.
    """
    size, level = np.hypot.reduce(m.K[:, j]), np.sqrt(m.n) * abs(m.mean[j])
    return bool(size <= ROUNDING_NOISE**2 * level)
