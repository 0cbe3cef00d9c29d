"""The payload of the stage: one experiment and its run as plain data for the browser."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from dataclasses import dataclass
from math import isfinite
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linreg.data.dataset import Dataset
from linreg.data.load import without_refused
from linreg.data.sources.choice import DataChoice
from linreg.data.sources.synthetic import MAX_POINTS, MIN_POINTS, Drawn
from linreg.data.training_set import TrainingSet
from linreg.experiment.column_units import label, unit_of
from linreg.experiment.experiment import Experiment
from linreg.experiment.resolve import Resolved
from linreg.experiment.url import MAX_CHOSEN_NUMBER, MAX_SEED, to_link
from linreg.model.least_squares import Loss, loss_scale
from linreg.teaching import exercises, step_guess
from linreg.text.numbers import count, counted
from linreg.text.symbols import Notation
from linreg.text.units import Units
from linreg.training import eigen_directions, learning_rate, messages
from linreg.ui.stage import payload_types as sent
from linreg.ui.stage.colours import COLOURS

MAX_DRAWN_ROWS = 2000  # more points than this are a blot, and slow to move
MAX_SENT_STEPS = 1000  # steps sent of a run; the browser's closed form fills the gaps exactly
R2_NOTE = "Without an intercept R² compares with ỹ = 0 instead of the mean."
LOSS_NAMES: dict[Loss, str] = {"tsse": "TSSE", "mse": "MSE", "half-mse": "½MSE"}
CONSTANTS: sent.Constants = {
    "minPoints": MIN_POINTS,
    "maxPoints": MAX_POINTS,
    "maxChosenNumber": MAX_CHOSEN_NUMBER,
    "maxSeed": MAX_SEED,
    "maxSentSteps": MAX_SENT_STEPS,
    "rateTolerance": learning_rate.RATE_TOLERANCE,
    "maxSearchedSteps": float(learning_rate.MAX_SEARCHED_STEPS),
    "correctShare": step_guess.CORRECT_SHARE,
    "goneShare": eigen_directions.GONE_SHARE,
    "arithmeticDigits": exercises.ARITHMETIC_DIGITS,
    "lossNames": LOSS_NAMES,
}


@dataclass(frozen=True)
class _Described:
    """The part of a payload that stays while rate, start and steps change, kept for the next run.

    Attributes
    ----------
    choices : tuple
        What the setting depends on beside the rows: for other choices it is made again.
    setting : Setting
    digest : str
        A hash of the numbers in the setting.
    """

    choices: tuple[DataChoice, Notation, Loss, bool]
    setting: sent.Setting
    digest: str


# Rows, names and bowl are encoded once and kept as long as their training set: a new rate sends
# them again, and is not to wait for them.
_DESCRIBED: WeakKeyDictionary[TrainingSet, _Described] = WeakKeyDictionary()


def payload(resolved: Resolved) -> sent.Payload:
    """Describe an experiment and its run for the stage, ready for JSON."""
    experiment, described = resolved.experiment, _described(resolved)
    link, run = to_link(experiment), run_part(resolved)
    identity = "|".join((described.digest, link, run["theta"]))
    return {
        **described.setting,
        **outlook_part(resolved),
        "link": link,
        "revision": hashlib.blake2s(identity.encode(), digest_size=8).hexdigest(),
        "seed": experiment.start if isinstance(experiment.start, int) else None,
        "view": {
            "step": experiment.view.step,
            "log": experiment.view.log,
            "pair": list(experiment.view.axes),
            "dataView": experiment.view.show,
        },
        "run": run,
        "variants": [],
        "sweep": None,
    }


def _described(resolved: Resolved) -> _Described:
    experiment, rows = resolved.experiment, resolved.training_set
    choices = experiment.data, experiment.notation, experiment.loss, experiment.intercept
    kept = _DESCRIBED.get(rows)
    if kept is None or kept.choices != choices:
        setting = _setting(resolved)
        parts = setting["key"], setting["X"], setting["y"], setting["bowl"]["w"]
        digest = hashlib.blake2s("|".join(parts).encode()).hexdigest()
        kept = _DESCRIBED[rows] = _Described(choices, setting, digest)
    return kept


def _setting(resolved: Resolved) -> sent.Setting:
    experiment, data = resolved.experiment, resolved.training_set.dataset
    say = experiment.notation.say
    return {
        "key": view_key(experiment, data),
        "colours": COLOURS,
        "constants": CONSTANTS,
        "forecasts": messages.FORECASTS,
        "endings": messages.ENDINGS,
        "drawing": isinstance(experiment.data, Drawn),
        "symbols": {"theta": say("θ"), "fitted": say("ỹ"), "rate": say("η")},
        **_rows(resolved.training_set),
        **_names(experiment, resolved.training_set),
        **loss_part(resolved),
    }


def view_key(experiment: Experiment, data: Dataset) -> str:
    """Return what the features, target and intercept are: a view belongs to one key."""
    return json.dumps([experiment.data.name, data.target, data.features, experiment.intercept])


def floats(values: ArrayLike) -> sent.Float64s:
    """Encode numbers as base64 of little-endian float64."""
    return sent.Float64s(b64encode(np.asarray(values, dtype="<f8").tobytes()).decode())


def integers(values: ArrayLike) -> sent.Int32s:
    """Encode whole numbers as base64 of little-endian int32."""
    return sent.Int32s(b64encode(np.asarray(values, dtype="<i4").tobytes()).decode())


def finite(value: float) -> float | None:
    """Return the number, or None where JSON has no word for it."""
    return float(value) if isfinite(value) else None


def drawn_rows(n: int) -> NDArray[np.int64]:
    """Return which of n rows are drawn: all, or a fixed random sample of 2,000 in order."""
    if n <= MAX_DRAWN_ROWS:
        return np.arange(n)
    return np.sort(np.random.default_rng(0).choice(n, MAX_DRAWN_ROWS, replace=False))


def kept_steps(last: int) -> NDArray[np.int64]:
    """Return which steps 0 … last are sent: all up to 1,000, else evenly many per decade."""
    if last <= MAX_SENT_STEPS:
        return np.arange(last + 1)
    dense = MAX_SENT_STEPS // 2
    sparse = np.rint(dense * (last / dense) ** (np.arange(dense + 1) / dense))
    return np.unique(np.concatenate([np.arange(dense), sparse]).astype(np.int64))


def _rows(rows: TrainingSet) -> sent.Rows:
    n, data = rows.n, rows.dataset
    shown = drawn_rows(len(data.y))
    note = counted(n, "row")
    if len(shown) < n:
        note = f"{count(len(shown))} of {note} drawn; training uses all"
    return {
        "n": n,
        "note": note,
        "X": floats(data.X[shown].T.ravel()),
        "y": floats(data.y[shown]),
        "rows": integers(data.rows[shown]),
        "means": rows.moments.mean[:-1].tolist(),
    }


def _names(experiment: Experiment, rows: TrainingSet) -> sent.Names:
    data, M, intercept = rows.dataset, rows.features, experiment.intercept
    chosen = without_refused(experiment.data, rows.refused)
    units = Units(
        unit_of(chosen, data.target), tuple(unit_of(chosen, name) for name in data.features)
    )
    names = ["intercept", *data.features]
    symbols = [experiment.notation.say(f"θ{j}", M) for j in range(M + 1)]
    pairs = [(short, f"{short}, {name}") for short, name in zip(symbols, names, strict=True)]
    pairs = pairs if intercept else pairs[1:]
    return {
        "features": list(data.features),
        "target": data.target,
        "featureLabels": [label(chosen, name) for name in data.features],
        "targetLabel": label(chosen, data.target),
        "intercept": intercept,
        "params": [short for short, _ in pairs],
        "paramNames": [long for _, long in pairs],
        "units": unit_names(units, intercept=intercept),
    }


def unit_names(units: Units, *, intercept: bool) -> sent.UnitNames:
    """Describe the units of what training computes: for each parameter, and of the loss."""
    shown = range(0 if intercept else 1, len(units.features) + 1)
    if not any((units.target, *units.features)):
        none = [""] * len(shown)
        return {"theta": none, "gradient": none, "rate": none, "loss": "", "target": ""}
    return {
        "theta": [units.theta(j) for j in shown],
        "gradient": [units.gradient(j) for j in shown],
        "rate": [units.rate(j) for j in shown],
        "loss": units.loss,
        "target": units.target,
    }


def loss_part(resolved: Resolved) -> sent.Loss:
    """Describe the loss."""
    problem, loss = resolved.problem, resolved.experiment.loss
    spectrum, best = problem.spectrum, problem.minimiser()
    least, scale = float(problem.tsse(best)), loss_scale(loss, problem.n)
    return {
        "loss": loss,
        "tss": problem.tss,
        "toleranceRoot": problem.tolerance_root,
        "bestTsse": least,
        "bestMse": least / problem.n,
        "bestR2": finite(float(problem.r2(best))),
        "r2Note": "" if problem.intercept else R2_NOTE,
        "bowl": {
            "V": floats(spectrum.V.ravel()),
            "s": floats(spectrum.s),
            "w": floats(spectrum.w),
            "rho2": spectrum.rho2,
            "scale": scale,
            "best": floats(best),
            "bestLoss": scale * least,
        },
    }


def outlook_part(resolved: Resolved) -> sent.Outlook:
    """Describe what learning rates will do."""
    limits, forecast = resolved.limits, resolved.forecast
    return {
        "limits": {
            "smooth": finite(limits.smooth),
            "limit": finite(limits.limit),
            "fastest": finite(limits.fastest),
        },
        "forecast": {
            "zone": forecast.zone,
            "growth": finite(forecast.growth),
            "convergesAt": _step(forecast.converges_at),
            "overflowsAt": _step(forecast.overflows_at),
            "narrow": forecast.narrow,
        },
    }


def _step(step: int | None) -> float | None:
    """Return a step that is foreseen as a float: it may exceed the integers of JSON readers."""
    return None if step is None else float(step)


def run_part(resolved: Resolved) -> sent.Run:
    """Describe the run."""
    run = resolved.run
    kept = kept_steps(len(run.loss) - 1)
    points = run.at(kept)
    return {
        "steps": resolved.experiment.steps,
        "rate": run.rate,
        "status": run.status,
        "converged_at": run.converged_at,
        "diverged_at": run.diverged_at,
        "minimum": run.minimum,
        "rounding": run.rounding,
        "excess": run.excess,
        "kept": integers(kept),
        "theta": floats(points.theta),
        "loss": floats(points.loss),
        "gradient": floats(points.gradient),
    }
