"""A proposal of the target and the features that a new table is shown with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from linreg.data.cleaning.column_statistics import copies_of, flaw_of, statistics_of
from linreg.data.cleaning.column_types import can_be_numbers, reading_of
from linreg.data.files.table import Table
from linreg.data.select import MAX_NUMBER, check_column, usable_rows
from linreg.data.tabular import Tabular
from linreg.errors import DataError
from linreg.text.lists import quoted
from linreg.text.numbers import count, number, once_rounded

MAX_COLUMNS_TRIED = 100  # that are looked at, and paired when the first proposal is refused
MAX_COLUMNS_NAMED = 3  # in a note
MAX_CELLS_NAMED = 3  # in the refusal of a table without a column of numbers
FLAWS = {
    "constant": "is the same in every row",
    "last digits": "varies only in its last digits",
    "identifier": "seems to number or name the rows",
}
OTHER_FILE = "Correct the file or add a column of numbers."
OTHER_VALUES = "Correct those values, or choose another file."
REPAIR = "Make numbers of {whose} text {place}, or choose another file."
UNDO = "Undo a repair that left something out, or choose other data."  # it had more when it was new


@dataclass(frozen=True)
class Proposal:
    """Columns to begin with.

    Attributes
    ----------
    target : str
        The last column of numbers that it makes sense to explain.
    features : tuple of str
        The others that may explain it, in the order of the file; the first one is shown first.
    note : str
        Which columns were passed over, and why; else empty.
    """

    target: str
    features: tuple[str, ...]
    note: str


def propose(table: Table, made: Collection[str] = ()) -> Proposal:
    """Choose target and features of a new table.

    Identifiers, constants, columns that are nearly all missing or too large, and copies of other
    columns are passed over, and 0/1 columns are no targets, as long as anything else is left.

    Parameters
    ----------
    table : Table
    made : collection of str
        Columns that a repair made to explain others with: no targets either.

    Raises
    ------
    DataError
        If no two columns can be trained on.
    """
    check_two_numeric(table, is_new=True)
    if table.n < 2:
        raise DataError("The file has a single row, and a line needs two; add rows of numbers.")
    names = list(table.columns)
    seen = list(dict.fromkeys([*names[:MAX_COLUMNS_TRIED], names[-1]]))
    aside = {name: why for name in seen if (why := _passed_over(table, name))}
    good = [name for name in seen if name not in aside]
    given = [name for name in good if name not in made]
    several = [name for name in given if not statistics_of(table, name).is_switch]
    target = (several or given or good or names)[-1]
    copies = copies_of(table, [target, *(name for name in good if name != target)])
    aside |= {name: f"is “{other}” again" for name, other in copies.items()}
    others = [name for name in seen if name != target]
    features = tuple(name for name in others if name not in aside) or tuple(others[:1])
    aside = {name: why for name, why in aside.items() if name not in (target, *features)}
    try:
        usable_rows(table, target, features[:1])
    except DataError as refusal:
        target, feature = _usable_pair(table)
        why = f"{refusal} “{target}” against “{feature}” is shown instead."
        return Proposal(target, (feature,), why)
    return Proposal(target, features, _note(aside))


def _passed_over(table: Table, name: str) -> str:
    """Say why a column is not proposed, or nothing."""
    statistics, flaw = statistics_of(table, name), flaw_of(table, name)
    if flaw == "mostly missing":
        return f"has a value in only {count(statistics.n)} of {count(table.n)} rows"
    if not statistics.can_be_squared:
        return "holds numbers too large to square"
    once = once_rounded(statistics.mean) if flaw == "constant" else ""
    return f"{FLAWS[flaw]}{once}" if flaw else ""


def _note(aside: Mapping[str, str]) -> str:
    if not aside:
        return ""
    reasons = [f"“{name}” {why}" for name, why in list(aside.items())[:MAX_COLUMNS_NAMED]]
    unnamed = len(aside) - MAX_COLUMNS_NAMED
    more = f" and {count(unnamed)} more" if unnamed > 0 else ""
    return f"Not proposed for training: {'; '.join(reasons)}{more}."


def has_two(source: Tabular) -> bool:
    """Tell whether there are a target and a feature to choose among the columns of numbers."""
    return len(source.columns) >= 2


def is_repairable(source: Tabular) -> bool:
    """Tell whether a table can get two columns of numbers, a target and a feature, by repairs.

    One of them holds numbers or dates as it is written: two made of words, 0 and 1, have nothing
    to explain.
    """
    table = source.table
    if table is None or has_two(table) or table.n < 2:
        return False
    names = table.text[:MAX_COLUMNS_TRIED]
    readable = (name for name in names if can_be_numbers(table, name))
    if table.columns:
        return any(True for _ in readable)
    first, second = next(readable, ""), next(readable, "")
    return bool(second) and any(
        reading_of(table, name) is not None for name in (first, second, *readable)
    )


def check_two_numeric(source: Tabular, *, is_new: bool) -> None:
    """Raise a DataError for fewer than two columns of numbers, naming the first text."""
    if not has_two(source):
        raise DataError(lacking_numbers(source, is_new=is_new))


def lacking_numbers(
    source: Tabular, *, is_new: bool = False, place: str = "on the page Data"
) -> str:
    """Say that a table has fewer than two columns of numbers, and what to do.

    Parameters
    ----------
    source : Table or Summary
    is_new : bool
        Whether nothing was repaired yet: then a table that can be repaired is not refused.
    place : str
        Where repairs are offered.
    """
    cells = list(source.first_text.items())
    shown = cells[: 1 if source.columns else MAX_CELLS_NAMED]
    remedy = UNDO
    if not is_new and is_repairable(source):
        remedy = REPAIR.format(whose="its" if len(shown) == 1 else "their", place=place)
    if not source.columns:
        named = [f"“{name}” has “{value}” in row {count(row)}" for name, (row, value) in shown]
        why = f": {', '.join(named)}" if named else ""
        return f"No column holds only numbers{why}. {OTHER_VALUES if is_new else remedy}"
    only = quoted(list(source.columns))
    where = "".join(
        f" Column “{name}” is not a number in row {count(row)} (“{value}”)."
        for name, (row, value) in shown
    )
    return (
        f"Only {only} holds numbers, and a target needs at least one feature.{where} "
        f"{OTHER_FILE if is_new else remedy}"
    )


def _usable_pair(table: Table) -> tuple[str, str]:
    """Find a target, late, and a feature, early in the file, with two rows in common."""
    given = {
        name: np.isfinite(column)
        for name, column in table.columns.items()
        if not (np.abs(column) > MAX_NUMBER).any()
    }
    fullest = sorted(given, key=lambda name: np.count_nonzero(given[name]), reverse=True)
    names = sorted(fullest[:MAX_COLUMNS_TRIED], key=list(given).index)
    for target in reversed(names):
        for feature in names:
            if feature != target and np.count_nonzero(given[target] & given[feature]) >= 2:
                return target, feature
    for name in table.columns:
        check_column(table, name)
    raise DataError(
        "No two columns can be trained on: a line needs two rows with a number in both, and none "
        f"beyond {number(MAX_NUMBER)}; fill in or correct the values."
    )
