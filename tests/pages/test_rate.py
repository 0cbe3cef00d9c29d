"""The learning rate in its four views: every number shown is the core's."""

import base64
from urllib.parse import parse_qs

import numpy as np
import pytest

from linreg.data.load import load_training_set
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn
from linreg.experiment.experiment import Experiment
from linreg.experiment.resolve import resolve, start_of
from linreg.experiment.url import to_link
from linreg.text.numbers import number
from linreg.text.symbols import Notation
from linreg.training.gradient_descent import train
from linreg.training.learning_rate import rate_limits
from linreg.training.rate_sweep import examples, sweep
from linreg.ui.lesson.views.rate_views import DIRECTIONS, FOUR_RATES, RATE_VIEWS, SWEEP, TWO_SCALES
from tests.helpers.app import as_read
from tests.helpers.scaled_descent import compare

pytestmark = pytest.mark.slow

EXPERIMENTS = [
    Experiment(),
    Experiment(data=GENERATORS["plane"](), loss="mse"),
    Experiment(data=GENERATORS["five"](), loss="half-mse", intercept=False),
    Experiment(intercept=False, rate=1.0),
    Experiment(data=Drawn(((0.0, 1.0), (1.0, 5.0))), steps=0),
    Experiment(data=Drawn(((1.0, 1.0), (1.0, 5.0)))),
    Experiment(data=Drawn(((0.0, 1.0), (0.0, 5.0))), intercept=False),
    Experiment(data=TableChoice("gapminder"), start=4),
    Experiment(data=TableChoice("tips", "tip", ("total_bill", "size")), steps=5000),
    Experiment(notation=Notation("weights", "hat", "alpha")),
]
KEY = "rate.zigzag"


def open_rate(app, experiment=None, look=DIRECTIONS):
    tab = app(parse_qs(to_link(experiment or Experiment()))).visit("rate")
    return tab if look is FOUR_RATES else tab.set("rate.view", look.title)


def parts(experiment):
    rows = load_training_set(experiment.data)
    problem = rows.problem(intercept=experiment.intercept)
    return rows, problem, rate_limits(problem, experiment.loss)


def page_text(tab):
    return " ".join(as_read(text.value) for text in tab.at.markdown)


def doubles(text):
    return np.frombuffer(base64.b64decode(text), dtype="<f8")


@pytest.mark.parametrize("look", RATE_VIEWS.values(), ids=RATE_VIEWS)
@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_every_view_shows_every_kind_of_data(app, experiment, look):
    tab = open_rate(app, experiment, look)
    assert tab.message["layout"]["name"] == look.layout.name
    _, _, limits = parts(experiment)
    assert (
        tab.message["run"]["rate"] == resolve(experiment, load_training_set(experiment.data)).rate
    )
    if not np.isfinite(limits.smooth):
        assert not tab.at.number_input or KEY not in [n.key for n in tab.at.number_input]
    elif look is DIRECTIONS:
        assert number(limits.limit, 4) in page_text(tab)


@pytest.mark.parametrize("look", RATE_VIEWS.values(), ids=RATE_VIEWS)
def test_moving_the_controls_moves_the_words(app, look):
    tab = open_rate(app, look=look)
    before = page_text(tab)
    for key, value in (("loss", "mse"), ("line.n", 12), ("intercept", False), ("steps", 7)):
        tab.set(key, value)
        if key in ("line.n", "intercept"):  # κ, for one, does not know the loss
            assert page_text(tab) != before
        before = page_text(tab)
    tab.choose({"rate": 0.5}).choose({"start": [3.0]})


def test_kappa_is_said_with_these_numbers(app):
    _, _, limits = parts(Experiment())
    text = page_text(open_rate(app))
    for value in (limits.eigenvalues[0], limits.eigenvalues[-1]):
        assert number(value) in text
    assert f"κ = λmax/λmin is **{number(limits.condition, 4)}**" in text


