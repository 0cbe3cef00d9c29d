import streamlit as st

from linreg.ui.lesson import page
from linreg.ui.stage.layout import THE_STAGE
from linreg.ui.stage.payload import payload
from linreg.ui.state.tab_state import OWN, this_tab

page.headline("See a model being trained")
with page.aside():
    if this_tab().way == OWN:
        with st.container(key=page.LINK_ABOVE_STAGE):
            page.link_to_data_page()


@st.fragment
def training() -> None:
    """Train and show; the stage's own controls run only this part of the page again."""
    page.show(payload(page.current()), THE_STAGE)


training()
