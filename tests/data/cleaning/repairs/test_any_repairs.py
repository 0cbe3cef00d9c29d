"""Whatever is done to a table in whatever order, it stays a table."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linreg.data.cleaning.repairs import lazy_columns
from linreg.data.cleaning.repairs.column_repairs import (
    Blank,
    Days,
    Fill,
    Indicators,
    LeaveOut,
    Numbers,
    Standardise,
)
from linreg.data.cleaning.repairs.pipeline import apply, carry_out, parse
from linreg.data.cleaning.repairs.row_repairs import Cell, LeaveGroup, LeaveMissing, LeaveRows
from linreg.data.files.read_table import read_table

FILE = """age,rooms,region,built,price,rent
30,1,north,2001-03-01,100,€5
,2,south,2000-12-31,one,"€1,250.5"
41,2,,2001-01-01,"1,250.5",
38,3,west,,,much
,1,north,2001-03-01,70,7 €
25,3,south,2000-12-31,two,-€3
"""
OWN = read_table(FILE.encode())
NAMES = st.sampled_from([*OWN.columns, *OWN.text, "region = south", "other"])
VALUES = st.sampled_from(["north", "1", "0", "", "2001-01-01", "-3.5", "x", "2 €"])
ROWS = st.integers(1, 7)
REPAIRS = st.lists(
    st.one_of(
        st.builds(
            lambda kind, name: kind(name),
            st.sampled_from((Fill, LeaveMissing, LeaveOut, Standardise, Indicators, Days, Blank)),
            NAMES,
        ),
        st.builds(LeaveRows, st.lists(ROWS, min_size=1, max_size=2).map(tuple)),
        st.builds(LeaveGroup, NAMES, VALUES),
        st.builds(Numbers, NAMES, st.sampled_from("€5")),
        st.builds(Cell, ROWS, NAMES, VALUES),
    ),
    max_size=8,
)


def content(table):
    """Return all there is in a table, so that two can be compared."""
    cells = {name: table.texts[name].to_pylist() for name in table.text}
    numbers = {name: values.tolist() for name, values in table.columns.items()}
    return str((numbers, cells, table.n, table.rows.tolist(), table.first_text, table.notes))


@settings(deadline=None)
@given(REPAIRS)
def test_a_table_stays_a_table(repairs):
    before = content(OWN)
    table, told = carry_out(OWN, repairs)
    assert content(OWN) == before
    assert len(told) == len(repairs)
    assert all(len(values) == table.n for values in table.columns.values())
    assert list(table.texts) == list(table.text)
    assert not set(table.columns) & set(table.text)
    for name in table.text:
        cells = table.texts[name]
        assert len(cells) == table.n
        assert (name in table.first_text) == (cells.null_count < len(cells))
        assert name not in table.first_text or table.first_text[name][0] in table.rows
    rows = table.rows.tolist()
    assert rows == sorted(set(rows))
    assert len(rows) == table.n == 6 - table.taken_out
    assert apply(OWN, repairs).repairs == tuple(each.line for each in told if each.applied)


@pytest.mark.slow
@settings(deadline=None)
@given(REPAIRS, st.integers(0, 8))
def test_a_list_may_be_done_in_parts_and_undone_by_shortening(repairs, at):
    part, _ = carry_out(OWN, repairs[:at])
    whole, told = carry_out(OWN, repairs)
    assert content(carry_out(part, repairs[at:])[0]) == content(whole)
    only, _ = carry_out(OWN, [each.repair for each in told if each.applied])
    assert content(only) == content(whole)
    read_back = [parse(repair.text) for repair in repairs]
    assert content(carry_out(OWN, read_back)[0]) == content(whole)


@settings(deadline=None)
@given(REPAIRS)
def test_columns_that_are_computed_when_looked_at_are_the_same(repairs):
    at_once, _ = carry_out(OWN, repairs)
    kept, lazy_columns.MAX_EAGER_CELLS = lazy_columns.MAX_EAGER_CELLS, 0
    try:
        later, _ = carry_out(OWN, repairs)
        assert content(later) == content(at_once)
    finally:
        lazy_columns.MAX_EAGER_CELLS = kept


def test_a_missing_value_stays_missing_in_every_kind_of_column():
    table, _ = carry_out(OWN, [Standardise("age"), Indicators("region"), Days("built")])
    missing = {name: np.flatnonzero(np.isnan(v)).tolist() for name, v in table.columns.items()}
    assert missing == {
        "age": [1, 4],
        "rooms": [],
        "region = south": [2],
        "region = west": [2],
        "built": [3],
    }
    assert isinstance(table.texts["price"], pa.ChunkedArray)
