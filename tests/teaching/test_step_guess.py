import numpy as np
import pytest

from linreg.teaching.step_guess import CORRECT_SHARE, Guess, judge

NOW, THEN = np.array([1.0, 10.0]), np.array([4.0, 50.0])


def mark(*values, units=(1.0, 10.0), parameters=(0, 1)):
    return Guess(0, parameters, values, units)


@pytest.mark.parametrize(
    ("guess", "share"),
    [
        (mark(4, 50), 0),
        (mark(1, 10), 1),  # to guess that nothing moves is one step away
        (mark(-2, -30), 2),
        (mark(4, 60), 0.2),  # 1 of a step that is (3, 4) in units of the picture
        (mark(55, units=(7.0,), parameters=(1,)), 5 / 40),  # one parameter knows no units
    ],
)
def test_distance_is_a_share_of_the_step(guess, share):
    verdict = judge(guess, NOW, THEN)
    assert verdict.share == pytest.approx(share)
    assert verdict.correct == (share <= CORRECT_SHARE)


@pytest.mark.parametrize(("way", "then", "correct"), [
    ("up", 2.0, True), ("up", 0.0, False), ("down", 0.0, True), ("down", 2.0, False),
    ("up", 1.0, False), ("down", 1.0, False),
])  # fmt: skip
def test_up_or_down(way, then, correct):
    verdict = judge(Guess(0, (0,), way=way), np.array([1.0]), np.array([then]))
    assert verdict.correct is correct
    assert verdict.share is None


def test_a_step_of_no_length():
    assert judge(mark(1, 10), NOW, NOW).correct
    assert not judge(mark(1, 11), NOW, NOW).correct
    assert judge(mark(1, 11), NOW, NOW).share is None


@pytest.mark.parametrize(
    "parts",
    [
        {"step": -1, "parameters": (0,), "way": "up"},
        {"step": 0, "parameters": (), "values": (), "units": ()},
        {"step": 0, "parameters": (-1,), "values": (1.0,), "units": (1.0,)},
        {"step": 0, "parameters": (0, 1), "values": (1.0,), "units": (1.0,)},
        {"step": 0, "parameters": (0,), "values": (np.inf,), "units": (1.0,)},
        {"step": 0, "parameters": (0,), "values": (1.0,), "units": (0.0,)},
        {"step": 0, "parameters": (0, 1), "way": "up"},
        {"step": 0, "parameters": (0,), "way": "sideways"},
    ],
)
def test_a_guess_that_makes_no_sense(parts):
    with pytest.raises(ValueError, match="a guess"):
        Guess(**parts)


def test_a_parameter_that_there_is_not():
    with pytest.raises(ValueError, match="there are 2 parameters"):
        judge(Guess(0, (2,), way="up"), NOW, THEN)
