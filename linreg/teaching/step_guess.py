"""Guesses of where a step will land, and how far off they are."""

from dataclasses import dataclass
from math import hypot, inf, isfinite
from typing import Literal

from linreg.model.moments import Floats

UpOrDown = Literal["up", "down"]
CORRECT_SHARE = 0.25  # of the step's length: a guess no further off is right


@dataclass(frozen=True)
class Guess:
    """A guess about the step that follows `step`.

    Attributes
    ----------
    step : int
    parameters : tuple of int
        The parameters that the guess is about.
    values : tuple of float
        Their values after the step; empty if only a direction was guessed.
    units : tuple of float
        Unit of distance for each, for instance the width of the picture.
    way : {"up", "down"} or None
        The direction in which the only parameter will move.

    Raises
    ------
    ValueError
        Unless it has values and units for all parameters, or a direction for one.
    """

    step: int
    parameters: tuple[int, ...]
    values: tuple[float, ...] = ()
    units: tuple[float, ...] = ()
    way: UpOrDown | None = None

    def __post_init__(self) -> None:
        placed = len(self.parameters) == len(self.values) == len(self.units) >= 1
        aimed = self.way in ("up", "down") and len(self.parameters) == 1 and not self.values
        if self.step < 0 or min(self.parameters, default=-1) < 0 or not (placed or aimed):
            raise ValueError(f"a guess is about values or a way of parameters, got {self}")
        if not all(isfinite(v) for v in self.values) or not all(0 < u < inf for u in self.units):
            raise ValueError(f"a guess must be finite and its units > 0, got {self}")


@dataclass(frozen=True)
class Verdict:
    """The verdict on a guess.

    Attributes
    ----------
    correct : bool
    share : float or None
        Distance from where θ landed, as a share of the step's length; None if only a direction was
        guessed, or the step had no length.
    """

    correct: bool
    share: float | None


def judge(guess: Guess, now: Floats, then: Floats) -> Verdict:
    """Compare a guess with the step from θ `now` to θ `then`, both of shape (p,).

    Raises
    ------
    ValueError
        If the guess is about a parameter that does not exist.
    """
    if max(guess.parameters) >= len(now):
        raise ValueError(f"there are {len(now)} parameters, the guess is about {guess.parameters}")
    moves = [float(then[j] - now[j]) for j in guess.parameters]
    if guess.way is not None:
        return Verdict(moves[0] > 0 if guess.way == "up" else moves[0] < 0, None)
    misses = [
        value - float(then[j]) for j, value in zip(guess.parameters, guess.values, strict=True)
    ]
    length, miss = _length(moves, guess.units), _length(misses, guess.units)
    if length == 0:
        return Verdict(miss == 0, None)
    return Verdict(miss <= CORRECT_SHARE * length, miss / length)


def _length(parts: list[float], units: tuple[float, ...]) -> float:
    """Return the length of a vector whose entries are measured in these units."""
    return hypot(*(part / unit for part, unit in zip(parts, units, strict=True)))
