"""Tables to repair, repairs in any order, and how two tables are compared."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
from hypothesis import strategies as st

from linreg.data.cleaning.repairs.column_repairs import (
    Blank,
    Days,
    Fill,
    Indicators,
    LeaveOut,
    Negatives,
    Numbers,
    Standardise,
)
from linreg.data.cleaning.repairs.row_repairs import Cell, LeaveGroup, LeaveMissing, LeaveRows
from linreg.data.files.read_table import read_table
from linreg.data.files.table import Table

CELLS = {
    "age": [30.0, np.nan, 41.0, 38.0, np.nan, 25.0],
    "rooms": [1.0, 2.0, 2.0, 3.0, 1.0, 3.0],
    "region": ["north", "south", None, "west", "north", "south"],
    "built": ["2001-03-01", "2000-12-31", "2001-01-01", None, "2001-03-01", "2000-12-31"],
    "price": ["100", "one", "1,250.5", None, "70", "two"],
}


def table(**changes):
    numbers = {name: np.array(cells) for name, cells in CELLS.items() if name in ("age", "rooms")}
    words = {name: cells for name, cells in CELLS.items() if name not in numbers}
    texts = {name: pa.chunked_array([cells], pa.large_string()) for name, cells in words.items()}
    first = {"region": (1, "north"), "built": (1, "2001-03-01"), "price": (2, "one")}
    made = Table("houses", numbers, tuple(texts), 6, (), first, texts=texts)
    return replace(made, **changes)


def frame(repaired):
    return pd.DataFrame(
        {**repaired.columns, **{name: repaired.texts[name].to_pylist() for name in repaired.text}},
        index=repaired.rows,
    )


OWN = frame(table())


def same(repaired, expected):
    got = frame(repaired)
    pd.testing.assert_frame_equal(got, expected[list(got.columns)], check_dtype=False)
    assert len(got.columns) == len(expected.columns)
    assert repaired.n == len(expected)


FILE = """age,rooms,region,built,price,rent
30,1,north,2001-03-01,100,€5
,2,south,2000-12-31,one,"€1,250.5"
41,2,,2001-01-01,"1,250.5",
38,3,west,,,much
,1,north,2001-03-01,70,7 €
25,3,south,2000-12-31,two,-€3
"""
FROM_FILE = read_table(FILE.encode())
NAMES = st.sampled_from([*FROM_FILE.columns, *FROM_FILE.text, "region = south", "other"])
VALUES = st.sampled_from(["north", "1", "0", "", "2001-01-01", "-3.5", "x", "2 €"])
ROWS = st.integers(1, 7)
REPAIRS = st.lists(
    st.one_of(
        st.builds(
            lambda kind, name: kind(name),
            st.sampled_from(
                (Fill, LeaveMissing, LeaveOut, Standardise, Indicators, Days, Blank, Negatives)
            ),
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
