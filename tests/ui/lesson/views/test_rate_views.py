"""The views of the learning rate: their sentences are the core's numbers."""

import re

import pytest

from linreg.data.load import load_training_set
from linreg.data.sources.synthetic import GENERATORS, Drawn
from linreg.experiment.experiment import Experiment
from linreg.experiment.resolve import resolve
from linreg.text.numbers import number
from linreg.ui.lesson.glossary import TERMS
from linreg.ui.lesson.views.rate_views import (
    DIRECTIONS,
    FOUR_RATES,
    RATE_VIEWS,
    SWEEP,
    TWO_SCALES,
)


def resolved(data=None, **options):
    experiment = Experiment(data=data or GENERATORS["line"](), **options)
    return resolve(experiment, load_training_set(experiment.data))


@pytest.mark.parametrize("view", RATE_VIEWS.values(), ids=RATE_VIEWS)
@pytest.mark.parametrize("name", ["line", "plane", "five"])
@pytest.mark.parametrize("intercept", [True, False])
def test_every_view_has_words_formula_pictures_and_text(view, name, intercept):
    experiment = resolved(GENERATORS[name](), intercept=intercept)
    words, tex = view.worded(intercept=intercept)
    text = view.after(experiment)
    assert words
    assert "η" in words + text or r"\eta" in tex or "rate" in words
    assert text.rstrip().endswith(".")
    assert view.layout.pictures
    assert view.code
    terms = re.findall(r"\[\[(?:[^\]|]+\|)?([^\]]+)\]\]", words + text)
    assert {term.lower() for term in terms} <= TERMS.keys()


def test_the_titles_name_the_views():
    assert all(view.title == title for title, view in RATE_VIEWS.items())
    assert len({view.layout.name for view in RATE_VIEWS.values()}) == len(RATE_VIEWS) == 4


def test_kappa_and_the_limit_are_those_of_the_problem():
    experiment = resolved()
    text = DIRECTIONS.after(experiment)
    assert f"**{number(experiment.limits.condition, 4)}**" in text
    assert number(experiment.limits.limit, 4) in text


def test_the_fastest_rate_lies_before_the_cliff():
    experiment = resolved()
    text = SWEEP.after(experiment)
    assert number(experiment.limits.fastest, 4) in text
    assert number(experiment.limits.limit, 4) in text


def test_four_rates_are_multiples_of_one_over_lambda():
    assert number(resolved().limits.smooth, 4) in FOUR_RATES.after(resolved())


def test_without_a_slope_no_rate_moves_anything():
    flat = resolved(Drawn(((0.0, 1.0), (0.0, 5.0))), intercept=False)
    for view in (DIRECTIONS, FOUR_RATES, SWEEP):
        assert view.after(flat).endswith("no rate moves anything.")


def test_a_flat_direction_is_counted():
    flat = resolved(Drawn(((1.0, 1.0), (1.0, 5.0))))
    assert "Along 1 direction the loss is flat" in DIRECTIONS.after(flat)
    assert "leave a direction flat" in TWO_SCALES.after(flat)