@pytest.mark.parametrize("loss", ["tsse", "mse", "half-mse"])
def test_the_four_runs_are_the_cores(app, loss):
    experiment = Experiment(loss=loss)
    message = open_rate(app, experiment, FOUR_RATES).message
    _, problem, limits = parts(experiment)
    four = examples(limits)
    rates = (four.small, four.good, four.zigzag, four.diverging)
    assert [picture["variant"] for picture in message["layout"]["pictures"]] == [0, 1, 2, 3]
    for variant, rate in zip(message["variants"], rates, strict=True):
        done = train(problem, rate=rate, steps=100, start=start_of(experiment, problem), loss=loss)
        assert variant["run"]["rate"] == rate
        np.testing.assert_array_equal(doubles(variant["run"]["theta"]), done.theta.ravel())
    zones = [variant["forecast"]["zone"] for variant in message["variants"]]
    assert zones == ["smooth", "smooth", "zig-zag", "diverges"]


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_the_sweep_is_the_cores(app, experiment):
    sent = open_rate(app, experiment, SWEEP).message["sweep"]
    _, problem, limits = parts(experiment)
    done = sweep(problem, limits, start=start_of(experiment, problem), loss=experiment.loss)
    np.testing.assert_array_equal(doubles(sent["rates"]), done.rates)
    steps = [np.nan if step is None else step for step in done.steps]
    np.testing.assert_allclose(doubles(sent["steps"]), steps)
    assert sent["zones"] == list(done.zones)


def test_a_dot_that_is_opened_becomes_the_experiments_rate(app):
    tab = open_rate(app, look=SWEEP)
    rate = float(doubles(tab.message["sweep"]["rates"])[30])
    tab.choose({"rate": rate})
    assert tab.message["run"]["rate"] == rate


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("name", ["line", "plane", "five"])
def test_both_sides_start_and_end_at_the_same_line(app, name, intercept):
    experiment = Experiment(data=GENERATORS[name](), intercept=intercept, steps=400)
    tab = open_rate(app, experiment, TWO_SCALES)
    rows, problem, _ = parts(experiment)
    start = start_of(experiment, problem)
    raw, other = compare(rows.moments, start=start, steps=400, intercept=intercept)
    table = tab.at.table[0].value
    shown = [[number(float(v), 10) for v in each] for each in (raw.theta, other.theta)]
    assert table.to_numpy().tolist()[:2] == shown
    assert table.iloc[0].tolist() == table.iloc[1].tolist() == table.iloc[2].tolist()
    for side in (raw, other):
        assert number(side.condition, 4) in page_text(tab)
        assert f"converged at step {number(side.arrives, 4)}" in page_text(tab)
    left, right = tab.message["variants"]
    assert left["run"]["rate"] == raw.rate
    assert right["run"]["rate"] == other.rate
    first = [doubles(variant["run"]["loss"])[0] for variant in (left, right)]
    assert first[1] == pytest.approx(first[0], rel=1e-12)


@pytest.mark.parametrize("name", ["line", "plane"])
def test_words_and_formula_know_the_intercept(app, name):
    for intercept in (True, False):
        tab = open_rate(app, Experiment(data=GENERATORS[name](), intercept=intercept), TWO_SCALES)
        tex = " ".join(each.value for each in tab.at.latex)
        assert (r"\bar x_j" in tex) is intercept
        assert (r"\theta_{0}" in tex) is intercept
        assert (r"\overline{x_j^2}" in tex) is not intercept
        assert ("from their means" in page_text(tab)) is intercept
        assert ("root of its mean square" in page_text(tab)) is not intercept
        (caption,) = [each for each in tab.captions if "goes back exactly" in each]
        assert ("x̄j" in caption) is intercept


def test_what_has_not_arrived_is_not_said_to_be_equal(app):
    tab = open_rate(app, Experiment(data=TableChoice("gapminder")), TWO_SCALES)
    assert "the first has not arrived" in page_text(tab)
    assert "both end at the same line" not in page_text(tab)


def test_the_symbols_are_the_readers(app):
    for look in RATE_VIEWS.values():
        tab = open_rate(app, Experiment(notation=Notation("beta", "hat", "alpha")), look)
        assert "θ" not in page_text(tab)
        assert "η" not in page_text(tab)


@pytest.mark.parametrize("share", [1.01, 1.99, 0.5, 1.0, 2.0, -1.0])
def test_the_question_knows_the_limits(app, share):
    experiment = Experiment(loss="mse")
    tab = open_rate(app, experiment)
    _, _, limits = parts(experiment)
    tab.set(f"{KEY}.given", share * limits.smooth)
    next(b for b in tab.at.button if b.key == f"{KEY}.check").click()
    tab.run()
    right = 1 < share < 2
    (box,) = tab.at.success if right else tab.at.info
    assert box.value.startswith("Right." if right else "Not yet.")
    assert number(limits.limit, 4) in box.value
    tab.set("line.n", 20)
    assert not tab.at.success


def test_parameters_have_the_colour_of_the_path_and_the_rate_has_none():
    for look in RATE_VIEWS.values():
        for tex in (look.tex, look.tex_without):
            assert "model|" not in tex
            assert r"|\eta" not in tex
    assert "|" not in DIRECTIONS.tex
