"""The glossary: what is found, how it is written, and that one link leads to each term."""

import re

import pytest

from linreg.text.symbols import PARAMETER_SYMBOLS, PREDICTION_SYMBOLS, RATE_SYMBOLS
from linreg.ui.lesson.glossary import HEADINGS, TERMS, anchor


def on_page(tab):
    return [h for h in tab.at.subheader if h.proto.anchor in {anchor(term) for term in TERMS}]


def test_every_term_is_there_once_in_order(app):
    tab = app().visit("glossary")
    anchors = [heading.proto.anchor for heading in on_page(tab)]
    assert anchors == sorted(anchor(term) for term in TERMS)
    assert len(set(anchors)) == len(TERMS)
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in anchors)


@pytest.mark.parametrize(
    ("search", "first"),
    [("resid", "Residual y − ỹ"), ("η", None), ("CONDITION", "Condition number κ"), ("ỹ", None)],
)
def test_the_search_finds_terms_symbols_and_definitions(app, search, first):
    tab = app().visit("glossary")
    tab.at.text_input(key="glossary.search").set_value(search)
    tab.run()
    shown = [heading.value for heading in on_page(tab)]
    assert 0 < len(shown) < len(TERMS)
    assert first is None or first in shown


def test_the_term_asked_for_is_on_top(app):
    tab = app({"term": "residual"}).visit("glossary")
    anchors = [heading.proto.anchor for heading in on_page(tab)]
    assert anchors[0] == "residual"
    assert anchors[1:] == sorted(set(map(anchor, TERMS)) - {"residual"})
    plain = app({"term": "<b>"}).visit("glossary")
    assert len(on_page(plain)) == len(TERMS)


def test_a_search_in_vain_says_so(app):
    tab = app().visit("glossary")
    tab.at.text_input(key="glossary.search").set_value("*quux*")
    tab.run()
    assert on_page(tab) == []
    assert "quux" in tab.at.info[0].value


@pytest.mark.parametrize("term", TERMS)
def test_a_definition_is_short_and_plain(term):
    definition = TERMS[term]
    assert term == term.lower()
    assert definition[0].isupper() or definition[0] in "∇ηθλκHX"
    assert definition.endswith(".")
    assert len(definition) <= 200
    # It is a link's title as well: Markdown and quotes would end or change it.
    assert not re.search(r'["`$_<>\[\]|]|\*\*', definition.replace("[1 X]", ""))


def test_every_written_form_belongs_to_a_term():
    assert set(HEADINGS) <= set(TERMS)


@pytest.mark.parametrize("letters", ["beta,hat,alpha", "weights,hat,alpha"])
def test_other_symbols(app, letters):
    tab = app({"notation": letters}).visit("glossary")
    texts = [element.value for element in (*tab.at.subheader, *tab.at.markdown)]
    assert not re.search("[θỹη]", "".join(texts))
    assert {"theta", "tilde", "eta"} <= {*PARAMETER_SYMBOLS, *PREDICTION_SYMBOLS, *RATE_SYMBOLS}
