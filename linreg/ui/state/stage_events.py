"""What was chosen on the stage, taken over into this browser tab's experiment."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import streamlit as st

from linreg.data.sources.synthetic import MAX_POINTS, Drawn
from linreg.experiment.url import LARGEST, MOST_SEED
from linreg.teaching.step_guess import Guess


def take(choice: Any) -> None:
    """Take over what was chosen on the stage; anything that makes no sense is ignored.

    Parameters
    ----------
    choice : dict
        With one of rate, start, random (a seed), points or guess; it comes from a browser, so
        nothing about it is certain.
    """
    if not isinstance(choice, dict):
        return
    state = st.session_state
    if _number(choice.get("rate")) and choice["rate"] > 0:
        state.rate = float(choice["rate"])
    start = choice.get("start")
    if isinstance(start, list) and start and all(map(_number, start)):
        state.start = tuple(map(float, start))
    if _number(choice.get("random")) and 0 <= choice["random"] <= MOST_SEED:
        state.start = int(choice["random"])
    points = choice.get("points")
    if isinstance(points, list) and 2 <= len(points) <= MAX_POINTS:
        pairs = [p for p in points if isinstance(p, list) and len(p) == 2 and all(map(_number, p))]
        if len(pairs) == len(points):
            with suppress(ValueError):  # further out than points may lie
                state.points = Drawn(tuple((float(x), float(y)) for x, y in pairs)).points
    if isinstance(choice.get("guess"), dict):
        with suppress(TypeError, ValueError, KeyError):
            state.guess = _guess(**choice["guess"])


def _guess(*, step: Any, parameters: Any, values: Any, units: Any, way: Any) -> Guess:
    """Return a guess about a step; raises TypeError or ValueError if it makes none."""
    for whole in (step, *parameters):
        if not isinstance(whole, int) or isinstance(whole, bool):
            raise TypeError(f"steps and parameters are whole numbers, got {whole!r}")
    if not all(map(_number, (*values, *units))):
        raise ValueError("values and units of a guess are numbers")
    return Guess(step, tuple(parameters), tuple(map(float, values)), tuple(map(float, units)), way)


def take_guess() -> Guess | None:
    """Return, once, what was guessed about a step."""
    guess: Guess | None = st.session_state.pop("guess", None)
    return guess


def _number(value: object) -> bool:
    real = isinstance(value, int | float) and not isinstance(value, bool)
    return real and abs(value) <= LARGEST  # type: ignore[arg-type]
