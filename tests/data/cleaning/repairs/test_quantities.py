"""Numbers with a unit beside them are found, and read without it."""

import numpy as np
import pyarrow as pa
import pytest

from linreg.data.cleaning.column_types import reading_of
from linreg.data.cleaning.repairs.column_repairs import Negatives, Numbers
from linreg.data.cleaning.repairs.pipeline import apply
from linreg.data.cleaning.repairs.quantities import bare_numbers, signed_numbers, unit_among
from linreg.data.files.cells.convert import parse_numbers
from linreg.data.files.read_table import read_table, read_text
from linreg.errors import DataError
from tests.helpers import files


def column(*cells):
    return pa.chunked_array([list(cells)], pa.large_string())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cells", "unit", "bare"),
    [
        (["0 km", "1 km", None, "12 345 km"], "km", ["0", "1", None, "12 345"]),
        (["5%", "6 %", "9\u00a0%"], "%", ["5", "6", "9"]),
        (["$1,200.50", "-$3", "$-4", "$ 5"], "$", ["1,200.50", "-3", "-4", "5"]),
        (["€5", "6€", "7 €"], "€", ["5", "6", "7"]),
        (["$1,200.50", "($3)", "$ 5"], "$", ["1,200.50", "-3", "5"]),
        (["($1,200.50)", "(3)", "($ 5)"], "$", ["-1,200.50", None, "-5"]),
        (["€5", "€6-"], "€", ["5", "-6"]),
        (["5 km", "6 km", "(7 km)"], "km", ["5", "6", None]),
        (["US$5", "US$6"], "US$", ["5", "6"]),
        (["USD 5", "USD 6"], "USD", ["5", "6"]),
        (["1e3 V", "-2.5e3V"], "V", ["1e3", "-2.5e3"]),
        (["12 m2", "5 m2"], "m2", ["12", "5"]),
        (["12 km/h", "5 km/h"], "km/h", ["12", "5"]),
        (["5 sq ft", "6 sq ft"], "sq ft", ["5", "6"]),
        (["−5°C", "+3.5 °C"], "°C", ["−5", "+3.5"]),
        (["5 km", "6 km", "far", "7"], None, None),
        (["5 km", "6 km", "7 km", "far", "8"], "km", ["5", "6", "7", None, None]),
        (["5 km", "6 mi"], None, None),
        *((cells, None, None) for cells in (["n0", "n1"], ["room 12", "room 13"], ["A4", "A5"])),
        *(
            (cells, None, None)
            for cells in (["1st", "2nd", "4th", "5th", "6th"], ["12:30", "13:30"])
        ),
        *((cells, None, None) for cells in (["3 of 10", "4 of 10"], ["info", "info"], ["1", "2"])),
        *((cells, None, None) for cells in ([], [None], ["north"], ["2020-01"], ["3-4", "5-4"])),
    ],
)
def test_the_unit_of_most_cells_and_the_numbers_without_it(cells, unit, bare):
    assert unit_among(column(*cells), ".") == unit
    if unit:
        assert bare_numbers(column(*cells), unit, ".")[0].to_pylist() == bare


@pytest.mark.parametrize(
    ("cells", "decimal", "values"),
    [
        (["1,200 €", "3.5 €"], ".", [1200, 3.5]),
        (["1,200 €", "3,5 €"], ".", [1.2, 3.5]),
        (["1.200,5 €", "3 €"], ".", [1200.5, 3]),
        (["1.200 €", "3 €"], ".", [1.2, 3]),
        (["1.200 €", "3 €"], ",", [1200, 3]),
        (["1.25 €", "3 €"], ",", [1.25, 3]),
    ],
)
def test_the_decimal_mark_is_the_tables_unless_only_the_other_one_fits(cells, decimal, values):
    rows = "\n".join(f"{cell};{k}{decimal}5" for k, cell in enumerate(cells))
    table = read_text(f"a;y\n{rows}\n")
    assert table.decimal == decimal
    np.testing.assert_array_equal(apply(table, [Numbers("a", "€")]).columns["a"], values)


@pytest.mark.parametrize(
    ("cells", "decimal", "values"),
    [
        (
            ["108093.94", "(2493662.12)", "50.5", "(12.00)"],
            ".",
            [108093.94, -2493662.12, 50.5, -12],
        ),
        (["12,50-", "3,25", "1.200,75-"], ",", [-12.5, 3.25, -1200.75]),
        (["12.50-", "3.25", "−7"], ".", [-12.5, 3.25, -7]),
        (["( 1,234 )", "5", "(0.5) "], ".", [-1234, 5, -0.5]),
        (["12,50-", "3,25"], ".", [-12.5, 3.25]),
        (["12-", "(-3)", "--4", "(5)-", "5-6", "(a)"], ".", [-12, *[np.nan] * 5]),
    ],
)
def test_negative_numbers_of_accounts(cells, decimal, values):
    signed, mark = signed_numbers(column(*(cell.strip() for cell in cells)), decimal)
    np.testing.assert_array_equal(parse_numbers(signed.combine_chunks(), mark), values)


@pytest.mark.parametrize("write", [files.json_lines, files.excel, files.parquet])
def test_one_repair_reads_them_from_every_format(write):
    columns = {"x": [1.5, 2, 3, 4], "y": ["108093.94", "(2493662.12)", "50.5", "(12.00)"]}
    table = read_table(write(columns))
    repair = reading_of(table, "y")
    assert repair == Negatives("y")
    np.testing.assert_array_equal(
        apply(table, [repair]).columns["y"], [108093.94, -2493662.12, 50.5, -12]
    )


def test_what_was_read_as_negative_is_told():
    table = read_text("a\ty\n(1,200)\t1\n\t2\n5\t3\nfree\t4\n6\t5\n")
    read, sentence = Negatives("a").do(table)
    np.testing.assert_array_equal(read.columns["a"], [-1200, np.nan, 5, np.nan, 6])
    assert sentence == (
        "“a”: 1 number in parentheses, or with the minus behind, is read as negative: “(1,200)” in "
        "row 1 is −1,200. 1 cell without a number counts as missing (first “free” in row 4)."
    )


def test_what_was_read_is_told():
    table = read_text("a\ty\n-$1,200\t1\n\t2\n$5\t3\nfree\t4\n$inf\t5\n")
    read, sentence = Numbers("a", "$").do(table)
    np.testing.assert_array_equal(read.columns["a"], [-1200, np.nan, 5, np.nan, np.nan])
    assert sentence == (
        "“a” is read as numbers with the unit “$”: “-$1,200” in row 1 is −1,200. 2 cells without "
        "such a number count as missing (first “free” in row 4)."
    )
    with pytest.raises(DataError, match="no number with the unit “km” in any row"):
        Numbers("a", "km").do(table)
    with pytest.raises(DataError, match="“y” holds numbers"):
        Numbers("y", "km").do(table)
