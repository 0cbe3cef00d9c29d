"""Fixtures for the Node tests of the frontend: what the Python core answers, one JSON file each.

`python -m tests.ui.stage.frontend.helpers.fixtures` writes them beside this file, where `npm test`
looks for them; pytest has them written to a folder of its own (tests/ui/stage/test_frontend.py).
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs

import numpy as np

from linreg import LeastSquares, forecast, rate_limits, train
from linreg.data.dataset import Dataset
from linreg.data.load import load_training_set
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.synthetic import FiveFeatures, Line, Plane
from linreg.data.training_set import of_rows
from linreg.experiment.experiment import Experiment, View
from linreg.experiment.resolve import resolve
from linreg.experiment.url import MAX_CHOSEN_NUMBER, MAX_SEED, from_query, view_link
from linreg.model import row_by_row
from linreg.model.least_squares import loss_scale
from linreg.teaching.exercises import design
from linreg.teaching.per_row_gradients import row_gradients
from linreg.teaching.step_guess import Guess, judge
from linreg.text.numbers import count, counted, factor, number
from linreg.training.learning_rate import best_rate
from linreg.training.rate_sweep import sweep
from linreg.ui.stage.payload import MAX_SENT_STEPS, floats, integers, kept_steps, payload
from linreg.ui.stage.variants import sweep_part

FOLDER = Path(__file__).parent / "fixtures"
ADDRESSES = [
    "",
    "?intercept=0",
    "?data=plane",
    "?data=plane&correlation=0.9&loss=mse",
    "?data=plane&intercept=0",
    "?data=five&intercept=0&loss=half-mse",
    "?data=five",
    "?data=tips",
    "?data=tips&intercept=0&loss=half-mse",
    "?data=gapminder",
    "?data=gapminder&start=20,0.001",
    "?data=drawn",
]


def dataset(X, y):
    names = tuple(f"x{j}" for j in range(X.shape[1]))
    return Dataset(X, y, names, "y", np.arange(1, len(y) + 1), "a test")


def payload_of(asked, rows):
    return payload(resolve(asked, rows))


def sent(data, **choices):
    """Return what Python would send to the stage."""
    return payload_of(replace(Experiment(steps=1), **choices), of_rows(data))


def numbers():
    rng = np.random.default_rng(4)
    values = [
        *(rng.normal(size=400) * 10.0 ** rng.uniform(-12, 15, size=400)),
        *(10.0 ** np.arange(-320, 309)),
        *(0.5 + np.arange(-10, 10)),
        *(12345, 1234565, 0.125, 2.5e10, 3.5e-7, 999999.5, 999_999_999.9, 1e9 - 1, 0.0),
    ]
    cases = [(float(value), digits) for value in values for digits in (1, 2, 3, 4, 6)]
    whole = [0, 1, 2, 999, 1000, 123456, 10**9 - 1, 10**9, 2**53, 10**25]
    near = [sign * (1 + gap) for sign in (1, -1) for gap in (-0.3, 1e-4, -1e-9, 2.0**-52, 0, 7)]
    return {
        "numbers": [[value, digits, number(value, digits)] for value, digits in cases],
        "multipliers": [[v, digits, factor(v, digits)] for v in near for digits in (3, 5)],
        "counts": [[float(value), count(value), counted(value, "step")] for value in whole],
    }


def forecasts():
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
        dataset(x, 1e-170 * (x @ [1.0, 2.0] + rng.normal(size=20))),  # squares of y vanish
        dataset(1e6 * rng.uniform(1, 2, size=(20, 1)), rng.normal(size=20)),  # very narrow
    ]
    cases = []
    for data in sets:
        for loss, intercept in [("tsse", True), ("mse", True), ("half-mse", False)]:
            problem = LeastSquares.from_arrays(data.X, data.y, intercept=intercept)
            limits, best = rate_limits(problem, loss), problem.minimiser()
            edges = [limits.smooth, limits.fastest, limits.limit]
            near = [limits.limit * (1 + gap) for gap in (-1e-13, 1e-13, -1e-6, 1e-6, 1e-3, 0.1)]
            rates = [*edges, *near, *(limits.limit * np.geomspace(1e-6, 1e4, 31))]
            for start in (np.zeros(len(best)), best, rng.normal(size=len(best))):
                steps = int(rng.choice([1, 10, 100, 10_000]))
                message = sent(
                    data,
                    loss=loss,
                    intercept=intercept,
                    start=tuple(start),
                    rate=1.0,
                    steps=steps,
                )
                sentences = [
                    forecast(problem, rate=r, start=start, loss=loss, steps=steps).sentence
                    for r in rates
                ]
                cases.append(
                    {
                        "sent": message,
                        "start": list(start),
                        "rates": rates,
                        "sentences": sentences,
                        # At the minimum the errors are rounding, and each language has its own.
                        "best": None
                        if start is best
                        else best_rate(problem, steps=steps, start=start, loss=loss),
                    }
                )
    return cases


def messages():
    """Payloads of runs to every end, with the sentences that Python has for them."""
    cases = []
    for data in (Line(), Line(noise=0.0), Plane(correlation=0.99), FiveFeatures()):
        rows = load_training_set(data)
        for loss, intercept in [("tsse", True), ("half-mse", False)]:
            asked = Experiment(data=data, loss=loss, intercept=intercept)
            limit, best = (
                resolve(asked, rows).limits.limit,
                resolve(asked, rows).problem.minimiser(),
            )
            for share in (1e-9, 0.01, 0.49, 0.9, 1, 1 + 1e-9, 1.01, 3, 1e100):
                for steps, start in [(1, None), (200, None), (1, tuple(best))]:
                    chosen = replace(asked, rate=share * limit, steps=steps, start=start)
                    resolved = resolve(chosen, rows)
                    cases.append(
                        {
                            "sent": payload(resolved),
                            "forecast": resolved.forecast.sentence,
                            "reason": resolved.run.reason,
                        }
                    )
    return cases


def walks():
    rng = np.random.default_rng(5)
    steps = [0, 1, 2, 3, 10, 77, 1000]
    cases = []
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
        done = train(problem, rate=rate, steps=1000, start=start, loss=loss)
        message = sent(dataset(X, y), loss=loss, intercept=intercept, start=tuple(start), rate=rate)
        path = [
            {
                "theta": done.theta[t].tolist(),
                "loss": done.loss[t],
                "gradient": done.gradient[t].tolist(),
            }
            for t in steps
        ]
        cases.append(
            {
                "sent": message,
                "start": list(start),
                "rate": rate,
                "steps": steps,
                "path": path,
            }
        )
    return cases


def experiments():
    """Experiments as sent, with what the rows say of θ: step by step, row by row."""
    return {address: experiment(address) for address in ADDRESSES}


def experiment(address):
    """Return the payload of an address and the truth about it, computed row by row."""
    asked, problems = from_query(parse_qs(address.removeprefix("?")))
    assert not problems
    rows = load_training_set(asked.data)
    problem, data = rows.problem(intercept=asked.intercept), rows.dataset
    done, X = resolve(asked, rows).run, design(data.X, intercept=asked.intercept)
    scale, theta = loss_scale(asked.loss, problem.n), done.theta[0]
    best = problem.minimiser()
    return {
        "sent": payload_of(asked, rows),
        "forecast": resolve(asked, rows).forecast.sentence,
        "reason": done.reason,
        "X": X.tolist(),
        "y": data.y.tolist(),
        "best": best.tolist(),
        "bestTsse": row_by_row.tsse(X, data.y, best),
        "bestR2": float(problem.r2(best)),
        "fitted": (X @ theta).tolist(),
        "arrows": (scale * row_gradients(X, data.y, theta)).tolist(),
        "steps": [
            step(X, data.y, done, t, scale) | {"r2": float(problem.r2(done.theta[t]))}
            for t in (0, 1, 7, len(done.loss) - 1)
        ],
    }


def step(X, y, done, t, scale):
    """Return a step of a run, and where the next one leads, computed row by row."""
    theta, gradient = done.theta[t], done.gradient[t]
    then, tsse = row_by_row.update(theta, done.rate, gradient), row_by_row.tsse(X, y, theta)
    return {
        "t": t,
        "theta": theta.tolist(),
        "gradient": gradient.tolist(),
        "tsse": tsse,
        "loss": scale * tsse,
        "next": then.tolist(),
        "nextLoss": scale * row_by_row.tsse(X, y, then),
    }


def runs():
    """A long run, of which not all steps are sent, and which steps are."""
    asked = Experiment(data=FiveFeatures(), steps=50_000, rate=1e-6)
    rows = load_training_set(asked.data)
    done = resolve(asked, rows).run
    between = [0, 3, 999, 1001, 33_333, 49_999, 50_000]
    return {
        "sent": payload_of(asked, rows),
        "between": [
            {"t": t, "theta": done.theta[t].tolist(), "loss": done.loss[t]} for t in between
        ],
        "kept": [
            [last, kept_steps(last).tolist()]
            for last in (
                0,
                1,
                MAX_SENT_STEPS - 1,
                MAX_SENT_STEPS,
                MAX_SENT_STEPS + 1,
                2500,
                100_000,
            )
        ],
        "maxSentSteps": MAX_SENT_STEPS,
    }


def sweeps():
    """Experiments with many rates, and what becomes of each; the last has rows that none moves."""
    asked = [from_query(parse_qs(address.removeprefix("?")))[0] for address in ADDRESSES[:4]]
    still = of_rows(dataset(np.zeros((3, 1)), np.array([1.0, 2.0, 3.0])))
    cases = [resolve(each, load_training_set(each.data)) for each in asked]
    return [swept(case) for case in [*cases, resolve(Experiment(intercept=False), still)]]


def swept(resolved):
    """Return the payload with a sweep, each of its rates, and when this run converges."""
    loss = resolved.experiment.loss
    done = sweep(resolved.problem, resolved.limits, start=resolved.start, loss=loss)
    return {
        "sent": {**payload(resolved), "sweep": sweep_part(resolved)},
        "dots": [
            {"rate": float(rate), "steps": steps, "zone": zone}
            for rate, steps, zone in zip(done.rates, done.steps, done.zones, strict=True)
        ],
        "convergesAt": resolved.forecast.converges_at,
    }


def encoded():
    real = [0.1, -0.0, 5e-324, 1.7976931348623157e308, -1 / 3]
    whole = [0, -1, 2**31 - 1, -(2**31)]
    return {
        "floats": floats(real),
        "real": real,
        "integers": integers(whole),
        "whole": whole,
        "none": floats([]),
    }


def guesses():
    rng = np.random.default_rng(6)
    cases = []
    for _ in range(200):
        now, then = rng.normal(size=(2, 3))
        if rng.random() < 0.1:
            then = now.copy()
        chosen = rng.permutation(3)[: rng.integers(1, 3)]
        parameters = tuple(int(j) for j in chosen)
        if len(parameters) == 1 and rng.random() < 0.5:
            guess = Guess(0, parameters, way=("up", "down")[rng.integers(2)])
        else:
            spread = rng.choice([0.0, 0.1, 1.0])
            values = tuple(float(then[j] + spread * rng.normal()) for j in parameters)
            units = tuple(float(unit) for unit in rng.uniform(0.5, 2, len(parameters)))
            guess = Guess(0, parameters, values, units)
        verdict = judge(guess, now, then)
        cases.append(
            {
                "guess": {
                    "parameters": parameters,
                    "values": guess.values,
                    "units": guess.units,
                    "way": guess.way,
                },
                "now": now.tolist(),
                "then": then.tolist(),
                "correct": bool(verdict.correct),
                "share": verdict.share,
            }
        )
    return cases


def bounds():
    return {
        "maxChosenNumber": MAX_CHOSEN_NUMBER,
        "shown": number(MAX_CHOSEN_NUMBER),
        "maxSeed": MAX_SEED,
    }


def views():
    """Return views of six parameters and five features, and their queries."""
    looks = [
        View(step, log, axes, show)
        for step in (0, 1, 100_000)
        for log in (False, True)
        for axes in ((0, 1), (1, 0), (0, 5), (4, 2))
        for show in (View.FITTED, View.PLANE, "0", "4")
    ]
    return {
        "fitted": View.FITTED,
        "plane": View.PLANE,
        "cases": [
            {
                "view": {"step": v.step, "log": v.log, "pair": v.axes, "dataView": v.show},
                "query": view_link(v),
            }
            for v in looks
        ],
    }


FIXTURES = (
    numbers,
    forecasts,
    messages,
    walks,
    experiments,
    runs,
    sweeps,
    encoded,
    guesses,
    bounds,
    views,
)


def write(folder):
    """Write every fixture to a folder."""
    folder.mkdir(exist_ok=True)
    for fixture in FIXTURES:
        (folder / f"{fixture.__name__}.json").write_text(
            json.dumps(fixture(), allow_nan=False), encoding="utf-8"
        )


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
