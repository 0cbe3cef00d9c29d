"""The time from opening the address to the first picture, against a page with an empty chart."""

from __future__ import annotations

import json
from statistics import median

from playwright.sync_api import Browser

from bench.browser import LAPTOP, chromium
from bench.servers import CHART, app, trivial
from bench.table import Row

PICTURES = ".lr-stage[data-revision]"  # every row, line and level curve; Plotly's axes may follow
SETTLED = ".lr-stage[data-settled]"

# The page looks for its first picture itself, at every display frame.
WATCH = """
(() => {
  const seen = (window.benchSeen = {});
  const look = () => {
    for (const picture of %s)
      if (!(picture in seen) && document.querySelector(picture)) seen[picture] = performance.now();
    if (Object.keys(seen).length < %d) requestAnimationFrame(look);
    else window.benchDone = true;
  };
  look();
})();
"""


def opening(*, quick: bool) -> list[Row]:
    """Measure the first picture in fresh browser contexts, on servers that are warm."""
    plain, first, settled = [], [], []
    with trivial(CHART) as chart, app() as ours, chromium() as browser:
        for turn in range(-1, 3 if quick else 11):
            (base,) = _seen(browser, chart.page, [".js-plotly-plot .plot-container svg"])
            pictures, axes = _seen(browser, ours.page, [PICTURES, SETTLED])
            if turn >= 0:  # the first visitors warm the servers up
                plain.append(base)
                first.append(pictures)
                settled.append(axes)
    what = "after opening the address, against a page with one empty st.plotly_chart"
    return [
        _row(f"first picture {what}", plain, first, 1.1),
        _row(f"the same with the numbers along its axes {what}", plain, settled, None),
    ]


def _row(what: str, plain: list[float], ours: list[float], reach: float | None) -> Row:
    base, measured = median(plain), median(ours)
    return Row(what, f"{base:.0f} ms", f"{measured:.0f} ms", measured / base, reach, most=True)


def _seen(browser: Browser, address: str, pictures: list[str]) -> list[float]:
    """Return the milliseconds from the start of the navigation to each picture."""
    with browser.new_context(viewport=LAPTOP) as context:
        page = context.new_page()
        page.add_init_script(WATCH % (json.dumps(pictures), len(pictures)))
        page.goto(address)
        page.wait_for_function("window.benchDone", timeout=60_000)
        seen: dict[str, float] = page.evaluate("window.benchSeen")
        page.wait_for_timeout(1000)  # let it finish before the next one starts
        return [seen[picture] for picture in pictures]
