"""Questions: answered, explained either way, and counted."""

import pytest
from streamlit.testing.v1 import AppTest

from linreg.ui.state import tab_state


def page():
    """A page with a question of each kind."""
    import streamlit as st

    from linreg.ui.lesson import question
    from linreg.ui.state.tab_state import this_tab

    about = st.number_input("about", value=1)
    question.number(
        "p.number", "θ0?", answer=2, tolerance=0.5, right="Quite.", wrong="Hm.", about=about
    )
    question.choice(
        "p.choice", "Which?", ["a", "b"], answer="b", explained={"a": "Not a.", "b": "It is b."}
    )
    done = {"no": None, "right": True, "wrong": False}[
        st.selectbox("done", ["no", "right", "wrong"])
    ]
    question.gesture("p.gesture", "Do it.", correct=done, right="Done.", wrong="Try again.")
    st.text(repr({key: (a.tries, a.correct) for key, a in this_tab().answers.items()}))


@pytest.fixture
def at():
    at = AppTest.from_function(page, default_timeout=30)
    at.session_state[tab_state.TAB] = tab_state.TabState()
    letters = {"parameters": "theta", "fitted": "tilde", "rate": "eta"}  # set in the sidebar
    for name, value in letters.items():
        at.session_state[f"notation.{name}"] = value
    at.run()
    assert not at.exception
    return at


def check(at, key):
    next(button for button in at.button if button.key == f"{key}.check").click()
    at.run()
    assert not at.exception


def replies(at):
    return [box.value for box in (*at.success, *at.info)]


@pytest.mark.parametrize(
    ("given", "reply"),
    [(2.0, "Right. Quite."), (2.5, "Right. Quite."), (2.6, "Not yet. Hm."), (-2.0, "Not yet. Hm.")],
)
def test_a_number_is_right_within_its_tolerance(at, given, reply):
    at.number_input(key="p.number.given").set_value(given)
    check(at, "p.number")
    assert replies(at) == [reply]


def test_without_an_answer_nothing_is_checked(at):
    check(at, "p.number")
    check(at, "p.choice")
    assert replies(at) == []
    assert at.text[0].value == "{}"


def test_an_answer_about_something_else_gets_no_reply(at):
    at.number_input(key="p.number.given").set_value(2.0)
    check(at, "p.number")
    at.number_input[0].set_value(7).run()
    assert replies(at) == []
    at.number_input[0].set_value(1).run()
    assert replies(at) == ["Right. Quite."]


def test_each_option_has_its_reply_and_tries_are_counted(at):
    for option, reply in (("a", "Not yet. Not a."), ("b", "Right. It is b.")):
        at.radio[0].set_value(option)
        check(at, "p.choice")
        assert replies(at) == [reply]
    assert at.text[0].value == "{'p.choice': (2, True)}"


def test_a_gesture_is_noted_once_it_was_made(at):
    assert replies(at) == []
    at.selectbox[0].set_value("wrong").run()
    assert replies(at) == ["Not yet. Try again."]
    at.selectbox[0].set_value("right").run()
    assert replies(at) == ["Right. Done."]


def test_symbols_are_the_readers(at):
    assert any("θ0?" in text.value for text in at.markdown)
