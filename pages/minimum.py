import streamlit as st

from linreg.model.exact_rational import eliminate, exact_fit, exact_gram
from linreg.model.normal_equations import normal_equations, solve
from linreg.teaching.solver_digits import by_normal_equations, digits
from linreg.ui.lesson import page, question
from linreg.ui.lesson.contents import place
from linreg.ui.lesson.formula import formula
from linreg.ui.lesson.views import closed_form
from linreg.ui.stage.layout import Layout, Picture
from linreg.ui.stage.payload import payload
from linreg.ui.state import tab_state

LAYOUT = Layout(
    name="minimum",
    label="The descent heads for the minimum",
    place=place("minimum"),
    pictures=(Picture("theta-plane", id="plane"), Picture("distance")),
    top=("transport", "learning-rate"),
    side=("status", "numbers"),
)
WORDS = (
    "Where the [[gradient]] is zero, a step changes nothing. The loss of linear regression is "
    "[[convex]], so this is its [[minimum]], and a [[closed form]] finds it at once: the [[normal "
    "equations]]. Play the descent and see it head for the same place. Then solve the equations "
    "with the numbers of these data, see how many digits both get right, and why training still "
    "uses descent."
)
ALL = (
    "At the minimum, what is the sum of all residuals, Σ(y − ỹ)?",
    "The partial derivative with respect to θ0 is −2 Σ(y − ỹ), and at the minimum it is 0: that is "
    "the first of the normal equations. At the best fit, positive and negative residuals cancel "
    "exactly.",
    "Look at the partial derivative with respect to θ0, −2 Σ(y − ỹ). What is a derivative at the "
    "minimum?",
)
WEIGHTED = (
    "At the minimum, what is Σ {x}·(y − ỹ), each residual times its {x}?",
    "The partial derivative with respect to θ1 is −2 Σ {x}·(y − ỹ), and at the minimum it is 0: "
    "that is the first of the normal equations. Without an intercept the plain sum of the "
    "residuals may be anything.",
    "Look at the partial derivative with respect to θ1, −2 Σ {x}·(y − ỹ). What is a derivative at "
    "the minimum?",
)


@st.fragment
def minimum_now() -> None:
    """Show the descent, the equations it solves, and how far the two agree."""
    resolved = page.current()
    page.show(payload(resolved), LAYOUT)
    closed_form.beside_descent(resolved)
    ask(resolved.training_set.features, intercept=resolved.problem.intercept)


def ask(features: int, *, intercept: bool) -> None:
    """Ask what the normal equations say about the residuals."""
    x = "x" if features == 1 else "x1"
    text, right, wrong = (part.format(x=x) for part in (ALL if intercept else WEIGHTED))
    question.number(
        "minimum.residuals",
        text,
        answer=0,
        tolerance=1e-6,
        right=right,
        wrong=wrong,
        features=features,
        about=(features, intercept),
    )


page.opening("minimum", WORDS, tab_state.on_stage()[1].features)
left, right = st.columns(2)
with left:
    formula(r"{gradient|\nabla} = -2\,{data|X}^\top ({data|y} - {data|X}{path|\theta}) = 0")
with right:
    formula(r"\Longleftrightarrow\quad {data|X^\top X}\,{path|\theta} = {data|X^\top y}")
minimum_now()
page.code(normal_equations, solve, by_normal_equations, digits, exact_fit, exact_gram, eliminate)
page.way_on("minimum")
