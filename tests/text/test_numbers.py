"""Numbers in sentences."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg.text.numbers import (
    count,
    counted,
    distinct_texts,
    exactly,
    factor,
    number,
    once_rounded,
    shortened,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"), (-0.0, "0"), (1, "1"), (-1.5, "−1.5"), (100.0, "100"), (1 / 3, "0.333333"),
        (2457.0, "2,457"), (-1234567.8, "−1,234,570"), (19790000, "19,790,000"),
        (999_999_999.9, "1,000,000,000"), (1e9, "1e9"), (-1.25e10, "−1.25e10"), (1e300, "1e300"),
        (1e-4, "0.0001"), (9.999e-5, "9.999e−5"), (-1e-9, "−1e−9"), (5e-324, "4.94066e−324"),
        (np.float64(0.1), "0.1"), (float("inf"), "∞"), (float("-inf"), "−∞"), (float("nan"), "–"),
    ],
)  # fmt: skip
def test_numbers_have_one_form(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(12345, 4, "12,350"), (0.5, 1, "0.5"), (2.5, 1, "3"), (-2.5, 1, "−3"), (9.996, 3, "10")],
)
def test_numbers_are_rounded_halves_away_from_zero(value, digits, text):
    assert number(value, digits) == text


@given(st.floats(-1e300, 1e300), st.integers(1, 15))
def test_a_number_reads_back(value, digits):
    read = float(number(value, digits).replace("−", "-").replace(",", ""))
    assert read == pytest.approx(value, rel=0.51 * 10.0 ** (1 - digits))


@pytest.mark.parametrize(
    ("growth", "text"),
    [
        (1.1234, "1.12"), (1.00004, "1.00004"), (0.99, "0.99"), (0.999, "0.999"), (9.996, "10"),
        (12.34, "12.3"), (1234.5, "1,230"), (999.9, "1,000"), (1e9, "1e9"), (0.0, "0"),
        (1.0, "1"), (float("inf"), "∞"), (-0.5, "−0.5"), (-1.00004, "−1.00004"),
        (0.9999999, "0.9999999"), (1 - 2**-53, "0.99999999999999989"),
    ],
)  # fmt: skip
def test_a_factor_tells_itself_from_one(growth, text):
    assert factor(growth) == text


def test_count_separates_thousands():
    texts = ["0", "1,240", "999,999,999", "1e9", "1.24e15"]
    assert [count(t) for t in (0, 1240, 10**9 - 1, 10**9, 1_240_000_000_000_000)] == texts


def test_one_is_not_many():
    assert [counted(n, "row") for n in (0, 1, 2, 1000)] == [
        "0 rows",
        "1 row",
        "2 rows",
        "1,000 rows",
    ]


@pytest.mark.parametrize(
    ("a", "b", "texts"),
    [
        (0.3, 0.25, ("0.3", "0.25")), (2.0, 2.0, ("2", "2")),
        (0.250001, 0.25, ("0.250001", "0.25")),
        (1.0, 1 + 2**-52, ("1", "1.0000000000000002")),
    ],
)  # fmt: skip
def test_two_numbers_are_distinct_texts(a, b, texts):
    assert distinct_texts(a, b, 4) == texts


def test_numbers_that_others_may_have_become_are_said_to_be_rounded():
    assert (once_rounded(2.0**53), once_rounded(-1e20)) == (" once rounded", " once rounded")
    assert (once_rounded(2.0**53 - 1), once_rounded(0)) == ("", "")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        *((True, "True"), ("0.1", "'0.1'"), (10**20, "1" + 20 * "0"), (None, "None")),
        ("x" * 100, "'" + 59 * "x" + "…"),
        (
            np.ma.array([1.0], mask=[True]),
            "masked_array(data=[--], mask=[ True], fill_value=1e+20, d…",
        ),
        pytest.param(-(10**5000), "a number of more than 300 digits", id="long"),
    ],
)
def test_a_value_that_is_refused_is_written_short(value, text):
    assert shortened(value)[:40] == text[:40]
    assert len(shortened(value)) <= 61


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("-2493662.12", "−2,493,662.12"),
        ("12345678", "12,345,678"),
        ("0.1", "0.1"),
        ("50.50", "50.5"),
    ],
)
def test_a_number_of_a_file_is_written_as_it_stands_there(cell, text):
    assert exactly(float(cell)) == text
