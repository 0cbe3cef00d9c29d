"""Statistics of a column of numbers: how many, least, greatest, mean and standard deviation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from math import nan, sqrt
from typing import TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from linreg.data.files.table import Table
from linreg.data.select import MAX_NUMBER
from linreg.model.min_norm import exceeds_rounding
from linreg.model.moments import Floats

V = TypeVar("V")

BLOCK_NUMBERS = 1 << 16  # handled together: they stay in the processor's cache


@dataclass(frozen=True)
class ColumnStatistics:
    """What the finite numbers of a column have in common.

    Attributes
    ----------
    n, missing : int
        Numbers, and cells that hold none.
    least, greatest, mean : float
        NaN for a column without numbers.
    deviation : float
        Standard deviation with divisor n.
    whole : bool
        Whether all numbers are whole.
    """

    n: int
    missing: int
    least: float
    greatest: float
    mean: float
    deviation: float
    whole: bool

    @property
    def sample_deviation(self) -> float:
        """Standard deviation with divisor n − 1; NaN for fewer than two numbers."""
        return self.deviation * sqrt(self.n / (self.n - 1)) if self.n > 1 else nan

    @property
    def can_be_squared(self) -> bool:
        """Whether the squares of all numbers are in the range of float64."""
        return self.n == 0 or max(abs(self.least), abs(self.greatest)) <= MAX_NUMBER

    @property
    def varies(self) -> bool:
        """Whether the numbers differ by more than the rounding of their mean."""
        return self.n > 0 and exceeds_rounding(self.deviation, self.mean)


def column_statistics(values: Floats) -> ColumnStatistics:
    """Look at a column, shape (n,), a block at a time, so that nothing of its size is made."""
    n, least, greatest, whole = 0, np.inf, -np.inf, True
    for block in finite_blocks(values):
        n += len(block)
        least, greatest = min(least, float(block.min())), max(greatest, float(block.max()))
        whole = whole and bool((block == np.rint(block)).all())
    if not n:
        return ColumnStatistics(0, len(values), nan, nan, nan, nan, False)
    size = max(abs(least), abs(greatest)) or 1.0  # sums and squares of shares cannot overflow
    seen, mean, square = 0, 0.0, 0.0
    for block in finite_blocks(values):
        share = block / size
        own = float(share.mean())
        square += float(np.square(share - own).sum())
        seen += len(block)
        apart, part = own - mean, len(block) / seen
        square += apart * apart * part * (seen - len(block))
        mean += apart * part
    centre = min(max(size * mean, least), greatest)
    return ColumnStatistics(
        n, len(values) - n, least, greatest, centre, size * sqrt(square / n), whole
    )


def once_per_column(compute: Callable[[Table, str], V]) -> Callable[[Table, str], V]:
    """Decorate what is computed of a column: the result is kept as long as its table."""
    results: WeakKeyDictionary[Table, dict[str, V]] = WeakKeyDictionary()

    @wraps(compute)
    def kept(table: Table, name: str) -> V:
        by_name = results.setdefault(table, {})
        if name not in by_name:
            by_name[name] = compute(table, name)
        return by_name[name]

    return kept


@once_per_column
def statistics_of(table: Table, name: str) -> ColumnStatistics:
    """Return the statistics of a column of numbers of a table."""
    return column_statistics(table.columns[name])


def finite_blocks(values: Floats) -> Iterator[Floats]:
    """Yield the finite numbers of a column, some at a time."""
    for start in range(0, len(values), BLOCK_NUMBERS):
        block = values[start : start + BLOCK_NUMBERS]
        finite = np.isfinite(block)
        if not finite.all():
            block = block[finite]
        if len(block):
            yield block
