"""The experiment: one value that can be compared, kept and changed in one choice."""

from dataclasses import FrozenInstanceError, fields, replace

import numpy as np
import pytest

from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import Drawn, Plane
from linreg.experiment.experiment import Experiment, View
from linreg.text.symbols import Notation

NO_WHOLE_NUMBERS = (True, np.True_, 100.0, 2.5, -1, "7", None)
NO_SEEDS = (True, 3.0, -1)

OTHER = {
    "data": Plane(),
    "loss": "mse",
    "intercept": False,
    "steps": 7,
    "rate": 0.5,
    "start": (1.0, 2.0),
    "notation": Notation("weights"),
    "view": View(log=True),
}


def test_experiments_of_the_same_choices_are_the_same():
    assert Experiment(data=TableChoice("tips"), start=3) == Experiment(
        data=TableChoice("tips"), start=3
    )
    assert len({Experiment(data=Drawn()), Experiment(data=Drawn()), Experiment()}) == 2


@pytest.mark.parametrize("choice", [field.name for field in fields(Experiment)])
def test_every_choice_counts(choice):
    other = replace(Experiment(), **{choice: OTHER[choice]})
    assert other != Experiment()
    assert replace(other, **{choice: getattr(Experiment(), choice)}) == Experiment()


def test_an_experiment_does_not_change():
    with pytest.raises(FrozenInstanceError):
        Experiment().rate = 0.5


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        *(({"steps": steps}, "steps must be a whole number >= 0") for steps in NO_WHOLE_NUMBERS),
        *(({"start": seed}, "start must be a whole number >= 0") for seed in NO_SEEDS),
        ({"steps": 100_001}, "steps must be at most 100,000, got 100001"),
        ({"steps": 10**400}, "steps must be at most 100,000, got a number of more than 300"),
        ({"rate": -(10**400)}, "rate must be finite and > 0, got -inf"),
        ({"rate": True}, "rate must be a number, got True"),
        ({"start": (10**400, 1.0)}, "start must hold numbers that fit a float"),
        ({"start": ("1", "2")}, "start must hold real numbers"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_at_once(choices, message):
    with pytest.raises(ValueError, match=message):
        Experiment(**choices)


@pytest.mark.parametrize("step", NO_WHOLE_NUMBERS)
def test_a_view_of_no_step_or_axis_is_refused(step):
    with pytest.raises(ValueError, match="step must be a whole number >= 0"):
        View(step=step)
    with pytest.raises(ValueError, match="axes must be a whole number >= 0"):
        View(axes=(0, step))


def test_numbers_of_numpy_are_those_of_python():
    made = Experiment(steps=np.int64(7), rate=np.float32(0.5), start=np.array([1, 2]))
    assert made == Experiment(steps=7, rate=0.5, start=(1.0, 2.0))
    assert hash(made) == hash(Experiment(steps=7, rate=0.5, start=(1.0, 2.0)))
    assert [type(value) for value in (made.steps, made.rate, *made.start)] == [int, *[float] * 3]
    assert type(Experiment(start=np.int64(3)).start) is int
