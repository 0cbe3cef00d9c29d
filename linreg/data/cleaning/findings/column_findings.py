"""Findings in single columns: text, dates, identifiers, constants, and copies of others."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow.compute as pc  # type: ignore[import-untyped]
from numpy.typing import NDArray

from linreg.data.cleaning.column_statistics import NAMES, ColumnStatistics, flaw_of, statistics_of
from linreg.data.cleaning.column_types import kind_of, reading_of
from linreg.data.cleaning.findings.finding import LEAVE_THEM, Alike, Finding, Offer
from linreg.data.cleaning.repairs.column_repairs import (
    Blank,
    Days,
    Indicators,
    LeaveOut,
    Negatives,
    Numbers,
)
from linreg.data.cleaning.repairs.lazy_columns import texts_of
from linreg.data.cleaning.repairs.quantities import bare_numbers
from linreg.data.cleaning.repairs.row_repairs import LeaveRows
from linreg.data.cleaning.repairs.value_counts import MAX_INDICATOR_VALUES, value_counts
from linreg.data.files.cells.convert import are_numbers
from linreg.data.files.table import Table
from linreg.errors import DataError
from linreg.text.numbers import count, counted, number, once_rounded

MAX_ROWS_OFFERED = 3  # that are offered to be left out for a cell that is no number


def number_finding(table: Table, target: str, features: Sequence[str], name: str) -> Finding | None:
    """Say why a column of numbers explains nothing: empty, constant, or names for the rows.

    Constant features are found by `moment_findings`, which looks at the rows that are used.
    """
    if name == target:
        return _target(table, name)
    statistics = statistics_of(table, name)
    match flaw_of(table, name):
        case "mostly missing":
            return _mostly_missing(table, name, statistics.n)
        case "constant" | "last digits" if name not in features:
            return _constant(name, statistics)
        case "identifier":
            return _identifier(name, statistics, used=name in features)
    return None


def copy_finding(target: str, features: Sequence[str], name: str, other: str) -> Finding | None:
    """Say that a column of numbers is the same in every row as another one.

    Features that repeat each other are found by `moment_findings`.
    """
    if name in features and other in features:
        return None
    sentence = f"“{name}” repeats “{other}” in every row."
    why = "Two equal features share one weight between them in any way they like."
    if other == target:
        why = "A target is explained by itself without error, and nothing is learnt from that."
    alike = Alike(name, "repeat others in every row", f"as “{other}”", _unused(name in features, 2))
    return Finding("repeated", sentence + _unused(name in features), why, _leave(name), alike)


def _target(table: Table, name: str) -> Finding | None:
    statistics = statistics_of(table, name)
    if statistics.n and not statistics.varies and statistics.least < statistics.greatest:
        return Finding(
            "target",
            f"The target “{name}” varies only in the last digits of {number(statistics.mean)}.",
            "Rounding covers so small a variation, and R² is not defined: choose another target, "
            "or subtract a constant from it where it is made.",
        )
    once = once_rounded(statistics.mean)
    if statistics.n and not statistics.varies:
        return Finding(
            "target",
            f"The target “{name}” is {number(statistics.mean)} in every row{once}.",
            "With an intercept the best model is that constant, and R² is not defined: choose "
            "another target.",
        )
    if kind_of(table, name) == "identifier":
        return Finding(
            "target",
            f"The target “{name}” {_naming(name, statistics)}.",
            "A number that only names the rows can not be explained: choose another target.",
        )
    return None


def _constant(name: str, statistics: ColumnStatistics) -> Finding:
    where = " that has a value" if statistics.missing else ""
    where += once_rounded(statistics.mean)
    if statistics.least < statistics.greatest:
        return Finding(
            "constant",
            f"“{name}” varies only in the last digits of {number(statistics.mean)}. It is not used "
            "now.",
            "Rounding covers so small a variation: its weight could not be told apart from the "
            "intercept. Subtract a constant from the column where it is made.",
            _leave(name),
            Alike(
                name, "vary only in their last digits", number(statistics.mean), _unused(False, 2)
            ),
        )
    return Finding(
        "constant",
        f"“{name}” is {number(statistics.mean)} in every row{where}. It is not used now.",
        "A column that does not vary explains nothing: its weight could not be told apart from the "
        "intercept.",
        _leave(name),
        Alike(name, "are constant", number(statistics.mean), _unused(False, 2)),
    )


def _mostly_missing(table: Table, name: str, there: int) -> Finding:
    if not there:
        return Finding(
            "empty",
            f"“{name}” has no value in any row.",
            "There is nothing in it.",
            _leave(name),
            Alike(name, "have no value in any row"),
        )
    return Finding(
        "empty",
        f"“{name}” has a value in only {count(there)} of {counted(table.n, 'row')}.",
        "As a feature it leaves only these rows to train on; with the mean filled in, most of its "
        "values would be made up.",
        _leave(name),
        Alike(
            name, f"have values in less than half of {counted(table.n, 'row')}", f"{count(there)}"
        ),
    )


def _identifier(name: str, statistics: ColumnStatistics, *, used: bool) -> Finding:
    return Finding(
        "identifier",
        f"“{name}” {_naming(name, statistics)}." + _unused(used),
        "The number of a row explains nothing, though by chance it may seem to. Keep it if it is a "
        "time or a place.",
        _leave(name),
        Alike(name, "only number or name the rows", "", _unused(used, 2)),
    )


def _naming(name: str, statistics: ColumnStatistics) -> str:
    if NAMES.fullmatch(name):
        return "is named like an identifier, and holds whole numbers"
    return (
        f"counts from {number(statistics.least)} to {number(statistics.greatest)}, each number once"
    )


def text_finding(table: Table, name: str, *, is_target: bool) -> Finding:
    """Say what could become of a column of text."""
    cells = texts_of(table, name)
    there = len(cells) - cells.null_count
    if there < table.n / 2 and not is_target:
        return _mostly_missing(table, name, there)
    match reading_of(table, name):
        case Days():
            return _date(table, name, is_target=is_target)
        case Blank():
            return _nearly_numbers(table, name, is_target=is_target)
        case Negatives():
            return _negatives(table, name, is_target=is_target)
        case Numbers(unit=unit):
            return _quantities(table, name, unit, is_target=is_target)
    if is_target:
        return Finding(
            "target",
            f"The target “{name}” is text.",
            "Linear regression explains numbers: choose a column of numbers as the target.",
        )
    if kind_of(table, name) == "identifier":
        return Finding(
            "identifier",
            f"“{name}” holds a different text in every row.",
            "A name for each row explains nothing about other rows.",
            _leave(name),
            Alike(name, "hold a different text in every row"),
        )
    return _words(table, name)


def _words(table: Table, name: str) -> Finding:
    counts = value_counts(table, name, MAX_INDICATOR_VALUES)
    why = "The model multiplies and adds, which takes numbers."
    if counts is None:
        return Finding(
            "text",
            f"“{name}” is text with more than {MAX_INDICATOR_VALUES} different values.",
            f"{why} A 0/1 column for each value would be too many.",
            _leave(name),
            Alike(name, f"are text with more than {MAX_INDICATOR_VALUES} different values"),
        )
    if len(counts) == 1:
        return Finding(
            "constant",
            f"“{name}” is “{next(iter(counts))}” in every row that has a value.",
            "A column that does not vary explains nothing.",
            _leave(name),
            Alike(name, "are text that is the same in every row", f"“{next(iter(counts))}”"),
        )
    some = ", ".join(f"“{value}” ({count(times)})" for value, times in list(counts.items())[:4])
    more = " and others" if len(counts) > 4 else ""
    offer = Offer("Make 0/1 columns", (Indicators(name),), "Make 0/1 columns")
    return Finding(
        "text",
        f"“{name}” is text with {count(len(counts))} different values: {some}{more}.",
        f"{why} A 0/1 column for each value but the first gives each its own weight: how much "
        "higher y is than with the first value.",
        (offer, *_leave(name)),
        Alike(name, "are text with few different values", f"{count(len(counts))}"),
    )


def _date(table: Table, name: str, *, is_target: bool) -> Finding:
    kind, what = ("target", f"The target “{name}”") if is_target else ("date", f"“{name}”")
    why = "Days since the first date are numbers, with a weight per day."
    try:
        _, sentence = Days(name).do(table)
    except DataError as refusal:
        reason = str(refusal)
        sentence = f"{what} holds dates, but {reason[0].lower()}{reason[1:]}"
        return Finding(kind, sentence, why, _leave(name))
    label = "Count days since the first"
    return Finding(
        kind,
        f"{what} holds dates, which are text here.",
        f"{why} Then {sentence}",
        (Offer(label, (Days(name),), label), *(() if is_target else _leave(name))),
        Alike(name, "hold dates, which are text here"),
    )


def _nearly_numbers(table: Table, name: str, *, is_target: bool) -> Finding:
    cells = texts_of(table, name)
    right = are_numbers(cells, table.decimal)
    wrong = np.flatnonzero(pc.fill_null(pc.invert(right), False).to_numpy())
    rows = table.rows[wrong[:MAX_ROWS_OFFERED]].tolist()
    offers = [Offer("Count as missing", (Blank(name),), "Count these cells as missing")]
    if len(wrong) <= MAX_ROWS_OFFERED:
        offers.append(Offer(f"Leave {_them(rows)} out", (LeaveRows(tuple(rows)),)))
    return Finding(
        "target" if is_target else "text",
        f"“{name}” is numbers {_but_for(cells, wrong, rows)}.",
        "One cell that is no number makes text of the whole column. In the table the cell can be "
        "corrected as well.",
        tuple(offers),
        Alike(name, "are numbers but for a few cells", _first_of(cells, wrong, rows)),
    )


def _negatives(table: Table, name: str, *, is_target: bool) -> Finding:
    """Say that a column holds numbers that accounts write as negative."""
    read = Negatives(name)
    _, sentence = read.do(table)
    return Finding(
        "target" if is_target else "text",
        f"“{name}” holds numbers in parentheses, or with the minus behind.",
        f"Accounts write negative numbers so; here they make text of the column. Then {sentence}",
        (
            Offer("Read them as negative", (read,), "Read them as negative"),
            *(() if is_target else _leave(name)),
        ),
        Alike(name, "hold numbers in parentheses, or with the minus behind"),
    )


def _quantities(table: Table, name: str, unit: str, *, is_target: bool) -> Finding:
    """Say that a column holds numbers with a unit, which can be read without it."""
    cells, read = texts_of(table, name), Numbers(name, unit)
    _, sentence = read.do(table)
    bare, _ = bare_numbers(cells, unit, table.decimal)
    wrong = np.flatnonzero(np.asarray(cells.is_valid()) & ~np.asarray(bare.is_valid()))
    rows = table.rows[wrong[:MAX_ROWS_OFFERED]].tolist()
    label = "Read the numbers, the rest as missing" if rows else "Read the numbers"
    offers = [Offer(label, (read,), label)]
    if 0 < len(wrong) <= MAX_ROWS_OFFERED:
        offers.append(
            Offer(f"Leave {_them(rows)} out, read the others", (LeaveRows(tuple(rows)), read))
        )
    but = f" {_but_for(cells, wrong, rows)}" if rows else ""
    also = " In the table the cell can be corrected as well." if rows else ""
    return Finding(
        "target" if is_target else "text",
        f"“{name}” holds numbers with the unit “{unit}”{but}.",
        f"A sign or a unit beside the numbers makes text of the whole column. {sentence}{also}",
        (*offers, *(() if is_target else _leave(name))),
        Alike(name, f"hold numbers with a unit{' but for a few cells' if rows else ''}", unit),
    )


def _first_of(cells: Any, wrong: NDArray[np.intp], rows: Sequence[int]) -> str:
    return f"“{cells[int(wrong[0])].as_py()[:40]}” in row {count(rows[0])}" if len(rows) else ""


def _but_for(cells: Any, wrong: NDArray[np.intp], rows: Sequence[int]) -> str:
    """Name the first cells that are unlike the others: but for 1 cell: “x” in row 40."""
    some = ", ".join(
        f"“{cells[int(place)].as_py()[:40]}” in row {count(row)}"
        for place, row in zip(wrong, rows, strict=False)
    )
    more = " and others" if len(wrong) > len(rows) else ""
    return f"but for {counted(len(wrong), 'cell')}: {some}{more}"


def _them(rows: Sequence[int]) -> str:
    return "that row" if len(rows) == 1 else "those rows"


def _leave(name: str) -> tuple[Offer, ...]:
    return (Offer(f"Leave “{name}” out", (LeaveOut(name),), LEAVE_THEM),)


def _unused(used: bool, columns: int = 1) -> str:
    if used:
        return ""
    return " It is not used now." if columns == 1 else " They are not used now."
