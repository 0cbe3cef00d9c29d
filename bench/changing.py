"""Changes of the rate: the time until the picture is drawn, and the bytes sent for it."""

from __future__ import annotations

from statistics import median

from bench.browser import Tab, chromium, tab
from bench.moving import LINE, STAGE
from bench.servers import SLIDER, app, trivial
from bench.table import Row
from linreg.experiment.experiment import Experiment
from linreg.experiment.url import to_link

PAUSE_MILLISECONDS = 500  # so that the work after a picture does not slow the next trial
RANGE = ".lr-rate-range"
PATH = '[data-panel="plane"] .lr-moving path'
THUMB = '[data-testid="stSlider"] input'

# Resolves to the milliseconds from the next key until an element says otherwise.
TEXT_STOPWATCH = """
([selector, attribute]) => {
  const read = () => {
    const element = document.querySelector(selector);
    return attribute ? element?.getAttribute(attribute) : element?.textContent;
  };
  const before = read();
  window.benchWait = new Promise((done) => {
    let began;
    const begin = () => { began = performance.now(); };
    document.addEventListener("keydown", begin, { capture: true, once: true });
    const observer = new MutationObserver(() => {
      const now = read();
      if (began === undefined || now === before || !now) return;
      observer.disconnect();
      done(performance.now() - began);
    });
    const everything = { childList: true, characterData: true, attributes: true, subtree: true };
    observer.observe(document, everything);
  });
}
"""


def change(*, quick: bool) -> list[Row]:
    """Measure the time from a new rate to its picture, one key press at a time.

    The picture is the path over the parameters, which the browser redraws itself from the bowl in
    spectral form; the second row is the time until Python's exact run has taken its place.
    """
    trials = 8 if quick else 40
    plain, stage, exact = [], [], []
    with trivial(SLIDER) as slider, app() as ours, chromium() as browser:
        link = f"{ours.page}?{to_link(Experiment(data=LINE))}"
        text = '[data-testid="stText"]'
        with tab(browser, slider.page, text) as there, tab(browser, link, STAGE) as here:
            for _ in range(trials):
                plain.append(waited(there, THUMB, [text, None]))
                stage.append(waited(here, RANGE, [PATH, "d"]))
                exact.append(waited(here, RANGE, [".lr-stage", "data-revision"]))
    base = median(plain)
    against = "p50, against the same for a page with one st.slider and one st.text"
    measures = (
        (f"rate changed to picture redrawn, {against}", median(stage), 2.0),
        (
            "… to Python's exact run in its place",
            median(exact),
            None,
        ),
    )
    return [
        Row(what, f"{base:.0f} ms", f"{value:.0f} ms", value / base, reach, most=True)
        for what, value, reach in measures
    ]


def size(*, quick: bool) -> list[Row]:
    """Measure the bytes that one change sends to the browser."""
    sizes = []
    with app() as ours, chromium() as browser:
        link = f"{ours.page}?{to_link(Experiment(data=LINE, steps=100))}"
        with tab(browser, link, STAGE) as at:
            for _ in range(3 if quick else 10):
                before = len(at.received)
                waited(at, RANGE, [".lr-stage", "data-revision"])
                sizes.append(sum(map(len, at.received[before:])) / 1000)
    most = max(sizes)
    what = "bytes to the browser per change, n = 200, 100 steps"
    return [Row(what, "–", f"{most:.1f} kB", most, 25, most=True, unit=" kB")]


def waited(at: Tab, control: str, watched: list[str | None]) -> float:
    """Press the right arrow on a control; return the milliseconds until the answer is drawn."""
    at.page.bring_to_front()
    at.page.locator(control).first.focus()
    at.page.evaluate(TEXT_STOPWATCH, watched)
    at.page.keyboard.press("ArrowRight")
    took: float = at.page.evaluate("() => window.benchWait")
    at.page.wait_for_timeout(PAUSE_MILLISECONDS)
    return took
