"""Conversion of cells to numbers, with the same rules in every format.

Readers deliver a column as numbers where the file holds numbers, and as strings otherwise.
Strings that are all numbers, with thousands separators perhaps, are numbers too.
"""

import json
import re
from collections.abc import Sequence
from datetime import date, time
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from numpy.typing import NDArray

from linreg.data.files.cells.number_syntax import (
    MISSING_WORDS,
    SEPARATORS,
    SPACES,
    are_lists,
    is_missing,
    is_rounded,
    value_pattern,
)
from linreg.text.numbers import is_too_long

Array = NDArray[np.float64]
Strings: TypeAlias = Any  # pyarrow.Array of large_string, which has no types
Cells: TypeAlias = Any  # Array or Strings

MISSING_MARKERS = sorted(
    {form + tail for m in MISSING_WORDS for form in (m, m.upper(), m.title()) for tail in ("", " ")}
    | {"NaN", "NaN "}
)
MAX_QUOTED_CHARACTERS = 40  # of a cell in a sentence
MAX_JUDGED_CELLS = 10_000  # of a column that tell whether it is lists, or which decimal mark it has
MAX_OTHER_CELLS = 1000  # without a point or a comma, that tell whether a column is text
# RE2 compiles the pattern each time, for as long as Python's `re` takes to match so many cells.
MAX_CELLS_WITHOUT_RE2 = 256
VALUES = {decimal: re.compile(value_pattern(decimal), re.ASCII) for decimal in ".,"}
MAX_SHORT_LOOK_CELLS = 100  # among which nearly every column has a number that is no list
LISTED = rf"^\s*\d{{3}}(?:[{SEPARATORS}][1-9]\d\d)*\s*$"  # a cell that may be a list
LONG = rf"\d{{16}}|\d(?:[{SEPARATORS}]\d{{3}}){{5}}"  # a cell that float64 may have to round
GROUPED = "Thousands separators were removed in {names}."
ROUNDED = "Whole numbers beyond 2⁵³ are rounded to the nearest float64 in {names}."


def to_strings(values: Any) -> Strings:
    """Return text as an Arrow array of strings: trimmed, null where it is a missing marker."""
    text = pc.utf8_trim_whitespace(pa.array(values, type=pa.large_string(), from_pandas=True))
    return pc.if_else(pc.is_in(text, pa.array(MISSING_MARKERS, pa.large_string())), None, text)


def are_missing(cells: Cells) -> bool:
    """Tell whether all cells are missing."""
    if isinstance(cells, np.ndarray):
        return bool(np.isnan(cells).all())
    return bool(cells.null_count == len(cells))


def first_text(cells: Cells, decimal: str, *, lists: bool = True) -> tuple[int, str] | None:
    """Return the index of the first cell that is neither number nor missing, and its start.

    `lists` says whether cells may be lists: not behind thousands, which are no lists themselves.
    """
    if isinstance(cells, np.ndarray):
        return None
    judged = are_numbers(cells, decimal) if lists else _are_values(cells, decimal)
    at = pc.index(judged, False).as_py()
    return None if at < 0 else (at, cells[at].as_py()[:MAX_QUOTED_CHARACTERS])


def to_numbers(cells: Cells, decimal: str) -> tuple[Array, bool]:
    """Return cells as numbers, NaN where not finite, and whether any has separated thousands."""
    array, grouped = cells, False
    if not isinstance(cells, np.ndarray):
        separators = rf"[{SEPARATORS.replace(decimal, '')}]"
        pattern = rf"\d{separators}\d{{3}}"
        grouped = pc.any(pc.match_substring_regex(cells, pattern)).as_py() or False
        array = parse_numbers(cells, decimal)
    finite = np.isfinite(array)
    return (array if finite.all() else np.where(finite, array, np.nan)), grouped


def is_rounded_value(value: object) -> bool:
    """Tell whether a Python value is a whole number of which float64 does not hold every digit."""
    if isinstance(value, str):
        return is_rounded(value.strip())
    return isinstance(value, int) and is_too_long(value)


def cells_of(values: Sequence[Any], decimal: str = ".", *, text: bool = False) -> Cells:
    """Convert Python values of one column to cells; with `text`, always to strings.

    Truth values are 1 and 0, as the words true and false are in text; dates and times are text as
    ISO 8601 writes it; lists and objects are text as JSON writes it.
    """
    if not text and all(isinstance(v, int | float) or is_missing(v) for v in values):
        return np.array([_float(v) for v in values], dtype=float)
    return to_strings([_string(v, decimal) for v in values])


