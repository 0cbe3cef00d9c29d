"""Mean, spread and range of a column, against pandas."""

import gc

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg.data.cleaning import column_statistics as module
from linreg.data.cleaning.column_statistics import (
    are_near_totals,
    column_statistics,
    copies_of,
    counts_rows,
    flaw_of,
    number_kind_of,
    once_per_column,
    statistics_of,
)
from linreg.data.files.read_table import read_text
from linreg.data.files.table import Table

numbers = st.floats(-1e6, 1e6) | st.just(np.nan) | st.integers(-9, 9).map(float)


@given(st.lists(numbers, max_size=40))
def test_blocks_add_up(values):
    column = np.array(values)
    series = pd.Series(column)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SUMMED_BLOCK_NUMBERS", 3)
        statistics = column_statistics(column)
    assert (statistics.n, statistics.missing) == (series.count(), series.isna().sum())
    np.testing.assert_array_equal(
        [statistics.least, statistics.greatest], [series.min(), series.max()]
    )
    np.testing.assert_allclose(statistics.mean, series.mean(), rtol=1e-12, atol=1e-9)
    np.testing.assert_allclose(statistics.sample_deviation, series.std(), rtol=1e-9, atol=1e-9)
    assert statistics.whole == (statistics.n > 0 and (series.dropna() % 1 == 0).all())


def test_sums_of_huge_numbers_do_not_overflow():
    statistics = column_statistics(np.array([1e308, 1.5e308, -1e308]))
    assert statistics.mean == pytest.approx(5e307)
    assert statistics.deviation == pytest.approx(np.std([1, 1.5, -1]) * 1e308)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e-300, 1e300])
def test_a_constant_column_does_not_vary(value):
    assert not column_statistics(np.full(100_000, value)).varies
    assert column_statistics(np.array([value, value + (abs(value) or 1.0)])).varies


@pytest.mark.parametrize(
    ("values", "switch"),
    [
        ([0, 1, 1], True),
        ([0, np.nan, 1], True),
        ([0, 0.5, 1], False),
        ([0, 0], False),
        ([1, 1], False),
        ([-1, 0, 1], False),
        ([np.nan], False),
        ([], False),
    ],
)
def test_a_switch_is_0_and_1_and_nothing_else(values, switch):
    assert column_statistics(np.array(values, dtype=float)).is_switch == switch


@pytest.mark.parametrize("start", [0, 1])
def test_numbers_count_rows_in_any_order_but_each_once(start):
    values = np.random.default_rng(1).permutation(12) + float(start)
    assert counts_rows(values, column_statistics(values))
    values[3] = values[4]
    assert not counts_rows(values, column_statistics(values))


def test_a_column_is_judged_once_as_long_as_its_table_is_there():
    calls = []

    @once_per_column
    def judged(table, name):
        calls.append(name)
        return len(calls)

    table, other = read_text("y;x\n1;a\n2;b\n"), read_text("y;x\n1;a\n2;b\n")
    assert [judged(table, "x"), judged(table, "x"), judged(table, "y"), judged(other, "x")] == [
        *(1, 1, 2, 3)
    ]
    assert statistics_of(table, "y") is statistics_of(table, "y")
    (results,) = (c.cell_contents for c in judged.__closure__ if hasattr(c.cell_contents, "keys"))
    assert len(results) == 2
    del table
    gc.collect()
    assert len(results) == 1


def test_columns_that_explain_nothing_are_told_why():
    rows = np.arange(12.0)
    columns = {
        "good": np.sqrt(rows),
        "few": np.where(rows < 5, np.sqrt(rows), np.nan),
        "same": np.full(12, 0.1),
        "user_id": rows[::-1] // 2,
        "row": rows + 1,
        "none": np.full(12, np.nan),
    }
    table = Table("t", columns, (), 12, ())
    assert {name: flaw_of(table, name) for name in columns} == {
        "good": None,
        "few": "mostly missing",
        "same": "constant",
        "user_id": "identifier",
        "row": "identifier",
        "none": "mostly missing",
    }
    assert (number_kind_of(table, "good"), number_kind_of(table, "none")) == ("number", "empty")


def test_a_copy_is_the_same_in_every_row_as_a_column_before_it():
    x = np.array([1.0, np.nan, 3.0, 7.0])
    columns = {"a": x, "b": x.copy(), "c": x[::-1].copy(), "one": np.ones(4), "too": np.ones(4)}
    table = Table("t", columns, (), 4, ())
    assert copies_of(table, columns) == {"b": "a"}
    assert copies_of(table, ["b", "a", "c"]) == {"a": "b"}


@pytest.mark.parametrize("level", [0.0, 1e9, 1e12, 1e15, -1e15])
@pytest.mark.parametrize("n", [10, 200_000])
def test_the_deviation_of_numbers_far_from_zero_keeps_its_digits(level, n):
    values = np.arange(float(n))
    statistics = column_statistics(level + values)
    assert statistics.deviation == pytest.approx(np.sqrt((n**2 - 1) / 12), rel=1e-14)
    assert statistics.mean == level + (n - 1) / 2


@pytest.mark.parametrize(
    ("values", "ends", "without", "expected"),
    [
        ([3, 1, 4, 8], [3], [], True),  # the sum of the others
        ([3, 1, 5, 3], [3], [], True),  # their mean
        ([3, 1, 4, 8, 2.67], [3, 4], [], True),  # one of each
        ([3, 1, 4, 8, 8], [3], [4], True),  # the sum of what is left
        ([3, 1, 4, 5], [3], [], False),
        ([3, 1, 4, np.nan], [3], [], False),
    ],
)
def test_numbers_are_near_the_sum_or_mean_of_the_others(values, ends, without, expected):
    column = np.array(values, dtype=float)
    statistics = column_statistics(column)
    assert are_near_totals(statistics, column[ends], column[np.array(without, int)]) is expected
