"""Names of columns: each one unique, and possible to write to a file."""

import re
from collections.abc import Sequence
from typing import Any

# Half a surrogate pair, which JSON and names of files may contain, has no UTF-8 form.
SURROGATES = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def without_surrogates(text: str) -> str:
    """Return a text that UTF-8 can hold, with U+FFFD for each lone surrogate."""
    return SURROGATES.sub(REPLACEMENT, text)


def all_without_surrogates(value: Any) -> Any:
    """Return a value without lone surrogates in its texts, lists, dictionaries and their keys."""
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
    given: Sequence[str], *, header: bool = True
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return unique names of columns, and a note on each one that was changed.

    Parameters
    ----------
    given : sequence of str
        As the file has them; an empty one becomes “column 3”.
    header : bool
        Whether the file has names at all, so that an empty one needs a note.
    """
    names: dict[str, None] = {}
    copies: dict[str, int] = {}  # the number of the next copy of a name, lower ones are taken
    notes = []
    for j, text in enumerate(given, start=1):
        bare = without_surrogates(text).strip()
        name = wanted = bare or f"column {j}"
        while name in names:
            copy = copies.get(wanted, 2)
            name, copies[wanted] = f"{wanted} ({copy})", copy + 1
        names[name] = None
        if bare and name != bare:
            notes.append(f"Column {j} is another “{bare}”; it is called “{name}” here.")
        elif header and not bare:
            notes.append(f"Column {j} has no name; it is called “{name}” here.")
    return tuple(names), tuple(notes)
