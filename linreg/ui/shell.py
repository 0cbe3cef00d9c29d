"""The frame around every page: configuration, the shared sidebar, navigation."""

from pathlib import Path

import streamlit as st
from threadpoolctl import threadpool_limits

from linreg.ui import sidebar
from linreg.ui.lesson.contents import FIRST_PAGE, LESSONS, PAGES_FOLDER
from linreg.ui.lesson.page import LINK_ABOVE_STAGE, score_card
from linreg.ui.stage.address import KEY as ADDRESS
from linreg.ui.state import tab_state
from linreg.ui.streamlit_internals import MAIN_BLOCK, OPEN_SIDEBAR

HERE = Path(__file__).parent

# The core's matrices are a few numbers wide: a second BLAS thread costs more than it gives.
threadpool_limits(limits=1, user_api="blas")

st.set_page_config(page_title="linreg", page_icon=HERE / "server" / "icon.svg", layout="wide")
# The stage fills the window of a laptop: Streamlit's own margins would push half of it below.
# The link to the Data page is above the stage only while the sidebar, which has it too, is shut.
# The component that keeps the address has nothing to show.
st.html(
    f"<style>{MAIN_BLOCK} {{ padding: 2.6rem 2.2rem 3rem; }}"
    f"body:has({OPEN_SIDEBAR}) .st-key-{LINK_ABOVE_STAGE}, .st-key-{ADDRESS} "
    "{ display: none; }</style>"
)

tab_state.open_link()
page = st.navigation(
    {
        "": [st.Page(PAGES_FOLDER / f"{FIRST_PAGE}.py", title="The stage", default=True)],
        "The lesson": [
            st.Page(PAGES_FOLDER / f"{lesson.name}.py", title=lesson.title) for lesson in LESSONS
        ],
        "Look up": [
            st.Page(PAGES_FOLDER / "data.py", title="Data"),
            st.Page(PAGES_FOLDER / "glossary.py", title="Glossary"),
        ],
    },
    position="top",
)
sidebar.show()
with st.sidebar:
    score_card()
page.run()
