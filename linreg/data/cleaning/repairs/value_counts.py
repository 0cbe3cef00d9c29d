"""The different values of a column and their counts, as long as they are few."""

from typing import Any

import numpy as np
import pandas as pd
import pyarrow.compute as pc  # type: ignore[import-untyped]

from linreg.data.cleaning.repairs.lazy_columns import texts_of
from linreg.data.files.table import Table
from linreg.model.moments import Floats

MAX_INDICATOR_VALUES = 20  # of a column that becomes 0/1 columns
BLOCK_CELLS = 1 << 17  # counted before the values are found to be too many


def value_counts(table: Table, name: str, most: int) -> dict[str | float, int] | None:
    """Count the rows of each value of a column, in order; None if there are more than `most`.

    Parameters
    ----------
    table : Table
    name : str
        A column of text or of numbers; its missing values are not counted.
    most : int
    """
    cells = texts_of(table, name) if name in table.texts else table.columns[name]
    counts: dict[str | float, int] = {}
    for start in range(0, len(cells), BLOCK_CELLS):
        values, times = _counts(cells[start : start + BLOCK_CELLS])
        if len(values) > most:
            return None
        for value, more in zip(values.tolist(), times.tolist(), strict=True):
            counts[value] = counts.get(value, 0) + more
        if len(counts) > most:
            return None
    return dict(sorted(counts.items()))


def _counts(cells: Floats | Any) -> tuple[Any, Any]:
    """Return the different values of a block, and how often each comes, in any order."""
    if isinstance(cells, np.ndarray):
        series = pd.Series(cells[np.isfinite(cells)]).value_counts(sort=False)
        return series.index, series
    pairs = pc.value_counts(cells.drop_null())
    return pairs.field("values"), pairs.field("counts")
