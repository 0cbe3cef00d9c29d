"""The data of an experiment as a summary: what a problem file of them holds."""

from __future__ import annotations

from dataclasses import replace

from linreg.experiment import Brought, Chosen, Experiment, proposal, table_of
from linreg.material import summed_up
from linreg.reading import Table
from linreg.repairs import done_before
from linreg.summary import Summary
from linreg.units import unit_of


def summary_of(experiment: Experiment, uploaded: Brought | None = None) -> Summary:
    """Return all that training needs of the data of an experiment, with units and repairs.

    The columns that have a number in every row used come along, for other choices of target and
    features.

    Raises
    ------
    TableError
        If the chosen columns can not be trained on.
    LookupError
        If the data are an upload and there is none.
    """
    data = experiment.data
    if not isinstance(data, Chosen):
        rows = data.draw()
        columns = {**dict(zip(rows.features, rows.X.T, strict=True)), rows.target: rows.y}
        table = Table(rows.source, columns, (), len(rows.y), ())
        return summed_up(table, rows.target, rows.features)
    target, features = proposal(data, uploaded)
    source = table_of(data, uploaded)
    if isinstance(source, Summary):
        source.moments(target, features)  # refuses columns that are not there
        found, known = replace(source, target=target, features=features), source.units
    else:
        found, known = summed_up(source, target, features), None
        done = (f"{short}: {sentence}" for short, sentence in source.repairs)
        found = replace(found, repairs=(*done_before(source), *done))
    told = {name: unit_of(data, name, known) for name in found.columns}
    return replace(found, units={name: unit for name, unit in told.items() if unit})
