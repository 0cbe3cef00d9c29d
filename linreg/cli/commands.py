"""The three commands: summarise, fit and train."""

from argparse import Namespace
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from linreg.cli.arguments import EXIT_REFUSED, WrongUsage
from linreg.cli.inputs import check_output, summary_of
from linreg.cli.output import aligned, as_json, printable, say, show
from linreg.data.files.process.malloc import keep_freed_memory
from linreg.data.summary import problem_file
from linreg.data.summary.summary import Summary
from linreg.errors import DataError
from linreg.model.identifiability import moment_notes
from linreg.model.least_squares import LeastSquares, loss_scale
from linreg.model.moments import Floats
from linreg.text.lists import quoted
from linreg.training.arguments import start_point
from linreg.training.gradient_descent import descent
from linreg.training.learning_rate import RateLimits, rate_limits

INTERCEPT_NAME = "(intercept)"


def run(options: Namespace) -> int:
    """Run one command, write its result and return its exit code."""
    commands = {"summarise": _summarise, "fit": _fit, "train": _train}
    try:
        if options.engine == "pandas" or find_spec("polars") is None:
            keep_freed_memory()  # polars has an allocator of its own
        with threadpool_limits(limits=1, user_api="blas"):  # the matrices are small
            text = commands[options.command](options)
    except DataError as error:
        say(str(error))
        return EXIT_REFUSED
    return show(text)


def _summarise(options: Namespace) -> str:
    if options.output:
        check_output(options.output, options.data)
    summary = summary_of(options)
    if options.output:
        problem_file.save(summary, options.output)
        say(f"Written to “{options.output}”.")
    return "\n\n".join(_account(summary))


def _account(summary: Summary) -> Iterator[str]:
    """Yield the paragraphs of a short account of a table."""
    total = summary.total
    facts = [
        ("source", summary.source),
        ("rows", total.n),
        ("target", summary.target),
        ("features", quoted(summary.features)),
    ]
    yield aligned(facts)
    deviation = np.hypot.reduce(total.K, axis=0) / np.sqrt(max(total.n - 1, 1))
    columns = zip(summary.columns, total.mean.tolist(), deviation.tolist(), strict=True)
    yield aligned([("column", "mean", "standard deviation"), *columns])
    if summary.grouped_by is not None:
        groups = [(name or "“”", moments.n) for name, moments in summary.groups.items()]
        yield aligned([(summary.grouped_by, "rows"), *groups])


def _fit(options: Namespace) -> str:
    summary = summary_of(options)
    problem = _problem(summary, options.intercept)
    theta = problem.minimiser()
    result = _result(summary, problem, rate_limits(problem), theta, float(problem.tsse(theta)))
    return as_json(result) if options.json else _text(summary, problem, result)


def _train(options: Namespace) -> str:
    summary = summary_of(options)
    problem = _problem(summary, options.intercept)
    if options.start is not None and len(options.start) != len(problem.z):
        names = ", ".join(_parameters(summary, problem))
        raise WrongUsage(
            f"--start takes {len(problem.z)} numbers ({names}), not {len(options.start)}"
        )
    try:
        start = start_point(problem, options.start)
    except ValueError as error:  # it is too far out
        raise WrongUsage(f"--{error}") from None
    limits = rate_limits(problem, options.loss)
    run = descent(problem, limits, start, options.rate, options.loss, options.steps)
    tsse = float(run.loss[-1]) / loss_scale(options.loss, problem.n)
    last = run.at(len(run.loss) - 1).theta
    result = _result(summary, problem, limits, last, tsse)
    result |= {"status": run.status, "reason": run.reason, "loss": run.loss.tolist()}
    return as_json(result) if options.json else _text(summary, problem, result, options.loss)


def _problem(summary: Summary, intercept: bool) -> LeastSquares:
    """Return the problem; notes on what it does not determine go to standard error."""
    moments = summary.moments()
    try:
        problem = LeastSquares.from_moments(moments, intercept=intercept)
    except ValueError as error:
        raise DataError(f"{error}; rescale the columns.") from None
    for note in moment_notes(moments, summary.features, summary.target, intercept=intercept):
        say(note)
    return problem


def _parameters(summary: Summary, problem: LeastSquares) -> tuple[str, ...]:
    """Return the name of each θ, shape (p,)."""
    if problem.intercept and INTERCEPT_NAME in summary.features:
        raise DataError(
            f"A feature is called “{INTERCEPT_NAME}” like θ0; rename it, or leave θ0 out with "
            "--no-intercept."
        )
    return (INTERCEPT_NAME, *summary.features) if problem.intercept else summary.features


def _result(
    summary: Summary, problem: LeastSquares, limits: RateLimits, theta: Floats, tsse: float
) -> dict[str, Any]:
    """Return the results that fit and train share, by their names in the JSON output."""
    return {
        "n": problem.n,
        "theta": dict(zip(_parameters(summary, problem), theta.tolist(), strict=True)),
        "tsse": tsse,
        "r2": float(problem.r2(theta)),
        "rank": problem.rank,
        "condition": float(limits.condition),
    }


def _text(
    summary: Summary, problem: LeastSquares, result: Mapping[str, Any], loss: str = ""
) -> str:
    unit = summary.units.get(summary.target)
    facts = [
        ("rows", result["n"]),
        ("target", f"{summary.target} ({unit})" if unit else summary.target),
        ("rank", f"{result['rank']} of {len(problem.z)}"),
        ("condition", result["condition"]),
        ("TSSE", result["tsse"]),
        ("R²", result["r2"]),
    ]
    parts = [aligned(_with_units(summary, problem, result["theta"])), aligned(facts)]
    if loss:
        losses = result["loss"]
        table = [(step, losses[step]) for step in _printed_steps(len(losses) - 1)]
        parts = [printable(result["reason"]), *parts, aligned([("step", loss), *table])]
    return "\n\n".join(parts)


def _with_units(
    summary: Summary, problem: LeastSquares, theta: Mapping[str, float]
) -> Iterator[tuple[object, ...]]:
    """Yield the rows of a table of parameters, with units if any column has one."""
    of_columns = [summary.units.get(name, "") for name in (summary.target, *summary.features)]
    if not any(of_columns):
        yield "parameter", "value"
        yield from theta.items()
        return
    from linreg.text.units import Units

    units = Units(of_columns[0], tuple(of_columns[1:]))
    yield "parameter", "value", "unit"
    for j, (name, value) in enumerate(theta.items(), start=1 - problem.intercept):
        yield name, value, units.theta(j)


def _printed_steps(last: int) -> list[int]:
    """Choose the steps whose loss is printed: 0, 1, 2, 5, 10, 20, … and the last."""
    series = [digit * 10**power for power in range(6) for digit in (1, 2, 5)]
    return sorted({0, *(step for step in series if step < last), last})
