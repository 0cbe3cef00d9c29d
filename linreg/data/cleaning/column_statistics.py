"""Statistics of columns of numbers, and their kinds, flaws and copies that follow from them."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from math import nan, sqrt
from typing import Literal, TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from linreg.data.files.table import Table
from linreg.data.select import MAX_NUMBER
from linreg.model.min_norm import exceeds_rounding
from linreg.model.moments import Floats, Stream

V = TypeVar("V")
NumberKind = Literal["number", "whole number", "0/1", "identifier", "empty"]
Flaw = Literal["mostly missing", "constant", "last digits", "identifier"]

NAMES = re.compile(
    r"(?i:(.*[\s_.-])?(id|ids|idx|index|uuid|guid|key|rowid|row|nr|#)|unnamed: \d+)|.*[a-z]I[dD]"
)
MIN_DISTINCT_ROWS = 10  # in fewer rows, that all values differ says nothing
TOTAL_CLOSENESS = 0.05  # of the range of a column: then a closer look at a row is worth while
SUMMED_BLOCK_NUMBERS = 1 << 16  # handled together: they stay in the processor's cache


@dataclass(frozen=True)
class ColumnStatistics:
    """Statistics of the finite numbers of a column.

    Attributes
    ----------
    n, missing : int
        How many cells hold a number, and how many hold none.
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
    def is_switch(self) -> bool:
        """Whether the numbers are 0 and 1, both of them and no others."""
        return self.whole and (self.least, self.greatest) == (0, 1)

    @property
    def varies(self) -> bool:
        """Whether the numbers differ by more than the rounding of their mean."""
        return self.n > 0 and exceeds_rounding(self.deviation, self.mean)


def column_statistics(values: Floats) -> ColumnStatistics:
    """Return statistics of a column, shape (n,), block by block: no array of its size is made."""
    n, least, greatest, whole = 0, np.inf, -np.inf, True
    for block in finite_blocks(values):
        n += len(block)
        least, greatest = min(least, float(block.min())), max(greatest, float(block.max()))
        whole = whole and bool((block == np.rint(block)).all())
    if not n:
        return ColumnStatistics(0, len(values), nan, nan, nan, nan, False)
    # Sums of squares cannot overflow in these units, and a power of two rounds nothing.
    unit = float(np.ldexp(1.0, int(np.frexp(max(-least, greatest))[1]) - 1))
    stream = Stream()
    for block in finite_blocks(values):
        stream.feed([block / unit])
    total = stream.total
    centre = min(max(unit * float(total.mean[0]), least), greatest)
    deviation = unit * (abs(float(total.K[0, 0])) / sqrt(n))
    return ColumnStatistics(n, len(values) - n, least, greatest, centre, deviation, whole)


def once_per_column(compute: Callable[[Table, str], V]) -> Callable[[Table, str], V]:
    """Decorate a function of a table and a column name: a result is kept as long as its table."""
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


@once_per_column
def number_kind_of(table: Table, name: str) -> NumberKind:
    """Return the type of a column of numbers, by its values and its name."""
    statistics = statistics_of(table, name)
    if not statistics.n:
        return "empty"
    if not statistics.whole:
        return "number"
    if statistics.is_switch:
        return "0/1"
    if NAMES.fullmatch(name) or counts_rows(table.columns[name], statistics):
        return "identifier"
    return "whole number"


def flaw_of(table: Table, name: str) -> Flaw | None:
    """Return why a column of numbers cannot explain anything, or None if it may."""
    statistics = statistics_of(table, name)
    if statistics.n < table.n / 2:
        return "mostly missing"
    if not statistics.varies:
        return "constant" if statistics.least == statistics.greatest else "last digits"
    return "identifier" if number_kind_of(table, name) == "identifier" else None


def copies_of(table: Table, names: Iterable[str]) -> dict[str, str]:
    """Map each column of numbers that repeats an earlier one in every row to that one."""
    columns, copies, first = table.columns, {}, dict[ColumnStatistics, str]()
    for name in names:
        if not (statistics := statistics_of(table, name)).varies:
            continue
        other = first.setdefault(statistics, name)
        if other != name and np.array_equal(columns[name], columns[other], equal_nan=True):
            copies[name] = other
    return copies


def counts_rows(values: Floats, statistics: ColumnStatistics) -> bool:
    """Tell whether a column is 1, 2, 3 … or 0, 1, 2 …, each once, in any order."""
    n = len(values)
    if statistics.missing or not statistics.whole or n < MIN_DISTINCT_ROWS:
        return False
    if statistics.least not in (0, 1) or statistics.greatest - statistics.least != n - 1:
        return False
    seen = np.zeros(n, dtype=bool)
    seen[(values - statistics.least).astype(np.int64)] = True
    return bool(seen.all())


def are_near_totals(statistics: ColumnStatistics, some: Floats, without: Floats) -> bool:
    """Tell whether some numbers of a column are nearly sums or means of the others.

    Parameters
    ----------
    statistics : ColumnStatistics
        Of the whole column.
    some : ndarray of shape (k,)
    without : ndarray
        More numbers of the column, which do not count.
    """
    near = TOTAL_CLOSENESS * (statistics.greatest - statistics.least)
    out = np.concatenate([some, without])
    out = out[np.isfinite(out)]
    total = statistics.n * statistics.mean - sum(out.tolist())
    mean = total / max(1, statistics.n - len(out))
    return all(min(abs(v - total), abs(v - mean)) <= near for v in some.tolist())


def finite_blocks(values: Floats) -> Iterator[Floats]:
    """Yield the finite numbers of a column, some at a time."""
    for start in range(0, len(values), SUMMED_BLOCK_NUMBERS):
        block = values[start : start + SUMMED_BLOCK_NUMBERS]
        finite = np.isfinite(block)
        if not finite.all():
            block = block[finite]
        if len(block):
            yield block
