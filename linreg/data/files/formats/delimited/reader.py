"""CSV and its relatives, a few megabytes at a time: pandas reads, this module refuses misreading.

pandas fills rows with too few fields with missing values in silence; here they are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from linreg.data.files.cells.column_names import unique_names
from linreg.data.files.cells.convert import MISSING_MARKERS, Cells, to_strings
from linreg.data.files.formats.delimited.dialect import DELIMITERS, NO_DELIMITER, Dialect, sniff
from linreg.data.files.formats.delimited.encoding import (
    UTF8,
    Utf8Stream,
    first_encoding,
    next_encoding,
)
from linreg.data.files.formats.delimited.probe import probes_of, start_of
from linreg.data.files.formats.delimited.ragged_rows import (
    count_delimiters,
    first_ragged_row,
    ragged_row_error,
)
from linreg.data.files.reader import Chunk, RestartReading
from linreg.data.files.storage.source import Source
from linreg.errors import DataError
from linreg.text.numbers import count

if TYPE_CHECKING:
    import pandas as pd

HEADER_ONLY = "The file has a header but no rows below it; add rows of numbers."
SAMPLE_BYTES = 1 << 16  # bytes read to decide; the rest is verified while it is read
MAX_LINE_BYTES = 1 << 26  # bytes of a line: what has longer ones is no table
MAX_READ_AHEAD_BYTES = (
    1 << 29
)  # bytes read until rows come out: the memory that an open quote may take
CHUNK_BYTES = 1 << 22  # bytes parsed at a time: text columns never pile up, and the cache is used
WIDE_CHUNK_ROWS = (
    1000  # rows parsed at a time where these take more: what is done a column takes its time
)
MAX_WIDE_CHUNK_BYTES = 1 << 27  # bytes that these may take


@dataclass(frozen=True, eq=False)
class TextReader:
    """A text table; see `linreg.data.files.reader.Reader`."""

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
        DataError
            If it is empty, has no rows below its header, or is not text.
        """
        encoding = encoding or first_encoding(source.head(SAMPLE_BYTES))
        try:
            with source.open() as file:
                head, cut = start_of(Utf8Stream(file, encoding, MAX_LINE_BYTES), SAMPLE_BYTES)
        except UnicodeDecodeError:
            return cls.of(source, next_encoding(encoding), mark)
        hasty = cut and not source.is_whole
        try:
            probes = (
                [] if hasty or not cut else probes_of(source, encoding, len(head), SAMPLE_BYTES)
            )
            dialect = sniff(head, probes, cut=cut, mark=mark)
        except DataError:
            if not hasty:
                raise
            return cls.of(source.whole(), encoding, mark)
        below = head[dialect.start :]
        if not cut and not below.strip():
            raise DataError(HEADER_ONLY)
        names, renamed = unique_names(
            dialect.header or [""] * dialect.width, told=bool(dialect.header)
        )
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
        DataError
            If a row has too many or too few fields.
        Restart
            If the text is not in the encoding that its start is in, or was judged in haste.
        """
        try:
            yield from self._chunks(as_text, only=only)
        except DataError:
            self._reconsider()
            raise
        self._reconsider()

    def _reconsider(self) -> None:
        """Start over if all of the text shows that it is written in another way than its start."""
        if self.hasty:
            better = TextReader.of(self.source.whole(), self.encoding, self.mark)
            if better._how != self._how:
                raise RestartReading(better)

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
        """How many rows are parsed together, by the length of the first ones."""
        return max(
            CHUNK_BYTES // self.row_bytes,
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
                    ahead.came_out(len(frame))
                    yield frame, text.file.share
        except pd.errors.EmptyDataError:
            raise DataError(HEADER_ONLY) from None
        except pd.errors.ParserError as error:
            if "Calling read" in str(error):  # what pandas makes of Ctrl-C when it asks for more
                raise KeyboardInterrupt from None
            raise self._ragged(open_quote="inside string" in str(error)) from None

    def _check_widths(self, n: int) -> None:
        """Refuse n rows one of which is too short; none is too long by now."""
        with self.body() as text:
            if count_delimiters(text, self.dialect.delimiter) == n * (self.dialect.width - 1):
                return
        with self.body() as text:
            odd = first_ragged_row(text, self.dialect)
        if odd is not None:
            raise ragged_row_error(odd, self.dialect)

    def _ragged(self, *, open_quote: bool = False) -> DataError:
        with self.body() as text:
            odd = first_ragged_row(text, self.dialect, open_quote=open_quote)
        return ragged_row_error(odd, self.dialect, open_quote=open_quote)


class _Ahead:
    """A text as pandas asks for it, which is refused if it seems to be one row without end."""

    def __init__(self, text: Utf8Stream, reader: TextReader) -> None:
        self._text = text
        self._reader = reader
        self._rows = 0  # that came out
        self._bytes, self._quotes = 0, False  # read since

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._text)

    def came_out(self, rows: int) -> None:
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
        """Blame a quote if there is one; else the rows are longer than the first ones showed."""
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
    if values.dtype.kind in "iuf":
        return values.to_numpy(dtype=float)
    if values.dtype.kind in "bO":  # truth values, or whole numbers too large for 64 bits
        values = values.astype("str")
    return to_strings(values)
