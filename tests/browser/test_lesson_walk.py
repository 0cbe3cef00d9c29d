"""The lesson from the first page to the last with the keyboard alone, on a laptop and a phone."""

import re

import pytest
from playwright.sync_api import expect

from linreg.ui.lesson.contents import LESSONS

pytestmark = pytest.mark.browser

MAX_TABS = 250
SIZES = {"laptop": (1440, 900), "phone": (390, 844)}
# What has the focus: its text if it is a link.
FOCUSED = "() => document.activeElement?.closest('a')?.innerText.trim() ?? ''"
OVERFLOW = """() => {
  const main = document.querySelector('[data-testid="stMain"]');
  return Math.max(main.scrollWidth - main.clientWidth,
    document.documentElement.scrollWidth - document.documentElement.clientWidth);
}"""
# Text as it is read: without the sources in the expander and KaTeX's own notes to itself.
READ = """() => {
  const main = document.querySelector('[data-testid="stMain"]').cloneNode(true);
  main.querySelectorAll('[data-testid="stExpander"], .katex-mathml').forEach((e) => e.remove());
  const heard = [...main.querySelectorAll('[aria-label], [title]')]
    .map((e) => `${e.getAttribute('aria-label') ?? ''} ${e.title ?? ''}`);
  return [main.textContent, ...heard].join('\\n');
}"""


def tab_to(stage, label):
    """Press Tab until the link with this text has the focus."""
    for _ in range(MAX_TABS):
        stage.page.keyboard.press("Tab")
        if stage.page.evaluate(FOCUSED) == label:
            return
    pytest.fail(f"{MAX_TABS} tabs do not lead to the link “{label}”")


def shows(stage, title):
    """Wait for a page and look it over."""
    expect(stage.page.get_by_role("heading", level=1)).to_have_text(title)
    stage.ready()
    for trouble in ("stException", "stAlertContentError"):
        expect(stage.page.get_by_test_id(trouble)).to_have_count(0)
    assert stage.page.evaluate(OVERFLOW) == 0


@pytest.mark.parametrize("size", SIZES)
def test_the_lesson_can_be_walked_with_the_keyboard(open_page, size):
    width, height = SIZES[size]
    stage = open_page(LESSONS[0].name, width=width, height=height)
    shows(stage, LESSONS[0].title)
    for lesson in LESSONS[1:]:
        tab_to(stage, f"Next: {lesson.title}")
        stage.page.keyboard.press("Enter")
        shows(stage, lesson.title)
    tab_to(stage, "Next: the glossary")
    stage.page.keyboard.press("Enter")
    expect(stage.page.get_by_role("heading", level=1)).to_have_text("Glossary")
    assert stage.page.evaluate(OVERFLOW) == 0


def test_a_page_drawn_with_other_symbols_has_no_house_symbol(open_page):
    stage = open_page(f"{LESSONS[0].name}?data=plane&notation=beta,hat,alpha")
    for lesson in LESSONS:
        if lesson != LESSONS[0]:
            stage.page.get_by_role("link", name=f"Next: {lesson.title}").click()
        shows(stage, lesson.title)
        text = stage.page.evaluate(READ)
        assert re.findall(r".{0,40}[θỹη].{0,40}", text) == []
        assert re.search("[βŷα]", text)


def test_a_bad_line_has_an_r2_below_zero(open_page):
    stage = open_page()
    row = stage.root.get_by_role("row").filter(has=stage.page.get_by_role("rowheader", name="R²"))
    assert row.inner_text().split()[1].startswith("−")
