"""The core runs without a screen: importing all of it loads no part of Streamlit or Plotly.

The order of the imports themselves is checked by the contracts of pyproject.toml (`lint-imports`).
"""

import ast
import re
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


def constants_imported_alone(path):
    """Yield the modules of other wings of which a module imports nothing but constants."""
    wing = path.relative_to(PACKAGE).parts[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module.startswith("linreg."):
            constants = all(re.fullmatch(r"[A-Z][A-Z0-9_]*", name.name) for name in node.names)
            if constants and node.module.split(".")[1] != wing.removesuffix(".py"):
                yield node.module


def test_no_wing_imports_a_constant_alone():
    """A constant belongs to what it limits: that has a predicate, or hands the value on."""
    imported = {path: [*constants_imported_alone(path)] for path in PACKAGE.rglob("*.py")}
    assert len(imported) > 150
    assert {str(path): modules for path, modules in imported.items() if modules} == {}


def test_the_check_sees_a_constant_that_is_imported_alone(tmp_path, monkeypatch):
    monkeypatch.setitem(globals(), "PACKAGE", tmp_path)
    module = tmp_path / "ui" / "x.py"
    module.parent.mkdir()
    module.write_text("from linreg.data.select import LARGEST\nfrom linreg.ui.shell import PAGES\n")
    assert [*constants_imported_alone(module)] == ["linreg.data.select"]
