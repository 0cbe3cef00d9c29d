"""The declared message: its twin for the browser, and what is really sent."""

from types import UnionType
from typing import Literal, NewType, NotRequired, Union, get_args, get_origin, get_type_hints

import pytest

from linreg.data.load import load_training_set
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn
from linreg.experiment.experiment import Experiment
from linreg.experiment.resolve import resolve
from linreg.ui.lesson.contents import LESSONS
from linreg.ui.lesson.views.rate_views import RATE_VIEWS
from linreg.ui.stage.payload_types import DECLARATIONS, Message, Payload, declarations

DATA = [
    *(kind() for kind in GENERATORS.values()),
    *map(TableChoice, BUILT_IN),
    Drawn(),
]
PAGES = ("stage", *(lesson.name for lesson in LESSONS))


def differences(value, hint, at="payload"):
    """Yield where a value is not of the declared type."""
    origin = get_origin(hint)
    if isinstance(hint, NewType):
        hint = hint.__supertype__
    if isinstance(hint, type) and issubclass(hint, dict) and origin is None:
        yield from _of_keys(value, hint, at)
    elif origin in (UnionType, Union):
        problems = [list(differences(value, each, at)) for each in get_args(hint)]
        yield from min(problems, key=len)
    elif origin is Literal:
        if value not in get_args(hint):
            yield f"{at} = {value!r}"
    elif origin is list:
        for i, each in enumerate(value):
            yield from differences(each, get_args(hint)[0], f"{at}[{i}]")
    elif origin is dict:
        kind, of = get_args(hint)
        for key, each in value.items():
            yield from differences(key, kind, f"{at}, key {key}")
            yield from differences(each, of, f"{at}.{key}")
    elif type(value) not in {float: (int, float)}.get(hint, (hint,)):
        yield f"{at} is {type(value).__name__}, not {hint.__name__}"


def _of_keys(value, hint, at):
    if not isinstance(value, dict):
        yield f"{at} is {type(value).__name__}, not {hint.__name__}"
        return
    hints = get_type_hints(hint, include_extras=True)
    for key in value.keys() - hints.keys():
        yield f"{at}.{key} is not declared"
    for key, of in hints.items():
        optional = get_origin(of) is NotRequired
        if key in value:
            yield from differences(value[key], get_args(of)[0] if optional else of, f"{at}.{key}")
        elif not optional:
            yield f"{at}.{key} is missing"


def test_the_declarations_of_the_browser_are_up_to_date():
    assert DECLARATIONS.read_text("utf-8") == declarations()


@pytest.mark.parametrize("view", RATE_VIEWS)
@pytest.mark.parametrize("data", DATA, ids=lambda data: data.name)
def test_every_payload_has_the_declared_keys(data, view):
    experiment = Experiment(data=data)
    payload = RATE_VIEWS[view].payload(resolve(experiment, load_training_set(data)))
    assert not list(differences(payload, Payload))


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_every_page_sends_the_declared_message(app, page):
    assert not list(differences(app(page=page).message, Message))


def test_a_difference_is_found(expected):
    payload = expected(Experiment())
    assert not list(differences(payload, Payload))
    changed = payload | {"extra": 1, "loss": "mae", "bowl": payload["bowl"] | {"rho2": "0"}}
    del changed["run"]
    assert list(differences(changed, Payload)) == [
        "payload.extra is not declared",
        "payload.loss = 'mae'",
        "payload.bowl.rho2 is str, not float",
        "payload.run is missing",
    ]
