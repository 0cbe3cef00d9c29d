"""Titles above a table and notes below it are passed over, and nothing else is."""

from datetime import date

import pytest

from linreg.data.files.formats.excel.sheet_table import SheetTable
from linreg.data.files.read_table import read_table

ROWS = [["city", "2020", "2021"], ["A", 1.5, 2], ["B", 2.5, 3], ["C", 4.5, 5]]
NUMBERS = [["year", "x", "y"], [2001, 1, 2.5], [2002, 2, 3.5], [2003, 4, 5.5]]
BLANK = [None, None, None]


def row(*cells):
    return [*cells, *[None] * (3 - len(cells))]


@pytest.mark.parametrize(
    ("sheet", "notes"),
    [
        ([row("Report"), *ROWS], ("The row above the table was passed over: “Report”.",)),
        (
            [row("Report"), row("Made in 2024"), BLANK, *NUMBERS],
            ("2 rows above the table were passed over: “Report” and “Made in 2024”.",),
        ),
        (
            [row("a"), row("b"), row("c"), *NUMBERS],
            ("3 rows above the table were passed over: “a” and others.",),
        ),
        (
            [*ROWS, BLANK, row("Source: own survey")],
            ("The row below the table was passed over: “Source: own survey”.",),
        ),
        (
            [*NUMBERS, row("Source: own survey"), row("* provisional")],
            ("2 rows below the table were passed over: “Source: own survey” and “* provisional”.",),
        ),
        (
            [row("Report"), row("as of", "2024-01-02"), BLANK, *ROWS],
            ("2 rows above the table were passed over: “Report” and “as of 2024-01-02”.",),
        ),
        (
            [row("Report", "2024-01-01", "Ann"), BLANK, *NUMBERS],
            ("The row above the table was passed over: “Report 2024-01-01 Ann”.",),
        ),
        (
            [row("Report", date(2024, 1, 1)), row("by", "Ann", 3), BLANK, *NUMBERS],
            ("2 rows above the table were passed over: “Report 2024-01-01” and “by Ann 3”.",),
        ),
        (
            [row("Report", 2024, "Ann"), *NUMBERS],
            ("The row above the table was passed over: “Report 2024 Ann”.",),
        ),
        (
            [row("Report", "of", "Ann")] * 101 + [BLANK, *NUMBERS],
            ("101 rows above the table were passed over: “Report of Ann” and others.",),
        ),
        (
            [row("Report")] * 101 + NUMBERS,
            ("101 rows above the table were passed over: “Report” and others.",),
        ),
        (
            [NUMBERS[0], row("a", "kg", "m"), *NUMBERS[1:]],
            ("The row below the header of the table was passed over: “a kg m”.",),
        ),
        (
            [row("Report"), BLANK, *NUMBERS, BLANK, row("Source: own survey")],
            (
                "The row above the table was passed over: “Report”.",
                "The row below the table was passed over: “Source: own survey”.",
            ),
        ),
    ],
)
def test_what_stands_above_and_below_is_passed_over(sheet, notes):
    table = SheetTable.of(sheet)
    assert table.rows in (ROWS, NUMBERS)
    assert table.headed
    assert table.notes[: len(notes)] == notes


CITIES = [["city", "x", "y"], ["A", 1, 2.5], ["B", 2, 3.5], ["C", 4, 5.5]]


