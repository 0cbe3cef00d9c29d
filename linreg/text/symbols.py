"""`Notation`, the letters on screen: the house writes θ, ỹ and η, other books write others.

All texts are written once, in the house's symbols; `Notation.say` and `Notation.tex` translate
them for a reader.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Literal

Parameters = Literal["theta", "weights", "beta"]
Fitted = Literal["tilde", "hat"]
RateSymbol = Literal["eta", "alpha"]

PARAMETER_SYMBOLS: dict[Parameters, str] = {"theta": "θ0, θ1", "weights": "b, w", "beta": "β0, β1"}
PREDICTION_SYMBOLS: dict[Fitted, str] = {"tilde": "ỹ", "hat": "ŷ"}
RATE_SYMBOLS: dict[RateSymbol, str] = {"eta": "η", "alpha": "α"}


@dataclass(frozen=True)
class Notation:
    """The letters for parameters, prediction and learning rate.

    Attributes
    ----------
    parameters : {"theta", "weights", "beta"}
    fitted : {"tilde", "hat"}
    rate : {"eta", "alpha"}
    """

    # What a reader may choose: for each field, word to text.
    CHOICES: ClassVar[dict[str, Mapping[Any, str]]] = {
        "parameters": PARAMETER_SYMBOLS,
        "fitted": PREDICTION_SYMBOLS,
        "rate": RATE_SYMBOLS,
    }

    parameters: Parameters = "theta"
    fitted: Fitted = "tilde"
    rate: RateSymbol = "eta"

    @lru_cache(maxsize=1024)  # noqa: B019 -- there are twelve notations, and a page repeats its texts
    def say(self, text: str, features: int = 2) -> str:
        """Translate a text in house symbols; with one feature its weight is w, not w1."""
        text = re.sub(r"θ(\d+|j)?", lambda match: self._parameter(match[1], features), text)
        text = text.replace("ỹ", PREDICTION_SYMBOLS[self.fitted])
        return text.replace("η", RATE_SYMBOLS[self.rate])

    def tex(self, formula: str, features: int = 2) -> str:
        r"""Translate a formula of house symbols: \theta_0, \theta_1, \theta, \tilde y, \eta."""
        formula = re.sub(
            r"\\theta(?:_(?:(\d|j)|\{(\d+|j)\}))?(?![a-z])",
            lambda match: self._tex_parameter(match[1] or match[2], features),
            formula,
        )
        if self.fitted == "hat":
            formula = formula.replace(r"\tilde", r"\hat")
        return formula.replace(r"\eta", r"\alpha") if self.rate == "alpha" else formula

    def _parameter(self, index: str | None, features: int) -> str:
        if self.parameters != "weights":
            return ("β" if self.parameters == "beta" else "θ") + (index or "")
        if index is None:
            return "(b, w)"
        return "b" if index == "0" else f"w{'' if features == 1 else index}"

    def _tex_parameter(self, index: str | None, features: int) -> str:
        letter = {"theta": r"\theta", "beta": r"\beta", "weights": ""}[self.parameters]
        if letter:
            return letter if index is None else f"{letter}_{{{index}}}"
        if index is None:
            return "(b, w)"
        return "b" if index == "0" else "w" if features == 1 else f"w_{{{index}}}"
