"""The decimal mark that the files of one table share, and the notes on each of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from linreg.data.files.formats.delimited.reader import TextReader
from linreg.data.files.reader import Reader
from linreg.text.numbers import counted


@dataclass(frozen=True)
class Preview:
    """The way a file is read, as far as its start shows.

    Attributes
    ----------
    mark : str or None
        The decimal mark, if the numbers in the file decide it.
    open_as : str or None
        The decimal mark assumed for a text whose numbers do not decide it.
    notes : tuple of str
        How the file is read, where that needs saying.
    """

    mark: str | None
    open_as: str | None
    notes: tuple[str, ...]

    @classmethod
    def of(cls, reader: Reader) -> Self:
        """Read dialect and notes off an open file."""
        notes = tuple(filter(None, (reader.style, *reader.notes)))
        if not isinstance(reader, TextReader):
            return cls(None, None, notes)
        mark, certain = reader.decimal, reader.dialect.certain
        return cls(mark if certain else None, None if certain else mark, notes)

    def noting(self, notes: Iterable[str]) -> Self:
        """Return the preview with further notes, each once."""
        return replace(self, notes=tuple(dict.fromkeys([*self.notes, *notes])))


def common_mark(previews: Sequence[Preview]) -> str | None:
    """Return the decimal mark on which all files that decide one agree, or None."""
    marks = {preview.mark for preview in previews} - {None}
    return marks.pop() if len(marks) == 1 else None


def merged_notes(previews: Sequence[Preview], paths: Sequence[object]) -> list[str]:
    """Return the notes on the first file, and those of others that differ, with their files."""
    notes = list(previews[0].notes)
    others: dict[str, list[object]] = {}
    for preview, path in zip(previews, paths, strict=True):
        for note in preview.notes:
            if note not in notes:
                others.setdefault(note, []).append(path)
    for note, where in others.items():
        more = f" and {counted(len(where) - 1, 'other file')}" if len(where) > 1 else ""
        notes.append(f"In “{where[0]}”{more}: {note}")
    return notes
