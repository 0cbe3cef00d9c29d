"""Tables that are not plain are read, with a sentence on how."""

import gzip

import numpy as np
import pytest

from linreg.data.files.formats.delimited.layout.unusual import (
    ROW_NAMES,
    ROW_NUMBERS,
    TRAILING,
)
from linreg.data.files.read_table import read_table
from linreg.data.files.scan import scan
from linreg.errors import DataError

BLANKS = "Read with blanks between columns."
XY = {"x": [1, 2, 30], "y": [2.5, 3.5, 5.5]}
XY4 = {"x": [1, 2, 30, 7], "y": [2.5, 3.5, 5.5, 8]}
UNUSUAL = {
    "blanks": ("x y\n1 2.5\n2 3.5\n30 5.5\n", XY, BLANKS),
    "aligned": (" x    y\n 1  2.5\n 2  3.5\n30  5.5\n", XY, BLANKS),
    "blanks at the end": ("x y \n1 2.5 \n2 3.5 \n30 5.5 \n", XY, BLANKS),
    "blanks and tabs": ("x \ty\n1  2.5\n2\t3.5\n30 \t5.5\n", XY, BLANKS),
    "blanks, comma": (
        "x y\n1 2,5\n2 3,5\n30 5,5\n",
        XY,
        "Read with blanks between columns, decimal comma.",
    ),
    "blanks, three digits": (
        "a b c\n12 345 678\n11 234 567\n",
        {"a": [12, 11], "b": [345, 234], "c": [678, 567]},
        BLANKS,
    ),
    "blanks, texts in quotes": ('t x\n"a b" 1\nc 2\n', {"x": [1, 2]}, BLANKS),
    "behind rows": ("x,y\n1,2.5,\n2,3.5,\n30,5.5,\n", XY, TRAILING[0]),
    "behind all": ("x,y,\n1,2.5,\n2,3.5,\n30,5.5,\n", XY, TRAILING[0]),
    "behind some": ("x,y\n1,2.5\n2,3.5,\n30,5.5,\n", XY, TRAILING[0]),
    "two behind rows": ("x,y\n1,2.5,,\n2,3.5,,\n30,5.5,,\n", XY, TRAILING[1]),
    "two behind all": ("x,y,,\n1,2.5,,\n2,3.5,,\n30,5.5,,\n", XY, TRAILING[1]),
    "more behind rows": ("x\ty\t\n1\t2.5\t\t\t\n2\t3.5\n30\t5.5\t\t\n", XY, TRAILING[1]),
    "two behind every second row": ("x,y\n1,2.5\n2,3.5,,\n30,5.5\n7,8,,\n", XY4, TRAILING[1]),
    "three behind two rows of four": ("x;y\n1;2,5;;;\n2;3,5\n30;5,5;;;\n7;8\n", XY4, TRAILING[1]),
    "one and two behind": ("x|y\n1|2.5|\n2|3.5||\n30|5.5\n7|8\n", XY4, TRAILING[1]),
    "two behind, decimal comma": ("x;y\n1;2,5;;\n2;3,5;;\n30;5,5;;\n", XY, TRAILING[1]),
    "two behind years": (
        "t;1990;1991\na;2,5;7;;\nb;3,5;8;;\n",
        {"1990": [2.5, 3.5], "1991": [7, 8]},
        TRAILING[1],
    ),
    "behind the header": ("x;y;\n1;2.5\n2;3.5\n30;5.5\n", XY, ""),
    "row names": ('"x","y"\n"a",1,2.5\n"b",2,3.5\n"c",30,5.5\n', XY, ROW_NAMES),
    "row numbers": ("x,y\n1,1,2.5\n2,2,3.5\n3,30,5.5\n", XY, ROW_NUMBERS),
    "row numbers in quotes": ('"x","y"\n"1",1,2.5\n"2",2,3.5\n"3",30,5.5\n', XY, ROW_NUMBERS),
    "row names, blanks": ('"x" "y"\n"a" 1 2.5\n"b" 2 3.5\n"c" 30 5.5\n', XY, ROW_NAMES),
    "short rows": (
        "x,y,t,z\n1,2.5,a,7\n2,3.5,b\n30,5.5\n",
        XY,
        "2 rows are short, row 2 the first: their missing cells at the end count as missing.",
    ),
    "short rows first": (
        "x,y,z\n1,2.5\n2,3.5\n30,5.5,7\n",
        XY,
        "2 rows are short, row 1 the first: their missing cells at the end count as missing.",
    ),
    "short rows, semicolons": (
        "x;y;z\n1;2,5;7\n2;3,5\n30\n4;5,5;8\n",
        {"x": [1, 2, 30, 4], "y": [2.5, 3.5, None, 5.5], "z": [7, None, None, 8]},
        "2 rows are short, row 2 the first",
    ),
    "short rows with decimal commas between tabs": (
        "t\ty\tz\nAnn\t2,5\ta\nBob\t3,5\nEve\t4,5\n",
        {"y": [2.5, 3.5, 4.5]},
        "2 rows are short, row 2 the first",
    ),
    "one full row": (
        "x|y|z\n1|2,5|7\n2|3,5\n3|4,5\n4|5,5\n",
        {"x": [1, 2, 3, 4], "y": [2.5, 3.5, 4.5, 5.5], "z": [7, None, None, None]},
        "3 rows are short, row 2 the first",
    ),
    "two columns, one short": (
        "x;y\n1;2,5\n2\n30\n4;5,5\n",
        {"x": [1, 2, 30, 4], "y": [2.5, None, None, 5.5]},
        "2 rows are short, row 2 the first",
    ),
    "a title with a comma above decimal commas": (
        "Sales, by town\n\nx;y\n1;2,5\n2;3,5\n30;5,5\n",
        XY,
        "“Sales, by town”",
    ),
    "a comment below the header": (
        "x,y\n# units: m, s\n1,2.5\n2,3.5\n30,5.5\n",
        XY,
        "The comment between the rows was passed over: “# units: m, s”.",
    ),
    "a comment of one field": ("x,y\n# units\n1,2.5\n2,3.5\n30,5.5\n", XY, "“# units”"),
    "a comment between rows": (
        "x;y\n1;2,5\n2;3,5\n# nach; Messung 2\n30;5,5\n",
        XY,
        "“# nach; Messung 2”",
    ),
    "several comments": (
        "x,y\n1,2.5\n// a\n2,3.5\n// b, c, d\n30,5.5\n// end\n",
        XY,
        "2 comments between the rows were passed over: “// a” and “// b, c, d”.",
    ),
    "a comment among words": (
        "t,x\nAnn,1\n# checked, twice\nBob,2\n",
        {"x": [1, 2]},
        "“# checked, twice”",
    ),
    "a comment and an error of Excel": (
        "x,y\n# a, b\n1,2.5\n#N/A,3.5\n30,#DIV/0!\n",
        {"x": [1, None, 30], "y": [2.5, 3.5, None]},
        "“# a, b”",
    ),
    "a comment between blanks": ("x y\n1 2.5\n# checked\n2 3.5\n30 5.5\n", XY, "“# checked”"),
    "a title, a comment and another": (
        "Report\n# by hand\nx,y\n1,2.5\n# checked\n2,3.5\n30,5.5\n",
        XY,
        "2 lines above the table were passed over: “Report” and “# by hand”. The comment",
    ),
    "single quotes": ("t,x\n'a, b',1\n'c',2\n", {"x": [1, 2]}, "Read with single quotes."),
    "names in single quotes": ("'x','y'\n1,2.5\n2,3.5\n30,5.5\n", XY, "Read with single quotes."),
    "backslashes": (
        't,x\n"a \\"b, c\\"",1\n"d",2\n',
        {"x": [1, 2]},
        "Read with backslashes before quotes.",
    ),
    "whole rows in quotes": (
        '"x,y"\n"1,2.5"\n"2,3.5"\n"30,5.5"\n',
        XY,
        "Read with whole rows in quotes.",
    ),
    "all but the header in quotes": (
        'x,y\n"1,2.5"\n"2,3.5"\n"30,5.5"\n',
        XY,
        "Read with whole rows in quotes.",
    ),
    "whole rows in quotes before a delimiter": (
        '"x,y";\n"1,2.5";\n"2,3.5";\n',
        {"x": [1, 2], "y": [2.5, 3.5]},
        "Read with whole rows in quotes.",
    ),
    "whole rows with texts": (
        '"t,x"\n"""a, b"",1"\n"c,2"\n',
        {"x": [1, 2]},
        "Read with whole rows in quotes.",
    ),
    "SEP=;": ("SEP=;\nx;y\n1;2.5\n2;3.5\n30;5.5\n", XY, "semicolons between columns"),
    "sep= ;": ("sep= ; \r\nx;y\r\n1;2.5\r\n2;3.5\r\n30;5.5\r\n", XY, "semicolons"),
}


