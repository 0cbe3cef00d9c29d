"""The choice of data: generated, drawn, or columns of a table."""

from __future__ import annotations

from dataclasses import dataclass

from linreg.data.cleaning.repairs.repair import Repair
from linreg.data.dataset import Dataset
from linreg.data.files.table import Table
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.synthetic import Drawn, Generator
from linreg.data.summary.summary import Summary

UPLOAD = "upload"  # the name of the table that a user brings


@dataclass(frozen=True)
class Chosen:
    """Columns of a table, built in or uploaded.

    Attributes
    ----------
    table : str
        A name in `BUILT_IN`, or "upload".
    target : str or None
        The column to explain; None takes the table's own proposal.
    features : tuple of str
        The columns that explain it; empty takes the table's own proposal.
    repairs : tuple of Repair
        What is done to the table before, in order; the columns above are those afterwards.
    units : tuple of (str, str)
        Units that were typed: a column, and its unit.
    """

    table: str
    target: str | None = None
    features: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    units: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        """The word for it in an address."""
        return self.table


Data = Generator | Drawn | Chosen


Brought = Table | Summary  # what a user uploads: rows, or all that training needs of them


def origin(data: Data, rows: Dataset) -> str:
    """Return a sentence on where the rows come from, in house symbols."""
    if isinstance(data, Chosen) and data.table in BUILT_IN:
        table = BUILT_IN[data.table]
        return f"{table.title}. {table.about} {table.source}"
    if isinstance(data, Generator):
        return f"{rows.source}. {data.about}"
    return f"{rows.source}."
