"""Pages of the lesson: the time until the picture follows the main control."""

from __future__ import annotations

from statistics import median

from bench.browser import Tab, chromium, tab
from bench.changing import PAUSE_MILLISECONDS, THUMB, waited
from bench.servers import SLIDER, app, trivial
from bench.table import Row
from linreg.ui.lesson.contents import LESSONS

MAX_RATIO = 2.5  # times the trivial page
STAGE = ".lr-stage[data-settled]"
# The main control of a page, the first of these that it has, and the key that moves it.
CONTROLS = (
    (".lr-handle-angle", "ArrowUp"),
    (".lr-rate-range", "ArrowRight"),
    (".lr-scrub input", "ArrowRight"),
    (".lr-start-boxes input", "ArrowUp"),
    (".lr-stage button:not([disabled])", "Enter"),
)
# Resolves to the milliseconds from the next key until a line or marker of a picture is another.
PICTURE_STOPWATCH = """
() => {
  window.benchWait = new Promise((done) => {
    let began;
    const begin = () => { began = performance.now(); };
    document.addEventListener("keydown", begin, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (began === undefined) return;
      observer.disconnect();
      done(performance.now() - began);
    });
    const drawn = { attributes: true, attributeFilter: ["d", "transform"], subtree: true };
    observer.observe(document.querySelector(".lr-panels"), drawn);
  });
}
"""


def lesson(*, quick: bool) -> list[Row]:
    """Measure each page against a page with one slider and one text."""
    trials = 8 if quick else 30
    with trivial(SLIDER) as slider, app() as ours, chromium() as browser:
        text = '[data-testid="stText"]'
        with tab(browser, slider.page, text) as there:
            base = median(waited(there, THUMB, [text, None]) for _ in range(trials))
        rows = []
        for page in LESSONS:
            with tab(browser, f"{ours.page}{page.name}", STAGE) as here:
                took = median(_redrawn(here) for _ in range(trials))
            what = f"page “{page.title}”: main control changed to picture redrawn, p50"
            measured = f"{took:.0f} ms"
            rows.append(Row(what, f"{base:.0f} ms", measured, took / base, MAX_RATIO, most=True))
    return rows


def _redrawn(at: Tab) -> float:
    """Move the page's main control by a key; return the milliseconds until a picture changes."""
    at.page.bring_to_front()
    present = ((at.page.locator(selector).first, key) for selector, key in CONTROLS)
    control, key = next(pair for pair in present if pair[0].count() and pair[0].is_visible())
    control.focus()
    at.page.evaluate(PICTURE_STOPWATCH)
    at.page.keyboard.press(key)
    took: float = at.page.evaluate("() => window.benchWait")
    at.page.wait_for_timeout(PAUSE_MILLISECONDS)
    return took
