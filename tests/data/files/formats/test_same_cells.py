"""The same cells mean the same in text, Excel, JSON and Parquet, read at once and in batches."""

import csv
import gzip
import io

import numpy as np
import pytest

from linreg.data.cleaning.findings.inspect import findings
from linreg.data.cleaning.suggest_columns import propose
from linreg.data.files.read_table import read_table
from linreg.data.files.scan import scan
from linreg.errors import DataError
from tests.helpers import files
from tests.helpers.files import read_everywhere


def text(columns):
    """Write as text, each cell as Python writes it; a missing one is empty."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return out.getvalue().encode()


def packed(columns):
    return gzip.compress(text(columns))


FORMATS = [text, packed, files.json_lines, files.json_array, files.excel, files.parquet]
each_format = pytest.mark.parametrize("write", FORMATS)


@each_format
@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([True, False, True], [1, 0, 1]),
        (["TRUE", "FALSE", None], [1, 0, np.nan]),
        (["true", "False", "true "], [1, 0, 1]),
        (["true", "0", "1"], [1, 0, 1]),
        (['="1"', '="2.5"', '="-3"'], [1, 2.5, -3]),
        (['="1"', '=""', "4"], [1, np.nan, 4]),
        (["−1.5", "–2", "+3"], [-1.5, -2, 3]),
        (["1\u00a0234.5", "12\u202f345", "7"], [1234.5, 12345, 7]),
        (["1'234", "1’234’567", "0.5"], [1234, 1234567, 0.5]),
        (["#N/A", "#DIV/0!", "2.5"], [np.nan, np.nan, 2.5]),
        (["#VALUE!", "3", "#REF!"], [np.nan, 3, np.nan]),
        (["1,5", "2,25", "1.234,5"], [1.5, 2.25, 1234.5]),
        (["1,234,567", "950,000", "12,345"], [1234567, 950000, 12345]),
        (["320,450", "410,995", "512,120"], [320450, 410995, 512120]),
        (["325,500", "450,000", "999,999,999"], [325500, 450000, 999999999]),
    ],
)
def test_cells_that_are_numbers(tmp_path, write, cells, expected):
    table, _ = read_everywhere(tmp_path, write({"x": [1, 2, 3], "c": cells}))
    np.testing.assert_array_equal(table.columns["c"], expected)


@each_format
@pytest.mark.parametrize(
    "cells",
    [
        ["290,291,292", "300,301,302", "310,311,312"],
        ["120,250,310", "105,340,990", "415,500,620"],
        ["100,200", "100,200,300", "150,250,350,450"],
        ["290", "290,291,292", "310,311"],
        ["[290, 291]", "[300]", "[]"],
        [",".join(str(n) for n in range(200, 200 + k)) for k in (8, 12, 40)],
        ["yes", "no", "yes"],
        ["T", "F", "T"],
    ],
)
def test_cells_that_are_text(tmp_path, write, cells):
    table, notes = read_everywhere(tmp_path, write({"x": [1, 2, 3], "c": cells, "y": [1, 2, 4]}))
    assert list(table.columns) == ["x", "y"]
    assert table.texts["c"].to_pylist() == cells
    assert any("“c”" in note for note in notes)


@each_format
def test_a_decimal_comma_in_one_column_decides_for_another(tmp_path, write):
    columns = {"x": ["1,200", "2,400", "3,900"], "y": ["2,5", "3,5", "5,5"]}
    table, notes = read_everywhere(tmp_path, write(columns))
    assert any("decimal comma" in note for note in table.notes)
    assert any("decimal comma" in note for note in notes)
    assert table.columns["x"].tolist() == [1.2, 2.4, 3.9]
    assert table.columns["y"].tolist() == [2.5, 3.5, 5.5]
    assert not any("Thousands" in note for note in table.notes)


@each_format
@pytest.mark.parametrize(
    "rows",
    [
        [(1, 2.5), (2, 3.5), (3, 5.5), ("-", "NA"), ("NaN", "null")],
        [(1, 2.5), ("#DIV/0!", "?"), (2, 3.5), (3, 5.5)],
        [(1, 2.5), (2, 3.5), (3, 5.5), ("n/a", "n/a")],
    ],
)
def test_rows_of_missing_values_are_rows(tmp_path, write, rows):
    x, y = (list(column) for column in zip(*rows, strict=True))
    columns = {name: [*map(str, cells)] for name, cells in (("x", x), ("y", y))}
    table, _ = read_everywhere(tmp_path, write(columns))
    expected = [[np.nan if isinstance(cell, str) else cell for cell in row] for row in rows]
    np.testing.assert_array_equal(np.column_stack([*table.columns.values()]), expected)


@each_format
def test_a_mark_that_nothing_decides_is_noted(tmp_path, write):
    table, notes = read_everywhere(tmp_path, write({"x": [1, 2], "c": ["1,234", "5,678"]}))
    assert table.columns["c"].tolist() == [1234, 5678]
    for told in (table.notes, notes):
        assert any("“1,234” was read as 1234, with a comma between thousands" in n for n in told)


@each_format
@pytest.mark.parametrize(
    ("cells", "is_rounded"),
    [
        (["1234567890123456789", "1234567890123456790"], True),
        (["9,007,199,254,740,993", "1"], True),
        (["9007199254740992", "12"], False),
        (["1234567890.12345678", "2.5"], False),
        (["1e30", "2e30"], False),
    ],
)
def test_whole_numbers_that_are_rounded_are_noted(tmp_path, write, cells, is_rounded):
    table, notes = read_everywhere(tmp_path, write({"id": cells, "x": [1, 2], "y": [2.5, 3]}))
    expected = "Whole numbers beyond 2⁵³ are rounded to the nearest float64 in “id”."
    assert (expected in table.notes, expected in notes) == (is_rounded, is_rounded)


@pytest.mark.parametrize("write", [text, packed, files.json_lines, files.parquet])
def test_whole_numbers_that_are_no_text_are_noted_alike(tmp_path, write):
    table, notes = read_everywhere(tmp_path, write({"id": [2**60 + 1, 7], "y": [2.5, 3]}))
    expected = "Whole numbers beyond 2⁵³ are rounded to the nearest float64 in “id”."
    assert expected in table.notes
    assert expected in notes


@each_format
def test_numbers_that_rounding_makes_equal_are_not_called_the_same(write):
    ids = ["1234567890123456789", "1234567890123456790", "1234567890123456791"]
    table = read_table(write({"id": ids, "x": [1, 2, 3], "y": [2.5, 3.5, 5.5]}))
    note = "Not proposed for training: “id” is the same in every row once rounded."
    assert propose(table).note == note
    told = [
        *findings(table, "y", ["id"]),
        *findings(table, "y", ["x"]),
        *findings(table, "id", ["x"]),
    ]
    about = [f.sentence for f in told if "“id” is" in f.sentence]
    assert len(about) == 3
    assert all("once rounded" in sentence for sentence in about)


@each_format
def test_a_list_is_no_number_even_if_it_is_asked_for(tmp_path, write):
    path = tmp_path / "table"
    path.write_bytes(write({"x": [1, 2], "c": ["290,291,292", "300,301,302"]}))
    with pytest.raises(DataError, match="“c” is not a number in row 1 \\(“290,291,292”\\)"):
        list(scan([path], ["x", "c"]))
