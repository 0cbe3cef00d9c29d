"""A file of many columns and few rows to a table, against pandas reading the same."""

from __future__ import annotations

import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

from bench.table import Row
from linreg.data.files.read_table import read_table

WIDE_ROWS, WIDE_COLUMNS = 100, 10_000


def wide(*, quick: bool) -> list[Row]:
    """Measure both in turns, in this process; whatever else the machine does only adds time."""
    alone, ours = [], []
    with tempfile.TemporaryDirectory(prefix="linreg-bench-") as folder:
        path = Path(folder) / "wide.csv"
        _make(path)
        for _ in range(2 if quick else 7):
            start = perf_counter()
            frame = pd.read_csv(path)
            alone.append(perf_counter() - start)
            start = perf_counter()
            table = read_table(path)
            ours.append(perf_counter() - start)
    np.testing.assert_allclose(np.column_stack([*table.columns.values()]), frame, rtol=1e-12)
    base, measured = min(alone), min(ours)
    return [
        Row(
            f"a file of {WIDE_COLUMNS:,} columns × {WIDE_ROWS} rows to a table, against "
            "pandas.read_csv of the same",
            f"{base:.2f} s",
            f"{measured:.2f} s",
            measured / base,
            3.0,
            most=True,
        )
    ]


def _make(path: Path) -> None:
    """Write random numbers with all their digits."""
    values = np.random.default_rng(0).normal(size=(WIDE_ROWS, WIDE_COLUMNS))
    pd.DataFrame(values, columns=[f"x{j}" for j in range(WIDE_COLUMNS)]).to_csv(path, index=False)
