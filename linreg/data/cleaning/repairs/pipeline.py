"""A list of repairs: read from text, and done in order."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from linreg.data.cleaning.repairs import column_repairs, row_repairs
from linreg.data.cleaning.repairs.lazy_columns import MissingColumn
from linreg.data.cleaning.repairs.repair import Repair
from linreg.data.cleaning.repairs.row_repairs import Cell
from linreg.data.files.table import Table
from linreg.data.summary.summary import Summary
from linreg.data.tabular import Tabular
from linreg.errors import DataError

REPAIRS = (*column_repairs.COLUMN_REPAIRS, *row_repairs.ROW_REPAIRS)
REPAIR_BY_KIND = {repair.kind: repair for repair in REPAIRS}


def parse(text: str) -> Repair:
    """Read the text form of a repair.

    Raises
    ------
    ValueError
        If it is not the text of a repair.
    """
    kind, mark, rest = text.partition(":")
    if kind not in REPAIR_BY_KIND or not mark or not rest:
        raise ValueError(f"{text!r} must be a kind of repair, a colon, and what to repair")
    return REPAIR_BY_KIND[kind].read(rest)


@dataclass(frozen=True)
class RepairResult:
    """The result of one repair.

    Attributes
    ----------
    repair : Repair
    applied : bool
    sentence : str
        What it did, or why it cannot be done; the table is as it was before it then.
    """

    repair: Repair
    applied: bool
    sentence: str

    @property
    def line(self) -> str:
        """The short form of the repair with what it did, as exports say it."""
        return f"{self.repair.text}: {self.sentence}"


def carry_out(
    source: Tabular, repairs: Sequence[Repair]
) -> tuple[Tabular, tuple[RepairResult, ...]]:
    """Do repairs in order, leaving out those that cannot be done.

    Parameters
    ----------
    source : Table or Summary
        It stays as it is.
    repairs : sequence of Repair

    Returns
    -------
    Table or Summary
        Columns of large tables are computed at each access. Nothing is written down in it.
    tuple of RepairResult
        One for each repair.
    """
    results, takers = [], dict[str, Repair]()
    for repair in repairs:
        before = {*source.columns, *source.text}
        try:
            source, sentence = repair.do(source)
        except DataError as refusal:
            why = _why_missing(refusal, takers) if isinstance(refusal, MissingColumn) else refusal
            results.append(RepairResult(repair, False, f"“{repair.text[:60]}” was not done. {why}"))
        else:
            results.append(RepairResult(repair, True, sentence))
            takers |= dict.fromkeys(before - {*source.columns, *source.text}, repair)
    return source, tuple(results)


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

    It replaces an earlier edit of the same cell, if nothing but edits of cells came after that. An
    edit that restores what the cell held before only takes the earlier one away.

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
    repaired = carry_out(own, repairs)[0].table
    with suppress(DataError):  # the list of repairs says what cannot be done
        if repaired is not None and new.is_idle(repaired):
            return repairs
    return (*repairs, new)


def apply(source: Tabular, repairs: Sequence[Repair]) -> Tabular:
    """Return the repaired table with a record of its repairs; a note names those it refused.

    Parameters
    ----------
    source : Table or Summary
        It stays as it is.
    repairs : sequence of Repair
        Done in order; of a summary those that do not need its rows.
    """
    return recorded(*carry_out(source, repairs))


def recorded(repaired: Tabular, results: Sequence[RepairResult]) -> Tabular:
    """Return a repaired table with a record of its repairs; a note names those it refused."""
    done = tuple(result.line for result in results if result.applied)
    refusals = tuple(result.sentence for result in results if not result.applied)

    def with_record(table: Table | Summary) -> Tabular:
        return replace(table, repairs=table.repairs + done, notes=table.notes + refusals)

    return repaired.either(with_record, with_record)
