"""The first page of the lesson: the model by hand, and the question about it."""

import re

import pytest

from linreg.data.load import load_training_set
from linreg.experiment.resolve import resolve
from linreg.experiment.url import from_query

pytestmark = pytest.mark.slow

LINKS = {
    "one feature": {},
    "without intercept": {"intercept": "0"},
    "drawn": {"data": "drawn"},
    "two features": {"data": "plane"},
    "five features": {"data": "five"},
    "five without intercept": {"data": "five", "intercept": "0"},
    "a table": {"data": "gapminder"},
    "a start of many digits": {"start": "0.1234567891,-2.000000301"},
}


def core(link):
    """Return the rows, θ and whether there is an intercept, from the core alone."""
    experiment, problems = from_query({name: [value] for name, value in link.items()})
    assert not problems
    rows = load_training_set(experiment.data)
    return rows.dataset, resolve(experiment, rows).start, experiment.intercept


def asked(tab):
    """Return the question as it is read."""
    return next(m.value for m in tab.at.markdown if m.value.startswith("**Question.**"))


def numbers(text):
    """Return the numbers of a sentence."""
    texts = re.findall(r"−?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e−?\d+)?", text)
    return [float(each.replace("−", "-").replace(",", "")) for each in texts]


def right_answer(tab, link):
    """Work the question out from the numbers it names."""
    data, theta, intercept = core(link)
    x = numbers(asked(tab).rpartition("x = ")[2] if data.X.shape[1] == 1 else asked(tab))
    if data.X.shape[1] == 1:
        return theta[-1] * x[0] + (theta[0] if intercept else 0)
    return theta[-data.X.shape[1]] * next(value for value in x if value != 1)


def answer(tab, key, value):
    """Fill in a number and check it."""
    tab.set(f"{key}.given", value)
    next(button for button in tab.at.button if button.key == f"{key}.check").click()
    return tab.run()


def given(tab, key):
    """Return what the score card keeps."""
    return tab.tab.answers[key]


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_the_page_asks_what_the_core_answers(app, link):
    tab = app(link).visit("model")
    answer(tab, "model.predict", float(f"{right_answer(tab, link):.5g}"))
    assert given(tab, "model.predict").correct
    assert tab.at.success[0].value.startswith("Right.")
    assert not tab.at.info


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_a_wrong_answer_is_explained_and_may_be_tried_again(app, link):
    tab = app(link).visit("model")
    right = right_answer(tab, link)
    answer(tab, "model.predict", right + 1 + abs(right))
    assert not given(tab, "model.predict").correct
    assert tab.at.info[0].value.startswith("Not yet.")
    answer(tab, "model.predict", right)
    assert given(tab, "model.predict").tries == 2
    assert tab.at.success


def test_the_arithmetic_of_the_answer_can_be_done_again(app):
    tab = app({"start": "1.25,-0.375"}).visit("model")
    answer(tab, "model.predict", right_answer(tab, {"start": "1.25,-0.375"}))
    first, slope, x, result = numbers(tab.at.success[0].value.partition("ỹ = ")[2])
    assert (first, slope) == (1.25, -0.375)
    assert first + slope * x == pytest.approx(result, rel=1e-9)


def test_another_line_is_another_question(app):
    tab = app().visit("model")
    answer(tab, "model.predict", right_answer(tab, {}))
    assert tab.at.success
    tab.choose({"start": [1.0, 2.0]})
    assert not tab.at.success
    assert not tab.at.info
    answer(tab, "model.predict", right_answer(tab, {"start": "1,2"}))
    assert tab.at.success


def test_the_score_card_counts_at_once(app):
    tab = app().visit("model")
    answer(tab, "model.predict", right_answer(tab, {}))
    assert any(e.label == "Your answers: 1 right of 1" for e in tab.at.sidebar.expander)


def test_the_hand_sets_the_start_of_the_experiment(app):
    tab = app().visit("model").choose({"start": [0.5, 1.5]})
    assert tab.tab.start == (0.5, 1.5)
    tab.visit("stage")
    assert "start=0.5,1.5" in tab.message["link"].replace("%2C", ",")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("generator", "plane"),
        ("generator", "five"),
        ("intercept", False),
        ("loss", "half-mse"),
        ("line.n", 2),
        ("line.noise", 0.0),
        ("notation.parameters", "weights"),
        ("notation.fitted", "hat"),
        ("way", "Real table"),
        ("way", "Draw"),
        ("way", "Upload"),
    ],
)
@pytest.mark.parametrize("name", ["model", "loss"])
def test_every_control_may_be_moved(app, name, key, value):
    tab = app().visit(name).set(key, value)
    assert tab.message["layout"]["name"] == name


@pytest.mark.parametrize("name", ["model", "loss"])
def test_the_best_fit_is_closed_and_the_run_stays_at_its_start(app, name):
    layout = app().visit(name).message["layout"]
    assert not layout["best"]
    assert layout["still"]


def test_the_formula_has_the_terms_of_the_model(app):
    def formula(link):
        return app(link).visit("model").at.get("latex")[0].proto.body

    assert r"\theta_{0}" in formula({})
    assert r"\theta_{0}" not in formula({"intercept": "0"})
    assert r"\dots" in formula({"data": "five"})
    assert r"\theta_{2}" in formula({"data": "plane"})
