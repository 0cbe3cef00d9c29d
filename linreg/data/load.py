"""The training set of a choice of data: loaded, repaired, and with default columns."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from linreg.data.cleaning.repairs.pipeline import RepairResult, carry_out
from linreg.data.cleaning.repairs.repair import Repair
from linreg.data.cleaning.suggest_columns import check_two_numeric
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import DataChoice, TableChoice
from linreg.data.tabular import Tabular
from linreg.data.training_set import TrainingSet, done_before, of_rows, take_columns

Columns = tuple[str, tuple[str, ...]]  # a target, and its features


def load_training_set(data: DataChoice, uploaded: Tabular | None = None) -> TrainingSet:
    """Fetch the rows and read them once; of a problem file there is nothing to read.

    Raises
    ------
    DataError
        If the chosen columns cannot be trained on; the message names the column and the remedy.
    LookupError
        If the data are an upload and there is none.
    """
    if not isinstance(data, TableChoice):
        return of_rows(data.draw())
    source, results = load_repaired(data, uploaded)
    check_two_numeric(source, is_new=False)
    rows = take_columns(source, *completed(data, [*source.columns], source.usual))
    refused = {place: each.sentence for place, each in enumerate(results) if not each.applied}
    lines = (*done_before(source), *(each.line for each in results if each.applied))
    dataset = replace(rows.dataset, repairs=lines, notes=(*rows.dataset.notes, *refused.values()))
    return replace(rows, dataset=dataset, refused=tuple(refused))


def load_table(choice: TableChoice, uploaded: Tabular | None) -> Tabular:
    """Return the built-in table, or what was uploaded, as it was before any repair.

    Raises
    ------
    LookupError
        If the table is the uploaded one and there is none.
    """
    if choice.name in BUILT_IN:
        return BUILT_IN[choice.name].table()
    if uploaded is None:
        raise LookupError("no file has been uploaded")
    return uploaded


def load_repaired(
    choice: TableChoice, uploaded: Tabular | None
) -> tuple[Tabular, tuple[RepairResult, ...]]:
    """Return the built-in table, or what was uploaded, after its repairs, and the result of each.

    Raises
    ------
    LookupError
        If the table is the uploaded one and there is none.
    """
    source = load_table(choice, uploaded)
    return carry_out(source, choice.repairs) if choice.repairs else (source, ())


def offered_columns(source: Tabular) -> list[str]:
    """Name the columns to choose from: text too, for the refusal says why it cannot be used."""
    return [*source.columns, *source.first_text]


def chosen_columns(choice: TableChoice, uploaded: Tabular | None) -> Columns:
    """Return target and features: the chosen, else the table's own, else last and first column."""
    own = BUILT_IN.get(choice.name)
    if own and not choice.repairs:  # the file is not needed
        return completed(choice, [*own.units], (own.target, own.features))
    repaired, _ = load_repaired(choice, uploaded)
    return completed(choice, [*repaired.columns], repaired.usual)


def completed(choice: TableChoice, names: Sequence[str], usual: Columns | None) -> Columns:
    """Return target and features of a choice, those left open filled in from its columns.

    They are empty where there is no column of numbers yet.
    """
    if not names:
        return "", ()
    usual_target, usual_features = usual or (names[-1], ())
    free = [name for name in names if name not in choice.features] or names
    target = choice.target or (usual_target if usual_target in free else free[-1])
    others = [name for name in names if name != target] or names
    first = tuple(name for name in usual_features if name in others)
    return target, choice.features or (*first, *others)[: max(1, len(first))]


def without_refused(data: DataChoice, refused: Collection[int]) -> DataChoice:
    """Drop the repairs that could not be done from a choice of data.

    Parameters
    ----------
    data : Generator, Drawn or TableChoice
    refused : collection of int
        The places of these repairs, as `TrainingSet.refused` has them.
    """
    if not isinstance(data, TableChoice):
        return data
    done = (repair for place, repair in enumerate(data.repairs) if place not in refused)
    return replace(data, repairs=tuple(done))


def with_repairs(
    choice: TableChoice, repairs: tuple[Repair, ...], uploaded: Tabular | None
) -> TableChoice:
    """Return the choice with another list of repairs, without the columns that it takes away.

    Raises
    ------
    LookupError
        If the table is the uploaded one and there is none.
    """
    other = replace(choice, repairs=repairs)
    names = {*load_repaired(other, uploaded)[0].columns}
    kept = tuple(name for name in choice.features if name in names)
    return replace(other, target=choice.target if choice.target in names else None, features=kept)
