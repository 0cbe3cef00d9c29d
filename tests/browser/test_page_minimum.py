"""The minimum in a browser: the descent arrives at the closed form."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from linreg.training.learning_rate import rate_limits
from tests.browser.stage import core, shown

pytestmark = pytest.mark.browser


def fast(address=""):
    return f"?rate={rate_limits(core(address).problem).fastest!r}&steps=300"


def test_the_distance_is_the_cores_down_to_the_last_digit(open_page):
    address = fast()
    stage = open_page(f"minimum{address}")
    now = core(address)
    best = now.problem.minimiser()
    grain = np.linalg.norm(best) * 2**-53
    line, _, floor, *_ = stage.drawn("distance")
    away = np.linalg.norm(now.run.theta - best, axis=1)
    np.testing.assert_allclose(line["y"][:60], away[:60], rtol=1e-6)
    assert min(line["y"]) == pytest.approx(grain, rel=4)
    assert floor["y"][0] == pytest.approx(grain)
    note = stage.panel("distance").locator(".lr-note")
    stage.click("distance", 20, 1e-3)
    stage.shows_step(20)
    assert shown(note.text_content().removeprefix("now ")) == pytest.approx(away[20], rel=1e-3)


def test_a_dragged_rate_moves_the_distance(open_page):
    stage = open_page("minimum")
    before = stage.drawn("distance")[0]["y"]
    stage.drag_rate(rate_limits(core("").problem).fastest, release=False)
    after = stage.drawn("distance")[0]["y"]
    assert after[-1] < before[-1] / 1e3
    stage.answered(stage.page.mouse.up)


def test_the_equations_are_readable_and_open_step_by_step(open_page):
    stage = open_page("minimum")
    page, best = stage.page, core("").problem.minimiser()
    result = page.locator(".katex-html", has_text="⇒").last
    numbers = [shown(text) for text in re.findall(r"=([−-]?[\d.]+)", result.text_content())]
    np.testing.assert_allclose(numbers, best, rtol=1e-5)
    page.get_by_text("Solve it step by step").click()
    expect(page.get_by_text("From the last row upwards:")).to_be_visible()


def test_cost_is_measured_on_the_spot(open_page):
    stage = open_page("minimum")
    stage.page.get_by_role("button", name="Measure it now").click()
    expect(stage.page.get_by_text("Measured on this server")).to_be_visible(timeout=15_000)


@pytest.mark.parametrize(
    "address", ["?intercept=0", "?data=five", "?data=gapminder", "?data=drawn&points=1,1+1,5"]
)
def test_every_kind_of_data_has_its_minimum(open_page, address):
    stage = open_page(f"minimum{address}")
    stage.page.keyboard.press("End")
    label = stage.panel("distance").locator(".lr-plot").get_attribute("aria-label")
    assert "Distance of θ" in label
    assert not re.search("NaN|undefined|null", label)
