"""Repairs that change, add or take away columns."""

from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Self

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from linreg.data.cleaning.column_statistics import column_statistics
from linreg.data.cleaning.repairs import lazy_columns as lazy
from linreg.data.cleaning.repairs.dates import read_dates
from linreg.data.cleaning.repairs.quantities import bare_numbers, signed_numbers
from linreg.data.cleaning.repairs.repair import OfColumn, Repair, divided, joined, shown
from linreg.data.cleaning.repairs.value_counts import MAX_INDICATOR_VALUES, value_counts
from linreg.data.files.cells.convert import are_numbers, first_non_number
from linreg.data.files.table import Table
from linreg.data.summary.summary import Summary
from linreg.errors import DataError
from linreg.model.moments import Floats, Moments
from linreg.model.scaling import varying_columns
from linreg.text.lists import quoted
from linreg.text.numbers import count, counted, exactly, number

STANDARD = "standard deviations"


class Fill(OfColumn):
    """Fill missing values with the mean of the column."""

    kind = "fill"

    def _table(self, table: Table) -> tuple[Table, str]:
        statistics = column_statistics(lazy.numbers_of(table, self.column))
        if not statistics.missing:
            raise DataError(f"Column “{self.column}” misses no value.")
        if not statistics.n:
            raise DataError(f"Column “{self.column}” has no number to take the mean of.")
        mean = statistics.mean

        def filled(values: Floats) -> Floats:
            return np.where(np.isfinite(values), values, mean)

        shrinks = 1 - np.sqrt(statistics.n / (statistics.n + statistics.missing))
        return lazy.with_numbers(table, self.column, filled), (
            f"“{self.column}”: {counted(statistics.missing, 'missing value')} filled with the mean "
            f"{number(mean)}. That keeps the rows, but the standard deviation of the column "
            f"shrinks by {number(100 * shrinks, 2)} %, as the filled values do not vary."
        )


class LeaveOut(OfColumn):
    """Leave a column out."""

    kind = "leave-out"

    def _table(self, table: Table) -> tuple[Table, str]:
        if self.column not in (*table.columns, *table.text):
            raise lazy.MissingColumn(self.column)
        if len(table.columns) == 1 and self.column in table.columns:
            raise DataError(f"“{self.column}” is the last column of numbers; it stays.")
        return lazy.without_columns(table, {self.column}), f"Column “{self.column}” is left out."

    def _summary(self, summary: Summary) -> tuple[Summary, str]:
        names = tuple(name for name in summary.columns if name != self.column)
        if len(names) == len(summary.columns):
            raise lazy.MissingColumn(self.column)
        if len(names) < 2:
            raise DataError(f"“{self.column}” stays: a target and a feature are needed.")
        at = [summary.columns.index(name) for name in names]
        target = summary.target if summary.target in names else names[-1]
        features = [name for name in summary.features if name not in (self.column, target)]
        less = replace(
            summary,
            columns=names,
            groups={key: m.select(at[:-1], at[-1]) for key, m in summary.groups.items()},
            sample=replace(summary.sample, values=summary.sample.values[:, at]),
            target=target,
            features=tuple(features) or (next(name for name in names if name != target),),
            units={name: unit for name, unit in summary.units.items() if name in names},
        )
        return less, f"Column “{self.column}” is left out."


