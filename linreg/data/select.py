"""The selection of target and features of a table: clean columns, and notes on what was wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress

import numpy as np
from numpy.typing import NDArray

from linreg.data.dataset import Dataset
from linreg.data.files.table import Table
from linreg.errors import DataError
from linreg.text.lists import MAX_NAMES_IN_SENTENCE, quoted, quoted_few
from linreg.text.numbers import count, counted, number

MAX_NUMBER = 1e150  # larger numbers have squares that overflow
MAX_GAPS_COUNTED = 1000  # different sets of columns in which rows lack values


def select(table: Table, target: str, features: Sequence[str]) -> Dataset:
    """Take a target and features out of a table, without the rows that miss a value.

    Parameters
    ----------
    table : Table
        As `read_table` returns it.
    target : str
        The column to explain.
    features : sequence of str
        The M columns that explain it.

    Returns
    -------
    Dataset
        X (n, M) and y (n,), all finite, with notes on rows left out.

    Raises
    ------
    DataError
        If a column is unknown, chosen twice, not numeric or too large, or fewer than two rows
        are left.
    """
    check_choice(target, features)
    chosen = [target, *features]
    usable = usable_rows(table, target, features)
    X = np.column_stack([table.columns[name][usable] for name in features])
    y = table.columns[target][usable]
    notes = tuple(left_out(table, chosen, usable))
    return Dataset(X, y, tuple(features), target, table.rows[usable], table.name, notes)


def check_choice(target: str, features: Sequence[str]) -> None:
    """Raise a DataError unless target and features are different columns."""
    if not features:
        raise DataError(
            "No feature is chosen; choose at least one column that explains the target."
        )
    if target in features:
        raise DataError(f"Column “{target}” is both target and feature; choose different columns.")
    seen = set[str]()
    for name in features:
        if name in seen:
            raise DataError(f"Column “{name}” is chosen twice as a feature; choose it once.")
        seen.add(name)


def usable_rows(table: Table, target: str, features: Sequence[str]) -> NDArray[np.bool_]:
    """Return which rows can be trained on, shape (n,): those with a number in every chosen column.

    Raises
    ------
    DataError
        If they are fewer than two, or a column is unknown, not numeric or too large.
    """
    chosen = [target, *features]
    for name in chosen:
        check_column(table, name)
    usable = complete_rows(table, chosen)
    if np.count_nonzero(usable) < 2:
        raise Gaps.of(chosen, (table.columns[name] for name in chosen)).refusal(target)
    return usable


def complete_rows(table: Table, names: Sequence[str]) -> NDArray[np.bool_]:
    """Return which rows have a number in every one of these columns of numbers, shape (n,)."""
    complete = np.ones(table.n, dtype=bool)
    for name in names:  # one after the other: a large table is not held in memory
        complete &= np.isfinite(table.columns[name])
    return complete


@dataclass(frozen=True)
class Gaps:
    """The columns that lack values, and in how many rows, where hardly any row is complete.

    Attributes
    ----------
    n : int
        How many rows were counted.
    missing : Counter of str
        For each column in how many of them it lacks a value.
    together : Counter of tuple of str
        For each set of columns, in how many rows these lack a value and no others do; 1,000 sets at
        most.
    """

    n: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    together: Counter[tuple[str, ...]] = field(default_factory=Counter)

    @classmethod
    def of(cls, names: Sequence[str], columns: Iterable[NDArray[np.float64]]) -> Gaps:
        """Count the gaps in rows: columns of these names, each of shape (n,)."""
        missing, bits = Counter[str](), list[NDArray[np.uint8]]()  # eight columns a byte
        for j, (name, column) in enumerate(zip(names, columns, strict=True)):
            lacks = ~np.isfinite(column)
            missing[name] = int(np.count_nonzero(lacks))
            if j % 8 == 0:
                bits.append(np.zeros(len(column), dtype=np.uint8))
            bits[-1] |= lacks.astype(np.uint8) << np.uint8(7 - j % 8)
        kinds, times = np.unique(np.column_stack(bits), axis=0, return_counts=True)
        lacking = np.unpackbits(kinds, axis=1, count=len(names)).tolist()
        sets = (tuple(compress(names, row)) for row in lacking)
        together = Counter(dict(zip(sets, times.tolist(), strict=True)))
        return cls(int(times.sum()), missing) + cls(together=together)

    def __add__(self, other: Gaps) -> Gaps:
        """Put the gaps of different rows of one table together."""
        together = self.together.copy()
        for names, times in other.together.items():
            if not names or names in together or len(together) < MAX_GAPS_COUNTED:
                together[names] += times
        missing = self.missing.copy()
        missing.update(other.missing)
        return Gaps(self.n + other.n, missing, together)

    def refusal(self, target: str) -> DataError:
        """Return the error that names the columns to blame, and what to leave out for most rows."""
        lacking = [(name, rows) for name, rows in self.missing.most_common() if rows]
        *most, last = (
            f"“{name}” ({'all rows' if rows == self.n else counted(rows, 'row')})"
            for name, rows in lacking[:MAX_NAMES_IN_SENTENCE]
        )
        if unnamed := len(lacking[MAX_NAMES_IN_SENTENCE:]):
            most, last = [*most, last], counted(unnamed, "other column")
        where = f"{', '.join(most)} and {last}" if most else last
        used = f"None of {counted(self.n, 'row')} can be used"
        if self.together[()]:
            used = f"Only 1 of {counted(self.n, 'row')} can be used, and a line needs two"
        remedy = "choose other columns"
        out, kept = self._to_leave_out(target)
        if out:
            least = "" if self.together.total() == self.n else "at least "
            remedy = f"leave {quoted_few(out)} out, which keeps {least}{counted(kept, 'row')}"
        return DataError(f"{used}: values are missing in {where}; fill them in, or {remedy}.")

    def _to_leave_out(self, target: str) -> tuple[tuple[str, ...], int]:
        """Return the features without which most numbers can be used, and how many rows then."""
        best: tuple[str, ...] = ()
        kept = most = 0
        for out in sorted(self.together, key=len):
            rows = sum(times for names, times in self.together.items() if {*out}.issuperset(names))
            numbers = rows * (len(self.missing) - 1 - len(out))
            if rows > 1 and numbers > most and target not in out:
                best, kept, most = out, rows, numbers
        return best, kept


def check_column(table: Table, name: str) -> None:
    """Refuse a column that is unknown, not numeric, or too large to square."""
    if name in table.columns:
        column = table.columns[name]
        if max(np.fmax.reduce(column), -np.fmin.reduce(column)) > MAX_NUMBER:
            row = int(np.argmax(np.abs(column) > MAX_NUMBER))
            value = number(column[row])
            raise DataError(
                f"Column “{name}” has {value} in row {count(int(table.rows[row]))}: the squares of "
                f"numbers beyond {number(MAX_NUMBER)} overflow; correct it, or rescale the column."
            )
    elif name in table.first_text:
        row, text = table.first_text[name]
        raise DataError(
            f"Column “{name}” is not a number in row {count(row)} (“{text}”); correct or empty "
            "that field in the file, or choose another column."
        )
    elif name in table.text:
        raise DataError(f"Column “{name}” is empty; choose another column.")
    else:
        names = quoted_few([*table.columns, *table.text])
        raise DataError(f"There is no column “{name}”; the columns are {names}.")


def left_out(table: Table, chosen: Sequence[str], usable: NDArray[np.bool_]) -> list[str]:
    """Return notes on rows that a user left out, and on rows that miss a value in a column."""
    notes = []
    if gone := table.taken_out:
        notes.append(f"{so_many(gone, table.n + gone)} left out by you.")
    if missing := table.n - int(np.count_nonzero(usable)):
        lacking = [name for name in chosen if not np.isfinite(table.columns[name]).all()]
        first = int(table.rows[(~usable).argmax()])
        notes.append(
            f"{so_many(missing, table.n)} left out, because a value is missing or not finite in "
            f"{quoted(lacking)} (first in row {count(first)})."
        )
    return notes


def so_many(part: int, whole: int) -> str:
    """Begin a sentence on rows: 2 of 20 rows were."""
    return f"{count(part)} of {counted(whole, 'row')} {'was' if part == 1 else 'were'}"
