"""Numbers in sentences, and the words for what a learning rate does.

Small pure rules, repeated in the browser: format.js writes numbers, forecast.js the sentence.  A
browser test holds them together.
"""

from decimal import ROUND_HALF_UP, Context
from math import ceil, inf, isfinite, log10
from typing import Literal

Zone = Literal["smooth", "zig-zag", "bounces", "diverges", "at the minimum"]

# A rate this close to a limit, relatively, is meant to be the limit: typed or dragged numbers and
# the eigenvalues themselves carry a few roundings.
SAME = 1e-12


def zone_of(pull: float) -> Zone:
    """Name what happens along an axis with ηλ = `pull`."""
    if pull <= 1 + SAME:
        return "smooth"
    if pull < 2 * (1 - SAME):
        return "zig-zag"
    return "bounces" if pull <= 2 * (1 + SAME) else "diverges"


def sentence(
    zone: Zone,
    growth: float,
    converges_at: int | None,
    overflows_at: int | None,
    steps: int | None = None,
) -> str:
    """Say a forecast in plain words; a number is only read where its zone speaks of it.

    With the number of `steps` of a run it says what only happens after them.
    """
    if zone == "smooth":
        return f"Smooth: every direction shrinks steadily; {_arrival(converges_at, steps)}."
    if zone == "zig-zag":
        return f"Zig-zag: overshoots but shrinks; {_arrival(converges_at, steps)}."
    if zone == "bounces":
        return "Bounces for ever: at the limit the error only changes its sign."
    if zone == "diverges":
        burst = _step(overflows_at, steps)
        return f"Diverges: the error grows ×{factor(growth)} a step and overflows near {burst}."
    if growth > 1:
        return "At the minimum: nothing moves, but above the limit the least rounding grows."
    return "At the minimum: the gradient is zero, nothing moves."


def _arrival(step: int | None, steps: int | None) -> str:
    if step is None:
        return "no step in sight reaches the minimum"
    return f"it converges near {_step(step, steps)}"


def _step(step: int | None, steps: int | None) -> str:
    if step is None:
        return "no step in sight"
    if steps is None or step <= steps:
        return f"step {number(step)}"
    return f"step {number(step)}, after the {counted(steps, 'step')} of this run"


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
