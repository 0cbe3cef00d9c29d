"""The arrows of the rows in the page: their sum is the core's, and a row lights up everywhere."""

import numpy as np
import pytest
from playwright.sync_api import expect

from linreg.model.least_squares import loss_scale
from linreg.teaching.exercises import design
from linreg.teaching.per_row_gradients import row_gradients
from tests.browser.stage import core, shown

pytestmark = pytest.mark.browser

ADDRESSES = ["?", "?data=five&intercept=0&loss=half-mse"]
# Text and title of every cell under the pointer's row, or of a line below the rows.
CELLS = """(selector) => [...document.querySelectorAll(`.lr-rows ${selector}`)].map((row) =>
  [...row.children].map((cell) => [cell.textContent, cell.title]))"""
# The last arrow's tip and the whole, as the picture has them.
DRAWN = """() => {
  const { picture } = document.querySelector('[data-panel=gradient-arrows] .lr-plot');
  return picture.map(({ x, y }) => [Array.from(x), Array.from(y)]);
}"""
LIT = """() => {
  const drawn = (name) => document.querySelector(`[data-panel=${name}] .lr-plot`).picture;
  const last = (name) => [drawn(name).at(-1)].flatMap(({ x, y }) => [Array.from(x), Array.from(y)]);
  return { residual: last("data"), arrow: last("gradient-arrows") };
}"""

# Which cells of the sum's line are seen whole in the table's box.
IN_SIGHT = """() => {
  const box = document.querySelector(".lr-rows .lr-scroll").getBoundingClientRect();
  return [...document.querySelectorAll(".lr-rows [data-line=sum] > *")].map((cell) => {
    const range = document.createRange();
    range.selectNodeContents(cell);
    const { left, right, top, bottom } = range.getBoundingClientRect();
    return left >= box.left && right <= box.right && top >= box.top && bottom <= box.bottom;
  });
}"""


def design_of(truth):
    return design(truth.training_set.dataset.X, intercept=truth.problem.intercept)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_line_of_the_table_is_the_core_s(open_page, address):
    stage, truth = open_page(f"gradient{address}"), core(address)
    X, y, theta = design_of(truth), truth.training_set.dataset.y, truth.run.theta[0]
    scale = loss_scale(truth.experiment.loss, truth.problem.n)
    expected = scale * row_gradients(X, y, theta)
    p, box = X.shape[1], stage.root.locator(".lr-rows .lr-scroll")
    for i in (0, 5, len(y) - 1):
        box.evaluate("(box, part) => { box.scrollTop = part * box.scrollHeight; }", i / len(y))
        row = stage.root.locator(f".lr-rows tbody tr[data-i='{i}']")
        expect(row.locator("td").last).not_to_be_empty()
        (cells,) = stage.page.evaluate(CELLS, f"tbody tr[data-i='{i}']")
        fitted, residual = X[i] @ theta, y[i] - X[i] @ theta
        exact = [*truth.training_set.dataset.X[i], y[i], fitted, residual, *expected[i]]
        titles = [float(title) for _, title in cells[1:]]
        np.testing.assert_allclose(titles, exact, rtol=1e-9, atol=1e-9 * abs(y).max())
        texts = [shown(text) for text, _ in cells[1:]]
        np.testing.assert_allclose(texts, titles, rtol=6e-6)
        # What is on the screen can be done again: −2 times the residual times (1, x).
        again = -2 * scale * texts[-p - 1] * X[i]
        np.testing.assert_allclose(texts[-p:], again, rtol=2e-5)
    ((_, *sums),) = stage.page.evaluate(CELLS, "[data-line=sum]")
    np.testing.assert_allclose([float(title) for _, title in sums], truth.run.gradient[0])
    np.testing.assert_allclose(
        [shown(text) for text, _ in sums], expected.sum(axis=0), rtol=6e-6, atol=1e-9
    )


def test_the_arrows_end_where_the_whole_does(open_page):
    stage, run = open_page("gradient?data=plane"), core("?data=plane").run
    stage.picture()
    _, whole, _, rows, _ = stage.page.evaluate(DRAWN)
    np.testing.assert_allclose([whole[0][1], whole[1][1]], run.gradient[0][:2], rtol=1e-9)
    # The last arrow: its shaft, then the strokes of its head.
    tips = [(x, y) for x, y in zip(*rows, strict=True) if x is not None]
    assert any(np.allclose(tip, run.gradient[0][:2], rtol=1e-9) for tip in tips[-5:])


