"""Every column has a name of its own."""

from __future__ import annotations

from collections.abc import Sequence


def unique(given: Sequence[str], *, told: bool = True) -> tuple[tuple[str, ...], tuple[str, ...]]:
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
        bare = header.strip()
        name, copy = bare or f"column {j}", 2
        while name in names:
            name, copy = f"{bare or f'column {j}'} ({copy})", copy + 1
        names[name] = None
        if bare and name != bare:
            notes.append(f"Column {j} is another “{bare}”; it is called “{name}” here.")
        elif told and not bare:
            notes.append(f"Column {j} has no name; it is called “{name}” here.")
    return tuple(names), tuple(notes)
