import streamlit as st

from linreg.experiment.resolve import Resolved
from linreg.model import row_by_row as row_by_row
from linreg.teaching import exercises
from linreg.text.numbers import number
from linreg.ui.lesson import page, question
from linreg.ui.lesson.contents import place
from linreg.ui.lesson.formula import formula, model_tex
from linreg.ui.stage.layout import Layout, Picture
from linreg.ui.stage.payload import payload
from linreg.ui.state import tab_state

LAYOUT = Layout(
    name="model",
    label="The model by hand",
    box="model",
    place=place("model"),
    pictures=(Picture("data", options=(("handles", True), ("residuals", False))),),
    side=("weights", "prediction", "best-fit"),
    still=True,
    best=False,
    show="model",
)
ONE = (
    "A [[model]] turns a [[feature]] x into a [[prediction]] ỹ for the [[target]] y. Ours is a "
    "straight line. {handles} Watch what happens to {parameters}, and stop where you think the "
    "line fits best."
)
LIFT = "Drag its two handles: one moves the line up and down, the other tilts it."
TURN = "Drag its handle: without an [[intercept]] the line can only turn about the origin."
SEVERAL = (
    "A [[model]] turns the [[feature]]s of a row into a [[prediction]] ỹ for the [[target]] y. "
    "Ours multiplies each feature by a [[weight]] and adds the products up: {shape}. Move one "
    "weight at a time, watch what happens, and stop where you think the model fits best."
)
SHAPE = {2: "with two features, a plane"}


def words(features: int, *, intercept: bool) -> str:
    """Return the introduction for this number of features."""
    if features == 1:
        return ONE.format(
            handles=LIFT if intercept else TURN,
            parameters="θ0, its height at x = 0, and θ1, its [[slope]]" if intercept else "θ1",
        )
    return SEVERAL.format(shape=SHAPE.get(features, "a plane in more directions than we can draw"))


@st.fragment
def by_hand_now() -> None:
    """Show the model at the start of the run, set by hand, and ask about it."""
    resolved = page.current()
    page.show(payload(resolved), LAYOUT)
    ask(resolved)


def ask(resolved: Resolved) -> None:
    """Ask for a prediction of the model set by hand."""
    X, theta = resolved.training_set.dataset.X, resolved.start
    if X.shape[1] == 1:
        asked = exercises.ask_prediction(X[:, 0], theta)
        text = f"What does your model predict at x = {number(asked.x)}?"
    else:
        asked = exercises.ask_change(X[:, 0], theta[int(resolved.problem.intercept)])
        text = (
            f"x1 grows by {number(asked.x)} and the other features stay the same. How much does "
            "your model's prediction change?"
        )
    question.number(
        "model.predict",
        text,
        answer=asked.answer,
        tolerance=asked.tolerance,
        right=f"{asked.arithmetic}.",
        wrong=f"Put the numbers into the formula: {asked.rule}.",
        features=X.shape[1],
        about=(asked, tuple(theta)),
    )


experiment, rows, _ = tab_state.on_stage()
M = rows.features
page.opening("model", words(M, intercept=experiment.intercept), M)
formula(rf"{{model|\tilde y}} = {model_tex(M, intercept=experiment.intercept)}", M)
by_hand_now()
page.code(row_by_row.predict, exercises.prediction)
page.way_on("model")
