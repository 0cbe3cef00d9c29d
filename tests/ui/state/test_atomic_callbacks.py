"""What changes the experiment runs to its end; tests/browser/test_page_data.py clicks."""

from types import SimpleNamespace

import pytest
from streamlit.runtime.scriptrunner import StopException
from streamlit.runtime.state.safe_session_state import SafeSessionState

from linreg.ui.state import atomic_callbacks


class Kept(dict):
    """What Streamlit keeps of a tab, with one callback, which uses it as a page does."""

    def on_script_will_rerun(self, fresh, **_):
        for name in ("half", "whole"):
            self.tab[name] = fresh


def ends():
    raise StopException


@pytest.fixture
def tab(monkeypatch):
    """Return the state of a tab from whose browser something newer has come."""
    name = "on_script_will_rerun"
    monkeypatch.setattr(SafeSessionState, name, getattr(SafeSessionState, name))  # put back later
    kept = Kept()
    kept.tab = SafeSessionState(kept, ends)
    return kept.tab


def test_streamlit_calls_it_no_more(tab):
    with pytest.raises(StopException):
        tab.on_script_will_rerun(1)
    assert tab._state == {}


def test_a_callback_runs_to_its_end_and_the_page_does_not(tab):
    atomic_callbacks.keep_callbacks_whole()
    tab.on_script_will_rerun(1)
    with pytest.raises(StopException):
        tab["page"] = 2
    assert tab._state == {"half": 1, "whole": 1}


def test_a_change_that_a_page_makes_runs_to_its_end(tab, monkeypatch):
    @atomic_callbacks.whole
    def change(*names, value):
        for name in names:
            tab[name] = value
        return names

    with pytest.raises(StopException):
        change("a", "b", value=1)  # no page asks
    context = SimpleNamespace(session_state=tab)
    monkeypatch.setattr(atomic_callbacks, "get_script_run_ctx", lambda: context)
    assert change("a", "b", value=1) == ("a", "b")
    assert tab._state == {"a": 1, "b": 1}
