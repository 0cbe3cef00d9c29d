"""The promises of every format's reader."""

import numpy as np
import pytest

from linreg.data.files.formats.detect import reader_of
from linreg.data.files.reader import RestartReading
from linreg.data.files.storage.source import Source
from tests.helpers import files

COLUMNS = {"x": [1.5, 2.0, 4.0, 8.0], "t": ["a", "b", "a", "c"], "y": [1, 2, 3, 4]}
CSV = b"x,t,y\n1.5,a,1\n2.0,b,2\n4.0,a,3\n8.0,c,4\n"
FORMATS = {
    "csv": CSV,
    "excel": files.excel(COLUMNS),
    "parquet": files.parquet(COLUMNS),
    "json lines": files.json_lines(COLUMNS),
    "json array": files.json_array(COLUMNS),
}


@pytest.fixture(params=FORMATS)
def reader(request):
    return reader_of(Source.of(FORMATS[request.param]))


def test_names_and_which_of_them_are_numbers(reader):
    assert reader.names == ("x", "t", "y")
    assert reader.numeric == (True, False, True)
    assert (reader.decimal, reader.style, tuple(reader.notes)) == (".", "", ())


def test_chunks_hold_all_rows_and_can_be_read_again(reader):
    for _ in range(2):
        chunks = list(reader.chunks())
        assert sum(chunk.n for chunk in chunks) == 4
        assert all(len(cells) == chunk.n for chunk in chunks for cells in chunk.cells.values())
        assert [chunk.share for chunk in chunks] == sorted(chunk.share for chunk in chunks)
        assert chunks[-1].share == 1
        x = np.concatenate([chunk.cells["x"] for chunk in chunks])
        np.testing.assert_array_equal(x, COLUMNS["x"])


def test_columns_are_text_where_that_is_asked_for(reader):
    cells = [cell for chunk in reader.chunks(["y"]) for cell in chunk.cells["y"].to_pylist()]
    assert cells == ["1", "2", "3", "4"]


def test_other_columns_are_left_out_where_that_is_asked_for(reader):
    chunks = list(reader.chunks(["t"], only=True))
    assert {name for chunk in chunks for name in chunk.cells} == {"t"}
    assert [c for chunk in chunks for c in chunk.cells["t"].to_pylist()] == COLUMNS["t"]


def test_a_restart_carries_the_next_reader(reader):
    assert RestartReading(reader).reader is reader
