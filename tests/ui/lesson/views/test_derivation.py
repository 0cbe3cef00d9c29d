"""The derivation of the gradient, step by step."""

import pytest

from linreg.ui.lesson.formula import coloured
from linreg.ui.lesson.views.derivation import MATRIX_STEPS, SCALED_LOSS_NOTES, one_weight

CHAINS = [one_weight(intercept=True), one_weight(intercept=False), MATRIX_STEPS]


@pytest.mark.parametrize("steps", CHAINS)
def test_every_step_has_a_formula_and_a_reason(steps):
    assert len(steps) == 5
    for step in steps:
        assert step.does
        assert step.because.endswith(".")
        tex = coloured(step.tex)
        assert tex.count("{") == tex.count("}")
        assert tex.count(r"\begin") == tex.count(r"\end")


@pytest.mark.parametrize("steps", CHAINS)
def test_the_last_step_is_the_gradient(steps):
    assert r"\nabla \mathrm{TSSE}" in steps[-1].tex
    assert "-2" in steps[-1].tex


def test_without_an_intercept_there_is_no_theta_0():
    assert any(r"\theta_0" in step.tex for step in one_weight(intercept=True))
    for step in one_weight(intercept=False):
        assert r"\theta_0" not in step.tex
        assert "θ0" not in step.because


def test_only_scaled_losses_need_a_note():
    assert SCALED_LOSS_NOTES.keys() == {"mse", "half-mse"}
