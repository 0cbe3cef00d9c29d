"""The house as a whole: few rooms on a level, and a test beside each module."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "linreg"
APART = {"__init__.py", "__main__.py", "__pycache__", "py.typed"}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name not in APART)
LEVELS = sorted({path.parent for path in PACKAGE.rglob("*.*") if "__pycache__" not in path.parts})


@pytest.mark.parametrize("folder", LEVELS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_level_has_at_most_nine_rooms(folder):
    """Type declarations are none: they say what the modules beside them hold."""
    names = {path.name for path in folder.iterdir()} - APART
    rooms = {name for name in names if not name.endswith(".d.ts")}
    assert rooms
    assert len(rooms) <= 9, sorted(rooms)


def test_the_package_itself_has_at_most_twelve_entries():
    assert len([path for path in PACKAGE.iterdir() if path.name != "__pycache__"]) <= 12


def test_each_module_has_a_test_of_its_name():
    tests = {path.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    assert len(MODULES) > 100
    homes = {path: path.relative_to(PACKAGE).with_name(f"test_{path.name}") for path in MODULES}
    assert [str(test) for test in homes.values() if test not in tests] == []


def test_every_browser_test_is_marked_as_one():
    """`make check` needs no Chromium."""
    files = [*(ROOT / "tests" / "browser").glob("test_*.py")]
    assert len(files) > 20
    mark = "\npytestmark = pytest.mark.browser\n"
    assert [path.name for path in files if mark not in path.read_text(encoding="utf-8")] == []
