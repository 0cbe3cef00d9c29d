import streamlit as st

from linreg.ui import session
from linreg.ui.stage import stage
from linreg.ui.stage.scene import scene
from linreg.ui.words import listed, literal

st.title("See a model being trained")

if problems := session.take_problems():
    st.warning(listed(problems))


@st.fragment
def on_stage() -> None:
    """Train and show; the stage's own controls run only this part of the page again."""
    experiment, rows, problem = session.on_stage()
    if problem:
        st.warning(literal(problem))
    for note in rows.dataset.notes:
        st.caption(literal(note))
    stage(scene(experiment, rows), key="stage", on_choice=take_choice)


def take_choice() -> None:
    """Keep what was chosen on the stage before the page is drawn again."""
    # A late answer of a page that was left finds no stage.
    if (chosen := st.session_state.get("stage")) is not None:
        session.choose(chosen.choice)


on_stage()
