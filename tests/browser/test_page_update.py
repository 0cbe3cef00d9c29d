"""One step in slow motion in the page: phases, the arithmetic, and a step that was predicted."""

import re
from decimal import Decimal

import numpy as np
import pytest
from playwright.sync_api import expect

from linreg.model import row_by_row
from linreg.model.least_squares import loss_scale
from linreg.teaching.exercises import design
from tests.browser.stage import core, shown

pytestmark = pytest.mark.browser

PHASES = ["Gradient ∇", "Times η", "Minus", "New θ", "New line", "New loss"]
ADDRESSES = ["?", "?data=gapminder&step=100"]  # and after the last step
CELLS = """(selector) => [...document.querySelectorAll(selector)].map((row) =>
  [...row.children].map((cell) => [cell.textContent, cell.title]))"""
DRAWN = """(name) => document.querySelector(`[data-panel=${name}] .lr-plot`).picture
  .map(({ x, y }) => [Array.from(x), Array.from(y)])"""


def words(stage):
    return stage.root.locator(".lr-phase-words")


def phase(stage, name):
    expect(stage.root.locator(".lr-phases [aria-current=step]")).to_have_text(name)


def numbers_in(text):
    """Return the numbers in a sentence, as a reader would type them."""
    texts = re.findall(r"(?<![\wθ])−?\d[\d,]*(?:\.\d+)?(?:e−?\d+)?", text)
    return [shown(each.rstrip(",")) for each in texts]


def trace(stage, panel, index):
    stage.picture()
    return stage.page.evaluate(DRAWN, panel)[index]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_arithmetic_on_the_screen_is_the_core_s(open_page, address):
    stage, truth = open_page(f"update{address}"), core(address.replace("step", "at"))
    run, t = truth.run, int((re.findall(r"step=(\d+)", address) or [0])[0])
    for _ in range(3):
        stage.button("Next phase").click()
    phase(stage, PHASES[3])
    X = design(truth.training_set.dataset.X, intercept=truth.problem.intercept)
    scale = loss_scale(run.loss_name, truth.problem.n)
    slope = scale * row_by_row.gradient(X, truth.training_set.dataset.y, run.theta[t])
    then = row_by_row.update(run.theta[t], run.rate, slope)
    lines = stage.page.evaluate(CELLS, ".lr-step-sums tbody tr")
    for j, (_, theta, rate, gradient, after) in enumerate(lines):
        seen = [
            shown(text.strip("−·= ") if k else text) for k, (text, _) in enumerate((theta, rate))
        ]
        slope_seen, after_seen = shown(gradient[0].strip("· ")), shown(after[0].strip("= "))
        # Anyone can do the step again from what stands there.
        digit = Decimal(after[0].strip("= ").replace("−", "-").replace(",", ""))
        last_digit = 10.0 ** digit.as_tuple().exponent
        assert seen[0] - seen[1] * slope_seen == pytest.approx(after_seen, abs=last_digit)
        assert float(theta[1]) == pytest.approx(run.theta[t][j], rel=1e-12)
        assert float(gradient[1]) == pytest.approx(slope[j], rel=1e-6, abs=1e-6)
        assert float(after[1]) == pytest.approx(then[j], rel=1e-9)
    for name, expected in {"sum": slope, "scaled": run.rate * slope, "next": then}.items():
        ((_, *cells),) = stage.page.evaluate(CELLS, f".lr-rows [data-line={name}]")
        texts = [shown(text) for text, _ in cells]
        np.testing.assert_allclose(texts, expected, rtol=1e-5, atol=1e-5 * abs(expected).max())


def test_each_phase_has_its_sentence_and_its_picture(open_page):
    stage, run = open_page("update"), core("").run
    now, then, slope, rate = run.theta[0], run.theta[1], run.gradient[0], run.rate
    expected = [
        [*now, *slope],
        [rate, *(rate * slope)],
        [*(-rate * slope)],
        [*now, *then],
        [*np.abs(then), *np.abs(now)],
        [run.loss[0], run.loss[1], 100 * abs(run.loss[1] / run.loss[0] - 1)],
    ]
    for at, name in enumerate(PHASES):
        phase(stage, name)
        shown = numbers_in(words(stage).inner_text())
        sizes = np.abs(shown) if at == 4 else shown
        np.testing.assert_allclose(sizes, expected[at], rtol=5e-3 if at == 5 else 6e-5)
        gradient, scaled, minus = (trace(stage, "plane", k) for k in (3, 4, 5))
        assert gradient[0]
        assert bool(scaled[0]) == (at >= 1)
        assert bool(minus[0]) == (at >= 2)
        if at >= 1:
            np.testing.assert_allclose([axis[1] for axis in scaled], now + rate * slope)
        if at >= 2:
            np.testing.assert_allclose([axis[1] for axis in minus], then)
        landed = trace(stage, "plane", 9)
        assert bool(landed[0]) == (at >= 3)
        line = np.array(trace(stage, "data", 3))
        theta = then if at >= 4 else now
        np.testing.assert_allclose(line[1], theta[0] + theta[1] * line[0])
        drop = trace(stage, "loss", 4)
        assert drop == ([[1], [pytest.approx(run.loss[1])]] if at >= 5 else [[], []])
        stage.page.keyboard.press("n")
    phase(stage, PHASES[0])
    expect(stage.scrubber).to_have_attribute("aria-valuetext", re.compile("^step 1 of"))
    stage.page.keyboard.press("b")
    phase(stage, PHASES[5])
    expect(stage.scrubber).to_have_attribute("aria-valuetext", re.compile("^step 0 of"))


