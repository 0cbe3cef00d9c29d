"""Cells are numbers, or the first that is not is found."""

import numpy as np
import pyarrow as pa
import pytest

from linreg.data.files.cells.convert import (
    _are_values,
    are_numbers,
    first_non_number,
    first_text,
    parse_numbers,
)


@pytest.mark.parametrize(
    ("cells", "decimal", "first"),
    [
        (["1", None, "-2.5e3", "1,234"], ".", -1),
        (["1", None, "x", "y"], ".", 2),
        (["1,5", "1.234,5", "1.5.2"], ",", 2),
        ([None, None], ".", -1),
    ],
)
def test_the_first_cell_that_is_no_number(cells, decimal, first):
    for kind in (pa.string(), pa.large_string()):
        strings = pa.chunked_array([cells[:2], cells[2:]], kind)
        assert first_non_number(strings, decimal) == first


def test_behind_thousands_there_are_no_lists():
    cells = pa.array(["290,291,292"], pa.large_string())
    assert first_text(cells, ".") == (0, "290,291,292")
    assert first_text(cells, ".", lists=False) is None


def test_cells_become_the_numbers_they_stand_for():
    cells = ["0.1", None, "1,234.5", "−3", "+7", "1 000"]
    assert are_numbers(pa.array(cells), ".").to_pylist() == [True, None, True, True, True, True]
    numbers = parse_numbers(pa.array(cells), ".")
    np.testing.assert_array_equal(numbers, [0.1, np.nan, 1234.5, -3, 7, 1000])
    np.testing.assert_array_equal(parse_numbers(pa.array(["1.234,5"]), ","), [1234.5])


@pytest.mark.parametrize("decimal", [".", ","])
def test_few_cells_are_judged_as_many_are(decimal):
    letters = "0123456789.,+-−–eE'’ \u00a0\u2009\u202f\t=\"infatyrusNI٣²x%"
    rng = np.random.default_rng(0)
    made = ["".join(rng.choice(list(letters), rng.integers(1, 8))) for _ in range(3000)]
    known = [
        "1",
        "1,5",
        "1.5",
        "1,234.5",
        "1.234,5",
        "1e5",
        "-inf",
        "+NaN",
        "true",
        "False ",
        '="1"',
    ]
    cells = pa.array([*made, *known, "", None, "\u0663", "1\n", "\n1"], pa.large_string())
    few = [
        cell
        for k in range(len(cells))
        for cell in _are_values(cells[k : k + 1], decimal).to_pylist()
    ]
    assert few == _are_values(cells, decimal).to_pylist()
    assert few.count(True) > 100
    chunks = pa.chunked_array([["1", None], ["x"]], pa.large_string())
    judged = _are_values(chunks, decimal)
    assert isinstance(judged, pa.ChunkedArray)
    assert judged.to_pylist() == [True, None, False]
