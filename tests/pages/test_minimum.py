"""The minimum in closed form: the equations on screen, solved again from what they show."""

import re
from urllib.parse import parse_qs

import numpy as np
import pytest

from linreg.data.files.table import Table
from linreg.data.load import load_training_set
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn
from linreg.data.summary.problem_file import dumps
from linreg.data.training_set import sum_up
from linreg.experiment.experiment import Experiment
from linreg.experiment.resolve import resolve
from linreg.experiment.url import to_link
from linreg.model.exact_rational import decimal_text, exact_fit
from linreg.model.normal_equations import normal_equations
from linreg.teaching import operation_counts
from linreg.teaching.exercises import design
from linreg.teaching.solver_digits import compare_solvers, digits
from linreg.text.numbers import number
from linreg.text.symbols import Notation
from linreg.training.learning_rate import forecast
from linreg.ui.lesson.views import exact_digits
from linreg.ui.lesson.views.closed_form import tex_number
from tests.helpers.app import as_read

pytestmark = pytest.mark.slow

EXPERIMENTS = [
    Experiment(),
    Experiment(data=GENERATORS["plane"](), loss="mse"),
    Experiment(data=GENERATORS["five"](), loss="half-mse", intercept=False),
    Experiment(data=GENERATORS["five"]()),
    Experiment(intercept=False, rate=1.0),
    Experiment(data=GENERATORS["line"](n=2)),
    Experiment(data=TableChoice("gapminder"), start=4),
    Experiment(data=TableChoice("tips", "tip", ("total_bill", "size"))),
    Experiment(notation=Notation("weights", "hat", "alpha")),
]
FLAT = [
    Experiment(data=Drawn(((1.0, 1.0), (1.0, 5.0)))),
    Experiment(data=Drawn(((0.0, 1.0), (0.0, 5.0))), intercept=False),
    Experiment(data=Drawn(((0.0, 1.0), (0.0, 5.0)))),
]
KEY = "minimum.residuals"


def open_minimum(app, experiment=None):
    return app(parse_qs(to_link(experiment or Experiment()))).visit("minimum")


def parts(experiment):
    rows = load_training_set(experiment.data)
    problem = rows.problem(intercept=experiment.intercept)
    return design(rows.dataset.X, intercept=experiment.intercept), rows.dataset.y, problem


def page_text(tab):
    return " ".join(as_read(text.value) for text in tab.at.markdown)


def matrices(tab):
    """Return the matrices in the formulas, as numbers."""
    shown = " ".join(formula.value for formula in tab.at.latex)
    arrays = re.findall(r"\\begin\{array\}\{[r|]+\}(.*?)\\end\{array\}", shown)
    return [
        np.array([[read(cell) for cell in row.split("&")] for row in text.split(r"\\")])
        for text in arrays
    ]


def read(tex):
    return float(re.sub(r" \\cdot 10\^\{(.*)\}", r"e\1", tex.strip()).replace(r"\,", ""))


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_the_equations_on_screen_lead_to_the_minimiser(app, experiment):
    tab = open_minimum(app, experiment)
    X, y, problem = parts(experiment)
    A, b, *stages = matrices(tab)
    core = normal_equations(X, y)
    np.testing.assert_allclose(A, core.A, rtol=1e-6)
    np.testing.assert_allclose(b[:, 0], core.b, rtol=1e-6)
    np.testing.assert_allclose(np.linalg.solve(A, b)[:, 0], problem.minimiser(), rtol=1e-4)
    assert len(stages) == X.shape[1]
    for stage in stages:
        theta = np.linalg.solve(stage[:, :-1], stage[:, -1])
        np.testing.assert_allclose(theta, problem.minimiser(), rtol=1e-4)
    result = next(f.value for f in tab.at.latex if r"\Rightarrow" in f.value)
    for value in problem.minimiser():
        assert tex_number(float(value)) in result


