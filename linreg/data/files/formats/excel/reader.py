"""`ExcelReader` of the first visible sheet of a workbook (.xlsx) with a table, by calamine.

calamine is seven times as fast as openpyxl.
"""

import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import nan
from typing import Any, Self

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from linreg.data.files.cells.column_names import unique_names
from linreg.data.files.cells.convert import (
    ROUNDED,
    are_missing,
    cells_of,
    first_text,
    is_rounded_value,
    written,
)
from linreg.data.files.cells.number_syntax import EXACT_DIGITS, decimal_mark, is_missing
from linreg.data.files.formats.delimited.reader import HEADER_ONLY
from linreg.data.files.formats.excel import archive_checks
from linreg.data.files.formats.excel.sheet_table import Row, SheetTable
from linreg.data.files.reader import Chunk
from linreg.data.files.storage.source import Source
from linreg.errors import DataError
from linreg.text.lists import quoted, quoted_few
from linreg.text.numbers import counted, is_too_long

EXCEL_CHUNK_ROWS = 10_000


@dataclass(frozen=True, eq=False)
class ExcelReader:
    """The reader of the first sheet of a workbook.

    `named` are notes on the header, and on what was passed over.
    """

    names: tuple[str, ...]
    named: tuple[str, ...]
    style: str
    rows: list[Row]

    @classmethod
    def of(cls, source: Source) -> Self:
        """Read the first visible sheet that holds a table.

        Raises
        ------
        DataError
            If it is damaged, encrypted, empty, nearly empty or too large, or lacks the value of a
            formula.
        """
        with source.open() as file, archive_checks.damage_as_data_error():
            style, table = _chosen_sheet(file.raw)
        given = written(table.rows[:1])[0] if table.headed else [""] * len(table.rows[0])
        names, renamed = unique_names(given, header=table.headed)
        rows = table.rows[1:] if table.headed else table.rows
        return cls(names, (*table.notes, *renamed), style, rows)

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes on names, on numbers that are rounded, and on a guess of the decimal mark."""
        large = [
            name
            for j, (name, numeric) in enumerate(zip(self.names, self.numeric, strict=True))
            if numeric and any(_is_rounded(row[j]) for row in self.rows)
        ]
        rounded = ROUNDED.format(names=quoted_few(large)) if large else ""
        return (*self.named, *filter(None, [rounded, self._mark[1]]))

    @property
    def decimal(self) -> str:
        """The decimal mark of numbers that are stored as text."""
        return self._mark[0]

    @cached_property
    def _mark(self) -> tuple[str, str]:
        columns = zip(*self.rows, strict=True)
        texts = ([cell for cell in column if isinstance(cell, str)] for column in columns)
        decimal, note, _ = decimal_mark(texts, "")
        return decimal, note

    @cached_property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers, judged by the first rows."""
        first = next(self.chunks()).cells.values()
        return tuple(not are_missing(c) and first_text(c, self.decimal) is None for c in first)

    def chunks(self, as_text: Collection[str] = (), *, only: bool = False) -> Iterator[Chunk]:
        """Yield all rows from the start, columns `as_text` as strings; `only` those if asked."""
        wanted = [(j, n) for j, n in enumerate(self.names) if n in as_text or not only]
        for at in range(0, len(self.rows), EXCEL_CHUNK_ROWS):
            rows = self.rows[at : at + EXCEL_CHUNK_ROWS]
            cells = {
                name: cells_of([row[j] for row in rows], self.decimal, text=name in as_text)
                for j, name in wanted
            }
            yield Chunk(len(rows), cells, (at + len(rows)) / len(self.rows))


def _chosen_sheet(raw: Any) -> tuple[str, SheetTable]:
    """Return the first visible sheet that holds a table, and a sentence on the others."""
    with zipfile.ZipFile(raw) as archive:
        archive_checks.check_size(archive)
        raw.seek(0)
        try:
            with CalamineWorkbook.from_filelike(raw) as workbook:
                return _choose(archive, workbook)
        except PasswordError:
            raise DataError(
                "The Excel file is encrypted; open it in Excel, save it without a password, "
                "and choose it again."
            ) from None


def _choose(archive: zipfile.ZipFile, workbook: CalamineWorkbook) -> tuple[str, SheetTable]:
    sheets = workbook.sheets_metadata
    visible = [k for k, sheet in enumerate(sheets) if sheet.visible == SheetVisibleEnum.Visible]
    places = [k for k in visible or range(len(sheets)) if sheets[k].typ == SheetTypeEnum.WorkSheet]
    found: dict[int, SheetTable] = {}
    for place in places:
        found[place] = SheetTable.of(_rows(archive, workbook, place))
        if found[place].is_table:
            break
    else:  # perhaps one can be repaired
        place = next((k for k, sheet in found.items() if len(sheet.rows) > sheet.headed), -1)
    if place < 0:
        raise _no_table(sheets, found)
    others = [sheet.name for k, sheet in enumerate(sheets) if k != place]
    if not others:
        return "", found[place]
    which = "first sheet"
    if place:
        which = "first sheet with a table" if places[0] != place else "first sheet that is visible"
    left = f"{counted(len(others), 'other sheet')} ({quoted(others[:5])}) left out"
    return f"Read from the {which}, “{sheets[place].name}”; {left}.", found[place]


def _rows(archive: zipfile.ZipFile, workbook: CalamineWorkbook, place: int) -> list[Row]:
    """Return the rows of a sheet after the checks on it."""
    name = workbook.sheet_names[place]
    called = f"sheet “{name}”" if place else f"first sheet, “{name}”,"
    part = archive_checks.sheet_part(archive, place, name)
    used = archive_checks.used_range(archive, part)
    used.check(called)
    sheet = workbook.get_sheet_by_index(place)
    rows = [*map(_present, sheet.iter_rows())]
    if used.formulas and any(cell is None for row in rows for cell in row):
        archive_checks.check_formulas(archive, part, called)
    return rows


def _present(row: Row) -> Row:
    """Return a row with None for missing cells; NaN for words in a row with nothing else.

    Such a row is not blank: all its values are missing.
    """
    cells = [None if is_missing(cell) else cell for cell in row]
    if any(cell is not None for cell in cells):
        return cells
    return [nan if isinstance(cell, str) and cell.strip() else None for cell in row]


def _no_table(sheets: Sequence[Any], found: Mapping[int, SheetTable]) -> DataError:
    """Say why no sheet can be read: the only one is empty, or none of several is a table."""
    if not sheets:
        return DataError(archive_checks.DAMAGED_WORKBOOK)
    if len(sheets) > 1 or not found:
        names = quoted_few([sheet.name for sheet in sheets])
        return DataError(
            f"No visible sheet holds a table (the sheets are {names}); put a header and rows of "
            "numbers on one, or save the sheet that has them as CSV."
        )
    if any(sheet.rows for sheet in found.values()):
        return DataError(HEADER_ONLY)
    return DataError(
        f"The first sheet, “{sheets[0].name}”, is empty; put the table there, or save the sheet "
        "that has it as CSV."
    )


def _is_rounded(cell: Any) -> bool:
    """Tell whether a cell is a whole number with more digits than float64, and Excel, hold."""
    if isinstance(cell, float):  # calamine has no whole numbers of this size
        return is_too_long(cell) and len(repr(cell).partition("e")[0]) > EXACT_DIGITS + 1
    return is_rounded_value(cell)
