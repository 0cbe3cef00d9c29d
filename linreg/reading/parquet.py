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
            large = [
                name
                for j, name in enumerate(names)
                if pa.types.is_integer(schema.types[j]) and _beyond(metadata, schema.names[j])
            ]
        rounded = (
            (f"Whole numbers beyond 2⁵³ are rounded to the nearest float64 in {quoted(large)}.",)
            if large
            else ()
        )
        return cls(source, schema, metadata.num_rows, names, (*renamed, *rounded))

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers: by their types, and strings by the first rows."""
        kinds = dict(zip(self.names, self.schema.types, strict=True))
        others = [name for name, kind in kinds.items() if not is_number(kind)]
        first = next(self.chunks(others, only=True), None) if others else None
        text = {name for name in others if not (first and _holds_numbers(first.cells[name]))}
        return tuple(self.n > 0 and name not in text for name in self.names)

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


def _beyond(metadata: Any, name: str) -> bool:
    """Tell by a column's statistics whether it has whole numbers that float64 must round."""
    for group in range(metadata.num_row_groups):
        for j in range(metadata.num_columns):
            column = metadata.row_group(group).column(j)
            told = column.statistics
            known = column.path_in_schema == name and told is not None and told.has_min_max
            if known and max(abs(int(told.min)), abs(int(told.max))) > EXACT:
                return True
    return False


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
