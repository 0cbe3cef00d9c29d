"""The first row of another width, and the sentence on it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg.data.files.formats.delimited.dialect import sniff
from linreg.data.files.formats.delimited.encoding import UTF8, Utf8Stream
from linreg.data.files.formats.delimited.ragged_rows import (
    RaggedRow,
    count_delimiters,
    first_ragged_row,
    is_rectangular,
    ragged_row_error,
)
from linreg.data.files.formats.delimited.reader import TextReader
from linreg.data.files.read_table import read_table
from linreg.data.files.storage.source import Source
from linreg.errors import DataError

DIALECT = sniff(b"x,y\n1,2\n")


class Pieces(Utf8Stream):
    """A text that arrives in pieces of a few bytes, so that each border is met."""

    def __init__(self, data, size):
        self.left = [data[k : k + size] for k in range(0, len(data), size)]

    def read(self, size=1 << 20):
        return self.left.pop(0) if self.left else b""


def ragged(text, **options):
    with Source.of(text).open() as file:
        return first_ragged_row(Utf8Stream(file, UTF8), DIALECT, **options)


@pytest.mark.parametrize("size", [1, 2, 3, 100])
@pytest.mark.parametrize(
    ("text", "delimiters"),
    [
        (b"1,2\n3,4\n", 2),
        (b'"1,5",2\n3, "4,4,4"\n', 2),
        (b'"a ""b, c""",2\n', 1),
        (b'"a\n,",2\n', 1),
        (b'a"b,2\n', -1),
    ],
)
def test_delimiters_in_quotes_do_not_count(text, delimiters, size):
    assert count_delimiters(Pieces(text, size), ",") == delimiters


@given(st.lists(st.integers(1, 5), min_size=1, max_size=30))
def test_the_first_row_of_another_width_is_found(widths):
    text = "".join(",".join("7" * width) + "\n" for width in widths).encode()
    wrong = next((k for k, width in enumerate(widths, 1) if width != 2), None)
    expected = wrong and RaggedRow(wrong, widths[wrong - 1], wrong == len(widths))
    assert ragged(text) == expected


def test_blank_lines_are_no_rows():
    assert ragged(b"1,2\n\n\n3,4\n5\n") == RaggedRow(3, 1, True)


def test_with_an_open_quote_and_no_ragged_row_the_last_row_is_blamed():
    assert ragged(b"1,2\n3,4\n", open_quote=True) == RaggedRow(2, 2, True)
    assert ragged(b"1,2\n3,4\n") is None


@pytest.mark.parametrize(
    ("row", "options", "sentence"),
    [
        (None, {}, "could not be read as CSV"),
        (RaggedRow(1200, 1, False), {}, "Row 1,200 has 1 field where 2 were expected; correct"),
        (RaggedRow(1, 3, False), {}, "correct that row, or remove what stands above the header"),
        (RaggedRow(7, 1, True), {}, "cut off: its last row, row 7, has 1 field where 2 were"),
        (RaggedRow(7, 3, True), {}, "Row 7 has 3 fields where 2 were expected"),
        (RaggedRow(7, 2, True), {"open_quote": True}, "opened and never closed in row 7"),
    ],
)
def test_the_sentence(row, options, sentence):
    assert sentence in str(ragged_row_error(row, DIALECT, **options))


@pytest.mark.parametrize("text", ["x,y,z\n1,2\n3,4\n5,6\n", "x;y;z\n1;2,5\n3;4,5\n5;6\n"])
def test_where_all_rows_are_short_the_sentence_is_on_the_header(text):
    with pytest.raises(DataError, match=r"Row 1 has 2 fields .* every other row .* the header"):
        read_table(text.encode())


@pytest.mark.parametrize(
    ("text", "rectangular"),
    [
        ("x,y\n1,2\n3,4\n", True),
        ("x,y\n1,2\n3,4", True),
        ("x,y\n1,2\n3\n", False),
        ("x,y\n1,2\n\n3,4\n", False),
        ('x,y\n1,"2"\n', False),
        ("x\n1\n", False),
    ],
)
def test_a_rectangle_has_no_quote_no_blank_line_and_no_short_row(text, rectangular):
    reader = TextReader.of(Source.of(text.encode()))
    with reader.body() as body:
        assert is_rectangular(body, reader.dialect) is rectangular
