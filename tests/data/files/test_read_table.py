"""A file as a table, or a sentence that says why not."""

import contextlib
import csv
import gzip
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg.data.files.formats.delimited import reader as reader
from linreg.data.files.read_table import read_table, read_text
from linreg.data.files.table import Table
from linreg.errors import DataError

NBSP, THIN = "\u00a0", "\u202f"


def read(text: str) -> Table:
    return read_table(text.encode())


def values(text: str | bytes) -> list[list[float]]:
    source = text if isinstance(text, bytes) else text.encode()
    return [column.tolist() for column in read_table(source).columns.values()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_dialect_gives_the_same_numbers(delimiter, end, encoding):
    rows = [["größe", "x"], ["a", "1.5"], ["b", "-2e3"], ["c", ""]]
    data = end.join(delimiter.join(row) for row in rows).encode(encoding)
    table = read_table(data)
    np.testing.assert_array_equal(table.columns["x"], [1.5, -2000.0, np.nan])
    assert table.text == ("größe",)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('x,y\n"1,234.5",2\n"1,234,567",4\n', [[1234.5, 1234567.0], [2.0, 4.0]]),
        ("x;y\n1.234,5;2\n-1.234.567;4\n", [[1234.5, -1234567.0], [2.0, 4.0]]),
        ("x;y\n1 234,5;2\n0,25;4\n", [[1234.5, 0.25], [2.0, 4.0]]),
        (f"x;y\n1{NBSP}234,5;2\n1{THIN}000;4\n", [[1234.5, 1000.0], [2.0, 4.0]]),
        ("x;y\n1'234.5;2\n1’000;4\n", [[1234.5, 1000.0], [2.0, 4.0]]),
        ("x,y\n−5,+2\n .5 , 4. \n", [[-5.0, 0.5], [2.0, 4.0]]),
        ("x,y\n100000000000000000000,2\n9007199254740993,4\n", [[1e20, 2.0**53], [2.0, 4.0]]),
        ('"x","y"\n"1","2"\n\n"3","4"\n\n', [[1.0, 3.0], [2.0, 4.0]]),
        ("sep=;\nx;y\n1;2\n", [[1.0], [2.0]]),
        ("x,y\r\r1,2\r\r3,4", [[1.0, 3.0], [2.0, 4.0]]),
        ("x,y\r\r\n1,2\r\r\n3,4\r\r\n", [[1.0, 3.0], [2.0, 4.0]]),
    ],
)
def test_number_forms(text, expected):
    assert values(text) == expected


@pytest.mark.parametrize(
    "marker", ["", "NA", "N/A", "NaN", "nan", "null", "None", "-", "?", " NA "]
)
def test_missing_markers(marker):
    np.testing.assert_array_equal(read(f"x,y\n{marker},2\n3,4\n").columns["x"], [np.nan, 3.0])


def test_no_row_is_lost_behind_a_lone_cr():
    np.testing.assert_array_equal(read("x;y\n1;2\n\r;\n3;4").columns["x"], [1.0, np.nan, 3.0])


def test_infinite_values_become_missing():
    np.testing.assert_array_equal(
        read("x,y\ninf,1\n-Infinity,1\n1e999,1\n5,1\n").columns["x"], [np.nan] * 3 + [5.0]
    )


def test_no_header_names_the_columns_and_says_so():
    table = read("1,2\n3,4\n")
    assert list(table.columns) == ["column 1", "column 2"]
    assert "The first row contains numbers" in table.notes[0]


def test_notes_say_how_the_file_was_read():
    data = "größe;y\n1.234,5;2\n".encode("latin-1")
    assert read_table(data).notes == (
        "Read with semicolons between columns, decimal comma, Windows-1252 text.",
        "Thousands separators were removed in “größe”.",
    )


def test_plain_csv_needs_no_notes():
    assert read("x,y\n1,2\n3,4\n").notes == ()


def test_names_are_made_unique_and_told():
    table = read("x,x,,x,x (2)\n1,2,3,4,5\n")
    assert list(table.columns) == ["x", "x (2)", "column 3", "x (3)", "x (2) (2)"]
    assert "Column 2 is another “x”; it is called “x (2)” here." in table.notes
    assert "Column 3 has no name; it is called “column 3” here." in table.notes


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "$x$", "**x**", "=1+1", "θ₁"])
def test_names_are_kept_literally(name):
    assert list(read(f"  {name} ,y\n1,2\n").columns) == [name, "y"]


def test_text_columns_remember_their_first_text():
    table = read("name,x,flag,none\n,1,yes,\nBob,2,no,NA\n")
    assert table.text == ("name", "flag", "none")
    assert table.first_text == {"name": (2, "Bob"), "flag": (1, "yes")}


def test_a_column_with_one_bad_value_is_text():
    table = read("x,y\n1,2\n3,4\n5,six\n")
    assert (list(table.columns), table.text, table.first_text) == (["x"], ("y",), {"y": (3, "six")})


def test_a_thousand_in_the_wrong_form_is_text_not_a_guess():
    table = read('x,y\n1.5,2\n2.5,4\n"1,23",5\n')
    assert table.first_text == {"x": (3, "1,23")}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x,y\n", "has a header but no rows"),
        ("x,y\n1,2\n3,4,5\n4,5\n", "Row 2 has 3 fields where 2 were expected"),
        ("x,y\n1,2,3\n4,5,6\n", "Row 1 has 3 fields where 2 .* above the header"),
        ("x y\n1 2\n3\n4 5\n", "Row 2 has 1 field where 2 were expected"),
        ("x,y,z\n1,2\n3,4\n", "Row 1 has 2 fields where 3 were .* every other row"),
        ('x,y,t\n1,1,1\n1",1,1\n",1,1\n1,1,"1,234"', "row 3, has 2 fields"),
        ("x,y,z\n1,2,3\n4,5", "cut off: its last row, row 2, has 2 fields where 3 .* save"),
        ('x,y\n1,2\n3,"4\n', "a quote is opened and never closed in row 2; close it"),
        ("x,y\nNA,\n,-\n", "No column holds only numbers, all are empty"),
    ],
)
def test_refusals_while_reading(text, message):
    with pytest.raises(DataError, match=message):
        read(text)


