import streamlit as st

from linreg.training.gradient_descent import train
from linreg.training.stopping import stops
from linreg.ui.lesson import page, question
from linreg.ui.lesson.contents import place
from linreg.ui.lesson.formula import formula
from linreg.ui.lesson.views.stop_rules import show_stops
from linreg.ui.stage.layout import Layout, Picture
from linreg.ui.stage.payload import payload
from linreg.ui.state import tab_state

LAYOUT = Layout(
    name="stop",
    label="The end of the run",
    box="stop",
    place=place("stop"),
    pictures=(Picture("loss"), Picture("theta-plane", id="plane")),
    top=("transport", "learning-rate"),
    side=("status",),
)
WORDS = (
    "Nothing in the loop says when to end it: [[gradient descent]] could take steps forever. So a "
    "rule stops it. The [[run]] has [[converged|converge]], a [[step]] brings no further gain, or "
    "the budget of steps is spent. Play the run, and see which rule comes first. Larger models are "
    "also stopped when the loss on [[held-out data]] begins to rise."
)
NEAR = "The minimum is near."
NOTHING = "Nothing certain: the rate may be small, or the valley flat."
GOOD = "The model predicts well."


@st.fragment
def stop_now() -> None:
    """Show the run, and when each rule stops it."""
    resolved = page.current()
    page.show(payload(resolved), LAYOUT)
    show_stops(resolved.run)


page.opening("stop", WORDS)
mean = r" - \text{mean of } {data|y}" if tab_state.on_stage()[0].intercept else ""
formula(
    r"\text{converged:}\quad \mathrm{TSSE}({path|\theta}) - \mathrm{TSSE}({optimum|\theta^*}) "
    rf"\le 10^{{-12}} \cdot \textstyle\sum_i \left({{data|y_i}}{mean}\right)^2"
)
stop_now()
question.choice(
    "stop.gain",
    "The last step lowered the loss by only 0.01 %. What follows from that?",
    [NEAR, NOTHING, GOOD],
    answer=NOTHING,
    explained={
        NEAR: "A short step does not make the minimum near. With a small rate, or along a flat "
        "valley, every step is short, and the minimum may be thousands of steps away.",
        NOTHING: "A step is short near the minimum, but also with a small rate or along a flat "
        "valley. Try a rate of a hundredth of this one: the rule stops the run at once.",
        GOOD: "A minimum says that no other parameters of this model do better, not that the model "
        "is good: a line through rows that lie on a curve has a minimum, too.",
    },
)
page.code(stops, train)
page.way_on("stop")
