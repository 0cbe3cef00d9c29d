"""What the files of one table have to agree on, and what is worth saying of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from linreg.data.files.formats.delimited.reader import TextReader
from linreg.data.files.reader import Reader
from linreg.text.numbers import counted


@dataclass(frozen=True)
class Preview:
    """What a first look at a file shows.

    Attributes
    ----------
    mark : str or None
        The decimal mark, where the numbers in the file decide it.
    open_as : str or None
        The decimal mark that is taken for a text whose numbers do not.
    notes : tuple of str
        How the file is read, where that needs saying.
    """

    mark: str | None
    open_as: str | None
    notes: tuple[str, ...]

    @classmethod
    def at(cls, reader: Reader) -> Preview:
        """Look at a file."""
        notes = tuple(filter(None, (reader.style, *reader.notes)))
        if not isinstance(reader, TextReader):
            return cls(None, None, notes)
        mark, certain = reader.decimal, reader.dialect.certain
        return cls(mark if certain else None, None if certain else mark, notes)


def common_mark(looks: Sequence[Preview]) -> str | None:
    """Return the decimal mark that is decided by some files and by none in another way."""
    marks = {look.mark for look in looks} - {None}
    return marks.pop() if len(marks) == 1 else None


def with_common_mark(
    looks: Sequence[Preview], again: Callable[[Sequence[int], str], Sequence[Preview]]
) -> tuple[str | None, list[Preview]]:
    """Let the files that decide the decimal mark decide it for those that leave it open.

    Parameters
    ----------
    looks : sequence of Look
        Of each file.
    again : callable
        Looks once more at the files with these places, from 0, with a decimal mark for those that
        leave it open.

    Returns
    -------
    str or None
        The decimal mark of files that leave it open; None where the others do not agree on one.
    list of Look
    """
    mark = common_mark(looks)
    places = [place for place, look in enumerate(looks) if look.open_as]
    found = list(looks)
    if mark and places:
        for place, look in zip(places, again(places, mark), strict=True):
            found[place] = look
    return mark, found


def merged_notes(looks: Sequence[Preview], paths: Sequence[object]) -> list[str]:
    """Return what is to be said of the first file, and of others where that is something else."""
    told = list(looks[0].notes)
    others: dict[str, list[object]] = {}
    for look, path in zip(looks, paths, strict=True):
        for note in look.notes:
            if note not in told:
                others.setdefault(note, []).append(path)
    for note, where in others.items():
        more = f" and {counted(len(where) - 1, 'other file')}" if len(where) > 1 else ""
        told.append(f"In “{where[0]}”{more}: {note}")
    return told
