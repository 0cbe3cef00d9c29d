"""Texts of other people as Markdown that shows them letter by letter."""

import re
from string import punctuation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg.text.markdown import listed, literal


def shown(markdown):
    """Return what a reader sees of escaped text: directives are empty, backslashes gone."""
    return re.sub(r"\\(.)", r"\1", markdown.replace(":red[]", ""))


@given(st.text(alphabet="ab 7" + punctuation, max_size=40))
def test_every_letter_is_shown(text):
    assert shown(literal(text)) == text.strip()


@given(st.text(alphabet="ab 7" + punctuation, max_size=40))
def test_no_punctuation_keeps_its_meaning(text):
    left = re.sub(r"\\.", "", literal(text).replace(":red[]", ""))
    assert not set(left) & set(punctuation)


@pytest.mark.parametrize(
    "text", ["www.example.org", "https://example.org", "a@b.org", "5:smile:", "a -> b", "x ~ y"]
)
def test_what_streamlit_looks_for_afterwards_is_split(text):
    assert ":red[]" in literal(text)


def test_line_breaks_become_spaces():
    assert literal(" one \r\n\n two ") == "one two"


def test_several_texts_are_a_list():
    assert listed(["one*"]) == "one\\*"
    assert listed(["one", "two"]) == "- one\n- two"
