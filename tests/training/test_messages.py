"""The sentences of training."""

import re
from dataclasses import replace

import numpy as np
import pytest

from linreg.model.least_squares import LeastSquares
from linreg.training.gradient_descent import Run
from linreg.training.learning_rate import Forecast
from linreg.training.messages import ENDINGS, FORECASTS


def run(status, losses, *, converged_at=None, diverged_at=None, minimum=1.0, rounding=0.0):
    problem = LeastSquares.from_arrays([1.0, 2.0, 3.0], [1.0, 2.0, 3.5])
    return Run(
        problem=problem,
        start=np.zeros(2),
        loss=np.array(losses),
        rate=0.3,
        loss_name="tsse",
        status=status,
        converged_at=converged_at,
        diverged_at=diverged_at,
        minimum=minimum,
        rounding=rounding,
        excess=losses[-1] - minimum,
        limit=0.25,
    )


@pytest.mark.parametrize(
    ("forecast", "sentence"),
    [
        (
            Forecast("smooth", 0.9, 262, None),
            "Smooth: the loss falls at every step. It converges near step 262.",
        ),
        (
            Forecast("zig-zag", 0.9, 1262, None, steps=1),
            "Zig-zag: each step jumps across the valley, but lands closer. It converges near step "
            "1,262; this run has only 1 step.",
        ),
        (
            Forecast("smooth", 1.0, None, None, steps=5),
            "Smooth: the loss falls at every step. The minimum is out of reach.",
        ),
        (
            Forecast("bounces", 1.0, None, None),
            "Bounces: each step jumps to the opposite side and gets no closer.",
        ),
        (
            Forecast("bounces", 1.0, None, None, narrow=True),
            "Bounces: each step jumps to the opposite side. The rate is so near the limit that "
            "rounding hides whether it gets closer.",
        ),
        (
            Forecast("diverges", 1.5, None, 3000, steps=3000),
            "Diverges: in the end each step lands 1.5 times as far from the minimum as the one "
            "before. It overflows near step 3,000.",
        ),
        (
            Forecast("diverges", 1.00004, 7, None),
            "Diverges: in the end each step lands 1.00004 times as far from the minimum as the one "
            "before. It overflows near a step far beyond any run.",
        ),
        (
            Forecast("at the minimum", 1.0, 0, None),
            "At the minimum: the gradient is zero, nothing moves.",
        ),
        (
            Forecast("at the minimum", 1.1, 0, None),
            "At the minimum: nothing moves, but above the limit the least rounding grows.",
        ),
    ],
)
def test_every_forecast_has_its_sentence(forecast, sentence):
    assert forecast.sentence == sentence


@pytest.mark.parametrize(
    ("run", "sentence"),
    [
        (
            run("converged", [9.0, 1.0], converged_at=1),
            "Converged at step 1: the loss 1 is at its minimum.",
        ),
        (
            run("converged", [9.0, 3.88812e-10], converged_at=1, minimum=0.0),
            "Converged at step 1: the loss 3.88812e−10 is its minimum 0 to within 1e−12 of the "
            "variation of y.",
        ),
        (
            run("converged", [9.0, 4.17e-29], converged_at=1, minimum=0.0, rounding=1e-27),
            "Converged at step 1: the loss 4.17e−29 is 0 up to rounding.",
        ),
        (
            run("converged", [9.0, 0.0], converged_at=1, minimum=0.0, rounding=1e-27),
            "Converged at step 1: the loss 0 is at its minimum.",
        ),
        (
            run("stopped", [9.0, 1.5]),
            "Done after 1 step: the loss is 0.5 above its minimum.",
        ),
        (
            run("stopped", [9.0, 1.0, 2.0], converged_at=1),  # closer on the way than at its end
            "Done after 2 steps: the loss is 1 above its minimum.",
        ),
        (
            run("diverged", [9.0, 99.0]),
            "Diverged: the rate 0.3 is above the limit 0.25. In the end each step lands 1.4 times "
            "as far from the minimum as the one before; after 1 step the loss is 99.",
        ),
        (
            run("diverged", [9.0, 99.0], converged_at=0, diverged_at=2),
            "Diverged: the rate 0.3 is above the limit 0.25. In the end each step lands 1.4 times "
            "as far from the minimum as the one before; it overflowed at step 2.",
        ),
    ],
)
def test_every_end_of_a_run_has_its_sentence(run, sentence):
    assert run.reason == sentence


@pytest.mark.parametrize("template", [*FORECASTS.values(), *ENDINGS.values()])
def test_a_template_names_its_values_in_words(template):
    """A browser fills in names in braces, and knows no other form of them."""
    assert re.sub(r"\{\w+\}", "", template).isprintable()
    assert not set("{}") & set(re.sub(r"\{\w+\}", "", template))


def test_a_rate_above_the_limit_does_not_look_like_it():
    ending = replace(run("diverged", [9.0, 99.0]), rate=0.25 * (1 + 1e-9))
    assert "the rate 0.2500000003 is above the limit 0.25." in ending.reason
