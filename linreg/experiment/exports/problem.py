"""The data of an experiment as a summary: what a problem file of them holds."""

from __future__ import annotations

from dataclasses import replace

from linreg.data.cleaning.repairs.pipeline import apply_to_summary, carry_out, done_before, lines_of
from linreg.data.files.table import Table
from linreg.data.load import as_done, own_table, proposal_of
from linreg.data.sources.choice import Brought, Chosen
from linreg.data.summary.summary import Summary
from linreg.data.training_set import summed_up
from linreg.experiment.column_units import unit_of
from linreg.experiment.experiment import Experiment


def summary_of(experiment: Experiment, uploaded: Brought | None = None) -> Summary:
    """Return all that training needs of the data of an experiment, with units and repairs.

    The columns that have a number in every row used come along, for other choices of target and
    features.

    Raises
    ------
    DataError
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
    own, known = own_table(data, uploaded), None
    if isinstance(own, Summary):
        summary = apply_to_summary(own, data.repairs)
        target, features = proposal_of(data, summary)
        summary.moments(target, features)  # refuses columns that are not there
        found, known = replace(summary, target=target, features=features), summary.units
    else:
        table, told = carry_out(own, data.repairs)
        found = summed_up(table, *proposal_of(data, table))
        found = replace(found, repairs=(*done_before(table), *lines_of(told)))
    chosen = as_done(data, found.repairs)
    units = {name: unit_of(chosen, name, known) for name in found.columns}
    return replace(found, units={name: unit for name, unit in units.items() if unit})
