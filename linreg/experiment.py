"""An experiment is one frozen value: what is trained on, how, from where, and what is looked at.

Pure functions turn it into a problem and a run; `linreg.link` turns it into an address and back.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from math import floor, inf, log10

import numpy as np

from linreg.check import start_point
from linreg.descent import Run, train
from linreg.generators import Drawn, Generator, Line
from linreg.least_squares import LeastSquares, Loss
from linreg.material import Material, of_rows, of_summary, of_table
from linreg.moments import Floats
from linreg.notation import Notation
from linreg.proposal import REPAIR, check_two_numeric
from linreg.rates import rate_limits
from linreg.reading import Table
from linreg.real_tables import BUILT_IN, BuiltIn
from linreg.repairs import (
    Done,
    Repair,
    apply,
    apply_to_summary,
    carry_out,
    done_before,
    lines_of,
)
from linreg.summary import Summary

UPLOAD = "upload"  # the name of the table that a user brings
MOST_STEPS = 100_000
FARTHEST = 1e100  # of a random start on features that hardly differ from 0
LOSSES: tuple[Loss, ...] = ("tsse", "mse", "half-mse")
FITTED, PLANE = "fitted", "plane"  # what the data panel may show besides one feature


@dataclass(frozen=True)
class Chosen:
    """Columns of a table, built in or uploaded.

    Attributes
    ----------
    table : str
        A name in `BUILT_IN`, or "upload".
    target : str or None
        The column to explain; None takes the table's own proposal.
    features : tuple of str
        The columns that explain it; empty takes the table's own proposal.
    repairs : tuple of Repair
        What is done to the table before, in order; the columns above are those afterwards.
    units : tuple of (str, str)
        Units that were typed: a column, and its unit.
    """

    table: str
    target: str | None = None
    features: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    units: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The word for it in an address."""
        return self.table


Data = Generator | Drawn | Chosen
Brought = Table | Summary  # what a user uploads: rows, or all that training needs of them


@dataclass(frozen=True)
class View:
    """What is looked at: nothing here changes a number of the run.

    Attributes
    ----------
    step : int
    log : bool
        Whether the loss axis is logarithmic.
    axes : tuple of int
        The two parameters of the θ-plane and the bowl.
    show : str
        The data panel with several features: "fitted", "plane", or the number of a feature.
    """

    step: int = 0
    log: bool = False
    axes: tuple[int, int] = (0, 1)
    show: str = FITTED


@dataclass(frozen=True)
class Experiment:
    """All choices of one experiment.

    Attributes
    ----------
    data : Generator, Drawn or Chosen
    loss : {"tsse", "mse", "half-mse"}
    intercept : bool
    steps : int
        Steps to take, 0 to 100,000.
    rate : float or None
        Learning rate η in units of `loss`; None takes `suggested_rate`.
    start : tuple of float, int or None
        θ(0); an integer draws it at random with this seed; None takes `default_start`.
    notation : Notation
    view : View
    """

    data: Data = field(default_factory=Line)
    loss: Loss = "tsse"
    intercept: bool = True
    steps: int = 100
    rate: float | None = None
    start: tuple[float, ...] | int | None = None
    notation: Notation = field(default_factory=Notation)
    view: View = View()


def material(data: Data, uploaded: Brought | None = None) -> Material:
    """Fetch the rows and read them once; of a problem file there is nothing to read.

    Raises
    ------
    TableError
        If the chosen columns can not be trained on; the message names the column and the remedy.
    LookupError
        If the data are an upload and there is none.
    """
    if not isinstance(data, Chosen):
        return of_rows(data.draw())
    source, told = repaired(data, uploaded)
    if isinstance(source, Table):
        check_two_numeric(source, REPAIR)
    target, features = proposal_of(data, source)
    if isinstance(source, Summary):
        found = of_summary(source, target, features)
    else:
        found = of_table(source, target, features)
    return _told(found, done_before(source), told)


def _told(found: Material, before: tuple[str, ...], told: tuple[Done, ...]) -> Material:
    """Let the rows say what was repaired, and the notes what could not be."""
    if not before and not told:
        return found
    refused = (each.sentence for each in told if not each.applied)
    data = found.dataset
    notes = (*data.notes, *refused)
    return replace(found, dataset=replace(data, repairs=(*before, *lines_of(told)), notes=notes))


def table_of(chosen: Chosen, uploaded: Brought | None) -> Brought:
    """Return the built-in table, or what was uploaded, after its repairs.

    Raises
    ------
    LookupError
        If the table is the uploaded one and there is none.
    """
    own = own_table(chosen, uploaded)
    if isinstance(own, Summary):
        return apply_to_summary(own, chosen.repairs)
    return apply(own, chosen.repairs)


def repaired(chosen: Chosen, uploaded: Brought | None) -> tuple[Brought, tuple[Done, ...]]:
    """Return the same without notes, and what became of each repair."""
    own = own_table(chosen, uploaded)
    if isinstance(own, Summary):
        return carry_out(own, chosen.repairs)
    return carry_out(own, chosen.repairs)


