"""The same flow, larger: what only a browser shows of it."""

import re

import pytest
from playwright.sync_api import expect

from linreg.data.load import load_training_set
from linreg.data.sources.synthetic import Line
from linreg.experiment.experiment import Experiment
from linreg.experiment.exports.code import rows_csv
from linreg.ui.lesson.views.flow_comparison import BOXES, COLUMN_TITLES

pytestmark = pytest.mark.browser


def boxes(stage, title):
    """Return where the boxes with this caption are on the screen."""
    places = stage.page.get_by_test_id("stMain").get_by_text(title, exact=True)
    expect(places).to_have_count(len(BOXES))
    return [place.bounding_box() for place in places.all()]


@pytest.mark.parametrize(("width", "beside"), [(1440, True), (390, False)])
def test_three_columns_become_one_on_a_phone(open_page, width, beside):
    stage = open_page("flow", width=width, height=844)
    here, network, language = (boxes(stage, title) for title in COLUMN_TITLES)
    for one, two, three in zip(here, network, language, strict=True):
        if beside:
            assert one["y"] == two["y"] == three["y"]
            assert one["x"] < two["x"] < three["x"]
        else:
            assert one["x"] == two["x"] == three["x"]
            assert one["y"] < two["y"] < three["y"]


def test_the_flow_moves(open_page):
    stage = open_page("flow")
    before = stage.picture()
    stage.next.click()
    expect(stage.scrubber).to_have_attribute("aria-valuetext", re.compile("^step 1 of"))
    after = stage.picture()
    assert before["data"] != after["data"]
    assert before["loss"] != after["loss"]


def test_a_point_moved_by_hand_moves_boxes_and_programs(open_page):
    stage = open_page("flow?data=drawn&points=0,0+2,4+4,1")
    main = stage.page.get_by_test_id("stMain")
    loss, program = main.get_by_text(re.compile("^TSSE = ")), main.get_by_test_id("stCode").first
    before, listed = loss.inner_text(), program.inner_text()
    stage.grab("data", 2, 4)
    stage.page.mouse.move(*stage.place("data", 2, 2), steps=4)
    stage.page.mouse.up()
    expect(loss).not_to_have_text(before)
    expect(program).not_to_have_text(listed)


def test_many_rows_are_a_file_to_take_home(open_page):
    stage = open_page("flow?n=600")
    with stage.page.expect_download() as coming:
        stage.page.get_by_role("button", name="Download rows.csv").click()
    rows = load_training_set(Experiment(data=Line(n=600)).data).dataset
    assert coming.value.path().read_text() == rows_csv(rows)


def test_the_legend_names_a_pointer_only_where_there_is_a_plane(open_page):
    pointer = '[data-panel="data"] [data-key="ghost"]'
    expect(open_page("flow").root.locator(pointer)).to_be_hidden()
    expect(open_page("").root.locator(pointer)).to_be_visible()
