"""A table from a file: clean numeric columns, and sentences on what was wrong.

pandas reads; this module decides what a number is, and refuses what would be misread in silence.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from numpy.typing import NDArray

from linreg.datasets import quoted
from linreg.reading.cells import first_no_number, parse_numbers
from linreg.reading.dialect import (
    DELIMITERS,
    MISSING,
    NO_DELIMITER,
    SPACES,
    Dialect,
    TableError,
    decode,
    records,
    sniff,
)
from linreg.wording import count, counted

__all__ = ["Table", "TableError", "read_table", "read_text"]

Array = NDArray[np.float64]

HEADER_ONLY = "The file has a header but no rows below it; add rows of numbers."
GROUPED = rf"\d[,.'’{SPACES}]\d{{3}}"  # in a cell that is a number but not to pandas
CHUNK = 1 << 22  # bytes parsed at a time: text columns never pile up, and the cache is used
MARKERS = sorted(
    {form + tail for m in MISSING for form in (m, m.upper(), m.title()) for tail in ("", " ")}
    | {"NaN", "NaN "}
)


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a file.

    Attributes
    ----------
    name : str
        What the table is called, usually the file's name.
    columns : mapping of str to ndarray of shape (n,)
        The numeric columns in file order; NaN where a value is missing or not finite.
    text : tuple of str
        The columns that are not, or not only, numbers.
    n : int
        Number of rows; blank lines and the header are not counted.
    notes : tuple of str
        How the file was read, where that needs saying.
    first_text : dict of str to (int, str)
        For text columns: the first row, from 1, that is not a number, and what stands there.
        A text column that is not listed is empty.
    decimal : str
        The decimal mark of the numbers among the text, a point or a comma.
    kept : ndarray of bool or None
        Which rows of the file are still here, n of them; None if all are.
    texts : mapping of str to pyarrow.ChunkedArray of strings
        The cells of the columns in `text` as they are written; null where one is missing.
    """

    name: str
    columns: Mapping[str, Array]
    text: tuple[str, ...]
    n: int
    notes: tuple[str, ...]
    first_text: dict[str, tuple[int, str]] = field(default_factory=dict)
    decimal: str = "."
    kept: NDArray[np.bool_] | None = None
    texts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def rows(self) -> NDArray[np.int64]:
        """The numbers of the rows as the file counts them, from 1, shape (n,)."""
        return np.arange(1, self.n + 1) if self.kept is None else np.flatnonzero(self.kept) + 1

    @property
    def taken_out(self) -> int:
        """How many rows of the file are no longer here."""
        return 0 if self.kept is None else len(self.kept) - self.n


def read_table(source: bytes | BinaryIO, name: str = "file") -> Table:
    """Read a table from a CSV file or one of its relatives.

    Parameters
    ----------
    source : bytes or binary file
        The file's content. How it is written is found out; see `linreg.reading.dialect`.
    name : str
        What the table is called.

    Returns
    -------
    Table
        Its numeric columns, the names of its other columns, and notes.

    Raises
    ------
    TableError
        If the file is empty, not text, ragged, cut off, or without a numeric column.
    """
    raw = source if isinstance(source, bytes) else source.read()
    data, encoding = decode(raw)
    dialect = sniff(data)
    names, renamed = _names(dialect)
    if not re.compile(rb"\S").search(data, dialect.start):
        raise TableError(HEADER_ONLY)
    columns = [_Column() for _ in names]
    n = 0
    for chunk in _chunks(data, dialect):
        for j, column in enumerate(columns):
            column.add(chunk[j], n, dialect.decimal)
        n += len(chunk)
    _check_short_rows(data, dialect, n, columns[-1].missing)
    arrays = {name: column.array() for name, column in zip(names, columns, strict=True)}
    first = {name: c.first_text for name, c in zip(names, columns, strict=True) if c.first_text}
    numeric = {name: array for name, array in arrays.items() if array is not None}
    text = tuple(name for name in names if name not in numeric)
    if not numeric:
        raise TableError(_no_numbers(text, first))
    grouped = [name for name in numeric if columns[names.index(name)].grouped]
    notes = (*_style_notes(dialect, encoding, grouped), *dialect.notes, *renamed)
    return Table(name, numeric, text, n, notes, first, dialect.decimal)


