"""What was done to the table of this tab: repairs, each of which can be undone, and units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from linreg.data.cleaning.repairs.column_repairs import Days, Indicators, LeaveOut
from linreg.data.cleaning.repairs.pipeline import done_lines, with_cell
from linreg.data.cleaning.repairs.repair import Repair
from linreg.data.cleaning.repairs.row_repairs import Cell
from linreg.data.cleaning.suggest_columns import propose
from linreg.data.files.table import Table
from linreg.data.load import (
    chosen_columns,
    load_repaired,
    load_table,
    with_repairs,
    without_refused,
)
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.errors import DataError
from linreg.experiment.column_units import fitting, unit_of
from linreg.experiment.experiment import View
from linreg.ui.state import tab_state

LAST_BY_OTHERS = "The last column of numbers is often the one to explain."
USUAL = "These are the columns that come with the table."


@dataclass(frozen=True)
class Before:
    """What belongs to the data, as it was when something else was done to them."""

    chosen: TableChoice
    rate: float | None
    start: tuple[float, ...] | int | None
    view: View


def repair(new: Sequence[Repair]) -> None:
    """Do repairs after those that were done."""
    chosen = tab_state.chosen()
    _remember(chosen)
    columns = set(tab_state.repaired()[0].columns)
    _put(with_repairs(chosen, (*chosen.repairs, *new), tab_state.uploaded()))
    if len(columns) < 2:
        _begin()
    elif any(isinstance(each, Indicators | Days) for each in new):
        made = [name for name in tab_state.repaired()[0].columns if name not in columns]
        now = tab_state.chosen()
        features = (*now.features, *(name for name in made if name != now.target))
        tab_state.choose_columns(replace(now, features=tuple(dict.fromkeys(features))))


def _begin() -> None:
    """Choose the first columns of a table that had no two to choose from before its repair."""
    with suppress(DataError):  # more has to be repaired
        target, features, _ = proposed()
        tab_state.choose_columns(replace(tab_state.chosen(), target=target, features=features))


def use_proposal() -> None:
    """Take the columns that are proposed for the table at hand."""
    target, features, _ = proposed()
    tab_state.choose_columns(replace(tab_state.chosen(), target=target, features=features))
    tab_state.fresh()


def proposed() -> tuple[str, tuple[str, ...], str]:
    """Return the target and the features that are proposed for the table at hand, and why.

    Raises
    ------
    DataError
        If no two columns of it can be trained on.
    """
    source, _ = tab_state.repaired()
    chosen = tab_state.chosen()
    if source.table is not None and source.usual is None:
        found = propose(source.table, _made(source.table, chosen.repairs))
        return found.target, found.features, f"{LAST_BY_OTHERS} {found.note}"
    own = replace(chosen, target=None, features=())
    return *chosen_columns(own, tab_state.uploaded()), USUAL


def _made(source: Table, repairs: Sequence[Repair]) -> set[str]:
    """Name the columns that repairs made of others; numbers among text are no others."""
    days = {each.column for each in repairs if isinstance(each, Days)}
    valued = tuple(f"{each.column} = " for each in repairs if isinstance(each, Indicators))
    return {name for name in source.columns if name in days or name.startswith(valued)}


def undo(place: int) -> None:
    """Take back the repair at this place of the list."""
    chosen = tab_state.chosen()
    _go_back(chosen, chosen.repairs[:place] + chosen.repairs[place + 1 :])


def undo_all() -> None:
    """Take back every repair."""
    _go_back(tab_state.chosen(), ())


def _go_back(chosen: TableChoice, repairs: tuple[Repair, ...]) -> None:
    """Return to fewer repairs: exactly to what was there with them, if they have been before."""
    before = _past().get((chosen.name, repairs))
    _remember(chosen)
    if before is None:
        _put(_with_columns_back(chosen, with_repairs(chosen, repairs, tab_state.uploaded())))
        return
    _put(replace(before.chosen, units=chosen.units))
    state = st.session_state
    state.rate, state.start, state.view = before.rate, before.start, before.view


def _with_columns_back(before: TableChoice, after: TableChoice) -> TableChoice:
    """Add the columns to the features that are no longer left out, if they are good for that."""
    back = [each.column for each in before.repairs if isinstance(each, LeaveOut)]
    back = [column for column in back if LeaveOut(column) not in after.repairs]
    table = load_repaired(after, tab_state.uploaded())[0].table
    target, features = chosen_columns(after, tab_state.uploaded())
    if not back or table is None:
        return after
    good = propose(table)
    usable = [name for name in back if name in (good.target, *good.features) and name != target]
    return replace(after, target=target, features=tuple(dict.fromkeys((*features, *usable))))


def _past() -> dict[tuple[str, tuple[Repair, ...]], Before]:
    past: dict[tuple[str, tuple[Repair, ...]], Before]
    past = st.session_state.setdefault("past", {})
    return past


def _remember(chosen: TableChoice) -> None:
    state = st.session_state
    _past()[chosen.name, chosen.repairs] = Before(chosen, state.rate, state.start, state.view)


def _put(chosen: TableChoice) -> None:
    """Show other repairs; the grids begin anew, for their edits are part of the table now."""
    tab_state.choose_columns(chosen)
    tab_state.fresh()
    begin_grids()


def forget() -> None:
    """Forget what was done to a table that is replaced."""
    state = st.session_state
    for part in ("repairs", "units"):
        state.pop(f"{part}:{UPLOAD}", None)
    state.past = {key: before for key, before in _past().items() if key[0] != UPLOAD}
    begin_grids()


def grid() -> int:
    """Return a number that changes when the grids have to begin anew."""
    return int(st.session_state.get("grid", 0))


def begin_grids() -> None:
    """Let the grids begin anew, with what the table holds."""
    st.session_state.grid = grid() + 1


def edit(rows: Sequence[int], edited: Mapping[int, Mapping[str, Any]]) -> None:
    """Take over the cells that were typed into the grid.

    Parameters
    ----------
    rows : sequence of int
        The row number of each line of the grid.
    edited : mapping of int to mapping of str to str or None
        For each line that was edited, since the grid began, the new texts of its columns.
    """
    chosen = tab_state.chosen()
    repairs, own = chosen.repairs, load_table(chosen, tab_state.uploaded()).table
    if own is None:
        return  # its rows are not here to be edited
    for line, cells in edited.items():
        for column, text in cells.items():
            repairs = with_cell(own, repairs, Cell(int(rows[line]), column, text or ""))
    if repairs != chosen.repairs:
        _remember(chosen)
        alone = len(tab_state.repaired()[0].columns) < 2
        tab_state.choose_columns(with_repairs(chosen, repairs, tab_state.uploaded()))
        tab_state.fresh()
        if alone:
            _begin()


def unit(column: str) -> str:
    """Return the unit of a column of the table at hand, empty where none is known."""
    source, results = tab_state.repaired()
    return unit_of(without_refused(tab_state.chosen(), done_lines(results)), column, source.units)


def type_units(names: Sequence[str], edited: Mapping[int, Mapping[str, Any]]) -> None:
    """Take over the units that were typed; an emptied one is none.

    Parameters
    ----------
    names : sequence of str
        The column that each line of the grid is about.
    edited : mapping of int to mapping of str to str or None
    """
    chosen = tab_state.chosen()
    units = dict(chosen.units)
    for line, cells in edited.items():
        units[names[line]] = fitting(cells.get("Unit") or "")
    kept = tuple((name, unit) for name, unit in units.items() if unit)
    st.session_state[f"units:{chosen.name}"] = kept
