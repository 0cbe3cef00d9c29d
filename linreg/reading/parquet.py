"""Parquet files, a batch of rows at a time, by pyarrow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from linreg.datasets import quoted
from linreg.reading.cells import Cells, cells_of, first_text, strings
from linreg.reading.errors import TableError
from linreg.reading.names import unique
from linreg.reading.reader import Chunk
from linreg.reading.source import Source

ROWS = 1 << 16  # read at a time
BUFFER = 1 << 20  # bytes; without, memory grows by all that was read
EXACT = 2**53  # float64 holds every whole number up to here
DAMAGED = "The Parquet file is damaged or cut off; save or download it again."


@dataclass(frozen=True, eq=False)
class ParquetReader:
    """A Parquet file; see `linreg.reading.cells.Reader`."""

    source: Source
    schema: Any
    n: int
    names: tuple[str, ...]
    notes: tuple[str, ...]
    most_in_group: int  # rows
    empty: frozenset[str]  # columns that the file says have no value at all
    decimal: str = "."
    style: str = ""

    @classmethod
    def of(cls, source: Source) -> ParquetReader:
        """Read what a Parquet file says of itself.

        Raises
        ------
        TableError
            If it is damaged.
        """
        with _opened(source) as file:
            schema, metadata = file.schema_arrow, file.metadata
            names, renamed = unique(schema.names)
            places = {metadata.schema.column(j).path: j for j in range(metadata.num_columns)}
            # Lists and structures have no column of their own name.
            at = {n: places[c] for n, c in zip(names, schema.names, strict=True) if c in places}
            whole = [n for n, c in zip(names, schema.types, strict=True) if pa.types.is_integer(c)]
            large = [name for name in whole if name in at and _beyond(metadata, at[name])]
            empty = frozenset(name for name in at if _is_empty(metadata, at[name]))
            groups = map(metadata.row_group, range(metadata.num_row_groups))
            most = max((group.num_rows for group in groups), default=0)
        rounded = (
            (f"Whole numbers beyond 2⁵³ are rounded to the nearest float64 in {quoted(large)}.",)
            if large
            else ()
        )
        return cls(source, schema, metadata.num_rows, names, (*renamed, *rounded), most, empty)

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers: by type and statistics, and strings by the first rows."""
        kinds = dict(zip(self.names, self.schema.types, strict=True))
        others = [name for name, kind in kinds.items() if not is_number(kind)]
        first = next(self.chunks(others, only=True), None) if others else None
        text = {name for name in others if not (first and _holds_numbers(first.cells[name]))}
        return tuple(name not in text | self.empty for name in self.names)

    def chunks(self, as_text: Sequence[str] = (), *, only: bool = False) -> Iterator[Chunk]:
        """Yield all rows from the start; see `Reader.chunks`."""
        done = 0
        wanted = [(j, n) for j, n in enumerate(self.names) if n in as_text or not only]
        plain = len(set(self.schema.names)) == len(self.schema.names)
        some = [self.schema.names[j] for j, _ in wanted] if only and plain else None
        with _opened(self.source) as file:
            for batch in file.iter_batches(ROWS, columns=some):
                done += len(batch)
                cells = {
                    name: arrow_cells(batch.column(k if some else j), text=name in as_text)
                    for k, (j, name) in enumerate(wanted)
                }
                yield Chunk(len(batch), cells, done / max(self.n, 1))


def is_number(kind: Any) -> bool:
    """Tell whether an Arrow type holds numbers: truth values and decimals do."""
    return bool(
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_boolean(kind)
        or pa.types.is_decimal(kind)
    )


@contextmanager
def _opened(source: Source) -> Iterator[Any]:
    with source.open() as handle:
        try:
            with pq.ParquetFile(handle.raw, pre_buffer=False, buffer_size=BUFFER) as file:
                yield file
        except (pa.ArrowException, OSError):
            raise TableError(DAMAGED) from None


def _statistics(metadata: Any, j: int) -> Iterator[Any]:
    """Yield what the file says of column j in each row group, None where it says nothing."""
    for group in range(metadata.num_row_groups):
        yield metadata.row_group(group).column(j).statistics


def _beyond(metadata: Any, j: int) -> bool:
    """Tell by a column's statistics whether it has whole numbers that float64 must round."""
    return any(
        told is not None
        and told.has_min_max
        and max(abs(int(told.min)), abs(int(told.max))) > EXACT
        for told in _statistics(metadata, j)
    )


def _is_empty(metadata: Any, j: int) -> bool:
    """Tell by a column's statistics whether there are rows, and each of its values is missing."""
    return metadata.num_rows > 0 and all(
        told is not None and told.has_null_count and not told.num_values
        for told in _statistics(metadata, j)
    )


def _holds_numbers(cells: Cells) -> bool:
    if isinstance(cells, np.ndarray):
        return True
    return cells.null_count < len(cells) and first_text(cells, ".") is None


def arrow_cells(column: Any, *, text: bool) -> Cells:
    """Turn an Arrow column into cells; with `text`, always into strings."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.dictionary_decode()
        kind = column.type
    if pa.types.is_decimal(kind):  # Arrow's own cast of decimals is not correctly rounded
        return _texts(column)
    if is_number(kind) and not text:
        if pa.types.is_boolean(kind):
            column = pc.cast(column, pa.uint8())
        floats = pc.cast(column, pa.float64(), safe=False)
        return np.array(floats.to_numpy(zero_copy_only=False), dtype=float)
    return _texts(column)


def _texts(column: Any) -> Any:
    try:
        text = pc.cast(column, pa.large_string())
        if pa.types.is_timestamp(column.type):
            text = pc.replace_substring_regex(text, r"\.0+", "")
        return strings(text)
    except pa.ArrowException:  # lists, structures, bytes that are no text
        return cells_of(column.to_pylist(), text=True)
