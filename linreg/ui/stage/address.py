"""The address of a page without a stage: kept the experiment by what the stage keeps it with."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from linreg.ui.stage.component import ASSETS_AT, base_path

KEY = "address"  # the shell hides the component: it has nothing to show

_LOADER = """
export default function (component) {
  let gone = false;
  import(new URL(`${component.data.assets}/input/address.js`, document.baseURI).href)
    .then(({ render }) => gone || render(component));
  return () => { gone = true; };
}
"""

_component = st.components.v2.component("linreg_address", js=_LOADER, isolate_styles=False)


def address(link: str, *, key: str, view: str, steps: int, keep: Sequence[str]) -> None:
    """Write the address of this page anew where it is another one.

    Parameters
    ----------
    link : str
        The query string of the experiment, from `linreg.experiment.url.to_link`.
    key : str
        Tells, as that of a scene does, whether what was looked at on a stage is of these data.
    view : str
        The query string of the view if it is not.
    steps : int
        That the run takes: a view shows none beyond.
    keep : sequence of str
        The parameters of this page's own.
    """
    data = {"link": link, "key": key, "view": view, "steps": steps, "keep": list(keep)}
    _component(key=KEY, data={**data, "assets": f"{base_path()}/{ASSETS_AT}"})
