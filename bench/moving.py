"""Playing and dragging in Chromium: pictures drawn against frames displayed.

Display frames are those of the same page at rest, measured in turns: a frame that the browser
left out because a picture took too long counts as displayed and not drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from urllib.parse import quote

import numpy as np
from playwright.sync_api import Page

from bench.browser import Tab, chromium, counted, display_rate, place, sweep, tab
from bench.servers import app
from bench.table import Row
from linreg.data.load import load_training_set
from linreg.data.sources.synthetic import Drawn, Line
from linreg.experiment.experiment import Experiment
from linreg.experiment.url import to_link
from linreg.training.learning_rate import RateLimits, rate_limits

STAGE = ".lr-stage[data-settled]"
STEPS_PER_SECOND = "100"  # steps a second: a new step for every frame
POINTS = 50
LINE = Line(n=200)

Spot = tuple[float, float]
Way = Callable[[float], Spot]


def playing(*, quick: bool) -> list[Row]:
    """Measure how many display frames show a new picture while the stage plays."""
    rounds, seconds = (1, 4.0) if quick else (4, 8.0)
    # Slow enough that the last of the steps still moves every panel visibly.
    rate = _limits(LINE).smooth / 150
    link = to_link(Experiment(data=LINE, steps=1000, rate=rate))
    displayed, drawn = [], []
    with app() as server, chromium() as browser, tab(browser, f"{server.page}?{link}", STAGE) as at:
        at.page.get_by_label("Speed in steps per second").select_option(STEPS_PER_SECOND)
        for _ in range(rounds):
            displayed.append(display_rate(at.page, 2.0))
            at.page.get_by_role("button", name="Play").click()
            count = counted(at.page, lambda: at.page.wait_for_timeout(1000 * seconds))
            at.page.get_by_role("button", name="Reset").click()
            drawn.append(count["all"] / count["seconds"])
    what = "playing in Chromium, the three flat panels, n = 200: frames drawn / display frames"
    return [_frames(what, displayed, drawn, 0.95)]


def dragging(*, quick: bool) -> list[Row]:
    """Measure pictures and messages while the rate and the start are dragged."""
    rate = _limits(LINE).smooth / 10
    link = to_link(Experiment(data=LINE, rate=rate)) + "&step=10"
    rows = []
    with app() as server, chromium() as browser, tab(browser, f"{server.page}?{link}", STAGE) as at:
        for what, grip in (("the rate", _rate_grip), ("the start of θ", _start_grip)):
            displayed, drawn, sent = [], [], 0
            for _ in range(1 if quick else 4):
                displayed.append(display_rate(at.page, 2.0))
                count, messages = _drag(at, grip(at.page), 3.0 if quick else 5.0)
                drawn.append(count["any"] / count["seconds"])
                sent += messages
            pictures = f"dragging {what}: pictures drawn / display frames"
            rows.append(_frames(pictures, displayed, drawn, 0.8))
            silent = f"dragging {what}: messages to the server before release"
            rows.append(Row(silent, "–", f"{sent}", sent, 0, most=True, unit=""))
    return rows


def points(*, quick: bool) -> list[Row]:
    """Measure pictures a second while a data point is dragged through the server."""
    rng = np.random.default_rng(0)
    x = rng.uniform(-4, 4, POINTS)
    y = 1 + x + rng.standard_normal(POINTS)
    spots = [(round(a, 2), round(b, 2)) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    drawn = []
    with app() as server, chromium() as browser:
        for _ in range(1 if quick else 4):
            address = (
                f"{server.page}?{quote(to_link(Experiment(data=Drawn(tuple(spots)))), '=&,+')}"
            )
            with tab(browser, address, STAGE) as at:
                middle = min(spots, key=lambda spot: abs(spot[0]))
                left, top = place(at.page, "data", *middle)

                def way(share: float, left: float = left, top: float = top) -> Spot:
                    return left + 80 * share, top - 60 * share

                count, _ = _drag(at, way, 3.0 if quick else 6.0)
                drawn.append(count["revisions"] / count["seconds"])
    what = f"dragging a data point (through the server), pictures per second, n = {POINTS}"
    rate = median(drawn)
    return [Row(what, "–", f"{rate:.1f}/s", rate, 10, unit="/s")]


def _limits(data: Line) -> RateLimits:
    return rate_limits(load_training_set(data).problem(intercept=True))


def _frames(what: str, displayed: list[float], drawn: list[float], reach: float) -> Row:
    """Compare pictures a second with frames a second, turn by turn."""
    ratio = median(ours / rest for ours, rest in zip(drawn, displayed, strict=True))
    base, measured = f"{median(displayed):.1f} frames/s", f"{median(drawn):.1f} pictures/s"
    return Row(what, base, measured, ratio, reach)


def _drag(at: Tab, way: Way, seconds: float) -> tuple[dict[str, float], int]:
    """Drag along a path; return the frames drawn and how many messages were sent before release."""
    mouse = at.page.mouse
    mouse.move(*way(0))
    at.page.wait_for_timeout(200)
    before = len(at.sent)
    mouse.down()
    count = counted(at.page, lambda: sweep(at.page, way, seconds))
    at.page.wait_for_timeout(100)
    messages = len(at.sent) - before
    mouse.up()
    at.page.wait_for_timeout(1000)
    if len(at.sent) - before == 0:
        raise RuntimeError("the drag moved nothing: no message came after its release")
    return count, messages


def _rate_grip(page: Page) -> Way:
    box = page.get_by_role("slider", name="Learning rate").bounding_box()
    if box is None:
        raise RuntimeError("there is no slider for the learning rate")
    middle = box["y"] + box["height"] / 2
    return lambda share: (box["x"] + (0.3 + 0.3 * share) * box["width"], middle)


def _start_grip(page: Page) -> Way:
    """Return a way from the start's marker a third of the way to the panel's middle."""
    boxes = page.get_by_label("Start of θ", exact=False).all()
    theta = [float(box.input_value()) for box in boxes if box.get_attribute("type") == "number"]
    left, top = place(page, "plane", theta[0], theta[1])
    panel = page.locator('[data-panel="plane"] .lr-plot').bounding_box()
    if panel is None:
        raise RuntimeError("there is no panel of the parameters")
    across = (panel["x"] + panel["width"] / 2 - left) / 3
    down = (panel["y"] + panel["height"] / 2 - top) / 3
    return lambda share: (left + across * share, top + down * share)
