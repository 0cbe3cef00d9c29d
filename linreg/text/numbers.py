"""Numbers as text, for sentences.

frontend/math/format.js repeats these rules in the browser; a test holds the two together.
"""

from decimal import ROUND_HALF_UP, Context
from math import ceil, inf, isfinite, log10

MAX_EXACT_INTEGER = 2**53  # float64 holds every whole number up to here
MAX_REFUSED_CHARACTERS = 60  # of a value that is refused
MAX_DIGITS = 17  # that tell every float64 from any other
FILE_DIGITS = 15  # that float64 holds of any decimal


def number(value: float, digits: int = 6) -> str:
    """Write a number to `digits` significant digits, without trailing zeros.

    1,240.5 and −0.25; 1.24e15 from 1e9 on and 2.5e−5 below 1e−4; ∞, −∞, and – for NaN. Exact
    halves are rounded away from zero, as a browser does.
    """
    if value == 0:
        return "0"
    if not isfinite(value):
        return {inf: "∞", -inf: "−∞"}.get(value, "–")
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(value).normalize()
    plain = 1e-4 <= abs(value) < 1e9
    text = f"{rounded:,f}" if plain else f"{rounded:e}".replace("e+", "e")
    return text.replace("-", "−")


def exactly(value: float) -> str:
    """Write a number with all digits that it has in a file."""
    return number(value, FILE_DIGITS)


def distinct_texts(a: float, b: float, digits: int) -> tuple[str, str]:
    """Write two numbers to `digits` significant digits, or as many as tell them from each other."""
    for enough in range(digits, MAX_DIGITS):
        if a == b or number(a, enough) != number(b, enough):
            return number(a, enough), number(b, enough)
    return number(a, MAX_DIGITS), number(b, MAX_DIGITS)


def shortened(value: object) -> str:
    """Write a value that is refused as Python does, cut short."""
    if isinstance(value, int) and value.bit_length() > 1000:
        return "a number of more than 300 digits"
    text = " ".join(repr(value).split())
    return text if len(text) <= MAX_REFUSED_CHARACTERS else f"{text[:MAX_REFUSED_CHARACTERS]}…"


def is_too_long(whole: float) -> bool:
    """Tell whether a whole number is so large that float64 does not hold all of its size."""
    return abs(whole) > MAX_EXACT_INTEGER


def once_rounded(value: float) -> str:
    """Return “ once rounded” for a number so large that others may have become it, else ""."""
    return " once rounded" if abs(value) >= MAX_EXACT_INTEGER else ""


def count(whole: int) -> str:
    """Write a whole number: 1,240, and from a billion on to 3 digits, 1.24e15."""
    return f"{whole:,}" if whole < 1e9 else number(whole, 3)


def counted(whole: int, noun: str) -> str:
    """Write a number of things: 1 step, 20 steps."""
    return f"{count(whole)} {noun}" + ("" if whole == 1 else "s")


def factor(growth: float, digits: int = 3) -> str:
    """Write a factor to `digits` digits, or as many as distinguish it from 1 and −1.

    1.12, 1.00004, 1,230 and −0.99999.
    """
    apart = abs(abs(growth) - 1)
    return number(growth, max(digits, 1 + ceil(-log10(apart))) if 0 < apart < 1 else digits)
