"""Choose target and features of a table: clean columns, and a list of what was wrong."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from linreg.datasets import Dataset, quoted
from linreg.reading import Table, TableError
from linreg.wording import count, counted, number

LARGEST = 1e150  # the squares of larger numbers leave float64
MOST_TRIED = 100  # columns that are paired with each other when the first proposal is refused


def check_two_numeric(table: Table) -> None:
    """Refuse a table with a single column of numbers; names the first text that is in the way."""
    if len(table.columns) >= 2:
        return
    only = quoted(list(table.columns))
    where = "".join(
        f" Column “{name}” is not a number in row {count(row)} (“{value}”)."
        for name, (row, value) in list(table.first_text.items())[:1]
    )
    raise TableError(
        f"Only {only} holds numbers, and a target needs at least one feature.{where} "
        "Correct the file or add a column of numbers."
    )


def propose(table: Table) -> tuple[str, str, str]:
    """Choose the columns that a new table is shown with.

    Returns
    -------
    target, feature : str
        The last and the first column of numbers that varies, or others where these can not be
        trained on.
    note : str
        Why it is others, else empty.

    Raises
    ------
    TableError
        If no two columns can be trained on.
    """
    check_two_numeric(table)
    if table.n < 2:
        raise TableError("The file has a single row, and a line needs two; add rows of numbers.")
    *others, target = table.columns
    feature = next((name for name in others if _varies(table, name)), others[0])
    try:
        usable_rows(table, (target, feature))
    except TableError as refusal:
        target, feature = _usable_pair(table)
        return target, feature, f"{refusal} “{target}” against “{feature}” is shown instead."
    return target, feature, ""


def _varies(table: Table, name: str) -> bool:
    """Return whether a column holds two different numbers: a constant one explains nothing."""
    column = table.columns[name][np.isfinite(table.columns[name])]
    return bool(len(column) and column.min() < column.max())


def _usable_pair(table: Table) -> tuple[str, str]:
    """Find a target, late, and a feature, early in the file, with two rows in common."""
    given = {
        name: np.isfinite(column)
        for name, column in table.columns.items()
        if not (np.abs(column) > LARGEST).any()
    }
    fullest = sorted(given, key=lambda name: np.count_nonzero(given[name]), reverse=True)
    names = sorted(fullest[:MOST_TRIED], key=list(given).index)
    for target in reversed(names):
        for feature in names:
            if feature != target and np.count_nonzero(given[target] & given[feature]) >= 2:
                return target, feature
    for name in table.columns:
        _check_column(table, name)
    raise TableError(
        "No two columns can be trained on: a line needs two rows with a number in both, and none "
        f"beyond {number(LARGEST)}; fill in or correct the values."
    )


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
    TableError
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
    """Raise a TableError unless target and features are different columns."""
    if not features:
        raise TableError(
            "No feature is chosen; choose at least one column that explains the target."
        )
    if target in features:
        raise TableError(f"Column “{target}” is both target and feature; choose different columns.")
    for j, name in enumerate(features):
        if name in features[:j]:
            raise TableError(f"Column “{name}” is chosen twice as a feature; choose it once.")


def usable_rows(table: Table, chosen: Sequence[str]) -> NDArray[np.bool_]:
    """Return which rows have a number in every chosen column, shape (n,).

    Raises
    ------
    TableError
        If they are fewer than two, or a column is unknown, not numeric or too large.
    """
    for name in chosen:
        _check_column(table, name)
    usable = np.ones(table.n, dtype=bool)
    for name in chosen:  # one after the other: a large table is not held in memory
        usable &= np.isfinite(table.columns[name])
    if (found := np.count_nonzero(usable)) < 2:
        raise TableError(
            f"Too few rows have a number in {quoted(chosen)}: {found} of {count(table.n)}, and a "
            "line needs two; fill in missing values, or choose other columns."
        )
    return usable


def _check_column(table: Table, name: str) -> None:
    """Refuse a column that is unknown, not numeric, or too large to square."""
    if name in table.columns:
        column = table.columns[name]
        if max(np.fmax.reduce(column), -np.fmin.reduce(column)) > LARGEST:
            row = int(np.argmax(np.abs(column) > LARGEST))
            value = number(column[row])
            raise TableError(
                f"Column “{name}” has {value} in row {count(int(table.rows[row]))}: the squares of "
                f"numbers beyond {number(LARGEST)} overflow; correct it, or rescale the column."
            )
    elif name in table.first_text:
        row, text = table.first_text[name]
        raise TableError(
            f"Column “{name}” is not a number in row {count(row)} (“{text}”); correct or empty "
            "that field in the file, or choose another column."
        )
    elif name in table.text:
        raise TableError(f"Column “{name}” is empty; choose another column.")
    else:
        known = quoted([*table.columns, *table.text][:10])
        raise TableError(f"There is no column “{name}”; the columns are {known}.")


def left_out(table: Table, chosen: Sequence[str], usable: NDArray[np.bool_]) -> list[str]:
    """Count the rows that were taken out, and those that miss a value with the columns that do."""
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
