"""The training set of a choice of data: loaded, repaired, and with default columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from linreg.data.cleaning.repairs.pipeline import (
    Done,
    apply,
    apply_to_summary,
    carry_out,
    done_before,
    lines_of,
)
from linreg.data.cleaning.repairs.repair import Repair
from linreg.data.cleaning.suggest_columns import REPAIR, check_two_numeric
from linreg.data.files.table import Table
from linreg.data.sources.builtin import BUILT_IN, BuiltIn
from linreg.data.sources.choice import UPLOAD, Brought, Chosen, Data
from linreg.data.summary.summary import Summary
from linreg.data.training_set import TrainingSet, of_rows, of_summary, of_table


def material(data: Data, uploaded: Brought | None = None) -> TrainingSet:
    """Fetch the rows and read them once; of a problem file there is nothing to read.

    Raises
    ------
    DataError
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


def _told(found: TrainingSet, before: tuple[str, ...], told: tuple[Done, ...]) -> TrainingSet:
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
