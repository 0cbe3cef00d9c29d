"""The core, data to the whole path, against a loop that reads every row in every step."""

from __future__ import annotations

import gc
import tracemalloc
from time import perf_counter

import numpy as np
from threadpoolctl import threadpool_limits

from bench.table import Row
from linreg import LeastSquares, Run, rate_limits, train
from linreg.model.moments import Floats
from linreg.model.row_by_row import gradient, update

TRAINED_ROWS, FEATURES, STEPS = 1_000_000, 10, 1000
PARAMETERS = 1000


def core(*, quick: bool) -> list[Row]:
    """Measure time and memory of 1,000 steps on 1,000,000 rows."""
    rng = np.random.default_rng(0)
    X = rng.standard_normal((TRAINED_ROWS, FEATURES))
    y = X @ rng.standard_normal(FEATURES) + rng.standard_normal(TRAINED_ROWS)
    Z = np.column_stack([np.ones(TRAINED_ROWS), X])
    rate = rate_limits(LeastSquares.from_arrays(X, y)).fastest
    rounds, naive_steps = (3, 5) if quick else (7, 20)
    naive, fast = [], []
    for _ in range(rounds):
        seconds, walked = _naive(Z, y, rate, naive_steps)
        naive.append(seconds * STEPS / naive_steps)
        with threadpool_limits(limits=1, user_api="blas"):  # as linreg/ui/shell.py sets it
            start = perf_counter()
            run = _path(X, y, rate)
            fast.append(perf_counter() - start)
        np.testing.assert_allclose(run.theta[: naive_steps + 1], walked, rtol=1e-9, atol=1e-9)
    # Whatever else the machine does only adds time: the fastest round is the truest.
    slow, quick_one = min(naive), min(fast)
    return [
        Row(
            "data (1,000,000 rows, M = 10) to the whole path of 1,000 steps, "
            "against the naive NumPy loop",
            f"{slow:.1f} s ({naive_steps} steps, scaled)",
            f"{quick_one * 1e3:.0f} ms",
            slow / quick_one,
            100,
        ),
        Row("… its peak extra memory", "–", "tracemalloc", _peak(X, y, rate), 10, True, " MB"),
        _many_parameters(rng, rounds),
    ]


def _many_parameters(rng: np.random.Generator, rounds: int) -> Row:
    """Measure a problem with as many parameters as rows, to its minimiser and its axes."""
    X, y = rng.standard_normal((PARAMETERS, PARAMETERS - 1)), rng.standard_normal(PARAMETERS)
    Z = np.column_stack([np.ones(PARAMETERS), X])
    direct, ours = [], []
    with threadpool_limits(limits=1, user_api="blas"):
        for _ in range(rounds):
            start = perf_counter()
            expected = np.linalg.lstsq(Z, y)[0]
            direct.append(perf_counter() - start)
            start = perf_counter()
            problem = LeastSquares.from_arrays(X, y)
            theta, limits = problem.minimiser(), rate_limits(problem)
            ours.append(perf_counter() - start)
            np.testing.assert_allclose(theta, expected, rtol=1e-6, atol=1e-6)
            assert limits.condition > 1
    return Row(
        f"n = p = {PARAMETERS:,}: rows to minimiser, axes and limits, against numpy.linalg.lstsq",
        f"{min(direct):.2f} s",
        f"{min(ours):.2f} s",
        min(ours) / min(direct),
        3,
        most=True,
    )


def _path(X: Floats, y: Floats, rate: float) -> Run:
    return train(LeastSquares.from_arrays(X, y), rate=rate, steps=STEPS)


def _naive(Z: Floats, y: Floats, rate: float, steps: int) -> tuple[float, Floats]:
    """Take some steps row by row; return the seconds, and every θ."""
    path = np.zeros((steps + 1, Z.shape[1]))
    start = perf_counter()
    for step in range(steps):
        path[step + 1] = update(path[step], rate, gradient(Z, y, path[step]))
    return perf_counter() - start, path


def _peak(X: Floats, y: Floats, rate: float) -> float:
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    _path(X, y, rate)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return (peak - before) / 1e6
