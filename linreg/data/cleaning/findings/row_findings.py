"""Findings in the rows: missing values, and rows that decide the fit by themselves."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from linreg.data.cleaning.column_statistics import statistics_of
from linreg.data.cleaning.findings.finding import Finding, Offer
from linreg.data.cleaning.influence import Influence, Row
from linreg.data.cleaning.repairs.column_repairs import Fill
from linreg.data.cleaning.repairs.row_repairs import LeaveMissing, LeaveRows
from linreg.data.files.table import Table
from linreg.model.least_squares import LeastSquares
from linreg.model.moments import Floats, Moments, Stream
from linreg.text.numbers import count, counted, factor, number

MAX_ROWS_NAMED = 3  # of those that decide the fit
MAX_PARAMETERS_NAMED = 4  # whose change is in a sentence
LEVERAGE_DECIMALS = 9  # nearer to 1 is 1, but for roundings


def missing_values(
    table: Table,
    target: str,
    features: Sequence[str],
    usable: NDArray[np.bool_],
    moments: Moments,
    *,
    intercept: bool,
) -> Finding:
    """Say which rows are left out for a missing value, and what filling would change.

    Parameters
    ----------
    usable : ndarray of bool, shape (n,)
        The rows that have a number in every chosen column.
    moments : Moments
        Of these rows.
    """
    gone = len(usable) - int(np.count_nonzero(usable))
    lacking = [name for name in (target, *features) if statistics_of(table, name).missing]
    each = ", ".join(f"“{name}” ({count(statistics_of(table, name).missing)})" for name in lacking)
    misses, is_left = ("misses", "is") if gone == 1 else ("miss", "are")
    fillable = [name for name in lacking if name != target]
    offers = [Offer("Leave the rows out", tuple(map(LeaveMissing, lacking)))]
    why = [
        "Rows that miss a value can not be trained on. Leaving them out is right if they miss it "
        "by chance."
    ]
    if fillable:
        why.append(_filled(table, target, features, moments, intercept=intercept))
        offers.append(Offer("Fill with the mean", tuple(map(Fill, fillable))))
    if target in lacking:
        why.append("A missing target is not filled: a made-up y would pull every weight towards 0.")
    return Finding(
        "missing",
        f"{count(gone)} of {counted(table.n, 'row')} {misses} a value in {each}, and {is_left} "
        "left out.",
        " ".join(why),
        tuple(offers),
    )


def _filled(
    table: Table, target: str, features: Sequence[str], moments: Moments, *, intercept: bool
) -> str:
    """Say what the fit is with the means filled in."""
    has_target = np.isfinite(table.columns[target])
    columns = []
    for name in features:
        values = table.columns[name][has_target]
        columns.append(np.where(np.isfinite(values), values, statistics_of(table, name).mean))
    filled = Stream().feed([*columns, table.columns[target][has_target]]).total
    before, after = (
        LeastSquares.from_moments(m, intercept=intercept).minimiser() for m in (moments, filled)
    )
    return (
        f"Filled with the mean, {counted(filled.n, 'row')} are used and "
        f"{_changes(before, after, features, intercept=intercept)}; the filled column varies less, "
        "and made-up values count as if they had been measured."
    )


def outlier_finding(
    influence: Influence, numbers: NDArray[np.int64], features: Sequence[str], *, intercept: bool
) -> Finding:
    """Name the rows that decide the fit by themselves, and say what it is without them.

    Parameters
    ----------
    influence : Influence
        Of at least one row.
    numbers : ndarray of int, shape (n,)
        The row numbers of all rows that were looked at.
    """
    rows = [int(numbers[row.place]) for row in influence.rows]
    sentence = "; ".join(
        _standing_out(row, at, influence)
        for row, at in zip(influence.rows[:MAX_ROWS_NAMED], rows, strict=False)
    )
    others = influence.count - MAX_ROWS_NAMED
    stand = "stands" if others == 1 else "stand"
    more = f" Another {count(others)} {stand} out less." if others > 0 else ""
    changes = _changes(influence.theta, influence.rows[0].without, features, intercept=intercept)
    offers = [Offer(f"Leave row {count(rows[0])} out", (LeaveRows((rows[0],)),))]
    if 1 < influence.count <= len(rows):
        offers.append(Offer(f"Leave these {count(len(rows))} rows out", (LeaveRows(tuple(rows)),)))
    return Finding(
        "outlier",
        f"{sentence[0].upper()}{sentence[1:]}.{more}",
        f"Squares make the largest errors count most. Without row {count(rows[0])} {changes}. "
        "Look whether a row is a slip or the most telling one before it is left out. (Counted "
        "as standing out: an error too large for chance in a table of this size, or leverage "
        f"above 3p/n = {number(influence.much, 2)} with a Cook’s distance above ½.)",
        tuple(offers),
    )


def _standing_out(row: Row, number_in_file: int, influence: Influence) -> str:
    parts = [f"row {count(number_in_file)} carries {number(100 * row.share, 2)} % of TSSE"]
    if row.leverage > influence.much:
        parts.append(
            f"its leverage is {factor(round(row.leverage, LEVERAGE_DECIMALS))} where the average "
            f"is {number(influence.much / 3, 2)}"
        )
    return ", and ".join(parts)


def _changes(before: Floats, after: Floats, features: Sequence[str], *, intercept: bool) -> str:
    """Say how parameters change from one fit to another."""
    names = [f"θ{j} ({name})" for j, name in enumerate(features, start=1)]
    names = ["θ0", *names] if intercept else names
    changes = [
        _change(name, number(a, 4), number(b, 4))
        for name, a, b in zip(names, before, after, strict=True)
    ]
    if len(changes) > MAX_PARAMETERS_NAMED:
        size = np.abs(after - before) / (np.abs(before) + np.abs(after) + np.finfo(float).tiny)
        largest = np.argsort(-size, kind="stable")[:MAX_PARAMETERS_NAMED]
        changes = [changes[j] for j in sorted(largest)]
    return ", ".join(changes)


def _change(name: str, before: str, after: str) -> str:
    if before == after:  # as the slope of a single feature does when its mean is filled in
        return f"{name} stays {after}"
    return f"{name} is {after} instead of {before}"
