"""Rows that come in batches leave the same sums and sample, whatever the batches are."""

import numpy as np
import pytest

from linreg import Moments
from linreg.data.summary.accumulator import Accumulator
from linreg.data.summary.summary import MAX_SUMMED_GROUPS
from linreg.errors import DataError
from linreg.model.moments import LEAF_ROWS
from tests.helpers.summaries import gathered, same, table


@pytest.mark.parametrize("cuts", [[1], [8191, 8193], [5, 20_000, 29_999], range(0, 30_000, 777)])
def test_the_digits_do_not_depend_on_the_batches(cuts):
    columns = table()
    same(gathered(columns, cuts).total, Moments.from_arrays(np.array(columns[:2]).T, columns[2]))


@pytest.mark.parametrize("cuts", [[9000], [20_000]])
def test_rows_that_miss_a_value_are_left_out_and_counted(cuts):
    """With a value missing in what would be a leaf as well as in fewer rows."""
    columns = table(20_000)
    holes = [column.copy() for column in columns]
    holes[0][17], holes[1][12_000], holes[2][12_000] = np.nan, np.inf, np.nan
    full = np.delete(np.arange(20_000), [17, 12_000])
    summary = gathered(holes, cuts)
    same(summary.total, gathered([column[full] for column in columns]).total)
    assert (summary.read, summary.left_out, summary.total.n) == (20_000, 2, 19_998)
    assert not {18, 12_001} & set(summary.sample.rows.tolist())


def test_the_sample_holds_rows_of_the_table():
    columns = table()
    sample = gathered(columns, [100]).sample
    assert len(sample.rows) == 2000
    np.testing.assert_array_equal(sample.values, np.column_stack(columns)[sample.rows - 1])


def test_the_sample_of_a_wide_table_is_shorter():
    gatherer = Accumulator([f"x{j}" for j in range(100)])
    gatherer.feed(list(np.ones((100, 5000))))
    assert gatherer.summary("x0").sample.values.shape == (240, 100)


def test_groups_do_not_depend_on_the_batches_and_a_long_label_costs_little():
    columns = table(40_000)
    labels = np.array([f"g{k}" for k in np.random.default_rng(0).integers(0, 50, 40_000)], object)
    labels[777] = "long" * 1_000_000
    whole, pieces = (
        gathered(columns, sizes, labels, "kind") for sizes in ([40_000], [700, 9000, 9001])
    )
    assert list(whole.groups) == list(pieces.groups) == list(dict.fromkeys(labels))
    for name, moments in whole.groups.items():
        assert moments.n == (labels == name).sum()
        same(moments, pieces.groups[name])


def test_columns_without_any_value_are_named():
    nothing, some = np.full(10, np.nan), np.where(np.arange(10) < 3, 1.0, np.nan)
    parts = [Accumulator(["a", "b", "y"], part=part) for part in range(2)]
    for part in parts:
        part.feed([some, nothing, np.ones(10)])
    message = (
        r"None of {} rows can be used: values are missing in “b” \(all rows\) and “a” \({} rows\); "
        "fill them in, or leave “b” out, which keeps {} rows"
    )
    with pytest.raises(DataError, match=message.format(10, 7, 3)):
        parts[0].summary("y")
    both = parts[0].partial("y") + parts[1].partial("y")
    with pytest.raises(DataError, match=message.format(20, 14, 6)):
        both.checked()


def test_a_table_without_rows_is_told():
    with pytest.raises(DataError, match="The table has no rows; add rows of numbers"):
        Accumulator(["a", "y"]).summary("y")


def test_too_many_groups_are_refused():
    labels = np.arange(MAX_SUMMED_GROUPS + 1).astype(str)
    with pytest.raises(DataError, match="“id” has more than 1,000 different values"):
        gathered(table(MAX_SUMMED_GROUPS + 1), labels=labels, grouped_by="id")


def test_a_part_without_a_usable_row_is_counted():
    columns = table(300)
    parts = [Accumulator(["a", "b", "y"], part=k) for k in range(2)]
    parts[0].feed([np.full(50, np.nan)] * 3)
    parts[1].feed(columns)
    empty, full = (part.partial("y") for part in parts)
    both = (empty + full).checked()
    same(both.total, gathered(columns).total)
    assert (both.read, both.left_out) == (350, 50)
    rows = both.sample.renumbered(np.array([50, 300])).rows
    np.testing.assert_array_equal(rows, np.arange(51, 351))
    with pytest.raises(DataError, match="None of 50 rows"):
        empty.checked()


@pytest.mark.parametrize("large", [-1e200, -1.01e150])
@pytest.mark.parametrize("rows", [100, LEAF_ROWS, 2 * LEAF_ROWS])
def test_a_number_too_large_to_square_is_named(rows, large):
    columns = table(rows)
    columns[1][41] = large
    with pytest.raises(
        DataError, match=r"“b” has −1.*e[12][05]0 in row 42: the squares of numbers"
    ):
        gathered(columns)


def test_a_number_that_can_just_be_squared_is_summed_up():
    columns = table(LEAF_ROWS)
    columns[1][41] = -9e149
    assert gathered(columns).total.n == LEAF_ROWS


def test_a_table_without_a_usable_row_is_refused():
    columns = [np.full(3, np.nan), np.ones(3), np.ones(3)]
    with pytest.raises(DataError, match="None of 3 rows can be used"):
        gathered(columns)


def test_masked_values_are_refused():
    masked = np.ma.array([1.0, 2.0, 99.0], mask=[0, 0, 1])
    with pytest.raises(ValueError, match="y must have no masked values"):
        Accumulator(["x", "y"]).feed([np.ones(3), masked])
