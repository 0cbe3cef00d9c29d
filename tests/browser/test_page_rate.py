"""The learning rate in a browser: directions, four runs, the sweep, raw against standardised."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from linreg.training.eigen_directions import directions
from linreg.training.learning_rate import rate_limits
from linreg.training.rate_sweep import examples, sweep
from tests.browser.stage import core, shown
from tests.helpers.scaled_descent import compare

pytestmark = pytest.mark.browser

VIEWS = ("Why a rate fails", "Four rates", "Sixty rates", "Raw and standardised")
NAMES = ("rate-directions", "rate-four", "rate-sweep", "rate-scales")


def look(stage, title):
    """Choose a view, and wait until its pictures stand."""
    stage.page.get_by_role("radio", name=title).click()
    name = NAMES[VIEWS.index(title)]
    stage.page.wait_for_selector(f".lr-stage.lr-on-{name}[data-settled]")
    stage.picture()


def table(stage):
    rows = stage.root.locator(".lr-directions tbody tr")
    return [row.locator("th, td").all_text_contents() for row in rows.all()]


def assert_directions(stage, address, rate):
    now = core(address)
    axes = directions(now.problem, rate=rate)
    rows = table(stage)
    assert len(rows) == len(axes)
    for (_, eigenvalue, factor, steps), each in zip(rows, axes, strict=True):
        assert shown(eigenvalue) == pytest.approx(each.eigenvalue, rel=1e-5)
        assert shown(factor) == pytest.approx(each.factor, abs=1e-4)
        if each.steps is None:
            assert steps in ("never", "grows")
        else:
            assert shown(steps) == each.steps


@pytest.mark.parametrize("address", ["", "?data=plane", "?data=five&intercept=0", "?intercept=0"])
def test_the_table_of_directions_is_the_cores_while_dragging(open_page, address):
    stage = open_page(f"rate{address}")
    look(stage, "Why a rate fails")
    now = core(address)
    assert_directions(stage, address, now.run.rate)
    limit = rate_limits(now.problem).limit
    stage.drag_rate(1.2 * limit, release=False)
    stage.picture()
    expect(stage.root.locator(".lr-directions")).to_contain_text("grows")
    stage.answered(stage.page.mouse.up)
    rate = 10 ** float(stage.rate.input_value())
    assert_directions(stage, address, rate)


def test_the_axes_are_the_eigenvectors_and_look_upright(open_page):
    stage = open_page("rate")
    look(stage, "Why a rate fails")
    steep, shallow = directions(core("").problem, rate=1e-3)
    _, first, second, *_ = stage.drawn("directions-plane")
    for line, each in ((first, steep), (second, shallow)):
        along = np.array([np.diff(line["x"])[0], np.diff(line["y"])[0]])
        assert abs(along @ each.vector) == pytest.approx(np.linalg.norm(along), rel=1e-9)
    places = [stage.place("directions-plane", x, y) for x, y in ((0, 0), (1, 0), (0, 1))]
    across, up = (np.linalg.norm(np.subtract(place, places[0])) for place in places[1:])
    assert across == pytest.approx(up, rel=1e-3)


def test_errors_are_straight_lines_and_a_click_jumps(open_page):
    stage = open_page("rate")
    look(stage, "Why a rate fails")
    now = core("")
    axes = directions(now.problem, rate=now.run.rate)
    _, *lines, _, _ = stage.drawn("direction-errors")
    for line, each in zip(lines, axes, strict=True):
        expected = np.abs(each.factor) ** np.arange(10)
        np.testing.assert_allclose(line["y"][:10], expected, rtol=1e-9)
    stage.click("direction-errors", 40, 0.5)
    stage.shows_step(40)


def test_four_runs_have_one_player(open_page):
    stage = open_page("rate")
    look(stage, "Four rates")
    four = examples(rate_limits(core("").problem))
    for _ in range(3):
        stage.next.click()
    for name, rate in zip(
        ("small", "good", "zigzag", "diverging"),
        (four.small, four.good, four.zigzag, four.diverging),
        strict=True,
    ):
        note = stage.panel(f"plane-{name}").locator(".lr-note")
        expect(note).to_contain_text("step 3")
        assert shown(re.search(r"= ([^,]*),", note.text_content())[1]) == pytest.approx(
            rate, rel=1e-3
        )
        path = stage.drawn(f"plane-{name}")[2]
        theta = core(f"?rate={rate!r}").run.theta[:4]
        np.testing.assert_allclose(np.column_stack([path["x"], path["y"]])[:4], theta, rtol=1e-9)


def test_a_run_that_ends_early_does_not_stop_the_others(open_page):
    stage = open_page("rate?rate=1")  # overflows long before step 100
    look(stage, "Four rates")
    stage.scrubber.press("End")
    expect(stage.panel("plane-good").locator(".lr-note")).to_contain_text("step 100")
    assert stage.step() == 100


def test_a_rate_of_the_four_can_be_taken(open_page):
    stage = open_page("rate")
    look(stage, "Four rates")
    rate = examples(rate_limits(core("").problem)).zigzag
    stage.answered(stage.panel("plane-zigzag").get_by_role("button").click)
    stage.address_has(f"rate={rate!r}")


def test_a_dot_opens_its_run(open_page):
    stage = open_page("rate")
    look(stage, "Sixty rates")
    now = core("")
    done = sweep(now.problem, now.limits, start=now.run.theta[0])
    at = done.rates[12], done.steps[12]
    stage.hover("rate-sweep", *at)
    expect(stage.tip("rate-sweep")).to_contain_text(f"converges at step {done.steps[12]:,}")
    stage.answered(lambda: stage.click("rate-sweep", *at))
    stage.address_has(f"rate={float(done.rates[12])!r}")
    expect(stage.forecast).to_contain_text(f"near step {done.steps[12]:,}")
    marker = stage.drawn("rate-sweep")[-1]
    assert marker["x"][0] == pytest.approx(at[0], rel=1e-9)
    assert marker["y"][0] == pytest.approx(at[1], rel=1e-9)


def test_beyond_the_cliff_no_dot_arrives(open_page):
    stage = open_page("rate")
    look(stage, "Sixty rates")
    limit = rate_limits(core("").problem).limit
    cliff, _, smooth, zigzag, never, *_ = stage.drawn("rate-sweep")
    assert cliff["x"][0] == pytest.approx(limit)
    assert max(smooth["x"] + zigzag["x"]) < limit < min(never["x"])
    assert len(smooth["x"] + zigzag["x"] + never["x"]) == 60


def test_raw_and_standardised_go_together(open_page):
    stage = open_page("rate")
    look(stage, "Raw and standardised")
    now = core("")
    rows = now.training_set
    raw, other = compare(rows.moments, start=now.start, steps=100)
    stage.scrubber.press("End")
    for side, name in ((raw, "raw"), (other, "standardised")):
        note = stage.panel(f"compare-plane-{name}").locator(".lr-note")
        expect(note).to_contain_text(f"arrived at step {side.arrives}")
    # The same rows lie in both pictures, and the same line runs through them.
    left, right = (stage.drawn(f"data-{name}") for name in ("raw", "standardised"))
    widths = [np.ptp(picture[1]["x"]) for picture in (left, right)]
    assert widths[0] / widths[1] == pytest.approx(rows.dataset.X.std(), rel=0.2)


@pytest.mark.parametrize(
    "address",
    [
        "?data=five",
        "?data=plane&intercept=0&loss=mse",
        "?data=gapminder",
        "?data=drawn&points=1,1+1,5",
        "?data=drawn&points=0,1+0,5&intercept=0",
    ],
)
def test_every_view_stands_for_every_kind_of_data(open_page, address):
    stage = open_page(f"rate{address}")
    for title in VIEWS:
        look(stage, title)
        stage.scrubber.press("End")
        stage.scrubber.press("Home")
        plots = stage.root.locator(".lr-plot").all()
        assert plots
        for label in plots:
            text = label.get_attribute("aria-label")
            assert text
            assert not re.search("NaN|undefined|null", text)
