"""An experiment as an address, and back."""

from dataclasses import fields, replace
from urllib.parse import parse_qs

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from linreg.data.cleaning.repairs.column_repairs import Fill, Indicators, LeaveOut, Standardise
from linreg.data.cleaning.repairs.row_repairs import Cell, LeaveGroup, LeaveRows
from linreg.data.load import load_training_set
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn, Line
from linreg.experiment.experiment import Experiment, View
from linreg.experiment.resolve import resolve
from linreg.experiment.url import MAX_CHOSEN_NUMBER, MAX_SEED, from_query, to_link, view_link
from linreg.model.least_squares import LOSSES

unhurried = settings(deadline=None)  # a busy machine is no failure

HOSTILE = ("a&b=c", "x#y?z", "50%+1 ", "ü θ €", "<b>", "a,b;c", "x\ny", "data", "“q”")
WHOLE = ("loss", "intercept", "steps", "rate", "start", "step", "log", "axes", "show", "data")
NAMES = (
    *WHOLE,
    "notation",
    "points",
    "x",
    "y",
    "repair",
    "unit",
    *{f.name for kind in GENERATORS.values() for f in fields(kind)},
)
VALUES = (
    *("0", "1", "-1", "2", "3.5", "nan", "inf", "-inf", "1e400", "9" * 5000, "", " ", "0,1", "1,1"),
    *("random:1", "random:", "random:x", "1,2 3,4", "1,2,3", "plane", "fitted", "tsse", "drawn"),
    *("fill:size", "standardise:tip", "leave-out:tip", "leave-rows:1,2", "cell:3:a=b", "a=mm"),
    *("upload", "tips", "five", "total_bill", "mse", "٣", "1_0", "0x10", "-0"),
)


@st.composite
def generators(draw):
    kind = draw(st.sampled_from(sorted(GENERATORS)))
    values = {}
    for f in fields(GENERATORS[kind]):
        numbers = st.integers if f.metadata["integer"] else st.floats
        values[f.name] = draw(numbers(f.metadata["low"], f.metadata["high"]))
    if values["low"] >= values["high"]:
        values |= {"low": -1.5, "high": 2.25}
    return GENERATORS[kind](**values)


def drawn():
    coordinate = st.floats(-1e6, 1e6)
    points = st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=100)
    return points.map(lambda pairs: Drawn(tuple(pairs)))


@st.composite
def tables(draw):
    table = BUILT_IN[draw(st.sampled_from(sorted(BUILT_IN)))]
    target = draw(st.none() | st.sampled_from(list(table.units)))
    free = [name for name in table.units if name != (target or table.target)]
    features = draw(st.lists(st.sampled_from(free), unique=True))
    kept = [name for name in table.units if name not in (target or table.target, *features)]
    repairs = draw(st.lists(changes(list(table.units)), max_size=3))
    repairs += [LeaveOut(name) for name in kept[:1] if draw(st.booleans())]
    return TableChoice(
        table.name, target, tuple(features), tuple(repairs), draw(units(table.units))
    )


def changes(names):
    names = st.sampled_from(names)
    rows = st.lists(st.integers(1, 200), min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Standardise, names),
        st.builds(LeaveRows, rows),
        st.builds(Cell, st.integers(1, 300), names, st.text()),
        st.builds(LeaveGroup, names, st.text()),
    )


def units(names):
    pairs = st.dictionaries(st.sampled_from(list(names)), st.text(min_size=1, max_size=60))
    return pairs.map(lambda chosen: tuple(chosen.items()))


def uploads():
    name = st.text(min_size=1) | st.sampled_from(HOSTILE)
    features = st.lists(name, unique=True, max_size=5).map(tuple)
    repairs = st.lists(changes(HOSTILE), max_size=3).map(tuple)
    return st.builds(
        TableChoice, st.just(UPLOAD), st.none() | name, features, repairs, units(HOSTILE)
    )


def count_features(data):
    """How many features an address promises; None if only the file will tell."""
    if isinstance(data, TableChoice):
        if data.name == UPLOAD:
            return len(data.features) or None
        return len(data.features or BUILT_IN[data.name].features)
    return {"plane": 2, "five": 5}.get(data.name, 1)


@st.composite
def experiments(draw, data):
    data = draw(data)
    intercept, steps = draw(st.booleans()), draw(st.integers(1, 100_000))
    M = count_features(data) or draw(st.integers(1, 6))
    p = M + intercept
    numbers = st.lists(
        st.floats(-MAX_CHOSEN_NUMBER, MAX_CHOSEN_NUMBER), min_size=p, max_size=p
    ).map(tuple)
    pairs = [(j, k) for j in range(p) for k in range(p) if j != k]
    shows = ["fitted", *map(str, range(M)), *(["plane"] if M == 2 else [])]
    view = View(
        step=draw(st.integers(0, steps)),
        log=draw(st.booleans()),
        axes=draw(st.sampled_from(pairs or [(0, 1)])),
        show=draw(st.sampled_from(shows)),
    )
    return Experiment(
        data=data,
        loss=draw(st.sampled_from(LOSSES)),
        intercept=intercept,
        steps=steps,
        rate=draw(st.none() | st.floats(0, MAX_CHOSEN_NUMBER, exclude_min=True)),
        start=draw(st.none() | st.integers(0, MAX_SEED) | numbers),
        view=view,
    )


