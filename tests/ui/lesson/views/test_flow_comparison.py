"""The facts about larger models: one a box, each with its source."""

import re

import pytest

from linreg.ui.lesson.glossary import TERMS
from linreg.ui.lesson.views.flow_comparison import (
    BOXES,
    LANGUAGE_MODEL,
    NETWORK,
    WHAT_DIFFERS,
    WHAT_STAYS,
)


@pytest.mark.parametrize("model", [NETWORK, LANGUAGE_MODEL])
def test_every_box_has_a_fact_with_sources(model):
    assert tuple(model) == BOXES == ("model", "data", "loss", "gradient", "update", "stop")
    for fact in model.values():
        assert fact.text.endswith(".")
        assert fact.sources
        for source in fact.sources:
            assert source.at.startswith("https://")
            assert re.search(r" (19|20)\d\d", source.cited)


def test_every_term_is_in_the_glossary():
    facts = [fact.text for model in (NETWORK, LANGUAGE_MODEL) for fact in model.values()]
    terms = re.findall(r"\[\[(?:[^\]|]+\|)?([^\]]+)\]\]", " ".join([*facts, WHAT_DIFFERS]))
    assert len(terms) > 10
    assert {term.lower() for term in terms} <= TERMS.keys()


def test_both_lists_are_bullets():
    for text in (WHAT_STAYS, WHAT_DIFFERS):
        assert len(re.findall(r"^\* ", text, re.MULTILINE)) >= 3
