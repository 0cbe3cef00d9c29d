"""Names of columns are told from data and from each other, and can be written."""

import gzip
import sys

import openpyxl
import pytest

from linreg.data.files.cells.column_names import (
    NO_HEADER,
    NO_NAMES,
    all_without_surrogates,
    judged_header,
    unique_names,
    without_surrogates,
)
from linreg.data.files.read_table import read_table
from linreg.data.files.scan import scan


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["x", " x ", ""], ("x", "x (2)", "column 3")),
        (["x\ud800", "x\udfff", "x"], ("x\ufffd", "x\ufffd (2)", "x")),
        (["\ud800"], ("\ufffd",)),
        (["😀"], ("😀",)),
        (["x", "x (2)", "x", "x", "x (2)"], ("x", "x (2)", "x (3)", "x (4)", "x (2) (2)")),
        (["x"] * 12, ("x", *(f"x ({copy})" for copy in range(2, 13)))),
        (["", "column 1", ""], ("column 1", "column 1 (2)", "column 3")),
        (["column 2", ""], ("column 2", "column 2 (2)")),
    ],
)
def test_names_are_unique_and_can_be_written(given, names):
    unique, notes = unique_names(given)
    assert unique == names
    "".join([*unique, *notes]).encode()


def lines_run(action):
    """Count the lines of Python that an action runs."""
    lines = 0

    def trace(frame, event, _):
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return lines


def test_many_columns_of_one_name_are_named_without_trying_each_number():
    names, notes = unique_names(["x"] * 1000)
    assert names[-1] == "x (1000)"
    assert notes[-1] == "Column 1000 is another “x”; it is called “x (1000)” here."
    few, many = (lines_run(lambda width=width: unique_names(["x"] * width)) for width in (50, 500))
    assert 500 < many < 11 * few


def test_only_halves_of_surrogate_pairs_are_replaced():
    assert without_surrogates("a\udc00\ud800b😀\0\uffff") == "a\ufffd\ufffdb😀\0\uffff"


def test_texts_inside_are_written_with_replacements_too():
    given = {"a\udc00": ["b\ud800", {"c": "\udc00"}, 1, None], "d": "e"}
    assert all_without_surrogates(given) == {
        "a\ufffd": ["b\ufffd", {"c": "\ufffd"}, 1, None],
        "d": "e",
    }


def judged(text):
    return judged_header([line.split(",") for line in text.split()])


