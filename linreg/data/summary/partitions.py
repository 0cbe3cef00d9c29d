"""A table in parts that can be read apart, wherever its files lie.

fsspec opens the files: those of this machine, and with its plug-ins those in object storage.  A
part is a plain value that travels to the process which reads it.  Texts are cut at line ends, so
that a table whose cells hold line ends has to be one of smaller files.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, Protocol

import fsspec  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
from fsspec.utils import read_block  # type: ignore[import-untyped]

from linreg.data.files.batches.checked import (
    Labels,
    as_labels,
    as_numbers,
    check_columns,
    checked_batches,
)
from linreg.data.files.batches.common_dialect import Preview
from linreg.data.files.formats.delimited.encoding import UTF16, Utf8Stream, next_encoding
from linreg.data.files.formats.delimited.reader import SAMPLE_BYTES, TextReader
from linreg.data.files.formats.detect import reader_of
from linreg.data.files.formats.parquet.reader import PARQUET_CHUNK_ROWS, ParquetReader, arrow_cells
from linreg.data.files.reader import Reader
from linreg.data.files.storage.source import MAX_SCAN_UNPACKED_BYTES, Source, not_ordinary
from linreg.errors import DataError
from linreg.model.moments import Floats
from linreg.text.numbers import count

PART_BYTES = 1 << 25  # about a second of work, and some tens of megabytes of memory

Batches = Iterator[tuple[list[Floats], Labels | None]]
Seen = Callable[[Preview], None]


def ignored(look: Preview) -> None:
    """Do nothing with what a look at a file shows."""


@dataclass(frozen=True)
class File:
    """A file on this machine, or wherever fsspec can open one.

    Attributes
    ----------
    system : fsspec file system
    path : str
    size : int
        Bytes.
    mark : str or None
        The decimal mark of the table's other files, where this one leaves it open.
    """

    system: Any
    path: str
    size: int
    mark: str | None = None

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Open it for reading."""
        with self.system.open(self.path, "rb") as opened:
            yield opened

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        """Open it as a table."""
        with self.open() as opened:
            yield reader_of(Source.of(opened, MAX_SCAN_UNPACKED_BYTES), self.mark)


class Part(Protocol):
    """Some neighbouring rows of a table."""

    @property
    def file(self) -> File:
        """The file that they are in."""

    @property
    def where(self) -> str:
        """Which rows these are, in words."""

    def rows(self, columns: Sequence[str], label: str | None, seen: Seen = ignored) -> Batches:
        """Yield columns of shape (b,), NaN where a value is missing, and labels of shape (b,).

        `seen` is given what a look at the file shows.

        Raises
        ------
        DataError
            If a column is not numbers, or the rows cannot be read.
        """


@dataclass(frozen=True)
class Whole:
    """A file that is read in one go."""

    file: File

    @property
    def where(self) -> str:
        """Which file this is, in words."""
        return f"“{self.file.path}”"

    def rows(self, columns: Sequence[str], label: str | None, seen: Seen = ignored) -> Batches:
        """Yield columns and labels, NaN where a value is missing, after `seen` got the preview."""
        with self.file.reader() as reader:
            seen(preview := Preview.of(reader))
            wanted = [*columns, *([] if label is None else [label])]
            check_columns(wanted, reader.names, self.file.path)
            if _is_plain_parquet(reader):
                yield from RowGroups(self.file, reader.decimal).rows(columns, label)
                return
            late: list[str] = []
            for values, labels, _ in checked_batches(reader, columns, label, on_note=late.append):
                yield values, labels
            seen(preview.noting(late))


@dataclass(frozen=True)
class Lines:
    """The lines of a text that start between two of its bytes.

    Attributes
    ----------
    file : File
    reader : TextReader
        Knows how the file is written; its source is empty.
    start, stop : int
    """

    file: File
    reader: TextReader
    start: int
    stop: int

    @property
    def where(self) -> str:
        """Which lines these are, in words."""
        place = f", from byte {count(self.start)} on" if self.start else ""
        return f"“{self.file.path}”{place}"

    def rows(self, columns: Sequence[str], label: str | None, seen: Seen = ignored) -> Batches:
        """Yield columns and labels, NaN where a value is missing, after `seen` got the preview."""
        seen(Preview.of(self.reader))
        with self.file.open() as opened:
            lines = read_block(opened, self.start, self.stop - self.start, delimiter=b"\n")
        dialect = self.reader.dialect
        if self.start:
            dialect = replace(dialect, start=0)
        if lines[dialect.start :].strip():
            source = Source(lines, len(lines))
            encoding = _encoding(source, self.reader.encoding)
            reader = replace(self.reader, source=source, dialect=dialect, encoding=encoding)
            for values, labels, _ in checked_batches(reader, columns, label):
                yield values, labels


