"""A summary: other columns and fewer groups without a second pass, and parts that add up."""

import numpy as np
import pytest

from linreg import LeastSquares
from linreg.data.summary.accumulator import Accumulator
from linreg.errors import DataError
from tests.helpers.summaries import gathered, table, theta


def test_another_target_and_fewer_features_need_no_second_pass():
    a, b, y = table()
    summary = gathered([a, b, y])
    direct = LeastSquares.from_arrays(y, b).minimiser()
    np.testing.assert_allclose(theta(summary.moments("b", ["y"])), direct, rtol=1e-12)


@pytest.mark.parametrize(
    ("target", "features", "message"),
    [("z", ["a"], "no column “z”"), ("a", ["a"], "twice"), ("a", ["b", "b"], "twice")],
)
def test_columns_that_can_not_be_chosen_are_named(target, features, message):
    with pytest.raises(DataError, match=message):
        gathered(table(100)).moments(target, features)


def test_leaving_a_group_out_is_the_same_as_not_reading_it():
    columns, labels = table(), np.array(["red", "green", "blue"])[np.arange(30_000) % 3]
    summary = gathered(columns, [10_000], labels, "colour")
    assert list(summary.groups) == ["red", "green", "blue"]  # as they are met
    rest = gathered([column[labels != "green"] for column in columns])
    left = summary.without(["green"])
    np.testing.assert_allclose(theta(left.moments()), theta(rest.moments()), rtol=1e-12)
    assert (left.read, left.left_out) == (30_000, 10_000)
    assert set(labels[left.sample.rows - 1]) == {"red", "blue"}
    named = np.array(list(left.groups))[left.sample.labels]
    np.testing.assert_array_equal(named, labels[left.sample.rows - 1])


@pytest.mark.parametrize(("names", "message"), [(["pink"], "no group “pink”"), (["a"], "at least")])
def test_groups_that_can_not_be_left_out_are_named(names, message):
    summary = gathered(table(10), labels=np.full(10, "a"), grouped_by="kind")
    with pytest.raises(DataError, match=message):
        summary.without(names)


def test_parts_of_a_table_add_up_to_the_whole():
    columns, labels = table(), np.array(["p", "q"])[np.arange(30_000) // 20_000]
    whole = gathered(columns, labels=labels, grouped_by="kind")
    parts = [Accumulator(["a", "b", "y"], "kind") for _ in range(2)]
    for part, rows in zip(parts, (np.arange(25_000), np.arange(25_000, 30_000)), strict=True):
        part.feed([column[rows] for column in columns], labels[rows], first=int(rows[0]) + 1)
    both = parts[1].summary("y") + parts[0].summary("y")
    np.testing.assert_allclose(theta(both.moments()), theta(whole.moments()), rtol=1e-12)
    np.testing.assert_array_equal(both.sample.rows, whole.sample.rows)
    named = np.array(list(both.groups))[both.sample.labels]
    np.testing.assert_array_equal(named, labels[both.sample.rows - 1])
    assert both.read == 30_000


def test_a_single_row_is_refused_with_what_was_left_out():
    one = gathered([np.array([1.0, np.nan, np.nan]), np.ones(3), np.ones(3)])
    with pytest.raises(DataError, match=r"single row is left of 3.*: 2 rows were left out"):
        one.enough()
    with pytest.raises(DataError, match="have a single row, and a line needs two"):
        gathered(table(1)).enough()
    assert gathered(table(2)).enough().total.n == 2
