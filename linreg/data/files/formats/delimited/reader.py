"""`TextReader` of CSV and its relatives: pandas parses, this module checks what it misreads.

pandas silently fills rows with too few fields with missing values; here they are noted or refused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import TYPE_CHECKING, Any

import numpy as np

from linreg.data.files.cells.column_names import unique_names
from linreg.data.files.cells.convert import (
    MISSING_MARKERS,
    ROUNDED,
    Cells,
    holds_rounded,
    to_strings,
)
from linreg.data.files.formats.delimited import ragged_rows
from linreg.data.files.formats.delimited.dialect import Dialect, plain_layout, sniff
from linreg.data.files.formats.delimited.encoding import (
    UTF8,
    ReadAhead,
    Utf8Stream,
    count_rows,
    first_encoding,
    next_encoding,
    start_of,
)
from linreg.data.files.formats.delimited.layout.body import Body, with_footer
from linreg.data.files.formats.delimited.layout.unusual import TRAILING, unusual_layout
from linreg.data.files.formats.delimited.probe import samples_of
from linreg.data.files.formats.delimited.quotes import backslash_quotes, other_quotes
from linreg.data.files.formats.delimited.rows import BLANKS, Layout, in_step
from linreg.data.files.formats.delimited.wide_rows import (
    MIN_WIDE_COLUMNS,
    NotWide,
    columns_of,
    is_plain,
    wide_blocks,
)
from linreg.data.files.reader import Chunk, RestartReading
from linreg.data.files.storage.source import Source
from linreg.errors import DataError
from linreg.text.lists import quoted_few
from linreg.text.numbers import is_too_long

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
    of the table's other files; `late_notes` are those that only reading brings; `may_be_wide` says
    that few wide rows need not go through pandas.
    """

    source: Source
    encoding: str
    dialect: Dialect
    row_bytes: int
    names: tuple[str, ...]
    first_notes: tuple[str, ...]
    provisional: bool = False
    mark: str | None = None
    late_notes: list[str] = field(default_factory=list)
    may_be_wide: bool = True

    @classmethod
    def of(
        cls,
        source: Source,
        encoding: str | None = None,
        mark: str | None = None,
        layout: Layout | None = None,
    ) -> TextReader:
        """Decide how a text is written.

        `encoding` is what to try first; `mark` is the decimal mark of other files of the table,
        where this one leaves it open; `layout` is where the rows are, by default as it shows.

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
        probes, tail = list[bytes](), b""
        try:
            if cut and not provisional:
                line_bytes = len(head) // (head.count(b"\n") + 1)
                probes, tail = samples_of(source, encoding, len(head), line_bytes)
            bare, is_plain = (layout, True) if layout else _layout(head, cut=cut)
            *probes, tail = in_step([*probes, tail], head, bare)
            if layout is None and cut:
                bare = with_footer(bare, tail, is_all=False)
            elif not is_plain:
                bare = with_footer(bare, head[bare.skip :], is_all=True)
            layout = bare
            probes.append(tail[: len(tail) - layout.footer])
            dialect = sniff(head, probes, cut=cut, mark=mark, layout=layout)
        except DataError:
            if not provisional:
                raise
            return cls.of(source.whole(), encoding, mark)
        below = head[dialect.start : None if cut else len(head) - layout.footer]
        if not cut and not below.strip():
            raise DataError(HEADER_ONLY)
        names, renamed = unique_names(
            dialect.header or [""] * len(dialect.numbers), header=bool(dialect.header)
        )
        row_bytes = len(below) // count_rows(below) + 1
        large = list(compress(names, dialect.rounded))
        rounded = [ROUNDED.format(names=quoted_few(large))] if large else []
        notes = (*dialect.notes, *renamed, *rounded)
        return cls(source, encoding, dialect, row_bytes, names, notes, provisional, mark)

    @property
    def notes(self) -> tuple[str, ...]:
        """Further sentences on how it is read; some are known only once it was read."""
        return (*self.first_notes, *self.late_notes)

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
        how = self.dialect.style + ([f"{self.encoding} text"] if self.encoding != UTF8 else [])
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
            if better.dialect.decisions != self.dialect.decisions:
                raise RestartReading(better)

    def _chunks(self, as_text: Collection[str], *, only: bool) -> Iterator[Chunk]:
        try:
            if self.may_be_wide and self.dialect.width >= MIN_WIDE_COLUMNS:
                yield from self._wide_chunks(as_text, only=only)
                return
            n, suspicious, rounded = 0, False, dict[str, None]()
            for frame, share in self._frames(as_text, only=only):
                n += len(frame)
                if not only:
                    width, trailing = self.dialect.width, self.dialect.layout.trailing
                    suspicious |= bool(frame[width - 1].isna().any())
                    if trailing:
                        self._check_behind(frame[range(width - trailing, width)])
                first = int(self.dialect.layout.row_numbers)
                cells = {
                    name: _cells(frame[j])
                    for j, name in enumerate(self.names, start=first)
                    if j in frame.columns
                }
                wide = compress(enumerate(self.names, start=first), self.dialect.numbers)
                rounded |= {n: None for j, n in wide if _is_rounded(frame.get(j), cells.get(n))}
                yield Chunk(len(frame), cells, share)
            if suspicious and not self.late_notes:
                self._check_widths(n)
            if not only:
                self._note_rounded(rounded)
        except UnicodeDecodeError:
            encoding = next_encoding(self.encoding)
            raise RestartReading(TextReader.of(self.source, encoding, self.mark)) from None

    def _wide_chunks(self, as_text: Collection[str], *, only: bool) -> Iterator[Chunk]:
        """Yield wide rows, unless there is something about them that pandas has to look at."""
        dialect, layout = self.dialect, self.dialect.layout
        text = {*compress(self.names, dialect.text), *as_text}
        try:
            if dialect.is_first_short or not is_plain(layout):
                raise NotWide
            with self.body() as stream:
                for rows in wide_blocks(stream, layout.delimiter, layout.quote, dialect.width):
                    cells = columns_of(rows, self.names, text, dialect.decimal)
                    if only:
                        cells = {name: cells[name] for name in as_text}
                    yield Chunk(len(rows), cells, stream.file.share)
        except NotWide:
            raise RestartReading(replace(self, may_be_wide=False)) from None

    def _note_rounded(self, names: Collection[str]) -> None:
        """Note numbers that are rounded in columns whose samples have none."""
        known = set(compress(self.names, self.dialect.rounded))
        if late := [name for name in names if name not in known]:
            note = ROUNDED.format(names=quoted_few(late))
            if note not in self.late_notes:
                self.late_notes.append(note)

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
        """Yield the text of the rows, without what stands above and below them."""
        layout = self.dialect.layout
        with self.source.open() as file:
            text = Utf8Stream(file, self.encoding, MAX_LINE_BYTES)
            if layout.footer or layout.quoted_rows or layout.comment:
                text = Body(file, self.encoding, MAX_LINE_BYTES, layout)
            text.skip(self.dialect.start)
            yield text

    def _frames(
        self, as_text: Collection[str], *, only: bool
    ) -> Iterator[tuple[pd.DataFrame, float]]:
        """Yield some megabytes of rows at a time; refuse rows that are too long."""
        import pandas as pd  # here, because files that polars reads do without its 30 MB

        first = int(self.dialect.layout.row_numbers)
        wanted = [j for j, name in enumerate(self.names, start=first) if name in as_text]
        text_columns = (j for j, text in enumerate(self.dialect.text, start=first) if text)
        whole = [*text_columns, *wanted]
        try:
            with (
                self.body() as text,
                pd.read_csv(  # type: ignore[call-overload]
                    ahead := self._ahead(text),
                    sep=r"\s+" if self.dialect.delimiter == BLANKS else self.dialect.delimiter,
                    quotechar=self.dialect.layout.quote,
                    escapechar=self.dialect.layout.escape,
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
                above, is_checked = int(self.dialect.is_first_short), False
                for frame in frames:
                    if ahead.has_backslash_quotes and not is_checked:
                        self._check_quotes()
                        is_checked = True
                    if not only and frame.shape[1] != self.dialect.width:
                        raise self._ragged()
                    ahead.parsed(len(frame))
                    yield frame.iloc[above:], text.file.share
                    above = 0
        except pd.errors.EmptyDataError:
            raise DataError(HEADER_ONLY) from None
        except pd.errors.ParserError as error:
            if "Calling read" in str(error):  # what pandas makes of Ctrl-C when it asks for more
                raise KeyboardInterrupt from None
            raise self._ragged(open_quote="inside string" in str(error)) from None

    def _check_quotes(self) -> None:
        """Read again with backslash quotes if the text has these."""
        with self.body() as text:
            layout = backslash_quotes(text, self.dialect)
        if layout:
            raise RestartReading(replace(self, dialect=replace(self.dialect, layout=layout)))

    def _ahead(self, text: Utf8Stream) -> ReadAhead:
        # pandas takes the number of columns from the first row; a short one needs a full one above.
        dialect = self.dialect
        above = dialect.delimiter * (dialect.width - 1) + "\n" if dialect.is_first_short else ""
        return ReadAhead(text, above.encode(), MAX_READ_AHEAD_BYTES, self._shrink)

    def _shrink(self) -> None:
        if self.rows_at_once > 1:
            raise RestartReading(replace(self, row_bytes=2 * self.row_bytes))

    def _check_behind(self, behind: pd.DataFrame) -> None:
        """Read again with all columns if there is a cell behind the last one."""
        if behind.notna().any(axis=None):
            layout = self.dialect.layout
            kept = tuple(note for note in layout.notes if note not in TRAILING)
            layout = replace(layout, trailing=0, width=0, notes=kept)
            raise RestartReading(TextReader.of(self.source, self.encoding, self.mark, layout))

    def _check_widths(self, n: int) -> None:
        """Note or refuse n rows some of which are too short; one too long was refused before."""
        layout = self.dialect.layout
        if layout.delimiter != BLANKS and layout.quote == '"' and not layout.escape:
            with self.body() as text:
                marks = ragged_rows.count_delimiters(text, layout.delimiter)
            if marks == n * (self.dialect.width - 1):
                return
        with self.body() as text:
            if note := ragged_rows.note_on_short_rows(text, self.dialect):
                self.late_notes.append(note)

    def _ragged(self, *, open_quote: bool = False) -> DataError:
        """Return the error that names the row; with other quotes all rows may be right."""
        with self.body() as text:
            layout = other_quotes(text, self.dialect)
        if layout:
            raise RestartReading(replace(self, dialect=replace(self.dialect, layout=layout)))
        with self.body() as text:
            ragged = ragged_rows.first_ragged_row(text, self.dialect, open_quote=open_quote)
        return ragged_rows.ragged_row_error(ragged, self.dialect, open_quote=open_quote)


def _layout(head: bytes, *, cut: bool) -> tuple[Layout, bool]:
    """Return where the rows are by the start of a text, and whether that is all there is to it."""
    layout, is_plain = plain_layout(head, cut=cut)
    return layout if is_plain else unusual_layout(head, cut=cut), is_plain


def _is_rounded(values: pd.Series[Any] | None, cells: Cells | None) -> bool:
    """Tell whether there are whole numbers that float64 has to round."""
    if values is None or cells is None:
        return False
    if isinstance(cells, np.ndarray):
        return values.dtype.kind in "iu" and is_too_long(max(values.max(), -int(values.min())))
    return holds_rounded(cells)


def _cells(values: pd.Series[Any]) -> Cells:
    if values.dtype.kind in "iufb":
        return values.to_numpy(dtype=float)
    if (
        values.dtype.kind == "O"
    ):  # whole numbers too large for 64 bits, or truth values among others
        values = values.astype("str")
    return to_strings(values)