@dataclass(frozen=True)
class RowGroups:
    """Some neighbouring row groups of a Parquet file.

    Attributes
    ----------
    file : File
    decimal : str
        The decimal mark of numbers that are stored as text.
    groups : tuple of int or None
        None for all.
    first : int
        Number of their first row in the file.
    """

    file: File
    decimal: str = "."
    groups: tuple[int, ...] | None = None
    first: int = 1

    @property
    def where(self) -> str:
        """Which rows these are, in words."""
        place = f", from row {count(self.first)} on" if self.first > 1 else ""
        return f"“{self.file.path}”{place}"

    def rows(self, columns: Sequence[str], label: str | None, seen: Seen = ignored) -> Batches:
        """Yield columns and labels, NaN where a value is missing; `seen` is not called.

        Parquet says itself how it is to be read.
        """
        row = 0
        wanted = [*columns, *([] if label is None else [label])]
        with self.file.open() as opened, pq.ParquetFile(opened) as file:
            for batch in file.iter_batches(
                PARQUET_CHUNK_ROWS, row_groups=self.groups, columns=wanted, use_threads=False
            ):
                cells = {name: arrow_cells(batch[name], text=name == label) for name in wanted}
                values = [as_numbers(name, cells[name], row, self.decimal) for name in columns]
                yield values, None if label is None else as_labels(cells[label])
                row += len(batch)


def find(patterns: Sequence[str]) -> list[File]:
    """Find the files of a table.

    Parameters
    ----------
    patterns : sequence of str
        Files, patterns of them, and folders, whose Parquet files are meant.

    Raises
    ------
    DataError
        If there is none, or the place cannot be reached.
    """
    files = []
    for pattern in patterns:
        try:
            system, place = fsspec.core.url_to_fs(pattern)
            entries = _entries(system, place)
        # Each kind of storage raises what it likes: of missing rights, keys, plug-ins, networks.
        except Exception as error:
            raise DataError(
                f"“{pattern}” can not be reached ({error or type(error).__name__})."
            ) from error
        if not entries:
            raise DataError(f"There is no file “{pattern}”; check its name.")
        if any(info["type"] == "other" and not system.isfile(path) for path, info in entries):
            raise DataError(not_ordinary(pattern))
        files += [File(system, path, int(info["size"] or 0)) for path, info in entries]
    return files


def look(file: File) -> Preview:
    """Take a first look at a file.

    Raises
    ------
    DataError
        If it cannot be read as a table.
    """
    try:
        with file.reader() as reader:
            return Preview.of(reader)
    except DataError as error:
        raise DataError(f"In “{file.path}”: {error}") from None


def split(file: File, wanted: Sequence[str]) -> list[Part]:
    """Cut a large file into parts of about `PART_BYTES`, if one can start in its middle.

    Parameters
    ----------
    file : File
    wanted : sequence of str
        The columns that it must have.

    Raises
    ------
    DataError
        If it cannot be read as a table, or lacks a column.
    """
    try:
        with file.reader() as reader:
            check_columns(wanted, reader.names, file.path)
            if isinstance(reader, TextReader) and _has_line_ends(reader):
                bare = replace(reader, source=Source(b"", 0))
                edges = range(0, file.size, PART_BYTES)
                return [Lines(file, bare, start, start + PART_BYTES) for start in edges]
            if _is_plain_parquet(reader):
                return [*_row_groups(file, reader.decimal)]
    except DataError as error:
        raise DataError(f"In “{file.path}”: {error}") from None
    return [Whole(file)]


def _entries(system: Any, place: str) -> list[tuple[str, Any]]:
    """Return the paths of the files at a place, in order, and what the system says of each."""
    if not system.exists(place):
        matching = system.glob(place, detail=True).items() if set(place) & set("*?[") else ()
        return sorted((path, info) for path, info in matching if info["type"] != "directory")
    if not system.isdir(place):
        return [(place, system.info(place))]
    inside = system.find(place, detail=True).items()
    return sorted(
        (path, info)
        for path, info in inside
        # Programs hide what is theirs behind these marks.
        if path.endswith(".parquet") and not re.search(r"/[._]", path[len(place.rstrip("/")) :])
    )


def _is_plain_parquet(reader: Reader) -> bool:
    """Tell whether columns can be asked for by the names that they have here."""
    return isinstance(reader, ParquetReader) and reader.names == tuple(reader.schema.names)


def _has_line_ends(reader: TextReader) -> bool:
    """Tell whether a byte that says “line end” is one, wherever one starts to read."""
    source, layout = reader.source, reader.dialect.layout
    return (
        not (source.packed or layout.footer or layout.quoted_rows)
        and reader.encoding != UTF16
        and b"\n" in source.head(SAMPLE_BYTES)
    )


def _encoding(source: Source, encoding: str) -> str:
    """Return the encoding of these lines, where the start of their file left more than one."""
    try:
        with source.open() as file:
            for _ in Utf8Stream(file, encoding):
                pass
    except UnicodeDecodeError:
        return _encoding(source, next_encoding(encoding))
    return encoding


def _row_groups(file: File, decimal: str) -> Iterator[RowGroups]:
    with file.open() as opened, pq.ParquetFile(opened) as parquet:
        metadata = parquet.metadata
    groups: list[int] = []
    size, first, rows = 0, 1, 0
    for j in range(metadata.num_row_groups):
        groups.append(j)
        size += metadata.row_group(j).total_byte_size
        rows += metadata.row_group(j).num_rows
        if size >= PART_BYTES or j == metadata.num_row_groups - 1:
            yield RowGroups(file, decimal, tuple(groups), first)
            groups, size, first = [], 0, rows + 1
