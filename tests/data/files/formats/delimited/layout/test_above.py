"""Lines above the rows of a table are passed over, with a note."""

import gzip

import pytest

from linreg.data.files.formats.delimited.layout.above import count_comments, few_lines
from linreg.data.files.read_table import read_table
from linreg.data.files.scan import scan
from linreg.errors import DataError


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("x\n1\n", 0),
        ("# a\nx\n", 1),
        ("% a\n\n% b\nx\n", 3),
        ("// a\nx\n", 1),
        ("/* a\nb\n*/\nx\n", 3),
        ("/* a */\nx\n", 1),
        ("# a\n# b\n", 0),
    ],
)
def test_comments_at_the_top(text, count):
    assert count_comments(text.splitlines(keepends=True)) == count


def test_few_lines_are_shown_whole_or_shortened():
    assert few_lines(["a", "b"]) == "“a” and “b”"
    assert few_lines(["a"] * 4) == "“a” and others"
    assert few_lines(["x" * 50]) == f"“{'x' * 40}…”"


TABLE = "x,y\n1,2.5\n2,3.5\n3,5.5\n"
ABOVE = {
    "a comment": ("# by hand, May 2024\n", "# by hand, May 2024"),
    "a percent sign": ("% by hand\n", "% by hand"),
    "slashes": ("// by hand\n", "// by hand"),
    "a block": ("/* by\nhand */\n", "/* by” and “hand */"),
    "a title": ("Report\n", "Report"),
    "a title of two words": ("Monthly report\n\n", "Monthly report"),
    "a padded title": ("Report,\n", "Report,"),
    "a padded title and a blank row": ("Report,\n,\n", "Report,"),
    "two titles": ("Report\nof May\n", "Report” and “of May"),
    "a comment and a title": ("# by hand\nReport\n", "# by hand” and “Report"),
    "units": ("m,s\n", "m,s"),
    "as many fields": ("Report,2024\n\n", "Report,2024"),
    "as many fields, a date": ("Report,2024-01-01\n\n", "Report,2024-01-01"),
    "as many words": ("Report,Berlin\n\n", "Report,Berlin"),
    "as many fields and a blank row": ("Report,2024\n,\n", "Report,2024"),
    "as many fields and no blank line": ("Report,2024\n", "Report,2024"),
    "two of as many fields": ("Report,Berlin\nby,Ann\n\n", "Report,Berlin” and “by,Ann"),
    "two blocks": ("Report,2024\n\nby,Ann\n\n", "Report,2024” and “by,Ann"),
    "more fields": ("Report,2024,Ann\n\n", "Report,2024,Ann"),
    "names and numbers": ("Station,12\nHeight,48.5\n\n", "Station,12” and “Height,48.5"),
    "prose": ("Sales in 2024, as of May.\n", "Sales in 2024, as of May."),
    "a quote that is not closed": ('# Ann"s\n', '# Ann"s'),
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("more", [0, pytest.param(40_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("above", "shown"), ABOVE.values(), ids=ABOVE)
def test_lines_above_in_the_app_and_on_the_command_line(tmp_path, above, shown, more, end):
    path = tmp_path / "a.csv"
    path.write_bytes((above + TABLE + "4,6\n" * more).replace("\n", end).encode())
    table = read_table(path)
    assert {name: list(column[:3]) for name, column in table.columns.items()} == {
        "x": [1, 2, 3],
        "y": [2.5, 3.5, 5.5],
    }
    assert table.n == 3 + more
    (note,) = table.notes
    assert note.endswith(
        f" above the table {'were' if '”' in shown else 'was'} passed over: “{shown}”."
    )
    for engine in ("polars", "pandas"):
        scanned = scan([path], engine=engine)
        assert sum(len(batch.columns[0]) for batch in scanned) == 3 + more
        assert scanned.notes == table.notes


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("# x y\n1 2\n3 4\n", ["x", "y"]),
        ("# by hand\n# x y\n1 2\n3 4\n", ["x", "y"]),
        ("% x y\n1 2\n3 4\n", ["x", "y"]),
        ("#x,y\n1,2\n3,4\n", ["#x", "y"]),
        ("# of rooms,price\n3,200\n4,300\n", ["# of rooms", "price"]),
        ("# by hand\n#x,y\n1,2\n3,4\n", ["#x", "y"]),
    ],
)
def test_the_last_comment_may_be_the_header(text, names):
    assert list(read_table(text.encode()).columns) == names


@pytest.mark.parametrize("units", ["m,s", "(m),(s)", "[m/s],%", "km/h,°C", ",kg"])
def test_units_below_the_header(units):
    table = read_table(f"x,y\n{units}\n1,2\n3,4\n5,6\n".encode())
    assert [column.tolist() for column in table.columns.values()] == [[1, 3, 5], [2, 4, 6]]
    shown = ", ".join(filter(None, units.split(",")))
    assert table.notes == (f"The line below the header was passed over: “{shown}”.",)


def test_rows_of_words_are_no_units():
    table = read_table(b"x,y,z\nbad,2,3\n3,4,5\n5,6,7\n")
    assert table.first_text == {"x": (1, "bad")}


@pytest.mark.parametrize("line", ["title\n", "title,of it\n"])
def test_hundreds_of_lines_above(line):
    table = read_table(f"{line * 300}\n{TABLE}".encode())
    assert list(table.columns) == ["x", "y"]
    assert table.notes[0].startswith("300 lines above the table were passed over: “title")


@pytest.mark.parametrize("above", ["Station,Berlin,,\n", "Station,Berlin,,\nHeight,5,,\n,,,\n"])
def test_padded_titles_of_several_fields(above):
    table = read_table(f"{above}a,b,c,d\n1,2,3,4\n5,6,7,8\n".encode())
    assert {name: column.tolist() for name, column in table.columns.items()} == {
        "a": [1, 5],
        "b": [2, 6],
        "c": [3, 7],
        "d": [4, 8],
    }
    assert "passed over: “Station,Berlin" in table.notes[0]


XYZ = "x,y,z\n1,2,3\n4,5,7\n2,2,9\n5,1,4\n"
WIDE = {
    "a row of delimiters below": "Sales,2023,2024\n,,\n",
    "two rows of delimiters below": "Sales,2023,2024\n,,\n , , \n",
    "a number and a date": "As of,2024-05-01,17\n,,\n",
    "two lines": "Sales,2023,2024\nMore,of,it\n\n",
    "two lines and a row of delimiters": "Sales,2023,2024\nMore,of,it\n,,\n",
    "three lines": "Sales,2023,2024\nMore,of,it\nby,Ann,\n\n",
    "numbers without years": "Shop,5,12\nall,of,them\n\n",
}


@pytest.mark.parametrize("delimiter", ",;\t|")
@pytest.mark.parametrize("above", WIDE.values(), ids=WIDE)
def test_titles_with_numbers_as_wide_as_the_table(tmp_path, above, delimiter):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(f"{above}{XYZ}".replace(",", delimiter).encode()))
    table = read_table(path)
    assert [*table.columns] == ["x", "y", "z"]
    assert table.columns["z"].tolist() == [3, 7, 9, 4]
    assert any("above the table" in note for note in table.notes)
    for engine in ("pandas", "polars"):
        assert [batch.columns[2].tolist() for batch in scan([path], engine=engine)] == [
            [3, 7, 9, 4]
        ]