class Standardise(OfColumn):
    """Measure a column from its mean, in standard deviations (divisor n)."""

    kind = "standardise"

    def _table(self, table: Table) -> tuple[Table, str]:
        statistics = column_statistics(lazy.numbers_of(table, self.column))
        mean, deviation = statistics.mean, statistics.deviation
        sentence = self._sentence_of(mean, deviation, varies=statistics.varies)

        def standard(values: Floats) -> Floats:
            return (values - mean) / deviation

        return lazy.with_numbers(table, self.column, standard), sentence

    def _summary(self, summary: Summary) -> tuple[Summary, str]:
        if self.column not in summary.columns:
            raise lazy.MissingColumn(self.column)
        at = summary.columns.index(self.column)
        total = summary.total
        mean = float(total.mean[at])
        deviation = float(np.hypot.reduce(total.K[:, at]) / np.sqrt(total.n))
        sentence = self._sentence_of(mean, deviation, varies=bool(varying_columns(total)[at]))

        def standard(moments: Moments) -> Moments:
            means, K, tail = moments.mean.copy(), moments.K.copy(), moments.mean_tail.copy()
            means[at] = (means[at] - mean + tail[at]) / deviation
            tail[at] = 0
            K[:, at] /= deviation
            return Moments(moments.n, means, K, tail)

        values = summary.sample.values.copy()
        values[:, at] = (values[:, at] - mean) / deviation
        return replace(
            summary,
            groups={name: standard(moments) for name, moments in summary.groups.items()},
            sample=replace(summary.sample, values=values),
            units={**summary.units, self.column: STANDARD},
        ), sentence

    def _sentence_of(self, mean: float, deviation: float, *, varies: bool) -> str:
        if not varies:
            raise DataError(
                f"Column “{self.column}” does not vary by more than rounding, so it has no scale."
            )
        return (
            f"“{self.column}” is standardised: {number(mean)} was subtracted, and the rest divided "
            f"by {number(deviation)}. Its weight, divided by {number(deviation)}, is the one in "
            "the column's own unit."
        )


class Indicators(OfColumn):
    """Put a 0/1 column for each value but the first in the place of a column with few values."""

    kind = "indicators"

    def _table(self, table: Table) -> tuple[Table, str]:
        if self.column not in (*table.columns, *table.text):
            raise lazy.MissingColumn(self.column)
        counts = value_counts(table, self.column, MAX_INDICATOR_VALUES)
        if counts is None:
            raise DataError(
                f"Column “{self.column}” has more than {MAX_INDICATOR_VALUES} different values, "
                "too many for 0/1 columns; leave it out, or group its values in the file."
            )
        values = list(counts)
        if len(values) < 2:
            raise DataError(f"Column “{self.column}” has no two different values.")
        made = {
            f"{self.column} = {shown(value)}": partial(_indicator, value=value)
            for value in values[1:]
        }
        for name in made:
            if name in table.columns or name in table.texts:
                raise DataError(f"There would be two columns “{name}”; leave one out first.")
        return lazy.into_numbers(table, self.column, made), (
            f"“{self.column}” becomes {quoted(list(made))}: 1 where it is so, else 0. "
            f"“{shown(values[0])}” has no column: it is where all are 0, and the weights are "
            "differences from it."
        )


class Days(OfColumn):
    """Read a column of dates as days since the first one."""

    kind = "days"

    def _table(self, table: Table) -> tuple[Table, str]:
        name, rows = self.column, table.rows
        dates = read_dates(lazy.texts_of(table, name), name, rows)
        note = f", {dates.note}" if dates.note else ""
        return lazy.into_numbers(table, name, {name: lambda c: read_dates(c, name, rows).days}), (
            f"“{name}” counts the days since {dates.first.isoformat()}, the first date{note}."
        )


class Blank(OfColumn):
    """Treat cells that are no numbers as missing values."""

    kind = "blank"

    def _table(self, table: Table) -> tuple[Table, str]:
        cells, decimal = lazy.texts_of(table, self.column), table.decimal
        place = first_non_number(cells, decimal)
        right = pc.sum(are_numbers(cells, decimal)).as_py()
        if not right:
            raise DataError(f"Column “{self.column}” has no number in any row.")
        gone = len(cells) - cells.null_count - right
        made = {self.column: partial(_blanked, decimal=decimal)}
        sentence = _as_missing(gone, "without a number", _cell_of(table, cells, place))
        return lazy.into_numbers(table, self.column, made), f"“{self.column}”: {sentence}"


