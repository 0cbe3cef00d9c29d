"""The six boxes of training, model to stop, filled with the numbers of one experiment."""

from dataclasses import dataclass

import numpy as np

from linreg.model.least_squares import LeastSquares, Loss, loss_scale
from linreg.text.numbers import counted, number
from linreg.training.gradient_descent import Run

LOSS_FORMULAS: dict[Loss, tuple[str, str]] = {
    "tsse": ("TSSE = Σ(y − ỹ)²", "∇ = −2 Σ(y − ỹ)·"),
    "mse": ("MSE = Σ(y − ỹ)²/n", "∇ = −(2/n) Σ(y − ỹ)·"),
    "half-mse": ("½MSE = Σ(y − ỹ)²/2n", "∇ = −(1/n) Σ(y − ỹ)·"),
}


@dataclass(frozen=True)
class Flow:
    """The text of each box, in house symbols.

    Attributes
    ----------
    model, data, loss, gradient, update, stop : str
    """

    model: str
    data: str
    loss: str
    gradient: str
    update: str
    stop: str


def flow(problem: LeastSquares, run: Run) -> Flow:
    """Fill the boxes with a run on this problem."""
    n, M = problem.n, len(problem.z) - problem.intercept
    value, gradient = LOSS_FORMULAS[run.loss_name]
    least = loss_scale(run.loss_name, n) * float(problem.tsse(problem.minimiser()))
    lengths = np.hypot.reduce(run.gradient[[0, -1]], axis=1)  # its squares may overflow
    inputs = ("(1, x)" if M == 1 else "(1, x1 …)") if problem.intercept else "x"
    steps = counted(len(run.loss) - 1, "step")
    return Flow(
        model=f"{equation(M, intercept=problem.intercept)}: "
        f"{counted(len(problem.z), 'parameter')}.",
        data=f"{counted(n, 'row')} with {counted(M, 'feature')} and a target. Every step uses all "
        "rows: a full batch.",
        loss=f"{value}: {number(run.loss[0])} at the start, {number(run.loss[-1])} after {steps}. "
        f"The minimum is {number(least)}.",
        gradient=f"{gradient}{inputs}, worked out by hand once and for all. Its length is "
        f"{number(lengths[0])} at the start, {number(lengths[1])} at the end.",
        update=f"θ ← θ − η∇ with η = {number(run.rate)}, the same in every step and for every "
        "parameter.",
        stop=run.reason,
    )


def equation(features: int, *, intercept: bool) -> str:
    """Return the model in one line; the middle of a long sum is left out."""
    names = ["x"] if features == 1 else [f"x{j}" for j in range(1, features + 1)]
    terms = [f"θ{j}·{name}" for j, name in enumerate(names, 1)]
    if features > 3:
        terms = [terms[0], "…", terms[-1]]
    return "ỹ = " + " + ".join([*(["θ0"] if intercept else []), *terms])
