"""`ParquetReader` of Parquet files, a batch of rows at a time, by pyarrow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from linreg.data.files.cells.column_names import unique_names
from linreg.data.files.cells.convert import (
    ROUNDED,
    Cells,
    Strings,
    cells_of,
    first_text,
    holds_rounded,
    marked,
    parse_numbers,
    to_strings,
)
from linreg.data.files.cells.number_syntax import EXACT_DIGITS, decimal_mark
from linreg.data.files.formats.parquet.footer import ChunkStatistics, read_statistics
from linreg.data.files.reader import Chunk
from linreg.data.files.storage.source import Source
from linreg.errors import DataError
from linreg.text.lists import quoted, quoted_few
from linreg.text.numbers import is_too_long

PARQUET_CHUNK_ROWS, PARQUET_CHUNK_BYTES = 1 << 16, 1 << 26  # a chunk has at least one of the two
LONG_CELL_ROWS = 1 << 11  # read at a time where a cell may be long
BUFFER_BYTES = 1 << 20  # without a buffer, memory grows by all that was read
WIDE_INTEGERS = (pa.int64(), pa.uint64())  # types that hold larger ones
DAMAGED_PARQUET = "The Parquet file is damaged or cut off; save or download it again."
EXCEEDS_MEMORY = "The Parquet file unpacks to more than memory holds; take fewer rows or columns."
UNREADABLE = (
    "Column “{name}” of the Parquet file has values that can not be read; save the file again "
    "without it."
)
WITHOUT_VALUES = "Left out, as the structures in it have no fields: {names}."
TIME_UNITS = {"s": "seconds", "ms": "milliseconds", "us": "microseconds", "ns": "nanoseconds"}


@dataclass(frozen=True, eq=False)
class ParquetReader:
    """The reader of a Parquet file, of its numbers and texts.

    `most_in_group` is the number of rows of its largest row group; `places` are the positions of
    columns in the footer, which lists and structures do not have; `schema` is without the columns
    in `left_out`, which have no values.
    """

    source: Source
    schema: Any
    n: int
    names: tuple[str, ...]
    renamed: tuple[str, ...]
    most_in_group: int
    places: Mapping[str, int]
    left_out: tuple[str, ...] = ()
    style: str = ""

    @classmethod
    def of(cls, source: Source) -> Self:
        """Read schema and size from the footer.

        Raises
        ------
        DataError
            If it is damaged.
        """
        with _opened(source) as file:
            whole, metadata = file.schema_arrow, file.metadata
            schema = pa.schema([field for field in whole if _has_values(field.type)])
            left_out = tuple(field.name for field in whole if not _has_values(field.type))
            names, renamed = unique_names(schema.names)
            paths = {metadata.schema.column(j).path: j for j in range(metadata.num_columns)}
            places = {n: paths[c] for n, c in zip(names, schema.names, strict=True) if c in paths}
            groups = map(metadata.row_group, range(metadata.num_row_groups))
            most = max((group.num_rows for group in groups), default=0)
        return cls(source, schema, metadata.num_rows, names, renamed, most, places, left_out)

    @property
    def notes(self) -> tuple[str, ...]:
        """Columns renamed or left out, numbers that are rounded, units of durations."""
        notes = [*self.renamed]
        if self.left_out:
            notes.append(WITHOUT_VALUES.format(names=quoted_few(self.left_out)))
        kinds = dict(zip(self.names, self.schema.types, strict=True))
        wide = [(name, kind) for name, kind in kinds.items() if kind in WIDE_INTEGERS]
        large = [name for name, kind in wide if _is_rounded(self._statistics(name), kind)]
        if large := [*large, *self._texts.rounded]:
            notes.append(ROUNDED.format(names=quoted_few(large)))
        for unit, word in TIME_UNITS.items():
            if spans := [name for name, kind in kinds.items() if kind == pa.duration(unit)]:
                notes.append(f"Durations are {word} in {quoted(spans)}.")
        return (*notes, self._texts.note) if self._texts.note else (*notes,)

    @property
    def decimal(self) -> str:
        """The decimal mark of numbers that are stored as text, by the first rows."""
        return self._texts.decimal

    @cached_property
    def _texts(self) -> _Texts:
        kinds = zip(self.names, self.schema.types, strict=True)
        others = [n for n, kind in kinds if not is_numeric_type(kind) or _is_wide_decimal(kind)]
        first = next(self.chunks(others, only=True), None) if others else None
        return _Texts.of(first.cells if first else {})

    @cached_property
    def _groups(self) -> list[list[ChunkStatistics]]:
        return read_statistics(self.source)

    def _statistics(self, name: str) -> list[ChunkStatistics]:
        """Return the statistics of a column by row group; an empty list if one has none."""
        place = self.places.get(name, -1)
        if any(not 0 <= place < len(group) for group in self._groups):
            return []
        return [group[place] for group in self._groups]

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers: by type and statistics, and strings by the first rows."""
        return tuple(
            (is_numeric_type(kind) or name in self._texts.numeric)
            and not _is_empty(self._statistics(name))
            for name, kind in zip(self.names, self.schema.types, strict=True)
        )

    def chunks(self, as_text: Collection[str] = (), *, only: bool = False) -> Iterator[Chunk]:
        """Yield all rows from the start, columns `as_text` as strings; `only` those if asked."""
        done = 0
        wanted = [(j, n) for j, n in enumerate(self.names) if n in as_text or not only]
        stored, kinds = self.schema.names, self.schema.types  # lists that are made at each access
        plain = len(set(stored)) == len(stored)
        some = [stored[j] for j, _ in wanted] if only and plain else None
        short = all(is_numeric_type(kinds[j]) for j, _ in wanted)
        with _opened(self.source) as file:
            batches = file.iter_batches(
                PARQUET_CHUNK_ROWS if short else LONG_CELL_ROWS, columns=some
            )
            for batch in _gathered(batches):
                done += len(batch)
                cells = {
                    name: self._cells(name, batch.column(k if some else j), text=name in as_text)
                    for k, (j, name) in enumerate(wanted)
                }
                yield Chunk(len(batch), cells, done / max(self.n, 1))

    def _cells(self, name: str, column: Any, *, text: bool) -> Cells:
        try:
            return arrow_cells(column, text=text)
        except (pa.ArrowException, ArithmeticError, ValueError):
            raise DataError(UNREADABLE.format(name=name)) from None


