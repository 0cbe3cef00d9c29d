"""Repairs that leave rows out, or change one cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from linreg.data.cleaning.repairs import lazy_columns as lazy
from linreg.data.cleaning.repairs.repair import OfColumn, Repair, divided, joined, shown
from linreg.data.files.cells.convert import first_non_number, parse_numbers
from linreg.data.files.cells.number_syntax import is_missing
from linreg.data.files.table import Table
from linreg.data.summary.summary import Summary
from linreg.errors import DataError
from linreg.model.moments import Floats
from linreg.text.numbers import count, counted, number


class LeaveMissing(OfColumn):
    """Leave out the rows without a value in a column."""

    kind = "leave-missing"

    def _table(self, table: Table) -> tuple[Table, str]:
        if self.column in table.texts:
            keep = np.asarray(lazy.texts_of(table, self.column).is_valid())
        else:
            keep = np.isfinite(lazy.numbers_of(table, self.column))
        gone = table.n - int(np.count_nonzero(keep))
        if not gone:
            raise DataError(f"Column “{self.column}” misses no value.")
        were = "is" if gone == 1 else "are"
        sentence = f"{counted(gone, 'row')} without a value in “{self.column}” {were} left out."
        return lazy.with_rows(table, keep), sentence


@dataclass(frozen=True)
class LeaveRows(Repair):
    """Leave rows out, by their numbers in the file."""

    rows: tuple[int, ...]
    kind = "leave-rows"

    @property
    def _rest(self) -> str:
        return ",".join(map(str, self.rows))

    @classmethod
    def read(cls, rest: str) -> Self:
        """Make the repair from its text form without the kind at its start."""
        return cls(tuple(map(row_number, rest.split(","))))

    def _table(self, table: Table) -> tuple[Table, str]:
        here = np.ones(table.n, dtype=bool) if table.kept is None else table.kept
        gone = sorted({row for row in self.rows if row <= len(here) and here[row - 1]})
        if not gone:
            raise DataError(f"{named_rows(self.rows)} can not be found any more.")
        keep = np.ones(len(here), dtype=bool)
        keep[np.array(gone) - 1] = False
        were = "is" if len(gone) == 1 else "are"
        return lazy.with_rows(table, keep[here]), f"{named_rows(gone)} {were} left out."


@dataclass(frozen=True)
class LeaveGroup(Repair):
    """Leave out the rows that have a certain value in a column."""

    column: str
    value: str
    kind = "leave-group"

    @property
    def _rest(self) -> str:
        return joined(self.column, self.value)

    @classmethod
    def read(cls, rest: str) -> Self:
        """Make the repair from its text form without the kind at its start."""
        return cls(*divided(rest))

    def _table(self, table: Table) -> tuple[Table, str]:
        if self.column in table.texts:
            cells = lazy.texts_of(table, self.column)
            equal = pc.fill_null(pc.equal(cells, self.value), False)
            out = equal.to_numpy()
        else:
            out = lazy.numbers_of(table, self.column) == _typed(self.value, table.decimal)
        gone = int(np.count_nonzero(out))
        if not gone:
            raise DataError(f"No row has “{self.value}” in column “{self.column}” any more.")
        return lazy.with_rows(table, ~out), self._sentence_of(gone)

    def _summary(self, summary: Summary) -> tuple[Summary, str]:
        if self.column != summary.grouped_by:
            state = f"grouped by “{summary.grouped_by}”" if summary.grouped_by else "not grouped"
            raise DataError(
                f"The rows behind this problem file are {state}, so those with “{self.value}” in "
                f"“{self.column}” can not be left out; make it again with groups of that column."
            )
        less = summary.without([self.value])
        return less, self._sentence_of(summary.groups[self.value].n)

    def _sentence_of(self, gone: int) -> str:
        were = "is" if gone == 1 else "are"
        return f"{counted(gone, 'row')} with “{self.value}” in “{self.column}” {were} left out."


@dataclass(frozen=True)
class Cell(Repair):
    """Write another text into one cell."""

    row: int
    column: str
    new: str
    kind = "cell"

    @property
    def _rest(self) -> str:
        return f"{self.row}:{joined(self.column, self.new)}"

    @classmethod
    def read(cls, rest: str) -> Self:
        """Make the repair from its text form without the kind at its start."""
        row, _, cell = rest.partition(":")
        return cls(row_number(row), *divided(cell))

    def _table(self, table: Table) -> tuple[Table, str]:
        place, was, now = self._look(table)
        if isinstance(now, float):
            changed = lazy.with_numbers(table, self.column, lambda v: _number_set(v, place, now))
            stays, no_number = _same(was, now), self._no_number(now)
            return changed, self._sentence_of(*_both(was, now), stays=stays, no_number=no_number)
        changed = lazy.with_texts(table, self.column, lambda cells: _cell_set(cells, place, now))
        return changed, self._sentence_of(_cell(was), _cell(now), stays=was == now)

    def is_idle(self, table: Table) -> bool:
        """Tell whether the cell holds this text already; raises DataError if there is no cell."""
        _, was, now = self._look(table)
        return _same(was, now) and not self._no_number(now)

    def _look(self, table: Table) -> tuple[int, Any, str | float | None]:
        """Return the place of the row, what its cell holds, and what it is to hold."""
        here = np.ones(table.n, dtype=bool) if table.kept is None else table.kept
        if self.row > len(here) or not here[self.row - 1]:
            raise DataError(f"Row {count(self.row)} is not in the table any more.")
        place = int(np.count_nonzero(here[: self.row - 1]))
        if self.column in table.texts:
            cells = lazy.texts_of(table, self.column)
            return place, cells[place].as_py(), None if is_missing(self.new) else self.new.strip()
        was = float(lazy.numbers_of(table, self.column)[place])
        return place, was, np.nan if is_missing(self.new) else _typed(self.new, table.decimal)

    def _no_number(self, now: str | float | None) -> bool:
        return isinstance(now, float) and not np.isfinite(now) and not is_missing(self.new)

    def _sentence_of(self, before: str, now: str, *, stays: bool, no_number: bool = False) -> str:
        where = f"“{self.column}” in row {count(self.row)}"
        why = f": “{self.new[:40]}” is no number" if no_number else ""
        if stays:
            return f"{where} stays {now}{why}."
        if no_number:
            return f"{where} was {before}, is {now} now{why}."
        return f"{where} is {now} instead of {before}."


def row_number(text: str) -> int:
    """Read the number of a row; raises ValueError for anything but a whole number from 1."""
    row = int(text)
    if not 1 <= row < 1 << 62:
        raise ValueError(f"{text!r} must be a whole number from 1")
    return row


def named_rows(rows: Sequence[int]) -> str:
    """Name rows in a sentence: Row 17, Rows 17 and 40, or how many and the first of them."""
    if len(rows) > 5:
        return f"{count(len(rows))} rows (the first is {count(min(rows))})"
    *most, last = map(count, rows)
    return f"Rows {', '.join(most)} and {last}" if most else f"Row {last}"


def _typed(text: str, decimal: str) -> float:
    """Return the number that a text stands for, or NaN.

    Numbers are shown with a point in every table, so a point alone is a decimal mark here, even
    where the file has it between thousands. A comma is what it is in the file.
    """
    for mark in (decimal, ".") if "," in text else (".", decimal):
        cells = pa.array([text])
        if first_non_number(cells, mark) < 0:
            value = float(parse_numbers(cells, mark)[0])
            return value if np.isfinite(value) else np.nan
    return np.nan


def _cell_set(cells: Any, place: int, cell: str | None) -> Any:
    """Put another text into one cell."""
    new = pa.array([cell], cells.type)
    parts = [*cells[:place].chunks, new, *cells[place + 1 :].chunks]
    return pa.chunked_array(parts, cells.type)


def _cell(text: str | None) -> str:
    return "missing" if text is None else f"“{text[:40]}”"


def _number_set(values: Floats, place: int, new: float) -> Floats:
    """Put another number into one cell."""
    changed = values.copy()
    changed[place] = new
    return changed


def _same(was: object, now: object) -> bool:
    """Tell whether two contents of a cell are one; missing numbers are."""
    if isinstance(was, float) and isinstance(now, float):
        return was == now or not (np.isfinite(was) or np.isfinite(now))
    return was == now


def _both(was: float, now: float) -> tuple[str, str]:
    """Write two numbers, with all digits where they differ by later ones only."""
    write = number if number(was) != number(now) else shown
    before, after = (write(v) if np.isfinite(v) else _cell(None) for v in (was, now))
    return before, after


ROW_REPAIRS = (LeaveMissing, LeaveRows, LeaveGroup, Cell)
