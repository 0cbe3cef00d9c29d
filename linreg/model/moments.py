"""`Moments`, all that one pass over the rows leaves: n, the means and a triangle; two of them add.

Linear least squares needs nothing else, so training never reads the rows twice.  The
triangle comes from Householder QR (LAPACK dgeqrf) of centred blocks, never from a Gram matrix,
which would square the condition number.  Blocks are merged by the formula of Chan, Golub and
LeVeque (The American Statistician 37, 1983) in factored form, in a pairwise tree: the error
stays near one unit in the last place however many rows there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, reduce
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg.lapack import dgeqrf

Floats = NDArray[np.float64]

# Rows per leaf: a block stays in the processor's cache.  Measured with five columns: 2048 rows
# cost twice the time, 8192 cost 13 % more, and 32768 gain 6 % at twice the memory.
LEAF_ROWS = 16384


@dataclass(frozen=True, eq=False)
class Moments:
    """The sums that one pass over the rows of w = (x1 … xM, y) leaves behind.

    Attributes
    ----------
    n : int
        Number of rows.
    mean : ndarray of shape (M+1,)
        Column means, in the units of the columns.
    K : ndarray of shape (M+1, M+1)
        Upper triangle with KᵀK = Σ (w − w̄)(w − w̄)ᵀ.  The sign of each row is arbitrary.
    mean_tail : ndarray of shape (M+1,)
        What rounding left out of `mean`, 0 by default: w̄ = mean + mean_tail, exact to the rounding
        of the spread.  Where a mean is large beside its spread, as that of times in milliseconds,
        its own rounding is more than merging may lose.
    """

    n: int
    mean: Floats
    K: Floats
    mean_tail: Floats = field(default_factory=lambda: np.zeros(()))

    def __post_init__(self) -> None:
        if self.mean_tail.shape != self.mean.shape:
            object.__setattr__(self, "mean_tail", np.zeros_like(self.mean))

    @classmethod
    def of(cls, columns: Sequence[ArrayLike]) -> Moments:
        """Summarise one leaf: the columns x1 … xM and, last, y, each of shape (b,).

        Raises
        ------
        ValueError
            If there is no row or a value is NaN or infinite.
        """
        block = _block(columns)
        with np.errstate(over="ignore", invalid="ignore"):
            mean = np.add.reduce(block) / len(block)
        if not np.isfinite(mean).all():
            _refuse(block)
        block -= mean
        tail = np.add.reduce(block) / len(block)
        block -= tail
        mean, tail = _two_sum(mean, tail)
        return cls(len(block), mean, triangle(block), tail)

    @classmethod
    def from_arrays(cls, X: ArrayLike, y: ArrayLike) -> Moments:
        """Summarise X of shape (n, M) or (n,) with y of shape (n,) without copying them.

        Raises
        ------
        ValueError
            If the shapes do not fit, there is no row or a value is NaN or infinite.
        """
        X, y = _numeric("X", X), _numeric("y", y)
        if X.ndim == 1:
            X = X[:, np.newaxis]
        if X.ndim != 2 or X.shape[1] == 0:
            raise ValueError(f"X must have shape (n, M) with M >= 1 or (n,), got {X.shape}")
        if y.shape != (len(X),):
            raise ValueError(f"y must have shape ({len(X)},) like the rows of X, got {y.shape}")
        return Stream().feed([*X.T, y]).total

    def __add__(self, other: Moments) -> Moments:
        _check_columns(self, other)
        n = self.n + other.n
        share = other.n / n
        apart = (other.mean - self.mean) + (other.mean_tail - self.mean_tail)
        stack = np.vstack([self.K, other.K, np.sqrt(self.n * share) * apart])
        mean, tail = _two_sum(self.mean, self.mean_tail + share * apart)
        return Moments(n, mean, triangle(np.asfortranarray(stack)), tail)

    def select(self, features: Sequence[int], target: int) -> Moments:
        """Keep some columns and choose which of them is y, without a second pass over the rows.

        Parameters
        ----------
        features : sequence of int
            Columns to use as x1, x2, …, in this order.
        target : int
            Column to use as y.
        """
        columns = [*features, target]
        K = triangle(np.asfortranarray(self.K[:, columns]))
        return Moments(self.n, self.mean[columns], K, self.mean_tail[columns])


class Stream:
    """Adds leaves in a pairwise tree while they arrive, holding O(log n) of them.

    It counts in binary: a new leaf merges with its neighbour of equal size, like a carry.
    """

    def __init__(self) -> None:
        self._pending: list[Moments] = []
        self._leaves = 0

    def feed(self, columns: Sequence[ArrayLike]) -> Stream:
        """Add rows given as the columns x1 … xM and, last, y; return the stream itself.

        Raises
        ------
        ValueError
            If the columns differ in length, or a value is masked, NaN or infinite.
        """
        arrays = _equally_long(columns)
        for start in range(0, len(arrays[0]), LEAF_ROWS):
            self.push(Moments.of([array[start : start + LEAF_ROWS] for array in arrays]))
        return self

    def push(self, moments: Moments) -> Stream:
        """Add one leaf; return the stream itself."""
        if self._pending:
            _check_columns(self._pending[-1], moments)
        self._leaves += 1
        carry = self._leaves
        while carry % 2 == 0:
            moments = self._pending.pop() + moments
            carry //= 2
        self._pending.append(moments)
        return self

    @property
    def total(self) -> Moments:
        """The sum of everything fed so far; raises ValueError before the first row."""
        if not self._pending:
            raise ValueError("n must be >= 1, got 0 rows")
        return reduce(lambda right, left: left + right, reversed(self._pending))


def _check_columns(before: Moments, other: Moments) -> None:
    """Raise a ValueError unless two sums are of as many columns."""
    if len(other.mean) != len(before.mean):
        raise ValueError(
            f"columns must be as many as before, {len(before.mean)}, got {len(other.mean)}"
        )


def _two_sum(a: Floats, b: Floats) -> tuple[Floats, Floats]:
    """Return a + b, rounded, and what rounding left out (D. E. Knuth, TAOCP 2, 4.2.2)."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


