"""Private names of Streamlit, each used in this module and nowhere else.

A new Streamlit may change any of it without a word: tests/ui/test_streamlit_internals.py has a
test for each, and linreg/ui/server/streamlit_version.py says at start when the installed version
is another one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import streamlit as st
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.typing import UploadedFile

P = ParamSpec("P")
R = TypeVar("R")

# Where the browser sends a file: this, a session's id, and the file's id.
UPLOAD_ROUTE = "/_stcore/upload_file/"

# Class names of Streamlit's page that the shell's stylesheet refers to.
MAIN_BLOCK = ".stMainBlockContainer"
OPEN_SIDEBAR = '.stSidebar[data-collapsed="false"]'

# The event by which Streamlit's page hears of a press beside the sidebar: where the sidebar covers
# the page, it shuts. linreg sends one when a page without a stage was opened from there
# (tests/browser/test_page_data.py does so on a phone).
PRESS_BESIDE_SIDEBAR = "mousedown"

# One name stands elsewhere, in input/formula_hover.js and stage.css: `.katex`, KaTeX's own class of
# the formulas that Streamlit renders with it (tests/browser/test_lesson_formula.py).

# The page that every address answers with, and the tag in it after which linreg adds its own.
STATIC_FILES = Path(st.__file__).parent / "static"
HEAD_TAG = b"<head>"

# The parts of Streamlit's own code that draw the first screen. It would ask for them only after
# the first run of the page.
FIRST_SCREEN = ("BidiComponent", "ButtonGroup", "Selectbox", "NumberInput", "Checkbox", "Html")


@contextmanager
def _without_interruption(state: SafeSessionState) -> Iterator[None]:
    """Keep a request for a newer run from ending the code that uses this state meanwhile."""
    interrupt = state._yield_callback
    # An assignment to the attribute would set a value of the session instead.
    object.__setattr__(state, "_yield_callback", lambda: None)
    try:
        yield
    finally:
        object.__setattr__(state, "_yield_callback", interrupt)


def atomic(change: Callable[P, R]) -> Callable[P, R]:
    """Run a change of the tab that a page makes atomically, as callbacks are run.

    Parameters
    ----------
    change : callable
        Changes the state of the tab; it must be quick, for the browser waits meanwhile.
    """

    @wraps(change)
    def run_atomically(*args: P.args, **kwargs: P.kwargs) -> R:
        context = get_script_run_ctx()
        if context is None:  # called from outside a page, so nothing can interrupt it
            return change(*args, **kwargs)
        with _without_interruption(context.session_state):
            return change(*args, **kwargs)

    return run_atomically


def make_callbacks_atomic() -> None:
    """Run callbacks atomically: a rerun request must not abort them half-way (streamlit#10578).

    Streamlit may end a run whenever it uses `st.session_state` and the browser has sent something
    newer. A callback that is ended so is never called again: of two clicks in close succession the
    first would be lost, or half of what it does. A page may be abandoned for a newer one; a change
    of what it shows may not.

    `fastReruns = false` in .streamlit/config.toml belongs to this: requests then wait in the queue
    of the running page, which keeps every click, and no second run starts beside it.
    """
    run_callbacks = SafeSessionState.on_script_will_rerun

    @wraps(run_callbacks)
    def run_atomically(self: SafeSessionState, *args: Any, **kwargs: Any) -> None:
        with _without_interruption(self):
            run_callbacks(self, *args, **kwargs)

    SafeSessionState.on_script_will_rerun = run_atomically  # type: ignore[method-assign]


def session_id() -> str:
    """Return the id of the session that this page is run for, empty outside a page."""
    context = get_script_run_ctx()
    return context.session_id if context is not None else ""


def session_check() -> Callable[[str], bool]:
    """Return a function, for any thread, that tells if the tab of a session is connected."""
    return get_instance().is_active_session


def upload_id(file: UploadedFile) -> str:
    """Return the id of an uploaded file: the last part of the address that it was sent to."""
    return file.file_id


def release_uploads(file: UploadedFile) -> None:
    """Free the bytes of this file, and of all others that Streamlit keeps for this session."""
    file.close()
    if (context := get_script_run_ctx()) is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)


def first_screen_scripts() -> list[str]:
    """Name the files, below static/js, of the code for the first screen and all that it imports.

    The names of the files change with each version; parts that a version lacks are left out.
    """
    folder = STATIC_FILES / "static" / "js"
    parts = [path for name in FIRST_SCREEN for path in sorted(folder.glob(f"{name}.*.js"))]
    return list(dict.fromkeys(path.name for part in parts for path in _with_imports(part)))


def _with_imports(module: Path, seen: set[Path] | None = None) -> Iterator[Path]:
    """Yield a JavaScript module and, once each, the modules beside it that it imports."""
    seen = set() if seen is None else seen
    if module in seen or not module.is_file():
        return
    seen.add(module)
    yield module
    for name in re.findall(r'(?:from|import)"\./([\w.-]+\.js)"', module.read_text("utf-8")):
        yield from _with_imports(module.parent / name, seen)