def opened(link):
    return from_query(parse_qs(link))


def address(experiment):
    return f"{to_link(experiment)}&{view_link(experiment.view)}"


@pytest.mark.slow
@unhurried
@given(experiments(generators() | drawn() | tables() | uploads()))
def test_an_address_opens_the_same_experiment(experiment):
    assert opened(address(experiment)) == (experiment, [])


@unhurried
@given(experiments(generators() | drawn()))
@example(Experiment(data=Line(n=2, low=0.0, high=5e-324), intercept=False))
@example(Experiment(data=Line(n=2, low=0.0, high=1e-300, noise=20.0), intercept=False))
@example(Experiment(data=Line(n=2, low=0.0, high=1e-270), intercept=False))
@example(Experiment(data=Drawn(((0.0, 0.0), (2e-313, 0.0))), intercept=False, start=0))
def test_whatever_an_address_may_say_can_be_trained(experiment):
    asked = replace(experiment, steps=min(experiment.steps, 200))
    assert len(resolve(asked, load_training_set(experiment.data)).run.loss) >= 1


@unhurried
@given(experiments(generators() | drawn() | tables() | uploads()))
def test_an_address_is_plain_ascii_without_spaces(experiment):
    link = address(experiment)
    assert link.isascii()
    assert not set(link) & set(' "<>#\n')


def test_defaults_leave_the_address_empty():
    assert to_link(Experiment()) == view_link(View()) == ""
    assert opened("") == (Experiment(), [])


def test_what_is_at_its_default_is_left_out():
    assert to_link(Experiment(data=Line(noise=2.0), steps=7)) == "noise=2&steps=7"
    assert to_link(Experiment(data=Drawn())) == "data=drawn"
    assert (
        to_link(Experiment(data=TableChoice("tips"), start=(0.5, -1.0))) == "data=tips&start=0.5,-1"
    )


LINE, DRAWN = "", "data=drawn"
BAD = [
    (LINE, "data", "moon", "one of line, "),
    (LINE, "loss", "ms", "tsse, mse or half-mse"),
    *[(LINE, "intercept", value, "0 or 1") for value in ("2", "yes", "-1")],
    *[(LINE, "log", value, "0 or 1") for value in ("on", "01")],
    *[(LINE, "steps", v, "1 to 100,000") for v in ("0", "-5", "100001", "1e3", "many", "9" * 5000)],
    *[
        (LINE, "rate", v, "above 0")
        for v in ("0", "-0.1", "nan", "inf", "1e101", "1e400", "fast", "0,1")
    ],
    *[(LINE, "start", v, "2 numbers") for v in ("1", "1,2,3", "a,b", "nan,1", "inf,1", "2e100,0")],
    *[(LINE, "start", f"random:{v}", "seed from 0 to") for v in ("-1", "x", "", "1.5", 2**31)],
    *[("data=plane", "start", value, "3 numbers") for value in ("1,2", "1,2,3,4")],
    *[("data=plane&intercept=0", "start", value, "2 numbers") for value in ("1", "1,2,3")],
    *[("data=tips&x=size&x=total_bill", "start", value, "3 numbers") for value in ("1,2",)],
    *[(LINE, "step", value, "from 0 to 100") for value in ("-1", "101", "last", "1.5")],
    *[("steps=20", "step", value, "from 0 to 20") for value in ("21", "100")],
    *[(LINE, "axes", v, "from 0 to 1") for v in ("0,0", "0,2", "1", "0,1,2", "-1,0", "a,b")],
    *[("data=five&intercept=0", "axes", value, "from 0 to 4") for value in ("0,5", "2,2")],
    ("intercept=0", "axes", "0,1", "left out, as there is one parameter"),
    *[(LINE, "show", value, "fitted or") for value in ("plane", "1", "-1", "all")],
    *[("data=plane", "show", value, "from 0 to 1") for value in ("2", "surface")],
    *[("data=five", "show", value, "from 0 to 4") for value in ("plane", "5")],
    *[
        (LINE, "n", v, "a whole number from 2 to 2,000")
        for v in ("1", "2001", "50.5", "nan", "all")
    ],
    *[(LINE, "noise", value, "from 0 to 20") for value in ("-1", "21", "nan", "inf", "loud")],
    *[(LINE, "theta1", value, "from −10 to 10") for value in ("10.1", "-inf", "x")],
    *[("data=plane", "correlation", value, "from −0.99 to 0.99") for value in ("1", "-1")],
    *[(DRAWN, "points", v, "2 to 100 points") for v in ("1,2", "1,2 3", "1,2 3,nan", "1,2 3,1e7")],
    *[(DRAWN, "points", v, "2 to 100 points") for v in ("1,2,3 4,5", "+".join(["1,2"] * 101))],
    *[("data=tips", "y", value, "one of total_bill, tip, size") for value in ("sex", "nobody")],
    *[("data=tips", "x", value, "among the other columns") for value in ("sex", "tip", "nobody")],
    *[("data=tips&y=size", "x", value, "total_bill, tip") for value in ("size",)],
]


