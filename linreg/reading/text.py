"""CSV and its relatives, a few megabytes at a time: pandas reads, this module refuses misreading.

pandas fills rows with too few fields with missing values in silence; here they are refused.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from linreg.reading.cells import MARKERS, Cells, strings
from linreg.reading.dialect import (
    DELIMITERS,
    EMPTY,
    NO_DELIMITER,
    Dialect,
    records,
    sniff,
    whole_lines,
)
from linreg.reading.encoding import LONE_CR, UTF8, UTF16, Utf8, first_encoding, next_encoding
from linreg.reading.errors import TableError
from linreg.reading.names import unique
from linreg.reading.reader import Chunk, Restart
from linreg.reading.source import Source
from linreg.wording import count, counted

if TYPE_CHECKING:
    import pandas as pd

HEADER_ONLY = "The file has a header but no rows below it; add rows of numbers."
SAMPLE = 1 << 16  # bytes read to decide; the rest is verified while it is read
PROBES = 8  # further places where numbers are looked at, spread over the file
LONGEST = 1 << 26  # bytes of a line: what has longer ones is no table
MOST_AHEAD = 1 << 29  # bytes read until rows come out: the memory that an open quote may take
CHUNK = 1 << 22  # bytes parsed at a time: text columns never pile up, and the cache is used


@dataclass(frozen=True, eq=False)
class TextReader:
    """A text table; see `linreg.reading.cells.Reader`."""

    source: Source
    encoding: str
    dialect: Dialect
    row_bytes: int
    names: tuple[str, ...]
    renamed: tuple[str, ...]
    hasty: bool = False  # only the start was there to decide by
    mark: str | None = None  # the decimal mark of the table's other files

    @classmethod
    def of(cls, source: Source, encoding: str | None = None, mark: str | None = None) -> TextReader:
        """Find out how a text is written.

        Parameters
        ----------
        source : Source
        encoding : str, optional
            What to try first; by default what the start shows.
        mark : str, optional
            The decimal mark of other files of the table, where this one leaves it open.

        Raises
        ------
        TableError
            If it is empty, has no rows below its header, or is not text.
        """
        encoding = encoding or first_encoding(source.head(SAMPLE))
        try:
            with source.open() as file:
                head, cut = _head(Utf8(file, encoding, LONGEST))
        except UnicodeDecodeError:
            return cls.of(source, next_encoding(encoding), mark)
        hasty = cut and not source.is_whole
        try:
            probes = [] if hasty or not cut else _probes(source, encoding)
            dialect = sniff(head, probes, cut=cut, mark=mark)
        except TableError:
            if not hasty:
                raise
            return cls.of(source.whole(), encoding, mark)
        below = head[dialect.start :]
        if not cut and not below.strip():
            raise TableError(HEADER_ONLY)
        names, renamed = unique(dialect.header or [""] * dialect.width, told=bool(dialect.header))
        ends = max(below.count(b"\n"), below.count(b"\r"), 1)
        row_bytes = len(below) // ends + 1
        return cls(source, encoding, dialect, row_bytes, names, renamed, hasty, mark)

    @property
    def decimal(self) -> str:
        """The decimal mark."""
        return self.dialect.decimal

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers, judged by the first rows."""
        return self.dialect.numbers

    @property
    def style(self) -> str:
        """How the file is read, where that is not plain CSV."""
        how = []
        if self.dialect.delimiter not in (",", NO_DELIMITER):
            how.append(f"{DELIMITERS[self.dialect.delimiter]} between columns")
        if self.decimal == ",":
            how.append("decimal comma")
        if self.encoding != UTF8:
            how.append(f"{self.encoding} text")
        return f"Read with {', '.join(how)}." if how else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was decided, and which columns were renamed."""
        return (*self.dialect.notes, *self.renamed)

    def chunks(self, as_text: Sequence[str] = (), *, only: bool = False) -> Iterator[Chunk]:
        """Yield all rows from the start; see `Reader.chunks`.

        Raises
        ------
        TableError
            If a row has too many or too few fields.
        Restart
            If the text is not in the encoding that its start is in, or was judged in haste.
        """
        try:
            yield from self._chunks(as_text, only=only)
        except TableError:
            self._reconsider()
            raise
        self._reconsider()

    def _reconsider(self) -> None:
        """Start over if all of the text shows that it is written in another way than its start."""
        if self.hasty:
            better = TextReader.of(self.source.whole(), self.encoding, self.mark)
            if better._how != self._how:
                raise Restart(better)

    @property
    def _how(self) -> tuple[object, ...]:
        """What the table depends on; the rest only says where to look again."""
        how = self.dialect
        return how.delimiter, how.decimal, how.header, how.width, how.start, how.notes

    def _chunks(self, as_text: Sequence[str], *, only: bool) -> Iterator[Chunk]:
        try:
            n, suspicious = 0, False
            for frame, share in self._frames(as_text, only=only):
                n += len(frame)
                if not only:
                    suspicious |= bool(frame[self.dialect.width - 1].isna().any())
                cells = {self.names[int(j)]: _cells(frame[j]) for j in frame}  # type: ignore[call-overload]
                yield Chunk(len(frame), cells, share)
            # No row is too long by now, so the number of delimiters tells whether one is short.
            if suspicious and self._delimiters() != n * (self.dialect.width - 1):
                self._check_widths()
        except UnicodeDecodeError:
            encoding = next_encoding(self.encoding)
            raise Restart(TextReader.of(self.source, encoding, self.mark)) from None

    def is_rectangular(self) -> bool:
        """Tell whether each line is a row of full width: no quote, no blank line, none short."""
        lines = marks = 0
        last = b"\n"
        with self.body() as text:
            for block in text:
                if b'"' in block:
                    return False
                bytes_ = np.frombuffer(block, np.uint8)
                marks += int(np.count_nonzero(bytes_ == ord(self.dialect.delimiter)))
                lines += int(np.count_nonzero(bytes_ == ord("\n")))
                last = block[-1:]
        lines += last != b"\n"
        return self.dialect.width > 1 and marks == lines * (self.dialect.width - 1)

    @contextmanager
    def body(self) -> Iterator[Utf8]:
        """Yield the text below the header."""
        with self.source.open() as file:
            text = Utf8(file, self.encoding, LONGEST)
            text.skip(self.dialect.start)
            yield text

    def _frames(
        self, as_text: Sequence[str], *, only: bool
    ) -> Iterator[tuple[pd.DataFrame, float]]:
        """Yield some megabytes of rows at a time; refuse rows that are too long."""
        import pandas as pd  # here, because files that polars reads do without its 30 MB

        wanted = [self.names.index(name) for name in as_text]
        whole = [j for j, text in enumerate(self.dialect.text) if text or j in wanted]
        try:
            with (
                self.body() as text,
                pd.read_csv(  # type: ignore[call-overload]
                    ahead := _Ahead(text),
                    sep=self.dialect.delimiter,
                    decimal=self.decimal,
                    header=None,
                    usecols=wanted if only else None,
                    dtype=dict.fromkeys(wanted if only else whole, "str"),
                    skipinitialspace=True,
                    keep_default_na=False,
                    na_values=MARKERS,
                    low_memory=False,
                    chunksize=max(1000, CHUNK // self.row_bytes),
                ) as frames,
            ):
                for frame in frames:
                    if not only and frame.shape[1] != self.dialect.width:
                        raise self._ragged()
                    ahead.rows += len(frame)
                    ahead.read_since = 0
                    yield frame, text.file.share
        except pd.errors.EmptyDataError:
            raise TableError(HEADER_ONLY) from None
        except pd.errors.ParserError as error:
            if "Calling read" in str(error):  # what pandas makes of Ctrl-C when it asks for more
                raise KeyboardInterrupt from None
            raise self._ragged(open_quote="inside string" in str(error)) from None

    def _delimiters(self) -> int:
        """Count the delimiters below the header that stand outside quotes; −1 for stray quotes."""
        mark = ord(self.dialect.delimiter)
        before_a_quote = [*b'\n\r "', mark]
        total, inside, before = 0, False, ord("\n")
        with self.body() as text:
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

    def _check_widths(self) -> None:
        if self._odd_row():
            raise self._ragged()

    def _odd_row(self, *, open_quote: bool = False) -> tuple[int, int, bool] | None:
        """Find the first row of another width: its number, its fields, whether it is the last.

        With a quote that is never closed, a cell may be longer than can be read: that row is it.
        """
        row = 0
        with self.body() as text:
            lines = io.TextIOWrapper(io.BufferedReader(_Raw(text)), "utf-8", newline="")
            rows = records(lines, self.dialect.delimiter)
            try:
                for row, fields in enumerate(rows, start=1):
                    if len(fields) != self.dialect.width:
                        return row, len(fields), next(rows, None) is None
            except TableError:
                if not open_quote:
                    raise
                return row + 1, 0, True
        return (row, self.dialect.width, True) if open_quote else None

    def _ragged(self, *, open_quote: bool = False) -> TableError:
        """Say which row has the wrong number of fields."""
        odd = self._odd_row(open_quote=open_quote)
        if open_quote and odd is not None and odd[2]:
            return TableError(
                "The file is cut off, or a quote is missing: a quote is opened and never closed"
                f" in row {count(odd[0])}; close it, or save the file again."
            )
        if odd is None:
            return TableError("The file could not be read as CSV; save it again as CSV in UTF-8.")
        row, fields, last = odd
        were = "was" if self.dialect.width == 1 else "were"
        found = f"{counted(fields, 'field')} where {count(self.dialect.width)} {were} expected"
        if last and fields < self.dialect.width:
            return TableError(
                f"The file seems to be cut off: its last row, row {count(row)}, has {found}; "
                "save or download it again, or complete that row."
            )
        headed = row == 1 and self.dialect.header
        above = ", or remove what stands above the header" if headed else ""
        return TableError(
            f"Row {count(row)} has {found}; correct that row{above}"
            " (a text with the delimiter in it needs quotes)."
        )


class _Ahead:
    """A text as pandas asks for it, which is refused if it seems to be one row without end."""

    def __init__(self, text: Utf8) -> None:
        self._text = text
        self.rows = 0  # that came out
        self.read_since = 0

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._text)

    def read(self, size: int) -> bytes:
        block = self._text.read(size)
        self.read_since += len(block)
        if self.read_since > MOST_AHEAD:
            behind = f"Behind row {count(self.rows)} a" if self.rows else "A"
            raise TableError(
                f"{behind} quote is opened and not closed for {count(MOST_AHEAD >> 20)} MB; "
                "close it, or save the file again."
            )
        return block


class _Raw(io.RawIOBase):
    """A stream of UTF-8 as the standard library reads it."""

    def __init__(self, text: Utf8) -> None:
        self._text = text
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._rest = self._rest or self._text.read()
        part, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)


def _cells(values: pd.Series[Any]) -> Cells:
    if values.dtype.kind in "iuf":
        return values.to_numpy(dtype=float)
    if values.dtype.kind in "bO":  # truth values, or whole numbers too large for 64 bits
        values = values.astype("str")
    return strings(values)


def _head(text: Utf8) -> tuple[bytes, bool]:
    """Return the start of a text, at least its first row, and whether it goes on behind."""
    head, size = bytearray(), SAMPLE
    line_end = re.compile(rb"\S[^\n]*\n")
    while block := text.read(SAMPLE):
        head += block
        end = line_end.search(head)
        if end is not None:
            size = max(SAMPLE, 2 * end.end())
        if len(head) > size and end is not None:
            return bytes(head[:size]), True
    if not head.strip():
        raise TableError(EMPTY)
    return bytes(head), False


def _probes(source: Source, encoding: str) -> list[bytes]:
    """Return whole lines from places spread over the file behind the sample."""
    if source.packed:
        return []
    codec = {UTF8: "utf-8", UTF16: _utf16(source), "Latin-1": "latin-1"}.get(encoding, "cp1252")
    step, size = source.size // (PROBES + 1), SAMPLE // PROBES
    probes = []
    for at in range(step, source.size, step):
        if at > SAMPLE:
            with source.open() as file:
                file.raw.seek(at // 2 * 2)
                piece = file.read(size)
            text = piece.decode(codec, errors="ignore").encode()
            lines = whole_lines(LONE_CR.sub(b"\n", text))
            probes.append(b"".join(lines.splitlines(keepends=True)[1:]))
    return probes


def _utf16(source: Source) -> str:
    return "utf-16-be" if source.head(2) == b"\xfe\xff" else "utf-16-le"
