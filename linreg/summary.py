"""All that training needs of a table of any length: one pass, bounded memory.

Rows come in batches and go into `Moments`, one per group of rows where groups are asked for, and
a few of them into a sample to look at.  The leaves are cut at the same rows whatever the size of
the batches, so that every reader gives the same digits.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from linreg.datasets import quoted_few
from linreg.moments import LEAF_ROWS, Floats, Moments, Stream
from linreg.reading import TableError
from linreg.sample import PART_ROWS, Integers, Reservoir, Sample
from linreg.selection import LARGEST
from linreg.wording import count, counted, number

MOST_GROUPS = 1000
SAMPLE_ROWS = 2000  # as many as the stage draws
SAMPLE_NUMBERS = 24_000  # keeps the file of a wide table small


@dataclass(frozen=True, eq=False)
class Summary:
    """What one pass over a table leaves behind.

    Attributes
    ----------
    columns : tuple of str
        The p columns that were read.
    groups : dict of str to Moments
        Per value of the column `grouped_by`, in the order met; a single one called "" without.
        The columns of each are `columns`.
    sample : Sample
        Rows to draw; `sample.labels` count through `groups`.
    read, left_out : int
        Rows of the table, and how many of them are in no group: a value was missing, or their
        group was left out.
    target : str
        The column to explain.
    features : tuple of str
        The columns that explain it, to begin with.
    grouped_by : str or None
    units : dict of str to str
    repairs : tuple of str
        What was changed in the table before the pass, as `linreg.repairs` writes it.
    source : str
        One line: where the numbers come from.
    notes : tuple of str
    """

    columns: tuple[str, ...]
    groups: dict[str, Moments]
    sample: Sample
    read: int
    left_out: int
    target: str
    features: tuple[str, ...]
    grouped_by: str | None = None
    units: dict[str, str] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What the table was called, or what to call it."""
        return self.source or "problem file"

    @cached_property
    def total(self) -> Moments:
        """The moments of all rows, with the columns in the order of `columns`."""
        return reduce(Moments.__add__, self.groups.values())

    def moments(self, target: str | None = None, features: Sequence[str] | None = None) -> Moments:
        """Return the moments of some features and, last, a target, without a second pass.

        Raises
        ------
        TableError
            If a column was not read, or is chosen twice.
        """
        target = self.target if target is None else target
        features = self.features if features is None else features
        for name in (target, *features):
            if name not in self.columns:
                raise TableError(
                    f"There is no column “{name}”; the columns are {quoted_few(self.columns)}."
                )
        if len({target, *features}) <= len(features):
            raise TableError("A column is chosen twice; choose different columns.")
        at = self.columns.index
        return self.total.select([at(name) for name in features], at(target))

    def checked(self) -> Summary:
        """Return the summary itself; raises TableError if no row could be used."""
        if self.groups:
            return self
        why = f": each misses a value in {quoted_few(self.columns)}" if self.read else ""
        raise TableError(
            f"None of {counted(self.read, 'row')} can be used{why}; "
            "fill in missing values, or choose other columns."
        )

    def without(self, names: Collection[str]) -> Summary:
        """Leave groups of rows out.

        Raises
        ------
        TableError
            If there is no such group, or none would be left.
        """
        for name in names:
            if name not in self.groups:
                raise TableError(
                    f"There is no group “{name}”; the groups are {quoted_few([*self.groups])}."
                )
        kept = {name: moments for name, moments in self.groups.items() if name not in names}
        if not kept:
            raise TableError("All groups are left out; keep at least one.")
        number_of = np.full(len(self.groups), -1)
        number_of[[name in kept for name in self.groups]] = np.arange(len(kept))
        sample = replace(self.sample, labels=number_of[self.sample.labels])
        gone = sum(self.groups[name].n for name in set(names))
        return replace(
            self,
            groups=kept,
            sample=sample.where(sample.labels >= 0),
            left_out=self.left_out + gone,
        )

    def __add__(self, other: Summary) -> Summary:
        """Put the parts of one table together; their row numbers must differ."""
        groups = dict(self.groups)
        for name, moments in other.groups.items():
            groups[name] = groups[name] + moments if name in groups else moments
        _check_groups(groups, self.grouped_by)
        names = list(groups)
        number_of = np.array([names.index(name) for name in other.groups], dtype=np.int64)
        theirs = replace(other.sample, labels=number_of[other.sample.labels])
        return replace(
            self,
            groups=groups,
            sample=self.sample + theirs,
            read=self.read + other.read,
            left_out=self.left_out + other.left_out,
        )


