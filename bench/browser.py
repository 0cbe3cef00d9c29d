"""A Chromium, and measurements inside its pages that the app knows nothing of."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, WebSocket, sync_playwright

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
# Without a graphics card Chromium draws pages in software and WebGL with SwiftShader. With
# `--use-angle=swiftshader` the whole page would go through SwiftShader: measured, 12 instead of 55
# frames a second, while the page's own thread was idle three quarters of the time.
OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-gpu",
    "--enable-unsafe-swiftshader",
]
LAPTOP = {"width": 1440, "height": 900}
QUIET_MILLISECONDS = 1500  # for the picture in space and what Streamlit loads last

# Counts display frames, those in which any flat panel changed and those in which all three did.
# It looks at the `d` of the lines only: a marker never moves without its line.
COUNTER = """
() => {
  const lines = ".scatterlayer path.js-line, .lr-moving path";
  const panels = ["data", "loss", "plane"]
    .map((name) => document.querySelector(`[data-panel="${name}"]`));
  const look = (panel) => [...panel.querySelectorAll(lines)].map((path) => path.getAttribute("d"));
  const differ = (before, after) =>
    before.length !== after.length || after.some((d, index) => d !== before[index]);
  const count = { frames: 0, any: 0, all: 0, revisions: 0, began: performance.now() };
  window.benchCount = count;
  const stage = document.querySelector(".lr-stage");
  let drawn = panels.map(look), revision = stage.dataset.revision;
  const frame = () => {
    if (window.benchCount !== count) return;
    const now = panels.map(look), changed = now.map((d, index) => differ(drawn[index], d));
    count.frames += 1;
    count.any += changed.some(Boolean);
    count.all += changed.every(Boolean);
    count.revisions += stage.dataset.revision !== revision;
    count.seconds = (performance.now() - count.began) / 1000;
    drawn = now;
    revision = stage.dataset.revision;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}
"""
COLLECT = "() => { const count = window.benchCount; window.benchCount = null; return count; }"

# Where a point of a flat panel lies in the window.
PLACE = """
([panel, x, y]) => {
  const plot = document.querySelector(`[data-panel="${panel}"] .lr-plot`);
  const { frame } = plot, { l, t } = frame.margin, box = plot.getBoundingClientRect();
  return [box.left + l + frame.toX(x), box.top + t + frame.toY(y)];
}
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium on PATH, else the one that Playwright downloaded."""
    path = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True)
class Tab:
    """An open page, and growing lists of the messages on its websocket."""

    page: Page
    sent: list[bytes]
    received: list[bytes]

    def attribute(self, selector: str, name: str) -> str | None:
        """Return an attribute of an element as it is now."""
        return self.page.locator(selector).get_attribute(name)


@contextmanager
def tab(browser: Browser, address: str, ready: str) -> Iterator[Tab]:
    """Open an address in a fresh context and wait until an element is there and all is quiet."""
    with browser.new_context(viewport=LAPTOP) as context:
        opened = Tab(context.new_page(), [], [])

        def listen(socket: WebSocket) -> None:
            socket.on("framesent", lambda frame: opened.sent.append(_bytes(frame)))
            socket.on("framereceived", lambda frame: opened.received.append(_bytes(frame)))

        opened.page.on("websocket", listen)
        opened.page.goto(address)
        opened.page.wait_for_selector(ready, state="attached", timeout=60_000)
        opened.page.wait_for_timeout(QUIET_MILLISECONDS)
        yield opened


def _bytes(frame: str | bytes) -> bytes:
    return frame.encode() if isinstance(frame, str) else frame


def counted(page: Page, during: Callable[[], None]) -> dict[str, float]:
    """Count frames and pictures while something is done with the stage."""
    page.evaluate(COUNTER)
    during()
    count: dict[str, float] = page.evaluate(COLLECT)
    return count


def display_rate(page: Page, seconds: float) -> float:
    """Return how many frames a second the display of a stage at rest shows."""
    page.wait_for_timeout(1000)
    rest = counted(page, lambda: page.wait_for_timeout(seconds * 1000))
    return rest["frames"] / rest["seconds"]


def sweep(page: Page, at: Callable[[float], tuple[float, float]], seconds: float) -> None:
    """Move the mouse as often as the display shows a frame; `at` takes a share going to and fro."""
    period, began = 2.0, time.perf_counter()
    while (elapsed := time.perf_counter() - began) < seconds:
        phase = elapsed % period / period
        page.mouse.move(*at(2 * min(phase, 1 - phase)))


def place(page: Page, panel: str, x: float, y: float) -> tuple[float, float]:
    """Return where a point of a flat panel, in data units, lies in the window."""
    left, top = page.evaluate(PLACE, [panel, x, y])
    return left, top
