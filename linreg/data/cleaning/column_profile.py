"""A profile of the columns of a table: a few numbers each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import nan, sqrt
from typing import Literal

import numpy as np

from linreg.data.cleaning.column_statistics import ColumnStatistics, finite_blocks, statistics_of
from linreg.data.cleaning.column_types import Kind, kind_of
from linreg.data.cleaning.repairs.lazy_columns import texts_of
from linreg.data.cleaning.repairs.value_counts import value_counts
from linreg.data.dataset import Dataset
from linreg.data.files.table import Table
from linreg.data.summary.summary import Summary
from linreg.data.tabular import Tabular
from linreg.model.moments import Floats

Role = Literal["target", "feature", "not used"]

BINS = 20
MAX_DISTINCT_VALUES = 50  # values of a column that are counted
MAX_PROFILED_COLUMNS = 1000  # half a second's work, and more than anybody reads


@dataclass(frozen=True)
class Column:
    """A few numbers that describe one column, in its own unit.

    Attributes
    ----------
    name : str
    role : {"target", "feature", "not used"}
    kind : str
        "number", "whole number", "0/1", "text", "date", "identifier" or "empty".
    least, mean, greatest : float
        Of the numbers in the column; NaN if it has none.
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


def profile(
    source: Tabular | Dataset, target: str = "", features: Sequence[str] = ()
) -> tuple[Column, ...]:
    """Describe the columns of a table: the target, the features, then others up to 1,000 in all.

    Parameters
    ----------
    source : Table, Summary or Dataset
        All rows are described, whether training uses them or not. Of a summary, least
        and greatest are NaN, and kinds and counts are those of its sample. A dataset has its own
        target and features.
    target : str
    features : sequence of str
        Columns that are not there are passed over.
    """
    if isinstance(source, Dataset):
        target, features = source.target, source.features
        used = {target: source.y, **dict(zip(features, source.X.T, strict=True))}
        source = Table(source.source, used, (), len(source.y), ())
    roles: dict[str, Role] = {**dict.fromkeys(features, "feature"), target: "target"}
    there = dict.fromkeys([*source.columns, *source.text])
    names = [name for name in dict.fromkeys([target, *features, *there]) if name in there]
    seen = names[:MAX_PROFILED_COLUMNS]
    describe = source.either(lambda t: partial(_column, t), lambda s: partial(_summed, s))
    return tuple(describe(name, roles.get(name, "not used")) for name in seen)


def column_count(source: Tabular | Dataset) -> int:
    """Return how many columns a table has, described or not."""
    if isinstance(source, Dataset):
        return len(source.features) + 1
    return len(source.columns) + len(source.text)


def _summed(summary: Summary, name: str, role: Role) -> Column:
    """Describe a column by the moments of all rows, its kind and its parts by the sample."""
    total, j = summary.total, summary.columns.index(name)
    deviation = float(np.hypot.reduce(total.K[:, j]) / sqrt(total.n - 1)) if total.n > 1 else nan
    values = summary.sample.values[:, j]
    return replace(
        _column(Table("", {name: values}, (), len(values), ()), name, role),
        least=nan,
        mean=float(total.mean[j]),
        greatest=nan,
        deviation=deviation,
        missing=summary.left_out,
        different=None,
    )


def _column(table: Table, name: str, role: Role) -> Column:
    values = value_counts(table, name, MAX_DISTINCT_VALUES)
    different = None if values is None else len(values)
    kind = kind_of(table, name)
    if name in table.texts:
        missing = texts_of(table, name).null_count
        return Column(name, role, kind, nan, nan, nan, nan, missing, different, ())
    statistics = statistics_of(table, name)
    numbers = (statistics.least, statistics.mean, statistics.greatest, statistics.sample_deviation)
    counts = histogram(table.columns[name], statistics)
    return Column(name, role, kind, *numbers, statistics.missing, different, counts)


def histogram(values: Floats, statistics: ColumnStatistics) -> tuple[int, ...]:
    """Count the numbers in 20 equal parts of their range; those of a constant column in one."""
    if not statistics.n:
        return ()
    # Of shares of the largest number, as the range itself may overflow.
    size = max(abs(statistics.least), abs(statistics.greatest)) or 1.0
    ends = (statistics.least / size, statistics.greatest / size)
    counts = np.zeros(BINS, dtype=np.int64)
    for block in finite_blocks(values):
        counts += np.histogram(block / size, BINS, ends)[0]
    return tuple(counts.tolist())
