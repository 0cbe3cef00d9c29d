"""Output of results: aligned text for people, one JSON object for programs."""

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from io import TextIOWrapper
from math import isfinite
from typing import Any, TextIO

from linreg.cli.arguments import EXIT_BROKEN_PIPE, EXIT_REFUSED


def prepare() -> bool:
    """Let both streams escape what they cannot encode; return whether standard output is open."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    return sys.stdout is not None


def say(sentence: str) -> None:
    """Write a sentence to standard error, unless that fails."""
    try:
        print(printable(sentence), file=sys.stderr, flush=True)
    except OSError:
        _give_up(sys.stderr)


def show(text: str) -> int:
    """Write a result to standard output; return the exit code."""
    try:
        print(text, flush=True)
    except BrokenPipeError:  # the reader, say `head`, has seen enough
        _give_up(sys.stdout)
        return EXIT_BROKEN_PIPE
    except OSError as error:
        _give_up(sys.stdout)
        say(f"The output could not be written ({error.strerror or error}).")
        return EXIT_REFUSED
    return 0


def _give_up(stream: TextIO) -> None:
    """Redirect a broken stream to the null device, so that the flush at exit succeeds."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


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
    """Replace control characters, and escape what the terminal cannot show."""
    safe = "".join(char if char.isprintable() else "�" for char in text)
    encoding = (sys.stdout and sys.stdout.encoding) or "utf-8"
    return safe.encode(encoding, "backslashreplace").decode(encoding)


def _finite(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _finite(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_finite(item) for item in value]
    return None if isinstance(value, float) and not isfinite(value) else value
