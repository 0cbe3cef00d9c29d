"""The boxes of the flow say the numbers of the run."""

import re

import numpy as np
import pytest

from linreg.data.load import load_training_set
from linreg.data.sources.synthetic import GENERATORS
from linreg.experiment.experiment import Experiment
from linreg.experiment.resolve import resolve
from linreg.teaching.flow import LOSS_FORMULAS, equation, flow
from linreg.text.numbers import number


def boxes(experiment):
    rows = load_training_set(experiment.data)
    resolved = resolve(experiment, rows)
    return flow(resolved.problem, resolved.run), rows.dataset, resolved.run


@pytest.mark.parametrize("loss", LOSS_FORMULAS)
@pytest.mark.parametrize("kind", ["line", "plane", "five"])
@pytest.mark.parametrize("intercept", [True, False])
def test_the_numbers_are_those_of_the_rows(loss, kind, intercept):
    texts, data, done = boxes(
        Experiment(data=GENERATORS[kind](), loss=loss, intercept=intercept, steps=7)
    )
    X = np.column_stack([np.ones(len(data.y))] * intercept + [data.X])
    scale = {"tsse": 1, "mse": 1 / len(data.y), "half-mse": 0.5 / len(data.y)}[loss]
    for theta in (done.theta[0], done.theta[-1]):
        error = data.y - X @ theta
        assert number(scale * (error @ error)) in texts.loss
        assert number(float(np.linalg.norm(-2 * scale * error @ X))) in texts.gradient
    least = np.linalg.lstsq(X, data.y)[1][0]
    assert texts.loss.endswith(f"The minimum is {number(scale * least)}.")
    assert texts.model.endswith(f": {X.shape[1]} parameter{'s' * (X.shape[1] != 1)}.")
    assert texts.data.startswith(f"{len(data.y)} rows with {data.X.shape[1]} feature")
    assert f"η = {number(done.rate)}," in texts.update
    assert texts.stop == done.reason


def test_a_gradient_near_the_end_of_float64_has_a_length():
    texts, _, done = boxes(Experiment(rate=1.0, steps=5000))
    assert done.status == "diverged"
    assert "∞" not in texts.gradient
    assert number(float(np.hypot(*done.gradient[-1]))) in texts.gradient


@pytest.mark.parametrize("loss", LOSS_FORMULAS)
def test_the_printed_gradient_belongs_to_the_printed_loss(loss):
    """The factors as printed, put into numbers, against a central difference."""
    rng = np.random.default_rng(5)
    X, y, theta, n = rng.normal(size=(9, 2)), rng.normal(size=9), rng.normal(size=2), 9
    value, gradient = LOSS_FORMULAS[loss]
    divisor = {"": 1, "/n": n, "/2n": 2 * n}[value.partition("²")[2]]
    match = re.fullmatch(r"∇ = −(?:(\d)|\((\d)/n\)) Σ\(y − ỹ\)·", gradient)
    factor = -float(match[1]) if match[1] else -float(match[2]) / n

    def at(point):
        return np.square(y - X @ point).sum() / divisor

    central = [(at(theta + e) - at(theta - e)) / 2 for e in np.eye(2)]
    np.testing.assert_allclose(factor * (y - X @ theta) @ X, central, rtol=1e-12)


@pytest.mark.parametrize(
    ("features", "intercept", "expected"),
    [
        (1, True, "ỹ = θ0 + θ1·x"),
        (1, False, "ỹ = θ1·x"),
        (2, True, "ỹ = θ0 + θ1·x1 + θ2·x2"),
        (5, True, "ỹ = θ0 + θ1·x1 + … + θ5·x5"),
        (5, False, "ỹ = θ1·x1 + … + θ5·x5"),
    ],
)
def test_the_model_in_one_line(features, intercept, expected):
    assert equation(features, intercept=intercept) == expected