class Negatives(OfColumn):
    """Read numbers in parentheses, or with the minus behind, as negative; the rest is missing."""

    kind = "negatives"

    def _table(self, table: Table) -> tuple[Table, str]:
        cells = lazy.texts_of(table, self.column)
        signed, decimal = signed_numbers(cells, table.decimal)
        turned = np.asarray(pc.fill_null(pc.not_equal(signed, cells), False))
        if not turned.any():
            raise DataError(
                f"Column “{self.column}” has no number in parentheses or with the minus behind."
            )
        first = int(turned.argmax())
        value = lazy.as_numbers(signed[first : first + 1], decimal)[0]
        sentence = (
            f"“{self.column}”: {counted(int(turned.sum()), 'number')} in parentheses, or with the "
            f"minus behind, {'is' if turned.sum() == 1 else 'are'} read as negative: "
            f"{_cell_of(table, cells, first)} is {exactly(value)}."
        )
        wrong = np.asarray(cells.is_valid()) & ~np.asarray(signed.is_valid())
        if gone := int(np.count_nonzero(wrong)):
            other = _cell_of(table, cells, int(wrong.argmax()))
            sentence += f" {_as_missing(gone, 'without a number', other)}"
        reading = partial(_signed, decimal=decimal)
        return lazy.into_numbers(table, self.column, {self.column: reading}), sentence


@dataclass(frozen=True)
class Numbers(Repair):
    """Read the numbers of a column that are written with a unit; the rest is missing."""

    column: str
    unit: str
    kind = "numbers"

    @property
    def _rest(self) -> str:
        return joined(self.column, self.unit)

    @classmethod
    def read(cls, rest: str) -> Self:
        """Make the repair from its text form without the kind at its start."""
        column, unit = divided(rest)
        if not unit:
            raise ValueError(f"{rest!r} must end with a unit")
        return cls(column, unit)

    def _table(self, table: Table) -> tuple[Table, str]:
        cells = lazy.texts_of(table, self.column)
        bare, decimal = bare_numbers(cells, self.unit, table.decimal)
        right = np.asarray(bare.is_valid())
        if not right.any():
            raise DataError(
                f"Column “{self.column}” has no number with the unit “{self.unit}” in any row."
            )
        first = int(right.argmax())
        value = lazy.as_numbers(bare[first : first + 1], decimal)[0]
        sentence = (
            f"“{self.column}” is read as numbers with the unit “{self.unit}”: "
            f"{_cell_of(table, cells, first)} is {exactly(value)}."
        )
        wrong = np.asarray(cells.is_valid()) & ~right
        if gone := int(np.count_nonzero(wrong)):
            other = _cell_of(table, cells, int(wrong.argmax()))
            sentence += f" {_as_missing(gone, 'without such a number', other)}"
        reading = partial(_read, unit=self.unit, decimal=decimal)
        return lazy.into_numbers(table, self.column, {self.column: reading}), sentence


def _as_missing(gone: int, which: str, first: str) -> str:
    counts = "counts" if gone == 1 else "count"
    return f"{counted(gone, 'cell')} {which} {counts} as missing (first {first})."


def _cell_of(table: Table, cells: Any, place: int) -> str:
    return f"“{cells[place].as_py()[:40]}” in row {count(int(table.rows[place]))}"


def _read(cells: Any, unit: str, decimal: str) -> Floats:
    """Return the numbers that have the unit, NaN in place of all others."""
    return lazy.as_numbers(*bare_numbers(cells, unit, decimal))


def _signed(cells: Any, decimal: str) -> Floats:
    """Return the numbers with their signs, NaN in place of all others."""
    return lazy.as_numbers(*signed_numbers(cells, decimal))


def _indicator(cells: Any, value: str | float) -> Floats:
    """Return 1 where a cell is the value, 0 where it is another, NaN where it is missing."""
    if isinstance(cells, np.ndarray):
        return np.where(np.isfinite(cells), cells == value, np.nan)
    ones = pc.cast(pc.equal(cells, value), pa.int8()).cast(pa.float64())
    return np.array(ones.to_numpy(), dtype=float)


def _blanked(cells: Any, decimal: str) -> Floats:
    """Return the numbers among the cells, NaN in place of all others."""
    right = pc.if_else(are_numbers(cells, decimal), cells, pa.scalar(None, cells.type))
    return lazy.as_numbers(right, decimal)


COLUMN_REPAIRS = (Fill, LeaveOut, Standardise, Indicators, Days, Blank, Negatives, Numbers)
