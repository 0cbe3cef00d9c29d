"""The glossary page: searched, and opened at a term."""

import pytest

from linreg.ui.lesson.glossary import TERMS, anchor


def headings(tab):
    return [title.value for title in tab.at.main.subheader]


def test_all_terms_are_listed(app):
    tab = app(page="glossary")
    assert len(headings(tab)) == len(TERMS)


def test_a_search_lists_what_has_every_word(app):
    tab = app(page="glossary")
    tab.at.text_input[0].set_value("learning rate")
    tab.run()
    shown = headings(tab)
    assert "Learning rate η" in shown
    assert 1 <= len(shown) < len(TERMS) / 2


def test_a_search_without_result_says_so(app):
    tab = app(page="glossary")
    tab.at.text_input[0].set_value("zebra")
    tab.run()
    assert headings(tab) == []
    assert "Clear the search box" in tab.at.info[0].value


@pytest.mark.parametrize("term", ["gradient", "r²", "½mse"])
def test_the_term_of_the_address_is_on_top_and_only_there(app, term):
    tab = app({"term": anchor(term)}, page="glossary")
    shown = headings(tab)
    assert shown[0] == {"gradient": "Gradient ∇", "r²": "R²", "½mse": "½MSE"}[term]
    assert len(shown) == len(TERMS)
