"""A fixed random sample of rows, drawn while they stream past.

Every row number is hashed to a priority and the rows of least priority stay: the same rows
whatever the size of the batches, and two samples merge into the sample of both.  The hash is the
finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from linreg.model.moments import Floats

Integers = NDArray[np.int64]

# Where parts of a table are read apart, row i of part k is number k·ROWS_PER_PART + i until all of
# them are counted: more rows than a part has, and room for four million parts.
ROWS_PER_PART = 1 << 40
PIECE_ROWS = 1 << 15  # hashed at a time: measured fastest, they stay in the processor's cache


@dataclass(frozen=True, eq=False)
class Sample:
    """Some rows of a table, in order.

    Attributes
    ----------
    rows : ndarray of int, shape (k,)
        Their numbers, from 1.
    values : ndarray of shape (k, p)
        One column per column of the table.
    labels : ndarray of int, shape (k,)
        The group of each row.
    size : int
        The most rows that are kept; k is less only for a table with fewer.
    """

    rows: Integers
    values: Floats
    labels: Integers
    size: int

    @classmethod
    def empty(cls, columns: int, size: int) -> Sample:
        """Return a sample of no rows."""
        whole = np.empty(0, dtype=np.int64)
        return cls(whole, np.empty((0, columns)), whole, size)

    def __add__(self, other: Sample) -> Sample:
        """Return the sample of both tables; their row numbers must differ."""
        rows = np.concatenate([self.rows, other.rows])
        kept = least(priority(rows), self.size)
        kept = kept[np.argsort(rows[kept])]
        return Sample(
            rows[kept],
            np.concatenate([self.values, other.values])[kept],
            np.concatenate([self.labels, other.labels])[kept],
            self.size,
        )

    def where(self, wanted: NDArray[np.bool_]) -> Sample:
        """Return the rows for which `wanted`, shape (k,), holds."""
        return Sample(self.rows[wanted], self.values[wanted], self.labels[wanted], self.size)

    def renumbered(self, counts: Integers) -> Sample:
        """Return the sample with row numbers of the table in place of those within its parts.

        Parameters
        ----------
        counts : ndarray of int, shape (parts,)
            How many rows each part has.
        """
        part, row = np.divmod(self.rows, ROWS_PER_PART)
        before = np.cumsum(counts) - counts
        return replace(self, rows=before[part] + row)


class Reservoir:
    """Collects a sample from rows that arrive in batches."""

    def __init__(self, columns: int, size: int) -> None:
        self.kept = Sample.empty(columns, size)
        self._limit = np.iinfo(np.uint64).max

    def offer(
        self, rows: Integers, columns: Sequence[Floats], labels: Integers | None = None
    ) -> None:
        """Offer rows of these numbers, as columns of shape (b,)."""
        hashed = priority(rows)
        low = np.flatnonzero(hashed <= self._limit)
        if not len(low):
            return
        mine = low[least(hashed[low], self.kept.size)]
        labels = np.zeros(len(rows), dtype=np.int64) if labels is None else labels
        values = np.column_stack([column[mine] for column in columns])
        self.kept += Sample(rows[mine], values, labels[mine], self.kept.size)
        if len(self.kept.rows) == self.kept.size:
            self._limit = priority(self.kept.rows).max()


def least(values: NDArray[np.uint64], size: int) -> NDArray[np.intp]:
    """Return the indices of the `size` least values, or of all if they are fewer, in any order."""
    if len(values) <= size:
        return np.arange(len(values))
    return np.argpartition(values, size)[:size]


def priority(rows: Integers) -> NDArray[np.uint64]:
    """Hash row numbers, shape (b,), to priorities, all different for different rows."""
    hashed = np.empty(len(rows), dtype=np.uint64)
    shifted = np.empty(min(len(rows), PIECE_ROWS), dtype=np.uint64)
    for start in range(0, len(rows), PIECE_ROWS):
        piece = rows[start : start + PIECE_ROWS].view(np.uint64)
        _mix(piece, hashed[start : start + PIECE_ROWS], shifted[: len(piece)])
    return hashed


def _mix(rows: NDArray[np.uint64], z: NDArray[np.uint64], shifted: NDArray[np.uint64]) -> None:
    """Hash rows into z: new arrays would take four times as long."""
    np.multiply(rows, np.uint64(0x9E3779B97F4A7C15), out=z)  # wraps round on purpose
    np.right_shift(z, np.uint64(30), out=shifted)
    z ^= shifted
    z *= np.uint64(0xBF58476D1CE4E5B9)
    np.right_shift(z, np.uint64(27), out=shifted)
    z ^= shifted
    z *= np.uint64(0x94D049BB133111EB)
    np.right_shift(z, np.uint64(31), out=shifted)
    z ^= shifted
