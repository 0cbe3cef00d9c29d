"""A list of repairs: read from text, and done in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from linreg.reading import Table, TableError
from linreg.repairs.base import OfColumn, Repair, Source
from linreg.repairs.of_columns import Blank, Days, Fill, Indicators, LeaveOut, Standardise
from linreg.repairs.of_rows import Cell, LeaveGroup, LeaveMissing, LeaveRows
from linreg.summary import Summary

KINDS: dict[str, type[OfColumn | LeaveRows | LeaveGroup | Cell]] = {
    kind.kind: kind
    for kind in (
        Fill,
        LeaveMissing,
        LeaveOut,
        Standardise,
        Indicators,
        Days,
        Blank,
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
    told = []
    for repair in repairs:
        try:
            source, sentence = repair.do(source)
        except TableError as refusal:
            told.append(Done(repair, False, f"“{repair.text[:60]}” was not done. {refusal}"))
        else:
            told.append(Done(repair, True, sentence))
    return source, tuple(told)


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
        Done in order; those that were done join `repairs` of the summary. A note names each one
        that can not be done, for instance because it needs the rows.
    """
    repaired, told = carry_out(summary, repairs)
    return replace(
        repaired,
        repairs=(*repaired.repairs, *(each.repair.text for each in told if each.applied)),
        notes=(*repaired.notes, *_refusals(told)),
    )


def _refusals(told: Sequence[Done]) -> list[str]:
    return [each.sentence for each in told if not each.applied]
