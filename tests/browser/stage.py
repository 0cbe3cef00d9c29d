"""The stage as a reader of the page meets it, and the core's own answer to the same address."""

import re
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import numpy as np
from playwright.sync_api import expect

from linreg.data.load import load_training_set
from linreg.experiment.resolve import resolve
from linreg.experiment.url import from_query

# Every line and marker of the flat panels as it stands in the page; read again some frames later
# until nothing changes any more.
PICTURE = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const read = () => Object.fromEntries(["data", "loss", "plane"].map((name) => [
    name,
    [...document.querySelectorAll(`[data-panel=${name}] :is(.scatterlayer, .lr-moving) path`)]
      .map((path) => [path.getAttribute("d"), path.getAttribute("transform")].join(" ")),
  ]));
  let last = "", now = JSON.stringify(read());
  for (let n = 0; n < 100 && last !== now; n++) {
    for (let m = 0; m < 3; m++) await frame();
    [last, now] = [now, JSON.stringify(read())];
  }
  return JSON.parse(now);
}"""

# What the flat panels draw, with all digits: x and y of each trace, in units of the window.
TRACES = """() => Object.fromEntries(["data", "loss", "plane"].map((name) => {
  const plot = document.querySelector(`[data-panel=${name}] .lr-plot`);
  const size = (axis) => { const [low, high] = plot.frame[axis].range; return high - low; };
  const share = (values, by) => Array.from(values, (v) => (v === null ? null : v / by));
  return [name, plot.picture.map(({ x, y }) => [share(x, size("x")), share(y, size("y"))])];
}))"""

# Where a point in data units is on the screen.
PLACE = """([name, x, y]) => {
  const plot = document.querySelector(`[data-panel=${name}] .lr-plot`);
  const { frame } = plot, { l, t } = frame.margin, box = plot.getBoundingClientRect();
  return [box.left + l + frame.toX(x), box.top + t + frame.toY(y)];
}"""


class Stage:
    """One browser page with the stage in it; controls by their accessible names."""

    def __init__(self, page):
        self.page = page
        self.problems = []
        self.sent = []  # when a message left for the server
        self.reloads = 0
        self.root = page.locator(".lr-stage")
        self.status = self.root.get_by_role("status")
        self.play = self.button("Play")
        self.pause = self.button("Pause")
        self.next = self.button("Step")
        self.back = self.button("Step back")
        self.reset = self.button("Reset")
        self.scrubber = self.slider("Step")
        self.rate = self.slider("Learning rate")
        self.rate_box = self.root.get_by_role("spinbutton", name="Learning rate as a number")
        self.forecast = self.root.locator(".lr-forecast span")
        self.warnings = page.get_by_test_id("stAlert")
        self.sidebar = page.get_by_test_id("stSidebar")

    def button(self, name):
        return self.root.get_by_role("button", name=name, exact=True)

    def slider(self, name):
        return self.root.get_by_role("slider", name=name, exact=True)

    def select(self, name):
        return self.root.get_by_role("combobox", name=name)

    def start_box(self, name):
        return self.root.get_by_role("spinbutton", name=f"Start of {name}")

    def panel(self, name):
        return self.root.locator(f"[data-panel={name}]")

    def tip(self, name):
        return self.panel(name).locator(".lr-tip")

    # ---- waiting ----

    def ready(self):
        """Wait until the pictures stand, axes and all."""
        self.page.wait_for_selector(".lr-stage[data-settled]")
        return self

    def reload(self):
        self.reloads += 1
        self.page.reload()
        return self.ready()

    def revision(self):
        return self.root.get_attribute("data-revision")

    def answered(self, act):
        """Do something that Python has to answer, and wait until the answer is drawn."""
        before = self.revision()
        act()
        expect(self.root).not_to_have_attribute("data-revision", before)
        self.picture()

    def shows_step(self, step):
        expect(self.scrubber).to_have_attribute("aria-valuetext", re.compile(rf"^step {step} of"))
        expect(self.status).to_contain_text(f"Step {step:,} of")

    def step(self):
        return int(self.scrubber.input_value())

    def address_has(self, *parts, without=()):
        """Wait until the address says so."""
        self.page.wait_for_function(
            "([parts, without]) => { const has = (part) => decodeURIComponent(location.search)"
            ".includes(part); return parts.every(has) && !without.some(has); }",
            arg=[list(parts), list(without)],
        )

    def query(self):
        return urlsplit(self.page.url).query

    # ---- seeing ----

    def picture(self):
        """Return all lines and markers of the flat panels, once nothing moves any more."""
        return self.page.evaluate(PICTURE)

    def traces(self):
        """Return what Plotly draws, in units of each panel's window."""
        self.picture()
        return self.page.evaluate(TRACES)

    def drawn(self, panel):
        """Return the traces of a flat panel in data units, in the order of the panel."""
        self.picture()
        return self.page.evaluate(
            "(name) => document.querySelector(`[data-panel=${name}] .lr-plot`).picture"
            ".map(({ x, y }) => ({ x: Array.from(x), y: Array.from(y) }))",
            panel,
        )

    def wait_for_bowl(self):
        """Wait until the picture in space is drawn."""
        self.page.wait_for_selector("[data-panel=bowl] canvas")
        self.page.wait_for_function(
            "() => document.querySelector('[data-panel=bowl] .lr-space')"
            "?._fullLayout?.scene?._scene"
        )

    def camera(self):
        """Return where the eye of the bowl is."""
        return self.page.evaluate(
            "() => { const { x, y, z } = document.querySelector('[data-panel=bowl] .lr-space')"
            "._fullLayout.scene._scene.getCamera().eye; return [x, y, z]; }"
        )

    def update_table(self):
        """Return a row per parameter; every cell is (text, title)."""
        names = ("theta", "rate", "gradient", "next", "best", "away")
        rows = self.page.evaluate(
            "() => [...document.querySelectorAll('.lr-update tbody tr')].map((row) => "
            "[...row.children].map((cell) => [cell.firstChild?.textContent ?? '', cell.title]))"
        )
        return [
            SimpleNamespace(
                name=row[0][0],
                **dict(zip(names, [row[j] for j in (1, 3, 5, 7, 8, 9)], strict=True)),
            )
            for row in rows
        ]

    def measure(self, key):
        """Return (text, title) of a measure at this step."""
        cell = self.root.locator(f"[data-measure={key}] td").first
        return cell.text_content(), cell.get_attribute("title")

    def theta(self):
        """Return θ with all its digits."""
        return np.array([float(row.theta[1]) for row in self.update_table()])

    # ---- doing ----

    def place(self, panel, x, y):
        """Return where a point in data units is on the screen, scrolled into view."""
        self.panel(panel).locator(".lr-canvas").scroll_into_view_if_needed()
        return self.page.evaluate(PLACE, [panel, float(x), float(y)])

    def window(self, panel):
        """Return the ranges of the two axes."""
        return self.page.evaluate(
            "(name) => { const { x, y } = document.querySelector("
            "`[data-panel=${name}] .lr-plot`).frame; return [x.range, y.range]; }",
            panel,
        )

    def click(self, panel, x, y):
        self.page.mouse.click(*self.place(panel, x, y))

    def hover(self, panel, x, y):
        """Rest the pointer on a point."""
        at = self.place(panel, x, y)
        self.page.mouse.move(at[0] + 1, at[1])
        self.page.mouse.move(*at)

    def grab(self, panel, x, y):
        self.hover(panel, x, y)
        self.page.mouse.down()

    def rate_at(self, rate):
        """Return where on the screen the rate slider's thumb is for a rate."""
        self.rate.scroll_into_view_if_needed()
        low, high = (float(self.rate.get_attribute(name)) for name in ("min", "max"))
        box = self.rate.bounding_box()
        thumb = 19.2
        share = (np.log10(rate) - low) / (high - low)
        return box["x"] + thumb / 2 + share * (box["width"] - thumb), box["y"] + box["height"] / 2

    def drag_rate(self, rate, *, release=True):
        """Drag the thumb to a rate by mouse."""
        self.page.mouse.move(*self.rate_at(10 ** float(self.rate.input_value())))
        self.page.mouse.down()
        self.page.mouse.move(*self.rate_at(rate), steps=5)
        if release:
            self.page.mouse.up()

    def type_rate(self, rate):
        self.rate_box.fill(repr(rate))
        self.rate_box.press("Enter")


def core(address, table=None):
    """Return what the core makes of an address."""
    experiment, problems = from_query(parse_qs(address.removeprefix("?")))
    assert not problems
    return resolve(experiment, load_training_set(experiment.data, table))


def shown(text):
    """Return a number as the page writes it."""
    return float(text.strip("()").replace("−", "-").replace(",", ""))


def same_picture(before, after, tolerance=1e-9):
    """Assert that two `Stage.traces` agree to a share of the window."""
    for name in before:
        for old, new in zip(before[name], after[name], strict=True):
            for a, b in zip(old, new, strict=True):
                a, b = np.array(a, dtype=float), np.array(b, dtype=float)
                np.testing.assert_allclose(b, a, rtol=0, atol=tolerance)
