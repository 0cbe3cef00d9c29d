"""Types of columns: text, dates, identifiers of the rows, or numbers of some kind."""

from typing import Literal

import pyarrow.compute as pc  # type: ignore[import-untyped]

from linreg.data.cleaning.column_statistics import (
    MIN_DISTINCT_ROWS,
    NumberKind,
    number_kind_of,
    once_per_column,
)
from linreg.data.cleaning.repairs.column_repairs import Blank, Days, Negatives, Numbers
from linreg.data.cleaning.repairs.dates import are_dates, looks_like_dates
from linreg.data.cleaning.repairs.lazy_columns import texts_of
from linreg.data.cleaning.repairs.quantities import known_at_first, signed_numbers, unit_among
from linreg.data.cleaning.repairs.value_counts import MAX_INDICATOR_VALUES, value_counts
from linreg.data.files.cells.convert import are_numbers
from linreg.data.files.table import Table

Kind = NumberKind | Literal["text", "date"]

DUPLICATE_SEARCH_CELLS = 1 << 14  # among which a text is looked for that comes twice


@once_per_column
def kind_of(table: Table, name: str) -> Kind:
    """Return the type of a column, by its values and its name."""
    if name in table.texts:
        return _kind_of_text(table, name)
    return number_kind_of(table, name)


def _kind_of_text(table: Table, name: str) -> Kind:
    cells = texts_of(table, name)
    there = len(cells) - cells.null_count
    if not there:
        return "empty"
    reading = reading_of(table, name)
    if isinstance(reading, Days):
        return "date"
    head = cells[:DUPLICATE_SEARCH_CELLS].drop_null()
    if there < MIN_DISTINCT_ROWS or pc.count_distinct(head).as_py() < len(head):
        return "text"
    if pc.count_distinct(cells, mode="only_valid").as_py() < there:
        return "text"
    return "text" if isinstance(reading, Negatives | Numbers) else "identifier"


@once_per_column
def reading_of(table: Table, name: str) -> Days | Blank | Negatives | Numbers | None:
    """Return the repair that reads a column of text as numbers, by its first cells.

    Returns
    -------
    Days, Blank, Negatives, Numbers or None
        `Days` for dates, `Blank` for numbers some cells of which are none, `Negatives` for numbers
        as accounts write them, `Numbers` for numbers with a unit; None for any other text.
    """
    cells = texts_of(table, name)
    if looks_like_dates(cells):
        return Days(name)
    head = known_at_first(cells)
    signed, _ = signed_numbers(head, table.decimal)
    are_most = len(head) - signed.null_count > len(head) / 2
    if are_most and pc.any(pc.not_equal(signed, head)).as_py():
        return Negatives(name)
    if (pc.sum(are_numbers(head, table.decimal)).as_py() or 0) > len(head) / 2:
        return Blank(name)
    unit = unit_among(cells, table.decimal)
    return Numbers(name, unit) if unit else None


@once_per_column
def can_be_numbers(table: Table, name: str) -> bool:
    """Tell whether a repair can put numbers in the place of a column of text."""
    cells = texts_of(table, name)
    if len(cells) - cells.null_count < table.n / 2:
        return False
    if reading := reading_of(table, name):  # that of numbers is done as soon as there is one
        return not isinstance(reading, Days) or are_dates(cells)
    if kind_of(table, name) == "identifier":
        return False
    counts = value_counts(table, name, MAX_INDICATOR_VALUES)
    return counts is not None and len(counts) > 1
