"""From opening the address to the first picture, against a page with one empty chart."""

from __future__ import annotations

from statistics import median

from playwright.sync_api import Browser

from bench.browser import LAPTOP, chromium
from bench.moving import STAGE
from bench.servers import CHART, app, trivial
from bench.table import Row

# The page looks for its first picture itself, at every display frame.
WATCH = """
(() => {
  const look = () => {
    if (document.querySelector(%r)) window.benchFirst = performance.now();
    else requestAnimationFrame(look);
  };
  look();
})();
"""


def opening(*, quick: bool) -> list[Row]:
    """Measure the first picture in fresh browser contexts, on servers that are warm."""
    plain, stage = [], []
    with trivial(CHART) as chart, app() as ours, chromium() as browser:
        for turn in range(-1, 3 if quick else 11):
            base = _first(browser, chart.page, ".js-plotly-plot .plot-container svg")
            measured = _first(browser, ours.page, STAGE)
            if turn >= 0:  # the first visitors warm the servers up
                plain.append(base)
                stage.append(measured)
    return [
        Row(
            "first picture after opening the address, "
            "against a page with one empty st.plotly_chart",
            f"{median(plain):.0f} ms",
            f"{median(stage):.0f} ms",
            median(stage) / median(plain),
            1.1,
            most=True,
        )
    ]


def _first(browser: Browser, address: str, picture: str) -> float:
    """Return the milliseconds from the start of the navigation to the first picture."""
    with browser.new_context(viewport=LAPTOP) as context:
        page = context.new_page()
        page.add_init_script(WATCH % picture)
        page.goto(address)
        page.wait_for_function("window.benchFirst", timeout=60_000)
        first: float = page.evaluate("window.benchFirst")
        page.wait_for_timeout(1000)  # let it finish before the next one starts
        return first
