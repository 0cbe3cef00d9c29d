"""Parquet files that are damaged, unpack to much, or hold what is no text and no time."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from linreg.data.files import read_table as whole_tables
from linreg.data.files.formats.parquet import reader
from linreg.data.files.formats.parquet.reader import ParquetReader
from linreg.data.files.read_table import read_table
from linreg.data.files.scan import scan
from linreg.data.files.storage.source import Source
from linreg.errors import DataError
from tests.helpers import files
from tests.helpers.files import read_everywhere

N = 6


def written(columns, **options):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, **options)
    return out.getvalue()


def column_of(cells):
    """Return a text column as it is read."""
    return read_table(written({"x": range(len(cells)), "t": cells})).texts["t"].to_pylist()


def test_a_file_that_tells_nothing_of_its_columns_is_read():
    columns = {"i": [2**60, 1], "x": [1.5, 2]}
    data = written(columns, write_statistics=False)
    table = read_table(data)
    assert (list(table.columns), table.notes) == (["i", "x"], ())
    reader = ParquetReader.of(Source(data, len(data)))
    assert reader.numeric == (True, True)


@pytest.mark.parametrize("kind", [pa.int64(), pa.uint64()])
def test_whole_numbers_that_are_rounded_are_told(kind):
    table = read_table(written({"i": pa.array([1, 2**53 + 1], kind), "j": [1, 2**53]}))
    expected = "Whole numbers beyond 2⁵³ are rounded to the nearest float64 in “i”."
    assert table.notes == (expected,)


def test_a_column_without_values_is_not_proposed(tmp_path):
    path = tmp_path / "a.parquet"
    path.write_bytes(written({"x": [1.5, 2], "e": pa.nulls(2, pa.float64()), "y": [None, 3]}))
    assert scan([path]).columns == ("x", "y")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2020, 1, 1), "2020-01-01 00:00:00"),
        (datetime(2020, 1, 1, 0, 0, 0, 50_000), "2020-01-01 00:00:00.050000"),
        (datetime(2020, 1, 1, 0, 0, 0, 500_000), "2020-01-01 00:00:00.500000"),
        (datetime(2020, 1, 1, tzinfo=UTC), "2020-01-01 00:00:00Z"),
        (datetime(2020, 1, 1, 0, 0, 0, 50, UTC), "2020-01-01 00:00:00.000050Z"),
        (
            datetime(2020, 1, 1, tzinfo=timezone(timedelta(hours=1))),
            "2020-01-01 00:00:00+0100",
        ),
    ],
)
def test_only_a_fraction_that_is_zero_is_left_out_of_a_time(at, expected):
    assert column_of(pa.array([at])) == [expected]


def latin1(*cells):
    """Return strings of Arrow that are not UTF-8."""
    stored = pa.array([cell.encode("latin-1") for cell in cells])
    return pa.Array.from_buffers(pa.string(), len(stored), stored.buffers())


@pytest.mark.parametrize(
    "cells",
    [latin1("München", "Köln"), latin1("München", "Köln").dictionary_encode()],
)
def test_text_that_is_not_utf8_is_read_as_in_other_files(tmp_path, cells):
    assert column_of(cells) == ["München", "Köln"]
    path = tmp_path / "a.parquet"
    path.write_bytes(written({"x": [1, 2], "t": cells}))
    (batch,) = scan([path], ["x"], label="t")
    assert batch.labels.tolist() == ["München", "Köln"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (pa.array([[2**62], [0]], pa.list_(pa.timestamp("ms"))), '["1970-01-01 00:00:00"]'),
        (pa.array([[2**31 - 1], [0]], pa.list_(pa.date32())), '["1970-01-01"]'),
        (pa.array([{"a": 2**31 - 1}, {"a": 0}], pa.struct([("a", pa.date32())])), '{"a": "1970-'),
        (pa.ListArray.from_arrays([0, 1, 2], latin1("München", "a")), '["a"]'),
    ],
)
def test_what_python_has_no_value_for_is_read_as_text(cells, expected):
    far, near = column_of(cells)
    assert "out of range" in far or "München" in far
    assert near.startswith(expected)


def test_a_column_whose_values_can_not_be_read_is_named(monkeypatch):
    def refuse(*_, **__):
        raise OverflowError

    monkeypatch.setattr(reader, "arrow_cells", refuse)
    with pytest.raises(DataError, match=r"Column “x” of the Parquet file has values that can not"):
        read_table(files.parquet({"x": [1.5]}))


def repeated(rows, length):
    """Return a file of about 500 bytes with as many equal texts of that length."""
    texts = pa.DictionaryArray.from_arrays(np.zeros(rows, np.int32), ["a" * length])
    return written({"x": np.zeros(rows), "t": texts}, compression="zstd", store_schema=False)


@pytest.mark.slow
@pytest.mark.parametrize("in_folder", [False, True])
def test_text_that_unpacks_without_end_is_stopped(tmp_path, monkeypatch, in_folder):
    folder = tmp_path if in_folder else None
    data = repeated(5000, 10_000)
    assert len(data) < 1000
    assert read_table(data, folder=folder).n == 5000
    limit = "MAX_UPLOAD_UNPACKED_BYTES" if in_folder else "MAX_IN_MEMORY_BYTES"
    monkeypatch.setattr(whole_tables, limit, 1 << 25)
    with pytest.raises(DataError, match=r"more than 0.03125 GB of numbers and text, which is the"):
        read_table(data, folder=folder)


def test_long_texts_are_handed_over_few_at_a_time(monkeypatch):
    monkeypatch.setattr(reader, "PARQUET_CHUNK_BYTES", 1 << 20)
    data = repeated(5000, 1000)
    chunks = list(ParquetReader.of(Source(data, len(data))).chunks())
    assert sum(chunk.n for chunk in chunks) == 5000
    assert max(chunk.n for chunk in chunks) <= reader.LONG_CELL_ROWS


def test_short_texts_are_handed_over_many_at_a_time():
    data = repeated(5000, 3)
    assert [chunk.n for chunk in ParquetReader.of(Source(data, len(data))).chunks()] == [5000]


def test_a_file_that_memory_does_not_hold_is_refused(monkeypatch):
    def full(*_):
        raise pa.ArrowMemoryError

    monkeypatch.setattr(reader, "_gathered", full)
    with pytest.raises(DataError, match="unpacks to more than memory holds; take fewer rows or"):
        read_table(files.parquet({"x": [1.5]}))


def with_empty_structure(columns, name):
    """Return a file with a column that is a structure without fields, which pyarrow cannot write.

    The footer lists the columns after the root, which has their number as its last field.
    """
    data = written(columns, store_schema=False)
    size = int.from_bytes(data[-8:-4], "little")
    footer = data[-8 - size : -8]
    root = b"\x18\x06schema\x15" + bytes([2 * len(columns)]) + b"\0"
    more = b"\x18\x06schema\x15" + bytes([2 * len(columns) + 2]) + b"\0"
    more += b"\x35\x02\x18" + bytes([len(name)]) + name.encode() + b"\x15\0\0"
    before, _, after = footer.partition(root)
    elements = before.rindex(b"\x19") + 1  # the head of the list: its length and type
    before = before[:elements] + bytes([before[elements] + 0x10]) + before[elements + 1 :]
    footer = before + more + after
    return data[: -8 - size] + footer + len(footer).to_bytes(4, "little") + b"PAR1"


def test_a_structure_without_fields_is_left_out(tmp_path):
    data = with_empty_structure({"x": [1.5, 2, 4], "y": [2, 3, 5]}, "nothing")
    table, _ = read_everywhere(tmp_path, data)
    assert (list(table.columns), table.text) == (["x", "y"], ())
    assert table.notes == ("Left out, as the structures in it have no fields: “nothing”.",)


ODD = {
    "structure": pa.array([{"a": 1, "b": "x"}, None, {"a": 2, "b": "y"}]),
    "list": pa.array([[1, 2], [], None]),
    "large list": pa.array([[1, 2], [], None], pa.large_list(pa.int64())),
    "fixed list": pa.array([[1, 2], [3, 4], None], pa.list_(pa.int64(), 2)),
    "list view": pa.array([[1, 2], [], None], pa.list_view(pa.int64())),
    "list of structures": pa.array([[{"a": 1}], [], None]),
    "map": pa.array([[("a", 1)], [], None], pa.map_(pa.string(), pa.int64())),
    "null": pa.nulls(3),
    "category": pa.array(["a", "b", None]).dictionary_encode(),
    "time": pa.array([1, 2, None], pa.time64("ns")),
    "bytes": pa.array([b"a", b"\xff", None]),
    "fixed bytes": pa.array([b"ab", b"cd", None], pa.binary(2)),
    "string view": pa.array(["ab", "cd", None], pa.string_view()),
    "zone": pa.array([1, 2, None], pa.timestamp("us", "+05:30")),
    "nanoseconds": pa.array([1, 2**62, None], pa.timestamp("ns")),
    "date": pa.array([1, 2, None], pa.date32()),
}


@pytest.mark.parametrize("kind", ODD)
def test_a_column_of_an_odd_type_is_text_and_the_others_are_read(tmp_path, kind):
    table, _ = read_everywhere(
        tmp_path, written({"x": [1.5, 2, 4], "odd": ODD[kind], "y": [2, 3, 5]})
    )
    assert (list(table.columns), table.text) == (["x", "y"], ("odd",))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (pa.array(np.array([1, 2.5], np.float16)), [1, 2.5]),
        (pa.array([Decimal("1.25"), Decimal("-2.50")], pa.decimal256(50, 2)), [1.25, -2.5]),
        (pa.array([7, 8]).dictionary_encode(), [7, 8]),
        (pa.array(["7", "8"]).dictionary_encode(), [7, 8]),
        (pa.array([3, 4], pa.duration("ms")), [3, 4]),
        (pa.array([2**63, 2**53 + 1], pa.uint64()), [2.0**63, 2.0**53]),
        (pa.array([True, False]), [1, 0]),
    ],
)
def test_numbers_of_every_type(tmp_path, cells, expected):
    table, _ = read_everywhere(tmp_path, written({"t": ["1,5", "2,5"], "odd": cells}))
    assert table.columns["odd"].tolist() == expected
    assert table.columns["t"].tolist() == [1.5, 2.5]


def test_the_unit_of_durations_is_noted():
    table = read_table(written({"x": [1, 2], "t": pa.array([3, 4], pa.duration("us"))}))
    assert table.notes == ("Durations are microseconds in “t”.",)


def test_decimals_that_are_rounded_are_noted():
    cells = pa.array([Decimal(2**60 + 1), Decimal(7)], pa.decimal128(38, 0))
    table = read_table(written({"x": [1.5, 2], "i": cells}))
    expected = "Whole numbers beyond 2⁵³ are rounded to the nearest float64 in “i”."
    assert table.notes == (expected,)


class CountedSchema:
    """A schema that counts how often its lists are made."""

    def __init__(self, schema):
        self.schema, self.made = schema, 0

    def __getattr__(self, name):
        self.made += 1
        return getattr(self.schema, name)


@pytest.mark.parametrize("as_text", [(), {"x7"}])
def test_the_lists_of_a_schema_are_not_made_for_each_column(as_text):
    opened = ParquetReader.of(Source.of(written({f"x{j}": [1.5, 2.5] for j in range(50)})))
    counted = replace(opened, schema=CountedSchema(opened.schema))
    (chunk,) = counted.chunks(as_text, only=bool(as_text))
    assert len(chunk.cells) == (len(as_text) or 50)
    assert 0 < counted.schema.made <= 10
