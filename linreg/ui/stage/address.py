"""The component that keeps the URL in sync on pages that have no stage."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from linreg.ui.stage.component import ASSETS_AT, base_path
from linreg.ui.streamlit_internals import PRESS_BESIDE_SIDEBAR

KEY = "address"  # the shell hides the component: it has nothing to show

_ADDRESS_LOADER = """
export default function (component) {
  let gone = false;
  import(new URL(`${component.data.assets}/input/address.js`, document.baseURI).href)
    .then(({ render }) => gone || render(component));
  return () => { gone = true; };
}
"""

_component = st.components.v2.component("linreg_address", js=_ADDRESS_LOADER, isolate_styles=False)


def address(link: str, *, key: str, view: str, steps: int, keep: Sequence[str]) -> None:
    """Write the address of this page where it has changed.

    Parameters
    ----------
    link : str
        The query string of the experiment, from `linreg.experiment.url.to_link`.
    key : str
        `linreg.ui.stage.payload.view_key`: a view of a stage counts for the same data only.
    view : str
        The query string of the view for other data.
    steps : int
        Steps of the run; the view shows no step beyond.
    keep : sequence of str
        Query parameters of the page itself, which stay in the address.
    """
    data = {"link": link, "key": key, "view": view, "steps": steps, "keep": list(keep)}
    at = {"assets": f"{base_path()}/{ASSETS_AT}", "press": PRESS_BESIDE_SIDEBAR}
    _component(key=KEY, data={**data, **at})
