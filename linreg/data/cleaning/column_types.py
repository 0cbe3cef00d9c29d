"""Types of columns: numbers of some kind, text, dates, or names for the rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import numpy as np
import pyarrow.compute as pc  # type: ignore[import-untyped]

from linreg.data.cleaning.column_statistics import (
    ColumnStatistics,
    once_per_column,
    statistics_of,
)
from linreg.data.cleaning.repairs.column_repairs import MAX_INDICATOR_VALUES, Blank, Days, Numbers
from linreg.data.cleaning.repairs.dates import looks_like_dates
from linreg.data.cleaning.repairs.lazy_columns import texts_of
from linreg.data.cleaning.repairs.quantities import known_at_first, unit_among
from linreg.data.cleaning.repairs.value_counts import value_counts
from linreg.data.files.cells.convert import are_numbers
from linreg.data.files.table import Table
from linreg.errors import DataError
from linreg.model.moments import Floats

Kind = Literal["number", "whole number", "0/1", "text", "date", "identifier", "empty"]
Flaw = Literal["mostly missing", "constant", "identifier"]

FEWEST_ROWS = 10  # in fewer rows, that all values differ says nothing
HEAD_CELLS = 1 << 14  # among which a text is looked for that comes twice
NAMES = re.compile(
    r"(?i:(.*[\s_.-])?(id|ids|idx|index|uuid|guid|key|rowid|row|nr|#)|unnamed: \d+)|.*[a-z]I[dD]"
)


@once_per_column
def kind_of(table: Table, name: str) -> Kind:
    """Judge a column by its values, and by its name where that says it only names the rows."""
    if name in table.text:
        return _kind_of_text(table, name)
    statistics = statistics_of(table, name)
    if not statistics.n:
        return "empty"
    if not statistics.whole:
        return "number"
    if is_switch(statistics):
        return "0/1"
    if NAMES.fullmatch(name) or counts_rows(table.columns[name], statistics):
        return "identifier"
    return "whole number"


def _kind_of_text(table: Table, name: str) -> Kind:
    cells = texts_of(table, name)
    there = len(cells) - cells.null_count
    if not there:
        return "empty"
    reading = reading_of(table, name)
    if isinstance(reading, Days):
        return "date"
    head = cells[:HEAD_CELLS].drop_null()
    if there < FEWEST_ROWS or pc.count_distinct(head).as_py() < len(head):
        return "text"
    if pc.count_distinct(cells, mode="only_valid").as_py() < there:
        return "text"
    return "text" if isinstance(reading, Numbers) else "identifier"


@once_per_column
def reading_of(table: Table, name: str) -> Days | Blank | Numbers | None:
    """Return the repair that reads a column of text as numbers, by its first cells.

    Returns
    -------
    Days, Blank, Numbers or None
        For dates, for numbers among which some cells are none, for numbers with a unit; None for
        any other text.
    """
    cells = texts_of(table, name)
    if looks_like_dates(cells):
        return Days(name)
    head = known_at_first(cells)
    if (pc.sum(are_numbers(head, table.decimal)).as_py() or 0) > len(head) / 2:
        return Blank(name)
    unit = unit_among(cells, table.decimal)
    return Numbers(name, unit) if unit else None


def can_be_numbers(table: Table, name: str) -> bool:
    """Tell whether a repair can put numbers in the place of a column of text."""
    cells = texts_of(table, name)
    if len(cells) - cells.null_count < table.n / 2:
        return False
    if reading := reading_of(table, name):
        try:
            reading.do(table)
        except DataError:
            return False
        return True
    if kind_of(table, name) == "identifier":
        return False
    counts = value_counts(table, name, MAX_INDICATOR_VALUES)
    return counts is not None and len(counts) > 1


def flaw_of(table: Table, name: str) -> Flaw | None:
    """Return why a column of numbers explains nothing, None where it may explain something."""
    statistics = statistics_of(table, name)
    if statistics.n < table.n / 2:
        return "mostly missing"
    if not statistics.varies:
        return "constant"
    return "identifier" if kind_of(table, name) == "identifier" else None


def copies_of(table: Table, names: Iterable[str]) -> dict[str, str]:
    """Name the columns of numbers that are the same in every row as one before them: that one."""
    copies, first = {}, dict[ColumnStatistics, str]()
    for name in names:
        if not (statistics := statistics_of(table, name)).varies:
            continue
        other = first.setdefault(statistics, name)
        if other != name and np.array_equal(
            table.columns[name], table.columns[other], equal_nan=True
        ):
            copies[name] = other
    return copies


def is_switch(statistics: ColumnStatistics) -> bool:
    """Tell whether the numbers of a column are 0 and 1, both of them and no others."""
    return statistics.whole and (statistics.least, statistics.greatest) == (0, 1)


def counts_rows(values: Floats, statistics: ColumnStatistics) -> bool:
    """Tell whether a column is 1, 2, 3 … or 0, 1, 2 …, each once, in any order."""
    n = len(values)
    if statistics.missing or not statistics.whole or n < FEWEST_ROWS:
        return False
    if statistics.least not in (0, 1) or statistics.greatest - statistics.least != n - 1:
        return False
    seen = np.zeros(n, dtype=bool)
    seen[(values - statistics.least).astype(np.int64)] = True
    return bool(seen.all())
