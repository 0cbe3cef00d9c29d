"""A column of numbers in a few: how many, from where to where, mean and standard deviation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np

from linreg.model.min_norm import ROUNDING_NOISE
from linreg.model.moments import Floats

BLOCK = 1 << 16  # numbers looked at together: they stay in the processor's cache


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
    def varies(self) -> bool:
        """Whether the numbers differ by more than the rounding of their mean."""
        return self.n > 0 and self.deviation > ROUNDING_NOISE * abs(self.mean)


def column_statistics(values: Floats) -> ColumnStatistics:
    """Look at a column, shape (n,), a block at a time, so that nothing of its size is made."""
    n, least, greatest, whole = 0, np.inf, -np.inf, True
    for block in finite_blocks(values):
        n += len(block)
        least, greatest = min(least, float(block.min())), max(greatest, float(block.max()))
        whole = whole and bool((block == np.rint(block)).all())
    if not n:
        return ColumnStatistics(0, len(values), nan, nan, nan, nan, False)
    size = max(abs(least), abs(greatest)) or 1.0  # sums and squares of shares can not overflow
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


def finite_blocks(values: Floats) -> Iterator[Floats]:
    """Yield the finite numbers of a column, some at a time."""
    for start in range(0, len(values), BLOCK):
        block = values[start : start + BLOCK]
        finite = np.isfinite(block)
        if not finite.all():
            block = block[finite]
        if len(block):
            yield block
