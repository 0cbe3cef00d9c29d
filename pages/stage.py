import streamlit as st

from linreg.ui import session
from linreg.ui.data import advice
from linreg.ui.lesson import page
from linreg.ui.stage.layout import THE_STAGE
from linreg.ui.stage.scene import scene

page.headline("See a model being trained")
with page.aside():
    if st.session_state.way == session.OWN:
        with st.container(key=advice.WAY_ABOVE):
            advice.way_here()


@st.fragment
def training() -> None:
    """Train and show; the stage's own controls run only this part of the page again."""
    page.show(scene(*page.at_hand()), THE_STAGE)


training()
