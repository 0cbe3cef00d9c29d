"""What a column holds: numbers of some kind, text, dates, or names for the rows."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np
import pyarrow.compute as pc  # type: ignore[import-untyped]

from linreg.data.cleaning.column_statistics import ColumnStatistics, column_statistics
from linreg.data.cleaning.repairs.dates import looks_like_dates
from linreg.data.cleaning.repairs.lazy_columns import texts_of
from linreg.data.cleaning.repairs.quantities import unit_among
from linreg.data.files.table import Table
from linreg.model.moments import Floats

Kind = Literal["number", "whole number", "0/1", "text", "date", "identifier", "empty"]

FEW = 10  # rows: in fewer, that all values differ says nothing
HEAD = 1 << 14  # cells among which a text is looked for that comes twice
NAMES = re.compile(
    r"(?i:(.*[\s_.-])?(id|ids|idx|index|uuid|guid|key|rowid|row|nr|#)|unnamed: \d+)|.*[a-z]I[dD]"
)


def kind_of(table: Table, name: str, spread: ColumnStatistics | None = None) -> Kind:
    """Judge a column by its values, and by its name where that says it only names the rows.

    Parameters
    ----------
    table : Table
    name : str
    spread : ColumnStatistics, optional
        Of the column, if it is known already.
    """
    if name in table.text:
        return _kind_of_text(table, name)
    values = table.columns[name]
    spread = column_statistics(values) if spread is None else spread
    if not spread.n:
        return "empty"
    if not spread.whole:
        return "number"
    if is_switch(spread):
        return "0/1"
    if NAMES.fullmatch(name) or counts_rows(values, spread):
        return "identifier"
    return "whole number"


def _kind_of_text(table: Table, name: str) -> Kind:
    cells = texts_of(table, name)
    known = len(cells) - cells.null_count
    if not known:
        return "empty"
    if looks_like_dates(cells):
        return "date"
    head = cells[:HEAD].drop_null()
    if known < FEW or pc.count_distinct(head).as_py() < len(head):
        return "text"
    if pc.count_distinct(cells, mode="only_valid").as_py() < known:
        return "text"
    return "text" if unit_among(cells, table.decimal) else "identifier"


def is_switch(spread: ColumnStatistics) -> bool:
    """Tell whether the numbers of a column are 0 and 1, both of them and no others."""
    return spread.whole and (spread.least, spread.greatest) == (0, 1)


def counts_rows(values: Floats, spread: ColumnStatistics) -> bool:
    """Tell whether a column is 1, 2, 3 … or 0, 1, 2 …, each once, in any order."""
    n = len(values)
    if spread.missing or not spread.whole or n < FEW:
        return False
    if spread.least not in (0, 1) or spread.greatest - spread.least != n - 1:
        return False
    seen = np.zeros(n, dtype=bool)
    seen[(values - spread.least).astype(np.int64)] = True
    return bool(seen.all())
