"""One step in slow motion: what was predicted is judged by the core."""

import re
from decimal import Decimal
from urllib.parse import parse_qs

import pytest

from linreg.data.load import load_training_set
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn
from linreg.experiment.experiment import Experiment
from linreg.experiment.resolve import resolve
from linreg.experiment.url import to_link
from linreg.model import row_by_row as row_by_row
from linreg.text.numbers import number
from linreg.text.symbols import Notation
from tests.helpers.app import as_read

pytestmark = pytest.mark.slow

EXPERIMENTS = [
    Experiment(),
    Experiment(intercept=False),
    Experiment(data=GENERATORS["plane"](), loss="mse"),
    Experiment(data=GENERATORS["five"](), loss="half-mse", intercept=False),
    Experiment(data=Drawn(((0.0, 1.0), (1.0, 5.0)))),
    Experiment(data=TableChoice("gapminder"), start=4),
    Experiment(data=TableChoice("tips", "tip", ("total_bill", "size"))),
    Experiment(rate=1.0, steps=50),
    Experiment(notation=Notation("weights", "hat", "alpha")),
]


def open_update(app, experiment=None):
    return app(parse_qs(to_link(experiment or Experiment()))).visit("update")


def guess(step=0, parameters=(0,), values=(), units=(), way=None):
    return {
        "guess": {
            "step": step,
            "parameters": list(parameters),
            "values": list(values),
            "units": list(units),
            "way": way,
        }
    }


def step_of(experiment, step):
    done = resolve(experiment, load_training_set(experiment.data)).run
    now = done.theta[step]
    return now, row_by_row.update(now, done.rate, done.gradient[step]), done


def feedback(tab):
    right = [as_read(box.value) for box in tab.at.success]
    wrong = [as_read(box.value) for box in tab.at.info if box.value.startswith("Not yet.")]
    assert len(right) + len(wrong) == 1
    return bool(right), (right + wrong)[0]


def assert_recomputes(text, then):
    """Do the sum again with what is on screen: every digit shown has to come out."""
    sums = re.search(r"([−\d.,e]+) − ([\d.,e−]+) · \(?([−\d.,e]+?)\)? = ([−\d.,e]+?)\.?$", text)
    now, rate, slope, shown = (
        Decimal(part.replace("−", "-").replace(",", "")) for part in sums.groups()
    )
    unit = Decimal(1).scaleb(shown.as_tuple().exponent)
    assert abs(now - rate * slope - shown) <= unit
    assert abs(Decimal(float(then)) - shown) <= unit


@pytest.mark.parametrize("experiment", EXPERIMENTS)
@pytest.mark.parametrize("step", [0, 7])
def test_marks_and_ways_are_judged(app, experiment, step):
    tab = open_update(app, experiment)
    now, then, done = step_of(experiment, step)
    M = load_training_set(experiment.data).dataset.X.shape[1]
    j = len(now) - 1
    say = experiment.notation.say
    tab.choose(guess(step, (j,), (then[j],), (1.0,)))
    correct, text = feedback(tab)
    assert correct
    assert "You were 0 % of the step's length away." in text
    assert_recomputes(text, then[j])
    assert say(f"θ{M}: ", M) in text
    assert number(done.rate, 8) in text
    tab.choose(guess(step, (j,), (now[j],), (1.0,)))
    correct, text = feedback(tab)
    assert not correct
    assert "You were 100 % of the step's length away." in text
    up = bool(then[j] > now[j])
    for way in ("up", "down"):
        tab.choose(guess(step, (j,), way=way))
        assert feedback(tab)[0] == ((way == "up") == up)
    assert any("of 1" in box.label for box in tab.at.expander)  # one question on the score card


def test_a_mark_is_about_two_parameters(app):
    tab = open_update(app)
    now, then, _ = step_of(Experiment(), 0)
    off = then + 0.1 * (then - now)
    tab.choose(guess(0, (0, 1), off.tolist(), (5.0, 3.0)))
    correct, text = feedback(tab)
    assert correct
    assert "You were 10 % of the step's length away." in text


def test_a_guess_counts_once(app):
    tab = open_update(app)
    tab.choose(guess(0, (1,), way="up")).run().run()
    assert tab.tab.answers["update.guess"].tries == 1
    tab.choose(guess(1, (1,), way="up"))
    assert tab.tab.answers["update.guess"].tries == 2


@pytest.mark.parametrize(
    "choice",
    [
        {"guess": None},
        {"guess": {}},
        {"guess": {"step": 0}},
        guess(step=-1, way="up"),
        guess(step=1e3, way="up"),
        guess(step=10**9, way="up"),  # no such step in this run
        guess(parameters=(9,), way="up"),  # no such parameter
        guess(parameters=(True,), way="up"),
        guess(parameters=("0",), way="up"),
        guess(way="sideways"),
        guess(values=("x",), units=(1.0,)),
        guess(values=(1.0,), units=(0.0,)),
        guess(values=(1.0,), units=()),
        {"guess": {**guess(way="up")["guess"], "more": 1}},
    ],
)
def test_a_guess_that_makes_no_sense_is_ignored(app, choice):
    tab = open_update(app).choose(choice)
    assert len(tab.at.success) == len(tab.at.info) == 0
    assert "update.guess" not in tab.tab.answers


def test_a_step_that_goes_nowhere(app):
    flat = Experiment(data=Drawn(((0.0, 0.0), (0.0, 0.0))), start=(0.0, 0.0))
    tab = open_update(app, flat)
    tab.choose(guess(0, (0, 1), (0.0, 0.0), (1.0, 1.0)))
    correct, text = feedback(tab)
    assert correct
    assert "no length" in text
