"""The model by hand: handles by mouse, finger and keyboard, weights, and a prediction."""

import re
from math import atan, degrees

import pytest
from playwright.sync_api import expect

from tests.browser.stage import core, shown

pytestmark = pytest.mark.browser

NUMBER = r"\(?−?[\d.,]+(?:e−?\d+)?\)?"


def theta(stage):
    """Return θ as the boxes show it."""
    boxes = stage.root.get_by_role("group", name="Parameters by hand").get_by_role("spinbutton")
    return [float(box.input_value()) for box in boxes.all()]


def handle(stage, name):
    return stage.slider(name)


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(stage, name, dx, dy, *, release=True):
    """Drag a handle by so many pixels."""
    stage.panel("data").locator(".lr-canvas").scroll_into_view_if_needed()
    x, y = middle(handle(stage, name))
    stage.page.mouse.move(x, y)
    stage.page.mouse.down()
    stage.page.mouse.move(x + dx, y + dy, steps=4)
    if release:
        stage.page.mouse.up()


def arithmetic(stage):
    """Return the numbers of the last two lines of the prediction: terms and result."""
    rule, terms, result = stage.root.locator(".lr-arithmetic").text_content().split("\n")
    numbers = [shown(each) for each in re.findall(NUMBER, terms)]
    return rule, numbers, shown(re.search(NUMBER, result)[0])  # behind it, its unit


def test_the_height_handle_changes_only_the_intercept(open_page):
    stage = open_page("model")
    low, high = stage.window("data")[1]
    frame = stage.page.evaluate("document.querySelector('[data-panel=data] .lr-plot').frame.height")
    stage.answered(lambda: drag(stage, "Height of the line", 0, -50))
    intercept, slope = theta(stage)
    assert slope == -2
    assert intercept == pytest.approx(6 + 50 * (high - low) / frame, abs=(high - low) / 200)
    stage.address_has(f"start={intercept:g},-2")


def test_the_angle_handle_turns_the_line_about_the_middle(open_page):
    stage = open_page("model")
    (left, right), (low, high) = stage.window("data")
    pivot = (left + right) / 2
    before = 6 - 2 * pivot
    stage.answered(lambda: drag(stage, "Angle of the line", 0, -200))
    intercept, slope = theta(stage)
    assert slope > 0
    assert intercept + slope * pivot == pytest.approx(before, abs=(high - low) / 500)


def test_the_line_follows_before_the_server_answers(open_page):
    stage = open_page("model")
    sent = len(stage.sent)
    drag(stage, "Height of the line", 0, -60, release=False)
    stage.picture()
    assert theta(stage)[0] > 7
    assert len(stage.sent) == sent
    stage.answered(stage.page.mouse.up)


def test_handles_are_sliders_for_the_keyboard(open_page):
    stage = open_page("model")
    low, high = stage.window("data")[1]
    height, angle = handle(stage, "Height of the line"), handle(stage, "Angle of the line")
    height.focus()
    stage.answered(lambda: stage.page.keyboard.press("PageUp"))
    assert theta(stage)[0] == pytest.approx(6 + (high - low) / 10, abs=(high - low) / 500)
    angle.focus()
    before = float(angle.get_attribute("aria-valuenow"))
    stage.answered(lambda: stage.page.keyboard.press("ArrowUp"))
    expect(angle).to_have_attribute("aria-valuetext", re.compile("degrees on the screen: θ0 = "))
    assert float(angle.get_attribute("aria-valuenow")) == pytest.approx(before + 1, abs=0.1)
    assert stage.page.evaluate("document.activeElement.getAttribute('aria-label')") == (
        "Angle of the line"
    )


def test_without_an_intercept_the_line_turns_about_the_origin(open_page):
    stage = open_page("model?intercept=0")
    expect(handle(stage, "Height of the line")).to_have_count(0)
    x, y = stage.place("data", 3, 6)
    start = middle(handle(stage, "Angle of the line"))
    stage.page.mouse.move(*start)
    stage.page.mouse.down()
    stage.page.mouse.move(x, y, steps=4)
    stage.answered(stage.page.mouse.up)
    assert theta(stage) == pytest.approx([2], abs=0.03)


@pytest.mark.parametrize("slope", [60, -60, 0])
def test_the_handles_stay_within_reach(open_page, slope):
    stage = open_page(f"model?start=40,{slope}")
    window = stage.panel("data").locator(".lr-canvas").bounding_box()
    for name in ("Height of the line", "Angle of the line"):
        x, y = middle(handle(stage, name))
        assert window["x"] < x < window["x"] + window["width"]
        assert window["y"] < y < window["y"] + window["height"]