@dataclass(frozen=True)
class _Texts:
    """The decimal mark of text columns, by their first rows, and which of them hold numbers."""

    decimal: str
    note: str
    numeric: frozenset[str]
    rounded: tuple[str, ...]

    @classmethod
    def of(cls, columns: Mapping[str, Strings]) -> Self:
        decimal, note, _ = decimal_mark(map(marked, columns.values()), "")
        numeric = frozenset(
            name
            for name, cells in columns.items()
            if cells.null_count < len(cells) and first_text(cells, decimal) is None
        )
        rounded = tuple(
            name for name in columns if name in numeric and holds_rounded(columns[name])
        )
        return cls(decimal, note, numeric, rounded)


def is_numeric_type(kind: Any) -> bool:
    """Tell whether an Arrow type holds numbers: truth values and decimals do."""
    whole = pa.types.is_integer(kind) or pa.types.is_boolean(kind)
    return bool(whole or pa.types.is_floating(kind) or pa.types.is_decimal(kind))


def is_plain_type(kind: Any) -> bool:
    """Tell whether every library reads an Arrow type; some end in a panic over views and zones."""
    types = pa.types
    if types.is_timestamp(kind):
        return kind.tz is None or kind.tz[:1].isalpha()
    return bool(
        types.is_integer(kind)
        or types.is_floating(kind)
        or types.is_boolean(kind)
        or types.is_string(kind)
        or types.is_large_string(kind)
        or types.is_date(kind)
    )


def _has_values(kind: Any) -> bool:
    """Tell whether an Arrow type holds values: a structure without fields has none."""
    if pa.types.is_struct(kind):
        return any(_has_values(field.type) for field in kind.fields)
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return _has_values(kind.value_type)
    return True


