"""The core knows no screen: it imports neither Streamlit nor Plotly nor Starlette."""

import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "linreg"
MODULES = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
    for path in PACKAGE.rglob("[!_]*.py")
    if PACKAGE / "ui" not in path.parents
)
BANNED = {"streamlit", "plotly", "starlette"}


def imported_by(module):
    code = f"import sys, {module}; print(*(name.split('.')[0] for name in sys.modules))"
    fresh = [sys.executable, "-c", code]
    done = subprocess.run(fresh, cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ["linreg", *MODULES])
def test_core_module_imports_no_screen(module):
    loaded = imported_by(module)
    assert "linreg" in loaded
    assert not loaded & BANNED


def test_the_check_sees_a_banned_module():
    assert imported_by("plotly") & BANNED
