"""The plane of the parameters: a start clicked, dragged, typed or drawn at random."""

import numpy as np
import pytest
from playwright.sync_api import expect

from linreg.training.start import random_start
from tests.browser.stage import core, same_picture

pytestmark = pytest.mark.browser

INTERCEPT, SLOPE = "θ0, intercept", "θ1, x"


def starts(stage):
    return [float(stage.start_box(name).input_value()) for name in (INTERCEPT, SLOPE)]


def test_a_click_sets_the_start_and_a_drag_moves_it_without_messages(open_page):
    stage = open_page()
    stage.answered(lambda: stage.click("plane", -3, 4))
    assert starts(stage) == pytest.approx([-3, 4], abs=0.1)
    stage.address_has("start=")
    run = core(stage.query()).run
    np.testing.assert_allclose(stage.theta(), run.theta[0], rtol=1e-12)

    before, sent, revision = stage.picture(), len(stage.sent), stage.revision()
    stage.grab("plane", *run.theta[0])
    stage.page.mouse.move(*stage.place("plane", 4, 1), steps=5)
    dragged = stage.picture()
    for panel in ("data", "loss", "plane"):
        assert dragged[panel] != before[panel]
    assert starts(stage) == pytest.approx([4, 1], abs=0.3)
    assert len(stage.sent) == sent
    assert stage.revision() == revision
    theta = stage.theta()
    stage.answered(stage.page.mouse.up)
    np.testing.assert_allclose(stage.theta(), theta, rtol=1e-12)
    stage.address_has(f"start={theta[0]:g},{theta[1]:g}")


def test_a_start_is_typed(open_page):
    stage = open_page()
    stage.start_box(SLOPE).fill("0.25")
    stage.answered(lambda: stage.start_box(SLOPE).press("Tab"))
    assert stage.theta() == pytest.approx([6, 0.25])
    stage.address_has("start=6,0.25")
    stage.start_box(SLOPE).fill("")
    stage.start_box(SLOPE).press("Tab")
    assert starts(stage) == [6, 0.25]


def test_a_random_start_is_reproducible(open_page):
    stage, problem = open_page(), core("").problem
    stage.answered(lambda: stage.button("Random start").click())
    assert stage.theta() == pytest.approx(random_start(problem, 1))
    seed = stage.root.get_by_role("spinbutton", name="Seed of the random start")
    seed.fill("7")
    stage.answered(lambda: seed.press("Tab"))
    assert stage.theta() == pytest.approx(random_start(problem, 7))
    stage.address_has("start=random:7")
    again = open_page(f"?{stage.query()}")
    same_picture(stage.traces(), again.traces(), 0)


def test_hovering_draws_the_line_under_the_pointer(open_page):
    stage = open_page()
    assert stage.drawn("data")[4]["x"] == []
    stage.hover("plane", 2, 3)
    expect(stage.tip("plane")).to_contain_text("θ0 = ")
    expect(stage.tip("plane")).to_contain_text("TSSE ")
    ghost = stage.drawn("data")[4]
    slope = (ghost["y"][1] - ghost["y"][0]) / (ghost["x"][1] - ghost["x"][0])
    assert slope == pytest.approx(3, abs=0.1)
    stage.page.mouse.move(5, 5)
    expect(stage.tip("plane")).to_be_hidden()
    assert stage.drawn("data")[4]["x"] == []


def test_two_of_many_parameters_are_chosen(open_page):
    stage = open_page("?data=five&step=3")
    theta = core("?data=five").run.theta[3]
    across, up = (stage.select(f"Parameter {way}") for way in ("across", "upwards"))

    def dot():
        mark = stage.drawn("plane")[-1]
        return mark["x"][0], mark["y"][0]

    assert dot() == pytest.approx((theta[0], theta[1]))
    across.select_option("4")
    stage.address_has("axes=4,1")
    assert dot() == pytest.approx((theta[4], theta[1]))
    up.select_option("4")  # the same one twice: the axes change places
    stage.address_has("axes=1,4")
    assert dot() == pytest.approx((theta[1], theta[4]))
    assert (across.input_value(), up.input_value()) == ("1", "4")
    levels = stage.drawn("plane")[0]
    stage.next.click()
    stage.shows_step(4)
    assert stage.drawn("plane")[0] != levels  # the other parameters moved, so the slice did


def test_a_single_parameter_has_a_parabola_and_no_bowl(open_page):
    stage = open_page("?intercept=0&step=2")
    truth = core("?intercept=0")
    expect(stage.panel("bowl")).to_be_hidden()
    expect(stage.root.get_by_role("heading", name="Loss over the parameter")).to_be_visible()
    curve = stage.drawn("plane")[0]
    loss = truth.problem.tsse(np.array(curve["x"])[:, np.newaxis])
    np.testing.assert_allclose(curve["y"], loss, rtol=1e-9)
    dot = stage.drawn("plane")[-1]
    assert dot["x"] == pytest.approx(truth.run.theta[2])
    assert dot["y"] == pytest.approx([truth.run.loss[2]])
