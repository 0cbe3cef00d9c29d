"""Rows of a text with too many or too few fields, found line by line."""

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from linreg.data.files.cells.number_syntax import is_missing, is_number
from linreg.data.files.formats.delimited.dialect import Dialect
from linreg.data.files.formats.delimited.encoding import Utf8Stream
from linreg.data.files.formats.delimited.rows import BLANKS, Record, records
from linreg.errors import DataError
from linreg.text.numbers import count, counted


class RaggedRow(NamedTuple):
    """A row of another width: its number from 1, its fields, and whether it is the last row."""

    row: int
    fields: int
    last: bool


def count_delimiters(text: Utf8Stream, delimiter: str) -> int:
    """Count the delimiters outside quotes; −1 if a quote opens in the middle of a cell."""
    mark = ord(delimiter)
    before_a_quote = [*b'\n\r "', mark]
    total, inside, before = 0, False, ord("\n")
    for piece in text:
        block = np.frombuffer(piece, np.uint8)
        if not inside and b'"' not in piece:
            total += int(np.count_nonzero(block == mark))
        else:
            quotes = block == ord('"')
            crossed = np.logical_xor.accumulate(quotes) ^ inside
            ahead = np.concatenate([[before], block[:-1]])
            if not np.isin(ahead[quotes & crossed], before_a_quote).all():
                return -1
            total += int(np.count_nonzero((block == mark) & ~crossed))
            inside = bool(crossed[-1])
        before = piece[-1]
    return total


def is_rectangular(text: Utf8Stream, dialect: Dialect) -> bool:
    """Tell whether each line is a row of full width: no quote, no blank line, none short."""
    lines = marks = 0
    last = b"\n"
    for block in text:
        if b'"' in block:
            return False
        bytes_ = np.frombuffer(block, np.uint8)
        marks += int(np.count_nonzero(bytes_ == ord(dialect.delimiter)))
        lines += int(np.count_nonzero(bytes_ == ord("\n")))
        last = block[-1:]
    lines += last != b"\n"
    return dialect.width > 1 and marks == lines * (dialect.width - 1)


def first_ragged_row(
    text: Utf8Stream, dialect: Dialect, *, open_quote: bool = False
) -> RaggedRow | None:
    """Find the first row of another width.

    With `open_quote`, a text without such a row gives its last row: a quote in it never closes.
    """
    row = 0
    rows = _records(_Raw(text), dialect)
    try:
        for row, (fields, _) in enumerate(rows, start=1):
            if len(fields) != dialect.width:
                return RaggedRow(row, len(fields), next(rows, None) is None)
    except DataError:
        if not open_quote:
            raise
        return RaggedRow(row + 1, 0, True)
    return RaggedRow(row, dialect.width, True) if open_quote else None


def note_on_short_rows(text: Utf8Stream, dialect: Dialect) -> str:
    """Return a note on the rows that lack cells at their end, or "" if none does.

    Raises
    ------
    DataError
        If a row is too long, all are short, or cells of a short one do not suit their columns, or
        if the only short row is the last one and has no line end, as where a download broke off.
    """
    raw = _Raw(text)
    first, times, row, width_of_first = 0, 0, 0, 0
    first_field = int(dialect.layout.row_numbers)
    fields: list[str] = []
    for row, (fields, _) in enumerate(_records(raw, dialect), start=1):
        lacking = dialect.width - len(fields)
        if 0 <= lacking <= dialect.layout.trailing:
            continue
        suits = dialect.layout.delimiter != BLANKS and all(
            is_missing(cell) or is_number(cell.strip())
            for cell, is_numeric in zip(fields[first_field:], dialect.numbers, strict=False)
            if is_numeric
        )
        if lacking < 0 or not suits:
            raise ragged_row_error(RaggedRow(row, len(fields), False), dialect)
        first, times = first or row, times + 1
        width_of_first = len(fields) if row == 1 else width_of_first
    if times == row:
        raise _all_short_error(width_of_first, dialect)
    if times == 1 and first == row and not raw.ends_with_line_end:
        raise ragged_row_error(RaggedRow(row, len(fields), True), dialect)
    if not times:
        return ""
    if times == 1:
        return f"Row {count(first)} is short: its missing cells at the end count as missing."
    return (
        f"{count(times)} rows are short, row {count(first)} the first: their missing cells at the "
        "end count as missing."
    )


def _records(raw: io.RawIOBase, dialect: Dialect) -> Iterator[Record]:
    lines = io.TextIOWrapper(io.BufferedReader(raw), "utf-8", newline="")
    return records(lines, dialect.layout)


def ragged_row_error(
    odd: RaggedRow | None, dialect: Dialect, *, open_quote: bool = False
) -> DataError:
    """Return the error that names the row with the wrong number of fields."""
    if odd is None:
        return DataError("The file could not be read as CSV; save it again as CSV in UTF-8.")
    row, fields, last = odd
    if open_quote and last:
        return DataError(
            "The file is cut off, or a quote is missing: a quote is opened and never closed"
            f" in row {count(row)}; close it, or save the file again."
        )
    fields_found = _fields_found(fields, dialect)
    if last and fields < dialect.width:
        return DataError(
            f"The file seems to be cut off: its last row, row {count(row)}, has {fields_found}; "
            "save or download it again, or complete that row."
        )
    is_header_short = row == 1 and dialect.header and fields > dialect.width
    above = ", or remove what stands above the header" if is_header_short else ""
    return DataError(
        f"Row {count(row)} has {fields_found}; correct that row{above}"
        " (a text with the delimiter in it needs quotes)."
    )


def _all_short_error(fields: int, dialect: Dialect) -> DataError:
    """Return the error on a header that is too long, rather than on rows that are all too short."""
    return DataError(
        f"Row 1 has {_fields_found(fields, dialect)}, and every other row is too short as well; "
        "remove the name too many from the header, or add the fields that the rows lack."
    )


def _fields_found(fields: int, dialect: Dialect) -> str:
    were = "was" if dialect.width == 1 else "were"
    return f"{counted(fields, 'field')} where {count(dialect.width)} {were} expected"


class _Raw(io.RawIOBase):
    """A stream of UTF-8 as the standard library reads it."""

    def __init__(self, text: Utf8Stream) -> None:
        self._text = text
        self._rest = b""
        self._last = b""

    @property
    def ends_with_line_end(self) -> bool:
        """Whether the last byte that was read ends a line."""
        return self._last == b"\n"

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._rest = self._rest or self._text.read()
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        self._last = part[-1:] or self._last
        return len(part)
