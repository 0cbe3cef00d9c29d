"""A problem file in a browser: opened, played, chosen from, taken home and opened again."""

import re
from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import expect

from linreg.data.summary.accumulator import Accumulator
from linreg.data.summary.problem_file import dumps, loads
from tests.browser.stage import Stage, core

pytestmark = pytest.mark.browser

ADDRESS = "?data=upload&y=y&x=a&x=b&intercept=0&steps=20"


def billion():
    """Return a summary of so many rows that nobody counts them."""
    a, b, noise = np.random.default_rng(3).normal(size=(3, 5000))
    gathered = Accumulator(("a", "b", "y"), "side").feed(
        [a, b, 1 + 2 * a - 3 * b + noise], np.where(a > 0, "right", "left")
    )
    summary = gathered.summary("y", ("a", "b"), "big.csv")
    groups = summary.groups
    for _ in range(18):
        groups = {name: moments + moments for name, moments in groups.items()}
    return replace(summary, groups=groups, read=5000 << 18)


BILLION = billion()
TEXT = dumps(BILLION)


def choose(stage: Stage):
    file = {"name": "big.json", "mimeType": "application/json", "buffer": TEXT.encode()}
    stage.answered(lambda: stage.page.locator("input[type=file]").set_input_files([file]))


def play_to_the_end(stage: Stage, step):
    """Play, and once it moves jump to the last step."""
    stage.play.click()
    expect(stage.scrubber).not_to_have_attribute("aria-valuetext", re.compile("^step 0 of"))
    stage.scrubber.press("End")
    stage.shows_step(step)


def test_a_billion_rows_are_opened_and_played(open_page):
    stage = open_page(ADDRESS)
    choose(stage)
    now = core(ADDRESS, BILLION)
    assert now.problem.n == 5000 << 18
    expect(stage.page.get_by_text("sample: 2,000 of 1.31e9 rows")).to_be_visible()
    play_to_the_end(stage, 20)
    np.testing.assert_allclose(stage.theta(), now.run.theta[-1], rtol=1e-9)
    assert float(stage.measure("loss")[1]) == pytest.approx(now.run.loss[-1], rel=1e-9)
    expect(stage.warnings).to_have_count(0)


def test_a_group_left_out_by_the_address(open_page):
    address = "?data=upload&y=y&x=a&x=b&repair=leave-group%3Aside%3Dleft&steps=20"
    stage = open_page(address)
    choose(stage)
    right = BILLION.groups["right"].n
    assert core(address, BILLION).problem.n == right
    play_to_the_end(stage, 20)
    expected = core(address, BILLION).run.theta[-1]
    np.testing.assert_allclose(stage.theta(), expected, rtol=1e-9)


def test_it_can_be_taken_home_and_opened_again(open_page):
    stage = open_page("?data=upload&y=y&x=a")
    choose(stage)
    stage.page.get_by_text("Look up", exact=True).click()
    stage.page.locator("a[href$='/data']").click()
    expect(stage.page.get_by_text("Download the 2,000 rows at hand (CSV)")).to_be_visible()
    with stage.page.expect_download() as coming:
        stage.page.get_by_role("button", name="Download a problem file").click()
    again = loads(coming.value.path().read_bytes())
    assert (again.target, again.features) == ("y", ("a",))
    np.testing.assert_array_equal(again.total.K, BILLION.total.K)


def test_a_damaged_one_is_refused_and_the_stage_stays(open_page):
    stage = open_page(ADDRESS)
    choose(stage)
    before = stage.traces()
    cut = {"name": "cut.json", "mimeType": "application/json", "buffer": TEXT[:-99].encode()}
    stage.page.locator("input[type=file]").set_input_files([cut])
    expect(stage.warnings).to_contain_text("cut off or damaged")
    assert stage.traces() == before


def test_exact_digits_in_a_browser(open_page):
    stage = open_page("minimum?data=tips&y=tip&x=total_bill&x=size")
    stage.page.get_by_role("button", name="Exact digits").click()
    expect(stage.page.get_by_text("0.668944740812502893057463332114")).to_be_visible()
