"""`SheetTable`, the table in the rows of a sheet, without titles above it and notes below."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Self

from linreg.data.files.cells.column_names import judged_header
from linreg.data.files.cells.convert import written
from linreg.data.files.cells.number_syntax import is_number
from linreg.data.files.formats.delimited.layout.above import count_wide_titles
from linreg.data.files.formats.delimited.layout.body import end_of_table
from linreg.text.lists import quoted
from linreg.text.numbers import counted

MAX_JUDGED_ROWS = 1000  # that tell whether the first one is a header, and what the columns hold
MAX_ROWS_ABOVE = 500  # of titles and other text
MIN_ROWS_BELOW_UNITS = 2
MAX_QUOTED_ROWS, MAX_ROW_CHARACTERS = 2, 40  # of rows passed over, in a note
MIN_TEXT_COLUMNS, MIN_TEXT_ROWS = 3, 5  # of a table without numbers; cover sheets have fewer
QUANTITY = re.compile(r"[^\w\s]{0,2} ?[\d.,]*\d ?\S{0,4}")  # a number, with a unit perhaps

Row = list[Any]


@dataclass(frozen=True, eq=False)
class SheetTable:
    """The table in a sheet.

    Attributes
    ----------
    rows : list of list
        Without blank rows; None for an empty cell, NaN where a row has nothing but words for
        missing values. The first one is the header if `headed`.
    headed : bool
        Whether the first row has the names of the columns.
    notes : tuple of str
        What was passed over, and whether the header is a guess.
    """

    rows: list[Row]
    headed: bool
    notes: tuple[str, ...]

    @classmethod
    def of(cls, sheet: Sequence[Row]) -> Self:
        """Find the table in the rows of a sheet, blank ones among them."""
        places = [i for i, row in enumerate(sheet) if any(cell is not None for cell in row)]
        while places and not any(map(_is_there, sheet[places[0]])):
            places.pop(0)
        rows = [sheet[i] for i in places]
        if not rows:
            return cls([], False, ())
        above = _rows_above(rows, places)
        below = _rows_below(rows[above:], places[above:])
        notes = [
            _passed_over(rows[:above], "above"),
            _passed_over(rows[len(rows) - below :], "below"),
        ]
        table = rows[above : len(rows) - below]
        if above or below:
            kept = [j for j in range(len(table[0])) if any(row[j] is not None for row in table)]
            table = [[row[j] for j in kept] for row in table]
        headed, note = judged_header(written(table[:MAX_JUDGED_ROWS]))
        if headed and len(table) > 1 and _has_units(table):
            notes.append(_passed_over(table[1:2], "below the header of"))
            table = [table[0], *table[2:]]
        return cls(table, headed, tuple(filter(None, (*notes, note))))

    @property
    def is_table(self) -> bool:
        """Whether there is a column mostly of numbers or quantities, or a large table of text."""
        below = self.rows[1 if self.headed else 0 :][:MAX_JUDGED_ROWS]
        if not below:
            return False
        columns = [[*filter(_is_there, column)] for column in zip(*below, strict=True)]
        if any(2 * sum(map(_is_quantity, cells)) > len(cells) for cells in columns if cells):
            return True
        cells = sum(map(len, columns))
        return (
            len(columns) >= MIN_TEXT_COLUMNS
            and len(below) >= MIN_TEXT_ROWS
            and 10 * cells > 9 * len(below) * len(columns)
        )


def _filled(row: Row) -> int:
    return sum(cell is not None for cell in row)


def _rows_above(rows: Sequence[Row], places: Sequence[int]) -> int:
    """Count the rows above a table: titles, which have fewer cells than its header, or as many.

    `places` are the rows of the sheet that they stand in.
    """
    above = _shorter_rows_above(rows)
    head = written(rows[above : above + MAX_JUDGED_ROWS])
    pairs = enumerate(pairwise(places[above : above + len(head)]), start=1)
    return above + count_wide_titles(head, {k for k, (a, b) in pairs if b > a + 1})


def _shorter_rows_above(rows: Sequence[Row]) -> int:
    """Count the rows above a table: with fewer cells than its header, which numbers follow."""
    head = rows[:MAX_JUDGED_ROWS]
    width = max(map(_filled, head))
    full = next(k for k, row in enumerate(head) if _filled(row) == width)
    if width < 2 or full > MAX_ROWS_ABOVE:
        return 0
    if not all(isinstance(cell, str | None) for cell in head[full]):  # the header lacks a name
        full = next(k for k, row in enumerate(head) if _filled(row) >= width - 1)
    is_header = _has_numbers(head[full + 1 :]) and judged_header(written(head[full:]))[0]
    return full if full and is_header else 0


def _has_numbers(rows: Sequence[Row]) -> bool:
    columns = ([*filter(_is_there, column)] for column in zip(*rows, strict=True))
    return any(bool(cells) and all(map(_is_quantity, cells)) for cells in columns)


def _has_units(table: Sequence[Row]) -> bool:
    """Tell whether the row below the header is text, and what stands below it numbers."""
    _, units, *below = table[:MAX_JUDGED_ROWS]
    if len(below) < MIN_ROWS_BELOW_UNITS or not all(isinstance(c, str | None) for c in units):
        return False
    columns = [column for column in zip(units, *below, strict=True) if column[0] is not None]
    return bool(columns) and all(
        not _is_quantity(unit) and all(c is None or isinstance(c, int | float) for c in cells)
        for unit, *cells in columns
    )


def _rows_below(table: Sequence[Row], places: Sequence[int]) -> int:
    """Count the rows below a table: texts alone in their rows, and what a CSV file has there.

    `places` are the rows of the sheet that the rows of the table stand in.
    """
    if max(map(_filled, table[:MAX_JUDGED_ROWS])) < 2:
        return 0
    alone = _texts_alone_below(table, places)
    first = max(len(table) - alone - MAX_JUDGED_ROWS, 0)
    rows = table[first : len(table) - alone]
    used = [j for j in range(len(rows[0])) if any(row[j] is not None for row in rows)]
    cells = written([[row[j] for j in used] for row in rows])
    pairs = enumerate(pairwise(places[first : first + len(rows)]), start=1)
    after_blank = {k for k, (a, b) in pairs if b > a + 1}
    end = end_of_table(cells, len(used), after_blank, is_all=not first)
    return alone + len(rows) - end


def _texts_alone_below(table: Sequence[Row], places: Sequence[int]) -> int:
    """Count the rows at the end with nothing but a text, below numbers or a blank row."""
    below = 0
    for k in range(len(table) - 1, 1, -1):
        row = table[k]
        place = next(j for j, cell in enumerate(row) if cell is not None)
        if _filled(row) > 1 or not isinstance(row[place], str) or is_number(row[place]):
            break
        column = [other[place] for other in table[1:k] if _filled(other) > 1]
        is_in_numbers = bool(column) and all(map(_is_quantity, filter(_is_there, column)))
        if is_in_numbers or places[k] > places[k - 1] + 1:
            below = len(table) - k
    return below


def _is_there(cell: Any) -> bool:
    """Tell whether a cell has a value: None and NaN are missing ones."""
    return cell is not None and cell == cell


def _is_quantity(cell: Any) -> bool:
    return isinstance(cell, int | float) or bool(QUANTITY.fullmatch(str(cell)))


def _passed_over(rows: Sequence[Row], where: str) -> str:
    if not rows:
        return ""
    texts = [" ".join(filter(None, row))[:MAX_ROW_CHARACTERS] for row in written(rows)]
    some = quoted(texts) if len(texts) <= MAX_QUOTED_ROWS else f"“{texts[0]}” and others"
    which = "The row" if len(rows) == 1 else counted(len(rows), "row")
    were = "was" if len(rows) == 1 else "were"
    return f"{which} {where} the table {were} passed over: {some}."
