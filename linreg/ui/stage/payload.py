"""What the stage is told: one experiment and its run as plain data for the browser."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray

from linreg.data.dataset import Dataset
from linreg.data.load import without_refused
from linreg.data.sources.synthetic import MOST_POINTS, Drawn
from linreg.data.training_set import TrainingSet
from linreg.experiment.column_units import label, unit_of
from linreg.experiment.experiment import Experiment
from linreg.experiment.resolve import rate_of, run, start_of
from linreg.experiment.url import LARGEST, MOST_SEED, to_link
from linreg.model.least_squares import LeastSquares, loss_scale
from linreg.teaching.step_guess import CORRECT_SHARE
from linreg.text.numbers import count, counted
from linreg.text.units import Units
from linreg.training.eigen_directions import SHRUNK
from linreg.training.gradient_descent import Run
from linreg.training.learning_rate import NEVER, forecast, rate_limits
from linreg.training.rate_zones import SAME
from linreg.ui.stage import payload_types as sent
from linreg.ui.stage.colours import COLOURS

MOST_ROWS = 2000  # more points than this are a blot, and slow to move
MOST_KEPT = 1000  # steps sent of a run; the browser's closed form fills the gaps exactly
R2_NOTE = "Without an intercept R² compares with ỹ = 0 instead of the mean."
CONSTANTS: sent.Constants = {
    "mostPoints": MOST_POINTS,
    "largest": LARGEST,
    "mostSeed": MOST_SEED,
    "mostKept": MOST_KEPT,
    "same": SAME,
    "never": float(NEVER),
    "closeGuess": CORRECT_SHARE,
    "shrunk": SHRUNK,
}
LOSS_NAMES = {"tsse": "TSSE", "mse": "MSE", "half-mse": "½MSE"}


def scene(experiment: Experiment, stuff: TrainingSet) -> sent.Payload:
    """Train the experiment and describe it for the stage, ready for JSON."""
    data, say = stuff.dataset, experiment.notation.say
    bowl = stuff.problem(intercept=experiment.intercept)
    done = run(experiment, bowl)
    said: sent.Payload = {
        "key": view_key(experiment, data),
        "link": to_link(experiment),
        "colours": COLOURS,
        "drawing": isinstance(experiment.data, Drawn),
        "constants": CONSTANTS,
        "seed": experiment.start if isinstance(experiment.start, int) else None,
        "view": {
            "step": experiment.view.step,
            "log": experiment.view.log,
            "pair": list(experiment.view.axes),
            "dataView": experiment.view.show,
        },
        **_rows(stuff),
        **_names(experiment, data, intercept=bowl.intercept),
        "symbols": {"theta": say("θ"), "fitted": say("ỹ"), "rate": say("η")},
        **bowl_of(bowl, experiment),
        **outlook_of(bowl, experiment),
        "run": run_of(done, experiment.steps),
        "variants": [],
        "sweep": None,
        "revision": "",
    }
    parts = (
        said["key"],
        said["link"],
        said["X"],
        said["y"],
        said["bowl"]["w"],
        said["run"]["theta"],
    )
    said["revision"] = hashlib.blake2s("|".join(parts).encode(), digest_size=8).hexdigest()
    return said


def view_key(experiment: Experiment, data: Dataset) -> str:
    """Tell the data that a view belongs to from those that it says nothing about."""
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
    if n <= MOST_ROWS:
        return np.arange(n)
    return np.sort(np.random.default_rng(0).choice(n, MOST_ROWS, replace=False))


def kept_steps(last: int) -> NDArray[np.int64]:
    """Return which steps 0 … last are sent: all up to 1,000, else evenly many per decade."""
    if last <= MOST_KEPT:
        return np.arange(last + 1)
    dense = MOST_KEPT // 2
    sparse = np.rint(dense * (last / dense) ** (np.arange(dense + 1) / dense))
    return np.unique(np.concatenate([np.arange(dense), sparse]).astype(np.int64))


def _rows(stuff: TrainingSet) -> sent.Rows:
    n, data = stuff.n, stuff.dataset
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
        "means": stuff.moments.mean[:-1].tolist(),
    }


def _names(experiment: Experiment, data: Dataset, *, intercept: bool) -> sent.Names:
    M, chosen = len(data.features), without_refused(experiment.data, data.repairs)
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
        "units": units_of(units, intercept=intercept),
    }


def units_of(units: Units, *, intercept: bool) -> sent.UnitNames:
    """Describe the units of what training computes: for each parameter, and of the loss."""
    shown = range(0 if intercept else 1, len(units.features) + 1)
    return {
        "theta": [units.theta(j) for j in shown],
        "gradient": [units.gradient(j) for j in shown],
        "rate": [units.rate(j) for j in shown],
        "loss": units.loss,
        "target": units.target,
    }


def bowl_of(bowl: LeastSquares, experiment: Experiment) -> sent.Loss:
    """Describe the loss."""
    spectrum = bowl.spectrum
    best = bowl.minimiser()
    scale = loss_scale(experiment.loss, bowl.n)
    least = float(bowl.tsse(best))
    return {
        "loss": experiment.loss,
        "lossName": LOSS_NAMES[experiment.loss],
        "tss": bowl.tss,
        "tolerance": bowl.tolerance,
        "bestTsse": least,
        "bestMse": least / bowl.n,
        "bestR2": finite(float(bowl.r2(best))),
        "r2Note": "" if bowl.intercept else R2_NOTE,
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


def outlook_of(bowl: LeastSquares, experiment: Experiment) -> sent.Outlook:
    """Describe what the learning rate will do."""
    limits = rate_limits(bowl, experiment.loss)
    start, rate = start_of(experiment, bowl), rate_of(experiment, bowl)
    told = forecast(bowl, rate=rate, start=start, loss=experiment.loss, steps=experiment.steps)
    return {
        "limits": {
            "smooth": finite(limits.smooth),
            "limit": finite(limits.limit),
            "fastest": finite(limits.fastest),
        },
        "forecast": {"zone": told.zone, "sentence": told.sentence},
    }


def run_of(done: Run, steps: int) -> sent.Run:
    """Describe a run."""
    kept = kept_steps(len(done.loss) - 1)
    return {
        "steps": steps,
        "rate": done.rate,
        "status": done.status,
        "reason": done.reason,
        "converged_at": done.converged_at,
        "kept": integers(kept),
        "theta": floats(done.theta[kept]),
        "loss": floats(done.loss[kept]),
        "gradient": floats(done.gradient[kept]),
    }
