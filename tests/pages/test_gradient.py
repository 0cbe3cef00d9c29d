"""The gradient as a sum of arrows: the check and the question follow the experiment."""

from urllib.parse import parse_qs

import numpy as np
import pytest

from linreg.data.load import load_training_set
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn
from linreg.experiment.experiment import Experiment
from linreg.experiment.resolve import resolve
from linreg.experiment.url import to_link
from linreg.model.least_squares import loss_scale
from linreg.teaching import finite_differences
from linreg.teaching.per_row_gradients import ask_row_gradient
from linreg.text.symbols import Notation
from linreg.ui.lesson.views.derivation import MATRIX_STEPS, one_weight
from linreg.ui.lesson.views.gradient_check import CHART_H, errors_figure
from tests.helpers.app import as_read

pytestmark = pytest.mark.slow

EXPERIMENTS = [
    Experiment(),
    Experiment(intercept=False),
    Experiment(data=GENERATORS["plane"](), loss="mse"),
    Experiment(data=GENERATORS["five"](), loss="half-mse", intercept=False),
    Experiment(data=Drawn(((0.0, 1.0), (1.0, 5.0))), start=(1.0, 4.0)),  # at the minimum
    Experiment(data=Drawn(((1.0, 1.0), (1.0, 5.0)))),
    Experiment(data=Drawn(((0.0, 0.0), (0.0, 0.0))), start=(0.0, 0.0)),
    Experiment(data=TableChoice("gapminder"), start=4),
    Experiment(data=TableChoice("tips", "tip", ("total_bill", "size"))),
    Experiment(start=(1e70, 1e70)),
    Experiment(notation=Notation("weights", "hat", "alpha")),
]


def open_gradient(app, experiment):
    return app(parse_qs(to_link(experiment))).visit("gradient")


def number(text):
    return float(text.replace("−", "-").replace(",", ""))


def slope_of(experiment):
    resolved = resolve(experiment, load_training_set(experiment.data))
    problem, theta = resolved.problem, resolved.start
    scale = loss_scale(experiment.loss, problem.n)
    return problem, theta, scale


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_the_table_is_the_core_s(app, experiment):
    tab = open_gradient(app, experiment)
    problem, theta, scale = slope_of(experiment)
    table = tab.at.dataframe[0].value
    gradient = scale * problem.gradient(theta)
    differences = finite_differences.central(lambda at: scale * problem.tsse(at), theta, 1e-5)
    np.testing.assert_allclose([*map(number, table["by the formula"])], gradient, rtol=1e-11)
    np.testing.assert_allclose([*map(number, table["central difference"])], differences, rtol=1e-11)
    expected = np.abs(differences - gradient)
    np.testing.assert_allclose([*map(number, table["error"])], expected, rtol=0.06)


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_every_control_moved(app, experiment):
    tab = open_gradient(app, experiment)
    problem, theta, scale = slope_of(experiment)
    for h in (1e-13, 1.0, 1e6):
        tab.at.select_slider[0].set_value(h)
        tab.run()
        table = tab.at.dataframe[0].value
        differences = finite_differences.central(lambda at: scale * problem.tsse(at), theta, h)
        np.testing.assert_allclose(
            [*map(number, table["central difference"])], differences, rtol=1e-11
        )
    tab.set("gradient.parameter", 0)
    moved = [1.5] * len(theta)
    tab.choose({"start": moved})
    gradient = scale * problem.gradient(np.array(moved))
    shown = tab.at.dataframe[0].value["by the formula"]
    np.testing.assert_allclose([*map(number, shown)], gradient, rtol=1e-11)


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_the_question_is_answered_both_ways(app, experiment):
    tab = open_gradient(app, experiment)
    data = load_training_set(experiment.data).dataset
    asked, _ = ask_row_gradient(data.X[:, 0], data.y)
    for given, correct in ((-asked.answer, False), (asked.answer, True)):
        tab.set("gradient.arrow.given", given)
        next(b for b in tab.at.button if b.key == "gradient.arrow.check").click()
        tab.run()
        replies = [as_read(box.value) for box in (tab.at.success if correct else tab.at.info)]
        assert any(text.startswith("Right." if correct else "Not yet.") for text in replies)
    assert any("1 right of 1" in box.label for box in tab.at.expander)


@pytest.mark.parametrize("intercept", [True, False])
def test_the_derivation_has_a_reason_for_each_step(app, intercept):
    tab = open_gradient(app, Experiment(intercept=intercept))
    texts = [as_read(text.value) for text in tab.at.markdown]
    labels = [box.label for box in tab.at.expander]
    for steps in (one_weight(intercept=intercept), MATRIX_STEPS):
        for count, step in enumerate(steps, 1):
            assert f"{count}. {step.does}" in labels
            assert step.because in texts
    assert not any("divided by" in text for text in texts)
    tab = open_gradient(app, Experiment(loss="half-mse"))
    assert any("divided by 2n" in text.value for text in tab.at.markdown)


def test_the_chart_leaves_out_what_a_logarithm_does_not_know():
    differences = finite_differences.DifferenceErrors(
        CHART_H, np.zeros((len(CHART_H), 1)), np.full((len(CHART_H), 1), np.inf)
    )
    for theme in ("light", "dark"):
        figure = errors_figure(differences, 0, 1e-5, theme)
        assert all(len(trace["x"]) == 0 for trace in figure["data"])
