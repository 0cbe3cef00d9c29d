import streamlit as st

from linreg.experiment.resolve import Resolved
from linreg.model import row_by_row as row_by_row
from linreg.teaching import finite_differences
from linreg.teaching.per_row_gradients import ask_row_gradient, row_gradients
from linreg.text.numbers import number
from linreg.ui.lesson import page, question
from linreg.ui.lesson.contents import place
from linreg.ui.lesson.formula import formula
from linreg.ui.lesson.views.derivation import derivation
from linreg.ui.lesson.views.gradient_check import show_gradient_check
from linreg.ui.stage.layout import Layout, Picture
from linreg.ui.stage.payload import payload
from linreg.ui.state import tab_state

LAYOUT = Layout(
    name="gradient",
    label="The gradient as a sum of arrows",
    box="gradient",
    place=place("gradient"),
    pictures=(
        Picture("residuals", id="data", options=(("handles", True),)),
        Picture("gradient-arrows"),
    ),
    side=("weights", "rows-table"),
    still=True,
    best=False,
)
WORDS = (
    "Which way is uphill? Each [[row]] contributes an [[arrow|arrow of a row]] with one component "
    "per [[parameter]]. The larger its [[residual]] and the farther out its x, the longer the "
    "arrow. Add the arrows tip to tail and their sum is the [[gradient]], which points uphill: a "
    "step goes the opposite way. {move} and watch each arrow grow, shrink or flip: where they "
    "cancel, the loss is least. Point at a row in a picture or in the table to see what it "
    "contributes."
)


@st.fragment
def gradient_now() -> None:
    """Show the arrows of the model set by hand, and check their sum."""
    resolved = page.current()
    drawn = payload(resolved)
    page.show(drawn, LAYOUT)
    derivation(
        resolved.experiment.loss,
        intercept=resolved.problem.intercept,
        features=resolved.training_set.features,
    )
    show_gradient_check(resolved, drawn["paramNames"])
    ask(resolved)


def ask(resolved: Resolved) -> None:
    """Ask what a new row would add to the gradient."""
    data = resolved.training_set.dataset
    X, y = data.X, data.y
    asked, residual = ask_row_gradient(X[:, 0], y)
    M = X.shape[1]
    question.number(
        "gradient.arrow",
        f"A new row has {'x' if M == 1 else 'x1'} = {number(asked.x)} and lies {number(residual)} "
        f"above the model: y − ỹ = {number(residual)}. What does it add to the component of ∇TSSE "
        "that belongs to θ1?",
        answer=asked.answer,
        tolerance=asked.tolerance,
        right=asked.arithmetic,
        wrong=f"Careful: {asked.rule}.",
        features=M,
        about=asked,
    )


experiment, rows, _ = tab_state.on_stage()
M = rows.features
page.opening("gradient", WORDS.format(move="Move the line" if M == 1 else "Move the weights"), M)
x = r"(1, {data|x_i})" if experiment.intercept else r"{data|x_i}"
formula(
    r"{gradient|\nabla \mathrm{TSSE}} = \sum_{i=1}^{n} "
    rf"-2 \left({{data|y_i}} - {{model|\tilde y_i}}\right) \cdot {x}",
    M,
)
gradient_now()
page.code(row_by_row.gradient, row_gradients, finite_differences.central)
page.way_on("gradient")
