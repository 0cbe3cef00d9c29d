"""The session state: one module touches `st.session_state`, and a lint rule sees to it."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HOME = "linreg/ui/state/tab_state.py"
USES = {
    "attribute": "import streamlit as st\n\nst.session_state.a = 1\n",
    "item": 'import streamlit as st\n\nst.session_state["a"] = 1\n',
    "name": "from streamlit import session_state\n\nsession_state.a = 1\n",
}


def lint(code, name):
    return subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--select=TID251", "--stdin-filename", name, "-"],
        input=code,
        cwd=ROOT,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("name", ["linreg/ui/sidebar.py", "pages/stage.py"])
def test_the_linter_refuses_other_modules(use, name):
    refused = lint(USES[use], name)
    assert refused.returncode == 1
    assert "TID251" in refused.stdout


def test_the_linter_lets_the_typed_state_through():
    assert lint(USES["attribute"], HOME).returncode == 0


def test_no_other_module_uses_it():
    paths = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "linreg").rglob("*.py")]
    assert len(paths) > 100
    touching = {
        path.relative_to(ROOT).as_posix()
        for path in paths
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute)
        and node.attr == "session_state"
        and isinstance(node.value, ast.Name)
        and node.value.id == "st"
    }
    assert touching == {HOME}
