"""The rows of a text, as its layout says."""

import pytest

from linreg.data.files.formats.delimited.rows import (
    BLANKS,
    Layout,
    in_step,
    is_plain_table,
    records,
    suits,
    unquoted,
)


def rows(text, layout):
    return [fields for fields, _ in records(iter(text.splitlines(keepends=True)), layout)]


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("a,b\n\nc,d\n", Layout(",")),
        (" a   b \n\nc\t d", Layout(BLANKS)),
        ("'a','b'\nc,'d'\n", Layout(",", quote="'")),
        ('"a;b"\n"c;""d"""\n', Layout(";", quoted_rows=True)),
    ],
)
def test_rows_that_are_not_blank(text, layout):
    assert rows(text, layout) == [["a", "b"], ["c", "d"]]


def test_a_quote_behind_a_backslash():
    assert rows('"a \\"b\\", c",2\n', Layout(",", escape="\\")) == [['a "b", c', "2"]]


def test_each_row_knows_its_last_line():
    found = list(records(iter(['"a\n', 'b",1\n', "\n", "c,2\n"]), Layout(",")))
    assert [record.end for record in found] == [2, 4]


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ('"1,2"\n', "1,2\n"),
        ('"1,""a"""\r\n', '1,"a"\n'),
        ('"1,2";\n', "1,2\n"),
        ('"1;2",,\r\n', "1;2\n"),
        ('"1","2"\n', '"1","2"\n'),
        ("1,2\n", "1,2\n"),
    ],
)
def test_quotes_round_a_whole_line(line, bare):
    assert unquoted(line) == bare


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("x,y\n1,2\n3,4", True),
        ("name,x\nAnn,\nBob,4", True),
        ("x\n1\n2", True),
        ("x,y\n1,2\n3", False),
        ("x y\n1 2", False),
        ("# x,y\n1,2", False),
        ("title,\nx,y\n1,2", False),
        ("x,y\n1,2\nNote,", False),
        ("x,y\n1,2\nTotal,2", False),
        ("x,y,\n1,2,", False),
        ("x,y\nm,s\n1,2\n3,4", False),
        ("'x',y\n1,2", False),
    ],
)
def test_what_asks_for_a_closer_look(text, plain):
    assert is_plain_table([line.split(",") for line in text.split("\n")]) is plain


HEAD = b'id,note,y\n1,"a",2\n'


@pytest.mark.parametrize(
    ("piece", "rest"),
    [
        ('a\n",1\n2,"b\nc",3\n', '2,"b\nc",3\n'),
        ('a,\n",1\n2,"b\nc",3\n4,"d",5\n', '2,"b\nc",3\n4,"d",5\n'),
        ('1,"a",2\n2,"b",3\n', '1,"a",2\n2,"b",3\n'),
        ("a\nb\n", "a\nb\n"),
        ("", ""),
    ],
)
def test_a_sample_begins_with_a_row_wherever_it_was_taken(piece, rest):
    (found,) = in_step([piece.encode()], HEAD, Layout(","))
    full = [row for row in rows(found.decode(), Layout(",")) if len(row) == 3]
    assert full == [row for row in rows(rest, Layout(",")) if len(row) == 3]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["1", "a", "2"], True),
        (["NA", "a", "2.5"], True),
        (["1"], True),
        (["x", "a", "2"], True),
        (["x", "1", "y"], False),
        (["x"], False),
        (["x", "12", "y", "z"], False),
    ],
)
def test_lines_of_a_long_text_are_no_rows(row, expected):
    assert suits(row, [True, False, True]) == expected
    assert suits(row, [False] * 3)
