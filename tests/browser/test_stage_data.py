"""The data panel: rows under the pointer, points placed by hand, and more than one feature."""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.stage import core, shown

pytestmark = pytest.mark.browser

# Whether the pictures in space are left alone for half a second within the next six.
QUIET = """async () => {
  const { Plotly } = window, { restyle } = Plotly;
  let drawn = 0;
  Plotly.restyle = (...all) => { drawn += 1; return restyle(...all); };
  for (let n = 0; n < 12; n++) {
    drawn = 0;
    await new Promise((done) => setTimeout(done, 500));
    if (drawn === 0) break;
  }
  Plotly.restyle = restyle;
  return drawn === 0;
}"""

POINTS = "?data=drawn&points=0,0+2,4+4,1"


def test_a_row_tells_its_residual_and_its_shares(open_page):
    stage, truth = open_page("?step=2"), core("")
    x, y = truth.training_set.dataset.X[:, 0], truth.training_set.dataset.y
    gaps = np.hypot((x[:, None] - x) / np.ptp(x), (y[:, None] - y) / np.ptp(y)) + 9 * np.eye(len(x))
    row = int(gaps.min(axis=1).argmax())  # the loneliest one
    stage.hover("data", x[row], y[row])
    tip = stage.tip("data")
    expect(tip).to_contain_text(f"row {row + 1}\n")
    theta = truth.run.theta[2]
    residual = y[row] - theta @ [1, x[row]]
    arrow, gradient = -2 * residual * np.array([1, x[row]]), truth.run.gradient[2]
    text = tip.text_content()

    def number(pattern):
        return shown(re.search(pattern, text)[1])

    assert number(r"y − ỹ = (\S+)") == pytest.approx(residual, rel=1e-5)
    assert number(r"(\S+)\s% of the loss") == pytest.approx(
        100 * residual**2 / truth.run.loss[2], rel=5e-3
    )
    assert number(r"(\S+)\s% of the gradient") == pytest.approx(
        100 * arrow @ gradient / (gradient @ gradient), rel=5e-3
    )
    parts = re.search(r"along it: \((.*)\)", text)[1].split(", ")
    assert [shown(part) for part in parts] == pytest.approx(arrow, rel=5e-4)
    stage.page.mouse.move(5, 5)
    expect(tip).to_be_hidden()


def test_points_are_added_moved_and_removed(open_page):
    stage = open_page(POINTS)
    note = stage.panel("data").locator(".lr-note")
    expect(note).to_have_text("3 rows")
    stage.answered(lambda: stage.click("data", -3, -5))
    expect(note).to_have_text("4 rows")
    stage.address_has("points=0,0+2,4+4,1+-")
    added = core(stage.query()).training_set.dataset
    assert (added.X[3, 0], added.y[3]) == pytest.approx((-3, -5), abs=0.1)

    best = stage.drawn("data")[2]
    stage.grab("data", 2, 4)
    stage.answered(lambda: stage.page.mouse.move(*stage.place("data", 2, -7), steps=3))
    assert stage.drawn("data")[2] != best  # the fit follows while the hand still holds the point
    stage.page.mouse.move(*stage.place("data", 3, 8), steps=3)
    stage.page.mouse.up()
    stage.address_has("points=0,0+3")
    assert points_in_address(stage, 4)[1] == pytest.approx((3, 8), abs=0.1)

    stage.select("What a click on the data does").select_option("remove")
    stage.answered(lambda: stage.click("data", 4, 1))
    expect(note).to_have_text("3 rows")
    stage.answered(lambda: stage.click("data", 0, 0))
    expect(note).to_have_text("2 rows")
    left = points_in_address(stage, 2)
    stage.click("data", *left[0])  # two points are the least
    expect(note).to_have_text("2 points are the fewest that make a line")
    stage.page.wait_for_timeout(600)
    assert points_in_address(stage, 2) == left


def points_in_address(stage, count):
    """Wait until the address has so many points, and return them."""
    stage.page.wait_for_function(
        "(n) => new URLSearchParams(location.search).get('points')?.split(' ').length === n",
        arg=count,
    )
    return core(stage.query()).experiment.data.points


def test_several_features_are_seen_one_by_one_or_as_a_plane(open_page):
    stage, truth = open_page("?data=plane"), core("?data=plane")
    show = stage.select("What the data panel shows")
    expect(show).to_have_value("fitted")
    theta, X, y = truth.run.theta[0], truth.training_set.dataset.X, truth.training_set.dataset.y
    rows = stage.drawn("data")[1]
    np.testing.assert_allclose(rows["x"], theta[0] + X @ theta[1:], rtol=1e-12)
    np.testing.assert_allclose(rows["y"], y)
    expect(stage.panel("data").locator(".xtitle")).to_have_text("fitted y")

    show.select_option("1")
    stage.address_has("show=1")
    expect(stage.panel("data").locator(".xtitle")).to_have_text("x2")
    np.testing.assert_allclose(stage.drawn("data")[1]["x"], X[:, 1])
    line = stage.drawn("data")[3]
    slope = (line["y"][1] - line["y"][0]) / (line["x"][1] - line["x"][0])
    assert slope == pytest.approx(theta[2])


def test_the_fitted_plane_follows_the_steps_and_then_rests(open_page):
    stage = open_page("?data=plane")
    stage.select("What the data panel shows").select_option("plane")
    stage.address_has("show=plane")
    expect(stage.panel("data").locator(".lr-space canvas").first).to_be_visible()
    expect(stage.panel("data").locator(".lr-plot")).to_be_hidden()
    corner = "document.querySelector('[data-panel=data] .lr-space').data?.[0]?.z?.[0]?.[0]"
    stage.page.wait_for_function(f"() => {corner} !== undefined")
    before = stage.page.evaluate(f"() => {corner}")
    stage.next.click()
    stage.page.wait_for_function(f"(old) => {corner} !== old", arg=before)
    assert stage.page.evaluate(QUIET)


def test_the_plane_of_a_start_below_all_rows_is_in_the_picture(open_page):
    stage = open_page("?data=tips&y=tip&x=total_bill&x=size&show=plane")
    assert core(stage.query()).training_set.dataset.y.min() > 0  # where the start is
    plot = "document.querySelector('[data-panel=data] .lr-space')"
    stage.page.wait_for_function(f"() => {plot}.data?.[0]?.z?.[0]?.[0] === 0")
    low, high = stage.page.evaluate(f"() => {plot}.layout.scene.zaxis.range")
    assert low < 0 < high
    legend = [
        text.strip() for text in stage.panel("data").locator(".lr-legend").inner_text().split()
    ]
    assert legend == ["row", "model"]  # no residuals are drawn in space


def test_the_most_points_that_fit_are_said(open_page):
    points = " ".join(f"{x / 20},{x % 7}" for x in range(100))
    stage = open_page(f"?data=drawn&points={points}")
    stage.click("data", 0.3, 8)
    note = stage.panel("data").locator(".lr-note")
    expect(note).to_have_text(re.compile("100 points are the most"))
    assert len(stage.drawn("data")[1]["x"]) == 100
