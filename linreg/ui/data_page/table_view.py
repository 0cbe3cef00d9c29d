"""Grids of a table: one of its columns, with units to type, and one of its cells, to edit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import Any, TypeAlias

import pandas as pd
import streamlit as st

from linreg.data.cleaning.column_profile import Column
from linreg.data.cleaning.repairs.repair import shown
from linreg.data.dataset import Dataset
from linreg.data.files.table import Table
from linreg.data.summary.row_sample import Integers
from linreg.model.moments import Floats
from linreg.text.numbers import count
from linreg.ui.state import tab_state, tab_table, table_edits
from linreg.ui.state.tab_state import this_tab

Values: TypeAlias = "Floats | pd.Series[str]"

# All cells of a table that can be edited are sent to the browser, and each column takes a while.
MAX_EDITABLE_ROWS, MAX_EDITABLE_COLUMNS, MAX_EDITABLE_CELLS = 5000, 1000, 100_000
PREVIEW_ROWS, PREVIEW_COLUMNS = 20, 200  # of a larger table: enough to see what they look like
NUMBER = st.column_config.NumberColumn(format="%.6g")
NUMBERS = ("Minimum", "Mean", "Maximum", "Standard deviation")
HISTOGRAM = st.column_config.BarChartColumn(
    "Histogram", help="How many rows lie in each of 20 equal parts of the range.", y_min=0
)
UNIT_HELP = "Type a unit: it appears on every axis, on θ, gradient and learning rate."
TOO_LARGE = (
    "Cells can be edited in tables of up to {rows} rows, {columns} columns and {cells} cells; of "
    "this one the first {first} rows are shown"
)


def show_columns(
    columns: Sequence[Column], every: int, unit: Callable[[str], str] | None = None
) -> None:
    """Describe columns, one a line.

    Parameters
    ----------
    columns : sequence of Column
    every : int
        How many columns the table has.
    unit : callable, optional
        Returns the unit of a column; without it, no unit can be typed.
    """
    names = [column.name for column in columns]
    frame = pd.DataFrame(
        {
            "Column": names,
            "Role": [column.role for column in columns],
            "Kind": [column.kind for column in columns],
            **({"Unit": [unit(name) for name in names]} if unit else {}),
            "Histogram": [list(column.counts) for column in columns],
            "Minimum": [column.least for column in columns],
            "Mean": [column.mean for column in columns],
            "Maximum": [column.greatest for column in columns],
            "Standard deviation": [column.deviation for column in columns],
            "Missing": [column.missing for column in columns],
        }
    )
    key = f"columns {this_tab().grid_number}"
    unit_column = st.column_config.TextColumn("Unit", help=tab_state.notation().say(UNIT_HELP))

    def set_units() -> None:
        table_edits.set_units(names, this_tab().edited_rows(key))

    st.data_editor(
        frame,
        key=key,
        on_change=set_units,
        hide_index=True,
        disabled=[name for name in frame.columns if name != "Unit"],
        column_config={
            "Unit": unit_column,
            "Histogram": HISTOGRAM,
            **dict.fromkeys(NUMBERS, NUMBER),
        },
        placeholder="",
        alt="Each column with its role, kind, unit, histogram, range, mean and missing values",
    )
    st.caption(
        "Over all rows that have a number in the column. The standard deviation divides by n − 1."
        + (" Type a unit into the column Unit." if unit else "")
        + (f" Described are {_some_of(len(columns), every)}." if len(columns) < every else "")
    )


def show_cells(table: Table, names: Sequence[str]) -> None:
    """Show a table, to be edited if it is not too large.

    Parameters
    ----------
    names : sequence of str
        Columns that come first, as far as they are there.
    """
    there = {**dict.fromkeys(table.columns), **dict.fromkeys(table.texts)}
    columns = list(dict.fromkeys([*(name for name in names if name in there), *there]))
    limits = {
        "rows": MAX_EDITABLE_ROWS,
        "columns": MAX_EDITABLE_COLUMNS,
        "cells": MAX_EDITABLE_CELLS,
    }
    sizes = table.n, len(columns), table.n * len(columns)
    if any(size > limit for size, limit in zip(sizes, limits.values(), strict=True)):
        limits["first"] = PREVIEW_ROWS
        rows = table.rows[:PREVIEW_ROWS]
        first = {name: _cells(table, name, rows) for name in columns[:PREVIEW_COLUMNS]}
        _show_fixed(first, rows)
        sentence = TOO_LARGE.format(**{what: count(limit) for what, limit in limits.items()})
        if len(columns) > PREVIEW_COLUMNS:
            sentence += f", and {_some_of(PREVIEW_COLUMNS, len(columns))}"
        st.caption(f"{sentence}.")
        return
    rows, key = table.rows, f"cells {this_tab().grid_number}"

    def edited() -> None:
        typed = this_tab().edited_rows(key)
        table_edits.edit(rows.tolist(), typed)
        now = tab_table.repaired()[0].table
        if now is not None and not _holds(now, typed):
            this_tab().clear_grids()  # this one would go on showing what was typed

    number = st.column_config.TextColumn(alignment="right")
    st.data_editor(
        _frame({name: _cells(table, name, rows) for name in columns}, rows),
        key=key,
        on_change=edited,
        disabled=["_index"],
        column_config=dict.fromkeys(table.columns, number),
        alt="The rows of the table with their numbers in the file; cells can be edited",
    )
    st.caption("Double-click a cell to edit it. Each edit is a repair and can be undone.")


def _holds(table: Table, edited: Mapping[int, Mapping[str, Any]]) -> bool:
    """Tell whether a table holds, letter by letter, what was typed into it."""
    names = {name for cells in edited.values() for name in cells}
    held = {name: _texts(table, name, max(edited) + 1) for name in names}
    return all(
        (text or None) == held[name][line]
        for line, cells in edited.items()
        for name, text in cells.items()
    )


def show_rows(data: Dataset) -> None:
    """Show the first rows that training uses."""
    columns = {data.target: data.y, **dict(zip(data.features, data.X.T, strict=True))}
    first = {name: values[:PREVIEW_ROWS] for name, values in columns.items()}
    _show_fixed(first, data.rows[:PREVIEW_ROWS])


def _show_fixed(columns: Mapping[str, Values], rows: Integers) -> None:
    frame = _frame(columns, rows)
    numbers = frame.select_dtypes("number").columns
    st.dataframe(
        frame, column_config=dict.fromkeys(numbers, NUMBER), alt="The first rows of the table"
    )


def _frame(columns: Mapping[str, Values], rows: Integers) -> pd.DataFrame:
    return pd.DataFrame(dict(columns), index=pd.Index(rows, name="Row"))


def _cells(table: Table, name: str, rows: Integers) -> pd.Series[str]:
    """Return the cells of a column in the first rows, which have these numbers."""
    return pd.Series(_texts(table, name, len(rows)), index=rows, dtype="str")


def _some_of(shown_columns: int, every: int) -> str:
    return f"{count(shown_columns)} of its {count(every)} columns, the chosen ones first"


def _texts(table: Table, name: str, most: int) -> list[str | None]:
    """Return the first cells of a column as text, None where one is missing."""
    if name in table.texts:
        cells: list[str | None] = table.texts[name][:most].to_pylist()
        return cells
    values = table.columns[name][:most].tolist()
    return [shown(value) if isfinite(value) else None for value in values]
