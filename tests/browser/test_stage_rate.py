"""The learning rate: dragged, forecast, too large, and mended."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from linreg import rate_limits
from linreg.text.numbers import number
from tests.browser.stage import core, same_picture, shown

pytestmark = pytest.mark.browser


def test_a_drag_morphs_the_path_without_a_message_and_python_takes_over(open_page):
    stage = open_page()
    start, rate = stage.picture(), 0.9 * rate_limits(core("").problem).limit
    stage.next.click()
    sent, revision = len(stage.sent), stage.revision()
    stage.drag_rate(rate, release=False)
    expect(stage.forecast).to_contain_text("Zig-zag")
    dragged = stage.picture()
    assert dragged["loss"] != start["loss"]
    assert dragged["plane"] != start["plane"]
    assert len(stage.sent) == sent
    assert stage.revision() == revision

    preview, sentence = stage.traces(), stage.forecast.text_content()
    stage.answered(stage.page.mouse.up)
    stage.address_has("rate=", "step=1")
    same_picture(preview, stage.traces())
    assert stage.forecast.text_content() == sentence
    run = core(stage.query()).run
    assert run.rate == pytest.approx(rate, rel=0.05)
    np.testing.assert_allclose(stage.theta(), run.theta[1], rtol=1e-12)
    assert stage.step() == 1


def test_keys_move_the_rate(open_page):
    stage = open_page()
    before = float(stage.update_table()[0].rate[1])
    stage.answered(lambda: stage.rate.press("ArrowRight"))
    assert float(stage.update_table()[0].rate[1]) > before
    assert shown(stage.rate.get_attribute("aria-valuetext")) > before
    assert stage.step() == 0


def test_the_track_is_painted_where_the_limits_are(open_page):
    address = "?data=tips&rate=10"
    stage = open_page(address)
    limits = rate_limits(core(address).problem, core(address).experiment.loss)
    low, high = (float(stage.rate.get_attribute(name)) for name in ("min", "max"))
    for name in ("smooth", "limit", "fastest"):
        painted = stage.root.locator(".lr-track").evaluate(
            "(track, name) => getComputedStyle(track).getPropertyValue(name)", f"--{name}"
        )
        share = 100 * (np.log10(getattr(limits, name)) - low) / (high - low)
        assert float(painted.strip().removesuffix("%")) == pytest.approx(share, abs=1e-6)
    tick = stage.root.locator(".lr-tick").bounding_box()
    assert tick["x"] + 1 == pytest.approx(stage.rate_at(limits.fastest)[0], abs=2)


def test_too_large_a_rate_says_so_and_a_button_mends_it(open_page):
    limits = rate_limits(core("").problem)
    rate = 3 * limits.limit
    address = f"?rate={rate!r}&steps=2000"
    run = core(address).run
    assert run.diverged_at is not None
    stage = open_page(address)
    expect(stage.forecast).to_contain_text("Diverges: in the end each step lands 5 times as far")
    expect(stage.status).to_contain_text(f"the rate {number(rate, 4)} is above the limit")
    expect(stage.status).to_contain_text(f"the limit {number(limits.limit, 4)}")
    stage.page.locator("h1").click()
    stage.page.keyboard.press("End")
    stage.shows_step(len(run.loss) - 1)
    expect(stage.next).to_be_disabled()
    expect(stage.status).to_contain_text(f"overflowed at step {run.diverged_at}")
    assert not re.search("NaN|Infinity|∞", f"{stage.status.text_content()} {stage.picture()}")
    assert float(stage.measure("loss")[1]) == pytest.approx(run.loss[-1], rel=1e-11)

    stage.answered(lambda: stage.root.get_by_role("button", name="Use the fastest rate").click())
    assert float(stage.update_table()[0].rate[1]) == pytest.approx(limits.fastest, rel=1e-12)
    stage.address_has(f"rate={limits.fastest!r}")
    stage.page.locator("h1").click()
    stage.page.keyboard.press("End")
    stage.shows_step(2000)
    expect(stage.status).to_contain_text("Converged")
    expect(stage.root.get_by_role("button", name="Use the fastest rate")).to_have_count(0)
