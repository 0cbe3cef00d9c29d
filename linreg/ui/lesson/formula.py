r"""Formulas whose terms have the colours of the picture's parts.

A term is written {role|tex} with a role of `linreg.ui.stage.colours.COLOURS`, for instance
``{model|\tilde y} = {path|\theta_0} + x``. ``frontend/input/formula_hover.js`` finds the terms by
these colours, replaces them by those of the theme, and highlights the picture's part while a
pointer rests on one.
"""

from __future__ import annotations

import re

import streamlit as st

from linreg.ui.stage.colours import COLOURS
from linreg.ui.state import tab_state


def coloured(tex: str) -> str:
    """Return KaTeX of a formula with {role|tex} terms; ValueError if a brace is not closed."""
    out, rest = "", tex
    while match := re.search(r"\{(data|model|path|gradient|optimum)\|", rest):
        end = _closing(rest, match.end())
        colour = COLOURS["light"][match[1]]
        out += rest[: match.start()] + rf"\textcolor{{{colour}}}{{{rest[match.end() : end]}}}"
        rest = rest[end + 1 :]
    return out + rest


def _closing(tex: str, begin: int) -> int:
    """Return the index at which the brace that opened before `begin` closes."""
    depth = 1
    for at in range(begin, len(tex)):
        depth += {"{": 1, "}": -1}.get(tex[at], 0)
        if depth == 0:
            return at
    raise ValueError(f"a brace is not closed in {tex}")


def formula(tex: str, features: int = 2) -> None:
    """Show a house formula, coloured and in the reader's symbols."""
    st.latex(tab_state.notation().tex(coloured(tex), features))


def model_tex(features: int, *, intercept: bool) -> str:
    """Return the right side of the model, θ0 + θ1x, with a term per feature."""
    if features == 1:
        terms = [r"{path|\theta_1}\, {data|x}"]
    else:
        terms = [rf"{{path|\theta_{{{j}}}}}\, {{data|x_{{{j}}}}}" for j in range(1, features + 1)]
    if len(terms) > 3:
        terms = [*terms[:2], r"\dots", terms[-1]]
    return " + ".join([r"{path|\theta_0}", *terms] if intercept else terms)
