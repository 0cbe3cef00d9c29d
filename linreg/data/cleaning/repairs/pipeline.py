"""A list of repairs: read from text, and done in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from linreg.data.cleaning.repairs.column_repairs import (
    Blank,
    Days,
    Fill,
    Indicators,
    LeaveOut,
    Numbers,
    Standardise,
)
from linreg.data.cleaning.repairs.lazy_columns import MissingColumn
from linreg.data.cleaning.repairs.repair import OfColumn, Repair, Source
from linreg.data.cleaning.repairs.row_repairs import Cell, LeaveGroup, LeaveMissing, LeaveRows
from linreg.data.files.formats.delimited.dialect import done_notes
from linreg.data.files.table import Table
from linreg.data.summary.summary import Summary
from linreg.errors import DataError

KINDS: dict[str, type[OfColumn | Numbers | LeaveRows | LeaveGroup | Cell]] = {
    kind.kind: kind
    for kind in (
        Fill,
        LeaveMissing,
        LeaveOut,
        Standardise,
        Indicators,
        Days,
        Blank,
        Numbers,
        LeaveRows,
        LeaveGroup,
        Cell,
    )
}


def parse(text: str) -> Repair:
    """Read the text form of a repair.

    Raises
    ------
    ValueError
        If it is none.
    """
    kind, mark, rest = text.partition(":")
    if kind not in KINDS or not mark or not rest:
        raise ValueError(f"{text!r} must be a kind of repair, a colon, and what to repair")
    return KINDS[kind].read(rest)


@dataclass(frozen=True)
class Done:
    """What became of one repair.

    Attributes
    ----------
    repair : Repair
    applied : bool
    sentence : str
        What it did, or why it can not be done; the table is as it was before it then.
    """

    repair: Repair
    applied: bool
    sentence: str

    @property
    def line(self) -> str:
        """The short form of the repair with what it did, as exports say it."""
        return f"{self.repair.text}: {self.sentence}"


def carry_out(source: Source, repairs: Sequence[Repair]) -> tuple[Source, tuple[Done, ...]]:
    """Do repairs in order, leaving out those that can not be done.

    Parameters
    ----------
    source : Table or Summary
        It stays as it is.
    repairs : sequence of Repair

    Returns
    -------
    Table or Summary
        Columns of large tables are computed at each access. Nothing is written down in it.
    tuple of Done
        One for each repair.
    """
    told, takers = [], dict[str, Repair]()
    for repair in repairs:
        before = _names(source)
        try:
            source, sentence = repair.do(source)
        except DataError as refusal:
            why = _why_missing(refusal, takers) if isinstance(refusal, MissingColumn) else refusal
            told.append(Done(repair, False, f"“{repair.text[:60]}” was not done. {why}"))
        else:
            told.append(Done(repair, True, sentence))
            takers |= dict.fromkeys(before - _names(source), repair)
    return source, tuple(told)


def _names(source: Table | Summary) -> set[str]:
    return {*source.columns, *(source.text if isinstance(source, Table) else ())}


def _why_missing(refusal: MissingColumn, takers: Mapping[str, Repair]) -> str:
    """Say which repair took a column away; none did where one that made it is undone."""
    if taker := takers.get(refusal.name):
        return (
            f"There is no column “{refusal.name}” any more: “{taker.text[:60]}” took it away; undo "
            "that, or this one too."
        )
    return (
        f"There is no column “{refusal.name}”: the repair that made it was undone, or the table is "
        "another; undo this one too."
    )


def with_cell(own: Table, repairs: tuple[Repair, ...], new: Cell) -> tuple[Repair, ...]:
    """Add the edit of a cell to a list of repairs.

    It takes the place of an edit of the same cell with nothing but edits behind it. An edit back
    to what was there leaves none.

    Parameters
    ----------
    own : Table
        Before any repair.
    repairs : tuple of Repair
    new : Cell
    """
    last = len(repairs)
    while last and isinstance(cell := repairs[last - 1], Cell):
        last -= 1
        if cell == new:
            return repairs
        if (cell.row, cell.column) == (new.row, new.column):
            repairs = (*repairs[:last], *repairs[last + 1 :])
            break
    with suppress(DataError):  # what can not be done is told where the repair stands
        if new.is_idle(carry_out(own, repairs)[0]):
            return repairs
    return (*repairs, new)


def apply(table: Table, repairs: Sequence[Repair]) -> Table:
    """Return the repaired table, with what was done; a note names what could not be done.

    Parameters
    ----------
    table : Table
        It stays as it is.
    repairs : sequence of Repair
        Done in order.
    """
    repaired, told = carry_out(table, repairs)
    done = ((each.repair.text, each.sentence) for each in told if each.applied)
    return replace(
        repaired,
        repairs=(*repaired.repairs, *done),
        notes=(*repaired.notes, *_refusals(told)),
    )


def apply_to_summary(summary: Summary, repairs: Sequence[Repair]) -> Summary:
    """Return the summary of the repaired table, without its rows.

    Parameters
    ----------
    summary : Summary
        It stays as it is.
    repairs : sequence of Repair
        Done in order; those that were done join `repairs` of the summary, each with what it did.
        A note names each one that can not be done, for instance because it needs the rows.
    """
    repaired, told = carry_out(summary, repairs)
    return replace(
        repaired,
        repairs=(*repaired.repairs, *lines_of(told)),
        notes=(*repaired.notes, *_refusals(told)),
    )


def lines_of(told: Sequence[Done]) -> tuple[str, ...]:
    """Return the lines of the repairs that could be done."""
    return tuple(each.line for each in told if each.applied)


def done_before(source: Table | Summary) -> tuple[str, ...]:
    """Return what was done to the rows before their file was made, as `Done.line` says it."""
    noted = done_notes(source.notes)
    return (*noted, *source.repairs) if isinstance(source, Summary) else noted


def _refusals(told: Sequence[Done]) -> list[str]:
    return [each.sentence for each in told if not each.applied]
