import streamlit as st

from linreg.experiment.resolve import Resolved
from linreg.model import row_by_row as row_by_row
from linreg.model.least_squares import loss_scale
from linreg.teaching import exercises
from linreg.text.numbers import count, number
from linreg.ui.lesson import page, question
from linreg.ui.lesson.contents import place
from linreg.ui.lesson.formula import formula
from linreg.ui.stage.layout import Layout, Picture
from linreg.ui.stage.payload import payload
from linreg.ui.state import tab_state

HAND = (("run", False), ("tries", True))
SQUARES = (("handles", True), ("squares", True), ("dataView", "fitted"))
LAYOUT = Layout(
    name="loss",
    label="The loss by hand",
    box="loss",
    place=place("loss"),
    pictures=(
        Picture("data", title="Residuals and their squares", options=SQUARES),
        Picture("residual-block"),
        Picture("parabola"),
        Picture("theta-plane", id="plane", options=HAND),
        Picture("bowl", options=HAND),
    ),
    side=("weights", "losses", "tries", "best-fit"),
    still=True,
    best=False,
)
WORDS = (
    "How good is your model? For each row, the [[residual]] y − ỹ is how far the prediction is "
    "off. Square it, so that errors in both directions count and large errors count most, and add "
    "up all the squares: that is the [[loss]], here the [[TSSE]]. {move} and see the block of "
    "squares grow and shrink. Over the parameters the loss is a [[bowl]]: the lower your dot, the "
    "better your model."
)


@st.fragment
def loss_now() -> None:
    """Show the loss of the model set by hand, and ask about its largest residual."""
    resolved = page.current()
    page.show(payload(resolved), LAYOUT)
    ask(resolved)


def ask(resolved: Resolved) -> None:
    """Ask by how much TSSE grows if a residual doubles."""
    rows, intercept = resolved.training_set, resolved.problem.intercept
    data = rows.dataset
    miss = exercises.largest_residual(data.X, data.y, resolved.start, intercept=intercept)
    miss = miss.rounded()
    among = "Y" if rows.holds_all else f"Of the {count(len(data.y))} rows shown, y"
    grows = f"by {number(miss.doubled, exercises.SQUARE_DIGITS)}"
    square = f"({number(miss.residual)})² = {number(miss.square, exercises.SQUARE_DIGITS)}"
    twice = f"({number(miss.twice)})²"
    question.number(
        "loss.double",
        f"{among}our model is furthest off for row {count(data.rows[miss.index])}: its residual is "
        f"{number(miss.residual)}, rounded. How much would TSSE grow if that residual were twice "
        "as large and all others stayed the same?",
        answer=miss.doubled,
        tolerance=miss.tolerance,
        right=f"Its square grows from {square} to {twice}, {grows}: twice the residual, four times "
        "the square. So a few distant points can dominate the loss.",
        wrong=f"The loss adds squares, not residuals. The square of this row is {square} "
        f"now; with twice the residual it is {twice}. TSSE grows by the difference.",
        features=data.X.shape[1],
        about=miss,
    )


M = tab_state.on_stage()[1].features
page.opening("loss", WORDS.format(move="Move the line" if M == 1 else "Move the weights"), M)
formula(r"{path|\mathrm{TSSE}} = \sum_{i=1}^{n} \left({data|y_i} - {model|\tilde y_i}\right)^2")
loss_now()
page.code(row_by_row.tsse, row_by_row.predict, loss_scale)
page.way_on("loss")
