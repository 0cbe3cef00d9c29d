"""The selection of target and features of a table: clean columns, and notes on what was wrong."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from linreg.data.dataset import Dataset
from linreg.data.files.table import Table
from linreg.errors import DataError
from linreg.text.lists import quoted, quoted_few
from linreg.text.numbers import count, counted, number

MAX_NUMBER = 1e150  # larger numbers have squares that overflow


def select(table: Table, target: str, features: Sequence[str]) -> Dataset:
    """Take a target and features out of a table, without the rows that miss a value.

    Parameters
    ----------
    table : Table
        As `read_table` returns it.
    target : str
        The column to explain.
    features : sequence of str
        The M columns that explain it.

    Returns
    -------
    Dataset
        X (n, M) and y (n,), all finite, with notes on rows left out.

    Raises
    ------
    DataError
        If a column is unknown, chosen twice, not numeric or too large, or fewer than two rows
        are left.
    """
    check_choice(target, features)
    chosen = [target, *features]
    usable = usable_rows(table, chosen)
    X = np.column_stack([table.columns[name][usable] for name in features])
    y = table.columns[target][usable]
    notes = tuple(left_out(table, chosen, usable))
    return Dataset(X, y, tuple(features), target, table.rows[usable], table.name, notes)


def check_choice(target: str, features: Sequence[str]) -> None:
    """Raise a DataError unless target and features are different columns."""
    if not features:
        raise DataError(
            "No feature is chosen; choose at least one column that explains the target."
        )
    if target in features:
        raise DataError(f"Column “{target}” is both target and feature; choose different columns.")
    seen = set[str]()
    for name in features:
        if name in seen:
            raise DataError(f"Column “{name}” is chosen twice as a feature; choose it once.")
        seen.add(name)


def usable_rows(table: Table, chosen: Sequence[str]) -> NDArray[np.bool_]:
    """Return which rows can be trained on, shape (n,): those with a number in every chosen column.

    Raises
    ------
    DataError
        If they are fewer than two, or a column is unknown, not numeric or too large.
    """
    for name in chosen:
        check_column(table, name)
    usable = complete_rows(table, chosen)
    if (left := np.count_nonzero(usable)) < 2:
        raise DataError(
            f"Too few rows have a number in {quoted(chosen)}: {left} of {count(table.n)}, and a "
            "line needs two; fill in missing values, or choose other columns."
        )
    return usable


def complete_rows(table: Table, names: Sequence[str]) -> NDArray[np.bool_]:
    """Return which rows have a number in every one of these columns of numbers, shape (n,)."""
    complete = np.ones(table.n, dtype=bool)
    for name in names:  # one after the other: a large table is not held in memory
        complete &= np.isfinite(table.columns[name])
    return complete


def check_column(table: Table, name: str) -> None:
    """Refuse a column that is unknown, not numeric, or too large to square."""
    if name in table.columns:
        column = table.columns[name]
        if max(np.fmax.reduce(column), -np.fmin.reduce(column)) > MAX_NUMBER:
            row = int(np.argmax(np.abs(column) > MAX_NUMBER))
            value = number(column[row])
            raise DataError(
                f"Column “{name}” has {value} in row {count(int(table.rows[row]))}: the squares of "
                f"numbers beyond {number(MAX_NUMBER)} overflow; correct it, or rescale the column."
            )
    elif name in table.first_text:
        row, text = table.first_text[name]
        raise DataError(
            f"Column “{name}” is not a number in row {count(row)} (“{text}”); correct or empty "
            "that field in the file, or choose another column."
        )
    elif name in table.text:
        raise DataError(f"Column “{name}” is empty; choose another column.")
    else:
        names = quoted_few([*table.columns, *table.text])
        raise DataError(f"There is no column “{name}”; the columns are {names}.")


def left_out(table: Table, chosen: Sequence[str], usable: NDArray[np.bool_]) -> list[str]:
    """Return notes on rows that a user left out, and on rows that miss a value in a column."""
    notes = []
    if gone := table.taken_out:
        notes.append(f"{so_many(gone, table.n + gone)} left out by you.")
    if missing := table.n - int(np.count_nonzero(usable)):
        lacking = [name for name in chosen if not np.isfinite(table.columns[name]).all()]
        first = int(table.rows[(~usable).argmax()])
        notes.append(
            f"{so_many(missing, table.n)} left out, because a value is missing or not finite in "
            f"{quoted(lacking)} (first in row {count(first)})."
        )
    return notes


def so_many(part: int, whole: int) -> str:
    """Begin a sentence on rows: 2 of 20 rows were."""
    return f"{count(part)} of {counted(whole, 'row')} {'was' if part == 1 else 'were'}"
