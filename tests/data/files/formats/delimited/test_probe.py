"""The samples that a text is judged by."""

import contextlib
import gzip
import time

import pytest

from linreg.data.files.formats.delimited import dialect, probe, reader
from linreg.data.files.formats.delimited.encoding import UTF8, UTF16, Utf8Stream
from linreg.data.files.read_table import read_table
from linreg.data.files.storage.source import Source
from linreg.errors import DataError


def read(text):
    return read_table(text.encode())


def start(text, size):
    with Source.of(text).open() as file:
        return probe.start_of(Utf8Stream(file, UTF8), size)


def test_a_short_text_is_its_own_start():
    assert start(b"x,y\n1,2\n", 100) == (b"x,y\n1,2\n", False)


def test_the_start_has_the_first_row_at_least_once_more():
    text = b"x" * 300_000 + b"\n" + b"1\n" * 400_000
    head, goes_on = start(text, 100)
    assert goes_on
    assert head == text[: 2 * 300_001]


def test_a_text_without_a_row_is_refused():
    with pytest.raises(DataError, match="The file is empty"):
        start(b" \n\n", 100)


@pytest.mark.parametrize(("encoding", "codec"), [(UTF8, "utf-8"), (UTF16, "utf-16")])
def test_probes_are_whole_lines_from_all_over_the_file(encoding, codec):
    lines = [f"{k},é\n" for k in range(50_000)]
    source = Source.of("".join(lines).encode(codec))
    probes = probe.probes_of(source, encoding, 1000, 4000)
    pieces = [piece.decode().splitlines(keepends=True) for piece in probes[: probe.PROBE_COUNT]]
    assert len(pieces) == probe.PROBE_COUNT
    assert all(piece and set(piece) <= set(lines) for piece in pieces)
    numbers = [int(piece[0].partition(",")[0]) for piece in pieces]
    assert numbers == sorted(numbers)
    assert numbers[-1] - numbers[0] > 35_000


def test_a_packed_file_has_no_probes():
    assert probe.probes_of(Source.of(gzip.compress(b"1,2\n" * 9999)), UTF8, 10, 100) == []


def test_many_lines_on_repairs_stand_above_the_header():
    lines = [f"cell:{row}:x=1: “x” in row {row} was changed" for row in range(1, 3001)]
    above = "".join(f"# repaired: {line}\n" for line in lines)
    assert len(above) > 2 * reader.SAMPLE_BYTES
    for below in ("1;2,5\n", "1;2,5\n" * 30_000):
        pieces = read(f"{above}x;y\n{below}")
        assert (pieces.text, pieces.columns["y"][-1]) == ((), 2.5)
        assert dialect.repair_notes(pieces.notes) == tuple(lines)


@pytest.mark.parametrize("above", ["\n", "# repaired: fill:x: y\n", " ", "# repaired: "])
def test_lines_above_the_header_have_an_end(monkeypatch, above):
    monkeypatch.setattr(probe, "MAX_BYTES_ABOVE", 1 << 18)
    text = above * ((1 << 18) // len(above) - 1)
    assert read(f"{text}\nx,y\n1,2\n").columns["y"].tolist() == [2]
    with pytest.raises(DataError, match="More than 0 MB of blank lines, or of lines “# repaired"):
        read(f"{text * 2}\nx,y\n1,2\n")


@pytest.mark.parametrize("start", ["", "# repaired: ", "x"])
def test_the_first_row_is_looked_for_once(start):
    begin = time.perf_counter()
    filling = "x" if start == "x" else "\n" if not start else "fill:x: "
    with contextlib.suppress(DataError):
        read(start + filling * (1 << 23))
    assert time.perf_counter() - begin < 10
