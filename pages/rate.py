import streamlit as st

from linreg.experiment.resolve import Resolved
from linreg.text.numbers import number
from linreg.ui.lesson import page, question
from linreg.ui.lesson.formula import formula
from linreg.ui.lesson.glossary import link_terms
from linreg.ui.lesson.views.rate_views import RATE_VIEWS, show_after
from linreg.ui.state import tab_state

WORDS = (
    "The [[learning rate]] η sets how far a [[step]] goes. Too small, and the descent takes "
    "forever; too large, and each step overshoots by more than it corrects. Where the limit lies "
    "depends on the data. See why in four views."
)


@st.fragment
def rates_now() -> None:
    """Show the view that was chosen, and ask about the limits of the rate."""
    resolved = page.current()
    M = resolved.training_set.features
    first = next(iter(RATE_VIEWS))
    title = st.segmented_control(
        "View",
        list(RATE_VIEWS),
        default=first,
        key="rate.view",
        required=True,
        label_visibility="collapsed",
    )
    look = RATE_VIEWS[title or first]
    words, tex = look.worded(intercept=resolved.problem.intercept)
    left, right = st.columns([3, 2], vertical_alignment="center")
    left.markdown(link_terms(tab_state.notation().say(words, M)))
    with right:
        formula(tex, M)
    page.show(look.payload(resolved), look.layout)
    show_after(look, resolved)
    ask(resolved)
    page.code(*look.code)


def ask(resolved: Resolved) -> None:
    """Ask for a rate that zig-zags but converges."""
    limits = resolved.limits
    if not limits.smooth < float("inf"):
        return
    smooth, limit = number(limits.smooth, 4), number(limits.limit, 4)
    question.number(
        "rate.zigzag",
        "Type a learning rate at which the descent zig-zags on these data but still converges.",
        answer=limits.zigzag,
        tolerance=limits.room,
        right=f"It lies between 1/λmax = {smooth} and 2/λmax = {limit}: along the steepest "
        "direction 1 − ηλmax is between −1 and 0. The error changes sign at every step and still "
        "shrinks.",
        wrong=f"Zig-zag means that 1 − ηλmax is negative, so η is above 1/λmax = {smooth}. It "
        f"converges while 1 − ηλmax is above −1, so η is below 2/λmax = {limit}.",
        features=resolved.training_set.features,
        about=(limits.smooth, limits.limit),
    )


page.opening("rate", WORDS)
rates_now()
page.way_on("rate")