@pytest.mark.parametrize("data", ["line", "line&intercept=0", "plane", "five", "tips"])
def test_the_prediction_can_be_worked_out_again(open_page, data):
    stage = open_page(f"model?data={data}")
    truth = core(f"?data={data}")
    start = truth.run.theta[0]
    M, intercept = (
        truth.training_set.dataset.X.shape[1],
        len(start) > truth.training_set.dataset.X.shape[1],
    )
    box = stage.root.get_by_role("group", name="Predict a new x").get_by_role("spinbutton").first
    box.fill("3.25")
    box.press("Enter")
    stage.picture()
    _, terms, result = arithmetic(stage)
    first = terms.pop(0) if intercept else 0
    pairs = list(zip(terms[::2], terms[1::2], strict=True))
    assert len(pairs) == M
    assert [first, *(w for w, _ in pairs)][not intercept :] == pytest.approx(start, rel=1e-9)
    assert pairs[0][1] == 3.25
    assert first + sum(w * x for w, x in pairs) == pytest.approx(result, rel=1e-9)


def test_the_new_x_is_dragged_along_the_axis(open_page):
    stage = open_page("model?start=1,2")
    marker = handle(stage, "Where to predict")
    drag(stage, "Where to predict", 120, -80)
    stage.picture()
    x = float(marker.get_attribute("aria-valuenow"))
    left, right = stage.window("data")[0]
    width = stage.page.evaluate("document.querySelector('[data-panel=data] .lr-plot').frame.width")
    assert x == pytest.approx(1.34 + 120 * (right - left) / width, abs=(right - left) / 200)
    assert arithmetic(stage)[2] == pytest.approx(1 + 2 * x, rel=1e-9)
    assert stage.drawn("data")[-1] == {"x": [x], "y": [pytest.approx(1 + 2 * x)]}
    marker.focus()
    stage.page.keyboard.press("ArrowRight")
    stage.picture()
    assert float(marker.get_attribute("aria-valuenow")) > x


def test_one_weight_at_a_time(open_page):
    stage = open_page("model?data=five")
    expect(stage.select("What the data panel shows")).to_have_value("0")
    stage.slider("θ3, x3").focus()
    stage.answered(lambda: stage.page.keyboard.press("ArrowRight"))
    now = theta(stage)
    assert now[3] > -2
    assert [*now[:3], *now[4:]] == [6, -2, 2, 2, -2]
    stage.slider("θ3, x3").click(position={"x": 40, "y": 8})
    expect(stage.select("What the data panel shows")).to_have_value("2")


def test_a_plane_is_shown_as_a_plane(open_page):
    stage = open_page("model?data=plane")
    expect(stage.select("What the data panel shows")).to_have_value("plane")
    stage.page.wait_for_selector("[data-panel=data] canvas")
    box = stage.root.get_by_role("spinbutton", name="θ2, x2 as a number")
    box.fill("-1")
    stage.answered(lambda: box.press("Enter"))
    stage.address_has("start=6,-2,-1", without=["show="])
    stage.page.get_by_role("link", name="Open this experiment on the stage").click()
    stage.page.wait_for_selector(".lr-on-stage[data-settled]")
    expect(stage.select("What the data panel shows")).to_have_value("fitted")


def test_the_best_fit_is_shown_on_demand(open_page):
    stage = open_page("model")
    best = core("?").problem.minimiser()
    assert stage.drawn("data")[2]["x"] == []
    expect(stage.panel("data").locator("[data-key=best]")).to_be_hidden()
    stage.root.get_by_role("checkbox", name="Show the best fit").check()
    line = stage.drawn("data")[2]
    slope = (line["y"][1] - line["y"][0]) / (line["x"][1] - line["x"][0])
    assert slope == pytest.approx(best[1])
    text = stage.root.locator(".lr-best-fit output").text_content()
    assert [shown(each) for each in re.findall(r"= ([−\d.]+)", text)] == pytest.approx(
        best, rel=1e-5
    )
    stage.answered(lambda: drag(stage, "Height of the line", 0, 20))
    assert stage.drawn("data")[2]["x"] != []


def test_the_angle_is_that_on_the_screen(open_page):
    stage = open_page("model?start=1,2")
    (left, right), (low, high) = stage.window("data")
    frame = stage.page.evaluate(
        "(({ width, height }) => [width, height])("
        "document.querySelector('[data-panel=data] .lr-plot').frame)"
    )
    expected = degrees(atan(2 * (frame[1] / (high - low)) / (frame[0] / (right - left))))
    now = handle(stage, "Angle of the line").get_attribute("aria-valuenow")
    assert float(now) == pytest.approx(expected, abs=0.01)


def test_the_question_is_about_the_line_at_hand(open_page):
    stage = open_page("model?start=1,2")
    page = stage.page
    x = shown(
        re.search(r"x = ([−\d.]+)\?", page.get_by_text("What does your model").inner_text())[1]
    )
    answer, check = page.get_by_label("Your answer"), page.get_by_role("button", name="Check")
    answer.fill(f"{1 + 2 * x + 5:g}")
    check.click()
    expect(stage.warnings.last).to_contain_text("Not yet.")
    answer.fill(f"{1 + 2 * x:g}")
    check.click()
    expect(stage.warnings.last).to_contain_text("Right.")
    expect(page.get_by_text("Your answers: 1 right of 1")).to_be_visible()
    drag(stage, "Height of the line", 0, -30)
    expect(stage.warnings).to_have_count(0)
