"""Questions whose answers are checked, explained, and listed on a score card.

Answers are kept in the session of the browser tab and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite

import streamlit as st

from linreg.ui.state import tab_state
from linreg.ui.state.tab_state import this_tab
from linreg.ui.state.tab_values import Answer


def number(
    key: str,
    text: str,
    *,
    answer: float,
    tolerance: float,
    right: str,
    wrong: str,
    features: int = 2,
    about: object = None,
) -> None:
    """Ask for a number.

    Parameters
    ----------
    key : str
        "page.question", which identifies the question on the score card and in tests.
    text, right, wrong : str
        The question, and the replies to a right and a wrong answer, as Markdown in house symbols.
    answer, tolerance : float
        An answer is right within `tolerance` of `answer`.
    about : object
        What the right answer depends on: once it changes, an earlier answer gets no reply.
    """
    say = tab_state.notation().say
    with _box(say(text, features)):
        given = st.number_input("Your answer", value=None, key=f"{key}.given", format="%g")
        if st.button("Check", key=f"{key}.check") and given is not None:
            correct = isfinite(given) and abs(given - answer) <= tolerance
            _note(key, text, correct=correct, about=about)
            st.rerun()  # the score card stands above
        _explain(key, say(right, features), say(wrong, features), about)


def choice(
    key: str,
    text: str,
    options: Sequence[str],
    *,
    answer: str,
    explained: Mapping[str, str],
    features: int = 2,
) -> None:
    """Ask for one of several options.

    Parameters
    ----------
    options : sequence of str
        In house symbols; `answer` is one of them.
    explained : mapping of str to str
        The reply to each option.
    """
    say = tab_state.notation().say
    with _box(say(text, features)):
        given = st.radio(
            "Your answer",
            options,
            index=None,
            key=f"{key}.given",
            format_func=lambda option: say(option, features),
            label_visibility="collapsed",
        )
        if st.button("Check", key=f"{key}.check") and given is not None:
            this_tab().checked_options[key] = given
            _note(key, text, correct=given == answer)
            st.rerun()
        reply = say(explained.get(this_tab().checked_options.get(key, ""), ""), features)
        _explain(key, reply, reply)


def gesture(key: str, text: str, *, correct: bool | None, right: str, wrong: str) -> None:
    """Ask for an action in the picture; `correct` is None until it is done."""
    say = tab_state.notation().say
    with _box(say(text)):
        if correct is not None:
            _note(key, text, correct=correct)
        _explain(key, say(right), say(wrong))


def _box(text: str) -> st.delta_generator.DeltaGenerator:
    box = st.container(border=True)
    box.markdown(f"**Question.** {text}")
    return box


def _note(key: str, text: str, *, correct: bool, about: object = None) -> None:
    """Record an answer for the score card."""
    answers = this_tab().answers
    tries = answers[key].tries if key in answers else 0
    answers[key] = Answer(text, tries + 1, correct, about)


def _explain(key: str, right: str, wrong: str, about: object = None) -> None:
    """Show the reply to the last answer, unless it was about another subject."""
    answer = this_tab().answers.get(key)
    if answer is None or answer.about != about:
        return
    if answer.correct:
        st.success(f"Right. {right}")
    else:
        st.info(f"Not yet. {wrong}")