def own_table(chosen: Chosen, uploaded: Brought | None) -> Brought:
    """Return the built-in table, or what was uploaded, as it was before any repair.

    Raises
    ------
    LookupError
        If the table is the uploaded one and there is none.
    """
    if chosen.table != UPLOAD:
        return BUILT_IN[chosen.table].table()
    if uploaded is None:
        raise LookupError("no file has been uploaded")
    return uploaded


def choosable(source: Brought) -> list[str]:
    """Name the columns that a screen offers: text too, for it is told why that can not be used."""
    return [*source.columns, *(source.first_text if isinstance(source, Table) else ())]


def proposal(chosen: Chosen, uploaded: Brought | None) -> tuple[str, tuple[str, ...]]:
    """Return target and features: the chosen, else the table's own, else last and first column."""
    own = BUILT_IN.get(chosen.table)
    if own and not chosen.repairs:
        return _chosen(chosen, list(own.units), own)  # the file is not needed
    return proposal_of(chosen, table_of(chosen, uploaded))


def proposal_of(chosen: Chosen, source: Brought) -> tuple[str, tuple[str, ...]]:
    """Return the same of a table that is repaired already."""
    own = source if isinstance(source, Summary) else BUILT_IN.get(chosen.table)
    return _chosen(chosen, list(source.columns), own)


def _chosen(
    chosen: Chosen, names: list[str], own: BuiltIn | Summary | None
) -> tuple[str, tuple[str, ...]]:
    free = [name for name in names if name not in chosen.features] or names
    usual = own.target if own and own.target in free else free[-1]
    target = chosen.target or usual
    others = [name for name in names if name != target] or names
    first = tuple(name for name in own.features if name in others) if own else ()
    return target, chosen.features or (*first, *others)[: max(1, len(first))]


def as_done(data: Data, lines: Sequence[str]) -> Data:
    """Return the data with those of their repairs alone that were done.

    Parameters
    ----------
    data : Generator, Drawn or Chosen
    lines : sequence of str
        What was done, as `Done.line` says it; the lines of these repairs are the last ones.
    """
    if not isinstance(data, Chosen):
        return data
    left, done = [*lines], list[Repair]()
    for repair in reversed(data.repairs):
        if left and left[-1].startswith(f"{repair.text}: "):
            left.pop()
            done.append(repair)
    return replace(data, repairs=tuple(reversed(done)))


def with_repairs(chosen: Chosen, repairs: tuple[Repair, ...], uploaded: Brought | None) -> Chosen:
    """Return the choice with another list of repairs, without the columns that it takes away.

    Raises
    ------
    LookupError
        If the table is the uploaded one and there is none.
    """
    other = replace(chosen, repairs=repairs)
    names = {*table_of(other, uploaded).columns}
    kept = tuple(name for name in chosen.features if name in names)
    return replace(other, target=chosen.target if chosen.target in names else None, features=kept)


def suggested_rate(problem: LeastSquares, loss: Loss) -> float:
    """Return 0.8/λmax rounded down to two digits: smooth on any data, and not slow."""
    rate = 0.8 * rate_limits(problem, loss).smooth
    if not 0 < rate < inf:
        return 1.0  # no gradient anywhere: any rate does nothing
    unit = 10.0 ** (floor(log10(rate)) - 1)
    return float(f"{floor(rate / unit) * unit:.2g}")


def default_start(data: Data, size: int, *, intercept: bool) -> Floats:
    """Return θ(0), shape (size,): zeros for a table, a line far from the truth for made data."""
    if isinstance(data, Chosen):
        return np.zeros(size)
    weights = np.resize([-2.0, 2.0], size)
    return np.concatenate([[6.0], weights[: size - 1]]) if intercept else weights


def random_start(problem: LeastSquares, seed: int) -> Floats:
    """Return θ(0), shape (p,), at random around the minimiser, far out where the loss is flat.

    Along each axis of the bowl the distance is normal; one standard deviation costs three times
    the spread of y in TSSE, so the start is bad in any units. It is rounded to four digits.
    """
    bowl = problem.spectrum
    draws = np.random.default_rng(seed).standard_normal(len(bowl.s))
    size = np.sqrt(3 * problem.tss or 1.0)
    with np.errstate(over="ignore"):
        reach = np.divide(size, bowl.s, out=np.zeros_like(bowl.s), where=bowl.s > 0)
    start = problem.minimiser() + bowl.V @ (np.minimum(reach, FARTHEST) * draws)
    return np.array([float(f"{value:.4g}") for value in start])


def start_of(experiment: Experiment, problem: LeastSquares) -> Floats:
    """Return θ(0), shape (p,); the default for a start of another length or with no finite loss."""
    if isinstance(experiment.start, int):
        return random_start(problem, experiment.start)
    if experiment.start is not None:
        with suppress(ValueError):
            return start_point(problem, experiment.start)
    return default_start(experiment.data, len(problem.z), intercept=experiment.intercept)


def rate_of(experiment: Experiment, problem: LeastSquares) -> float:
    """Return the learning rate: the chosen one, or the suggestion for this problem."""
    return experiment.rate or suggested_rate(problem, experiment.loss)


def run(experiment: Experiment, problem: LeastSquares) -> Run:
    """Train the experiment."""
    return train(
        problem,
        rate=rate_of(experiment, problem),
        steps=experiment.steps,
        start=start_of(experiment, problem),
        loss=experiment.loss,
    )
