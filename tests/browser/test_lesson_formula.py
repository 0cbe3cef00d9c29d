"""Formulas and pictures belong together: the same colours, and a term lights its part."""

import re

import pytest
from playwright.sync_api import expect

from linreg.ui.stage.colours import COLOURS

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_term_has_its_parts_colour_and_lights_it(open_page, scheme):
    stage = open_page("model", scheme=scheme)
    term = stage.page.locator('.katex [data-role="model"]').first
    red, green, blue = (int(COLOURS[scheme]["model"][at : at + 2], 16) for at in (1, 3, 5))
    expect(term).to_have_css("color", f"rgb({red}, {green}, {blue})")
    line = stage.panel("data").locator('.lr-moving [data-role="model"]').first
    rest = stage.panel("data").locator('.lr-moving [data-role="data"]').first
    term.hover()
    expect(rest).to_have_class(re.compile("lr-faded"))
    expect(line).not_to_have_class(re.compile("lr-faded"))
    stage.page.mouse.move(5, 5)
    expect(rest).not_to_have_class(re.compile("lr-faded"))