def triangle(block: Floats) -> Floats:
    """Return R of a QR of `block` (b, p), shape (p, p); overwrites a Fortran-ordered block."""
    size = block.shape[1]
    factor = np.zeros((size, size))
    top = dgeqrf(block, overwrite_a=1)[0][:size]
    np.copyto(factor[: len(top)], top, where=_upper(size)[: len(top)])
    return factor


@cache
def _upper(size: int) -> NDArray[np.bool_]:
    """Return where an upper triangle (size, size) is: np.triu would build it on every call."""
    return np.tri(size, dtype=bool).T


def _block(columns: Sequence[ArrayLike]) -> Floats:
    """Copy columns of shape (b,) into one Fortran-ordered block of shape (b, M+1)."""
    arrays = _equally_long(columns)
    if not len(arrays[0]):
        raise ValueError("n must be >= 1, got 0 rows")
    block = np.empty((len(arrays[0]), len(arrays)), order="F")
    for j, column in enumerate(arrays):
        block[:, j] = column
    return block


def _equally_long(columns: Sequence[ArrayLike]) -> list[NDArray[Any]]:
    """Return columns as arrays of one shape (b,)."""
    arrays = [unmasked("columns", column) for column in columns]
    if len({array.shape for array in arrays}) != 1 or arrays[0].ndim != 1:
        raise ValueError("columns must be one-dimensional and equally long")
    return arrays


def _refuse(block: Floats) -> None:
    """Raise a ValueError that names the column whose mean is not finite."""
    with np.errstate(over="ignore", invalid="ignore"):
        j = int(np.argmin(np.isfinite(block.mean(axis=0))))
    name = "y" if j == block.shape[1] - 1 else f"X column {j}"
    wrong = block[~np.isfinite(block[:, j]), j]
    if len(wrong):
        raise ValueError(f"{name} must be finite, got {wrong[0]}")
    raise ValueError(f"{name} must have a finite sum, got inf")


def unmasked(name: str, values: ArrayLike) -> NDArray[Any]:
    """Return `values` as an array; raises ValueError if any is masked, for it is no value."""
    if _is_masked(values):
        rows = name in ("X", "y", "columns")
        mend = "leave out the rows that have some" if rows else "give each of them a number"
        raise ValueError(f"{name} must have no masked values; {mend}")
    return np.asarray(values)


def _is_masked(values: Any) -> bool:
    """Tell whether an array, or one in a list of them, hides a value: a list loses the mask."""
    if isinstance(values, np.ma.MaskedArray):
        return bool(np.ma.is_masked(values))
    if isinstance(values, np.ndarray) and values.dtype.hasobject:
        values = list(values.flat)
    nested = (np.ma.MaskedArray, list, tuple)
    is_list = isinstance(values, list | tuple)
    return is_list and any(_is_masked(each) for each in values if isinstance(each, nested))


def floats(name: str, values: ArrayLike) -> Floats:
    """Return `values` as an array of floats of its own; raises ValueError unless they are numbers.

    Whole numbers of any length are taken, where they fit a float.
    """
    array = unmasked(name, values)
    objects = array.flat if array.dtype.kind == "O" else ()
    if array.dtype.kind not in "biufO" or not all(isinstance(each, Real) for each in objects):
        raise ValueError(f"{name} must hold real numbers, got dtype {array.dtype}")
    try:
        return array.astype(float)
    except OverflowError:
        raise ValueError(f"{name} must hold numbers that fit a float") from None


def _numeric(name: str, values: ArrayLike) -> NDArray[np.number]:
    """Return `values` as an array, refusing text, objects and complex numbers."""
    array = unmasked(name, values)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers, got dtype {array.dtype}")
    return array
