"""The walks through the house: how many modules run when a reader does one thing."""

import json
import re
import sys
import threading
from functools import partial
from pathlib import Path

from streamlit.testing.v1 import local_script_runner

from tests.helpers.app import App

HOUSE = Path(__file__).parents[1] / "linreg"


def modules_of(action):
    """Return the modules of linreg in which a function runs during an action."""
    files = set()

    def note(frame, event, _):
        if event == "call":
            files.add(frame.f_code.co_filename)

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        action()
    finally:
        threading.setprofile(None)
        sys.setprofile(None)
    paths = (Path(file) for file in files if file.startswith(str(HOUSE)))
    return sorted(str(path.relative_to(HOUSE)) for path in paths)


def move_rate(tab, rate, monkeypatch):
    """Send a rate as a browser does: only the part of the page around the stage runs again."""
    (fragment,) = tab.at._fragment_storage._fragments
    rerun = partial(local_script_runner.RerunData, fragment_id=fragment)
    with monkeypatch.context() as patched:
        patched.setattr(local_script_runner, "RerunData", rerun)
        tab.choose({"rate": rate})
    assert json.loads(tab._stage.json)["run"]["rate"] == rate


def drawn(heading):
    """Return the modules that docs/architecture.md draws under this heading."""
    text = (HOUSE.parent / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = text.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return sorted(re.findall(r"^[ │├└─a-z]* linreg/([\w/]+\.py)", section, re.MULTILINE))


def test_a_rate_runs_through_the_few_modules_that_are_drawn(monkeypatch):
    tab = App()
    move_rate(tab, 0.002, monkeypatch)
    modules = modules_of(lambda: move_rate(tab, 0.003, monkeypatch))
    assert len(modules) <= 11, modules
    assert modules == drawn("A rate moves")


def test_a_rate_adds_the_frame_of_the_page_when_the_whole_page_runs():
    tab = App()
    tab.choose({"rate": 0.002})
    modules = modules_of(lambda: tab.choose({"rate": 0.003}))
    assert tab.payload["run"]["rate"] == 0.003
    assert len(modules) <= 14, modules
    frame = {"ui/shell.py", "ui/sidebar.py", "ui/streamlit_internals.py"}
    assert set(modules) - set(drawn("A rate moves")) == frame


def test_four_rows_that_are_uploaded_run_through_the_modules_that_are_drawn():
    tab = App().set("way", "Upload")
    modules = modules_of(lambda: tab.upload("x,y\n1,2\n2,3\n3,5\n4,4\n"))
    assert tab.payload["n"] == 4
    assert len(modules) <= 40, modules
    assert modules == drawn("A file of four rows arrives")