def filled(column):
    return [None if np.isnan(value) else value for value in column]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize(("text", "expected", "note"), UNUSUAL.values(), ids=UNUSUAL)
def test_unusual_tables_in_the_app_and_on_the_command_line(
    tmp_path, text, expected, note, encoding
):
    for name, pack in (("a.csv", bytes), ("a.csv.gz", gzip.compress)):
        path = tmp_path / name
        path.write_bytes(pack(text.encode(encoding)))
        table = read_table(path)
        assert {c: filled(table.columns[c]) for c in expected} == expected
        assert note.rstrip(".") in " ".join(table.notes)
        for engine in ("polars", "pandas"):
            scanned = scan([path], list(expected), engine=engine)
            (batch,) = scanned
            assert [filled(column) for column in batch.columns] == [*expected.values()]
            assert note.rstrip(".") in " ".join(scanned.notes)


PLAIN = {
    "thousands": ("x;y\n1 234,5;2\n2 345,5;3\n", {"x": [1234.5, 2345.5], "y": [2, 3]}),
    "one column of thousands": ("n\n1 234 567\n2 345 678\n", {"n": [1234567, 2345678]}),
    "a name of two words": ("my x\n1\n2\n", {"my x": [1, 2]}),
    "an apostrophe": ("t,x\n'tis,1\nit's,2\n", {"x": [1, 2]}),
    "a path": ('t,x\n"C:\\a\\",1\n"d",2\n', {"x": [1, 2]}),
    "cells in quotes": ('"x","y"\n"1","2"\n', {"x": [1], "y": [2]}),
    "an empty column with a name": ("x,y,z\n1,2,\n3,4,\n", {"x": [1, 3], "y": [2, 4]}),
    "one column of thousands in quotes": ('"x"\n"7,045"\n"8,046"\n', {"x": [7045, 8046]}),
    "names with a number sign": ("#id,a\nA1,3\nA2,4\n", {"a": [3, 4]}),
    "thousands in quotes": ('"-70,016"\n"-21,071"\n', {"column 1": [-70016, -21071]}),
    "backslashes before quotes": (
        't;x;u\n"C:\\x\\";2;"a"\n"d";3;"C:\\"\n',
        {"x": [2, 3]},
    ),
    "the same note in each row": ("t,x\nSource: a,1\nSource: b,\n", {"x": [1, np.nan]}),
    "number signs": ("tag,x\nfoo,1\n#bar,2\nbaz,3\n", {"x": [1, 2, 3]}),
    "number signs in all rows": ("tag,x\n#foo,1\n#bar,2\nbaz,3\n", {"x": [1, 2, 3]}),
    "a number sign and no number": ("tag,x\nfoo,1\n#bar,\nbaz,3\n", {"x": [1, np.nan, 3]}),
    "a number sign in a short row": ("tag,x\nfoo,1\n#bar\nbaz,3\n", {"x": [1, np.nan, 3]}),
    "a percent sign among words": ("t;x\n%;\na;2\nb;3\n", {"x": [np.nan, 2, 3]}),
    "free text": ("t,x\nhello there you,1\ngood bye now,2\n", {"x": [1, 2]}),
}


