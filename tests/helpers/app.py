"""The app without a browser: opened from the shell, read back from what it would send."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from linreg.data.dataset import Dataset
from linreg.data.load import load_training_set
from linreg.data.training_set import of_rows
from linreg.experiment.resolve import resolve
from linreg.ui.stage.layout import THE_STAGE
from linreg.ui.stage.payload import payload
from linreg.ui.state import tab_state

SHELL = Path(__file__).parents[2] / "linreg" / "ui" / "shell.py"


class State(dict):
    """A dict with attributes, as session_state is to the app."""

    __setattr__ = dict.__setitem__

    def __getattr__(self, name):
        if name not in self:
            raise AttributeError(name)
        return self[name]


class App:
    """One browser tab."""

    def __init__(self, link=None, page="stage"):
        self.at = AppTest.from_file(SHELL, default_timeout=30)
        self.at.query_params.update(link or {})
        self.visit(page)

    def run(self):
        self.at.run()
        assert not self.at.exception
        return self

    def visit(self, name):
        """Go to another page of the menu, as its link does."""
        self.at.switch_page(f"../../pages/{name}.py")
        return self.run()

    def set(self, key, value):
        """Move the control with this key."""
        kinds = ("number_input", "selectbox", "multiselect", "button_group", "toggle", "radio")
        control = next(c for kind in kinds for c in self.at.get(kind) if c.key == key)
        control.set_value(value)
        return self.run()

    def upload(self, text, name="mine.csv"):
        """Choose a file."""
        content = text if isinstance(text, bytes) else text.encode()
        self.at.file_uploader[0].set_value((name, content, "text/csv"))
        return self.run()

    def choose(self, choice):
        """Send what the stage in the browser would send."""
        states = self.at._tree.get_widget_states()
        trigger = states.widgets.add()
        trigger.id = f"$$STREAMLIT_INTERNAL_KEY_{self._stage.id}__events"
        trigger.json_trigger_value = json.dumps([{"event": "choice", "value": choice}])
        self.at._run(states)
        assert not self.at.exception
        return self

    def press(self, label):
        """Press the button that says so."""
        next(button for button in self.at.button if as_read(button.label) == label).click()
        return self.run()

    def edit(self, grid, edits):
        """Type into a grid: {line: {column: text}}."""
        editor = next(frame for frame in self.at.dataframe if f"-{grid} " in frame.proto.id)
        states = self.at._tree.get_widget_states()
        typed = states.widgets.add()
        typed.id = editor.proto.id
        typed.string_value = json.dumps({"edited_rows": edits})
        self.at._run(states)
        assert not self.at.exception
        return self

    @property
    def tab(self):
        """The tab's `TabState`."""
        return self.at.session_state[tab_state.TAB]

    @property
    def _stage(self):
        (stage,) = self.at.get("bidi_component")
        return stage.proto

    @property
    def payload(self):
        """The message to the stage, without its layout and the addresses of its files."""
        message = json.loads(self._stage.json)
        assert message.pop("assets").startswith("/stage/")
        assert message.pop("plotly").endswith("/plotly.min.js")
        assert message.pop("layout") == json.loads(json.dumps(THE_STAGE.spec))
        return message

    @property
    def message(self):
        """The message to the stage of any page."""
        return json.loads(self._stage.json)

    @property
    def warnings(self):
        return [as_read(warning.value) for warning in self.at.warning]

    @property
    def errors(self):
        return [as_read(error.value) for error in self.at.error]

    @property
    def captions(self):
        return [as_read(caption.value) for caption in self.at.caption]


def as_read(markdown):
    """Return what a reader sees of a sentence that went through `literal`."""
    return re.sub(r"\\(.)", r"\1", markdown.replace(":red[]", ""))


def payload_of(experiment, uploaded=None):
    """Return the payload of an experiment as the browser gets it."""
    resolved = resolve(experiment, load_training_set(experiment.data, uploaded))
    return json.loads(json.dumps(payload(resolved)))


def rows_of(X, y, features=("x",), target="y"):
    """Return rows as the stage gets them."""
    X, y = np.asarray(X, dtype=float).reshape(len(y), -1), np.asarray(y, dtype=float)
    return of_rows(Dataset(X, y, tuple(features), target, np.arange(1, len(y) + 1), "made up"))


@pytest.fixture
def app():
    """Open a tab: app(), app({"data": "tips"}) or app(page="model")."""
    return App


@pytest.fixture
def expected():
    return payload_of


@pytest.fixture
def rows():
    return rows_of


@pytest.fixture
def state(monkeypatch):
    """The state of a new tab, for calls of `linreg.ui` outside an app."""
    session = State({tab_state.TAB: tab_state.TabState()})
    monkeypatch.setattr(tab_state, "st", SimpleNamespace(session_state=session))
    return session[tab_state.TAB]


@pytest.fixture
def widgets(state):
    """The values of that tab's widgets by their keys."""
    return tab_state.st.session_state