@contextmanager
def _opened(source: Source) -> Iterator[Any]:
    with source.open() as handle:
        try:
            with pq.ParquetFile(handle.raw, pre_buffer=False, buffer_size=BUFFER_BYTES) as file:
                yield file
        except MemoryError:
            raise DataError(EXCEEDS_MEMORY) from None
        except (pa.ArrowException, OSError, UnicodeDecodeError):  # the last by names of columns
            raise DataError(DAMAGED_PARQUET) from None


def _gathered(batches: Iterable[Any]) -> Iterator[Any]:
    """Join batches until a chunk has enough rows or bytes."""
    held: list[Any] = []
    rows = size = 0
    for batch in map(_without_dictionaries, batches):
        if held and (rows >= PARQUET_CHUNK_ROWS or size + batch.nbytes > PARQUET_CHUNK_BYTES):
            yield _joined(held)
            held, rows, size = [], 0, 0
        held.append(batch)
        rows, size = rows + len(batch), size + batch.nbytes
    if held:
        yield _joined(held)


def _joined(batches: Sequence[Any]) -> Any:
    return pa.concat_batches(batches) if len(batches) > 1 else batches[0]


def _without_dictionaries(batch: Any) -> Any:
    if not any(map(pa.types.is_dictionary, batch.schema.types)):
        return batch
    return pa.record_batch([*map(_without_dictionary, batch.columns)], batch.schema.names)


def _without_dictionary(column: Any) -> Any:
    return column.dictionary_decode() if pa.types.is_dictionary(column.type) else column


def _is_rounded(statistics: Sequence[ChunkStatistics], kind: Any) -> bool:
    """Tell whether a column of whole numbers of type `kind` has some that float64 must round."""
    signed = pa.types.is_signed_integer(kind)
    stored = [end for group in statistics for end in (group.low, group.high) if end]
    numbers = (int.from_bytes(end, "little", signed=signed) for end in stored)
    return any(map(is_too_long, numbers))


def _is_empty(statistics: Sequence[ChunkStatistics]) -> bool:
    """Tell whether a column has rows, and each of its values is missing by the statistics."""
    return any(group.values for group in statistics) and all(
        group.missing == group.values for group in statistics
    )


def _is_wide_decimal(kind: Any) -> bool:
    """Tell whether an Arrow type holds whole numbers that may be too large for float64."""
    return bool(pa.types.is_decimal(kind) and kind.scale <= 0 and kind.precision > EXACT_DIGITS)


def arrow_cells(column: Any, *, text: bool) -> Cells:
    """Turn an Arrow column into cells; with `text`, always into strings."""
    column = _without_dictionary(column)
    kind = column.type
    if text or not is_numeric_type(kind):
        return _texts(column)
    if pa.types.is_decimal(kind):  # Arrow's own cast is not correctly rounded
        return parse_numbers(_texts(column), ".")
    if pa.types.is_boolean(kind):
        column = pc.cast(column, pa.uint8())
    floats = pc.cast(column, pa.float64(), safe=False)
    return np.array(floats.to_numpy(zero_copy_only=False), dtype=float)


def _texts(column: Any) -> Any:
    try:
        text = pc.cast(column, pa.large_string())
        if pa.types.is_timestamp(column.type):
            text = pc.replace_substring_regex(text, r"\.0+(Z|[+-].*)?$", r"\1")
        text.validate(full=True)
        return to_strings(text)
    except pa.ArrowException:  # lists, structures, bytes that are no text
        return cells_of([_value(cell) for cell in column], text=True)


def _value(cell: Any) -> Any:
    """Return an Arrow value as a Python value, as text where Python has no such value."""
    try:
        return cell.as_py()
    except (OverflowError, ValueError):  # a time outside Python's range, or text that is not UTF-8
        if isinstance(cell, pa.StructScalar):
            return {name: _value(part) for name, part in cell.items()}
        if isinstance(cell, pa.ListScalar):
            return [_value(part) for part in cell.values]
        if isinstance(cell, pa.StringScalar):
            return _decoded(cell.as_buffer().to_pybytes())
        return pc.cast(cell, pa.string()).as_py()


def _decoded(text: bytes) -> str:
    """Decode text that is not UTF-8 as in CSV files, but cell by cell."""
    with suppress(UnicodeDecodeError):
        return text.decode("cp1252")
    return text.decode("latin-1")