@pytest.mark.parametrize("folder", [False, True])
def test_a_table_without_a_column_of_numbers_is_read_for_its_repair(folder, tmp_path):
    table = read_table(b"a,b,c\n$1,2*,\n$3,4,\n", folder=tmp_path if folder else None)
    assert dict(table.columns) == {}
    assert {name: cells.to_pylist() for name, cells in table.texts.items()} == {
        "a": ["$1", "$3"],
        "b": ["2*", "4"],
        "c": [None, None],
    }
    assert table.first_text == {"a": (1, "$1"), "b": (1, "2*")}


@pytest.mark.parametrize("source", [b"x,y\n1,2\n", io.BytesIO(b"x,y\n1,2\n")])
def test_bytes_and_files_are_read_alike(source):
    assert read_table(source, name="two.csv").name == "two.csv"


NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**25), 10**25),
    st.floats(-1e6, 1e6).map(lambda v: round(v, 3)),
    st.none(),
)
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1).map(
    lambda s: "w" + s
)


def written(rows, delimiter, decimal, end, quoting) -> str:
    """Write cells as CSV; numbers with the decimal mark given, None as an empty field."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    for row in rows:
        writer.writerow(
            [
                c if isinstance(c, str) else "" if c is None else str(c).replace(".", decimal)
                for c in row
            ]
        )
    return out.getvalue()


@st.composite
def tables(draw):
    width, n = draw(st.integers(2, 4)), draw(st.integers(1, 8))
    header = draw(st.lists(WORDS, min_size=width, max_size=width, unique=True))
    row = st.lists(NUMBERS, min_size=width, max_size=width)
    return header, draw(st.lists(row, min_size=n, max_size=n))


@given(
    content=tables(),
    delimiter=st.sampled_from(",;\t|"),
    decimal=st.sampled_from(".,"),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_numbers_come_back_bit_for_bit(content, delimiter, decimal, end, quoting, encoding):
    header, rows = content
    rows = [[0.5] * len(header), *rows]  # one number that leaves no doubt about the decimal mark
    text = written([header, *rows], delimiter, decimal, end, quoting)
    table = read_table(text.encode(encoding))
    assert [*table.columns] == header
    expected = np.array([[np.nan if c is None else float(c) for c in row] for row in rows])
    np.testing.assert_array_equal(np.column_stack(list(table.columns.values())), expected)


@given(st.binary(max_size=200) | st.text(alphabet='x1,.;"\n\r\t -', max_size=60).map(str.encode))
def test_any_bytes_give_a_table_or_a_sentence(data):
    with contextlib.suppress(DataError):
        table = read_table(data)
        assert all(len(column) == table.n for column in table.columns.values())


@pytest.mark.parametrize(("text", "mark"), [("a,b\n1.5,x\n", "."), ("a;b\n1,5;x\n", ",")])
def test_the_decimal_mark_is_kept(text, mark):
    table = read_table(text.encode())
    assert table.decimal == mark
    np.testing.assert_array_equal(table.rows, [1])


@pytest.mark.parametrize(
    "content", [b"a,b\n1,2\n3,4\n", b'{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n'], ids=["csv", "json"]
)
def test_an_open_file_is_read_from_its_start(content):
    table = read_table(io.BytesIO(content))
    np.testing.assert_array_equal(table.columns["b"], [2, 4])


ROWS = "x,late,name,none,y\n" + "1,2.50,a,,3\n" * 3000 + ",abc,,NA,4e5\n"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("where", ["memory", "folder"])
def test_progress_and_cancelling(tmp_path, monkeypatch, pack, where):
    monkeypatch.setattr("linreg.data.files.formats.delimited.reader.TEXT_CHUNK_BYTES", 1000)
    folder = tmp_path if where == "folder" else None
    shares: list[float] = []
    read_table(pack(ROWS.encode()), folder=folder, on_progress=shares.append)
    assert len(shares) > 3
    assert all(0 <= share <= 1 for share in shares)
    assert shares[-1] == 1

    class Cancelled(Exception):
        pass

    def cancel(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_table(pack(ROWS.encode()), folder=folder, on_progress=cancel)
    assert not list(tmp_path.iterdir())


def test_a_refused_file_leaves_nothing(tmp_path):
    with pytest.raises(DataError, match=r"Row 3,002 has 6 fields"):
        read_table((ROWS + "1,2,3,4,5,6\n1,2,3,4,5\n").encode(), folder=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\n1,5\t2\n0,25\t3", {"a": [1.5, 0.25], "b": [2, 3]}),
        ("1\t2\r\n3\t4\r\n", {"column 1": [1, 3], "column 2": [2, 4]}),
        ("x\n1\n2", {"x": [1, 2]}),
        ("PAR1,y\n1,2", {"PAR1": [1], "y": [2]}),
    ],
)
def test_rows_that_are_pasted(text, expected):
    table = read_text(text)
    assert {name: column.tolist() for name, column in table.columns.items()} == expected
    assert table.name == "pasted rows"


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_nothing_pasted(text):
    with pytest.raises(DataError, match=r"Nothing is pasted; copy rows of numbers"):
        read_text(text)
