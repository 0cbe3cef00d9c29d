"""The state of a browser tab: values that are kept, and values that are refused."""

from dataclasses import replace

import numpy as np
import pytest

from linreg.data.files.table import Table
from linreg.data.load import load_training_set
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.data.sources.synthetic import GENERATORS, PLEASANT_POINTS, Drawn, Line
from linreg.experiment.experiment import Experiment, View
from linreg.ui.state import tab_state
from linreg.ui.upload import table_upload

EXPERIMENTS = [
    Experiment(),
    *(Experiment(data=kind(noise=0.5, seed=3), rate=0.01) for kind in GENERATORS.values()),
    *(Experiment(data=TableChoice(name), loss="mse", start=2) for name in BUILT_IN),
    Experiment(data=TableChoice("tips", "size", ("tip",)), intercept=False),
    Experiment(data=Drawn(((0.0, 1.0), (2.0, 3.0))), start=(1.0, 2.0), steps=7),
    Experiment(data=TableChoice(UPLOAD, "y", ("a", "b")), view=View(step=3, log=True)),
]


@pytest.fixture
def tab(state):
    """A tab that is open on the default experiment."""
    tab_state.set_controls(Experiment())
    state.view = View()
    return state


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_what_is_kept_comes_back(state, experiment):
    tab_state.set_controls(experiment)
    state.view = experiment.view
    assert tab_state.experiment() == experiment


def test_fresh_keeps_only_the_log_scale(tab):
    tab.rate, tab.start, tab.view = 0.5, (1.0, 2.0), View(step=9, log=True, show="plane")
    tab_state.leave_data()
    assert tab_state.experiment() == Experiment(view=View(log=True))


def test_the_stage_shows_what_was_asked(tab):
    asked, rows, problem = tab_state.on_stage()
    assert (asked, problem) == (Experiment(), None)
    np.testing.assert_array_equal(rows.dataset.y, Line().draw().y)


def test_the_rows_are_read_again_only_for_other_data(tab, widgets):
    rows = tab_state.on_stage()[1]
    tab.rate, tab.steps = 0.5, 20
    assert tab_state.on_stage()[1] is rows
    widgets["line.seed"] = 2
    assert tab_state.on_stage()[1] is not rows


def test_another_file_with_the_same_columns_is_read(tab):
    tab_state.set_controls(Experiment(data=TableChoice(UPLOAD, "y", ("x",))))
    for scale in (1.0, 2.0):
        x = scale * np.arange(3.0)
        table_upload._accept(Table("a.csv", {"x": x, "y": x}, (), 3, ()), f"file {scale}")
        np.testing.assert_array_equal(tab_state.on_stage()[1].dataset.y, x)


def test_unusable_data_leave_the_last_good_ones(tab, widgets):
    widgets["line.n"] = 70
    good = tab_state.on_stage()[0]
    widgets["line.low"] = 9.0
    tab.rate = 0.5
    shown, rows, problem = tab_state.on_stage()
    assert shown == replace(good, rate=0.5)
    assert len(rows.dataset.y) == 70
    assert "x from must be less than x to" in problem


def test_rate_and_start_stay_with_the_data_that_stay(tab):
    tab.rate, tab.start = 0.0004, (3.0, 3.0)
    good = tab_state.on_stage()[0]
    tab.way = tab_state.OWN
    tab_state.leave_data()
    assert tab_state.on_stage()[0] == good


def test_switching_the_intercept_keeps_a_chosen_start(tab):
    tab.start, tab.intercept = (3.0, 4.0), False
    tab_state.switch_intercept()
    assert tab.start == (4.0,)
    tab.intercept = True
    tab_state.switch_intercept()
    assert tab.start == (0.0, 4.0)


def test_unusable_columns_of_a_fresh_tab_leave_the_default(state):
    tab_state.set_controls(Experiment(data=TableChoice("tips", "tip", ("tip",))))
    state.view = View()
    shown, _, problem = tab_state.on_stage()
    assert shown.data == Line()
    assert "“tip” is both target and feature" in problem


def test_without_a_file_the_stage_shows_other_data(state):
    tab_state.set_controls(Experiment(data=TableChoice(UPLOAD, "y", ("x",)), rate=0.5))
    state.view = View()
    shown, _, problem = tab_state.on_stage()
    assert shown == Experiment(rate=0.5)
    assert problem is None


def test_points_alike_are_shown_as_given(tab):
    tab_state.set_controls(Experiment(data=Drawn()))
    np.testing.assert_array_equal(
        np.column_stack([tab_state.on_stage()[1].dataset.X, tab_state.on_stage()[1].dataset.y]),
        np.array(PLEASANT_POINTS),
    )
    assert load_training_set(Drawn()).dataset.target == "y"
