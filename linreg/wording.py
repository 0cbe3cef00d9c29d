"""The words for what a learning rate does: small pure rules, easy to repeat in the browser."""

from math import ceil, floor, log10
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


def sentence(zone: Zone, growth: float, converges_at: int | None, overflows_at: int | None) -> str:
    """Say a forecast in plain words; a number is only read where its zone speaks of it."""
    if zone == "smooth":
        return f"Smooth: every direction shrinks steadily; {_arrival(converges_at)}."
    if zone == "zig-zag":
        return f"Zig-zag: overshoots but shrinks; {_arrival(converges_at)}."
    if zone == "bounces":
        return "Bounces for ever: at the limit the error only changes its sign."
    if zone == "diverges":
        burst = _step(overflows_at)
        return f"Diverges: the error grows ×{factor(growth)} a step and overflows near {burst}."
    if growth > 1:
        return "At the minimum: nothing moves, but above the limit the least rounding grows."
    return "At the minimum: the gradient is zero, nothing moves."


def _arrival(step: int | None) -> str:
    if step is None:
        return "no step in sight reaches the minimum"
    return f"it converges near {_step(step)}"


def _step(step: int | None) -> str:
    return "no step in sight" if step is None else f"step {count(step)}"


def count(step: int) -> str:
    """Format a step: 1,240, or 1.24e+15 where nobody reads digits any more."""
    return f"{step:,}" if step < 10**12 else f"{step:.3g}"


def factor(growth: float) -> str:
    """Format a factor to 3 digits, or as many as tell it from 1: 1.12, 1.00004, 1,230."""
    apart = abs(growth - 1)
    if 0 < apart < 0.005:
        return f"{growth:.{ceil(-log10(apart))}f}"
    rounded = float(f"{growth:.3g}")
    if 1 <= rounded < 1e6:
        return f"{rounded:,.{max(0, 2 - floor(log10(rounded)))}f}"
    return f"{rounded:.3g}"
