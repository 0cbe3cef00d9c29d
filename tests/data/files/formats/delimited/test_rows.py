"""The rows of a text, as its layout says."""

import pytest

from linreg.data.files.formats.delimited.rows import (
    BLANKS,
    Layout,
    is_plain_table,
    records,
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
