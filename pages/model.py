import streamlit as st

from linreg import rows as row_by_row
from linreg.ui.lesson import page, question
from linreg.ui.lesson.formula import formula
from linreg.ui.stage.layout import Layout, Picture
from linreg.ui.stage.scene import scene

LAYOUT = Layout(
    name="model",
    label="The model by hand",
    pictures=(Picture("data"),),
    side=("start",),
    still=True,
    best=False,
)

page.opening("model", "A model is a [[feature]] and a guess.")
formula(r"{model|\tilde y} = {path|\theta_0} + {path|\theta_1} x", 1)


@st.fragment
def by_hand() -> None:
    """Show the model at the start of the run, which the hand sets."""
    experiment, rows = page.at_hand()
    page.show(scene(experiment, rows), LAYOUT)


by_hand()
question.choice(
    "model.line",
    "What does θ0 do?",
    ["height", "slope"],
    answer="height",
    explained={"height": "a", "slope": "b"},
)
page.code(row_by_row.predict)
page.way_on("model")
