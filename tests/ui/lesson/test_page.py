"""The frame of every page: its headline says which part of the address was ignored."""

import pytest

from linreg.ui.lesson.contents import LESSONS

pytestmark = pytest.mark.slow

PAGES = ["stage", "data", "glossary", *(lesson.name for lesson in LESSONS)]


@pytest.mark.parametrize("name", PAGES)
def test_a_bad_address_is_told_once_on_the_page_it_opens(app, name):
    tab = app({"rate": "-1"}, page=name)
    (warning,) = tab.warnings
    assert "rate = “-1”" in warning
    assert tab.run().warnings == []


def test_what_was_told_is_not_told_again_on_the_next_page(app):
    tab = app({"rate": "-1", "steps": "0"}, page="model")
    (warning,) = tab.at.warning
    assert len(warning.value.split("\n")) == 2
    assert tab.visit("data").warnings == []


@pytest.mark.parametrize("name", PAGES)
def test_a_good_address_has_nothing_to_tell(app, name):
    assert app({"rate": "0.001"}, page=name).warnings == []


def address_of(tab):
    """Return what a page without a stage is told to keep as its address."""
    warning = tab.message
    return warning["link"], warning["view"], warning["keep"]


EVERYTHING = {
    "data": "tips",
    "x": ["total_bill", "size"],
    "repair": ["standardise:total_bill", "standardise:size"],
    "unit": "tip=$",
    "steps": "300",
    "notation": "weights",
}


@pytest.mark.parametrize(("name", "own"), [("data", []), ("glossary", ["term"])])
def test_the_address_of_a_page_without_a_stage_is_the_experiment(app, name, own):
    tab = app({**EVERYTHING, "step": "7", "log": "1"}).visit(name)
    stage = app(EVERYTHING).message
    assert address_of(tab) == (stage["link"], "step=7&log=1", own)
    assert (tab.message["key"], tab.message["steps"]) == (stage["key"], 300)
    assert tab.message["assets"] == stage["assets"]


def test_a_repair_and_its_undoing_are_in_the_address_of_the_data_page(app):
    tab = app({"data": "tips", "x": ["total_bill", "size"]}).visit("data")
    before = address_of(tab)
    tab.press("Standardise the features")
    assert "repair=standardise:size" in tab.message["link"]
    assert address_of(tab.press("Undo all")) == before


@pytest.mark.parametrize("name", ["data", "glossary"])
def test_the_link_of_an_awaited_file_stays_on_pages_without_a_stage(app, name):
    asked = {"data": "upload", "y": "y", "x": "a", "repair": "fill:a", "step": "3"}
    tab = app(asked, page=name)
    assert tab.message["link"] == "data=upload&y=y&x=a&repair=fill:a&step=3"


@pytest.mark.parametrize("name", ["stage", "data"])
def test_the_link_of_a_real_table_that_has_to_be_repaired_first_stays(app, name):
    asked = {"data": "tips", "y": "tip", "repair": ["leave-out:total_bill", "leave-out:size"]}
    link = "data=tips&y=tip&repair=leave-out:total_bill&repair=leave-out:size"
    tab = app(asked, page=name)
    assert "Only “tip” holds numbers" in tab.warnings[0]
    assert tab.message["link"] == link


def test_the_link_of_a_table_that_has_to_be_repaired_first_stays(app):
    tab = app({"data": "upload"}).upload("a,y\n1,2\n1,3\n1,4\n").visit("data")
    tab.press("Leave “a” out")
    link = tab.message["link"]
    assert link == "data=upload&y=y&x=y&repair=leave-out:a"
    assert tab.visit("stage").message["link"] == link