class Gatherer:
    """Takes the rows of a table in batches, and sums them up.

    Parameters
    ----------
    columns : sequence of str
        What the p columns of every batch are called.
    grouped_by : str, optional
        The column that the labels of the batches come from.
    part : int
        Which part of the table these rows are, from 0, where several are gathered apart; see
        `Sample.renumbered`.
    """

    def __init__(
        self, columns: Sequence[str], grouped_by: str | None = None, *, part: int = 0
    ) -> None:
        self.columns = tuple(columns)
        self.grouped_by = grouped_by
        self._before = part * PART_ROWS
        self.read = self.left_out = 0
        size = max(200, min(SAMPLE_ROWS, SAMPLE_NUMBERS // len(self.columns)))
        self._reservoir = Reservoir(len(self.columns), size)
        self._leaves: dict[str, _Leaves] = {}

    def feed(
        self,
        columns: Sequence[Floats],
        labels: Sequence[str] | NDArray[np.str_ | np.object_] | None = None,
        *,
        first: int | None = None,
    ) -> Gatherer:
        """Add rows; return the gatherer itself.

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
        TableError
            If a number is too large to be squared, or there are too many groups.
        """
        b = len(columns[0])
        first = self.read + 1 if first is None else first
        rows = np.arange(first, first + b)
        self.read += b
        usable = self._usable(columns, rows)
        if usable is not None:
            self.left_out += b - int(usable.sum())
            rows, columns = rows[usable], [column[usable] for column in columns]
            labels = None if labels is None else np.asarray(labels)[usable]
        if not len(rows):
            return self
        if labels is None:
            self._group("").feed(columns)
            self._reservoir.offer(rows + self._before, columns)
            return self
        names, which = np.unique(np.asarray(labels, dtype=str), return_inverse=True)
        for j, name in enumerate(names):
            self._group(str(name)).feed([column[which == j] for column in columns])
        order = list(self._leaves)
        numbers = np.array([order.index(str(name)) for name in names], dtype=np.int64)
        self._reservoir.offer(rows + self._before, columns, numbers[which])
        return self

    def summary(self, target: str, features: Sequence[str] = (), source: str = "") -> Summary:
        """Return what was gathered; with no features named, all other columns are features.

        Raises
        ------
        TableError
            If no row could be used.
        """
        return self.partial(target, features, source).checked()

    def partial(self, target: str, features: Sequence[str] = (), source: str = "") -> Summary:
        """Return the same to be added to other parts, even if no row could be used."""
        return Summary(
            columns=self.columns,
            groups={name: leaves.total for name, leaves in self._leaves.items()},
            sample=self._reservoir.kept,
            read=self.read,
            left_out=self.left_out,
            target=target,
            features=tuple(features) or tuple(c for c in self.columns if c != target),
            grouped_by=self.grouped_by,
            source=source,
        )

    def _usable(self, columns: Sequence[Floats], rows: Integers) -> NDArray[np.bool_] | None:
        """Return which rows miss no value, or None where all do not; refuse what overflows."""
        usable = None
        for name, column in zip(self.columns, columns, strict=True):
            with np.errstate(over="ignore"):
                squares = column @ column
            if squares <= LARGEST**2:
                continue  # neither missing nor too large: NaN compares false
            finite = np.isfinite(column)
            too_large = finite & (np.abs(column) > LARGEST)
            if too_large.any():
                at = int(too_large.argmax())
                raise TableError(
                    f"Column “{name}” has {number(float(column[at]))} in row "
                    f"{count(int(rows[at]))}: the squares of numbers beyond {number(LARGEST)} "
                    "overflow; correct it, or rescale the column."
                )
            usable = finite if usable is None else usable & finite
        return usable

    def _group(self, name: str) -> _Leaves:
        if name not in self._leaves:
            self._leaves[name] = _Leaves()
            _check_groups(self._leaves, self.grouped_by)
        return self._leaves[name]


class _Leaves:
    """The rows of one group on their way into leaves of a fixed size."""

    def __init__(self) -> None:
        self._stream = Stream()
        self._waiting: list[Floats] = []

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


def _check_groups(groups: Mapping[str, object], name: str | None) -> None:
    if len(groups) > MOST_GROUPS:
        raise TableError(
            f"Column “{name}” has more than {count(MOST_GROUPS)} different values, too many to "
            "group the rows by; choose a column with fewer."
        )
