"""The syntax of numbers in text, and the words for a missing value."""

import re

MISSING_WORDS = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "?", "#n/a", "<na>"})
SPACES = " \u00a0\u2009\u202f"  # plain, no-break, thin, narrow no-break


def is_missing(value: object) -> bool:
    """Tell whether a Python value, a text in particular, stands for a missing one."""
    return value is None or (isinstance(value, str) and value.strip().lower() in MISSING_WORDS)


def number_pattern(decimal: str) -> str:
    """Return a regular expression (for `re` and RE2 alike) of a number, thousands allowed.

    It is for the whole cell, without anchors.

    Parameters
    ----------
    decimal : str
        The decimal mark, a point or a comma.
    """
    mark, other = (r"\.", ",") if decimal == "." else (",", r"\.")
    groups = "|".join(rf"(?:{sep}\d{{3}})+" for sep in (other, f"[{SPACES}]", "['’]"))
    digits = rf"(?:\d+|[1-9]\d{{0,2}}(?:{groups}))(?:{mark}\d*)?|{mark}\d+"
    blank = rf"[\s{SPACES}]*"
    infinity = rf"{_any_case('inf')}(?:{_any_case('inity')})?"
    number = rf"[+\-−]?(?:(?:{digits})(?:[eE][+-]?\d+)?|{infinity})"
    return rf"{blank}(?:{number}|[+\-−]{_any_case('nan')}){blank}"


def _any_case(word: str) -> str:
    """Return a pattern of a word in small and capital letters: RE2 has no flags for a part."""
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)


POINT, COMMA = (re.compile(number_pattern(decimal)) for decimal in ".,")  # numbers with these marks


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number with a decimal point or with a decimal comma."""
    return bool(POINT.fullmatch(cell) or COMMA.fullmatch(cell))