def test_a_row_lights_up_from_anywhere(open_page):
    stage, truth = open_page("gradient"), core("")
    X, y, theta = design_of(truth), truth.training_set.dataset.y, truth.run.theta[0]
    sums = np.vstack([[0, 0], row_gradients(X, y, theta).cumsum(axis=0)])
    i = 13

    def all_lit():
        stage.page.wait_for_function(
            "i => document.querySelector('.lr-rows tr.lr-lit')?.dataset.i === String(i)", arg=i
        )
        lit = stage.page.evaluate(LIT)
        np.testing.assert_allclose(lit["residual"][0], [X[i, 1]] * 2)
        np.testing.assert_allclose(lit["residual"][1], [y[i], X[i] @ theta])
        np.testing.assert_allclose([axis[:2] for axis in lit["arrow"]], sums[i : i + 2].T)

    def away():
        stage.page.mouse.move(2, 2)
        stage.page.wait_for_function("() => !document.querySelector('.lr-rows tr.lr-lit')")

    stage.hover("data", X[i, 1], y[i])
    all_lit()
    box, row = (stage.root.locator(at) for at in (".lr-rows .lr-scroll", ".lr-rows tr.lr-lit"))
    outer, inner = box.bounding_box(), row.bounding_box()  # scrolled into its box
    assert outer["y"] <= inner["y"]
    assert inner["y"] + inner["height"] <= outer["y"] + outer["height"]
    away()
    stage.hover("gradient-arrows", *sums[i : i + 2].mean(axis=0))
    all_lit()
    expect(stage.tip("gradient-arrows")).to_contain_text(
        f"row {truth.training_set.dataset.rows[i]}"
    )
    away()
    stage.root.locator(f".lr-rows tbody tr[data-i='{i}']").hover()
    all_lit()
    away()
    stage.root.locator(".lr-rows tbody tr").first.focus()
    for key in ("PageDown", "ArrowDown", "ArrowDown", "ArrowDown"):
        stage.page.keyboard.press(key)
    all_lit()


def test_the_arrows_follow_the_hand(open_page):
    stage = open_page("gradient")
    truth = core("?start=1,2")
    box = stage.root.get_by_role("spinbutton", name="θ0, intercept as a number")
    box.fill("1")
    stage.answered(lambda: box.press("Enter"))
    box = stage.root.get_by_role("spinbutton", name="θ1, x as a number")
    box.fill("2")
    stage.answered(lambda: box.press("Enter"))
    ((_, *sums),) = stage.page.evaluate(CELLS, "[data-line=sum]")
    np.testing.assert_allclose([float(t) for _, t in sums], truth.run.gradient[0], rtol=1e-9)
    table = stage.page.get_by_test_id("stDataFrame").first
    expect(table).to_be_visible()


def test_a_sample_says_that_it_does_not_add_up(open_page, tmp_path):
    rng = np.random.default_rng(3)
    x = rng.uniform(0, 10, 5000).round(3)
    y = (2 * x + rng.normal(size=5000)).round(3)
    file = tmp_path / "many.csv"
    file.write_text("x,y\n" + "\n".join(f"{a},{b}" for a, b in zip(x, y, strict=True)))
    stage = open_page("gradient?data=upload")
    before = stage.revision()
    stage.page.locator("input[type=file]").set_input_files(file)
    expect(stage.root).not_to_have_attribute("data-revision", before)
    stage.picture()
    ((_, *drawn), (_, *all_rows)) = (
        stage.page.evaluate(CELLS, f"[data-line={name}]")[0] for name in ("drawn", "sum")
    )
    whole = [-2 * y.sum(), -2 * (y * x).sum()]  # θ = 0: the residual is y
    np.testing.assert_allclose([float(title) for _, title in all_rows], whole)
    assert abs(float(drawn[0][1])) < 0.6 * abs(whole[0])
    expect(stage.root.locator(".lr-rows-note")).to_contain_text("do not add up to the gradient")
    note = stage.panel("gradient-arrows").locator(".lr-note")
    expect(note).to_contain_text("these 2,000 arrows")
    expect(note).to_contain_text("all 5,000")
    rows = stage.root.locator(".lr-rows tbody tr")
    assert rows.count() == 2000  # all that are drawn can be reached
    rows.first.focus()
    stage.page.keyboard.press("End")
    expect(rows.last).to_be_focused()
    expect(rows.last.locator("td").last).not_to_be_empty()


@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080), (390, 844)])
def test_the_table_scrolls_in_its_own_box(open_page, size):
    stage = open_page("gradient?data=five", width=size[0], height=size[1])
    main = "() => { const e = document.querySelector('[data-testid=stMain]'); "
    assert stage.page.evaluate(main + "return e.scrollWidth - e.clientWidth; }") == 0
    box = stage.root.locator(".lr-rows .lr-scroll")
    height = box.evaluate("(e) => e.clientHeight")
    row = stage.root.locator(".lr-rows tbody tr").first.bounding_box()["height"]
    assert height <= 15 * row


@pytest.mark.parametrize("screen", [{}, {"width": 390, "height": 844, "touch": True}])
@pytest.mark.parametrize("address", ["?", "?data=five"])
def test_the_sum_and_its_numbers_are_in_sight_wherever_the_table_is_scrolled(
    open_page, address, screen
):
    stage, truth = open_page(f"gradient{address}", **screen), core(address)
    box = stage.root.locator(".lr-rows .lr-scroll")
    for across, down in ((0, 0), (1, 0), (1, 1), (0, 1)):
        box.evaluate(
            "(box, [across, down]) => box.scrollTo(across * box.scrollWidth, down * 300)",
            [across, down],
        )
        assert stage.page.evaluate(IN_SIGHT) == [True] * (1 + len(truth.run.theta[0]))
