"""Texts in chunks: no row lost, none misread, and an end where there is none."""

import gzip
import signal

import numpy as np
import pytest

from linreg.data.files.formats.delimited import reader
from linreg.data.files.formats.delimited.encoding import Utf8Stream
from linreg.data.files.formats.delimited.reader import TextReader
from linreg.data.files.read_table import read_table
from linreg.data.files.reader import RestartReading
from linreg.data.files.storage.source import Source
from linreg.errors import DataError
from tests.helpers.files import read_everywhere


def read(text):
    return read_table(text.encode())


def opened(text):
    return TextReader.of(Source.of(text.encode() if isinstance(text, str) else text))


def test_the_style_says_what_is_not_plain_csv():
    assert opened("x,y\n1,2\n").style == ""
    assert opened("x;y\n1,5;2\n").style == "Read with semicolons between columns, decimal comma."
    assert opened("x,ä\n1,2\n".encode("cp1252")).style == "Read with Windows-1252 text."


def test_a_text_in_another_encoding_than_its_start_is_read_again():
    text = b"x,t\n" + b"1,a\n" * 50_000 + b"2,\xe9\n"
    with pytest.raises(RestartReading) as restart:
        list(opened(text).chunks())
    again = restart.value.reader
    assert again.encoding == "Windows-1252"
    assert list(again.chunks())[-1].cells["t"][-1].as_py() == "é"


def test_wide_rows_are_parsed_at_least_a_thousand_at_a_time_within_bounds():
    assert opened("x,y\n" + "1,2\n" * 99).rows_at_once == reader.TEXT_CHUNK_BYTES // 5
    wide = opened(",".join(f"x{j}" for j in range(4000)) + "\n" + ",".join("1" * 4000) + "\n")
    assert wide.rows_at_once == reader.WIDE_CHUNK_ROWS
    assert wide.rows_at_once * wide.row_bytes <= reader.MAX_WIDE_CHUNK_BYTES


@pytest.mark.parametrize("bad", [1, 999, 1000, 1001, 2000, 4999, 5000])
def test_a_ragged_row_is_found_wherever_it_is(monkeypatch, bad):
    monkeypatch.setattr(reader, "TEXT_CHUNK_BYTES", 100)  # many chunks of 1000 rows
    rows = ["1,2"] * 5000
    rows[bad - 1] = "7,8,9"
    with pytest.raises(DataError, match=f"Row {bad:,} has 3 fields"):
        read("x,y\n" + "\n".join(rows))
    rows[bad - 1] = "7"
    assert read("x,y\n" + "\n".join([*rows, ""])).notes[0].startswith(f"Row {bad:,} is short")


@pytest.mark.slow
def test_a_header_longer_than_the_sample():
    width = reader.SAMPLE_BYTES // 4
    table = read("\n".join([",".join(f"x{j}" for j in range(width)), ",".join(["1"] * width)]))
    assert list(table.columns)[-1] == f"x{width - 1}"


def test_columns_stay_whole_across_chunks(monkeypatch):
    monkeypatch.setattr(reader, "TEXT_CHUNK_BYTES", 100)
    rows = [f"{i},{i}" for i in range(2500)] + ['"1,000.5",x']
    table = read("x,y\n" + "\n".join(rows))
    np.testing.assert_array_equal(table.columns["x"], [*range(2500), 1000.5])
    assert table.first_text == {"y": (2501, "x")}


@pytest.mark.slow
def test_long_rows_are_no_open_quote(monkeypatch):
    monkeypatch.setattr(reader, "MAX_READ_AHEAD_BYTES", 1 << 20)
    monkeypatch.setattr(reader, "MAX_WIDE_CHUNK_BYTES", 1 << 19)
    monkeypatch.setattr(reader, "TEXT_CHUNK_BYTES", 1 << 19)
    names = [f"long name {j}" for j in range(10_000)]  # longer than csv takes a single cell
    rows = [",".join([f"{row:09}"] * len(names)) for row in range(12)]
    assert read("\n".join([",".join(names), *rows])).columns[names[-1]].tolist() == [*range(12)]


@pytest.mark.parametrize("blank", [0, 3 << 18])
def test_rows_that_become_longer_and_blank_lines_are_no_open_quote(monkeypatch, blank):
    monkeypatch.setattr(reader, "MAX_READ_AHEAD_BYTES", 1 << 19)
    rows = "1,2\n" * 20_000 + f"1,{'2'.zfill(1000)}\n" * 2000 + "\n" * blank + "3,4\n"
    assert read("x,y\n" + rows).columns["y"].tolist() == [2] * 22_000 + [4]


def test_ctrl_c_when_pandas_asks_for_more_is_no_damaged_file(monkeypatch):
    text = b"a,y\n" + b"1,2\n" * 1_000_000
    reader = TextReader.of(Source.of(text))
    read, calls = Utf8Stream.read, []

    def interrupted(self, size=1 << 20):
        calls.append(size)
        if len(calls) == 6:
            signal.raise_signal(signal.SIGINT)
        return read(self, size)

    monkeypatch.setattr(Utf8Stream, "read", interrupted)
    # Where tests run side by side, their processes are told to ignore Ctrl-C.
    former = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            list(reader.chunks())
    finally:
        signal.signal(signal.SIGINT, former)


SLOW = pytest.mark.slow


def prose(size, breaks):
    words = "see page 12, then 1,234; or “2.5” it's " * (size // 40)
    parts = [words[k :: breaks + 1] for k in range(breaks + 1)]
    return "\n".join(parts)


@pytest.mark.parametrize(("place", "delimiter"), [(0, ";"), (1, ";"), (2, ",")])
@pytest.mark.parametrize(
    ("row", "rows"),
    [
        (0, 30),
        *(pytest.param(*case, marks=SLOW) for case in [(1, 30), (20, 30), (0, 3000), (20, 3000)]),
    ],
)
@pytest.mark.parametrize(
    ("size", "breaks"),
    [(70_000, 0), (70_000, 1), (70_000, 2), pytest.param(200_000, 90, marks=SLOW)],
)
def test_line_breaks_in_a_long_cell_end_no_row(tmp_path, place, delimiter, row, rows, size, breaks):
    notes = [prose(size, breaks) if k == row else "b" for k in range(rows)]
    y = [f"{2.738 + 2.512 * k:.3f}" for k in range(rows)]
    decimal = y if delimiter == "," else [value.replace(".", ",") for value in y]
    lines = [["id", "y"], *([f"{k}", value] for k, value in enumerate(decimal))]
    for line, cell in zip(lines, ["note", *(f'"{note}"' for note in notes)], strict=True):
        line.insert(place, cell)
    text = ("\n".join(map(delimiter.join, lines)) + "\n").encode()
    for data in (text, gzip.compress(text, 1)):
        table, _ = read_everywhere(tmp_path, data)
        assert (list(table.columns), table.text) == (["id", "y"], ("note",))
        assert table.columns["y"].tolist() == [*map(float, y)]
