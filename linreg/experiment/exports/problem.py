"""The content of a problem file: the data of an experiment as a summary."""

from dataclasses import replace

from linreg.data.cleaning.repairs.pipeline import recorded
from linreg.data.files.table import Table
from linreg.data.load import completed, load_repaired
from linreg.data.sources.choice import TableChoice
from linreg.data.summary.summary import Summary
from linreg.data.tabular import Tabular
from linreg.data.training_set import sum_up
from linreg.experiment.column_units import unit_of
from linreg.experiment.experiment import Experiment


def summary_of(experiment: Experiment, uploaded: Tabular | None = None) -> Summary:
    """Return all that training needs of the data of an experiment, with units and repairs.

    The columns that have a number in every row used come along, for other choices of target and
    features.

    Raises
    ------
    DataError
        If the chosen columns cannot be trained on.
    LookupError
        If the data are an upload and there is none.
    """
    data = experiment.data
    if not isinstance(data, TableChoice):
        rows = data.draw()
        columns = {**dict(zip(rows.features, rows.X.T, strict=True)), rows.target: rows.y}
        table = Table(rows.source, columns, (), len(rows.y), ())
        return sum_up(table, rows.target, rows.features)
    repaired, results = load_repaired(data, uploaded)
    source = recorded(repaired, results)
    chosen = completed(data, [*source.columns], source.usual)
    summary = source.either(lambda t: sum_up(t, *chosen), lambda s: s.explaining(*chosen))
    choice = replace(data, repairs=tuple(each.repair for each in results if each.applied))
    units = {name: unit_of(choice, name, source.units) for name in summary.columns}
    return replace(summary, units={name: unit for name, unit in units.items() if unit})
