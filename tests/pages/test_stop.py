"""The page on the end of a run: when each rule stops it, and what that says."""

from urllib.parse import parse_qs

import pytest

from linreg.data.load import load_training_set
from linreg.experiment.experiment import Experiment
from linreg.experiment.resolve import resolve
from linreg.experiment.url import to_link
from linreg.text.numbers import count, number
from linreg.training.stopping import stops

pytestmark = pytest.mark.slow

EXPERIMENTS = [
    Experiment(),
    Experiment(steps=300),
    Experiment(rate=1.0),
    Experiment(rate=1e-7),
    Experiment(intercept=False, loss="mse", rate=0.01),
]


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=to_link)
def test_the_table_says_when_each_rule_stops_this_run(app, experiment):
    tab = app(parse_qs(to_link(experiment))).visit("stop")
    run = resolve(experiment, load_training_set(experiment.data)).run
    table = tab.at.table[0].value
    found = stops(run)
    first = f"stops this run at step {count(found.first)}."
    assert any(first in text.value for text in tab.at.markdown)
    rules = zip(table.itertuples(), (found.converged, found.no_gain, found.budget), strict=True)
    for (_, _, when, above), step in rules:
        if step is None:
            assert when.startswith("not within")
            assert above == ""
        else:
            assert when == f"at step {count(step)}"
            assert above == number(float(run.at(step).excess), 4)


def test_a_short_step_is_no_sign_of_the_minimum(app):
    tab = app().visit("stop")
    tab.at.radio(key="stop.gain.given").set_value("The minimum is near.")
    tab.at.button(key="stop.gain.check").click()
    tab.run()
    assert any("thousands of steps away" in text.value for text in tab.at.info)
