"""What a column holds: numbers of some kind, text, dates, or names for the rows."""

from __future__ import annotations

import re
from typing import Literal

import numpy as np
import pyarrow.compute as pc  # type: ignore[import-untyped]

from linreg.moments import Floats
from linreg.reading import Table
from linreg.repairs.columns import texts_of
from linreg.repairs.dates import looks_like_dates
from linreg.repairs.quantities import unit_among
from linreg.spread import Spread, spread_of

Kind = Literal["number", "whole number", "0/1", "text", "date", "identifier", "empty"]

FEW = 10  # rows: in fewer, that all values differ says nothing
HEAD = 1 << 14  # cells among which a text is looked for that comes twice
NAMES = re.compile(
    r"(?i:(.*[\s_.-])?(id|ids|idx|index|uuid|guid|key|rowid|row|nr|#)|unnamed: \d+)|.*[a-z]I[dD]"
)


def kind_of(table: Table, name: str, spread: Spread | None = None) -> Kind:
    """Judge a column by its values, and by its name where that says it only names the rows.

    Parameters
    ----------
    table : Table
    name : str
    spread : Spread, optional
        Of the column, if it is known already.
    """
    if name in table.text:
        return _kind_of_text(table, name)
    values = table.columns[name]
    spread = spread_of(values) if spread is None else spread
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


def is_switch(spread: Spread) -> bool:
    """Tell whether the numbers of a column are 0 and 1, both of them and no others."""
    return spread.whole and (spread.least, spread.greatest) == (0, 1)


def counts_rows(values: Floats, spread: Spread) -> bool:
    """Tell whether a column is 1, 2, 3 … or 0, 1, 2 …, each once, in any order."""
    n = len(values)
    if spread.missing or not spread.whole or n < FEW:
        return False
    if spread.least not in (0, 1) or spread.greatest - spread.least != n - 1:
        return False
    seen = np.zeros(n, dtype=bool)
    seen[(values - spread.least).astype(np.int64)] = True
    return bool(seen.all())
