"""The first row of a text with too many or too few fields, found line by line."""

import io
from typing import Any, NamedTuple

import numpy as np

from linreg.data.files.formats.delimited.dialect import Dialect, records
from linreg.data.files.formats.delimited.encoding import Utf8Stream
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


def first_ragged_row(
    text: Utf8Stream, dialect: Dialect, *, open_quote: bool = False
) -> RaggedRow | None:
    """Find the first row of another width.

    With `open_quote`, a text without such a row gives its last row: a quote in it never closes.
    """
    row = 0
    lines = io.TextIOWrapper(io.BufferedReader(_Raw(text)), "utf-8", newline="")
    rows = records(lines, dialect.delimiter)
    try:
        for row, fields in enumerate(rows, start=1):
            if len(fields) != dialect.width:
                return RaggedRow(row, len(fields), next(rows, None) is None)
    except DataError:
        if not open_quote:
            raise
        return RaggedRow(row + 1, 0, True)
    return RaggedRow(row, dialect.width, True) if open_quote else None


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
    were = "was" if dialect.width == 1 else "were"
    fields_found = f"{counted(fields, 'field')} where {count(dialect.width)} {were} expected"
    if last and fields < dialect.width:
        return DataError(
            f"The file seems to be cut off: its last row, row {count(row)}, has {fields_found}; "
            "save or download it again, or complete that row."
        )
    above = ", or remove what stands above the header" if row == 1 and dialect.header else ""
    return DataError(
        f"Row {count(row)} has {fields_found}; correct that row{above}"
        " (a text with the delimiter in it needs quotes)."
    )


class _Raw(io.RawIOBase):
    """A stream of UTF-8 as the standard library reads it."""

    def __init__(self, text: Utf8Stream) -> None:
        self._text = text
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._rest = self._rest or self._text.read()
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)
