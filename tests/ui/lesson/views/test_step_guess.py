"""The replies to a guess of a step."""

import pytest

from linreg.teaching.step_guess import Guess, Verdict
from linreg.ui.lesson.views.step_guess import QUESTION_TEXT, _distance, _factor, _landing


@pytest.mark.parametrize(
    ("guess", "verdict", "reply"),
    [
        (Guess(0, (0,), way="up"), Verdict(True, None), "Against the gradient"),
        (Guess(0, (0,), (1.0,), (1.0,)), Verdict(True, None), "the step has no length"),
        (Guess(0, (0,), (1.0,), (1.0,)), Verdict(False, 0.5), "You were 50 % of the step's length"),
    ],
)
def test_the_reply_fits_the_guess(guess, verdict, reply):
    assert reply in _distance(guess, verdict)


def test_the_question_says_how_near_is_right():
    assert "within 25 % of the step's length" in QUESTION_TEXT


def test_a_sum_is_written_to_the_digits_that_its_parts_determine():
    assert _landing(0.1 + 0.2, 0.1, 0.2) == "0.3"
    assert _landing(1e-9, 1.0, 1.0 - 1e-9) == "0"
    assert _landing(1234.5678912, 1000.0, 234.5678912) == "1,234.568"


def test_a_negative_factor_stands_in_brackets():
    assert (_factor(2.0), _factor(-2.0)) == ("2", "(−2)")
