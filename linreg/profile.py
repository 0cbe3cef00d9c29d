"""What the columns of a table look like: a few numbers each."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan, sqrt
from typing import Literal

import numpy as np

from linreg.datasets import Array, Dataset
from linreg.experiment import Brought, Chosen, Data
from linreg.generators import Generator
from linreg.real_tables import BUILT_IN
from linreg.summary import Summary

Role = Literal["target", "feature", "not used"]


@dataclass(frozen=True)
class Column:
    """One column, in its own unit.

    Attributes
    ----------
    name : str
    role : {"target", "feature", "not used"}
    least, mean, greatest : float
        Of the numbers there are; NaN if there is none.
    deviation : float
        Standard deviation with divisor n − 1; NaN for fewer than two numbers.
    missing : int
        Rows without a finite number.
    """

    name: str
    role: Role
    least: float
    mean: float
    greatest: float
    deviation: float
    missing: int


def origin(data: Data, rows: Dataset) -> str:
    """Say where the rows come from, in house symbols."""
    if isinstance(data, Chosen) and data.table in BUILT_IN:
        table = BUILT_IN[data.table]
        return f"{table.title}. {table.about} {table.source}"
    if isinstance(data, Generator):
        return f"{rows.source}. {data.about}"
    return f"{rows.source}."


def profile(data: Dataset, table: Brought | None = None) -> tuple[Column, ...]:
    """Describe the target, the features and, of a table, the other columns of numbers.

    Parameters
    ----------
    data : Dataset
        The rows that training uses.
    table : Table or Summary, optional
        Where they were taken from; its columns are described with all their rows. A summary knows
        no least and no greatest.
    """
    roles: dict[str, Role] = {data.target: "target", **dict.fromkeys(data.features, "feature")}
    if isinstance(table, Summary):
        names = [*roles, *(name for name in table.columns if name not in roles)]
        return tuple(_summed(name, roles.get(name, "not used"), table) for name in names)
    used = {data.target: data.y, **dict(zip(data.features, data.X.T, strict=True))}
    columns = used if table is None else {name: table.columns[name] for name in used}
    if table is not None:
        columns |= {name: values for name, values in table.columns.items() if name not in used}
    return tuple(_column(name, roles.get(name, "not used"), v) for name, v in columns.items())


def _summed(name: str, role: Role, summary: Summary) -> Column:
    total, j = summary.total, summary.columns.index(name)
    deviation = float(np.hypot.reduce(total.K[:, j]) / sqrt(total.n - 1)) if total.n > 1 else nan
    return Column(name, role, nan, float(total.mean[j]), nan, deviation, summary.left_out)


def _column(name: str, role: Role, values: Array) -> Column:
    known = values[np.isfinite(values)]
    missing = len(values) - len(known)
    if not len(known):
        return Column(name, role, nan, nan, nan, nan, missing)
    size = float(np.abs(known).max()) or 1.0  # sums and squares of shares can not overflow
    share = known / size
    deviation = size * float(share.std(ddof=1)) if len(known) > 1 else nan
    mean = min(max(size * float(share.mean()), float(known.min())), float(known.max()))
    return Column(name, role, float(known.min()), mean, float(known.max()), deviation, missing)