YEARS = {
    "beside words": "place,code,1960,1961 Ann,A,4.8,4.6 Bob,B,7.6,7.7",
    "of whole numbers": "place,2019,2020 Ann,52000,53100 Bob,3100,2900",
    "one beside a word": "place,1960 Ann,4.8 Bob,7.6",
    "without words": "1990,1991,1992 5,7,8 6,1,3",
    "some years apart": "place,1990,2000,2015 Ann,5.5,7,8.25 Bob,6.5,1.5,3",
    "with a cell empty": "place,2019,2020 Ann,5.5, Bob,6.5,1.5",
    "above a column of years": "1960,1961,1962 1959,2710.3,1707.4 1959,2778.8,1733.7",
    "backwards with names of rows": ",2021,2020 a,5,7 b,6,8",
    "backwards": "name,2022,2021,2020 Ann,52000,53100,5 Bob,3100,2900,7",
    "backwards without words": "2022,2021,2020 5,7,8 6,1,3",
    "with a point": "name,2020.0,2021.0 Ann,5.5,3.5 Bob,3.5,2.5",
    "backwards above such numbers": "name,2022,2021,2020 Ann,1950,2010,1720 Bob,1930,1890,1960",
    "above such numbers": "name,2020,2021,2022 Ann,1990,1950,2090 Bob,2075,1930,1915",
    "two above such numbers": "name,2020,2021 Ann,1990,1950 Bob,2075,2081 Eve,1901,1977",
    "above some larger numbers": "name,code,2020,2021,2022 A,x,1700,1800,1900 B,y,2300,2400,2450",
    "two above some larger numbers": "name,2020,2021 A,1700,1800 B,1900,1950 C,2300,2400",
    "above such numbers and gaps": "name,2020,2021,2022 A,1990,,2090 B,NA,1930,1915 C,1500,2,",
    "with a point, of whole numbers": "name,2020.0,2021.0,2022.0 Ann,5,3,4 Bob,3,2,7",
}
COUNTED = {
    "with an index": ",0,1,2 0,1.5,2.25,3.5 1,2.5,1.5,4.75",
    "one with an index": ",0 0,1.5 1,2.5",
    "without": "0,1,2 1.5,2.25,3.5 2.5,1.5,4.75",
    "two without": "0,1 1.5,2.25 0.5,1.5",
    "two of whole numbers": "0,1 5,7 2,4 9,3",
    "two of both kinds": "0,1 12,3.5 7,2.5 9,4",
    "two above words": "0,1 Ann,5 Bob,7",
    "beside words": "day,0,1,2,3,4,5 Mon,3,9,4,1,2,2 Tue,5,8,2,7,1,0",
    "in fives": "region,15,20,25,30 north,3,9,4,1 south,5,8,2,7",
    "in fives, among such numbers": "region,15,20,25,30 north,12,18,22,31 south,14,21,24,28",
    "backwards beside words": "region,40,30,20,10 north,3,9,4,1 south,5,8,2,7",
    "three of another size": "dose,10,20,30 low,520,610,585 high,790,815,930",
    "shares": "0.1,0.5,0.9 12,15,19 11,14,18 13,17,22",
    "shares above fractions": "0.1,0.5,0.9 12.5,15.5,19.1 11.5,14,18 13,17,22.5",
    "above words": "0,1,2 Ann,5,7 Bob,2,4",
    "above whole numbers": "0,1,2 5,7,3 2,4,9",
    "a table of counts": ",0,1,2 0,27,29,10 1,59,53,14",
    "measures": ",16.5,16.75,17.25 71,0,0,0 70,0,1,2 69,4,0,1",
}
DATA = {
    "rows like it": "1960,1961 1962,1965 1970,1972",
    "years of people that follow": "Ann,1960,1961 Bob,1955,1958 Eve,1971,1975",
    "years of people out of order": "Ann,1960,1961 Bob,1958,1955 Eve,1971,1975",
    "years that follow in two rows": "Ann,1960,1961,1962 Bob,1990,1981,2500 Eve,1971,1972,1973",
    "three years of people": "Ann,1960,1961,1962 Bob,1955,1958,1990 Eve,1971,1972,1979",
    "years of kings": "Ann,1508,1509 Bob,1713,1740 Eve,1740,1786",
    "years beside a number": "1,1960,1961,1962 2,1955,1958,1990 3,1999,1972,1979",
    "years of people": "Ann,1960 Bob,1955 Eve,1971",
    "a lone year": "Ann,2000 Bob,2500 Eve,3100",
    "round numbers": "Ann,1900,2000 Bob,2500,3100 Eve,2700,2900",
    "a line from 0": "0,1 0.5,1.6 1.0,2.2",
    "a line from 0 of whole numbers": "0,1 1,3 2,5 3,7",
    "zeros and ones": "0,1 1,0 1,1 0,0",
    "all rows even": "Ann,10,20,30,40 Bob,5,10,15,20 Eve,1,2,3,4",
    "three like others": "Ann,5,6,7 Bob,6,8,7 Eve,5,7,9",
    "an even row among like ones": "15,20,25,30 3,9,4,1 20,8,30,7",
    "shares of a kind": "0.1,0.5,0.9 0.2,0.7,1.5 0.3,1.1,2.3",
    "steps": "0.1,0.2,0.3 1.1,1.2,1.3 2.1,2.2,2.3",
    "a single row below": "Ann,10,20,30,40 Bob,3,9,4,1",
    "a grid": "0,1,2 3,4,5 6,7,8",
    "going on": "0,1,2 1,2,3 2,3,4",
    "numbers twice": "1960,1960 1.5,2.5",
    "not in order": "place,1961,1960 Ann,4.8,4.6",
    "a missing word": ",26,7 a,17,9 b,11,4 a,12,8",
    "a missing cell": ",2 3,4 5,6",
    "a word again": "a,1990,1991 b,4.5,3.5 a,2.5,1.5",
    "a date": "2020-01-01,5,6 2020-01-02,4.5,7.5",
    "words above words": "Ann,2 Bob,4",
}
LIKE_THE_ROWS = {
    "dates": "2/28/2008,1:00,NaN,NaN 2/28/2008,2:00,81.5,1 2/28/2008,3:00,80.5,2",
    "all missing": "NA,NA 1,2.5 2,3.5",
    "a word and a missing one": "Ann,NA Bob,4",
    "a mark": "-,? 1,2",
    "dates only": "2020-01-01, 2020-01-02,4 2020-01-03,5",
    "codes": "A1, A2,4 A3,5",
}
NAMES = {
    "words": "x,y 1,2",
    "an empty one": "x, 1,2",
    "dates above numbers": "region,2020-01,2020-02 north,5,6 south,7,8",
    "sodium": "sample,Na A,1.2 B,2.3",
    "sodium and others": "Na,K 1.2,2 2.3,4",
    "a number beside a word": "x,1990 1,2",
    "a name with a digit": "A1,y A2,4",
}


