"""Edits to the table of this tab: repairs, each of which can be undone, and units."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from linreg.data.cleaning.repairs.column_repairs import Days, Indicators, LeaveOut
from linreg.data.cleaning.repairs.pipeline import with_cell
from linreg.data.cleaning.repairs.repair import Repair
from linreg.data.cleaning.repairs.row_repairs import Cell
from linreg.data.cleaning.suggest_columns import has_two, propose
from linreg.data.files.table import Table
from linreg.data.load import (
    chosen_columns,
    load_repaired,
    load_table,
    with_repairs,
)
from linreg.data.sources.choice import TableChoice
from linreg.errors import DataError
from linreg.experiment.column_units import fitting, unit_of
from linreg.ui.state import tab_state, tab_table
from linreg.ui.state.tab_state import this_tab
from linreg.ui.state.tab_values import DataBefore

LAST_IS_TARGET = "The last column of numbers is often the one to explain."
OWN_COLUMNS = "These are the columns that come with the table."


def repair(new: Sequence[Repair]) -> None:
    """Add repairs after those that were made."""
    choice = tab_state.table_choice()
    _remember(choice)
    names = set(tab_table.repaired()[0].columns)
    _show(with_repairs(choice, (*choice.repairs, *new), tab_state.uploaded_table()))
    if len(names) < 2:
        _choose_first_columns()
    elif any(isinstance(each, Indicators | Days) for each in new):
        made = [name for name in tab_table.repaired()[0].columns if name not in names]
        now = tab_state.table_choice()
        features = (*now.features, *(name for name in made if name != now.target))
        tab_table.choose_columns(replace(now, features=tuple(dict.fromkeys(features))))


def _choose_first_columns() -> None:
    """Choose columns of a table that had no two to choose from before its repair."""
    with suppress(DataError):  # more has to be repaired
        _choose_proposed()


def _choose_proposed() -> None:
    target, features, _ = proposed()
    choice = tab_state.table_choice()
    tab_table.choose_columns(replace(choice, target=target, features=features))


def use_proposal() -> None:
    """Choose the columns that are proposed for the table."""
    _choose_proposed()
    tab_state.leave_data()


def proposed() -> tuple[str, tuple[str, ...], str]:
    """Return the target and the features that are proposed for the table, and why.

    Raises
    ------
    DataError
        If no two columns of it can be trained on.
    """
    source, _ = tab_table.repaired()
    choice = tab_state.table_choice()
    if source.table is not None and source.usual is None:
        best = propose(source.table, _made(source.table, choice.repairs))
        return best.target, best.features, f"{LAST_IS_TARGET} {best.note}"
    own = replace(choice, target=None, features=())
    return *chosen_columns(own, tab_state.uploaded_table()), OWN_COLUMNS


def _made(source: Table, repairs: Sequence[Repair]) -> set[str]:
    """Name the columns that repairs made out of others, apart from numbers found among text."""
    days = {each.column for each in repairs if isinstance(each, Days)}
    indicators = tuple(f"{each.column} = " for each in repairs if isinstance(each, Indicators))
    return {name for name in source.columns if name in days or name.startswith(indicators)}


def undo(place: int) -> None:
    """Undo the repair at this place of the list."""
    choice = tab_state.table_choice()
    _go_back(choice, choice.repairs[:place] + choice.repairs[place + 1 :])


def undo_all() -> None:
    """Undo every repair."""
    _go_back(tab_state.table_choice(), ())


def _go_back(choice: TableChoice, repairs: tuple[Repair, ...]) -> None:
    """Return to fewer repairs: exactly to what was there with them, if they have been before."""
    tab = this_tab()
    before = tab.before_edits.get((choice.name, repairs))
    _remember(choice)
    if before is None:
        fewer = with_repairs(choice, repairs, tab_state.uploaded_table())
        _show(_with_columns_back(choice, fewer))
        return
    _show(replace(before.choice, units=choice.units))
    tab.rate, tab.start, tab.view = before.rate, before.start, before.view


def _with_columns_back(before: TableChoice, after: TableChoice) -> TableChoice:
    """Add the columns to the features that are no longer left out, if they are good for that."""
    back = [each.column for each in before.repairs if isinstance(each, LeaveOut)]
    back = [column for column in back if LeaveOut(column) not in after.repairs]
    table = load_repaired(after, tab_state.uploaded_table())[0].table
    target, features = chosen_columns(after, tab_state.uploaded_table())
    if not back or table is None or not has_two(table):
        return after
    good = propose(table)
    usable = [name for name in back if name in (good.target, *good.features) and name != target]
    return replace(after, target=target, features=tuple(dict.fromkeys((*features, *usable))))


def _remember(choice: TableChoice) -> None:
    tab = this_tab()
    before = DataBefore(choice, tab.rate, tab.start, tab.view)
    tab.before_edits[choice.name, choice.repairs] = before


def _show(choice: TableChoice) -> None:
    """Show a table with other repairs, in new grids: what was typed is part of it now."""
    tab_table.choose_columns(choice)
    tab_state.leave_data()
    this_tab().clear_grids()


def edit(rows: Sequence[int], edited: Mapping[int, Mapping[str, Any]]) -> None:
    """Add what was typed into the grid as repairs of single cells.

    Parameters
    ----------
    rows : sequence of int
        The row number of each line of the grid.
    edited : mapping of int to mapping of str to str or None
        For each line that was edited, since the grid began, the new texts of its columns.
    """
    choice = tab_state.table_choice()
    repairs, own = choice.repairs, load_table(choice, tab_state.uploaded_table()).table
    if own is None:
        return  # a problem file has no rows that could be edited
    for line, cells in edited.items():
        for column, text in cells.items():
            repairs = with_cell(own, repairs, Cell(int(rows[line]), column, text or ""))
    if repairs != choice.repairs:
        _remember(choice)
        had_one_column = len(tab_table.repaired()[0].columns) < 2
        tab_table.choose_columns(with_repairs(choice, repairs, tab_state.uploaded_table()))
        tab_state.leave_data()
        if had_one_column:
            _choose_first_columns()


def unit(column: str) -> str:
    """Return the unit of a column of the table, empty where none is known."""
    source, results = tab_table.repaired()
    done = tuple(result.repair for result in results if result.applied)
    choice = replace(tab_state.table_choice(), repairs=done)
    return unit_of(choice, column, source.units)


def set_units(names: Sequence[str], edited: Mapping[int, Mapping[str, Any]]) -> None:
    """Set the units that were typed into the grid; an empty text removes one.

    Parameters
    ----------
    names : sequence of str
        The column that each line of the grid is about.
    edited : mapping of int to mapping of str to str or None
    """
    choice = tab_state.table_choice()
    units = dict(choice.units)
    for line, cells in edited.items():
        units[names[line]] = fitting(cells.get("Unit") or "")
    this_tab().units[choice.name] = tuple((name, unit) for name, unit in units.items() if unit)