@pytest.mark.parametrize("experiment", EXPERIMENTS + FLAT)
def test_the_table_of_digits_is_the_cores(app, experiment):
    tab = open_minimum(app, experiment)
    X, y, problem = parts(experiment)
    rows = load_training_set(experiment.data)
    theta = resolve(experiment, rows).run.theta[-1]
    solvers = compare_solvers(normal_equations(X, y), problem, theta, rows.again)
    table = tab.at.table[0].value
    assert table.iloc[:, 0].tolist() == [number(float(v), 10) for v in solvers.reference]
    assert table.columns[0] == ("Exact" if solvers.exact else "Reference")
    for m, route in enumerate(("normal equations", "QR", "descent")):
        judged = solvers.exact or route != "QR"  # as the reference QR says nothing about itself
        digits = solvers.digits[route] if judged else None
        expected = ["–"] * len(table) if digits is None else [f"{d:.1f}" for d in digits]
        assert table.iloc[:, 2 * m + 2].tolist() == expected


@pytest.mark.parametrize("experiment", FLAT)
def test_equations_without_one_solution_are_not_solved(app, experiment):
    tab = open_minimum(app, experiment)
    assert "do not determine all parameters" in page_text(tab)
    assert not any(r"\Rightarrow" in formula.value for formula in tab.at.latex)


def test_more_parameters_than_fit_are_said(app):
    columns = {f"x{j}": f"{j}" for j in range(1, 7)}
    rows = np.random.default_rng(0).normal(size=(20, 7)).round(3)
    text = ",".join(["y", *columns]) + "\n" + "\n".join(",".join(map(str, r)) for r in rows)
    tab = app({"data": "upload", "y": "y", "x": list(columns)}).upload(text).visit("minimum")
    assert "7 parameters make 7 equations" in page_text(tab)
    assert len(tab.at.table[0].value) == 7


def test_moving_the_controls_moves_the_numbers(app):
    tab = open_minimum(app)
    for key, value in (("line.n", 12), ("intercept", False)):
        before = matrices(tab)
        tab.set(key, value)
        assert not np.array_equal(matrices(tab)[0], before[0])
    before = tab.at.table[0].value
    tab.set("steps", 7)
    assert "Descent, 7 steps" in tab.at.table[0].value.columns
    tab.choose({"rate": 5.0})
    assert "never gets there" in page_text(tab)
    assert not tab.at.table[0].value.equals(before)


def test_cost_is_counted_first_and_measured_when_asked(app, monkeypatch):
    monkeypatch.setattr(operation_counts, "MEASURE_SECONDS", 0)
    monkeypatch.setattr("linreg.ui.lesson.views.closed_form.MEASURED_SIZES", ((20, 2), (30, 3)))
    tab = open_minimum(app)
    assert not {"ms", "ms ", "measured"} & set(tab.at.table[1].value.columns)
    assert tab.at.table[1].value.to_numpy().all()
    next(b for b in tab.at.button if b.key == "minimum.cost.measure").click()
    tab.run()
    assert all(tab.at.table[1].value.iloc[:, -1])


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_a_run_that_does_not_converge_says_when_it_would(app, experiment):
    _, _, problem = parts(experiment)
    done = resolve(experiment, load_training_set(experiment.data)).run
    outlook = forecast(problem, rate=done.rate, start=done.theta[0], loss=experiment.loss)
    text = page_text(open_minimum(app, experiment))
    still = outlook.converges_at is not None and outlook.converges_at > experiment.steps
    assert ("still on its way" in text) is still
    assert ("the minimum is out of reach" in text) is (outlook.converges_at is None)
    if still:
        assert f"converges near step {number(outlook.converges_at)}." in text


def test_the_price_and_the_condition_number_say_of_what(app):
    text = page_text(open_minimum(app))
    assert re.search(r"as much as [\d.]+ steps?\.", text)
    assert "2XᵀX" in text


def test_the_symbols_are_the_readers(app):
    tab = open_minimum(app, Experiment(notation=Notation("beta", "hat", "alpha")))
    shown = " ".join([page_text(tab), *(formula.value for formula in tab.at.latex)])
    for house in ("θ", "η", "ỹ", r"\theta", r"\eta", r"\tilde"):
        assert house not in shown.replace(r"\beta", "")


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize(("given", "verdict"), [(0, "Right."), (1.0, "Not yet.")])
def test_the_question_is_explained_both_ways(app, intercept, given, verdict):
    tab = open_minimum(app, Experiment(intercept=intercept)).set(f"{KEY}.given", float(given))
    next(b for b in tab.at.button if b.key == f"{KEY}.check").click()
    tab.run()
    (box,) = tab.at.success if verdict == "Right." else tab.at.info
    assert box.value.startswith(verdict)
    assert ("θ0" in box.value) is intercept


