"""The choice of data: generated, drawn, or columns of a table."""

from __future__ import annotations

from dataclasses import dataclass

from linreg.data.cleaning.repairs.repair import Repair
from linreg.data.dataset import Dataset
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.synthetic import GENERATORS, Drawn, Generator

UPLOAD = "upload"  # the name of the table that a user brings
SOURCE_NAMES = (*GENERATORS, *BUILT_IN, Drawn.name, UPLOAD)  # as in an address


@dataclass(frozen=True)
class TableChoice:
    """Columns of a table, built in or uploaded.

    Attributes
    ----------
    name : str
        A name in `BUILT_IN`, or "upload"; the word for it in an address.
    target : str or None
        The column to explain; None takes the table's own proposal.
    features : tuple of str
        The columns that explain it; empty takes the table's own proposal.
    repairs : tuple of Repair
        What is done to the table before, in order; the columns above are those afterwards.
    units : tuple of (str, str)
        Units that were typed: a column, and its unit.
    """

    name: str
    target: str | None = None
    features: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    units: tuple[tuple[str, str], ...] = ()


DataChoice = Generator | Drawn | TableChoice


def origin(data: DataChoice, rows: Dataset) -> str:
    """Return a sentence on where the rows come from, in the default symbols."""
    if isinstance(data, TableChoice) and (table := BUILT_IN.get(data.name)):
        return f"{table.title}. {table.about} {table.source}"
    if isinstance(data, Generator):
        return f"{rows.source}. {data.about}"
    return f"{rows.source}."
