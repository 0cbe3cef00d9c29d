"""The loss by hand: squares, their block, the parabola, the trail of tries.

All kinds of data are tested in Node: panels/data, panels/lesson/residual_block,
panels/lesson/parabola and controls/tables/losses.
"""

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from linreg.model.row_by_row import tsse
from tests.browser.stage import core, shown

pytestmark = pytest.mark.browser

SCALE = """(name) => {
  const { x, y, width, height } = document.querySelector(`[data-panel=${name}] .lr-plot`).frame;
  return [width / (x.range[1] - x.range[0]), height / (y.range[1] - y.range[0])];
}"""


def design(resolved):
    X = resolved.training_set.dataset.X
    return np.column_stack([np.ones(len(X)), X]) if len(resolved.run.theta[0]) > X.shape[1] else X


def boxes(trace):
    """Return width and height of each outline of a trace."""
    xs, ys = trace["x"], trace["y"]
    return [
        (abs(xs[m + 1] - xs[m]), abs(ys[m + 2] - ys[m]), min(xs[m], xs[m + 1]), min(ys[m : m + 3]))
        for m in range(0, len(xs), 6)
    ]


def table(stage, column=1):
    """Return TSSE, MSE, ½MSE and R² as shown."""
    rows = stage.root.locator("[data-loss]").all()
    cells = [row.locator("td").nth(column) for row in rows]
    return [shown(cell.text_content()) for cell in cells]


def test_the_block_is_made_of_the_squares(open_page):
    stage = open_page("loss?data=gapminder")
    resolved = core("?data=gapminder")
    residuals = resolved.training_set.dataset.y - design(resolved) @ resolved.run.theta[0]
    drawn = stage.drawn("residual-block")
    blocks = boxes(drawn[0])
    assert sorted(w * h for w, h, *_ in blocks) == pytest.approx(sorted(residuals**2), rel=1e-6)
    side = np.sqrt((residuals**2).sum())
    assert boxes(drawn[1])[0][:2] == pytest.approx((side, side))
    assert all(x > -1e-6 and x + w < side * (1 + 1e-9) for w, _, x, _ in blocks)
    across, upwards = stage.page.evaluate(SCALE, "residual-block")
    assert across == pytest.approx(upwards)


@pytest.mark.parametrize("data", ["line", "gapminder"])
def test_squares_are_square_on_the_screen(open_page, data):
    stage = open_page(f"loss?data={data}")
    resolved = core(f"?data={data}")
    residuals = resolved.training_set.dataset.y - design(resolved) @ resolved.run.theta[0]
    across, upwards = stage.page.evaluate(SCALE, "data")
    squares = boxes(stage.drawn("data")[-2])
    assert [h for _, h, *_ in squares] == pytest.approx(sorted(abs(residuals), reverse=True))
    assert [w * across for w, *_ in squares] == pytest.approx([h * upwards for _, h, *_ in squares])
    note = stage.panel("data").locator(".lr-note")
    equal = across == pytest.approx(upwards, rel=1e-6)
    expect(note).to_contain_text("same scale" if equal else "not to scale")


def test_the_losses_are_those_of_the_rows(open_page):
    link = "?data=five&loss=half-mse"
    stage = open_page(f"loss{link}")
    resolved = core(link)
    rows = resolved.training_set.dataset
    total, n = tsse(design(resolved), rows.y, resolved.run.theta[0]), len(rows.y)
    expected = [
        total,
        total / n,
        total / (2 * n),
        float(resolved.problem.r2(resolved.run.theta[0])),
    ]
    assert table(stage) == pytest.approx(expected, rel=1e-5)
    assert table(stage)[3] < 0
    expect(stage.root.locator(".lr-losses-r2")).to_contain_text("Below 0")


def test_the_best_fit_has_a_column_on_demand(open_page):
    stage = open_page("loss")
    best = stage.root.get_by_role("columnheader", name="best fit")
    expect(best).to_be_hidden()
    stage.root.get_by_role("checkbox", name="Show the best fit").check()
    expect(best).to_be_visible()
    assert table(stage, 2)[0] == pytest.approx(
        float(core("?").problem.tsse(core("?").problem.minimiser())), rel=1e-5
    )
    expect(stage.panel("plane").locator("[data-key=best]")).to_be_visible()