def test_prose_above_semicolons():
    table = read_table(b"Umsatz 2024; Stand 3.5.\nx;y\n1;2,5\n2;3,5\n3;4\n")
    assert {name: column.tolist() for name, column in table.columns.items()} == {
        "x": [1, 2, 3],
        "y": [2.5, 3.5, 4],
    }


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a,b\n1,2\n\nx,y\n3,4\n5,6\n", {"a", "b"}),  # another table
        ("t,x\na,1\nb,2\n\nt,x\nc,4\nd,5\ne,6\nf,7\n", {"t", "x"}),
        ("x,y\n\n1,2\n3,4\n", {"x", "y"}),
        ("x,y\n\nm,s\n1,2\n3,4\n5,6\n", {"x", "y"}),
        ("Ann,5\nBob,n.a.\nEve,7\nDan,8\n", {"column 1", "column 2"}),
        ("t,x\nlow,n/d\nhigh,2\nlow,3\n", {"t", "x"}),
        ("t,x\n\n1990,2\nhigh,3\n", {"t", "x"}),
        ("t,p,q\na,5,7\nb,6,8\n,,\nx,y,z\n1,2,3\n4,5,6\n", {"t", "p", "q"}),
        ("x,y,z\n,,\n1,2,3\n4,5,7\n", {"x", "y", "z"}),
    ],
)
def test_names_and_rows_are_no_titles(text, names):
    table = read_table(text.encode())
    assert {*table.columns, *table.texts} == names
    assert not any("above the table" in note for note in table.notes)


def test_names_without_others_are_no_padded_title():
    assert list(read_table(b"x,,\n1,2,3\n4,5,6\n").columns) == ["x", "column 2", "column 3"]


def test_a_header_of_another_width_is_no_title():
    with pytest.raises(DataError, match="Row 1 has 3 fields where 4 were expected"):
        read_table(b"a,b,c,d\n1,2,3\n4,5,6\n")
