"""The component that keeps the URL on pages without a stage."""

from linreg.ui.stage import address as module
from linreg.ui.stage.component import ASSETS_AT
from linreg.ui.streamlit_internals import PRESS_BESIDE_SIDEBAR


def test_the_component_gets_link_view_and_what_is_the_pages_own(monkeypatch):
    mounted = {}
    monkeypatch.setattr(module, "_component", lambda **given: mounted.update(given))
    monkeypatch.setattr(module, "base_path", lambda: "/app")
    module.address("noise=3", key="a key", view="step=7", steps=100, keep=("term",))
    assert mounted == {
        "key": module.KEY,
        "data": {
            "link": "noise=3",
            "key": "a key",
            "view": "step=7",
            "steps": 100,
            "keep": ["term"],
            "assets": f"/app/{ASSETS_AT}",
            "press": PRESS_BESIDE_SIDEBAR,
        },
    }
