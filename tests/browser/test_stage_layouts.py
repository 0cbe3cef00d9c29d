"""Laptop, projector and phone, light and dark; and what a screen reader is told."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LAYOUTS = {
    "laptop": {"width": 1440, "height": 900},
    "projector": {"width": 1920, "height": 1080},
    "phone": {"width": 390, "height": 844, "touch": True},
}

STICKING_OUT = """() => [...document.querySelectorAll(".lr-stage *")].filter((e) => {
  const own = ".lr-scroll, .lr-loop"; // scroll by themselves
  if (e.closest(own) && !e.matches(own)) return false;
  if (e.closest("svg") && !e.matches("svg")) return false; // cut at the edge of its picture
  const box = e.getBoundingClientRect();
  return box.width && box.height && (box.left < -0.5 || box.right > innerWidth + 0.5);
}).map((e) => e.outerHTML.slice(0, 120))"""

OVERLAPS = """() => {
  const shown = (e) => e.getClientRects().length > 0;
  const controls = "button, input, select, output, .lr-forecast > span";
  const all = [...document.querySelectorAll(`:is(.lr-transport, .lr-rate) :is(${controls})`)]
    .filter(shown);
  const found = [];
  all.forEach((a, i) => all.slice(i + 1).forEach((b) => {
    const p = a.getBoundingClientRect(), q = b.getBoundingClientRect();
    const across = Math.min(p.right, q.right) - Math.max(p.left, q.left);
    const down = Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top);
    if (across > 1 && down > 1) found.push([a.outerHTML.slice(0, 80), b.outerHTML.slice(0, 80)]);
  }));
  return found;
}"""

CRAMPED_WORDS = """() => {
  const words = [".lr-smooth", ".lr-zigzag", ".lr-diverging"].map((name) => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(name));
    return range.getBoundingClientRect();
  });
  return words.slice(1).some((word, i) => word.left < words[i].right + 2);
}"""

CONTRASTS = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (colour) => {
    const linear = (v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb(colour).map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (!/^(transparent|rgba\\(.*, 0\\))$/.test(colour)) return colour;
    }
    return "white";
  };
  const texts = document.querySelectorAll(
    ".lr-status, .lr-legend span > span, .lr-forecast > span, .lr-zones > span:not(:empty), " +
    ".lr-note, .lr-stage th, .lr-stage td, .lr-play");
  return [...texts].filter((e) => e.getClientRects().length).map((e) => {
    const [a, b] = [light(getComputedStyle(e).color), light(ground(e))];
    return [e.className || e.textContent, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)];
  });
}"""

BOXES = """() => [".lr-panels", ".lr-panel", ".lr-tables", ".lr-status"].flatMap((name) =>
  [...document.querySelectorAll(name)].map((e) => {
    const { left, top, width, height } = e.getBoundingClientRect();
    return [left, top, width, height].map(Math.round).join(" ");
  }))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_everything_has_its_place(open_page, layout, scheme):
    stage = open_page(scheme=scheme, **LAYOUTS[layout])
    page = stage.page
    stage.picture()
    scrolls = "() => [document.documentElement, document.querySelector('[data-testid=stMain]')]"
    assert page.evaluate(f"({scrolls})().every((e) => e.scrollWidth <= e.clientWidth)")
    assert page.evaluate(STICKING_OUT) == []
    assert page.evaluate(OVERLAPS) == []
    assert not page.evaluate(CRAMPED_WORDS)
    for name in ("data", "loss", "plane", "bowl"):
        box = stage.panel(name).locator(".lr-canvas").bounding_box()
        assert box["width"] > 250
        assert box["height"] > 200
    assert [pair for pair in page.evaluate(CONTRASTS) if pair[1] < 4.5] == []
    before = page.evaluate(BOXES)
    moved = set()
    for _ in range(20):
        stage.next.click()
        moved.update(zip(before, page.evaluate(BOXES), strict=True))
    stage.shows_step(20)
    assert [pair for pair in moved if pair[0] != pair[1]] == []


def swipe_up(page, x, y):
    """Move a finger up by 150 pixels."""
    finger = page.context.new_cdp_session(page)

    def touch(what, points):
        finger.send("Input.dispatchTouchEvent", {"type": what, "touchPoints": points})

    touch("touchStart", [{"x": x, "y": y}])
    for way in range(10, 151, 10):
        touch("touchMove", [{"x": x, "y": y - way}])
    touch("touchEnd", [])


def test_a_finger_taps_a_start_and_swipes_the_page(open_page):
    stage = open_page("?data=drawn&step=5", **LAYOUTS["phone"])
    page = stage.page
    for button in stage.root.get_by_role("button").all():
        assert button.bounding_box()["height"] >= 40, button.text_content()
    top = "document.querySelector('.lr-stage').getBoundingClientRect().top"
    start, revision, stuck = stage.theta(), stage.revision(), []
    for name in ("data", "loss", "plane"):
        stage.panel(name).locator(".lr-canvas").scroll_into_view_if_needed()
        box, before = stage.panel(name).locator(".lr-canvas").bounding_box(), page.evaluate(top)
        swipe_up(page, box["x"] + 0.7 * box["width"], box["y"] + 0.6 * box["height"])
        stage.picture()
        if page.evaluate(top) > before - 50:
            stuck.append(name)
    assert stuck == []
    stage.shows_step(5)
    assert stage.theta() == pytest.approx(start, rel=1e-12)
    assert stage.revision() == revision

    x, y = stage.place("plane", 2, 2)
    stage.answered(lambda: page.touchscreen.tap(x, y))
    stage.reset.click()
    stage.shows_step(0)
    assert stage.theta() == pytest.approx([2, 2], abs=0.4)


def test_everything_has_a_name(open_page):
    stage = open_page("?data=five")
    stage.picture()
    stage.wait_for_bowl()
    for picture in stage.root.locator(".lr-plot, [data-panel=bowl] .lr-space").all():
        assert picture.get_attribute("role") == "img"
        expect(picture).to_have_attribute("aria-label", re.compile(r"\w+"))
    sliders = stage.root.get_by_role("slider").all()
    assert len(sliders) == 2
    assert all(slider.get_attribute("aria-valuetext") for slider in sliders)
    nameless = stage.root.evaluate(
        """(root) => [...root.querySelectorAll("button, select, input")].filter((e) => !(
          e.getAttribute("aria-label") || (e.matches("button") && e.textContent.trim()) ||
          [...(e.labels ?? [])].some((label) => label.textContent.trim())
        )).map((e) => e.outerHTML)"""
    )
    assert nameless == []
    described = stage.panel("loss").locator(".lr-plot").get_attribute("aria-label")
    stage.next.click()
    expect(stage.panel("loss").locator(".lr-plot")).not_to_have_attribute("aria-label", described)


@pytest.mark.parametrize("address", ["", "?data=five", "?data=gapminder"])
@pytest.mark.parametrize("name", ["laptop", "projector"])
def test_a_legend_is_one_line(open_page, name, address):
    stage = open_page(address, **LAYOUTS[name])
    # Long units of the bowl's axes may take a line of their own below the keys.
    tops = """(legend) => [...legend.children]
      .filter((entry) => entry.offsetWidth && !entry.matches(".lr-axes-units"))
      .map((entry) => entry.offsetTop)"""
    legends = stage.root.locator(".lr-legend:visible").all()
    assert legends
    for legend in legends:
        assert len(set(legend.evaluate(tops))) == 1
