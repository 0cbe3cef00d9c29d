"""`read_table`: a whole table from a file, chunk by chunk, into memory or a folder."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]

from linreg.data.files.cells.convert import GROUPED, Array, Cells, first_text, to_numbers
from linreg.data.files.formats.delimited.reader import HEADER_ONLY, TextReader
from linreg.data.files.formats.detect import reader_of
from linreg.data.files.formats.parquet.reader import ParquetReader
from linreg.data.files.reader import Chunk, Reader, RestartReading
from linreg.data.files.storage.source import GIGABYTE, MAX_UPLOAD_UNPACKED_BYTES, Content, Source
from linreg.data.files.table import (
    ALL_NUMBERS_FILE,
    DESCRIPTION_FILE,
    MAX_COPIED_BYTES,
    Table,
    empty,
)
from linreg.errors import DataError
from linreg.text.lists import quoted
from linreg.text.numbers import counted

ALL_EMPTY = "No column holds only numbers, all are empty; fill in values, or choose another file."
MAX_IN_MEMORY_BYTES = GIGABYTE // 2  # without a folder: what a server reads by itself

Progress = Callable[[float], None]


def read_table(
    source: Content,
    name: str = "file",
    *,
    folder: Path | None = None,
    on_progress: Progress | None = None,
) -> Table:
    """Read a table from a file: CSV and its relatives, Excel, Parquet or JSON lines.

    Parameters
    ----------
    source : bytes, binary file that can seek, or Path
        Its format, and the dialect of a text, are found by its content.
    name : str
        Name of the table.
    folder : Path, optional
        An existing, empty folder for the columns: memory stays bounded, and `Table.open` opens
        the table again, in another process too. Without it, all is held in memory.
    on_progress : callable, optional
        Called with the share read so far, 0 to 1, every few megabytes. If it raises, reading
        ends with that exception and leaves the folder empty.

    Returns
    -------
    Table
        Its numeric columns, its text columns, and notes.

    Raises
    ------
    DataError
        If the file cannot be read as a table, all its cells are empty, or it unpacks to too much.
    """
    reader = reader_of(Source.of(source, MAX_UPLOAD_UNPACKED_BYTES))
    if isinstance(reader, ParquetReader):  # its size is known before it is read
        _check_size(reader.n, len(reader.names), 0, folder)
    try:
        return _collected(reader, name, folder, on_progress or (lambda share: None))
    except BaseException:
        _clear(folder)
        raise


def read_text(text: str, name: str = "pasted rows") -> Table:
    """Read a table that was pasted, from a spreadsheet for instance.

    Parameters
    ----------
    text : str
        The rows, with tabs or any other delimiter between columns, with or without a header.
    name : str
        Name of the table.

    Raises
    ------
    DataError
        If nothing is pasted, it is not a table, or all its cells are empty.
    """
    if not text.strip():
        raise DataError("Nothing is pasted; copy rows of numbers, and paste them.")
    data = text.encode(errors="replace")
    return _collected(TextReader.of(Source(data, len(data))), name, None, lambda share: None)


def _collected(reader: Reader, name: str, folder: Path | None, on_progress: Progress) -> Table:
    while True:
        try:
            return _Collector(reader, folder).table(name, on_progress)
        except RestartReading as restart:
            _clear(folder)
            reader = restart.reader


def _check_size(rows: int, columns: int, text: int, folder: Path | None) -> None:
    """Refuse a table that is too large with `text` bytes of text: a small file may unpack to it."""
    limit = MAX_UPLOAD_UNPACKED_BYTES if folder else MAX_IN_MEMORY_BYTES
    if 8 * rows * columns + text > limit:
        kinds = "numbers and text" if text else "numbers"
        raise DataError(
            f"The file unpacks to {counted(rows, 'row')} of {counted(columns, 'column')}, more "
            f"than {limit / GIGABYTE:g} GB of {kinds}, which is the limit here; summarise it with "
            "the command line, or take fewer rows."
        )


def _clear(folder: Path | None) -> None:
    for pattern in ("*.f64", "*.arrow", DESCRIPTION_FILE):
        for file in folder.glob(pattern) if folder else ():
            file.unlink()


class _Collector:
    """The columns of a table while it is read.

    A column whose first chunk has text is stored in the first pass. One that turns out to be text
    later, when its first cells have become numbers, is stored in a second pass.
    """

    def __init__(self, reader: Reader, folder: Path | None) -> None:
        self.reader = reader
        self.folder = folder
        self.columns: dict[str, _Column] = {}
        self.n = 0
        self._are_in_files = False

    def table(self, name: str, on_progress: Progress) -> Table:
        at_once = _TextStore(self.folder, "0.arrow")
        for chunk in self.reader.chunks():
            # Checked before it is added: a column that appears only now takes space in all rows.
            columns = self.columns.keys() | chunk.cells.keys()
            _check_size(self.n + chunk.n, len(columns), at_once.size, self.folder)
            self._add(chunk)
            if self.n == chunk.n:
                at_once.names = [c.name for c in self.columns.values() if c.first_text]
            at_once.add(chunk)
            on_progress(chunk.share)
        at_once.close()
        _check_size(self.n, len(self.columns), at_once.size, self.folder)
        if not self.n:
            raise DataError(HEADER_ONLY)
        for column in self.columns.values():
            if not column.holds_numbers:
                column.forget()
        first = {c.name: c.first_text for c in self.columns.values() if c.first_text}
        numeric = [c.name for c in self.columns.values() if c.holds_numbers]
        text = tuple(c.name for c in self.columns.values() if not c.holds_numbers)
        if not numeric and not first:
            raise DataError(ALL_EMPTY)
        exact = set(at_once.exact)
        missed = [column for column in first if column not in exact]
        late = self._second_pass(missed, at_once.size, on_progress)
        notes = tuple(filter(None, self._notes(numeric)))
        decimal, order = self.reader.decimal, tuple(self.columns) if text else ()
        if self.folder:
            files = dict.fromkeys(exact, at_once.file)
            files |= dict.fromkeys(late.names, late.file)
            described = Table(name, {}, text, self.n, notes, first, decimal, order=order)
            described.describe(self.folder, self._numbers_in(self.folder, numeric), files)
            return Table.open(self.folder)
        stored = at_once.columns() | late.columns()
        texts = {column: stored[column] if column in stored else empty(self.n) for column in text}
        arrays = {column: self.columns[column].array() for column in numeric}
        return Table(name, arrays, text, self.n, notes, first, decimal, texts=texts, order=order)

    def _numbers_in(self, folder: Path, numeric: Sequence[str]) -> dict[str, str]:
        """Return the file of each column of numbers; few numbers go into one file for all."""
        if self._are_in_files:
            return {name: self.columns[name].file for name in numeric}
        with (folder / ALL_NUMBERS_FILE).open("wb") as file:
            for name in numeric:
                self.columns[name].array().tofile(file)
        return dict.fromkeys(numeric, ALL_NUMBERS_FILE)

    def _second_pass(self, names: Sequence[str], size: int, on_progress: Progress) -> _TextStore:
        """Store columns that turned out to be text; `size` is the bytes of those stored before."""
        store = _TextStore(self.folder, "1.arrow")
        store.names = list(names)
        for chunk in self.reader.chunks(set(names), only=True) if names else ():
            store.add(chunk)
            _check_size(self.n, len(self.columns), size + store.size, self.folder)
            on_progress(chunk.share)
        store.close()
        return store

    def _add(self, chunk: Chunk) -> None:
        for name, cells in chunk.cells.items():
            if name not in self.columns:
                column = _Column(name, f"{len(self.columns)}.f64")
                self.columns[name] = column
                if self.n:  # a late column is missing in all rows so far
                    column.add(np.full(self.n, np.nan), 0, self.reader.decimal)
            self.columns[name].add(cells, self.n, self.reader.decimal)
        self.n += chunk.n
        if self.folder and 8 * self.n * len(self.columns) > MAX_COPIED_BYTES:
            self._are_in_files = True
            for column in self.columns.values():
                column.move_into(self.folder)

    def _notes(self, numeric: Sequence[str]) -> list[str]:
        grouped = [name for name in numeric if self.columns[name].grouped]
        note = GROUPED.format(names=quoted(grouped)) if grouped else ""
        return [self.reader.style, note, *self.reader.notes]


class _Column:
    """One column while it is read: its numbers so far, until it turns out to be text."""

    def __init__(self, name: str, file: str) -> None:
        self.name = name
        self.file = file
        self._path: Path | None = None
        self._parts: list[Array] = []
        self.first_text: tuple[int, str] | None = None
        self.grouped = False
        self._numbers = False

    @property
    def holds_numbers(self) -> bool:
        """Whether there are numbers, and nothing else but missing values."""
        return self._numbers and not self.first_text

    def add(self, cells: Cells, row: int, decimal: str) -> None:
        """Append the cells that follow the first `row` rows."""
        if self.first_text:
            return
        if (text := first_text(cells, decimal, lists=not self.grouped)) is not None:
            self.first_text = (row + text[0] + 1, text[1])
            self.forget()
            return
        array, grouped = to_numbers(cells, decimal)
        self.grouped |= grouped
        self._numbers = self._numbers or not bool(np.isnan(array).all())
        self._parts.append(array)

    def move_into(self, folder: Path) -> None:
        """Append the numbers that are in memory to a file of the column."""
        if not self._parts:
            return
        self._path = folder / self.file
        with self._path.open("ab") as file:
            for part in self._parts:
                part.tofile(file)
        self._parts.clear()

    def forget(self) -> None:
        """Delete the numbers: the column is text, or entirely missing."""
        self._parts.clear()
        if self._path:
            self._path.unlink(missing_ok=True)

    def array(self) -> Array:
        """Return the numbers, and delete them here."""
        array = np.concatenate(self._parts)
        self._parts.clear()
        return array


class _TextStore:
    """Text columns while they are read: in memory, or in an Arrow file."""

    def __init__(self, folder: Path | None, file: str) -> None:
        self.file = file
        self.names: list[str] = []
        self.size = 0  # bytes
        self._path = folder / file if folder else None
        self._writer: Any = None
        self._batches: list[Any] = []
        self._converted: set[str] = set()  # delivered as numbers at least once

    @property
    def exact(self) -> list[str]:
        """The columns that were delivered as text, never as numbers."""
        return [name for name in self.names if name not in self._converted]

    def add(self, chunk: Chunk) -> None:
        if not self.names:
            return
        batch = pa.record_batch([self._text(name, chunk) for name in self.names], self.names)
        self.size += batch.nbytes
        if self._path is None:
            self._batches.append(batch)
            return
        if self._writer is None:
            self._writer = pa.ipc.new_file(str(self._path), batch.schema)
        self._writer.write_batch(batch)

    def _text(self, name: str, chunk: Chunk) -> Any:
        cells = chunk.cells.get(name)  # None for a column that appears later
        if isinstance(cells, np.ndarray):
            self._converted.add(name)
            cells = None
        return pa.nulls(chunk.n, pa.large_string()) if cells is None else cells

    def columns(self) -> dict[str, Any]:
        if not self._batches:
            return {}
        table = pa.Table.from_batches(self._batches)
        return {name: table[name] for name in self.exact}

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()
