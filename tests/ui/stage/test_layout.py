"""Layouts as the browser reads them."""

import pytest

from linreg.ui.lesson.views.rate_views import RATE_VIEWS
from linreg.ui.stage.layout import THE_STAGE, Layout, Picture

LAYOUTS = [THE_STAGE, *(view.layout for view in RATE_VIEWS.values())]


def test_a_picture_that_asks_for_nothing_has_the_name_of_its_kind():
    assert Picture("loss").spec == {"panel": "loss", "id": "loss"}


def test_a_picture_has_what_was_asked_for():
    picture = Picture("data", "rows", "Rows", 0, (("handles", True), ("dataView", "fitted")))
    assert picture.spec == {
        "panel": "data",
        "id": "rows",
        "title": "Rows",
        "variant": 0,
        "handles": True,
        "dataView": "fitted",
    }


def test_a_layout_keeps_the_order_of_pictures_and_controls():
    layout = Layout(
        "a", "A", (Picture("loss"), Picture("data")), ("learning-rate",), ("start", "status")
    )
    spec = layout.spec
    assert [picture["panel"] for picture in spec["pictures"]] == ["loss", "data"]
    assert (spec["top"], spec["side"]) == (["loop", "learning-rate"], ["start", "status"])
    assert (spec["still"], spec["best"], spec["show"]) == (False, True, "fitted")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_pictures_of_a_layout_can_be_distinct_texts(layout):
    names = [picture["id"] for picture in layout.spec["pictures"]]
    assert len(set(names)) == len(names) > 0
