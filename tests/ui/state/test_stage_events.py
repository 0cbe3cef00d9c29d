"""Messages from the browser: applied where they make sense, ignored where they do not."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linreg.data.sources.synthetic import MAX_POINTS, Drawn
from linreg.experiment.experiment import Experiment, View
from linreg.teaching.step_guess import Guess
from linreg.ui.stage.payload_types import Choice, GuessChoice
from linreg.ui.state import stage_events, tab_state
from tests.ui.stage.test_payload_types import differences

NUMBERS = st.integers() | st.floats() | st.just(10**400)
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)
PAIRS = st.lists(NUMBERS, min_size=2, max_size=2) | st.lists(st.floats(-2e6, 2e6), min_size=2)
CHOICES = st.fixed_dictionaries(
    {},
    optional={
        "rate": NUMBERS | JSON,
        "start": st.lists(NUMBERS) | JSON,
        "random": NUMBERS | JSON,
        "points": st.lists(PAIRS, min_size=2) | JSON,
        "page": JSON,
    },
)


@pytest.fixture
def tab(state):
    """A tab that is open on the default experiment."""
    tab_state.set_controls(Experiment())
    state.view = View()
    return state


@pytest.mark.parametrize(
    ("choice", "field", "value"),
    [
        ({"rate": 0.25}, "rate", 0.25),
        ({"rate": 1}, "rate", 1.0),
        ({"start": [1, -2.5]}, "start", (1.0, -2.5)),
        ({"random": 7}, "start", 7),
        ({"random": 0}, "start", 0),
    ],
)
def test_rate_and_start_are_taken_over(tab, choice, field, value):
    stage_events.apply_choice(choice)
    assert tab_state.experiment() == replace(Experiment(), **{field: value})


SENT: list[Choice] = [
    {"rate": 0.25},
    {"start": [1.0, -2.5]},
    {"random": 7},
    {"points": [[0.0, 1.0], [2.5, -3.0]]},
    {"page": "gradient"},
    {"guess": {"step": 3, "parameters": [1], "values": [], "units": [], "way": "up"}},
]


def test_each_key_that_a_browser_may_send_is_taken_over(tab):
    assert sorted(key for choice in SENT for key in choice) == sorted(Choice.__annotations__)
    for choice in SENT:
        assert list(differences(choice, Choice)) == []
        before = dict(vars(tab))
        stage_events.apply_choice(choice)
        assert vars(tab) != before, choice
    assert tab.guess == Guess(3, (1,), way="up")


def test_a_guess_with_other_keys_is_ignored(tab):
    [whole] = [choice["guess"] for choice in SENT if "guess" in choice]
    assert whole.keys() == GuessChoice.__annotations__.keys()
    for key in whole:
        stage_events.apply_choice({"guess": {k: v for k, v in whole.items() if k != key}})
    stage_events.apply_choice({"guess": {**whole, "more": 1}})
    assert tab.guess is None


def test_points_are_taken_over(tab):
    tab_state.set_controls(Experiment(data=Drawn()))
    stage_events.apply_choice({"points": [[0, 1], [2.5, -3]]})
    assert tab_state.experiment().data == Drawn(((0.0, 1.0), (2.5, -3.0)))


def test_a_point_too_many_is_ignored(tab):
    full = [[float(i), 0.0] for i in range(MAX_POINTS)]
    stage_events.apply_choice({"points": full})
    assert len(tab.points) == MAX_POINTS
    stage_events.apply_choice({"points": [*full, [0.5, 0.5]]})
    assert tab.points == tuple(map(tuple, full))


@pytest.mark.parametrize(
    "choice",
    [
        *(None, 3, "rate", [], {}, {"rate": None}, {"rate": "1"}, {"rate": True}, {"rate": 0}),
        *({"rate": -1.0}, {"rate": float("nan")}, {"rate": float("inf")}, {"rate": 10**400}),
        *({"start": []}, {"start": 3}, {"start": [1, None]}, {"start": [1, float("nan")]}),
        *({"start": "12"}, {"start": [1, "2"]}, {"start": [1, 1e300]}, {"start": {"0": 1}}),
        *({"random": -1}, {"random": 2**31}, {"random": "3"}, {"random": [1]}),
        *({"points": [[0, 1]]}, {"points": [[0, 1]] * 101}, {"points": [[0, 1], [2]]}),
        *({"points": [[0, 1], [2, None]]}, {"points": [[0, 1], [2, 3, 4]]}, {"points": "ab"}),
        *({"points": [[0, 1], [2, 1e7]]}, {"points": [[0, 1], [2, 1e99]]}, {"other": 1}),
    ],
)
def test_nonsense_is_ignored(tab, choice):
    before = dict(vars(tab))
    stage_events.apply_choice(choice)
    assert vars(tab) == before


@given(JSON | CHOICES)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_chosen_there_is_an_experiment(tab, choice):
    tab_state.set_controls(Experiment(data=Drawn()))
    stage_events.apply_choice(choice)
    asked = tab_state.experiment()
    assert asked.rate is None or 0 < asked.rate < float("inf")
    assert isinstance(asked.start, int | tuple | None)
    json.dumps([asked.start, asked.data.points], allow_nan=False)


def test_the_page_of_a_box_is_asked_for_once(tab):
    stage_events.apply_choice({"page": "gradient"})
    assert tab_state.pop_page() == "gradient"
    assert tab_state.pop_page() is None


@pytest.mark.parametrize("page", ["nope", "", "../app", "stage", 3, None, ["model"], {"model": 1}])
def test_a_page_that_is_no_box_is_ignored(tab, page):
    stage_events.apply_choice({"page": page})
    assert tab_state.pop_page() is None
