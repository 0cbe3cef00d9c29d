"""The minimiser as exact fractions: the numbers as they are stored are rational.

A float64 is a whole number times a power of two.  Each column is cut into slices of 21 bits, so
that every product of two slices, summed over 1024 rows, is a whole number below 2⁵³: the fast
matrix product of floating point computes it exactly, in any order.  Put together as whole numbers
of any length they are XᵀX and Xᵀy to the last bit, and elimination in whole numbers (Bareiss,
Mathematics of Computation 22, 1968) gives θ* as fractions.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from fractions import Fraction
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from linreg.model.moments import Floats, unmasked

SLICE_BITS = 21  # a product of two slices, summed over 2¹⁰ rows, is at most 2⁵²
EXACT_BLOCK_ROWS = 1 << 10
BLOCKS_PER_CARRY = 1 << 10  # their sums, at most 2⁵² each, stay below 2⁶³
MAX_SLICES = 16  # 336 bits: the numbers of a column may differ by a factor of 10⁸⁵
MAX_EXACT_NUMBERS = 11_000_000  # a million rows of ten features and the ones
MAX_EXACT_PARAMETERS = 40  # whole numbers grow with each column: beyond, elimination takes seconds
LIFT_BELOW_EXPONENT, LIFT_EXPONENT = -400, 600  # slices of tinier columns would underflow

Columns = Sequence[Floats]
ReadRows = Callable[[], Iterable[Columns]]


@dataclass(frozen=True)
class ExactFit:
    """The minimum of TSSE, without rounding.

    Attributes
    ----------
    theta : tuple of Fraction
        θ*, p of them; if several θ reach the minimum, the one of least norm.
    dependent : tuple of tuple of int
        Each names parameters, from 0, whose columns depend on each other: the last one is a
        combination of those before it. Empty if the rows determine all parameters.
    """

    theta: tuple[Fraction, ...]
    dependent: tuple[tuple[int, ...], ...]


def exact_fit(read_rows: ReadRows, *, intercept: bool) -> ExactFit:
    """Solve the normal equations of all rows in whole numbers.

    Parameters
    ----------
    read_rows : callable
        Yields all rows, some at a time, as the columns x1 … xM and, last, y; it is called twice.
    intercept : bool
        Whether a column of ones comes before x1.

    Raises
    ------
    ValueError
        If a number is not finite, or those of one column differ by too many powers of ten.
    """

    def with_ones() -> Iterator[Columns]:
        return ([np.ones(len(columns[0])), *columns] for columns in read_rows())

    gram, units = exact_gram(with_ones if intercept else read_rows)
    rows, kept = eliminate(gram[:-1])
    p = len(rows)
    free = [d for d in range(p) if d not in kept]
    theta, *level = (
        [v / unit for v, unit in zip(back_substitute(rows, kept, right), units[:-1], strict=True)]
        for right in (p, *free)
    )
    theta = [value * units[-1] for value in theta]
    for d, direction in zip(free, level, strict=True):
        direction[d] = -1 / units[d]
    dependent = tuple(tuple(j for j, v in enumerate(each) if v) for each in level)
    return ExactFit(tuple(least_norm(theta, level)), dependent)


def exact_gram(read_rows: ReadRows) -> tuple[list[list[int]], list[Fraction]]:
    """Sum the products of every two columns of the rows, exactly.

    Returns
    -------
    gram : list of list of int
        One row and one column per column of the rows.
    units : list of Fraction
        Column j is a whole number of units[j], and gram[i][j] is in units[i]·units[j].
    """
    exponents = _exponents(read_rows())
    lift = np.where(exponents < LIFT_BELOW_EXPONENT, LIFT_EXPONENT, 0)
    total = _Sums(len(exponents))
    for columns in read_rows():
        for first in range(0, len(columns[0]), EXACT_BLOCK_ROWS):
            block = [column[first : first + EXACT_BLOCK_ROWS] for column in columns]
            total.add(slices(np.ldexp(block, lift[:, None]), exponents + lift))
    gram, depth = total.whole()
    return gram, [Fraction(2) ** (int(e) - SLICE_BITS * depth) for e in exponents]


def slices(block: Floats, exponents: NDArray[np.int64]) -> Floats:
    """Cut numbers, shape (p, b), row j below 2^exponents[j], into whole numbers up to 2²¹.

    Raises ValueError if that takes more than `MAX_SLICES` slices.

    Returns
    -------
    ndarray of shape (k, p, b)
        Slice s counts in units of 2^(exponents[j] − 21·(s + 1)); all slices add up to the block.
    """
    rest = block
    cut: list[Floats] = []
    while not cut or rest.any():
        if len(cut) == MAX_SLICES:
            raise ValueError("the numbers of a column differ by too many powers of ten")
        scale = np.ldexp(1.0, SLICE_BITS * (len(cut) + 1) - exponents)[:, np.newaxis]
        cut.append(np.rint(rest * scale))
        rest = rest - cut[-1] / scale  # exact: the low bits remain
    return np.array(cut)


def eliminate(gram: Sequence[Sequence[int]]) -> tuple[list[list[int]], list[int]]:
    """Clear [A | b] of whole numbers below the diagonal, in whole numbers (Bareiss 1968).

    Returns
    -------
    rows : list of list of int
        [A | b], upper triangular in the columns that were kept.
    kept : list of int
        The columns that no column before them makes up: those of A with a pivot.
    """
    rows, kept, last = [list(row) for row in gram], [], 1
    for k in range(len(rows)):
        pivot = rows[k][k]
        if pivot == 0:  # in a Gram matrix only if the column is a combination of those before it
            continue
        for i in range(k + 1, len(rows)):
            factor = rows[i][k]
            rows[i][k:] = [
                (pivot * value - factor * above) // last
                for value, above in zip(rows[i][k:], rows[k][k:], strict=True)
            ]
        kept.append(k)
        last = pivot
    return rows, kept


def back_substitute(rows: list[list[int]], kept: list[int], right: int) -> list[Fraction]:
    """Solve for the kept parameters with column `right` as the right side; the others are 0."""
    solution = [Fraction(0)] * len(rows)
    for k in reversed(kept):
        done = sum((rows[k][j] * solution[j] for j in kept if j > k), Fraction(0))
        solution[k] = (rows[k][right] - done) / rows[k][k]
    return solution


def least_norm(theta: list[Fraction], level: list[list[Fraction]]) -> list[Fraction]:
    """Project θ onto the complement of the level directions, which change no prediction."""
    basis: list[list[Fraction]] = []
    for direction in level:  # Gram and Schmidt
        basis.append(reduce(_without, basis, direction))
    return reduce(_without, basis, theta)


def exact_minimiser(X: Floats, y: Floats) -> tuple[Fraction, ...] | None:
    """Return θ* of X (n, p), with its column of ones, and y (n,); None if there are several."""
    fit = exact_fit(lambda: [[*X.T, y]], intercept=False)
    return None if fit.dependent else fit.theta


def decimal_text(value: Fraction, digits: int = 30) -> str:
    """Write a fraction to `digits` significant digits, rounded correctly, no trailing zeros."""
    context = Context(prec=digits)
    quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    rounded = context.normalize(quotient)
    plain = -6 <= rounded.adjusted() < digits
    text = f"{rounded:f}" if plain else f"{rounded:e}".replace("e+", "e")
    return text.replace("-", "−")


def _without(vector: list[Fraction], other: list[Fraction]) -> list[Fraction]:
    """Return the part of a vector that is orthogonal to another."""
    along = sum((a * b for a, b in zip(vector, other, strict=True)), Fraction(0))
    share = along / sum((b * b for b in other), Fraction(0))
    return [a - share * b for a, b in zip(vector, other, strict=True)]


def _exponents(blocks: Iterable[Columns]) -> NDArray[np.int64]:
    """Return for each column the least e with all its numbers below 2^e."""
    sizes = [
        [np.abs(unmasked("columns", column)).max(initial=0.0) for column in columns]
        for columns in blocks
    ]
    largest = np.max(sizes, axis=0)
    if not np.isfinite(largest).all():
        raise ValueError("X and y must be finite")
    return np.asarray(np.frexp(largest)[1], dtype=np.int64)


class _Sums:
    """Sums of products of slices, first in 64 bits, then in whole numbers of any length."""

    def __init__(self, p: int) -> None:
        self._sums: NDArray[np.object_] = np.zeros((1, p, 1, p), dtype=object)
        self._pending: NDArray[np.int64] = np.zeros((1, p, 1, p), dtype=np.int64)
        self._blocks = 0

    def add(self, cut: Floats) -> None:
        """Add the products of slices (k, p, b)."""
        k, p, _ = cut.shape
        flat = cut.reshape(k * p, -1)
        if k > len(self._pending):
            self._carry()
            self._pending = np.zeros((k, p, k, p), dtype=np.int64)
        self._pending[:k, :, :k] += (flat @ flat.T).reshape(k, p, k, p).astype(np.int64)
        self._blocks += 1
        if self._blocks == BLOCKS_PER_CARRY:
            self._carry()

    def whole(self) -> tuple[list[list[int]], int]:
        """Return the sums in units of the last slice, and the number of slices."""
        self._carry()
        depth, p = self._sums.shape[:2]
        gram = sum(
            self._sums[s, :, t] * (1 << SLICE_BITS * (2 * depth - 2 - s - t))
            for s, t in np.ndindex(depth, depth)
        )
        return [[int(gram[i, j]) for j in range(p)] for i in range(p)], depth

    def _carry(self) -> None:
        k = len(self._pending)
        if k > len(self._sums):
            former, p = self._sums, self._sums.shape[1]
            self._sums = np.zeros((k, p, k, p), dtype=object)
            self._sums[: len(former), :, : len(former)] = former
        self._sums[:k, :, :k] += self._pending.astype(object)
        self._pending[:] = 0
        self._blocks = 0