def test_predict_by_a_mark_then_step(open_page):
    stage, run = open_page("update", reduced_motion="reduce"), core("").run
    now, then = run.theta[0], run.theta[1]
    go = stage.button("Take the step")
    expect(go).to_be_disabled()
    (left, right), (low, high) = stage.window("plane")
    units = np.array([right - left, high - low])
    mark = then + np.array([0.5, 0])
    stage.click("plane", *mark)
    boxes = stage.root.locator(".lr-guess-boxes input")
    placed = np.array([float(boxes.nth(k).input_value()) for k in range(2)])
    np.testing.assert_allclose(placed, mark, atol=0.02 * units.max())
    share = np.linalg.norm((placed - then) / units) / np.linalg.norm((then - now) / units)
    go.click()
    verdict = stage.root.locator(".lr-guess-verdict")
    expect(verdict).to_contain_text("of the step's length away")
    assert numbers_in(verdict.inner_text())[0] == pytest.approx(100 * share, rel=0.02)
    phase(stage, PHASES[5])
    # Python judged the same guess, by the core.
    answer = stage.page.get_by_test_id("stAlert").filter(has_text="of the step's length away")
    assert numbers_in(answer.inner_text())[0] == pytest.approx(100 * share, rel=0.01)
    expect(answer).to_contain_text("Right.")
    off = trace(stage, "plane", 7)
    np.testing.assert_allclose(off, np.transpose([placed, then]), rtol=1e-6)
    expect(stage.root.locator(".lr-guess-scores summary")).to_contain_text("1 right of 1 guess")
    stage.button("Predict the next step").click()
    phase(stage, PHASES[0])
    expect(boxes.first).to_have_value("")
    stage.button("down").click()
    stage.button("Take the step").click()
    expect(verdict).to_contain_text("Not down. The step goes against the gradient")
    expect(answer).to_have_count(0)
    expect(stage.page.get_by_test_id("stAlert").filter(has_text="Not yet.")).to_have_count(1)
    expect(stage.root.locator(".lr-guess-scores summary")).to_contain_text("1 right of 2 guesses")


def test_predict_by_keyboard_and_watch_it_run(open_page):
    stage, run = open_page("update"), core("").run
    box = stage.root.get_by_role("spinbutton", name="Your guess for θ1, x")
    box.fill(f"{run.theta[1][1]:.6g}")
    box.press("Tab")
    stage.button("Take the step").focus()
    stage.page.keyboard.press("Enter")
    phase(stage, PHASES[1])
    phase(stage, PHASES[5])
    expect(stage.root.locator(".lr-guess-verdict")).to_contain_text("close enough")


def test_no_guess_once_the_answer_is_seen(open_page):
    stage = open_page("update")
    for _ in range(2):
        stage.button("Next phase").click()
    expect(stage.root.locator(".lr-guess-boxes input").first).to_be_disabled()
    expect(stage.root.locator(".lr-guess-verdict")).to_contain_text("shows where it lands")
    before = trace(stage, "plane", 7)
    stage.click("plane", 1, 1)
    assert trace(stage, "plane", 7) == before == [[], []]


def test_the_next_steps_have_every_number(open_page):
    stage, run = open_page("update?data=plane&step=5"), core("?data=plane").run
    stage.root.locator(".lr-next-steps summary").click()
    expect(stage.root.locator(".lr-next-steps tbody td").first).not_to_be_empty()  # it has opened
    lines = stage.page.evaluate(CELLS, ".lr-next-steps tbody tr:not([hidden])")
    assert len(lines) == 6
    for k, cells in enumerate(lines):
        t = 5 + k
        exact = [
            t, *run.theta[t], run.loss[t], *run.gradient[t], *(-run.rate * run.gradient[t]),
            *run.theta[t + 1],
        ]  # fmt: skip
        np.testing.assert_allclose([float(title) for _, title in cells], exact, rtol=1e-9)
        np.testing.assert_allclose([shown(text) for text, _ in cells], exact, rtol=6e-6)


def test_the_close_up_shows_a_late_step(open_page):
    stage, run = open_page("update?step=30"), core("").run
    stage.root.get_by_label("Zoom to this step").check()
    for t in (30, 31):
        (left, right), (low, high) = stage.window("plane")
        ahead = (run.theta[t + 1] - run.theta[t]) / [right - left, high - low]
        assert 0.3 < np.hypot(*ahead) < 0.4
        if t == 30:
            stage.next.click()
            expect(stage.scrubber).to_have_attribute("aria-valuetext", re.compile("^step 31 of"))
            stage.picture()


@pytest.mark.parametrize("size", [(1440, 900), (1920, 1080), (390, 844)])
def test_nothing_sticks_out(open_page, size):
    stage = open_page("update?data=five", width=size[0], height=size[1])
    main = "() => { const e = document.querySelector('[data-testid=stMain]'); "
    assert stage.page.evaluate(main + "return e.scrollWidth - e.clientWidth; }") == 0
