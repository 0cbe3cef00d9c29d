"""Names of columns: whether the first row has them; each one unique, and possible to write.

The rules on the first row, in order:

- A word above a column of numbers makes the row a header.
- A row without a number is a header, unless it looks like the rows below: it has a word for
  missing in a column of numbers, or a date above dates.
- A row of numbers is a header where they go on evenly, as years do or 0, 1, 2, and the numbers
  below are of another kind, or none of them would go on with its column; or where four or more
  stand beside a word above words, or years that follow one another, as in no other row; or where
  nothing stands above the names of the rows.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from linreg.data.files.cells.number_syntax import is_missing, is_number
from linreg.text.lists import quoted

# Half a surrogate pair, which JSON and names of files may contain, has no UTF-8 form.
SURROGATES = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"
_CALLED = "the columns are called “column 1”, “column 2” and so on."
NO_HEADER = f"The first row contains numbers, so it was read as data: {_CALLED}"
NO_NAMES = f"The first row looks like the rows below it, so it was read as data: {_CALLED}"
YEARS = range(1500, 2101)
MAX_NAMES_IN_NOTE = 3
RECENT_YEARS = range(1850, 2041)
MAX_YEARS_APART = 5  # of two years that are names, above whole numbers
MIN_ROWS_TO_SUCCESSION = 20  # for each row of years that follow one another below such names
_PLAIN_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")

Rows = Sequence[Sequence[str]]


def without_surrogates(text: str) -> str:
    """Return a text that UTF-8 can hold, with U+FFFD for each lone surrogate."""
    return SURROGATES.sub(REPLACEMENT, text)


def all_without_surrogates(value: Any) -> Any:
    """Return a value without lone surrogates in its texts, lists, dictionaries and their keys."""
    match value:
        case str():
            return without_surrogates(value)
        case list():
            return [all_without_surrogates(item) for item in value]
        case dict():
            return {
                without_surrogates(name): all_without_surrogates(item)
                for name, item in value.items()
            }
    return value


def unique_names(
    given: Sequence[str], *, header: bool = True
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return unique names of columns, and a note on each one that was changed.

    Parameters
    ----------
    given : sequence of str
        As the file has them; an empty one becomes “column 3”.
    header : bool
        Whether the file has names at all, so that an empty one needs a note.
    """
    names: dict[str, None] = {}
    copies: dict[str, int] = {}  # the number of the next copy of a name, lower ones are taken
    notes = []
    for j, text in enumerate(given, start=1):
        bare = without_surrogates(text).strip()
        name = wanted = bare or f"column {j}"
        while name in names:
            copy = copies.get(wanted, 2)
            name, copies[wanted] = f"{wanted} ({copy})", copy + 1
        names[name] = None
        if bare and name != bare:
            notes.append(f"Column {j} is another “{bare}”; it is called “{name}” here.")
        elif header and not bare:
            notes.append(f"Column {j} has no name; it is called “{name}” here.")
    return tuple(names), tuple(notes)


def judged_header(rows: Rows) -> tuple[bool, str]:
    """Tell whether the first row is a header, and note where that is a guess.

    Parameters
    ----------
    rows : sequence of sequences of str
        The first rows of a table, as they are written.
    """
    first = [cell.strip() for cell in rows[0]]
    columns = [_column(rows[1:], j) for j in range(len(first))]
    numeric = [bool(cells) and all(map(is_number, cells)) for cells in columns]
    if any(_is_word(cell) and numeric[j] for j, cell in enumerate(first)):
        return True, ""
    if not any(map(is_number, first)):
        is_data = _lacks_numbers(first, numeric) or _repeats_shapes(first, columns)
        return not is_data, NO_NAMES if is_data else ""
    if not _are_names(first, columns, rows[1:]):
        return False, NO_HEADER
    names = [cell for cell in first if is_number(cell)]
    few = quoted(names) if len(names) <= MAX_NAMES_IN_NOTE else f"“{names[0]}” to “{names[-1]}”"
    return True, f"The first row holds numbers ({few}); it was read as the names of the columns."


