"""Choices that a user made on the stage, applied to the experiment of this tab."""

from __future__ import annotations

from contextlib import suppress
from typing import cast, get_args

from linreg.data.sources.synthetic import MAX_POINTS, MIN_POINTS, Drawn
from linreg.experiment.url import fits_address, is_seed
from linreg.teaching.step_guess import Guess
from linreg.ui.stage.payload_types import BoxName, Choice, GuessChoice
from linreg.ui.state.tab_state import this_tab


def apply_choice(sent: object) -> None:
    """Apply what was chosen on the stage; whatever makes no sense is ignored.

    Parameters
    ----------
    sent : Choice
        It comes from a browser, so it may be anything.
    """
    if not isinstance(sent, dict):
        return
    choice = cast(Choice, sent)
    tab = this_tab()
    if _number(choice.get("rate")) and choice["rate"] > 0:
        tab.rate = float(choice["rate"])
    start = choice.get("start")
    if isinstance(start, list) and start and all(map(_number, start)):
        tab.start = tuple(map(float, start))
    if _number(choice.get("random")) and is_seed(choice["random"]):
        tab.start = int(choice["random"])
    points = choice.get("points")
    if isinstance(points, list) and MIN_POINTS <= len(points) <= MAX_POINTS:
        pairs = [p for p in points if isinstance(p, list) and len(p) == 2 and all(map(_number, p))]
        if len(pairs) == len(points):
            with suppress(ValueError):  # a point lies further out than points may
                tab.points = Drawn(tuple((float(x), float(y)) for x, y in pairs)).points
    if choice.get("page") in get_args(BoxName):
        tab.page = choice["page"]
    if isinstance(choice.get("guess"), dict):
        with suppress(TypeError, ValueError, KeyError):
            tab.guess = _guess(choice["guess"])


def _guess(sent: GuessChoice) -> Guess:
    """Return a guess about a step; raise KeyError, TypeError or ValueError if it makes none."""
    if unknown := sent.keys() - GuessChoice.__annotations__:
        raise KeyError(f"a guess has no {unknown}")
    step, parameters, values = sent["step"], sent["parameters"], sent["values"]
    units, way = sent["units"], sent["way"]
    for index in (step, *parameters):
        if not isinstance(index, int) or isinstance(index, bool):
            raise TypeError(f"steps and parameters are whole numbers, got {index!r}")
    if not all(map(_number, (*values, *units))):
        raise ValueError("values and units of a guess are numbers")
    return Guess(step, tuple(parameters), tuple(map(float, values)), tuple(map(float, units)), way)


def pop_guess() -> Guess | None:
    """Return what was guessed about a step, and forget it."""
    tab = this_tab()
    guess, tab.guess = tab.guess, None
    return guess


def _number(value: object) -> bool:
    real = isinstance(value, int | float) and not isinstance(value, bool)
    return real and fits_address(value)  # type: ignore[arg-type]
