"""The syntax of numbers in text, their decimal mark, and the words for a missing value."""

import re
from collections.abc import Sequence
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
MAX_LIST_DOUBT = 1 / 50  # how likely numbers may look like lists by chance


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


def is_value(cell: str) -> bool:
    """Tell whether a cell is read as a number with either decimal mark: truth values are as well.

    A header is judged by `is_number`: “True” may be the name of a column.
    """
    return is_number(cell) or bool(_TRUTH.fullmatch(cell))


def is_rounded(cell: str) -> bool:
    """Tell whether a cell is a whole number that is too large for float64 to hold every digit."""
    return bool(_WHOLE.fullmatch(cell)) and is_too_long(int(re.sub(r"\D", "", cell)))


def are_lists(cells: Sequence[str]) -> bool:
    """Tell whether the numbers of a column are rather lists, such as “290,291,292”.

    Every cell must be parts of three digits, without a zero in front. Then each cell says something
    against numbers with separated thousands: that of k parts each is greater than the one before,
    which is rare for many k, and rarer still by equal steps; and that all cells have three digits
    in front, where their sizes differ.

    Parameters
    ----------
    cells : sequence of str
        All cells of the column, or the first of them, that are numbers.
    """
    if not all(map(_LISTED.fullmatch, cells)):
        return False
    parts = [[int(part) for part in re.split(r"\D", cell)] for cell in cells]
    lengths = {len(part) for part in parts}
    if lengths <= {1}:
        return False
    doubt = -len(parts) * log(3) if len(lengths) > 1 else 0.0
    several = [part for part in parts if len(part) > 1]
    if all(a < b for part in several for a, b in pairwise(part)):
        doubt += sum(log(1.5 / factorial(len(part))) for part in several)
        even = [part for part in several if len(part) > 2 and len(_steps(part)) == 1]
        doubt -= log(1000) * len(even)
    return doubt < log(MAX_LIST_DOUBT)


def _steps(part: Sequence[int]) -> set[int]:
    return {b - a for a, b in pairwise(part)}


def decimal_mark(cells: Sequence[str], between: str) -> tuple[str, str, bool]:
    """Return the decimal mark, a note where it is a guess, and whether a vote decided it.

    `between` says what stands between columns: “commas”, “nothing”; "" for formats other than text.

    A cell that is a number with one of the marks only votes for it, and the majority decides. Cells
    such as 1,234 are numbers with either mark and do not vote. If they are all there is, the first
    with a comma, else the first, is read by what stands between columns:

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
    votes, open_cells = 0, []
    for cell in cells:
        if "," in cell or "." in cell:
            by_point, by_comma = bool(POINT.fullmatch(cell)), bool(COMMA.fullmatch(cell))
            votes += by_point - by_comma
            if by_point and by_comma:
                open_cells.append(cell)
    if votes or not open_cells:
        return ("," if votes < 0 else "."), "", votes != 0
    example = next((cell for cell in open_cells if "," in cell), open_cells[0])
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
