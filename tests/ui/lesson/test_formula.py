"""Formulas with coloured terms."""

import re

import pytest

from linreg.ui.lesson.formula import coloured, model_tex
from linreg.ui.stage.colours import COLOURS


@pytest.mark.parametrize("role", ["data", "model", "path", "gradient", "optimum"])
def test_a_term_has_the_colour_of_its_role(role):
    colour = COLOURS["light"][role]
    assert coloured(f"a + {{{role}|x}}") == rf"a + \textcolor{{{colour}}}{{x}}"


def test_braces_within_a_term_stay():
    tex = coloured(r"{path|\theta_{{j}}} \cdot {data|\frac{x}{2}} {y}")
    assert re.sub(r"\\textcolor\{#\w+\}", "", tex) == r"{\theta_{{j}}} \cdot {\frac{x}{2}} {y}"


def test_a_formula_without_terms_stays():
    assert coloured(r"\sum_{i=1}^{n} |x|") == r"\sum_{i=1}^{n} |x|"


def test_a_brace_that_does_not_close_is_refused():
    with pytest.raises(ValueError, match="a brace is not closed"):
        coloured(r"{data|x_{i}")


@pytest.mark.parametrize(
    ("features", "intercept", "terms"),
    [(1, True, 2), (1, False, 1), (2, True, 3), (3, False, 3), (9, True, 5), (9, False, 4)],
)
def test_the_model_has_a_term_for_each_parameter_until_there_are_too_many(
    features, intercept, terms
):
    tex = model_tex(features, intercept=intercept)
    assert len(tex.split(" + ")) == terms
    assert (r"\theta_0" in tex) == intercept
    assert (r"\dots" in tex) == (features > 3)
    assert ("x_{1}" in tex) == (features > 1)