@pytest.mark.parametrize(("rest", "name", "value", "rule"), BAD)
def test_a_bad_value_falls_back_and_is_named_once(rest, name, value, rule):
    experiment, problems = opened(f"{rest}&{name}={value}")
    assert experiment == opened(rest)[0]
    assert len(problems) == 1
    assert f"{name} = “{str(value).replace('+', ' ')[:40]}" in problems[0]
    assert rule in problems[0]
    assert problems[0].endswith(" is used instead.")


def test_every_bad_value_has_its_own_sentence():
    experiment, problems = opened("n=1&rate=x&steps=0&loss=l1&noise=2")
    assert experiment == Experiment(data=Line(noise=2.0))
    assert [problem.split(" = ")[0].split()[-1] for problem in problems] == [
        *("n", "loss", "steps", "rate"),
    ]


@pytest.mark.parametrize("range_", ["low=4&high=4", "low=3&high=1", "low=9", "high=-9"])
def test_an_empty_range_falls_back_to_the_default_range(range_):
    experiment, problems = opened(f"{range_}&noise=3")
    assert experiment == Experiment(data=Line(noise=3.0))
    assert len(problems) == 1
    assert "x from must be less than x to, got " in problems[0]


@unhurried
@given(st.dictionaries(st.text().filter(lambda name: name not in NAMES), st.lists(st.text())))
def test_other_parameters_are_ignored(query):
    assert from_query({**query, "n": ["70"]}) == (Experiment(data=Line(n=70)), [])


def test_the_last_of_several_values_counts():
    assert opened("n=9&n=70")[0].data == Line(n=70)
    assert opened("n=9&n=x")[0].data == Line()


@unhurried
@given(
    st.dictionaries(
        st.sampled_from(NAMES) | st.text(),
        st.lists(st.sampled_from(VALUES) | st.text(), max_size=3),
    )
)
def test_no_query_is_an_error(query):
    experiment, problems = from_query(query)
    assert from_query(parse_qs(address(experiment)))[1] == []
    assert len(problems) <= sum(map(len, query.values()))
    assert all(problem.endswith((" is used instead.", " is left out.")) for problem in problems)


def test_repairs_and_units_that_make_no_sense_are_named_and_the_others_kept():
    query = "data=tips&repair=fill:tip&repair=mend:tip&repair=cell:0:tip=1&unit=tip=Fr&unit=size"
    experiment, problems = opened(query)
    assert experiment.data == TableChoice("tips", repairs=(Fill("tip"),), units=(("tip", "Fr"),))
    assert [problem.split(", which")[0] for problem in problems] == [
        "The address asks for repair = “mend:tip”",
        "The address asks for repair = “cell:0:tip=1”",
        "The address asks for unit = “size”",
    ]


def test_the_columns_of_an_address_are_those_after_its_repairs():
    experiment, problems = opened("data=tips&repair=leave-out:size&y=tip&x=size")
    assert experiment.data.features == ()
    assert "among the other columns total_bill;" in problems[0]


def test_columns_that_a_repair_makes_can_be_chosen():
    data = TableChoice(
        "tips", "tip", ("size", "day = Sat"), (Indicators("day"), Standardise("size"))
    )
    assert opened(to_link(Experiment(data=data))) == (Experiment(data=data), [])
    rows = load_training_set(data).dataset
    np.testing.assert_array_equal(np.unique(rows.X[:, 1]), [0, 1])
    assert abs(rows.X[:, 0].mean()) < 1e-14


def test_the_form_of_repairs_and_units_in_an_address():
    data = TableChoice(
        "tips", repairs=(Standardise("size"), LeaveRows((3, 9))), units=(("tip", "€"),)
    )
    repairs = "repair=standardise:size&repair=leave-rows:3,9"
    assert to_link(Experiment(data=data)) == f"data=tips&{repairs}&unit=tip%3D%E2%82%AC"


@pytest.mark.parametrize("start", ["1,2,3,4,5,6,7", "1"])
def test_a_file_that_is_not_here_yet_may_take_any_start(start):
    query = f"data=upload&start={start}&axes=7,3&show=9"
    experiment, problems = opened(query)
    assert problems == []
    assert len(experiment.start) == len(start.split(","))
