"""What the browser computes while a hand drags is what Python computes: same words, same path."""

from dataclasses import replace

import numpy as np
import pytest

from linreg import LeastSquares, forecast, rate_limits, train
from linreg.data.dataset import Dataset
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.synthetic import FiveFeatures, Line, Plane
from linreg.data.training_set import of_rows
from linreg.experiment.experiment import Experiment
from linreg.text.numbers import count, counted, number
from linreg.ui.stage.component import ASSETS_AT
from linreg.ui.stage.payload import scene

pytestmark = pytest.mark.browser


SENTENCES = """async ([assets, cases]) => {
  const { Scene } = await import(assets + "/math/payload.js");
  const { forecast } = await import(assets + "/math/forecast.js");
  return cases.map(({ sent, start, rates }) => {
    const scene = new Scene(sent);
    return rates.map((rate) => forecast(scene, Float64Array.from(start), rate).sentence);
  });
}"""

NUMBERS = """async ([assets, cases]) => {
  const { count, counted, number } = await import(assets + "/math/format.js");
  return cases.map(([value, digits]) => (
    digits ? number(value, digits) : [count(value), counted(value, "step")]
  ));
}"""

WALKS = """async ([assets, cases]) => {
  const { Scene } = await import(assets + "/math/payload.js");
  return cases.map(({ sent, start, rate, steps }) => {
    const { bowl } = new Scene(sent), walk = bowl.walk(Float64Array.from(start), rate);
    const reach = Array.from(bowl.reach(Float64Array.from(start)));
    return { reach, path: steps.map((t) => {
      const { theta, loss, gradient } = walk(t);
      return { theta: Array.from(theta), loss, gradient: Array.from(gradient) };
    }) };
  });
}"""


def dataset(X, y):
    names = tuple(f"x{j}" for j in range(X.shape[1]))
    return Dataset(X, y, names, "y", np.arange(1, len(y) + 1), "a test")


def sent(data, **choices):
    """Return what Python would send to the stage."""
    return scene(replace(Experiment(steps=1), **choices), of_rows(data))


@pytest.fixture
def assets(open_page):
    """Return a page and where the stage's modules are."""
    page = open_page().page
    return page, page.evaluate("(at) => new URL(at, document.baseURI).href", ASSETS_AT)


def test_the_forecast_has_the_same_words(assets):
    page, at = assets
    rng = np.random.default_rng(3)
    x = rng.normal(size=(20, 2))
    sets = [
        Line().draw(),
        Line(noise=0.0).draw(),
        Plane(correlation=0.99).draw(),
        FiveFeatures().draw(),
        BUILT_IN["gapminder"].dataset(),  # raw units: a condition number of 1e9
        dataset(np.column_stack([x, x[:, 0]]), x @ [1.0, 2.0]),  # rank-deficient
        dataset(np.array([[1.0], [2.0]]), np.array([3.0, 3.0])),
    ]
    cases, expected = [], []
    for data in sets:
        for loss, intercept in [("tsse", True), ("mse", True), ("half-mse", False)]:
            problem = LeastSquares.from_arrays(data.X, data.y, intercept=intercept)
            limits, best = rate_limits(problem, loss), problem.minimiser()
            edges = [limits.smooth, limits.fastest, limits.limit]
            near = [limits.limit * (1 + gap) for gap in (-1e-13, 1e-13, -1e-6, 1e-6, 1e-3, 0.1)]
            rates = [*edges, *near, *(limits.limit * np.geomspace(1e-6, 1e4, 31))]
            for start in (np.zeros(len(best)), best, rng.normal(size=len(best))):
                steps = int(rng.choice([1, 10, 100, 10_000]))
                choices = {"loss": loss, "intercept": intercept, "start": tuple(start), "rate": 1.0}
                choices["steps"] = steps
                cases.append({"sent": sent(data, **choices), "start": list(start), "rates": rates})
                expected.append(
                    [
                        forecast(problem, rate=r, start=start, loss=loss, steps=steps).sentence
                        for r in rates
                    ]
                )
    answers = page.evaluate(SENTENCES, [at, cases])
    wrong = [
        (case["rates"][i], told[i], said)
        for case, told, answer in zip(cases, expected, answers, strict=True)
        for i, said in enumerate(answer)
        if told[i] != said
    ]
    assert not wrong, (len(wrong), wrong[:5])
    zones = {sentence.split(":")[0].split(",")[0] for told in expected for sentence in told}
    said = [sentence for told in expected for sentence in told]
    assert len({"of this run" in sentence for sentence in said if "near step" in sentence}) == 2
    assert zones >= {"Smooth", "Zig-zag", "Diverges", "At the minimum"}


def test_numbers_are_written_the_same(assets):
    page, at = assets
    rng = np.random.default_rng(4)
    values = [
        *(rng.normal(size=400) * 10.0 ** rng.uniform(-12, 15, size=400)),
        *(10.0 ** np.arange(-320, 309)),
        *(0.5 + np.arange(-10, 10)),
        *(12345, 1234565, 0.125, 2.5e10, 3.5e-7, 999999.5, 999_999_999.9, 1e9 - 1, 0.0),
    ]
    cases = [(float(value), digits) for value in values for digits in (1, 2, 3, 4, 6)]
    told = page.evaluate(NUMBERS, [at, cases])
    assert told == [number(value, digits) for value, digits in cases]
    whole = [0, 1, 2, 999, 1000, 123456, 10**9 - 1, 10**9, 2**53, 10**25]
    told = page.evaluate(NUMBERS, [at, [(value, 0) for value in map(float, whole)]])
    assert told == [[count(value), counted(value, "step")] for value in whole]


def test_a_previewed_path_is_the_exact_path(assets):
    page, at = assets
    rng = np.random.default_rng(5)
    steps = [0, 1, 2, 3, 10, 77, 1000]
    cases, runs = [], []
    for case in range(60):
        M = 1 + case % 6
        units = 10.0 ** rng.uniform(-3, 4, size=M)
        X = units * (rng.normal(size=(30, M)) + rng.normal(size=M))
        if case % 5 == 0:
            X = np.column_stack([X, X[:, 0]])
        y = X @ (rng.normal(size=X.shape[1]) / np.abs(X).max(axis=0)) + rng.normal(size=30)
        loss, intercept = ("tsse", "mse", "half-mse")[case % 3], case % 4 != 0
        problem = LeastSquares.from_arrays(X, y, intercept=intercept)
        start = problem.minimiser() + rng.normal(size=len(problem.z)) / np.append(
            np.ones(int(intercept)), np.resize(units, X.shape[1])
        )
        rate = rate_limits(problem, loss).limit * rng.choice([1e-6, 0.01, 0.3, 0.5, 0.9, 0.999])
        choices = {"loss": loss, "intercept": intercept, "start": tuple(start), "rate": rate}
        cases.append(
            {
                "sent": sent(dataset(X, y), **choices),
                "start": list(start),
                "rate": rate,
                "steps": steps,
            }
        )
        runs.append(train(problem, rate=rate, steps=1000, start=start, loss=loss))
    for answer, run in zip(page.evaluate(WALKS, [at, cases]), runs, strict=True):
        reach = np.array(answer["reach"])
        for t, here in zip(steps, answer["path"], strict=True):
            assert np.all(np.abs(here["theta"] - run.theta[t]) <= 1e-9 * reach)
            assert here["loss"] == pytest.approx(run.loss[t], rel=1e-9)
            size = np.abs(run.gradient[0]).max()
            np.testing.assert_allclose(
                here["gradient"], run.gradient[t], rtol=1e-9, atol=1e-9 * size
            )
