"""A fixed random sample of rows, drawn while they stream past.

Every row number is hashed to a priority and the rows of least priority stay: the same rows
whatever the size of the batches, and two samples merge into the sample of both.  The hash is the
finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from linreg.model.moments import Floats

Integers = NDArray[np.int64]

# Where parts of a table are read apart, row i of part k is number k·ROWS_PER_PART + i until all of
# them are counted: more rows than a part has, and room for four million parts.
ROWS_PER_PART = 1 << 40
PIECE_ROWS = 1 << 15  # hashed at a time: measured fastest, they stay in the processor's cache

MAX_PRIORITY = (1 << 64) - 1


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

    @classmethod
    def merged(cls, parts: Sequence[Sample]) -> Sample:
        """Return the sample of all tables that these are samples of; row numbers must differ."""
        size = parts[0].size
        rows = np.concatenate([part.rows for part in parts])
        kept = least(priority(rows), size)
        kept = kept[np.argsort(rows[kept])]
        return cls(
            rows[kept],
            np.concatenate([part.values for part in parts])[kept],
            np.concatenate([part.labels for part in parts])[kept],
            size,
        )

    def __add__(self, other: Sample) -> Sample:
        """Return the sample of both tables; their row numbers must differ."""
        return self.merged([self, other])

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
        self._parts = [Sample.empty(columns, size)]  # the sample, and rows that it may have to take
        self._size = size
        self._limit = MAX_PRIORITY

    @property
    def kept(self) -> Sample:
        """The sample of all rows that were offered."""
        if len(self._parts) > 1:
            self._parts = [Sample.merged(self._parts)]
        return self._parts[0]

    def offer(
        self, rows: Integers, columns: Sequence[Floats], labels: Integers | None = None
    ) -> None:
        """Offer rows of these numbers, as columns of shape (b,)."""
        low = _low(rows, self._limit)
        mine = low[least(priority(rows[low]), self._size)]
        if not len(mine):
            return
        values = np.column_stack([column[mine] for column in columns])
        numbers = np.zeros(len(mine), dtype=np.int64) if labels is None else labels[mine]
        self._parts.append(Sample(rows[mine], values, numbers, self._size))
        # Merging takes as long as hashing thirty thousand rows: not for every few of them.
        if sum(len(part.rows) for part in self._parts[1:]) > self._size // 4 and (
            len(self.kept.rows) == self._size
        ):
            self._limit = int(priority(self.kept.rows).max())


def least(values: NDArray[np.uint64], size: int) -> NDArray[np.intp]:
    """Return the indices of the `size` least values, or of all if they are fewer, in any order."""
    if len(values) <= size:
        return np.arange(len(values))
    return np.argpartition(values, size)[:size]


def priority(rows: Integers) -> NDArray[np.uint64]:
    """Hash row numbers, shape (b,), to priorities, all different for different rows."""
    hashed = np.empty(len(rows), dtype=np.uint64)
    for start, z in _mixed(rows):
        hashed[start : start + len(z)] = z
    hashed ^= hashed >> np.uint64(31)
    return hashed


def _low(rows: Integers, limit: int) -> NDArray[np.intp]:
    """Return the indices of all rows whose priority is at most `limit`, and of a few others.

    The last step of the hash leaves the leading 31 bits as they are: it is not needed here.
    """
    near = np.uint64(limit | MAX_PRIORITY >> 31)
    found = [start + np.flatnonzero(z <= near) for start, z in _mixed(rows)]
    return np.concatenate(found or [np.empty(0, np.intp)])


def _mixed(rows: Integers) -> Iterator[tuple[int, NDArray[np.uint64]]]:
    """Yield pieces of `rows`, hashed but for the last step, each with the index of its first row.

    A piece is overwritten by the next: new arrays would take four times as long.
    """
    mixed, spare = np.empty((2, min(len(rows), PIECE_ROWS)), dtype=np.uint64)
    for start in range(0, len(rows), PIECE_ROWS):
        piece = rows[start : start + PIECE_ROWS].view(np.uint64)
        z, shifted = mixed[: len(piece)], spare[: len(piece)]
        np.multiply(piece, np.uint64(0x9E3779B97F4A7C15), out=z)  # wraps round on purpose
        np.right_shift(z, np.uint64(30), out=shifted)
        z ^= shifted
        z *= np.uint64(0xBF58476D1CE4E5B9)
        np.right_shift(z, np.uint64(27), out=shifted)
        z ^= shifted
        z *= np.uint64(0x94D049BB133111EB)
        yield start, z
