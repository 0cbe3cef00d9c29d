"""The stage as a component: its message, and the addresses of its files."""

import json
from importlib.metadata import version

import pytest

from linreg.experiment.experiment import Experiment
from linreg.ui.stage import component
from linreg.ui.stage.layout import THE_STAGE


@pytest.fixture
def assets(tmp_path, monkeypatch):
    (tmp_path / "math").mkdir()
    (tmp_path / "stage.js").write_text("export {};")
    (tmp_path / "math" / "run.js").write_text("export {};")
    monkeypatch.setattr(component, "ASSETS", tmp_path)
    return tmp_path


def test_the_address_of_the_assets_changes_with_each_of_them(assets):
    seen = {component._fingerprint()}
    (assets / "math" / "run.js").write_text("export { };")
    seen.add(component._fingerprint())
    (assets / "math" / "run.js").rename(assets / "math" / "path.js")
    seen.add(component._fingerprint())
    (assets / "stage.css").touch()
    seen.add(component._fingerprint())
    assert len(seen) == 4


def test_what_no_browser_asks_for_does_not_change_the_address(assets):
    before = component._fingerprint()
    (assets / "payload.d.ts").write_text("export interface Payload {}")
    assert component._fingerprint() == before


@pytest.mark.parametrize(
    ("option", "path"), [("", ""), ("/", ""), ("app", "/app"), ("/a/b/", "/a/b")]
)
def test_the_base_path_begins_with_a_slash_or_is_empty(monkeypatch, option, path):
    monkeypatch.setattr(component.st, "get_option", {"server.baseUrlPath": option}.get)
    assert component.base_path() == path


def test_the_message_is_the_payload_the_layout_and_where_the_files_are(monkeypatch, expected, app):
    mounted = {}
    monkeypatch.setattr(component.st, "get_option", lambda _: "/app")
    monkeypatch.setattr(component, "_component", lambda **given: mounted.update(given))
    payload = expected(Experiment())
    component.stage(payload, key="a.stage", on_choice=print, layout=THE_STAGE)
    data = mounted.pop("data")
    assert mounted == {"key": "a.stage", "on_choice_change": print}
    assert data == {
        **payload,
        "layout": THE_STAGE.spec,
        "assets": f"/app/{component.ASSETS_AT}",
        "plotly": f"/app/plotly/{version('plotly')}/plotly.min.js",
    }
    assert json.loads(json.dumps(data)) == data
