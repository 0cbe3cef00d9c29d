"""The colours with a meaning can be seen on their page."""

import pytest

from linreg.ui.stage.colours import COLOURS
from linreg.ui.stage.component import ASSETS

PAGES = {"light": "#ffffff", "dark": "#0e1117"}


def luminance(colour):
    """Relative luminance as WCAG 2 defines it."""
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_both_pages_know_the_same_roles():
    assert COLOURS["light"].keys() == COLOURS["dark"].keys()


@pytest.mark.parametrize("role", COLOURS["light"])
@pytest.mark.parametrize("page", PAGES)
def test_every_colour_has_its_contrast(page, role):
    least, most = sorted([luminance(PAGES[page]), luminance(COLOURS[page][role])])
    assert (most + 0.05) / (least + 0.05) >= 3


def test_no_file_of_the_frontend_types_a_colour_again():
    """They are sent, for either theme, and set on the root of the stage before it is seen."""
    files = [path for path in ASSETS.rglob("*") if path.suffix in {".js", ".css"}]
    assert len(files) > 70
    for path in files:
        text = path.read_text("utf-8").lower()
        assert not [each for page in COLOURS.values() for each in page.values() if each in text]
