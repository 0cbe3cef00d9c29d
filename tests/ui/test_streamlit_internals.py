"""The private parts of Streamlit are as linreg uses them; tests/browser clicks through them."""

import ast
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.runtime import Runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import ScriptRunContext, StopException
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.typing import UploadedFile
from streamlit.web.server.starlette.starlette_routes import create_upload_routes

from linreg.ui import streamlit_internals as internals

ROOT = Path(__file__).parents[2]
PUBLIC = {"streamlit", "streamlit.delta_generator", "streamlit.typing"}


def test_no_other_module_touches_what_is_private():
    home = Path(internals.__file__)
    paths = [ROOT / "app.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "linreg").rglob("*.py")]
    assert len(paths) > 100
    assert home in paths
    touching = set()
    for path in paths:
        text = path.read_text()
        for node in ast.walk(ast.parse(text)):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            if any(n.split(".")[0] == "streamlit" and n not in PUBLIC for n in names):
                touching.add(path)
        if re.search(r"_stcore|\.st[A-Z]\w+|st\.__file__|st\.runtime", text):
            touching.add(path)
    assert touching == {home}


def test_the_frontend_names_nothing_of_streamlits_page():
    frontend = ROOT / "linreg/ui/stage/frontend"
    paths = [path for path in frontend.rglob("*") if path.suffix in {".js", ".css"}]
    assert len(paths) > 70
    for path in paths:
        names = re.findall(r"\bst[A-Z]\w+|data-testid|mousedown|_stcore", path.read_text("utf-8"))
        assert not names, path.name


class Values(dict):
    """The values of a session, with one callback that sets two of them."""

    def on_script_will_rerun(self, fresh, **_):
        for name in ("first", "second"):
            self.session[name] = fresh


def interrupt():
    raise StopException


@pytest.fixture
def session(monkeypatch):
    """The state of a session that is asked to run again whenever it is used."""
    name = "on_script_will_rerun"
    monkeypatch.setattr(SafeSessionState, name, getattr(SafeSessionState, name))  # put back later
    values = Values()
    values.session = SafeSessionState(values, interrupt)
    return values.session


def test_streamlit_interrupts_callbacks(session):
    with pytest.raises(StopException):
        session.on_script_will_rerun(1)
    assert session._state == {}


def test_callbacks_are_atomic_and_pages_are_not(session):
    internals.make_callbacks_atomic()
    session.on_script_will_rerun(1)
    with pytest.raises(StopException):
        session["page"] = 2
    assert session._state == {"first": 1, "second": 1}


def test_a_change_that_a_page_makes_is_atomic(session, monkeypatch):
    @internals.atomic
    def change(*names, value):
        for name in names:
            session[name] = value
        return names

    with pytest.raises(StopException):
        change("a", "b", value=1)  # outside a page
    context = SimpleNamespace(session_state=session)
    monkeypatch.setattr(internals, "get_script_run_ctx", lambda: context)
    assert change("a", "b", value=1) == ("a", "b")
    assert session._state == {"a": 1, "b": 1}


def test_a_run_names_its_session(monkeypatch):
    assert internals.session_id() == ""
    fields = ScriptRunContext.__dataclass_fields__
    assert {"session_id", "session_state", "uploaded_file_mgr"} <= set(fields)
    monkeypatch.setattr(internals, "get_script_run_ctx", lambda: SimpleNamespace(session_id="s"))
    assert internals.session_id() == "s"


def test_the_runtime_knows_which_sessions_are_connected(monkeypatch):
    runtime = object.__new__(Runtime)
    runtime._session_mgr = SimpleNamespace(is_active_session=lambda session: session == "here")
    monkeypatch.setattr(internals, "get_instance", lambda: runtime)
    is_connected = internals.session_check()
    assert is_connected("here")
    assert not is_connected("gone")


def test_uploads_have_an_id_and_are_released(monkeypatch):
    manager = MemoryUploadedFileManager("/upload")
    manager.add_file("s", UploadedFileRec("f", "a.csv", "text/csv", b"a,b\n"))
    (record,) = manager.get_files("s", ["f"])
    file = UploadedFile(record, None)
    assert internals.upload_id(file) == "f"
    context = SimpleNamespace(session_id="s", uploaded_file_mgr=manager)
    monkeypatch.setattr(internals, "get_script_run_ctx", lambda: context)
    internals.release_uploads(file)
    assert file.closed
    assert manager.get_files("s", ["f"]) == []


def test_uploads_are_sent_to_this_route():
    routes = create_upload_routes(None, None, None)
    assert {route.path for route in routes} == {internals.UPLOAD_ROUTE + "{session_id}/{file_id}"}
    assert {"PUT", "DELETE"} <= {method for route in routes for method in route.methods}


def test_the_page_has_one_head():
    assert (internals.STATIC_FILES / "index.html").read_bytes().count(internals.HEAD_TAG) == 1


def test_the_page_uses_the_class_names_of_the_stylesheet():
    scripts = (internals.STATIC_FILES / "static" / "js").glob("index.*.js")
    code = "".join(path.read_text("utf-8") for path in scripts)
    for name in ("stMainBlockContainer", "stSidebar", "data-collapsed"):
        assert re.search(rf"[\"'`]{name}\b", code)


def test_the_page_hears_a_press_beside_the_sidebar():
    """That the sidebar then shuts: tests/browser/test_page_data.py, on a phone."""
    scripts = (internals.STATIC_FILES / "static" / "js").glob("index.*.js")
    code = "".join(path.read_text("utf-8") for path in scripts)
    assert re.search(rf"addEventListener\([\"'`]{internals.PRESS_BESIDE_SIDEBAR}\b", code)


@pytest.mark.parametrize("part", internals.FIRST_SCREEN)
def test_the_first_screen_is_drawn_by_these_files(part):
    names = internals.first_screen_scripts()
    assert sum(name.startswith(f"{part}.") for name in names) == 1
    assert len(names) == len(set(names)) > len(internals.FIRST_SCREEN)
