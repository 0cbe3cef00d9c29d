"""The dataset: rows, names and notes that training gets, whatever their source."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Dataset:
    """Rows to train on, with their names, source and notes.

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
    repairs : tuple of str
        What was done to the table before, a line each, as exports say it.
    """

    X: Array
    y: Array
    features: tuple[str, ...]
    target: str
    rows: NDArray[np.int64]
    source: str
    notes: tuple[str, ...] = ()
    true_theta: tuple[float, ...] | None = None
    repairs: tuple[str, ...] = ()
