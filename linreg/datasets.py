"""What training gets, whatever its source, and what there is to say about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linreg.least_squares import LeastSquares
from linreg.wording import count, number

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Dataset:
    """What training gets, whatever the source.

    Attributes
    ----------
    X : ndarray of shape (n, M)
        Inputs, one column per feature.
    y : ndarray of shape (n,)
        Outputs.
    features : tuple of str
        The M column names of `X`.
    target : str
        The name of `y`.
    rows : ndarray of int, shape (n,)
        Row numbers as a user counts them, from 1; a header is not counted.
    source : str
        One line: where the numbers come from.
    notes : tuple of str
        Sentences to tell the user; training goes on.
    true_theta : tuple of float or None
        The parameters behind generated data, intercept first.
    """

    X: Array
    y: Array
    features: tuple[str, ...]
    target: str
    rows: NDArray[np.int64]
    source: str
    notes: tuple[str, ...] = ()
    true_theta: tuple[float, ...] | None = None


def row_notes(X: Array, y: Array, features: Sequence[str], target: str) -> tuple[str, ...]:
    """Say what a minimiser or R² of these rows can not tell.

    That is a constant target, and what makes the minimiser ambiguous: constant, repeated or
    dependent features, few rows.

    Parameters
    ----------
    X : ndarray of shape (n, M)
        Inputs, all finite.
    y : ndarray of shape (n,)
        Outputs, all finite.
    features : sequence of str
        The M column names.
    target : str
        The name of `y`.

    Returns
    -------
    tuple of str
        Sentences, empty when all is well.
    """
    return (*_constant_target(y, target), *_feature_notes(X, y, features))


def _constant_target(y: Array, target: str) -> list[str]:
    if y.min() < y.max():
        return []
    return [
        f"Target “{target}” is the same in every row ({number(y[0])}): with an intercept the best "
        "model is that constant, and R² is not defined."
    ]


def _feature_notes(X: Array, y: Array, features: Sequence[str]) -> list[str]:
    n, parameters = len(X), len(features) + 1
    constant = [j for j in range(len(features)) if X[:, j].min() == X[:, j].max()]
    notes = [
        f"Feature “{features[j]}” is constant ({number(X[0, j])}), so its weight cannot be told "
        "apart from the intercept."
        for j in constant
    ]
    least = " Many minima are equally good; the one shown has the least norm."
    if n < parameters:
        few = f"There are fewer rows ({count(n)}) than parameters ({count(parameters)})."
        return [*notes, few + least]
    if LeastSquares.from_arrays(X, y, intercept=True).rank < parameters:
        varying = [j for j in range(len(features)) if j not in constant]
        found = _dependences(X[:, varying], features, varying)
        if not found and not constant:
            found = ["The features are so nearly dependent that rounding hides the difference."]
        notes += [sentence + least for sentence in found]
    return notes


def _dependences(X: Array, features: Sequence[str], columns: list[int]) -> list[str]:
    """Name each column of X (n, k) that repeats, or is a combination of, columns before it."""
    centred = X - X.mean(axis=0)
    R = np.linalg.qr(centred / np.abs(centred).max(axis=0)).R
    kept: list[int] = []
    sentences = []
    for j, column in enumerate(columns):
        if np.linalg.matrix_rank(R[:, [*kept, j]], rtol=len(X) * np.finfo(float).eps) > len(kept):
            kept.append(j)
            continue
        twin = next((i for i in kept if np.array_equal(X[:, i], X[:, j])), None)
        what = (
            f"repeats feature “{features[columns[twin]]}”."
            if twin is not None
            else f"is a linear combination of {quoted([features[columns[i]] for i in kept])}."
        )
        sentences.append(f"Feature “{features[column]}” {what}")
    return sentences


def quoted(names: Sequence[str]) -> str:
    """Join names for a sentence, each in quotes: “a”, “b” and “c”."""
    marked = [f"“{name}”" for name in names]
    return " and ".join([", ".join(marked[:-1]), marked[-1]] if marked[1:] else marked)
