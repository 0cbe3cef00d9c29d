"""The experiment: one value that can be compared, kept and changed in one choice."""

from dataclasses import FrozenInstanceError, fields, replace

import pytest

from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import Drawn, Plane
from linreg.experiment.experiment import Experiment, View
from linreg.text.symbols import Notation

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