def press(tab, label):
    next(button for button in tab.at.button if button.label == label).click()
    return tab.run()


def exact_table(tab):
    """Return the table that the button “Exact digits” leaves, or None."""
    tables = [table.value for table in tab.at.table]
    return next((table for table in tables if "θ*" in table.columns[0]), None)


@pytest.mark.parametrize("experiment", [*EXPERIMENTS, FLAT[1]])
def test_exact_digits_are_those_of_rational_arithmetic(app, experiment):
    tab = open_minimum(app, experiment)
    assert exact_table(tab) is None
    table = exact_table(press(tab, "Exact digits"))
    _, _, problem = parts(experiment)
    fit = exact_fit(load_training_set(experiment.data).again, intercept=experiment.intercept)
    assert table.iloc[:, 0].tolist() == [decimal_text(value) for value in fit.theta]
    certain = digits(problem.minimiser(), [float(value) for value in fit.theta])
    assert table.iloc[:, 2].tolist() == [f"{d:.1f}" for d in certain]


@pytest.mark.parametrize(
    "experiment", [EXPERIMENTS[1], EXPERIMENTS[7], Experiment(data=TableChoice("iris")), FLAT[0]]
)
def test_both_tables_have_the_exact_solution_once_it_is_there(app, monkeypatch, experiment):
    monkeypatch.setattr("linreg.teaching.solver_digits.MAX_INSTANT_NUMBERS", 0)
    tab = open_minimum(app, experiment)
    before = tab.at.table[0].value
    assert before.columns[0] == "Reference"
    assert set(before.iloc[:, 4]) == {"–"}
    press(tab, "Exact digits")
    after, exact = tab.at.table[0].value, exact_table(tab)
    assert after.columns[0] == "Exact"
    assert after.iloc[:, 4].tolist() == exact.iloc[:, 2].tolist()  # QR is the minimum on screen
    assert after.iloc[:, 6].tolist() == exact.iloc[:, 4].tolist()  # the descent


def test_exact_digits_go_with_the_rows(app):
    tab = press(open_minimum(app), "Exact digits")
    tab.set("steps", 7)
    assert exact_table(tab) is not None
    tab.set("intercept", False)
    assert exact_table(tab) is None


def test_exact_digits_name_what_is_dependent(app):
    text = "x,twice,y\n1,2,1\n2,4,5\n3,6,2\n"
    tab = app({"data": "upload", "y": "y", "x": ["x", "twice"]}).upload(text).visit("minimum")
    press(tab, "Exact digits")
    assert "To the last bit, “twice” is a combination of “x”." in tab.captions
    assert any("the one shown, exactly, has the least norm" in caption for caption in tab.captions)


def test_exact_digits_say_what_float64_can_not_tell(app):
    rows = [(j, 3.3 * j, (-1) ** j) for j in range(1, 9)]
    text = "x,copy,y\n" + "\n".join(f"{x},{copy!r},{y}" for x, copy, y in rows)
    tab = app({"data": "upload", "y": "y", "x": ["x", "copy"]}).upload(text).visit("minimum")
    press(tab, "Exact digits")
    assert any("nearly dependent that float64 cannot tell" in line for line in tab.captions)


def test_exact_digits_of_a_problem_file_need_its_rows(app):
    rng = np.random.default_rng(0)
    table = Table("big", {"x": rng.normal(size=5000), "y": rng.normal(size=5000)}, (), 5000, ())
    tab = app(page="minimum").set("way", "Upload").upload(dumps(sum_up(table, "y", ["x"])))
    assert "Exact digits" not in [button.label for button in tab.at.button]
    assert any("a problem file holds sums" in caption for caption in tab.captions)


@pytest.mark.parametrize("name", ["MAX_EXACT_NUMBERS", "MAX_EXACT_PARAMETERS"])
def test_exact_digits_have_a_limit(app, monkeypatch, name):
    monkeypatch.setattr(exact_digits, name, 1)
    tab = open_minimum(app)
    assert any("up to 1,000,000 rows of 10 features" in caption for caption in tab.captions)


def test_exact_digits_refuse_numbers_too_far_apart(app):
    text = "x,y\n1e-140,1\n1,5\n1e140,2\n"
    tab = app({"data": "upload", "y": "y", "x": "x"}).upload(text).visit("minimum")
    press(tab, "Exact digits")
    assert any("more than 80 powers of ten" in caption for caption in tab.captions)
