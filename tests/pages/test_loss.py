"""The second page of the lesson: the loss of the model by hand, and the question about it."""

import re
from decimal import Decimal

import numpy as np
import pytest

from linreg.data.load import load_training_set
from linreg.experiment.resolve import resolve
from linreg.experiment.url import from_query
from linreg.model.row_by_row import tsse
from linreg.text.numbers import number

pytestmark = pytest.mark.slow

LINKS = {
    "one feature": {},
    "without intercept": {"intercept": "0"},
    "drawn": {"data": "drawn"},
    "two features": {"data": "plane", "loss": "mse"},
    "five features": {"data": "five", "loss": "half-mse"},
    "a table": {"data": "tips"},
    "an outlier": {"data": "outliers"},
}


def worst(link):
    """Return row number, residual and growth of TSSE if it doubles, from the rows alone."""
    experiment, problems = from_query({name: [value] for name, value in link.items()})
    assert not problems
    rows = load_training_set(experiment.data)
    data, intercept = rows.dataset, experiment.intercept
    theta = resolve(experiment, rows).start
    X = np.column_stack([np.ones(len(data.y)), data.X]) if intercept else data.X
    residual = data.y - X @ theta
    row = int(np.argmax(abs(residual)))
    farther = data.y.copy()
    farther[row] += residual[row]
    return data.rows[row], residual[row], tsse(X, farther, theta) - tsse(X, data.y, theta)


def answer(tab, value):
    tab.set("loss.double.given", value)
    next(button for button in tab.at.button if button.key == "loss.double.check").click()
    return tab.run()


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_the_question_is_about_the_largest_residual(app, link):
    tab = app(link).visit("loss")
    row, residual, grows = worst(link)
    text = next(m.value for m in tab.at.markdown if m.value.startswith("**Question.**"))
    assert f"furthest off for row {row:,}:" in text
    assert f"its residual is {number(residual, 4)}, rounded." in text
    answer(tab, float(f"{grows:.4g}"))
    assert tab.at.success[0].value.startswith("Right.")


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_the_square_itself_is_not_the_growth(app, link):
    tab = app(link).visit("loss")
    _, residual, grows = worst(link)
    answer(tab, residual**2)
    assert tab.at.info[0].value.startswith("Not yet.")
    assert f"({number(residual, 4)})²" in tab.at.info[0].value
    answer(tab, grows)
    assert not tab.at.info
    assert tab.at.success


@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
def test_the_numbers_of_the_explanation_fit_together(app, link):
    tab = app(link).visit("loss")
    answer(tab, worst(link)[2])
    numbers = re.findall(r"−?[\d.,]*\d", tab.at.success[0].value)
    residual, square, doubled, grows = (
        Decimal(s.replace("−", "-").replace(",", "")) for s in numbers
    )
    assert residual**2 == square
    assert doubled == 2 * residual
    assert doubled**2 - square == grows


def test_another_model_is_another_question(app):
    tab = app().visit("loss")
    answer(tab, worst({})[2])
    assert tab.at.success
    tab.choose({"start": [1.0, 2.0]})
    assert not tab.at.success
    answer(tab, worst({"start": "1,2"})[2])
    assert tab.at.success


def test_a_perfect_model_has_nothing_to_double(app):
    tab = app({"data": "line", "noise": "0", "start": "1,2"}).visit("loss")
    answer(tab, 0.0)
    assert tab.at.success
