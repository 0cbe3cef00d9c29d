"""`Accumulator`: sums up rows that come in batches, in one pass and bounded memory.

The leaves are cut at the same rows whatever the size of the batches, so that every reader gives the
same digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from linreg.data.select import MAX_NUMBER, Gaps
from linreg.data.summary.row_sample import ROWS_PER_PART, Integers, Reservoir
from linreg.data.summary.summary import Summary, check_groups
from linreg.errors import DataError
from linreg.model.moments import LEAF_ROWS, Floats, Moments, Stream, unmasked
from linreg.text.numbers import count, number

SAMPLE_ROWS = 2000  # as many as the stage draws
SAMPLE_NUMBERS = 24_000  # keeps the file of a wide table small


class Accumulator:
    """Takes the rows of a table in batches, and sums them up.

    Parameters
    ----------
    columns : sequence of str
        What the p columns of every batch are called.
    grouped_by : str, optional
        The column that the labels of the batches come from.
    part : int
        Which part of the table these rows are, from 0, where several are summed up apart:
        `Sample.renumbered` then turns the rows of a part into rows of the table.
    """

    def __init__(
        self, columns: Sequence[str], grouped_by: str | None = None, *, part: int = 0
    ) -> None:
        self.columns = tuple(columns)
        self.grouped_by = grouped_by
        self._before = part * ROWS_PER_PART
        self.read = self.left_out = 0
        self._gaps = Gaps()
        size = max(200, min(SAMPLE_ROWS, SAMPLE_NUMBERS // len(self.columns)))
        self._reservoir = Reservoir(len(self.columns), size)
        self._numbers: dict[str, int] = {}  # of the groups, in the order met
        self._leaves: list[_Leaves] = []

    def feed(
        self,
        columns: Sequence[Floats],
        labels: Sequence[str] | NDArray[np.str_ | np.object_] | None = None,
        *,
        first: int | None = None,
    ) -> Accumulator:
        """Add rows; return the accumulator itself.

        Parameters
        ----------
        columns : sequence of ndarray of shape (b,)
            NaN, or an infinity, where a value is missing: the row is left out, and counted.
        labels : sequence of str, optional
            The group of each row.
        first : int, optional
            Number of the first row; by default the rows go on from the last batch.

        Raises
        ------
        DataError
            If a number is too large to be squared, or there are too many groups.
        """
        columns = [unmasked(name, c) for name, c in zip(self.columns, columns, strict=True)]
        b = len(columns[0])
        first = self.read + 1 if first is None else first
        rows = np.arange(first + self._before, first + self._before + b)
        self.read += b
        if labels is None:
            numbers, usable = None, self._sum_up(columns, first)
        else:
            usable = self._usable(columns, first)
        if usable is not None:
            self.left_out += b - int(usable.sum())
            if self.left_out == self.read:
                self._gaps += Gaps.of(self.columns, columns)
            rows, columns = rows[usable], [column[usable] for column in columns]
        if labels is not None:
            labels = labels if usable is None else np.asarray(labels, dtype=object)[usable]
            numbers = self._numbered(labels)
            self._feed_groups(columns, numbers)
        self._reservoir.offer(rows, columns, numbers)
        return self

    def _sum_up(self, columns: Sequence[Floats], first: int) -> NDArray[np.bool_] | None:
        """Add rows without labels; return which of them miss no value, or None where none does."""
        leaves, usable = self._leaves_of(""), None
        for start in range(0, len(columns[0]), LEAF_ROWS):
            piece = [column[start : start + LEAF_ROWS] for column in columns]
            if leaves.add(piece):
                continue
            mask = self._usable(piece, first + start)
            if mask is not None:
                usable = np.ones(len(columns[0]), dtype=bool) if usable is None else usable
                usable[start : start + LEAF_ROWS] = mask
                piece = [column[mask] for column in piece]
            leaves.feed(piece)
        return usable

    def _numbered(self, labels: Iterable[str]) -> Integers:
        """Return the number of each row's group."""
        labels = [str(label) for label in labels]  # an array of text is as wide as the longest
        for name in dict.fromkeys(labels):
            self._leaves_of(name)
        return np.fromiter(map(self._numbers.__getitem__, labels), np.int64, len(labels))

    def _feed_groups(self, columns: Sequence[Floats], numbers: Integers) -> None:
        order = np.argsort(numbers, kind="stable")
        ends = np.cumsum(np.bincount(numbers)).tolist()
        columns = [column[order] for column in columns]
        for leaves, start, end in zip(self._leaves, [0, *ends], ends, strict=False):
            if end > start:
                leaves.feed([column[start:end] for column in columns])

    def summary(self, target: str, features: Sequence[str] = (), source: str = "") -> Summary:
        """Return the sums so far; with no features named, all other columns are features.

        Raises
        ------
        DataError
            If no row could be used.
        """
        return self.partial(target, features, source).checked()

    def partial(self, target: str, features: Sequence[str] = (), source: str = "") -> Summary:
        """Return the sums so far, for `+` with other parts, even if no row could be used."""
        return Summary(
            columns=self.columns,
            groups={
                name: self._leaves[k].total
                for name, k in self._numbers.items()
                if self.left_out < self.read
            },
            sample=self._reservoir.kept,
            read=self.read,
            left_out=self.left_out,
            target=target,
            features=tuple(features) or tuple(c for c in self.columns if c != target),
            grouped_by=self.grouped_by,
            source=source,
            gaps=self._gaps,
        )

    def _usable(self, columns: Sequence[Floats], first: int) -> NDArray[np.bool_] | None:
        """Return which rows miss no value, or None where none does; refuse what overflows."""
        usable = None
        for name, column in zip(self.columns, columns, strict=True):
            with np.errstate(over="ignore"):
                squares = column @ column
            if squares <= MAX_NUMBER**2:  # neither missing nor too large: NaN compares false
                continue
            finite = np.isfinite(column)
            too_large = finite & (np.abs(column) > MAX_NUMBER)
            if too_large.any():
                at = int(too_large.argmax())
                raise DataError(
                    f"Column “{name}” has {number(float(column[at]))} in row "
                    f"{count(first + at)}: the squares of numbers beyond {number(MAX_NUMBER)} "
                    "overflow; correct it, or rescale the column."
                )
            usable = finite if usable is None else usable & finite
        return usable

    def _leaves_of(self, name: str) -> _Leaves:
        if name not in self._numbers:
            self._numbers[name] = len(self._leaves)
            self._leaves.append(_Leaves())
            check_groups(self._numbers, self.grouped_by)
        return self._leaves[self._numbers[name]]


