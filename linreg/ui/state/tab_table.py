"""The table of this tab: chosen, repaired, and what was found in it."""

from __future__ import annotations

from contextlib import suppress

from linreg.data.cleaning.findings.finding import Finding
from linreg.data.cleaning.findings.inspect import findings
from linreg.data.cleaning.repairs.pipeline import RepairResult
from linreg.data.cleaning.suggest_columns import has_two
from linreg.data.load import chosen_columns, load_repaired
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.data.tabular import Tabular
from linreg.experiment.experiment import Experiment
from linreg.ui.state import tab_state
from linreg.ui.state.tab_state import this_tab


def choose_columns(choice: TableChoice) -> None:
    """Set the controls of a table to these columns, repairs and units."""
    tab, name = this_tab(), choice.name
    target, features = chosen_columns(choice, tab_state.uploaded_table())
    if features:
        tab.set_columns(name, target, features)
    else:
        tab.forget_columns(name)  # nothing to choose from before a repair makes numbers
    tab.repairs[name], tab.units[name] = choice.repairs, choice.units


def repaired() -> tuple[Tabular, tuple[RepairResult, ...]]:
    """Return the chosen table after its repairs, and the result of each of them.

    Raises
    ------
    LookupError
        If the table is an upload and there is none.
    """
    choice = tab_state.table_choice()
    return this_tab().repaired.get(
        _repaired_key(choice), lambda: load_repaired(choice, tab_state.uploaded_table())
    )


def _repaired_key(choice: TableChoice) -> tuple[object, ...]:
    return choice.name, choice.repairs, tab_state.upload_version(choice)


def repaired_if_any() -> tuple[Tabular | None, tuple[RepairResult, ...]]:
    """Return what `repaired` returns, or no table while the data are not a table that is there."""
    return repaired() if this_tab().has_table else (None, ())


def needs_repair(source: Tabular | None) -> bool:
    """Tell whether a table needs a repair to have two columns of numbers."""
    return source is not None and not has_two(source)


def pending() -> Experiment | None:
    """Return the experiment on a table that is wanted, while other data stand in on the stage.

    The file of the table is not here yet, or the table has to be repaired first.
    """
    tab = this_tab()
    if not tab.has_table and (tab.linked is None or tab.linked.name != UPLOAD):
        return None
    shown = None if tab.shown is None else tab.shown.data
    is_shown = isinstance(shown, TableChoice) and shown.name == tab_state.table_choice().name
    if is_shown and not needs_repair(repaired_if_any()[0]):
        return None
    with suppress(ValueError):  # no feature is chosen
        return tab_state.experiment()
    return None


def columns() -> tuple[str, tuple[str, ...]]:
    """Return the target and the features that are chosen of the table, or its own."""
    choice = tab_state.table_choice()
    if choice.target is not None and choice.features:
        return choice.target, choice.features
    return chosen_columns(choice, tab_state.uploaded_table())


def table_findings() -> tuple[Finding, ...]:
    """Return what was found in the table, looked for again only when it changes."""
    tab, (source, _), (target, features) = this_tab(), repaired(), columns()
    key = (_repaired_key(tab_state.table_choice()), target, features, tab.intercept)
    return tab.findings.get(
        key, lambda: findings(source, target, features, intercept=tab.intercept)
    )
