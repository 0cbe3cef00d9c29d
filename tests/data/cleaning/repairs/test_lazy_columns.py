"""Columns that are changed at each access are those that are changed at once."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings

from linreg.data.cleaning.repairs import lazy_columns
from linreg.data.cleaning.repairs.column_repairs import (
    Days,
    Fill,
    Indicators,
    Standardise,
)
from linreg.data.cleaning.repairs.lazy_columns import (
    Lazily,
    MissingColumn,
    numbers_of,
    texts_of,
    with_numbers,
)
from linreg.data.cleaning.repairs.pipeline import apply, carry_out, parse
from linreg.data.cleaning.repairs.row_repairs import Cell, LeaveRows
from linreg.data.files.read_table import read_table
from linreg.data.files.table import Table
from linreg.errors import DataError
from tests.helpers.repairs import FROM_FILE, OWN, REPAIRS, content, same, table


@pytest.mark.usefixtures("when")
def test_text_becomes_numbers_when_its_last_word_is_gone():
    numbers = OWN.assign(price=[100, 1, 1250.5, np.nan, 70, 2])
    same(apply(table(), [Cell(2, "price", "1"), Cell(6, "price", "2")]), numbers)
    without = numbers.drop(index=[2, 6])
    repaired = apply(table(), [LeaveRows((2,)), LeaveRows((6,))])
    same(repaired, without)
    assert "price" not in repaired.first_text
    assert apply(table(), [LeaveRows((2,))]).first_text["price"] == (6, "two")


@pytest.mark.slow
@pytest.mark.usefixtures("when")
def test_many_edits_of_a_large_table_are_no_deep_recursion():
    edits = [Cell(1 + k % 6, "rooms", str(k)) for k in range(2000)]
    repaired = apply(table(), [*edits, Fill("age"), LeaveRows((6,))])
    np.testing.assert_array_equal(repaired.columns["rooms"], [1998, 1999, 1994, 1995, 1996])


@settings(deadline=None)
@given(REPAIRS)
def test_columns_that_are_computed_when_looked_at_are_the_same(repairs):
    at_once, _ = carry_out(FROM_FILE, repairs)
    kept, lazy_columns.MAX_EAGER_CELLS = lazy_columns.MAX_EAGER_CELLS, 0
    try:
        later, _ = carry_out(FROM_FILE, repairs)
        assert content(later) == content(at_once)
    finally:
        lazy_columns.MAX_EAGER_CELLS = kept


def test_a_missing_value_stays_missing_in_every_kind_of_column():
    table, _ = carry_out(FROM_FILE, [Standardise("age"), Indicators("region"), Days("built")])
    missing = {name: np.flatnonzero(np.isnan(v)).tolist() for name, v in table.columns.items()}
    assert missing == {
        "age": [1, 4],
        "rooms": [],
        "region = south": [2],
        "region = west": [2],
        "built": [3],
    }
    assert isinstance(table.texts["price"], pa.ChunkedArray)


def test_a_lazy_value_is_fetched_and_changed_at_each_access_and_never_before():
    fetched = []

    def fetch():
        fetched.append("c")
        return 5

    lazy = Lazily.of({"a": 1, "b": 2}).having({"c": (fetch,)})
    changed = lazy.then(["a", "c"], lambda value: 10 * value).then(["c"], lambda value: value + 1)
    assert fetched == []
    assert (changed["a"], changed["b"], changed["c"], changed["c"]) == (10, 2, 51, 51)
    assert fetched == ["c", "c"]
    assert dict(lazy) == {"a": 1, "b": 2, "c": 5}  # a change makes another mapping
    assert list(changed.without({"a"})) == ["b", "c"]
    assert len(changed) == 3
    assert Lazily.of(changed) is changed


@pytest.mark.parametrize(("rows", "at_once"), [(6, True), (7, False)])
def test_a_table_up_to_so_many_cells_is_changed_at_once(monkeypatch, rows, at_once):
    monkeypatch.setattr(lazy_columns, "MAX_EAGER_CELLS", 12)
    own = Table("t", {"x": np.arange(rows), "y": np.ones(rows)}, (), rows, ())
    assert isinstance(with_numbers(own, "x", np.negative).columns, dict) == at_once


def test_a_column_of_another_kind_is_refused_and_one_that_is_not_there_named():
    with pytest.raises(DataError, match="“region” is text"):
        numbers_of(table(), "region")
    with pytest.raises(DataError, match="“age” holds numbers"):
        texts_of(table(), "age")
    for look in (numbers_of, texts_of):
        with pytest.raises(MissingColumn) as refused:
            look(table(), "size")
        assert refused.value.name == "size"


PLACES = b"a,b,c,d,e\n1,2 km,2024-03-01,x,5\n2,3 km,2024-03-02,y,6\n3,5 km,2024-03-05,x,8\n"


@pytest.mark.usefixtures("when")
@pytest.mark.parametrize("in_folder", [False, True])
@pytest.mark.parametrize(
    ("repairs", "expected"),
    [
        (["numbers:b=km"], ["a", "b", "e"]),
        (["days:c"], ["a", "c", "e"]),
        (["days:c", "numbers:b=km"], ["a", "b", "c", "e"]),
        (["indicators:d"], ["a", "d = y", "e"]),
        (["indicators:d", "numbers:b=km", "days:c"], ["a", "b", "c", "d = y", "e"]),
        (["numbers:b=km", "leave-out:a", "days:c"], ["b", "c", "e"]),
        (["cell:1:b=2", "cell:2:b=3", "cell:3:b=5"], ["a", "b", "e"]),
        (["indicators:a", "numbers:b=km"], ["a = 2", "a = 3", "b", "e"]),
    ],
)
def test_a_column_that_becomes_numbers_keeps_its_place(tmp_path, in_folder, repairs, expected):
    own = read_table(PLACES, folder=tmp_path if in_folder else None)
    repaired, results = carry_out(own, [parse(text) for text in repairs])
    assert all(result.applied for result in results)
    assert list(repaired.columns) == expected


@pytest.mark.usefixtures("when")
def test_a_column_whose_last_word_goes_with_its_row_keeps_its_place():
    own = read_table(b"a,b,c\n1,2,3\n2,x,4\n3,6,5\n")
    assert list(apply(own, [LeaveRows((2,))]).columns) == ["a", "b", "c"]