class _Leaves:
    """The rows of one group on their way into leaves of a fixed size."""

    def __init__(self) -> None:
        self._stream = Stream()
        self._waiting: list[Floats] = []

    def add(self, columns: Sequence[Floats]) -> bool:
        """Add rows that are a leaf, unless they miss a value or have one that is too large.

        The sums tell: a pass that looks for either takes a third as long as the sums themselves.
        """
        if self._waiting or len(columns[0]) != LEAF_ROWS:
            return False
        try:
            leaf = Moments.of(columns)
        except ValueError:
            return False
        # No value is farther from its mean than the column of K is long.
        largest = np.add.reduce(np.abs(leaf.K)) + np.abs(leaf.mean)
        if not (largest <= MAX_NUMBER).all():
            return False
        self._stream.push(leaf)
        return True

    def feed(self, columns: Sequence[Floats]) -> None:
        start = 0
        if self._waiting:
            start = min(LEAF_ROWS - len(self._waiting[0]), len(columns[0]))
            self._waiting = [
                np.concatenate([old, column[:start]])
                for old, column in zip(self._waiting, columns, strict=True)
            ]
            if len(self._waiting[0]) == LEAF_ROWS:
                self._stream.push(Moments.of(self._waiting))
                self._waiting = []
        end = start + (len(columns[0]) - start) // LEAF_ROWS * LEAF_ROWS
        if end > start:
            self._stream.feed([column[start:end] for column in columns])
        if end < len(columns[0]):
            self._waiting = [column[end:].copy() for column in columns]

    @property
    def total(self) -> Moments:
        if self._waiting:
            self._stream.push(Moments.of(self._waiting))
            self._waiting = []
        return self._stream.total
