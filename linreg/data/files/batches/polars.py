"""Batches of numbers from plain files, by polars at full speed.

Plain is defined so narrowly that polars and the checked readers cannot disagree: no quotes, a point
as decimal mark, numbers without spaces or thousands separators.
"""

import os
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeGuard

# Memory that one batch leaves is kept for the next, whichever thread reads it: fresh memory costs a
# tenth of the time of reading Parquet. polars looks at this once, when it is imported.
os.environ.setdefault("_RJEM_MALLOC_CONF", "narenas:1,dirty_decay_ms:-1,muzzy_decay_ms:-1")

import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]

from linreg.data.files.cells.convert import MISSING_MARKERS, Array
from linreg.data.files.formats.delimited.encoding import LONE_CR, UTF8
from linreg.data.files.formats.delimited.ragged_rows import is_rectangular
from linreg.data.files.formats.delimited.reader import SAMPLE_BYTES, TextReader
from linreg.data.files.formats.parquet.reader import ParquetReader, is_numeric_type, is_plain_type
from linreg.data.files.reader import Reader

BATCH_ROWS = 1 << 17  # measured fastest, and only a few megabytes
MAX_ROW_GROUP_BYTES = 1 << 27  # of numbers: polars holds a row group as a whole, and twice
# polars would read eight or more row groups ahead. They cost memory, and filling fresh memory takes
# longer than waiting for the next row group.
os.environ.setdefault("POLARS_ROW_GROUP_PREFETCH_SIZE", "1")


class NotPlain(Exception):
    """Raised for a file that is not plain; the checked readers have to read it."""


def batches(
    reader: Reader, columns: Sequence[str], label: str | None
) -> Iterator[tuple[list[Array], Any, float]]:
    """Yield columns, labels and the share read so far.

    Raises
    ------
    NotPlain
        If the file is not plain, perhaps only after some batches; those are correct.
    """
    try:
        if isinstance(reader, TextReader):
            yield from _of_text(reader, columns, label)
        elif isinstance(reader, ParquetReader):
            yield from _of_parquet(reader, columns, label)
        else:
            raise NotPlain
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        raise NotPlain from None


def _of_text(
    reader: TextReader, columns: Sequence[str], label: str | None
) -> Iterator[tuple[list[Array], Any, float]]:
    dialect, source = reader.dialect, reader.source
    start = source.head(max(dialect.start + len(BOM_UTF8), SAMPLE_BYTES))
    path = source.content
    if not _is_plain(reader, start) or label in columns or not _has_utf8_name(path):
        raise NotPlain
    # All columns are read, wanted or not, for only then does polars refuse a row that is too long.
    # The last column shows whether a row is short, the text columns whether there are quotes.
    last, numeric = reader.names[-1], set(columns)
    text = [name for name in reader.names if name not in numeric]
    frames = pl.scan_csv(
        path,
        has_header=False,
        skip_lines=start.removeprefix(BOM_UTF8)[: dialect.start].count(b"\n"),
        separator=dialect.delimiter,
        quote_char=None,
        schema={name: pl.Float64 if name in numeric else pl.String for name in reader.names},
        null_values=dialect.markers or None,  # all possible ones would double the time
        glob=False,
    )
    known = zip(reader.names, dialect.rounded, strict=True)
    exact = [name for name, rounded in known if name in numeric and not rounded]
    rows, rectangular = 0, False
    for frame in frames.collect_batches(chunk_size=BATCH_ROWS, maintain_order=True):
        if frame[last].null_count() and not rectangular:
            with reader.body() as body:
                rectangular = is_rectangular(body, dialect)
            if not rectangular:
                raise NotPlain
        if any(frame[name].str.contains('"', literal=True).any() for name in text):
            raise NotPlain
        if any(_may_be_rounded(frame[name]) for name in exact):
            raise NotPlain
        rows += len(frame)
        share = min(rows * reader.row_bytes / max(source.size, 1), 1.0)
        yield _arrays(frame, columns), _labels(frame, label), share


def _may_be_rounded(column: pl.Series) -> bool:
    """Tell whether there may be whole numbers that float64 rounded, which the samples have not."""
    ends: list[Any] = [column.min(), column.max()]
    return None not in ends and 1 << 53 <= max(map(abs, ends)) <= 1 << 64


def _is_plain(reader: TextReader, start: bytes) -> bool:
    """Tell whether a text with this start is plain; its quotes further on show only later."""
    dialect, text = reader.dialect, start.removeprefix(BOM_UTF8)
    return (
        not reader.source.packed
        and reader.encoding == UTF8
        and not LONE_CR.search(text)
        and dialect.layout.is_plain
        and not dialect.quotes
        and dialect.decimal == "."
        and dialect.width > 1
        and (dialect.start > 0 or len(text) == len(start))
    )


def _of_parquet(
    reader: ParquetReader, columns: Sequence[str], label: str | None
) -> Iterator[tuple[list[Array], Any, float]]:
    wanted = list(dict.fromkeys([*columns, *([label] if label else [])]))
    kinds = dict(zip(reader.names, reader.schema.types, strict=True))
    path = reader.source.content
    plain = (
        reader.names == tuple(reader.schema.names)
        and all(is_numeric_type(kinds[c]) and not pa.types.is_decimal(kinds[c]) for c in columns)
        and (label is None or pa.types.is_string(kinds[label]))
        and all(map(is_plain_type, kinds.values()))
        and 8 * reader.most_in_group * len(wanted) <= MAX_ROW_GROUP_BYTES
    )
    if not plain or not _has_utf8_name(path):
        raise NotPlain
    frames = pl.scan_parquet(path, glob=False, hive_partitioning=False).select(
        [pl.col(name).cast(pl.Float64) if name != label else name for name in wanted]
    )
    rows = 0
    for frame in frames.collect_batches(chunk_size=BATCH_ROWS, maintain_order=True):
        rows += len(frame)
        yield _arrays(frame, columns), _labels(frame, label), rows / max(reader.n, 1)


def _has_utf8_name(path: object) -> TypeGuard[Path]:
    """Tell whether this is a path that polars can open: its name must be UTF-8."""
    try:
        return isinstance(path, Path) and bool(str(path).encode())
    except UnicodeEncodeError:  # bytes that are no UTF-8
        return False


def _arrays(frame: pl.DataFrame, columns: Sequence[str]) -> list[Array]:
    return [frame[name].to_numpy() for name in columns]


def _labels(frame: pl.DataFrame, label: str | None) -> Any:
    if label is None:
        return None
    text = frame[label].str.strip_chars()
    missing = text.is_null() | text.is_in(MISSING_MARKERS)
    return text.set(missing, "").to_numpy()