def _column(rows: Rows, j: int) -> list[str]:
    """Return the cells of column j that are not missing."""
    cells = (row[j].strip() for row in rows if j < len(row))
    return [cell for cell in cells if not is_missing(cell)]


def _is_word(cell: str) -> bool:
    return not is_missing(cell) and not is_number(cell)


def _lacks_numbers(first: Sequence[str], numeric: Sequence[bool]) -> bool:
    """Tell whether a row without a number has words for missing in columns of numbers.

    “Na” is not among them: it is sodium rather than a missing value.
    """
    return any(cell not in ("", "Na") and numeric[j] for j, cell in enumerate(first))


def _repeats_shapes(first: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Tell whether a cell with digits, such as a date, is written as all those below it."""
    return any(
        bool(cells) and any(map(str.isdigit, cell)) and {_shape(cell)} == set(map(_shape, cells))
        for cell, cells in zip(first, columns, strict=True)
        if _is_word(cell)
    )


def _shape(cell: str) -> str:
    """Return how a cell is written, whatever its digits and letters: 0/0/0 for a date."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "0", cell))


def _are_names(first: Sequence[str], columns: Sequence[Sequence[str]], rows: Rows) -> bool:
    """Tell whether a first row with numbers holds names; `rows` are those below it."""
    n = len(rows)
    given = [j for j, cell in enumerate(first) if is_number(cell)]
    names = [first[j] for j in given]
    words = [(cell, columns[j]) for j, cell in enumerate(first) if _is_word(cell)]
    above_nothing = first[0] == "" and len(columns[0]) == n
    if (
        not n
        or len(set(names)) < len(names)
        or not all(map(_PLAIN_NUMBER.fullmatch, names))
        or any(is_missing(cell) for cell in first[1:])
        or (is_missing(first[0]) and not above_nothing)
        or any(word in cells for word, cells in words)
        or _repeats_shapes(first, columns)
    ):
        return False
    values, below = list(map(_value, names)), [columns[j] for j in given if columns[j]]
    if above_nothing and _are_row_names(columns[0]):
        return _ascend(values) or _ascend(values[::-1])
    in_order = _ascend(values) or (len(values) > 2 and _ascend(values[::-1]))
    if not below or not in_order or _go_on(values, [columns[j] for j in given]):
        return False
    whole = all(map(str.isdigit, names))
    of_another_kind = whole and all(_has_fractions(cells) for cells in below)
    if first == [str(j) for j in range(len(first))]:  # what pandas calls the columns of an array
        return len(first) > 2 or _are_two_names(columns, of_another_kind=of_another_kind)
    if all(value in YEARS for value in values):
        few = len(values) < 3 and (len(values) < 2 or values[1] - values[0] > MAX_YEARS_APART)
        if not few and _are_seldom_years(below):
            return True
        return of_another_kind if few else _are_years_in_a_row(first, values, columns, rows)
    if len(values) < 3 or not _are_even(values):
        return False
    even_rows = sum(
        _are_even([_value(row[j]) if j < len(row) else 0 for j in given]) for row in rows
    )
    if of_another_kind or n < 2 or 2 * even_rows >= n:
        return of_another_kind
    beside_word = _is_word(first[0]) and not any(map(is_number, columns[0]))
    if beside_word and len(values) > 3:
        return True
    is_odd = not any(_may_be_in(value, columns[j]) for value, j in zip(values, given, strict=True))
    return is_odd and (beside_word or not whole)


def _are_two_names(columns: Sequence[Sequence[str]], *, of_another_kind: bool) -> bool:
    """Tell whether 0 and 1 are the names of two columns, and not their first numbers."""
    if any(bool(cells) and not any(map(is_number, cells)) for cells in columns):
        return True
    numbers = [list(map(_value, cells)) for cells in columns]
    are_least = len(numbers[0]) > 2 and all(
        j < value for j, column in enumerate(numbers) for value in column
    )
    return (of_another_kind or are_least) and not _ascend(numbers[0])


def _may_be_in(value: float, cells: Sequence[str]) -> bool:
    """Tell whether a number is not far from those of a column."""
    numbers = list(map(_value, cells))
    least, most = min(numbers, default=value), max(numbers, default=value)
    reach = max(most - least, abs(least) / 2, abs(most) / 2)
    return not (value < least - reach or value > most + reach)


def _are_row_names(cells: Sequence[str]) -> bool:
    """Tell whether a column without a name holds names or numbers of the rows."""
    if len(set(cells)) < len(cells):
        return False
    if not all(map(_PLAIN_NUMBER.fullmatch, cells)):
        return not any(map(is_number, cells))
    values = list(map(_value, cells))
    counted = values == list(range(int(values[0]), int(values[0]) + len(values)))
    return (counted and values[0] in (0, 1)) or (len(values) > 2 and _are_even(values))


def _value(cell: str) -> float:
    """Return a number without thousands; a NaN for any other."""
    return float(cell.replace(",", ".")) if _PLAIN_NUMBER.fullmatch(cell) else float("nan")


def _ascend(values: Sequence[float]) -> bool:
    return all(a < b for a, b in pairwise(values))


def _are_even(values: Sequence[float]) -> bool:
    """Tell whether the steps between numbers are the same, but for rounding."""
    steps = [b - a for a, b in pairwise(values)]
    return abs(max(steps) - min(steps)) <= 1e-6 * max(map(abs, values)) and steps[0] != 0


def _go_on(values: Sequence[float], below: Sequence[Sequence[str]]) -> bool:
    """Tell whether each column goes on below as evenly as the row that may be names begins it."""
    starts = [[value, *map(_value, cells[:2])] for value, cells in zip(values, below, strict=True)]
    return all(len(start) > 2 and _are_even(start) for start in starts)


def _has_fractions(cells: Sequence[str]) -> bool:
    """Tell whether all numbers are written with a decimal mark or an exponent."""
    return not any(cell.lstrip("+-−").isdigit() for cell in cells)


def _are_seldom_years(columns: Sequence[Sequence[str]]) -> bool:
    """Tell whether most columns have hardly any year among their numbers."""
    seldom = [sum(_value(cell) in YEARS for cell in cells) < len(cells) / 2 for cells in columns]
    return sum(seldom) > len(seldom) / 2


def _are_years_in_a_row(
    first: Sequence[str], values: Sequence[float], columns: Sequence[Sequence[str]], rows: Rows
) -> bool:
    """Tell whether years that follow one another are names beside a word above words.

    The numbers below may be as large as years. They are years, and the row is one of them, if the
    years in other rows follow one another too, or all are recent and come in the same order.
    """
    step = values[1] - values[0]
    given = [j for j, cell in enumerate(first) if is_number(cell)]
    if (
        len(rows) < 2
        or not _is_word(first[0])
        or any(map(is_number, columns[0]))
        or not all(re.fullmatch(r"\d{4}", first[j]) for j in given)
        or any(b - a != step for a, b in pairwise(values))
        or abs(step) != 1
    ):
        return False
    found = [[_value(row[j]) for j in given if j < len(row)] for row in rows]
    steps = [[step * (b - a) for a, b in pairwise(row)] for row in found]
    if MIN_ROWS_TO_SUCCESSION * sum({*some} == {1} for some in steps) > len(rows):
        return False
    below = [value for row in found for value in row if value == value]
    recent = sum(value in RECENT_YEARS for value in below)
    if any(length <= 0 for some in steps for length in some):  # such as an end before its start
        return len(values) > 2 or recent < len(below)
    if len(values) > 2:
        return recent < len(below)
    return 4 * sum(value not in YEARS for value in below) >= len(below)
