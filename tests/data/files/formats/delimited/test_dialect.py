"""The dialect of a file is detected, and noted."""

import pytest

from linreg.data.files.formats.delimited.dialect import (
    MAX_REPAIR_CHARACTERS,
    NO_DELIMITER,
    repair_notes,
    sniff,
)


def marks(text: str) -> tuple[str, str]:
    dialect = sniff(text.encode())
    return dialect.delimiter, dialect.decimal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x,y\n1,2\n3,4\n", (",", ".")),
        ("x;y\n1,5;2,5\n3;4\n", (";", ",")),
        ("x;y\n1.5;2.5\n3;4\n", (";", ".")),
        ("x\ty\n1,5\t2\n", ("\t", ",")),
        ("name|x\na, b; c|2\nd, e; f|3\n", ("|", ".")),
        ("1,5;2,5\n2,5;3,5\n", (";", ",")),
        ("x, in m;y\n1,5;2\n2,5;3\n", (";", ",")),
        ("x\n1,5\n2,5\n", (NO_DELIMITER, ",")),
        ("x\n1\n2\n", (NO_DELIMITER, ".")),
        ("sep=;\nx;y\n1;2\n", (";", ".")),
        ('x,y\n"1,5",2\n"2,25",3\n', (",", ",")),
    ],
)
def test_delimiter_and_decimal_mark(text, expected):
    assert marks(text) == expected


@pytest.mark.parametrize(
    ("text", "decimal", "note"),
    [
        ('x,y\n"1,234",2\n', ".", "“1,234” was read as 1234"),
        ("x\ty\n1,234\t2\n", ".", "“1,234” was read as 1234"),
        ("x;y\n1,234;2\n", ",", "“1,234” was read as 1.234"),
        ("x;y\n1.234;2\n", ".", "“1.234” was read as 1.234"),
        ("x,y\n1.234,2\n", ".", ""),
        ("x;y\n1,234;2,5\n", ",", ""),
        ("x;y\n1,234;2.5\n", ".", ""),
        ("x;y\n1,234,567;2\n", ".", ""),
        ("x;y\n1.234;0,5\n", ",", ""),
        ("x;y\n0,123;2\n", ",", ""),
    ],
)
def test_a_number_with_two_readings_is_told(text, decimal, note):
    dialect = sniff(text.encode())
    assert dialect.decimal == decimal
    assert note in " ".join(dialect.notes)
    assert bool(dialect.notes) == bool(note)


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("x,y\n1,2\n", ("x", "y")),
        ("x,1990\n1,2\n", ("x", "1990")),
        (",x\n1,2\n", ("", "x")),
        ("\n\nx,y\n1,2\n", ("x", "y")),
        ("1,2\n3,4\n", None),
        ("Ann,2\nBob,4\n", None),
        ("NA,2\n3,4\n", None),
    ],
)
def test_header(text, header):
    assert sniff(text.encode()).header == header


def test_the_data_start_behind_a_header_of_several_lines():
    data = b'"x\nin m",y\r\n1,2\r\n'
    assert data[sniff(data).start :] == b"1,2\r\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_repairs_above_the_header_are_skipped_and_told(end):
    repaired = "".join(f"# repaired: fill:{name}: a, b{end}" for name in "abcd")
    text = f"{repaired}x,y{end}1,2{end}"
    dialect = sniff(text.encode())
    assert dialect.header == ("x", "y")
    assert text.encode()[dialect.start :] == f"1,2{end}".encode()
    assert dialect.notes[0] == "Done before the file was made: fill:a: a, b"
    assert repair_notes((*dialect.notes, "Another.")) == tuple(
        f"fill:{name}: a, b" for name in "abcd"
    )


def test_a_header_may_begin_with_a_number_sign():
    assert sniff(b"# of rooms,price\n3,200\n").header == ("# of rooms", "price")


def test_of_a_long_line_on_a_repair_the_start_is_told():
    (note,) = sniff(f"# repaired: leave-rows:{'1,' * 9000}2: gone\nx,y\n1,2\n".encode()).notes
    (line,) = repair_notes([note])
    assert line == f"leave-rows:{'1,' * 4994}…"
    assert len(line) == MAX_REPAIR_CHARACTERS
