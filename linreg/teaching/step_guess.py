"""Predict a step before it is taken: how far a guess is from where θ lands."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, inf, isfinite
from typing import Literal

from linreg.model.moments import Floats

UpOrDown = Literal["up", "down"]
CORRECT_SHARE = 0.25  # a guess this near, as a share of the step's length, is right


@dataclass(frozen=True)
class Guess:
    """What was guessed about the step after `step`.

    Attributes
    ----------
    step : int
    parameters : tuple of int
        Which parameters the guess is about.
    values : tuple of float
        Where they will be; empty if only a way was guessed.
    units : tuple of float
        What counts as one unit of each, for instance the width of the picture.
    way : {"up", "down"} or None
        Where the only parameter will move.

    Raises
    ------
    ValueError
        If the parts do not go together.
    """

    step: int
    parameters: tuple[int, ...]
    values: tuple[float, ...] = ()
    units: tuple[float, ...] = ()
    way: UpOrDown | None = None

    def __post_init__(self) -> None:
        placed = len(self.parameters) == len(self.values) == len(self.units) >= 1
        told = self.way in ("up", "down") and len(self.parameters) == 1 and not self.values
        if self.step < 0 or min(self.parameters, default=-1) < 0 or not (placed or told):
            raise ValueError(f"a guess is about values or a way of parameters, got {self}")
        if not all(isfinite(v) for v in self.values) or not all(0 < u < inf for u in self.units):
            raise ValueError(f"a guess must be finite and its units > 0, got {self}")


@dataclass(frozen=True)
class Verdict:
    """How good a guess was.

    Attributes
    ----------
    correct : bool
    share : float or None
        Distance from where θ landed, as a share of the step's length; None if only a way was
        guessed, or the step had no length.
    """

    correct: bool
    share: float | None


def judge(guess: Guess, now: Floats, then: Floats) -> Verdict:
    """Compare a guess with the step from θ `now` to θ `then`, both of shape (p,).

    Raises
    ------
    ValueError
        If the guess is about a parameter that there is not.
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
    return hypot(*(part / unit for part, unit in zip(parts, units, strict=True)))
