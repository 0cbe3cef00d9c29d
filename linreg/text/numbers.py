"""Numbers in sentences, and the words for what a learning rate does.

Small pure rules, repeated in the browser: frontend/math/format.js writes numbers,
frontend/math/forecast.js the sentence.  A test holds them together.
"""

from decimal import ROUND_HALF_UP, Context
from math import ceil, inf, isfinite, log10


def number(value: float, digits: int = 6) -> str:
    """Write a number to `digits` significant digits, without trailing zeros.

    1,240.5, −0.25, 1.24e15 from 1e9 on and 2.5e−5 below 1e−4; exact halves are rounded away from
    zero, as a browser does.
    """
    if value == 0:
        return "0"
    if not isfinite(value):
        return {inf: "∞", -inf: "−∞"}.get(value, "–")
    rounded = Context(prec=digits, rounding=ROUND_HALF_UP).create_decimal(value).normalize()
    plain = 1e-4 <= abs(value) < 1e9
    text = f"{rounded:,f}" if plain else f"{rounded:e}".replace("e+", "e")
    return text.replace("-", "−")


def count(whole: int) -> str:
    """Write a whole number: 1,240, or 1.24e15 where nobody reads digits any more."""
    return f"{whole:,}" if whole < 1e9 else number(whole, 3)


def counted(whole: int, noun: str) -> str:
    """Write so many things: 1 step, 20 steps."""
    return f"{count(whole)} {noun}{'s' * (whole != 1)}"


def factor(growth: float) -> str:
    """Write a factor to 3 digits, or as many as tell it from 1: 1.12, 1.00004, 1,230."""
    apart = abs(growth - 1)
    return number(growth, max(3, 1 + ceil(-log10(apart))) if 0 < apart < 1 else 3)
