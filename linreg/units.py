"""Units as text: those of the columns, and what follows for θ, loss, gradient and learning rate.

With y in mpg and x in 1000 lb a weight is in mpg per 1000 lb, TSSE in mpg², its derivative by the
weight in mpg · 1000 lb, and η, which turns one into the other, in "per (1000 lb)²". By the
intercept the derivative is in mpg and η is a pure number: one η can not suit both unless x is
a pure number too, as it is in standard deviations.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass

from linreg.experiment import Brought, Chosen, Data
from linreg.real_tables import BUILT_IN
from linreg.repairs import STANDARD, Days, Numbers, Repair, Standardise, done_before, parse
from linreg.summary import Summary

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
IRREGULAR = {"people": "person", "feet": "foot", "children": "child", "men": "man"}


def unit_of(data: Data, column: str, known: Mapping[str, str] | None = None) -> str:
    """Return the unit of a column after its repairs, empty where none is known.

    Parameters
    ----------
    data : Generator, Drawn or Chosen
        A unit that was typed goes before the table's own; standardised columns are in standard
        deviations. Unless something else was typed, dates are in days, and numbers that were read
        beside a unit have that one.
    column : str
    known : mapping of str to str, optional
        The table's own units; by default those of a built-in table.
    """
    if not isinstance(data, Chosen):
        return ""
    if Standardise(column) in data.repairs:
        return STANDARD
    if column in (typed := dict(data.units)):
        return typed[column]
    if Days(column) in data.repairs:
        return "days"
    for repair in reversed(data.repairs):
        if isinstance(repair, Numbers) and repair.column == column:
            return repair.unit
    own = BUILT_IN[data.table].units if data.table in BUILT_IN else {}
    return (own if known is None else known).get(column, "")


def units_before(source: Brought) -> dict[str, str]:
    """Return the units that come with a file: those of exported rows follow from their repairs."""
    if isinstance(source, Summary):
        return source.units
    found = (_repair_of(line, source.columns) for line in done_before(source))
    repairs = tuple(repair for repair in found if repair)
    told = {name: unit_of(Chosen("", repairs=repairs), name) for name in source.columns}
    return {name: unit for name, unit in told.items() if unit}


def _repair_of(line: str, columns: Collection[str]) -> Repair | None:
    """Read the repair that a line begins with, if it gives one of the columns a unit."""
    for end in re.finditer(": ", f"{line}: "):  # the name of a column may have one in it
        with suppress(ValueError):
            repair = parse(line[: end.start()])
            if isinstance(repair, Standardise | Days | Numbers) and repair.column in columns:
                return repair
    return None


def label(data: Data, column: str, known: Mapping[str, str] | None = None) -> str:
    """Return what a column is called on screen: with its unit where one is known."""
    unit = unit_of(data, column, known)
    return f"{column} ({unit})" if unit else column


@dataclass(frozen=True)
class Units:
    """Units of what training computes; a parameter is counted as its θ: 0 is the intercept.

    Attributes
    ----------
    target : str
        Unit of y, and of ỹ.
    features : tuple of str, M of them
    """

    target: str
    features: tuple[str, ...]

    @property
    def loss(self) -> str:
        """Unit of TSSE, MSE and ½MSE: n is a pure number."""
        return squared(self.target)

    def theta(self, j: int) -> str:
        """Return the unit of θj."""
        return per(self.target, self.features[j - 1]) if j else self.target

    def gradient(self, j: int) -> str:
        """Return the unit of ∂loss/∂θj: that of the loss, divided by that of θj."""
        return times(self.target, self.features[j - 1]) if j else self.target

    def rate(self, j: int) -> str:
        """Return the unit of η as far as it moves θj: that of θj, divided by the gradient's."""
        return per("", squared(self.features[j - 1])) if j else ""


def per(unit: str, other: str) -> str:
    """Return the unit of a quotient: mpg per 1000 lb."""
    if not other:
        return unit
    below = f"({other})" if re.search(r" per |[/·,]", other) else _one(other)
    above = f"({unit})" if re.search(r" per |,", unit) else unit
    return f"{above} per {below}".strip()


def times(unit: str, other: str) -> str:
    """Return the unit of a product: mpg · 1000 lb."""
    if unit == other:
        return squared(unit)
    factors = (f"({u})" if re.search(r" per |[/,]", u) else u for u in (unit, other) if u)
    return " · ".join(factors)


def squared(unit: str) -> str:
    """Return the square of a unit: mpg², (1000 lb)², m⁴ for m²."""
    if not unit:
        return ""
    plain = re.fullmatch(rf"([^\s/·^*,()\d{SUPERSCRIPTS}⁻-]+)([²³⁴])?", unit)
    if not plain:
        return f"({unit})²"
    return plain[1] + SUPERSCRIPTS[2 * SUPERSCRIPTS.index(plain[2] or "¹")]


def _one(unit: str) -> str:
    """Return one of a unit that is written as a plural: day for days, US dollar for US dollars."""
    *most, last = unit.split(" ")
    if re.match(r"\d", unit) or not re.fullmatch(r"[a-z]{4,}", last):
        return unit
    single = IRREGULAR.get(last) or re.sub(r"(?<=[sxz])es$|(?<=[cs]h)es$|(?<![isu])s$", "", last)
    return " ".join([*most, single])
