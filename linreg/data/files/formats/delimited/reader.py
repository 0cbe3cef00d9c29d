"""`TextReader` of CSV and its relatives: pandas parses, this module refuses what it misreads.

pandas silently fills rows with too few fields with missing values; here they are refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from linreg.data.files.cells.column_names import unique_names
from linreg.data.files.cells.convert import MISSING_MARKERS, ROUNDED, Cells, to_strings
from linreg.data.files.formats.delimited import ragged_rows
from linreg.data.files.formats.delimited.dialect import DELIMITERS, NO_DELIMITER, Dialect, sniff
from linreg.data.files.formats.delimited.encoding import (
    UTF8,
    Utf8Stream,
    first_encoding,
    next_encoding,
    start_of,
)
from linreg.data.files.formats.delimited.probe import probes_of
from linreg.data.files.reader import Chunk, RestartReading
from linreg.data.files.storage.source import Source
from linreg.errors import DataError
from linreg.text.lists import quoted_few
from linreg.text.numbers import count

if TYPE_CHECKING:
    import pandas as pd

HEADER_ONLY = "The file has a header but no rows below it; add rows of numbers."
SAMPLE_BYTES = 1 << 16  # the dialect is decided by; the rest is verified while it is read
MAX_LINE_BYTES = 1 << 26  # what has longer lines is no table
MAX_READ_AHEAD_BYTES = 1 << 29  # until rows come out: the memory that an open quote may take
TEXT_CHUNK_BYTES = 1 << 22  # parsed at a time: text never piles up, and the cache is used
# Wide rows are parsed this many at a time, for each column of a chunk has a fixed cost.
WIDE_CHUNK_ROWS, MAX_WIDE_CHUNK_BYTES = 1000, 1 << 27


@dataclass(frozen=True, eq=False)
class TextReader:
    """The reader of a text table: CSV and the like.

    `provisional` says that a growing file was judged by its start only; `mark` is the decimal mark
    of the table's other files.
    """

    source: Source
    encoding: str
    dialect: Dialect
    row_bytes: int
    names: tuple[str, ...]
    notes: tuple[str, ...]
    provisional: bool = False
    mark: str | None = None

    @classmethod
    def of(cls, source: Source, encoding: str | None = None, mark: str | None = None) -> TextReader:
        """Decide how a text is written.

        `encoding` is what to try first, by default what the start shows; `mark` is the decimal mark
        of other files of the table, where this one leaves it open.

        Raises
        ------
        DataError
            If it is empty, has no rows below its header, or is not text.
        """
        encoding = encoding or first_encoding(source.head(SAMPLE_BYTES))
        try:
            with source.open() as file:
                head, cut = start_of(Utf8Stream(file, encoding, MAX_LINE_BYTES), SAMPLE_BYTES)
        except UnicodeDecodeError:
            return cls.of(source, next_encoding(encoding), mark)
        provisional = cut and not source.is_whole
        try:
            sampled = cut and not provisional
            probes = probes_of(source, encoding, len(head), SAMPLE_BYTES) if sampled else []
            dialect = sniff(head, probes, cut=cut, mark=mark)
        except DataError:
            if not provisional:
                raise
            return cls.of(source.whole(), encoding, mark)
        below = head[dialect.start :]
        if not cut and not below.strip():
            raise DataError(HEADER_ONLY)
        names, renamed = unique_names(
            dialect.header or [""] * dialect.width, header=bool(dialect.header)
        )
        ends = max(below.count(b"\n"), below.count(b"\r"), 1)
        row_bytes = len(below) // ends + 1
        large = list(compress(names, dialect.rounded))
        rounded = [ROUNDED.format(names=quoted_few(large))] if large else []
        notes = (*dialect.notes, *renamed, *rounded)
        return cls(source, encoding, dialect, row_bytes, names, notes, provisional, mark)

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

    def chunks(self, as_text: Collection[str] = (), *, only: bool = False) -> Iterator[Chunk]:
        """Yield all rows from the start, columns `as_text` as strings; `only` those if asked.

        Raises
        ------
        DataError
            If a row has too many or too few fields.
        RestartReading
            If the text is not in the encoding or dialect that its start suggested.
        """
        try:
            yield from self._chunks(as_text, only=only)
        except DataError:
            self._reconsider()
            raise
        self._reconsider()

    def _reconsider(self) -> None:
        """Raise RestartReading if the whole text is in another dialect than its start."""
        if self.provisional:
            better = TextReader.of(self.source.whole(), self.encoding, self.mark)
            if better._decisions != self._decisions:
                raise RestartReading(better)

    @property
    def _decisions(self) -> tuple[object, ...]:
        """The parts of the dialect that the table depends on."""
        d = self.dialect
        return d.delimiter, d.decimal, d.header, d.width, d.start, d.notes

    def _chunks(self, as_text: Collection[str], *, only: bool) -> Iterator[Chunk]:
        try:
            n, suspicious = 0, False
            for frame, share in self._frames(as_text, only=only):
                n += len(frame)
                if not only:
                    suspicious |= bool(frame[self.dialect.width - 1].isna().any())
                cells = {self.names[int(j)]: _cells(frame[j]) for j in frame}  # type: ignore[call-overload]
                yield Chunk(len(frame), cells, share)
            if suspicious:
                self._check_widths(n)
        except UnicodeDecodeError:
            encoding = next_encoding(self.encoding)
            raise RestartReading(TextReader.of(self.source, encoding, self.mark)) from None

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

    @property
    def rows_at_once(self) -> int:
        """How many rows are parsed at a time, by the length of the first ones."""
        return max(
            TEXT_CHUNK_BYTES // self.row_bytes,
            min(WIDE_CHUNK_ROWS, MAX_WIDE_CHUNK_BYTES // self.row_bytes),
            1,
        )

    @contextmanager
    def body(self) -> Iterator[Utf8Stream]:
        """Yield the text below the header."""
        with self.source.open() as file:
            text = Utf8Stream(file, self.encoding, MAX_LINE_BYTES)
            text.skip(self.dialect.start)
            yield text

    def _frames(
        self, as_text: Collection[str], *, only: bool
    ) -> Iterator[tuple[pd.DataFrame, float]]:
        """Yield some megabytes of rows at a time; refuse rows that are too long."""
        import pandas as pd  # here, because files that polars reads do without its 30 MB

        wanted = [j for j, name in enumerate(self.names) if name in as_text]
        whole = [*(j for j, text in enumerate(self.dialect.text) if text), *wanted]
        try:
            with (
                self.body() as text,
                pd.read_csv(  # type: ignore[call-overload]
                    ahead := _Ahead(text, self),
                    sep=self.dialect.delimiter,
                    decimal=self.decimal,
                    header=None,
                    usecols=wanted if only else None,
                    dtype=dict.fromkeys(wanted if only else whole, "str"),
                    skipinitialspace=True,
                    keep_default_na=False,
                    na_values=MISSING_MARKERS,
                    low_memory=False,
                    chunksize=self.rows_at_once,
                ) as frames,
            ):
                for frame in frames:
                    if not only and frame.shape[1] != self.dialect.width:
                        raise self._ragged()
                    ahead.parsed(len(frame))
                    yield frame, text.file.share
        except pd.errors.EmptyDataError:
            raise DataError(HEADER_ONLY) from None
        except pd.errors.ParserError as error:
            if "Calling read" in str(error):  # what pandas makes of Ctrl-C when it asks for more
                raise KeyboardInterrupt from None
            raise self._ragged(open_quote="inside string" in str(error)) from None

    def _check_widths(self, n: int) -> None:
        """Refuse n rows one of which is too short; a row too long was refused before."""
        with self.body() as text:
            marks = ragged_rows.count_delimiters(text, self.dialect.delimiter)
        if marks == n * (self.dialect.width - 1):
            return
        with self.body() as text:
            ragged = ragged_rows.first_ragged_row(text, self.dialect)
        if ragged is not None:
            raise ragged_rows.ragged_row_error(ragged, self.dialect)

    def _ragged(self, *, open_quote: bool = False) -> DataError:
        with self.body() as text:
            ragged = ragged_rows.first_ragged_row(text, self.dialect, open_quote=open_quote)
        return ragged_rows.ragged_row_error(ragged, self.dialect, open_quote=open_quote)


class _Ahead:
    """A text as pandas reads it, refused once it seems to be one row without end."""

    def __init__(self, text: Utf8Stream, reader: TextReader) -> None:
        self._text = text
        self._reader = reader
        self._rows = 0  # parsed so far
        self._bytes, self._quotes = 0, False  # read since then

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._text)

    def parsed(self, rows: int) -> None:
        self._rows += rows
        self._bytes, self._quotes = 0, False

    def read(self, size: int) -> bytes:
        block = self._text.read(size)
        self._bytes += 0 if block.isspace() else len(block)  # pandas passes blank lines over
        self._quotes = self._quotes or b'"' in block
        if self._bytes > MAX_READ_AHEAD_BYTES:
            self._stop()
        return block

    def _stop(self) -> None:
        """Refuse an open quote if there is one; else start over with fewer rows at a time."""
        if self._quotes:
            behind = f"Behind row {count(self._rows)} a" if self._rows else "A"
            raise DataError(
                f"{behind} quote is opened and not closed for {count(MAX_READ_AHEAD_BYTES >> 20)}"
                " MB; close it, or save the file again."
            )
        if self._reader.rows_at_once > 1:
            raise RestartReading(replace(self._reader, row_bytes=2 * self._reader.row_bytes))
        self._bytes = 0  # nearly nothing but blank lines


def _cells(values: pd.Series[Any]) -> Cells:
    if values.dtype.kind in "iufb":
        return values.to_numpy(dtype=float)
    if (
        values.dtype.kind == "O"
    ):  # whole numbers too large for 64 bits, or truth values among others
        values = values.astype("str")
    return to_strings(values)
