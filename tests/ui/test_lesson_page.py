"""The frame of every page: its headline says what the address asked for in vain."""

import pytest

from linreg.ui.lesson.contents import LESSONS

PAGES = ["stage", "data", "glossary", *(lesson.name for lesson in LESSONS)]


@pytest.mark.parametrize("name", PAGES)
def test_a_bad_address_is_told_once_on_the_page_it_opens(app, name):
    tab = app({"rate": "-1"}, page=name)
    (told,) = tab.warnings
    assert "rate = “-1”" in told
    assert tab.run().warnings == []


def test_what_was_told_is_not_told_again_on_the_next_page(app):
    tab = app({"rate": "-1", "steps": "0"}, page="model")
    (told,) = tab.at.warning
    assert len(told.value.split("\n")) == 2
    assert tab.visit("data").warnings == []


@pytest.mark.parametrize("name", PAGES)
def test_a_good_address_has_nothing_to_tell(app, name):
    assert app({"rate": "0.001"}, page=name).warnings == []
