"""What the columns of a table look like: a few numbers each."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt
from typing import Literal

import numpy as np

from linreg.datasets import Dataset
from linreg.experiment import Brought, Chosen, Data
from linreg.generators import Generator
from linreg.kinds import Kind, kind_of
from linreg.moments import Floats
from linreg.reading import Table
from linreg.real_tables import BUILT_IN
from linreg.repairs import value_counts
from linreg.repairs.columns import texts_of
from linreg.spread import Spread, finite_blocks, spread_of
from linreg.summary import Summary

Role = Literal["target", "feature", "not used"]

BINS = 20
MOST_DIFFERENT = 50


@dataclass(frozen=True)
class Column:
    """One column, in its own unit.

    Attributes
    ----------
    name : str
    role : {"target", "feature", "not used"}
    kind : str
        "number", "whole number", "0/1", "text", "date", "identifier" or "empty".
    least, mean, greatest : float
        Of the numbers there are; NaN if there is none.
    deviation : float
        Standard deviation with divisor n − 1; NaN for fewer than two numbers.
    missing : int
        Rows without a finite number, or without a text.
    different : int or None
        How many different values there are; None if more than 50.
    counts : tuple of int
        How many numbers are in each of 20 equal parts of the range; empty if there is none.
    """

    name: str
    role: Role
    kind: Kind
    least: float
    mean: float
    greatest: float
    deviation: float
    missing: int
    different: int | None
    counts: tuple[int, ...]


def origin(data: Data, rows: Dataset) -> str:
    """Say where the rows come from, in house symbols."""
    if isinstance(data, Chosen) and data.table in BUILT_IN:
        table = BUILT_IN[data.table]
        return f"{table.title}. {table.about} {table.source}"
    if isinstance(data, Generator):
        return f"{rows.source}. {data.about}"
    return f"{rows.source}."


def profile(data: Dataset, table: Brought | None = None) -> tuple[Column, ...]:
    """Describe the target, the features and, of a table, its other columns.

    Parameters
    ----------
    data : Dataset
        The rows that training uses.
    table : Table or Summary, optional
        Where they were taken from; its columns are described with all their rows. A summary knows
        no least and no greatest, and kinds and counts are those of its sample.
    """
    roles: dict[str, Role] = {data.target: "target", **dict.fromkeys(data.features, "feature")}
    if isinstance(table, Summary):
        names = [*roles, *(name for name in table.columns if name not in roles)]
        return tuple(_summed(name, roles.get(name, "not used"), table) for name in names)
    used = {data.target: data.y, **dict(zip(data.features, data.X.T, strict=True))}
    if table is None:
        table = Table(data.source, used, (), len(data.y), ())
    names = list(dict.fromkeys([*used, *table.columns, *table.text]))
    return tuple(_column(table, name, roles.get(name, "not used")) for name in names)


def _summed(name: str, role: Role, summary: Summary) -> Column:
    """Describe a column by the moments of all rows, its kind and its parts by the sample."""
    total, j = summary.total, summary.columns.index(name)
    deviation = float(np.hypot.reduce(total.K[:, j]) / sqrt(total.n - 1)) if total.n > 1 else nan
    values = summary.sample.values[:, j]
    known = spread_of(values)
    kind = kind_of(Table("", {name: values}, (), len(values), ()), name, known)
    return Column(
        name,
        role,
        kind,
        nan,
        float(total.mean[j]),
        nan,
        deviation,
        summary.left_out,
        None,
        histogram(values, known),
    )


def _column(table: Table, name: str, role: Role) -> Column:
    counts = value_counts(table, name, MOST_DIFFERENT)
    different = None if counts is None else len(counts)
    if name in table.text:
        missing = texts_of(table, name).null_count
        kind = kind_of(table, name)
        return Column(name, role, kind, nan, nan, nan, nan, missing, different, ())
    values = table.columns[name]
    known = spread_of(values)
    return Column(
        name,
        role,
        kind_of(table, name, known),
        known.least,
        known.mean,
        known.greatest,
        known.sample_deviation,
        known.missing,
        different,
        histogram(values, known),
    )


def histogram(values: Floats, known: Spread) -> tuple[int, ...]:
    """Count the numbers in 20 equal parts of their range; a constant column is in the middle."""
    if not known.n:
        return ()
    size = max(abs(known.least), abs(known.greatest)) or 1.0  # the range itself may overflow
    ends = (known.least / size, known.greatest / size)
    counts = np.zeros(BINS, dtype=np.int64)
    for block in finite_blocks(values):
        counts += np.histogram(block / size, BINS, ends)[0]
    return tuple(counts.tolist())
