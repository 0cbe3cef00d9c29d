from functools import partial

import streamlit as st

from linreg.experiment.exports.code import programs, rows_csv, rows_to_write
from linreg.model.row_by_row import gradient, update
from linreg.teaching.flow import flow
from linreg.training.gradient_descent import descent, train
from linreg.ui.lesson import page, question
from linreg.ui.lesson.contents import place
from linreg.ui.lesson.formula import formula
from linreg.ui.lesson.views import flow_comparison
from linreg.ui.stage.layout import Layout, Picture
from linreg.ui.stage.payload import payload

LAYOUT = Layout(
    name="flow",
    label="The flow of training, moving",
    place=place("flow"),
    pictures=(Picture("data"), Picture("loss")),
    top=("transport",),
)

page.opening(
    "flow",
    "Every [[model]] trained by [[gradient descent]], large language models included, repeats the "
    "same loop: predict, measure the [[loss]], find the [[gradient]], take a [[step]]. Play it "
    "here once more. Then compare its six boxes with those of a [[neural network]] and of a "
    "[[large language model]], which repeat the same loop with more [[parameters|parameter]] and "
    "more data.",
)
formula(
    r"{path|\theta} \leftarrow {path|\theta} - \eta \cdot "
    r"{gradient|\nabla \text{loss}}"
)


@st.fragment
def this_run() -> None:
    """Play the run, fill the boxes with it, write it down: all of it follows the picture."""
    resolved = page.current()
    page.show(payload(resolved), LAYOUT)
    problem, rows = resolved.problem, resolved.training_set
    flow_comparison.show_boxes(flow(problem, resolved.run), rows.features)
    flow_comparison.show_differences()
    written = rows_to_write(rows, intercept=problem.intercept)
    flow_comparison.show_programs(programs(resolved), partial(rows_csv, written))


this_run()
question.choice(
    "flow.twin",
    "Which line of the PyTorch program does the work of `gradient = …` in the NumPy program?",
    ["`optimiser.zero_grad()`", "`loss.backward()`", "`optimiser.step()`"],
    answer="`loss.backward()`",
    explained={
        "`optimiser.zero_grad()`": "It clears the gradient of the previous step, because PyTorch "
        "adds each new gradient to the old one. The NumPy loop makes a new gradient every time.",
        "`loss.backward()`": "Autograd goes from the loss backwards through every operation and "
        "leaves the gradient with the parameters. The loop then goes on as it does by hand.",
        "`optimiser.step()`": "It takes the step, θ − η∇, with a gradient that is already there. "
        "The line before it computes the gradient.",
    },
)
page.code(train, descent, gradient, update, flow, programs)
page.way_on("flow")