def written(rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    """Return the cells of rows as text, "" where one is missing."""
    cells = iter(cells_of([cell for row in rows for cell in row], text=True).to_pylist())
    return [[next(cells) or "" for _ in row] for row in rows]


def _float(value: Any) -> float:
    if is_missing(value):
        return np.nan
    try:
        return float(value)
    except OverflowError:  # a whole number of more than 308 digits
        return np.inf


def _string(value: Any, decimal: str) -> str | None:
    match value:
        case None | str():
            bare = value
        case bool():
            bare = str(value).lower()
        case float():
            whole = value.is_integer() and not is_too_long(value)
            bare = (str(int(value)) if whole else repr(value)).replace(".", decimal)
        case date() | time():
            bare = value.isoformat()
        case dict() if len(value) == 1 and next(iter(value)).startswith("$"):
            (bare,) = value.values()  # as MongoDB wraps it: {"$numberDecimal": "2.5"}
            return _string(bare, decimal)
        case list() | dict():
            bare = json.dumps(value, default=str, ensure_ascii=False)
        case _:
            bare = str(value)
    return None if bare is None else bare.encode(errors="replace").decode()


def first_non_number(cells: Any, decimal: str) -> int:
    """Return the index of the first cell that is no number, −1 if none; missing ones pass.

    Parameters
    ----------
    cells : pyarrow array of strings
        Null where a cell is missing.
    decimal : str
        The decimal mark, a point or a comma.
    """
    first = cells[0].as_py() if len(cells) else None
    if first is not None and VALUES[decimal].fullmatch(first) is None:
        return 0  # as in most columns of text
    place: int = pc.index(are_numbers(cells, decimal), False).as_py()
    return place


def are_numbers(cells: Any, decimal: str) -> Any:
    """Tell which cells are numbers: an Arrow array of truth values, null where one is missing.

    Where the cells look like lists of numbers, those with several of them are none.
    """
    right = _are_values(cells, decimal)
    if not pc.any(right).as_py():
        return right
    few = slice(MAX_SHORT_LOOK_CELLS)
    if pc.any(pc.and_not(right[few], pc.match_substring_regex(cells[few], LISTED))).as_py():
        return right
    listed = pc.and_(right, pc.match_substring_regex(cells, LISTED))
    if not pc.any(listed).as_py() or pc.sum(listed).as_py() != pc.sum(right).as_py():
        return right
    several = pc.and_(listed, pc.match_substring_regex(cells, rf"\d[{SEPARATORS}]\d"))
    if not pc.any(several).as_py() or not are_lists(_first(cells.filter(listed))):
        return right
    return pc.and_not(right, several)


def _are_values(cells: Strings, decimal: str) -> Any:
    if len(cells) > MAX_CELLS_WITHOUT_RE2:
        return pc.match_substring_regex(cells, f"^(?:{value_pattern(decimal)})$")
    fullmatch = VALUES[decimal].fullmatch
    found = [None if cell is None else fullmatch(cell) is not None for cell in cells.to_pylist()]
    values = pa.array(found, pa.bool_())
    return pa.chunked_array([values]) if isinstance(cells, pa.ChunkedArray) else values


def marked(cells: Strings) -> list[str]:
    """Return the first cells with a point or a comma, which tell the decimal mark, and others."""
    has_mark = pc.match_substring_regex(cells, "[.,]")
    others = cells.filter(pc.invert(has_mark))[:MAX_OTHER_CELLS]
    return _first(cells.filter(has_mark)) + _first(others)


def holds_rounded(cells: Strings) -> bool:
    """Tell whether there are whole numbers that float64 has to round, among the first cells."""
    return any(map(is_rounded, _first(cells.filter(pc.match_substring_regex(cells, LONG)))))


def _first(cells: Strings) -> list[str]:
    return [cell.strip() for cell in cells[:MAX_JUDGED_CELLS].to_pylist()]


def parse_numbers(cells: Any, decimal: str) -> Array:
    """Convert strings that are numbers to floats, shape (n,), with NaN for null."""
    bare = pc.replace_substring_regex(cells, rf"^[\s{SPACES}=\"]*\+|[\s{SPACES}'’=\"]", "")
    bare = pc.replace_substring_regex(bare, "[−–]", "-")
    bare = pc.replace_substring(bare, "." if decimal == "," else ",", "")
    if decimal == ",":
        bare = pc.replace_substring(bare, ",", ".")
    if pc.any(pc.match_substring_regex(bare, "[eE]$")).as_py():
        for word, value in (("true", "1"), ("false", "0")):
            bare = pc.replace_substring_regex(bare, f"(?i)^{word}$", value)
    values = pc.cast(bare, pa.float64())
    return np.array(values.to_numpy(zero_copy_only=False), dtype=float)
