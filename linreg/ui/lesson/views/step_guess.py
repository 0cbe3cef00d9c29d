"""The question of the page on the update: to predict a step before it is taken."""

from __future__ import annotations

from math import floor, log10

import streamlit as st

from linreg.model.row_by_row import update
from linreg.teaching.step_guess import CORRECT_SHARE, Guess, Verdict, judge
from linreg.text.numbers import number
from linreg.training.gradient_descent import Run
from linreg.ui.lesson import question
from linreg.ui.state import stage_events, tab_state
from linreg.ui.state.tab_state import this_tab

QUESTION_KEY = "update.guess"
SHOWN_DIGITS = 8  # enough to repeat the step by hand
QUESTION_TEXT = (
    "Predict a step before it is taken: mark in the picture where θ will land, type it, or say "
    "whether it goes up or down, in the box “Predict, then step” above. A mark counts as right "
    f"within {number(100 * CORRECT_SHARE)} % of the step's length."
)


def judge_guess(run: Run, features: int) -> None:
    """Judge the guess that the stage sent, if there is a new one, and explain it."""
    guess = stage_events.pop_guess()
    correct = None if guess is None else _judged(guess, run, features)
    feedback = tab_state.notation().say(this_tab().guess_feedback, features)
    question.gesture(
        QUESTION_KEY,
        QUESTION_TEXT,
        correct=correct,
        right=feedback,
        wrong=feedback,
    )
    if correct is not None:
        st.rerun()  # the score card stands above


def _judged(guess: Guess, run: Run, features: int) -> bool | None:
    """Tell whether a guess is correct, and keep feedback on it; None if it is of another run."""
    if guess.step >= len(run.loss) or max(guess.parameters) >= run.theta.shape[1]:
        return None
    now, gradient = run.theta[guess.step], run.gradient[guess.step]
    then = update(now, run.rate, gradient)
    verdict = judge(guess, now, then)
    first = 0 if run.theta.shape[1] > features else 1
    sums = [
        f"θ{j + first}: {_said(now[j])} − {_said(run.rate)} · {_factor(gradient[j])} = "
        f"{_landing(then[j], now[j], run.rate * gradient[j])}"
        for j in guess.parameters
    ]
    this_tab().guess_feedback = f"{_distance(guess, verdict)} {'; '.join(sums)}."
    return verdict.correct


def _distance(guess: Guess, verdict: Verdict) -> str:
    if guess.way is not None:
        return "Against the gradient: a negative component of ∇ moves its parameter up."
    if verdict.share is None:
        return "The gradient is zero, so the step has no length."
    return f"You were {number(100 * verdict.share, 3)} % of the step's length away."


def _said(value: float) -> str:
    return number(float(value), SHOWN_DIGITS)


def _landing(value: float, *parts: float) -> str:
    """Write a sum to the digits that its parts determine: cancellation loses some."""
    largest = max(map(abs, parts))
    places = SHOWN_DIGITS - 2 - floor(log10(largest)) if largest else SHOWN_DIGITS
    return number(round(float(value), places), SHOWN_DIGITS - 1)


def _factor(value: float) -> str:
    return f"({_said(value)})" if value < 0 else _said(value)
