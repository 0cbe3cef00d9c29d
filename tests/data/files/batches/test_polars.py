"""The files that polars reads, with the same results as the checked readers."""

import gzip
import io

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from linreg.data.files.batches import polars
from linreg.data.files.batches.checked import checked_batches
from linreg.data.files.formats.detect import reader_of
from linreg.data.files.storage.source import Source
from tests.helpers import files


def opened(folder, content):
    path = folder / "table"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return reader_of(Source.of(path))


def parquet(columns):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


PLAIN = [
    "x,t,y\n1,a,2\n,b,4.5e3\nNA, c ,-1\n",
    "x;t;y\r\n1;a;2\r\n",
    "1,2,3\n4,5,6\n",
    "\ufeffx,t,y\n1,a,2\n",
    parquet({"x": [1, 2], "t": ["a", None], "y": [1.5, None]}),
]
NOT_PLAIN = {
    "quotes": 'x,t,y\n1,"a",2\n',
    "a decimal comma": "x;t;y\n1,5;a;2\n",
    "thousands": 'x,t,y\n"1,000",a,2\n',
    "a lone CR": "x,t,y\r1,a,2\r",
    "another encoding": "x,t,y\n1,é,2\n".encode("cp1252"),
    "packed": gzip.compress(b"x,t,y\n1,a,2\n"),
    "json": '{"x": 1, "t": "a", "y": 2}\n',
    "excel": files.excel({"x": [1], "t": ["a"], "y": [2]}),
    "decimals": parquet({"x": pa.array([1], pa.decimal128(5, 2)), "t": ["a"], "y": [2]}),
}


@pytest.mark.parametrize("content", PLAIN)
def test_plain_files_give_what_the_checked_readers_give(tmp_path, content):
    reader = opened(tmp_path, content)
    x, t, y = reader.names
    (batch,) = polars.batches(reader, [y, x], t)
    (expected,) = checked_batches(reader, [y, x], t)
    np.testing.assert_array_equal(np.column_stack(batch[0]), np.column_stack(expected[0]))
    assert list(batch[1]) == list(expected[1])
    assert 0 < batch[2] <= expected[2] == 1


@pytest.mark.parametrize("kind", NOT_PLAIN)
def test_other_files_are_left_to_the_checked_readers(tmp_path, kind):
    reader = opened(tmp_path, NOT_PLAIN[kind])
    with pytest.raises(polars.NotPlain):
        list(polars.batches(reader, ["x", "y"], "t"))


@pytest.mark.parametrize(
    "late", ['1,"a",2\n', "1,a\n", "1,a,2,3\n", "oops,a,2\n", "1 000,a,2\n", "\n"]
)
def test_what_is_not_plain_far_down_ends_the_batches(tmp_path, late):
    reader = opened(tmp_path, "x,t,y\n" + "1,a,2\n" * 50_000 + late)
    with pytest.raises(polars.NotPlain):
        list(polars.batches(reader, ["x", "y"], "t"))


def test_a_source_in_memory_has_no_name_for_polars():
    with pytest.raises(polars.NotPlain):
        list(polars.batches(reader_of(Source.of(b"x,y\n1,2\n")), ["x", "y"], None))


def test_a_label_among_the_columns_is_not_plain(tmp_path):
    reader = opened(tmp_path, "x,y\n1,2\n")
    with pytest.raises(polars.NotPlain):
        list(polars.batches(reader, ["x", "y"], "y"))
