"""The core runs without a screen: importing all of it loads no part of Streamlit or Plotly.

The order of the imports themselves is checked by the contracts of pyproject.toml (`lint-imports`).
"""

import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "linreg"
CORE = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
    if PACKAGE / "ui" not in path.parents
)
BANNED = {"streamlit", "plotly", "starlette"}


def imported_by(*modules):
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    fresh = [sys.executable, "-c", code]
    done = subprocess.run(fresh, cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_core_imports_no_screen():
    loaded = imported_by(*CORE)
    assert len(CORE) > 90
    assert set(CORE) <= set(loaded)
    assert not {name.split(".")[0] for name in loaded} & BANNED


def test_the_check_sees_a_banned_module():
    assert "plotly" in imported_by("plotly")
