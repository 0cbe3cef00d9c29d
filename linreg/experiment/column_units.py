"""Units as text: those of the columns, and what follows for θ, loss, gradient and learning rate.

With y in mpg and x in 1000 lb a weight is in mpg per 1000 lb, TSSE in mpg², its derivative by the
weight in mpg · 1000 lb, and η, which turns one into the other, in "per (1000 lb)²". By the
intercept the derivative is in mpg and η is a pure number: one η cannot suit both unless x is
a pure number too, as it is in standard deviations.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import islice

from linreg.data.cleaning.repairs.column_repairs import STANDARD, Days, Numbers, Standardise
from linreg.data.cleaning.repairs.repair import Repair, divided
from linreg.data.sources.builtin import built_in_table
from linreg.data.sources.choice import UPLOAD, DataChoice, TableChoice
from linreg.data.tabular import Tabular
from linreg.data.training_set import done_before
from linreg.experiment.url import MAX_UNIT_CHARACTERS
from linreg.text.units import Units


def unit_of(data: DataChoice, column: str, own_units: Mapping[str, str] | None = None) -> str:
    """Return the unit of a column after its repairs, empty where none is known.

    Parameters
    ----------
    data : Generator, Drawn or TableChoice
        A unit that was typed goes before the table's own; standardised columns are in standard
        deviations. Unless something else was typed, dates are in days, and numbers that were read
        beside a unit have that one. `linreg.data.load.without_refused` leaves out repairs that
        cannot be done: they give no unit.
    column : str
    own_units : mapping of str to str, optional
        The table's own units; by default those of a built-in table.
    """
    if not isinstance(data, TableChoice):
        return ""
    given, typed = _given(data.repairs).get(column, ""), dict(data.units)
    if column in typed and given != STANDARD:
        return typed[column]
    if own_units is None:
        own_units = {} if data.name == UPLOAD else built_in_table(data.name).units
    return fitting(given or own_units.get(column, ""))


def standardised_units(target: str, features: int) -> Units:
    """Return the units where every feature is standardised, whatever its own unit is."""
    return Units(target, (STANDARD,) * features)


def fitting(unit: str) -> str:
    """Return a unit as an axis and a link take it: on one line, and cut if it is too long."""
    unit = " ".join(unit.split())
    return unit if len(unit) <= MAX_UNIT_CHARACTERS else unit[: MAX_UNIT_CHARACTERS - 1] + "…"


def _given(repairs: Iterable[Repair]) -> dict[str, str]:
    """Return the units that follow from repairs, by the column."""
    given: dict[str, str] = {}
    for repair in repairs:
        if isinstance(repair, Standardise):
            given[repair.column] = STANDARD
        elif isinstance(repair, Days | Numbers) and given.get(repair.column) != STANDARD:
            given[repair.column] = "days" if isinstance(repair, Days) else repair.unit
    return given


def units_before(source: Tabular) -> dict[str, str]:
    """Return the units that come with a file: those of exported rows follow from their repairs."""
    units = source.units  # all that a summary has
    if source.table is not None and (lines := done_before(source)):
        given = _given(_repairs_of(lines, source.columns))
        units = {name: given[name] for name in source.columns if name in given}
    return {name: fitting(unit) for name, unit in units.items() if fitting(unit)}


def _repairs_of(lines: Iterable[str], columns: Collection[str]) -> Iterator[Repair]:
    """Read those repairs that lines begin with which give one of the columns a unit."""
    by_text = {each.text: each for name in columns for each in (Standardise(name), Days(name))}
    lengths = sorted({*map(len, by_text)}, reverse=True)  # columns “a” and “a: b”: the longer one
    for line in lines:
        if line.startswith(f"{Numbers.kind}:"):
            with suppress(ValueError):
                column, rest = divided(line.removeprefix(f"{Numbers.kind}:"))
                yield Numbers(column, rest.partition(": ")[0])
        else:
            ends = (end for end in lengths if line.startswith(": ", end))
            yield from islice(filter(None, (by_text.get(line[:end]) for end in ends)), 1)


def label(data: DataChoice, column: str, own_units: Mapping[str, str] | None = None) -> str:
    """Return what a column is called on screen: with its unit where one is known."""
    unit = unit_of(data, column, own_units)
    return f"{column} ({unit})" if unit else column
