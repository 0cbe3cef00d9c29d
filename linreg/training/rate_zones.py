"""The zones of a learning rate, and the sentence of a forecast."""

from typing import Literal

from linreg.text.numbers import counted, factor, number

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