@pytest.mark.parametrize(("text", "expected"), PLAIN.values(), ids=PLAIN)
def test_plain_tables_stay_plain(text, expected):
    table = read_table(text.encode())
    assert list(table.columns) == list(expected)
    for name, column in expected.items():
        np.testing.assert_array_equal(table.columns[name], column)


@pytest.mark.parametrize("n", [1, pytest.param(100_000, marks=pytest.mark.slow)])
def test_a_cell_far_down_behind_the_last_delimiter_keeps_the_column(tmp_path, n):
    path = tmp_path / "a.csv"
    path.write_text("x,y,\n" + "1,2,\n" * n + "3,4,7\n" + "1,2,\n" * n)
    table = read_table(path)
    assert table.columns["column 3"][n] == 7
    assert not {*TRAILING} & {*table.notes}
    for engine in ("polars", "pandas"):
        scanned = scan([path], ["x"], engine=engine)
        assert sum(len(batch.columns[0]) for batch in scanned) == 2 * n + 1


@pytest.mark.parametrize("cells", ["7,", ",7"])
def test_a_cell_far_down_between_or_behind_the_last_delimiters_keeps_the_columns(cells):
    text = "x,y,,\n" + "1,2,,\n" * 20_000 + f"3,4,{cells}\n"
    table = read_table(text.encode())
    assert {*table.columns, *table.texts} == {"x", "y", "column 3", "column 4"}
    assert table.columns["column 3" if cells == "7," else "column 4"][-1] == 7


@pytest.mark.parametrize("cells", ["7,", ",7"])
def test_a_cell_behind_every_second_row_is_refused(cells):
    with pytest.raises(DataError, match="Row 2 has 4 fields where 2 were expected"):
        read_table(f"x,y\n1,2\n2,3,,\n3,4\n4,5,{cells}\n5,6\n".encode())


def test_a_cell_behind_the_header_is_refused():
    for far in (0, 100_000):
        with pytest.raises(DataError, match="Row 1 has 3 fields where 2 were expected"):
            read_table(b"x,y\n1,2,\n3,4,\n" + b"1,2,\n" * far + b"5,6,7\n" + b"1,2,\n" * far)


@pytest.mark.parametrize("far", [b"", b"1,2\n" * 100_000])
def test_numbers_without_a_name_are_refused_unless_they_count_the_rows(far):
    with pytest.raises(DataError, match=r"Row 1 has 3 fields where 2 .* above the header"):
        read_table(b"x,y\n1,2,3\n4,5,6\n" + far)


def test_comments_far_down_are_passed_over_where_the_start_has_one(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x,y\n1,2\n# a\n" + "1,2\n" * 40_000 + "# b, c\n" + "1,2\n" * 40_000)
    table = read_table(path)
    assert table.n == 80_001
    assert "Lines that begin with “#” were passed over: “# a”." in table.notes
    for engine in ("polars", "pandas"):
        assert sum(len(batch.columns[0]) for batch in scan([path], engine=engine)) == 80_001


def test_a_full_agreement_in_width_weighs_more_than_digits_behind_commas():
    rows = [f"{k};{k},5;a{k}, b;c" for k in range(30)] + ["30;30,5;a, b, c;d"]
    assert len(read_table("\n".join(rows).encode()).columns) == 2
