"""The syntax of numbers in text, their decimal mark, and the words for a missing value."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import factorial, log

from linreg.text.numbers import is_too_long

MISSING_WORDS = frozenset(
    {
        *("", "na", "n/a", "nan", "null", "none", "-", "–", "—", "?", "<na>", '=""'),
        *("#n/a", "#div/0!", "#value!", "#ref!", "#name?", "#num!", "#null!"),  # errors of Excel
    }
)
SPACES = " \u00a0\u2009\u202f"  # plain, no-break, thin, narrow no-break
SEPARATORS = f",.'’{SPACES}"  # of thousands, one of the first two where it is not the decimal mark
EXACT_DIGITS = 15  # float64 holds every number of so many digits
MAX_GROUPS = 6  # of three digits behind the first ones: longer ones are lists, not amounts
MAX_LIST_DOUBT = 1 / 35  # how likely numbers may look like lists by chance


def is_missing(value: object) -> bool:
    """Tell whether a Python value, a text in particular, stands for a missing one."""
    return value is None or (isinstance(value, str) and value.strip().lower() in MISSING_WORDS)


def number_pattern(decimal: str) -> str:
    """Return a regular expression (for `re` and RE2 alike) of a number, thousands allowed.

    It is for the whole cell, without anchors. A number may be a formula of a text, ="1", by which
    some programs keep Excel from changing it.

    Parameters
    ----------
    decimal : str
        The decimal mark, a point or a comma.
    """
    mark, other = (r"\.", ",") if decimal == "." else (",", r"\.")
    separators = (other, f"[{SPACES}]", "['’]")
    groups = "|".join(rf"(?:{sep}\d{{3}}){{1,{MAX_GROUPS}}}" for sep in separators)
    digits = rf"(?:\d+|[1-9]\d{{0,2}}(?:{groups}))(?:{mark}\d*)?|{mark}\d+"
    blank = rf"[\s{SPACES}]*"
    infinity = rf"{_any_case('inf')}(?:{_any_case('inity')})?"
    number = rf"[+\-−–]?(?:(?:{digits})(?:[eE][+-]?\d+)?|{infinity})"
    return rf"{blank}(?:{number}|=\"{number}\"|[+\-−–]{_any_case('nan')}){blank}"


def value_pattern(decimal: str) -> str:
    """Return a regular expression of what is read as a number: true and false are 1 and 0."""
    return rf"{number_pattern(decimal)}|\s*(?:{_any_case('true')}|{_any_case('false')})\s*"


def _any_case(word: str) -> str:
    """Return a pattern of a word in small and capital letters: RE2 has no flags for a part."""
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)


POINT, COMMA = (re.compile(number_pattern(decimal)) for decimal in ".,")  # numbers with these marks
_TRUTH = re.compile(r"\s*(?:true|false)\s*", re.IGNORECASE)
_WHOLE = re.compile(rf"=?\"?[+\-−–]?(?:\d{{16,}}|\d{{1,3}}(?:[{SEPARATORS}]\d{{3}}){{5,}})\"?")
_LISTED = re.compile(rf"\d{{3}}(?:[{SEPARATORS}][1-9]\d\d)*")


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number with a decimal point or with a decimal comma."""
    return bool(POINT.fullmatch(cell) or COMMA.fullmatch(cell))


def is_value(cell: str, marks: str = ".,") -> bool:
    """Tell whether a cell is read as a number with one of the decimal marks; truth values are.

    A header is judged by `is_number`: “True” may be the name of a column.
    """
    by_point = "." in marks and POINT.fullmatch(cell)
    return bool(by_point or ("," in marks and COMMA.fullmatch(cell)) or _TRUTH.fullmatch(cell))


def is_rounded(cell: str) -> bool:
    """Tell whether a cell is a whole number that is too large for float64 to hold every digit."""
    return bool(_WHOLE.fullmatch(cell)) and is_too_long(int(re.sub(r"\D", "", cell)))


def are_lists(cells: Sequence[str]) -> bool:
    """Tell whether the numbers of a column are rather lists, such as “290,291,292”.

    Every cell must be parts of three digits, without a zero in front, and some have several. Then
    it is asked how likely numbers with separated thousands, or with three decimals, would look so.
    Of numbers that begin or end alike, as rounded ones do, one counts: they are alike anyway.

    Parameters
    ----------
    cells : sequence of str
        All cells of the column, or the first of them, that are numbers.
    """
    if not all(map(_LISTED.fullmatch, cells)):
        return False
    parts = [tuple(int(part) for part in re.split(r"\D", cell)) for cell in cells]
    first = {part[0]: part for part in parts if len(part) > 1}
    several = [*{part[1:]: part for part in first.values()}.values()]
    if not several:
        return False
    in_front = -len(parts) * log(3) if len({*map(len, parts)}) > 1 else 0.0  # always three digits
    is_decimal = all(re.fullmatch(r"\d+(?:\.\d+)?", cell) for cell in cells)
    return any(
        doubt + in_front < log(MAX_LIST_DOUBT)
        for doubt in _list_doubts(several, is_decimal=is_decimal)
    )


