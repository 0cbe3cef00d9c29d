"""The pattern of a number: the same to `re` and to Arrow's RE2."""

import re

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg.data.files.cells.convert import parse_numbers
from linreg.data.files.cells.number_syntax import MISSING_WORDS, number_pattern

NUMBERS = [
    *("1", "-1.5", "+.5", "1.", "−3", "1e9", "2.5E-3", "007", " 1 ", "\u00a01\u202f"),
    *("1,234", "1,234,567.5", "1 234", "1\u2009234.5", "1'234", "1’234.5"),
    *("inf", "-Inf", "INFINITY", "+nan", "-NaN"),
]
OTHERS = [
    *("", "-", ".", "e5", "1e", "1.5.2", "1,23", "12,34,567", "1 23", "0,123", "1,234,5"),
    *("1e5,000", "--1", "1a", "nan", "1,234'567", "$1", "5%"),
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
