"""The pattern of a number: the same to `re` and to Arrow's RE2."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg.data.files.cells.convert import parse_numbers
from linreg.data.files.cells.number_syntax import (
    MISSING_WORDS,
    are_lists,
    decimal_mark,
    is_number,
    is_rounded,
    is_value,
    number_pattern,
)

NUMBERS = [
    *("1", "-1.5", "+.5", "1.", "−3", "1e9", "2.5E-3", "007", " 1 ", "\u00a01\u202f"),
    *("1,234", "1,234,567.5", "1 234", "1\u2009234.5", "1'234", "1’234.5"),
    *("inf", "-Inf", "INFINITY", "+nan", "-NaN", "–2.5", '="1"', '="-1.5e3"', '="+1,234"'),
]
OTHERS = [
    *("", "-", ".", "e5", "1e", "1.5.2", "1,23", "12,34,567", "1 23", "0,123", "1,234,5"),
    *("1e5,000", "--1", "1a", "nan", "1,234'567", "$1", "5%", "=1", '"1"', '="x"', "true"),
    "290,291,292,293,294,295,296,297",
]


def matches(text, decimal="."):
    """Tell whether a cell is a number; both engines have to agree."""
    pattern = number_pattern(decimal)
    (arrow,) = pc.match_substring_regex(pa.array([text]), f"^(?:{pattern})$").to_pylist()
    assert arrow == bool(re.fullmatch(pattern, text))
    return arrow


@pytest.mark.parametrize("text", NUMBERS)
def test_a_number(text):
    assert matches(text)
    assert matches(text.translate(str.maketrans(",.", ".,")), ",")


@pytest.mark.parametrize("text", OTHERS)
def test_no_number(text):
    assert not matches(text)
    assert not matches(text.translate(str.maketrans(",.", ".,")), ",")


@given(st.floats(allow_nan=False), st.sampled_from(".,"))
def test_what_python_writes_is_a_number_and_reads_back(value, decimal):
    text = repr(value).replace(".", decimal)
    assert matches(text, decimal)
    assert parse_numbers(pa.array([text]), decimal)[0] == value


@given(st.integers(-(10**18), 10**18), st.sampled_from([",", " ", "'", "’", "\u202f"]))
def test_thousands_may_be_separated(value, separator):
    text = f"{value:,}".replace(",", separator)
    assert matches(text)
    assert parse_numbers(pa.array([text]), ".")[0] == float(value)


def test_no_missing_word_is_a_number():
    assert len(MISSING_WORDS) > 5
    assert not any(matches(word) for word in MISSING_WORDS)


def test_truth_is_a_value_but_may_be_a_name():
    assert all(is_value(cell) and not is_number(cell) for cell in ("true", "FALSE", " True "))
    assert not any(map(is_value, ("yes", "T", "truely", "")))
    assert [is_value("1.234.567", marks) for marks in (".,", ".", ",")] == [True, False, True]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["290,291,292"], True),  # equal steps
        (["120,250,310", "105,340,990", "415,500,620"], True),
        (["120,250,310", "105,340,120", "415,500,620"], False),  # 340 > 120
        (["212,646", "415", "305,786,754", "609,114"], True),  # of any size, but three in front
        (["212,646", "41", "305,786,754", "609,114"], False),
        (["320,450", "410,995"], False),
        (["320.450.600", "410.500.600", "100.105.995"], True),
        (["100,200,000"], False),
        (["902,901,900"] * 100, True),
        ([f"{900 - k},{850 - k},{600 - k}" for k in range(100)], True),  # descending
        (["200,201", "300,301", "410,411"], True),  # near each other
        (["100,200", "300,400", "500,600"], True),
        (["255,128,100"], True),  # a colour
        (["192.168.100.101"], True),
        ([f"{200 + k},{201 + k}" for k in range(100)], True),
        (
            [f"{100 + 7 * k % 900},{100 + 611 * k % 900}" for k in range(100)],
            True,
        ),  # no zero in front
        (["123,456", "234,567", "345,678"], False),
        (["123,456", "987,654", "453,221", "301,642", "222,222"], False),
        (["149,900", "189,950", "325,500", "274,900", "249,999", "410,950"] * 9, False),
        ([f"101,{325 + k}" for k in range(100)], False),  # in a narrow range
        ([f"1{k:02}.{899 - k}" for k in range(10)], False),
        (["290", "300"], False),
        ([], False),
    ],
)
def test_lists_of_numbers(cells, expected):
    assert are_lists(cells) is expected


def test_amounts_of_any_size_are_rarely_lists():
    rng = np.random.default_rng(5)
    columns = 10 ** rng.uniform(3, 11, (2000, 6))
    assert sum(are_lists([f"{value:,.0f}" for value in cells]) for cells in columns) <= 2


def test_numbers_in_a_narrow_range_are_rarely_lists():
    rng = np.random.default_rng(7)
    found = []
    for n in (2, 3, 5, 20, 100, 300):
        starts = rng.integers(100_000, 1_000_000, 300)
        widths = 10 ** rng.uniform(2, 5.8, 300)
        for start, width in zip(starts, widths, strict=True):
            values = np.minimum(start + rng.integers(0, int(width), n), 999_999)
            found.append(are_lists([f"{value:,}" for value in values]))
    assert sum(found) < len(found) / 50


@pytest.mark.parametrize(
    ("columns", "decimal", "note"),
    [
        ([["1,234"], ["1.5"]], ".", ""),
        ([["1,234", "2,345"]], ".", "“1,234” was read as 1234"),
        ([["1,234", "see below"]], ".", ""),  # the column stays text
        ([["200,201", "300,301", "410,411"]], ".", ""),
        ([["290,291,292"] * 9, ["1,5"]], ",", ""),  # lists do not vote
        ([["902,901"] * 9, ["1,234"]], ".", "“1,234” was read as 1234"),
    ],
)
def test_columns_of_lists_and_text_say_nothing_on_the_decimal_mark(columns, decimal, note):
    mark, said, _ = decimal_mark(columns, "commas")
    assert mark == decimal
    assert said.startswith(note)
    assert bool(said) == bool(note)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("9007199254740992", False),
        ("9007199254740993", True),
        ("−9,007,199,254,740,993", True),
        ('="12345678901234567890"', True),
        ("0000000000000000012", False),
        ("1234567890.1234567890", False),
        ("1e300", False),
    ],
)
def test_whole_numbers_that_float64_rounds(cell, expected):
    assert is_rounded(cell) is expected
