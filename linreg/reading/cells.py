"""Cells as they are written, and the numbers they stand for."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from numpy.typing import NDArray

from linreg.reading.dialect import SPACES, number_pattern


def first_no_number(strings: Any, decimal: str) -> int:
    """Return the place of the first cell that is no number, −1 if all are; missing ones are fine.

    Parameters
    ----------
    strings : pyarrow array of strings
        Null where a cell is missing.
    decimal : str
        The decimal mark, a point or a comma.
    """
    place: int = pc.index(are_numbers(strings, decimal), False).as_py()
    return place


def are_numbers(strings: Any, decimal: str) -> Any:
    """Tell which cells are numbers: an Arrow array of truth values, null where one is missing."""
    return pc.match_substring_regex(strings, f"^(?:{number_pattern(decimal)})$")


def parse_numbers(strings: Any, decimal: str) -> NDArray[np.float64]:
    """Turn cells that are numbers into numbers, without their thousands separators."""
    bare = pc.replace_substring_regex(strings, rf"[\s{SPACES}'’]|^\s*\+", "")
    bare = pc.replace_substring(bare, "−", "-")
    bare = pc.replace_substring(bare, "." if decimal == "," else ",", "")
    if decimal == ",":
        bare = pc.replace_substring(bare, ",", ".")
    numbers = pc.cast(bare, pa.float64())
    return np.array(numbers.to_numpy(zero_copy_only=False), dtype=float)
