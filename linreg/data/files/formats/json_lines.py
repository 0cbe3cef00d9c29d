"""`JsonReader` of JSON: an object a row, one after the other or in an array, or a whole table.

What the values of a file mean is decided in `linreg.data.files.formats.json_documents`.
"""

import codecs
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from linreg.data.files.cells.column_names import all_without_surrogates, unique_names
from linreg.data.files.cells.convert import ROUNDED, Cells, cells_of, first_text, is_rounded_value
from linreg.data.files.cells.number_syntax import decimal_mark
from linreg.data.files.formats.delimited.encoding import UTF16, Utf8Stream, first_encoding
from linreg.data.files.formats.json_documents import AN_OBJECT, rows_of
from linreg.data.files.reader import Chunk
from linreg.data.files.storage.source import Source
from linreg.errors import DataError
from linreg.text.lists import quoted_few
from linreg.text.numbers import count

JSON_CHUNK_ROWS, JSON_CHUNK_CELLS = 20_000, 1 << 21  # at most
MAX_NAMES = 16_384  # as many columns as a spreadsheet has
MAX_ROW_BYTES = 1 << 26
MAX_CUT_CHARACTERS = 9  # of a word that the next block completes, such as -Infinity
LIST_OF_ROWS = re.compile(rb"\[\s*(?:[{\[\]]|\Z)")
GAP = re.compile(r"[\s,]*")
NOT_UTF8 = "The file is JSON but not in UTF-8; save it again in UTF-8."
NO_ROWS = f"The file is JSON without rows; write each row as {AN_OBJECT}."
NO_VALUES = f"The rows have no values in them; write each row as {AN_OBJECT}."

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class JsonReader:
    """The reader of JSON objects, each a row of the table.

    `late` are columns with numbers that are rounded, of which the first rows have none.
    """

    source: Source
    late: dict[str, None] = field(default_factory=dict)

    @cached_property
    def _mark(self) -> tuple[str, str]:
        """The decimal mark of numbers that are stored as text, and a note where it is a guess."""
        texts: dict[str, list[str]] = {}
        for row in self._start:
            for key, cell in row.items():
                if isinstance(cell, str):
                    texts.setdefault(key, []).append(cell)
        decimal, note, _ = decimal_mark(texts.values(), "")
        return decimal, note

    @property
    def decimal(self) -> str:
        """The decimal mark of numbers that are stored as text, by the first rows."""
        return self._mark[0]

    @cached_property
    def _begun(self) -> tuple[str, list[Row]]:
        encoding = self._encoding  # first: an upload has one position that all reads share
        with self.source.open() as file:
            style, rows = _rows(Utf8Stream(file, encoding))
            return style, next(_taken(rows, {}), [])

    @property
    def style(self) -> str:
        """The part of a single object that is read, and how it is written."""
        return self._begun[0]

    @property
    def _start(self) -> list[Row]:
        return self._begun[1]

    @cached_property
    def _encoding(self) -> str:
        head = self.source.head(4)
        encoding = first_encoding(head)
        if head.startswith(codecs.BOM_UTF32_LE) or (b"\0" in head and encoding != UTF16):
            raise DataError(NOT_UTF8)
        return encoding

    @cached_property
    def _keys(self) -> dict[str, None]:
        return {key: None for row in self._start for key in row}

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of the first rows; an empty key becomes “column 1”."""
        if not self._keys:
            raise DataError(NO_VALUES)
        return unique_names(list(self._keys))[0]

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes on new names, on numbers that are rounded, and on a guess of the decimal mark."""
        names, renamed = unique_names(list(self._keys))
        large = [
            name
            for name, key, numeric in zip(names, self._keys, self.numeric, strict=True)
            if numeric and _holds_rounded(self._start, key)
        ]
        large += [name for name in self.late if name not in large]
        rounded = ROUNDED.format(names=quoted_few(large)) if large else ""
        return (*renamed, *filter(None, [rounded, self._mark[1]]))

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers, judged by the first rows."""
        return tuple(
            any(row.get(key) is not None for row in self._start)
            and first_text(_column(self._start, key, self.decimal), self.decimal) is None
            for key in self._keys
        )

    def chunks(self, as_text: Collection[str] = (), *, only: bool = False) -> Iterator[Chunk]:
        """Yield all rows from the start, columns `as_text` as strings; `only` those if asked.

        A key that is met only later is a column from there on.
        """
        keys: dict[str, None] = {}
        encoding, decimal = self._encoding, self.decimal
        with self.source.open() as file:
            for taken in _taken(_rows(Utf8Stream(file, encoding))[1], keys):
                cells = {}
                for key, name in zip(keys, unique_names(list(keys))[0], strict=True):
                    if name in as_text or not only:
                        cells[name] = column = _column(taken, key, decimal, text=name in as_text)
                        if isinstance(column, np.ndarray) and _holds_rounded(taken, key):
                            self.late[name] = None
                yield Chunk(len(taken), cells, file.share)


def _holds_rounded(rows: Iterable[Row], key: str) -> bool:
    """Tell whether a column has whole numbers that float64 has to round."""
    return any(is_rounded_value(row.get(key)) for row in rows)


def _taken(rows: Iterable[Row], keys: dict[str, None]) -> Iterator[list[Row]]:
    """Yield rows in chunks, the smaller the more names there are; add their names to `keys`."""
    taken: list[Row] = []
    for row in rows:
        more = len(row.keys() - keys.keys())
        if len(keys) + more > MAX_NAMES:
            raise DataError(
                f"The rows have more than {count(MAX_NAMES)} different names in them; use the "
                "same names in every row."
            )
        cells = (len(taken) + 1) * (len(keys) + more)
        if taken and (len(taken) == JSON_CHUNK_ROWS or cells > JSON_CHUNK_CELLS):
            yield taken
            taken = []
        keys |= dict.fromkeys(row)
        taken.append(row)
    if taken:
        yield taken


def _column(rows: Sequence[Row], key: str, decimal: str, *, text: bool = False) -> Cells:
    """Return the cells of a column; rows that lack it, which may be most, cost little."""
    cells = cells_of([row[key] for row in rows if key in row], decimal, text=text)
    if len(cells) == len(rows):
        return cells
    present = np.array([key in row for row in rows]) if len(cells) else np.zeros(len(rows), bool)
    if isinstance(cells, np.ndarray):
        column = np.full(len(rows), np.nan)
        column[present] = cells
        return column
    return cells.take(pa.array(np.cumsum(present) - 1, mask=~present))


def _rows(text: Utf8Stream) -> tuple[str, Iterator[Row]]:
    """Return how a text is read, where that needs saying, and its rows."""
    with _sentences():
        first = text.read().lstrip()
        blocks = chain([first], text)
        if LIST_OF_ROWS.match(first):
            values = _values(chain([first[1:]], text), "]")
        else:
            values = _lines(blocks)
        style, rows = rows_of(values)
    return style, _with_values(rows)


def _with_values(rows: Iterator[Row]) -> Iterator[Row]:
    """Yield rows; refuse them if there is none, or no value in any of them."""
    refusal = NO_ROWS
    with _sentences():
        for row in rows:
            refusal = "" if row or not refusal else NO_VALUES
            yield row
    if refusal:
        raise DataError(refusal)


@contextmanager
def _sentences() -> Iterator[None]:
    """Turn what Python raises about a text into a DataError."""
    try:
        yield
    except UnicodeDecodeError:
        raise DataError(NOT_UTF8) from None
    except RecursionError:
        raise DataError("The file nests JSON too deeply; write each row as an object.") from None


def _lines(blocks: Iterator[bytes]) -> Iterator[Any]:
    """Yield values of one line each, and all those behind one that takes several lines."""
    row, rest = 1, b""
    for block in chain(blocks, [b""]):
        *lines, rest = (rest + block).split(b"\n") if block else (rest, b"")
        _check_length(rest, row)
        for at, line in enumerate(lines):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except ValueError as error:
                if _is_wrong(error, line.decode().rstrip(), 0):
                    raise _invalid(row, error, "correct that line") from None
                yield from _values(chain([b"\n".join([*lines[at:], rest])], blocks), "", row)
                return
            yield _clean(value) if b"\\u" in line else value
            row += 1


def _values(blocks: Iterator[bytes], closing: str, row: int = 1) -> Iterator[Any]:
    """Yield values with blanks and commas between them, up to what closes their array.

    Where a value is not complete, it is tried again when there is twice as much of it.
    """
    decoder, decode = json.JSONDecoder(), codecs.getincrementaldecoder("utf-8")()
    rest, needed = "", 0
    for block in chain(blocks, [b""]):
        rest += decode.decode(block, final=not block)
        at = 0
        while len(rest) - at >= needed or not block:
            at = GAP.match(rest, at).end()  # type: ignore[union-attr]
            if at == len(rest) or rest[at] == closing:
                break
            try:
                value, end = decoder.raw_decode(rest, at)
            except ValueError as error:
                if _is_wrong(error, rest.rstrip(), MAX_CUT_CHARACTERS if block else 1):
                    raise _invalid(row, error, "correct it") from None
                needed = 2 * (len(rest) - at)
                break
            if end == len(rest) and block:  # a number may continue in the next block
                break
            yield _clean(value) if rest.find("\\u", at, end) >= 0 else value
            row, at, needed = row + 1, end, 0
        rest = rest[at:]
        _check_length(rest, row)
    if rest[:1] != closing:
        raise _cut_off(row if rest else max(row - 1, 1))
    if rest[1:].strip():
        raise DataError(
            f"More text follows behind the list that ends with row {count(row - 1)}; remove it, or "
            "save the file again."
        )


def _is_wrong(error: ValueError, text: str, cut: int) -> bool:
    """Tell whether JSON is invalid whatever follows, `cut` characters of the text aside."""
    if not isinstance(error, json.JSONDecodeError):
        return True
    if error.msg.startswith("Unterminated string"):
        return False
    if error.msg == "Extra data":
        return False
    return error.pos + cut < len(text) or text[error.pos : error.pos + 1] in ("}", "]", ",")


def _invalid(row: int, error: ValueError, remedy: str) -> DataError:
    return DataError(f"Row {count(row)} is not valid JSON ({_why(error)}); {remedy}.")


def _clean(row: Any) -> Any:
    """Replace lone surrogates in the values of a row; names are cleaned by `unique_names`."""
    if not isinstance(row, dict):
        return row
    return {name: all_without_surrogates(value) for name, value in row.items()}


def _check_length(rest: str | bytes, row: int) -> None:
    if len(rest) > MAX_ROW_BYTES:
        raise DataError(
            f"Row {count(row)} is longer than {MAX_ROW_BYTES >> 20} MB; write each row on a line."
        )


def _cut_off(row: int) -> DataError:
    return DataError(
        f"The file seems to be cut off in row {count(row)}; save or download it again, or "
        "complete that row."
    )


def _why(error: ValueError) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else "a number is too long"
