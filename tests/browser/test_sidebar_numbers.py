"""The number boxes of the sidebar: typed, stepped, emptied, left and found again."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def box(stage, label):
    return stage.sidebar.get_by_role("spinbutton", name=label, exact=True)


NUMBERS = [
    ("Steps", "300", "250", "350"),
    ("Rows", "70", "20", "21"),
    ("Noise σ", "2", "0.5", "0.6"),
]


@pytest.mark.parametrize("leave", ["Tab", "Enter"])
def test_an_emptied_box_goes_back_to_its_number(open_page, leave):
    stage = open_page("?steps=300&n=70&noise=2")

    def empties(field):
        held, revision = field.input_value(), stage.revision()
        field.fill("")
        field.press(leave)
        expect(field).to_have_value(held)
        stage.page.wait_for_timeout(300)
        expect(field).to_have_value(held)
        assert stage.revision() == revision

    for label, start, value, up in NUMBERS:
        field = box(stage, label)
        expect(field).to_have_value(start)
        empties(field)
        field.fill(value)
        stage.answered(lambda field=field: field.press(leave))
        expect(field).to_have_value(value)
        empties(field)
        stage.answered(lambda field=field: field.press("ArrowUp"))
        expect(field).to_have_value(up)
        empties(field)


def test_a_number_survives_another_way_and_a_reload(open_page):
    stage = open_page()
    for label, value in (("Rows", "33"), ("Steps", "40")):
        box(stage, label).fill(value)
        stage.answered(lambda label=label: box(stage, label).press("Enter"))
    stage.answered(lambda: stage.sidebar.get_by_test_id("stNumberInputStepUp").click())
    expect(box(stage, "Steps")).to_have_value("140")
    stage.answered(lambda: stage.sidebar.get_by_role("radio", name="Draw").click())
    expect(box(stage, "Rows")).to_have_count(0)
    stage.answered(lambda: stage.sidebar.get_by_role("radio", name="Generate").click())
    for again in (lambda: None, stage.reload):
        again()
        expect(box(stage, "Rows")).to_have_value("33")
        expect(box(stage, "Steps")).to_have_value("140")
        box(stage, "Rows").fill("")
        box(stage, "Rows").press("Tab")
        expect(box(stage, "Rows")).to_have_value("33")
        stage.address_has("n=33", "steps=140")