@pytest.mark.parametrize(
    ("rows", "below"),
    [
        (NUMBERS, [row("Source", "the", "ministry")]),
        (NUMBERS, [BLANK, row("Source", "the", "ministry")]),
        (NUMBERS, [row("Source", "the", "ministry"), row("Note", "all", "provisional")]),
        (NUMBERS, [row("Source:", "the ministry")]),
        (NUMBERS, [row("Source", None, "the ministry"), row("* provisional")]),
        (NUMBERS, [row("Mean", 2.5, 4)]),
        (CITIES, [row("Source: the ministry")]),
        (CITIES, [row("* provisional"), row("Source: the ministry")]),
        (CITIES, []),
        (CITIES, [row("D")]),
        (CITIES, [row("Source", "the", "ministry")]),
        (NUMBERS, [row(2004, "the", "ministry")]),
        (NUMBERS, [row(None, "the", "ministry")]),
    ],
)
def test_what_stands_below_is_that_of_a_csv_file(rows, below):
    sheet = [*rows, *below]
    lines = [",".join("" if cell is None else str(cell) for cell in cells) for cells in sheet]
    text = read_table(("\n".join(lines) + "\n").encode())
    table = SheetTable.of(sheet)
    kept = len(table.rows) - 1
    assert text.n == kept
    assert table.rows == [cells for cells in sheet if cells != BLANK][: kept + 1]
    passed = any("passed over" in note for note in table.notes)
    assert passed == any("passed over" in note for note in text.notes) == (table.rows != sheet)


def test_notes_below_stand_below_many_rows_and_beside_empty_columns():
    rows = [[None, k, k * 2.5, None] for k in range(3000)]
    sheet = [[None, "x", "y", None], *rows, [None, "Source", "the ministry", None]]
    table = SheetTable.of(sheet)
    assert (len(table.rows), table.rows[-1]) == (3001, [2999, 7497.5])


def test_a_title_as_wide_as_the_table_in_the_app():
    sheet = [["Report", date(2024, 1, 1)], [None, None], ["x", "y"], [1, 2.5], [2, 3.5]]
    table = SheetTable.of(sheet)
    assert table.rows == sheet[2:]
    assert (
        SheetTable.of(
            [
                ["Report", date(2024, 1, 1), "Ann"],
                [None] * 3,
                *([*cells, None] for cells in sheet[2:]),
            ]
        ).rows
        == sheet[2:]
    )


def test_titles_with_numbers_as_wide_as_the_table():
    table = [["x", "y", "z"], [1, 2, 3], [4, 5, 7], [2, 2, 9]]
    for more in ([], [["More", "of", "it"]], [["More", "of", None], ["by", "Ann", "Lee"]]):
        sheet = [["Sales", 2023, 2024], *more, [None] * 3, *table]
        found = SheetTable.of(sheet)
        assert found.rows == table
        assert found.headed
        assert "above the table" in found.notes[0]


def test_a_table_may_begin_in_another_column_than_its_title():
    indented = [[None, *cells] for cells in NUMBERS]
    assert SheetTable.of([["Report", None, None, None], *indented]).rows == NUMBERS


@pytest.mark.parametrize(
    "sheet",
    [
        ROWS,
        NUMBERS,
        [*ROWS, row("D")],  # a row that misses its values
        [["x", None, None], [1, 2, 3], [4, 5, 7]],  # a header with one name
        [row(None, "x"), [0, 1.5, None], [1, 2.5, None]],  # the names of rows have none
        [["x"], [1], [2], ["n/d"]],
        [["x", "y"], ["low", "n/d"], [1, 2.5], ["mid", 3], [4, 5]],
        [["a", "b"], [1, 2], [None, None], ["x", "y"], [3, 4], [5, 6]],  # another table
        [["x", "y"], ["kg", "m"], [1, 2.5]],  # a single row may be text as well
        [["name", "t"], ["A", "yes"], ["B", None]],
    ],
)
def test_other_rows_stay(sheet):
    table = SheetTable.of(sheet)
    assert table.rows == [cells for cells in sheet if any(cell is not None for cell in cells)]
    assert not any("passed over" in note for note in table.notes)


@pytest.mark.parametrize(
    ("sheet", "is_table"),
    [
        (ROWS, True),
        ([["x", "w"], ["a", "5 kg"], ["b", "7 kg"]], True),
        ([["x"], [1]], True),
        ([["Read me"], ["see the sheet Data"]], False),
        ([["Author", "J. Doe"], ["Status", "draft"], ["Contact", "mail"]], False),
        ([["x", "y"]], False),
        ([], False),
    ],
)
def test_a_table_has_a_column_mostly_of_numbers(sheet, is_table):
    assert SheetTable.of(sheet).is_table is is_table
