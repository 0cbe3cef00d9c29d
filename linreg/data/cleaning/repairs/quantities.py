"""Numbers with their unit, 5 km, $1,200.50, 7 %, or as in accounts: (12.00) and 12.00- for −12."""

from re import escape, fullmatch
from statistics import mode
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from linreg.data.files.cells.convert import are_numbers
from linreg.data.files.cells.number_syntax import SPACES, number_pattern

JUDGED_CELLS = 2000  # that tell whether a text is mostly numbers, with a unit or without
OTHER_MARK = {".": ",", ",": "."}
SIGN, BLANK = r"[+\-−]?", rf"[\s{SPACES}]*"
# Letters in front of a number mostly name a thing (room 12), so only money may stand there.
CODES = (
    *("USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK"),
    *("PLN", "CZK", "HUF", "BRL", "MXN", "ZAR", "KRW", "TRY", "Rs", "kr", "Fr"),
)
MONEY = rf"(?:\p{{L}}{{0,3}}\p{{Sc}}|%|(?:{'|'.join(CODES)})\.?)"
MONEY_UNIT = rf"[^\d\s]{{0,3}}[$€£¥₹₩₽₺₿¢]|(?:{'|'.join(CODES)})\.?"  # for Python's own `re`
LETTER, PART = r"\p{L}\p{Sc}%‰°℃℉′″'\"", r"\p{M}/·×*^²³⁴⁻¹.()\-"  # of m/s², sq ft, m2, km (net)
UNIT_PATTERN = rf"[{LETTER}]\d?(?: ?[{LETTER}{PART}]\d?){{0,20}}"
IN_FRONT = rf"^{SIGN}{BLANK}(?P<unit>{MONEY}){BLANK}{SIGN}[.,]?\d"
STARTS = rf"^{SIGN}[.,]?\d"
NO_UNITS = frozenset({"st", "nd", "rd", "th", "am", "pm", "a.m.", "p.m."})  # 4th, 5 pm


def unit_among(cells: Any, decimal: str) -> str | None:
    """Find the unit that more than half of some cells have beside a number.

    Parameters
    ----------
    cells : pyarrow array of strings
        The first of them are looked at.
    decimal : str
        The decimal mark of the table.

    Returns
    -------
    str or None
        The unit, or None.
    """
    head = known_at_first(cells)
    with_digit = head.filter(pc.match_substring_regex(head, r"\d"))
    if len(with_digit) <= len(head) / 2:
        return None
    units = _units(with_digit, decimal)
    if not units:
        return None
    unit = mode(units)
    bare, _ = bare_numbers(head, unit, decimal)
    return unit if len(bare) - bare.null_count > len(head) / 2 else None


def known_at_first(cells: Any) -> Any:
    """Return those of the first cells that are not missing: they tell what a text holds."""
    return cells[:JUDGED_CELLS].drop_null()


def bare_numbers(cells: Any, unit: str, decimal: str) -> tuple[Any, str]:
    """Take a unit away from numbers.

    Parameters
    ----------
    cells : pyarrow array of strings
    unit : str
        What stands in front of a number or behind it.
    decimal : str
        The decimal mark of the table.

    Returns
    -------
    pyarrow array of strings
        Null where a cell is missing, or no number with that unit.
    str
        Their decimal mark: that of the table, unless more cells are numbers with the other one.
    """
    literal = escape(unit)
    if fullmatch(MONEY_UNIT, unit):
        cells = sign_in_front(cells)
    front = pc.replace_substring_regex(cells, rf"^({SIGN}){BLANK}{literal}{BLANK}", r"\1")
    behind = pc.replace_substring_regex(cells, rf"{BLANK}{literal}{BLANK}$", "")
    without = pc.if_else(pc.equal(front, cells), behind, front)
    # “inf” is a number too, and “info” has no unit.
    has_unit = pc.and_(pc.not_equal(without, cells), pc.match_substring_regex(without, r"\d"))
    return _numbers_among(pc.if_else(has_unit, without, pa.scalar(None, cells.type)), decimal)


def signed_numbers(cells: Any, decimal: str) -> tuple[Any, str]:
    """Put the sign in front of numbers that are negative as accounts write it.

    Parameters
    ----------
    cells : pyarrow array of strings
    decimal : str
        The decimal mark of the table.

    Returns
    -------
    pyarrow array of strings
        Null where a cell is missing, or no number.
    str
        Their decimal mark: that of the table, unless more cells are numbers with the other one.
    """
    return _numbers_among(sign_in_front(cells), decimal)


def sign_in_front(cells: Any) -> Any:
    """Write (12.00) and 12.00- as -12.00; any other cell stays as it is."""
    bare = pc.replace_substring_regex(cells, rf"^\({BLANK}([^()+\-−–]*\d[^()]*)\)$", r"-\1")
    return pc.replace_substring_regex(bare, rf"^([^()+\-−–]*\d[.,]?){BLANK}[\-−–]$", r"-\1")


def _numbers_among(cells: Any, decimal: str) -> tuple[Any, str]:
    """Return the cells that are numbers with either decimal mark, null elsewhere, and that mark."""
    tried = []
    for mark in (decimal, OTHER_MARK[decimal]):
        right = are_numbers(cells, mark)
        tried.append((pc.sum(right).as_py() or 0, right, mark))
        if tried[-1][0] == len(cells) - cells.null_count:
            break
    _, right, mark = max(tried, key=lambda one: one[0])
    return pc.if_else(right, cells, pa.scalar(None, cells.type)), mark


def _units(cells: Any, decimal: str) -> list[str]:
    """Return what stands beside a number, for each cell where something does."""
    units = _named(sign_in_front(cells), IN_FRONT)
    there = cells.filter(pc.match_substring_regex(cells, STARTS))
    for mark in (decimal, OTHER_MARK[decimal]) if len(there) else ():  # each pattern takes a while
        units += _named(there, rf"^{number_pattern(mark)}(?P<unit>{UNIT_PATTERN}){BLANK}$")
    return [unit for unit in units if unit.lower() not in NO_UNITS]


def _named(cells: Any, pattern: str) -> list[str]:
    """Return the part of each cell that a pattern names `unit`, where it fits."""
    units = pc.struct_field(pc.extract_regex(cells, pattern), "unit")
    return list(units.drop_null().to_pylist())