@pytest.mark.parametrize("text", [*YEARS.values(), *COUNTED.values()], ids=[*YEARS, *COUNTED])
def test_numbers_are_names_with_a_note(text):
    headed, note = judged(text)
    assert headed
    assert note.startswith("The first row holds numbers (“")
    assert note.endswith("); it was read as the names of the columns.")


@pytest.mark.parametrize("text", DATA.values(), ids=DATA)
def test_numbers_are_data_with_a_note(text):
    assert judged(text) == (False, NO_HEADER)


@pytest.mark.parametrize("text", LIKE_THE_ROWS.values(), ids=LIKE_THE_ROWS)
def test_a_row_without_numbers_may_be_data_with_a_note(text):
    assert judged(text) == (False, NO_NAMES)


@pytest.mark.parametrize("text", NAMES.values(), ids=NAMES)
def test_words_are_names(text):
    assert judged(text) == (True, "")


def test_many_numbers_are_noted_by_the_first_and_the_last():
    _, note = judged("1960,1961,1962,1963 1.5,2.5,3.5,4.5")
    assert "(“1960” to “1963”)" in note
    assert "(“1960”, “1961” and “1962”)" in judged("1960,1961,1962 1.5,2.5,3.5")[1]


def test_names_of_numbers_in_the_app_and_on_the_command_line(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("country,1960,1961\nAruba,4.5,4.25\nAngola,7.5,7.25\n")
    table = read_table(path)
    assert {name: list(column) for name, column in table.columns.items()} == {
        "1960": [4.5, 7.5],
        "1961": [4.25, 7.25],
    }
    for engine in ("pandas", "polars"):
        scanned = scan([path], engine=engine)
        assert scanned.columns == ("1960", "1961")
        assert [batch.columns[1].tolist() for batch in scanned] == [[4.25, 7.25]]
        assert table.notes[0] in scanned.notes


@pytest.mark.parametrize("packed", [False, True])
def test_names_of_years_above_such_numbers_whatever_the_format(tmp_path, packed):
    rows = [
        ["name", 2022, 2021, 2020],
        *([f"n{k}", 1500 + 90 * k, 2400 - 70 * k, 1990 + k] for k in range(9)),
    ]
    text = "\n".join(",".join(map(str, row)) for row in rows).encode()
    path = tmp_path / ("a.csv.gz" if packed else "a.csv")
    path.write_bytes(gzip.compress(text) if packed else text)
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    for table in (read_table(path), read_table(tmp_path / "a.xlsx")):
        assert list(table.columns) == ["2022", "2021", "2020"]
        assert table.n == 9
    for engine in ("pandas", "polars"):
        assert scan([path], engine=engine).columns == ("2022", "2021", "2020")
