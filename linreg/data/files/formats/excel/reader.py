"""`ExcelReader` of the first sheet of a workbook (.xlsx), by calamine.

calamine is seven times as fast as openpyxl.
"""

import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from python_calamine import CalamineWorkbook, PasswordError

from linreg.data.files.cells.column_names import unique_names
from linreg.data.files.cells.convert import (
    ROUNDED,
    are_missing,
    cells_of,
    first_text,
    is_rounded_value,
)
from linreg.data.files.cells.number_syntax import EXACT_DIGITS, MAX_EXACT_INTEGER, is_missing
from linreg.data.files.formats.delimited.dialect import decimal_mark
from linreg.data.files.formats.delimited.header import judged_header
from linreg.data.files.formats.delimited.reader import HEADER_ONLY
from linreg.data.files.formats.excel import archive_checks
from linreg.data.files.reader import Chunk
from linreg.data.files.storage.source import Source
from linreg.errors import DataError
from linreg.text.lists import quoted, quoted_few
from linreg.text.numbers import counted

EXCEL_CHUNK_ROWS = 10_000

Row = list[Any]


@dataclass(frozen=True, eq=False)
class ExcelReader:
    """The reader of the first sheet of a workbook.

    `named` are notes on the header.
    """

    names: tuple[str, ...]
    named: tuple[str, ...]
    style: str
    rows: list[Row]

    @classmethod
    def of(cls, source: Source) -> Self:
        """Read the first sheet.

        Raises
        ------
        DataError
            If it is damaged, encrypted, empty, nearly empty or too large, or lacks the value of a
            formula.
        """
        with source.open() as file, archive_checks.damage_as_data_error():
            sheets, rows = _first_sheet(file.raw)
        rows = [row for row in rows if any(cell is not None for cell in row)]
        if not rows:
            raise DataError(
                f"The first sheet, “{sheets[0]}”, is empty; put the table there, or save the "
                "sheet that has it as CSV."
            )
        written = [[_header(cell) for cell in row] for row in rows[:1000]]
        headed, header_note = judged_header(written)
        if headed and len(rows) == 1:
            raise DataError(HEADER_ONLY)
        names, renamed = unique_names(written[0] if headed else [""] * len(rows[0]), header=headed)
        notes = (header_note, *renamed) if header_note else renamed
        return cls(names, notes, _style(sheets), rows[1:] if headed else rows)

    @property
    def notes(self) -> tuple[str, ...]:
        """How names were found, numbers that are rounded, and a guess of the mark."""
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
        texts = [cell for row in self.rows for cell in row if isinstance(cell, str)]
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


def _first_sheet(raw: Any) -> tuple[tuple[str, ...], list[Row]]:
    """Return the names of all sheets, and the rows of the first."""
    with zipfile.ZipFile(raw) as archive:
        archive_checks.check_size(archive)
        sheet = archive_checks.first_sheet(archive)
        reach = archive_checks.used_range(archive, sheet)
        reach.check()
        raw.seek(0)
        try:
            with CalamineWorkbook.from_filelike(raw) as workbook:
                sheets = tuple(workbook.sheet_names)
                rows = [
                    [None if is_missing(cell) else cell for cell in row]
                    for row in workbook.get_sheet_by_index(0).iter_rows()
                ]
        except PasswordError:
            raise DataError(
                "The Excel file is encrypted; open it in Excel, save it without a password, "
                "and choose it again."
            ) from None
        if reach.formulas and any(cell is None for row in rows for cell in row):
            archive_checks.check_formulas(archive, sheet)
    return sheets, rows


def _style(sheets: Sequence[str]) -> str:
    """Return a sentence on the sheets that are not read, if there are any."""
    if len(sheets) == 1:
        return ""
    others = f"{counted(len(sheets) - 1, 'other sheet')} ({quoted(sheets[1:6])})"
    return f"Read from the first sheet, “{sheets[0]}”; {others} left out."


def _header(cell: Any) -> str:
    return cells_of([cell], text=True)[0].as_py() or ""


def _is_rounded(cell: Any) -> bool:
    """Tell whether a cell is a whole number with more digits than float64, and Excel, hold."""
    if isinstance(cell, float):  # calamine has no whole numbers of this size
        return (
            abs(cell) > MAX_EXACT_INTEGER and len(repr(cell).partition("e")[0]) > EXACT_DIGITS + 1
        )
    return is_rounded_value(cell)