def _list_doubts(lists: Sequence[Sequence[int]], *, is_decimal: bool) -> Iterator[float]:
    """Yield logarithms of how likely numbers look like lists: for each sign of a list, one.

    The parts behind the first one of a number are anything from 0 to 999.
    """
    yield 0.0
    steps = [[b - a for a, b in pairwise(parts)] for parts in lists]
    even = log(1000) * sum(len(step) > 1 and len({*step}) == 1 for step in steps)
    for sign, room in ((1, 1000), (-1, 0)):
        if all(sign * step > 0 for several in steps for step in several):
            yield sum(_order_doubt(parts, abs(room - parts[0]) / 1000) for parts in lists) - even
    if is_decimal:
        return
    behind = [part for parts in lists for part in parts[1:]]
    yield len(behind) * log(0.9) + log(4)  # none below 100
    distances = [abs(step) for several in steps for step in several]
    if min(distances):
        yield len(distances) * log((2 * max(distances) + 1) / 1000) + log(4)
    if all(len(parts) > 2 and max(parts) < 256 for parts in lists):  # colours, addresses
        yield (len(behind) + len(lists)) * log(156 / 1000) + log(4)
    flat = [part for parts in lists for part in parts]
    if len({*map(tuple, steps)}) == 1 and flat == sorted(flat):
        yield -log(1000) * (len(lists) - 2)


def _order_doubt(parts: Sequence[int], room: float) -> float:
    """Return how likely, as a logarithm, parts are in order; `room` is the share left for them."""
    doubt = (len(parts) - 1) * log(room) - log(factorial(len(parts) - 1))
    return doubt if len(parts) > 2 else max(doubt, log(0.75))  # prices often end in 900


def decimal_mark(columns: Iterable[Sequence[str]], between: str) -> tuple[str, str, bool]:
    """Return the decimal mark, a note on it, and whether a vote decided it.

    The note is empty where the mark is no guess, and is that of English or part of a dialect.

    Parameters
    ----------
    columns : iterable of sequence of str
        The cells of each column, or some of them.
    between : str
        What stands between columns: “commas”, “nothing”; "" for formats other than text.

    A cell that is a number with one of the marks only votes for it, and the majority decides. Cells
    such as 1,234 are numbers with either mark and do not vote. If they are all there is in columns
    of numbers, the first with a comma, else the first, is read by what stands between columns. A
    column of lists, such as 290,291,292, says nothing.

    ===================  ============  ========================  ====
    cells                between       decimal mark              note
    ===================  ============  ========================  ====
    1.5, 2.25 and “1,5”  anything      point, by 2 votes to 1    no
    “1,234”              semicolons    comma, so it is 1.234     yes
    “1,234”              others        point, so it is 1234      yes
    1.234                semicolons    point                     yes
    1.234                others        point                     no
    ===================  ============  ========================  ====
    """
    votes, open_cells = 0, list[tuple[int, str]]()
    for column in columns:
        marked = [(row, cell) for row, cell in enumerate(column) if "," in cell or "." in cell]
        signs = [(bool(POINT.fullmatch(cell)), bool(COMMA.fullmatch(cell))) for _, cell in marked]
        if any(map(any, signs)) and are_lists([cell for cell in column if is_number(cell)]):
            continue
        votes += sum(by_point - by_comma for by_point, by_comma in signs)
        if (True, True) in signs and all(is_missing(cell) or is_value(cell) for cell in column):
            open_cells += [cell for cell, by in zip(marked, signs, strict=True) if all(by)]
    if votes < 0:
        return ",", "" if between else "Read with decimal comma.", True
    if votes or not open_cells:
        return ".", "", votes != 0
    example = min(open_cells, key=lambda place: ("," not in place[1], place[0]))[1]
    comma = "," in example
    if between == "semicolons":
        decimal, value = "," if comma else ".", example.replace(",", ".")
        role = f"a decimal {'comma' if comma else 'point'}"
    elif comma:
        decimal, value, role = ".", example.replace(",", ""), "a comma between thousands"
    else:  # three digits behind a decimal point are nothing unusual
        return ".", "", False
    why = f"because {between} stand between columns and" if between else "as"
    note = f"“{example}” was read as {value}, with {role}, {why} no other number decides it."
    return decimal, note, False
