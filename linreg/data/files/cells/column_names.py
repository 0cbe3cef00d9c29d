"""Every column has a name of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

# Of surrogate pairs: JSON may name one alone, and names of files have them. UTF-8 has not.
SURROGATES = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def without_surrogates(text: str) -> str:
    """Return a text that can be written to a file, with a replacement for what can not."""
    return SURROGATES.sub(REPLACEMENT, text)


def all_without_surrogates(value: Any) -> Any:
    """Make the texts in lists and dictionaries writable, names too."""
    match value:
        case str():
            return without_surrogates(value)
        case list():
            return [all_without_surrogates(item) for item in value]
        case dict():
            return {
                without_surrogates(name): all_without_surrogates(item)
                for name, item in value.items()
            }
    return value


def unique_names(
    given: Sequence[str], *, told: bool = True
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Make names of columns unique; return them with sentences on what was renamed.

    Parameters
    ----------
    given : sequence of str
        As the file has them; an empty one becomes “column 3”.
    told : bool
        Whether an empty name needs a sentence.
    """
    names: dict[str, None] = {}
    notes = []
    for j, header in enumerate(given, start=1):
        bare = without_surrogates(header).strip()
        name, copy = bare or f"column {j}", 2
        while name in names:
            name, copy = f"{bare or f'column {j}'} ({copy})", copy + 1
        names[name] = None
        if bare and name != bare:
            notes.append(f"Column {j} is another “{bare}”; it is called “{name}” here.")
        elif told and not bare:
            notes.append(f"Column {j} has no name; it is called “{name}” here.")
    return tuple(names), tuple(notes)
