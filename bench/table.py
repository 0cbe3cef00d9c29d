"""The table of results: a row, and how the table is written."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

RESULTS = Path(__file__).parents[1] / "docs" / "benchmarks.md"
MARK = "<!-- written by bench/table.py from here -->\n"
TABLE_HEAD = ("what", "baseline", "measured", "ratio", "reach", "met")


@dataclass(frozen=True)
class Row:
    """One promise and its measurement.

    Attributes
    ----------
    what : str
        The promise in words.
    baseline, measured : str
        Both sides, with their units.
    value : float
        The value that `reach` limits: a ratio, or a number in `unit`.
    reach : float or None
        None for a row that promises nothing.
    most : bool
        Whether `reach` is the largest value allowed; otherwise it is the smallest.
    unit : str
        "×" for a ratio, else a unit with a space before it.
    """

    what: str
    baseline: str
    measured: str
    value: float
    reach: float | None
    most: bool = False
    unit: str = "×"

    @property
    def met(self) -> bool:
        """Whether the value reaches far enough; NaN never does."""
        if self.reach is None:
            return True
        return self.value <= self.reach if self.most else self.value >= self.reach

    @property
    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        value = _short(self.value) + self.unit
        if self.reach is None:
            return self.what, self.baseline, self.measured, value, "–", "–"
        reach = f"{'≤' if self.most else '≥'} {self.reach:g}{self.unit}"
        return self.what, self.baseline, self.measured, value, reach, "yes" if self.met else "NO"


def failed(name: str, error: Exception) -> Row:
    """Return the row of a measurement that broke off."""
    reason = " ".join(str(error).split())[:120] or type(error).__name__
    return Row(name, "", f"not measured: {reason}", float("nan"), 0)


def markdown(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table that also reads well as plain text."""
    lines = [TABLE_HEAD, *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    rule = tuple("-" * width for width in widths)
    return "\n".join(
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in (lines[0], rule, *lines[1:])
    )


def save(rows: Sequence[Row], chromium: str) -> None:
    """Write the table into docs/benchmarks.md, below its introduction."""
    names = ("numpy", "scipy", "streamlit", "plotly", "playwright", "websockets")
    versions = ", ".join(f"{name} {version(name)}" for name in names)
    introduction = RESULTS.read_text(encoding="utf-8").partition(MARK)[0]
    RESULTS.write_text(
        f"{introduction}{MARK}{os.cpu_count()} cores; Python {platform.python_version()}, "
        f"{versions}; Chromium {chromium}, headless, drawing in software.\n\n{markdown(rows)}\n",
        encoding="utf-8",
    )


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
