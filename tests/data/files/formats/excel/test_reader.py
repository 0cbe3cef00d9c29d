"""The first sheet of a workbook as a table."""

import contextlib

import pytest

from linreg.data.files.formats.excel.archive_checks import DAMAGED_WORKBOOK
from linreg.data.files.formats.excel.reader import ExcelReader
from linreg.data.files.read_table import read_table
from linreg.data.files.storage.source import Source
from linreg.errors import DataError
from tests.helpers import files


def opened(rows, **others):
    return ExcelReader.of(Source.of(files.workbook({"Data": rows, **others})))


def test_names_numbers_and_text_of_a_sheet():
    reader = opened([["x", None, "x"], [1, "a", "2,5"], [2.5, None, "3"]])
    assert reader.names == ("x", "column 2", "x (2)")
    assert reader.numeric == (True, False, True)
    assert reader.decimal == ","
    assert len(reader.notes) == 3
    assert reader.notes[2] == "Read with decimal comma."


def test_a_sheet_of_numbers_alone_has_no_header():
    reader = opened([[1, 2], [3, 4]])
    assert reader.names == ("column 1", "column 2")
    assert sum(chunk.n for chunk in reader.chunks()) == 2
    assert "The first row contains numbers" in reader.notes[0]


def test_blank_rows_are_no_rows():
    (chunk,) = opened([["x"], [None], [1], [" "], [2]]).chunks()
    assert chunk.n == 2
    assert chunk.cells["x"].tolist() == [1, 2]


def test_the_sheets_that_are_left_out_are_named():
    assert opened([["x"], [1]]).style == ""
    assert opened([["x"], [1]], Notes=[["n"]]).style == (
        "Read from the first sheet, “Data”; 1 other sheet (“Notes”) left out."
    )


TABLE = [["x", "y"], [1, 2.5], [2, 3.5], [4, 5]]
COVER = [["Sales of the year"], ["Author", "J. Doe"], ["see the sheet Data"]]


@pytest.mark.parametrize(
    ("sheets", "hidden", "style"),
    [
        (
            {"Cover": [["Read me: see Data"]], "Data": TABLE},
            (),
            "Read from the first sheet with a table, “Data”; 1 other sheet (“Cover”) left out.",
        ),
        (
            {"Cover": COVER, "Empty": [], "Data": TABLE, "More": TABLE},
            (),
            "Read from the first sheet with a table, “Data”; 3 other sheets (“Cover”, “Empty” and "
            "“More”) left out.",
        ),
        (
            {"Codes": [["code", "n"], [7, 1], [8, 9]], "Data": TABLE},
            ("Codes",),
            "Read from the first sheet that is visible, “Data”; 1 other sheet (“Codes”) left out.",
        ),
        (
            {"Data": TABLE, "Codes": [["code", "n"], [7, 1]]},
            ("Codes",),
            "Read from the first sheet, “Data”; 1 other sheet (“Codes”) left out.",
        ),
        ({"Data": TABLE}, ("Data",), ""),
    ],
)
def test_the_first_visible_sheet_with_a_table_is_read(sheets, hidden, style):
    table = read_table(files.workbook(sheets, hidden))
    assert table.columns["y"].tolist() == [2.5, 3.5, 5]
    assert table.notes == tuple(filter(None, [style]))


def test_a_first_sheet_of_text_is_read_as_before():
    rows = [["id", "t", "u"], *[[f"a{k}", "yes", "no"] for k in range(6)]]
    assert read_table(files.workbook({"Survey": rows, "Codes": TABLE})).text == ("id", "t", "u")


@pytest.mark.parametrize("sheets", [{"A": [], "B": [["x"]]}, {"A": [["x", "y"]], "B": [["n"]]}])
def test_sheets_without_a_table_are_all_named(sheets):
    with pytest.raises(
        DataError, match=r"No visible sheet holds a table \(the sheets are “A” and “B”"
    ):
        read_table(files.workbook(sheets))


def test_a_formula_without_its_value_is_named_with_its_sheet():
    sheets = {"Cover": [["Read me"]], "Data": [["x", "y"], [1, "=A2"], [2, "=A3"]]}
    with pytest.raises(DataError, match="Cell B2 of the sheet “Data” has a formula whose value is"):
        read_table(files.workbook(sheets))


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "The first sheet, “Data”, is empty; put the table there"),
        ([["x", "y"]], "has a header but no rows below it"),
        ([["x", "y"], [1, "=A1"]], "Cell B2 of the first sheet, “Data”, has a formula whose value"),
    ],
)
def test_a_sheet_that_is_no_table_is_refused(rows, message):
    with pytest.raises(DataError, match=message):
        opened(rows)


def test_a_panic_in_calamine_is_a_damaged_file(monkeypatch):
    panic = type("PanicException", (BaseException,), {})

    def read_badly(file):
        raise panic

    monkeypatch.setattr(
        "linreg.data.files.formats.excel.reader.CalamineWorkbook.from_filelike", read_badly
    )
    with pytest.raises(DataError, match=DAMAGED_WORKBOOK):
        read_table(files.excel({"x": [5, 6]}))


@pytest.mark.slow
@pytest.mark.parametrize("change", [0x01, 0x80, 0xFF])
def test_whichever_byte_is_damaged_there_is_a_table_or_a_sentence(change):
    whole = files.excel({"x": [5, 6]})
    for place in range(len(whole)):
        damaged = bytearray(whole)
        damaged[place] ^= change
        with contextlib.suppress(DataError):
            read_table(bytes(damaged))
