"""The animated stage: one Streamlit component that plays a run in the browser."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import streamlit as st

from linreg.ui.stage.layout import Layout
from linreg.ui.stage.payload_types import Message, Payload

ASSETS = Path(__file__).parent / "frontend"


def _fingerprint() -> str:
    """Return a hash of all assets: their address changes with them, so browsers may cache them."""
    digest = hashlib.blake2s(digest_size=6)
    served = (path for path in ASSETS.rglob("*") if path.suffix in {".js", ".css"})
    for path in sorted(served):  # type declarations (*.d.ts) never reach a browser
        digest.update(path.relative_to(ASSETS).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()


# Where app.py serves the files.
ASSETS_AT = f"stage/{_fingerprint()}"
PLOTLY_AT = f"plotly/{version('plotly')}"

_STAGE_LOADER = """
const stylesheets = new Map();
function style(address) {
  if (!stylesheets.has(address)) stylesheets.set(address, new Promise((done) => {
    const link = document.createElement("link");
    Object.assign(link, { rel: "stylesheet", href: address });
    link.onload = link.onerror = done;
    document.head.append(link);
  }));
  return stylesheets.get(address);
}
const cleanups = new WeakMap();
export default function (component) {
  const assets = new URL(component.data.assets, document.baseURI).href;
  const at = component.parentElement;
  let gone = false;
  Promise.all([import(`${assets}/stage.js`), style(`${assets}/stage.css`)]).then(([stage]) => {
    if (!gone) cleanups.set(at, stage.render(component));
  });
  return () => { gone = true; cleanups.get(at)?.(); cleanups.delete(at); };
}
"""

# The code itself is served as files and cached: inline it would be sent again with every answer.
# Not isolated: Plotly.js puts its styles into the document's head, out of a shadow root's sight.
_component = st.components.v2.component(
    "linreg_stage", html='<div class="lr-root"></div>', js=_STAGE_LOADER, isolate_styles=False
)


def base_path() -> str:
    """Return the path that the app is served under: "" or "/something"."""
    base = "/" + str(st.get_option("server.baseUrlPath")).strip("/")
    return base.rstrip("/")


def stage(
    payload: Payload,
    *,
    key: str,
    on_choice: Callable[[], None],
    layout: Layout,
) -> None:
    """Mount the stage.

    Parameters
    ----------
    payload : Payload
        From `linreg.ui.stage.payload.payload`.
    key : str
        Key of the component; `st.session_state[key].choice` is what the user chose on the stage,
        a `linreg.ui.stage.payload_types.Choice`.
    on_choice : callable
        Called when the user chose something.
    layout : Layout
        The pictures and controls of this page.
    """
    base = base_path()
    data: Message = {
        **payload,
        "layout": layout.spec,
        "assets": f"{base}/{ASSETS_AT}",
        "plotly": f"{base}/{PLOTLY_AT}/plotly.min.js",
    }
    _component(key=key, data=data, on_choice_change=on_choice)