def read_text(text: str, name: str = "pasted rows") -> Table:
    """Read a table that was pasted, from a spreadsheet for instance.

    Parameters
    ----------
    text : str
        The rows, with tabs or any other delimiter between columns, with or without a header.
    name : str
        What the table is called.

    Raises
    ------
    TableError
        As `read_table` does.
    """
    return read_table(text.encode(), name)


class _Column:
    """One column while it is read: its numbers so far, until it turns out to be text."""

    def __init__(self) -> None:
        self.parts: list[Array] = []
        self.first_text: tuple[int, str] | None = None
        self.grouped = False
        self.missing = False

    def add(self, values: pd.Series[Any], row: int, decimal: str) -> None:
        """Take the values behind the first `row` rows."""
        self.missing = self.missing or bool(values.isna().any())
        if self.first_text:
            return
        if values.dtype.kind in "iuf":
            self.parts.append(values.to_numpy(dtype=float))
            return
        strings = _strings(values)
        bad = first_no_number(strings, decimal)
        if bad < 0:
            self.parts.append(parse_numbers(strings, decimal))
            self.grouped |= pc.any(pc.match_substring_regex(strings, GROUPED)).as_py() or False
            return
        self.first_text = (row + bad + 1, strings[bad].as_py().strip()[:40])
        self.parts.clear()

    def array(self) -> Array | None:
        """Return the numbers, NaN where not finite; None for text and for an empty column."""
        if self.first_text:
            return None
        array = np.concatenate(self.parts)
        self.parts.clear()
        array[~np.isfinite(array)] = np.nan
        return None if np.isnan(array).all() else array


def _strings(values: pd.Series[Any]) -> Any:
    """Return a column that pandas did not take for numbers as an Arrow array of strings."""
    if values.dtype.kind in "bO":  # truth values, or whole numbers too large for 64 bits
        values = values.astype("str")
    return pa.array(values, type=pa.large_string(), from_pandas=True)


