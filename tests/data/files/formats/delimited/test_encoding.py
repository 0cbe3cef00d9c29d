"""Any text becomes UTF-8, or is refused."""

import contextlib
import time

import pytest

from linreg.data.files.formats.delimited import dialect, encoding, reader
from linreg.data.files.formats.delimited.encoding import (
    Utf8Stream,
    count_rows,
    first_encoding,
    next_encoding,
    start_of,
)
from linreg.data.files.formats.delimited.reader import TextReader
from linreg.data.files.read_table import read_table
from linreg.data.files.storage.source import Source
from linreg.errors import DataError


def read(text):
    return read_table(text.encode())


def translated(data: bytes, name: str | None = None) -> tuple[str, str]:
    name = name or first_encoding(data)
    with Source.of(data).open() as file:
        return b"".join(Utf8Stream(file, name)).decode(), name


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_decode_to_the_same_text(codec):
    text = "größe,y\n1,2\n"
    assert translated(text.encode(codec))[0] == text


def test_utf16_big_endian():
    assert translated(b"\xfe\xff" + "x,y".encode("utf-16-be")) == ("x,y", "UTF-16")


def test_a_byte_outside_windows_1252_makes_it_latin_1():
    assert first_encoding(b"\x81\xe9") == "Windows-1252"
    with pytest.raises(UnicodeDecodeError):
        translated(b"\x81\xe9")
    assert translated(b"\x81\xe9", next_encoding("Windows-1252"))[0] == "\x81é"
    assert TextReader.of(Source.of(b"x\x81,y\xe9\n1,2\n")).encoding == "Latin-1"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 100])
def test_skipping_leaves_the_rest(size):
    text = "\ufeffgröße,y\n" + "1,2\n" * 100
    with Source.of(text.encode()).open() as file:
        stream = Utf8Stream(file, "UTF-8")
        stream.skip(size)
        assert b"".join(stream) == text[1:].encode()[size:]


@pytest.mark.parametrize(
    ("data", "at"), [(b"x,y\n1,\x002\n", "7"), (b"x,y\n" * 99999 + b"\0", "399,997")]
)
def test_a_zero_byte_is_refused(data, at):
    with pytest.raises(DataError, match=f"byte {at} is zero; save the table as"):
        read_table(data)


def test_utf16_that_does_not_stay_so_is_refused():
    with pytest.raises(DataError, match="starts as UTF-16"):
        read_table(b"\xff\xfex\x00,")


def test_a_byte_far_behind_that_is_not_utf8_changes_the_reading_of_all():
    data = b"name,x\n" + b"a,1\n" * 100_000 + "größe,2\n".encode("cp1252")
    table = read_table(data)
    assert table.texts["name"][-1].as_py() == "größe"
    assert (table.n, table.columns["x"].sum()) == (100_001, 100_002)
    assert table.notes == ("Read with Windows-1252 text.",)


def test_a_late_decimal_comma_is_seen_by_a_probe():
    text = "x;y\n" + "1;2\n" * 100_000 + "1,5;2\n" * 100_000
    dialect = TextReader.of(Source.of(text.encode())).dialect
    assert (dialect.delimiter, dialect.decimal) == (";", ",")


def start(text, size):
    with Source.of(text).open() as file:
        return start_of(Utf8Stream(file, "UTF-8"), size)


def test_a_short_text_is_its_own_start():
    assert start(b"x,y\n1,2\n", 100) == (b"x,y\n1,2\n", False)


@pytest.mark.parametrize("before", [0, 1])
def test_the_start_has_rows_behind_a_long_one(before):
    text = b"1\n" * before + b"x" * 300_000 + b"\n" + b"1\n" * 400_000
    head, goes_on = start(text, 100)
    assert goes_on
    assert text.startswith(head)
    assert 300_040 < len(head) < 300_060


@pytest.mark.parametrize("before", [0, 1])
@pytest.mark.parametrize(
    "cell", [b'"%b"', b'x,"%b",y', b'x;  "%b"', b'"a ""%b"" b"', b'"%b", "%b"']
)
def test_the_start_ends_behind_a_row_with_line_breaks_in_quotes(before, cell):
    inside = b"1,2\n\r\n it's" * 20_000
    row = cell.replace(b"%b", inside) + b"\n"
    text = b"1\n" * before + row + b"1\n" * 400_000
    head, goes_on = start(text, 100)
    assert goes_on
    assert text.startswith(head)
    assert len(row) + 40 < len(head) < len(row) + 60
    assert count_rows(head) == head.count(b"1\n") - row.count(b"1\n") + 1


def test_a_quote_that_is_not_closed_soon_does_not_lengthen_the_start(monkeypatch):
    monkeypatch.setattr(encoding, "MAX_QUOTED_BYTES", 1 << 12)
    head, goes_on = start(b'1\n"' + b"1\n" * 400_000, 100)
    assert goes_on
    assert len(head) < 200


def test_quotes_inside_a_text_hold_no_line_breaks():
    assert count_rows(b'5",1\n6",2\nan "x\n7" y\n') == 4


def test_a_text_without_a_row_is_refused():
    with pytest.raises(DataError, match="The file is empty"):
        start(b" \n\n", 100)


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
    monkeypatch.setattr(encoding, "MAX_BYTES_ABOVE", 1 << 18)
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
