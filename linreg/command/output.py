"""How results are written: aligned text for people, one JSON object for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from typing import Any


def say(sentence: str) -> None:
    """Write a sentence to standard error."""
    print(printable(sentence), file=sys.stderr, flush=True)


def show(text: str) -> None:
    """Write a result to standard output."""
    print(text, flush=True)


def as_json(result: Mapping[str, Any]) -> str:
    """Write a result as JSON, which has neither inf nor NaN: they become null."""
    return json.dumps(_finite(result), allow_nan=False)


def aligned(rows: Iterable[Sequence[object]]) -> str:
    """Write rows of cells in columns, every number with all its digits."""
    lines = [[printable(str(cell)) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def printable(text: str) -> str:
    """Replace what a terminal would act on, or can not show: names come from other people."""
    safe = "".join(char if char.isprintable() else "�" for char in text)
    encoding = sys.stdout.encoding or "utf-8"
    return safe.encode(encoding, "backslashreplace").decode(encoding)


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _finite(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not isfinite(value) else value