def _chunks(data: bytes, dialect: Dialect) -> Iterator[pd.DataFrame]:
    """Yield the rows, some megabytes at a time; refuse rows that are too long."""
    stream = io.BytesIO(data)
    stream.seek(dialect.start)
    lines = data[dialect.start : dialect.start + CHUNK // 4]
    ends = max(lines.count(b"\n"), lines.count(b"\r"), 1)
    try:
        with pd.read_csv(
            stream,
            sep=dialect.delimiter,
            decimal=dialect.decimal,
            header=None,
            skipinitialspace=True,
            keep_default_na=False,
            na_values=MARKERS,
            low_memory=False,
            chunksize=max(1000, ends * CHUNK // len(lines)),
        ) as chunks:
            for chunk in chunks:
                if chunk.shape[1] != dialect.width:
                    raise _ragged(data, dialect)
                yield chunk
    except pd.errors.EmptyDataError:
        raise TableError(HEADER_ONLY) from None
    except pd.errors.ParserError as error:
        raise _ragged(data, dialect, open_quote="inside string" in str(error)) from None


def _check_short_rows(data: bytes, dialect: Dialect, n: int, suspicious: bool) -> None:
    """Refuse rows with too few fields, which pandas fills with missing values in silence.

    No row is too long by now, so the number of delimiters tells whether one is too short.
    """
    suspicious = suspicious and _delimiters(data, dialect) != n * (dialect.width - 1)
    if suspicious and _odd_row(data, dialect):
        raise _ragged(data, dialect)


def _delimiters(data: bytes, dialect: Dialect) -> int:
    """Count the delimiters below the header that stand outside quotes; −1 for stray quotes."""
    mark = dialect.delimiter.encode()
    if data.find(b'"', dialect.start) < 0:
        return data.count(mark, dialect.start)
    total, inside = 0, False
    before_a_quote = list(b'\n\r "' + mark)
    whole = np.frombuffer(data, np.uint8)
    for at in range(dialect.start, len(data), CHUNK):
        block = whole[at : at + CHUNK]
        quotes = block == ord('"')
        crossed = np.logical_xor.accumulate(quotes) ^ inside
        opened = at + np.flatnonzero(quotes & crossed)
        if not np.isin(whole[opened[opened > 0] - 1], before_a_quote).all():
            return -1
        total += int(np.count_nonzero((block == ord(mark)) & ~crossed))
        inside = bool(crossed[-1])
    return total


def _odd_row(data: bytes, dialect: Dialect) -> tuple[int, int, bool] | None:
    """Find the first row of another width: its number, its fields, whether it is the last."""
    stream = io.BytesIO(data)
    stream.seek(dialect.start)
    rows = records(io.TextIOWrapper(stream, "utf-8", newline=""), dialect.delimiter)
    for row, fields in enumerate(rows, start=1):
        if len(fields) != dialect.width:
            return row, len(fields), next(rows, None) is None
    return None


def _ragged(data: bytes, dialect: Dialect, *, open_quote: bool = False) -> TableError:
    """Say which row has the wrong number of fields."""
    odd = _odd_row(data, dialect)
    if open_quote and (odd is None or odd[2]):
        return TableError(
            "The file is cut off, or a quote is missing: a quote is opened and never closed"
            + (f" in row {count(odd[0])}" if odd else "")
            + "; close it, or save the file again."
        )
    if odd is None:
        return TableError("The file could not be read as CSV; save it again as CSV in UTF-8.")
    row, fields, last = odd
    were = "was" if dialect.width == 1 else "were"
    found = f"{counted(fields, 'field')} where {count(dialect.width)} {were} expected"
    if last and fields < dialect.width:
        return TableError(
            f"The file seems to be cut off: its last row, row {count(row)}, has {found}; "
            "save or download it again, or complete that row."
        )
    return TableError(
        f"Row {count(row)} has {found}; correct that row"
        + (", or remove what stands above the header" if row == 1 and dialect.header else "")
        + " (a text with the delimiter in it needs quotes)."
    )


def _names(dialect: Dialect) -> tuple[list[str], list[str]]:
    """Make the column names unique; return them with sentences on what was renamed."""
    names: dict[str, None] = {}
    notes = []
    for j, given in enumerate(dialect.header or [""] * dialect.width, start=1):
        bare = given.strip()
        name, copy = bare or f"column {j}", 2
        while name in names:
            name, copy = f"{bare or f'column {j}'} ({copy})", copy + 1
        names[name] = None
        if bare and name != bare:
            notes.append(f"Column {j} is another “{bare}”; it is called “{name}” here.")
        elif dialect.header and not bare:
            notes.append(f"Column {j} has no name; it is called “{name}” here.")
    return list(names), notes


def _style_notes(dialect: Dialect, encoding: str, grouped: Sequence[str]) -> list[str]:
    """Say how the file was read, where that is not plain CSV."""
    how = []
    if dialect.delimiter not in (",", NO_DELIMITER):
        how.append(f"{DELIMITERS[dialect.delimiter]} between columns")
    if dialect.decimal == ",":
        how.append("decimal comma")
    if encoding != "UTF-8":
        how.append(f"{encoding} text")
    notes = [f"Read with {', '.join(how)}."] if how else []
    if grouped:
        notes.append(f"Thousands separators were removed in {quoted(grouped)}.")
    return notes


def _no_numbers(text: Sequence[str], first_text: dict[str, tuple[int, str]]) -> str:
    """Say why no column can be trained on."""
    told = [
        f"“{c}” has “{first_text[c][1]}” in row {count(first_text[c][0])}"
        for c in text[:3]
        if c in first_text
    ]
    why = f": {', '.join(told)}" if told else ", all are empty"
    return f"No column holds only numbers{why}; correct those values, or choose another file."