def test_a_row_lights_everywhere(open_page):
    stage = open_page("loss?start=1,2")
    resolved = core("?start=1,2")
    residuals = resolved.training_set.dataset.y - design(resolved) @ resolved.run.theta[0]
    row = int(np.argmax(abs(residuals)))
    width, height, x, y = boxes(stage.drawn("residual-block")[0])[0]
    stage.hover("residual-block", x + width / 2, y + height / 2)
    expect(stage.tip("residual-block")).to_contain_text(f"row {row + 1}\n")
    lit = stage.drawn("data")
    assert boxes(lit[-1])[0][1] == pytest.approx(abs(residuals[row]))
    stage.hover(
        "data", resolved.training_set.dataset.X[row, 0], resolved.training_set.dataset.y[row]
    )
    light = boxes(stage.drawn("residual-block")[-1])
    assert light[0][0] * light[0][1] == pytest.approx(residuals[row] ** 2)


def test_the_parabola_holds_the_other_parameters(open_page):
    stage = open_page("loss?data=plane")
    resolved = core("?data=plane")
    X, y, theta = design(resolved), resolved.training_set.dataset.y, resolved.run.theta[0].copy()
    for j in range(len(theta)):
        stage.select("Parameter of the parabola").select_option(str(j))
        curve, lowest, dot = stage.drawn("parabola")
        for value, loss in list(zip(curve["x"], curve["y"], strict=True))[::20]:
            moved = theta.copy()
            moved[j] = value
            assert loss == pytest.approx(tsse(X, y, moved), rel=1e-9)
        others = np.delete(X, j, axis=1) @ np.delete(theta, j)
        expected = X[:, j] @ (y - others) / (X[:, j] @ X[:, j])
        assert lowest["x"][0] == pytest.approx(expected)
        assert dot["x"] == [theta[j]]
        assert dot["y"] == pytest.approx([tsse(X, y, theta)])


def test_the_dot_slides_along_the_parabola(open_page):
    stage = open_page("loss")
    _, lowest, dot = stage.drawn("parabola")
    stage.grab("parabola", dot["x"][0], dot["y"][0])
    stage.page.mouse.move(*stage.place("parabola", lowest["x"][0], lowest["y"][0]), steps=4)
    stage.answered(stage.page.mouse.up)
    stage.address_has("start=6,0.5")
    assert table(stage)[0] == pytest.approx(lowest["y"][0], rel=1e-3)


def test_the_tries_leave_a_trail_that_goes_from_page_to_page(open_page):
    stage = open_page("model")
    for value in ("4", "2"):
        box = stage.root.get_by_role("spinbutton", name="θ0, intercept as a number")
        box.fill(value)
        stage.answered(lambda box=box: box.press("Enter"))
    stage.page.get_by_role("link", name="Next: Loss").click()
    stage.page.wait_for_selector(".lr-on-loss[data-settled]")
    assert stage.drawn("plane")[2] == {"x": [6, 4, 2, 2], "y": [-2, -2, -2, -2]}
    words = stage.root.get_by_role("group", name="Your tries")
    expect(words).to_contain_text("2 tries")
    stage.click("plane", 1, 2)
    expect(words).to_contain_text("3 tries")
    expect(words).to_contain_text("(try 3, ")
    stage.picture()
    words.get_by_role("button", name="Clear the trail").click()
    expect(words).to_contain_text("none yet")
    assert len(stage.drawn("plane")[2]["x"]) == 1


def test_the_hand_sees_nothing_of_the_run(open_page):
    stage = open_page("loss")
    _, star, trail, dot = stage.drawn("plane")
    assert star["x"] == [None]
    assert (trail["x"], trail["y"]) == ([6], [-2])
    assert (dot["x"], dot["y"]) == ([6], [-2])
    assert re.search("your model", stage.panel("plane").locator(".lr-legend").inner_text())
    assert "path" not in stage.panel("plane").locator(".lr-legend").inner_text()


def test_a_single_parameter_has_one_parabola(open_page):
    stage = open_page("loss?intercept=0")
    expect(stage.panel("parabola")).to_be_hidden()
    expect(stage.panel("bowl")).to_be_hidden()
    expect(stage.panel("plane").get_by_role("heading")).to_have_text("Loss over the parameter")
