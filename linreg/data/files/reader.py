"""What the readers of all formats have in common: chunks of rows, and what is known of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from linreg.data.files.cells.convert import Cells


@dataclass(frozen=True, eq=False)
class Chunk:
    """Some rows of a table.

    Attributes
    ----------
    n : int
        How many.
    cells : mapping of str to ndarray or strings, of shape (n,)
        The columns; NaN or null where a value is missing.
    share : float
        How much of the file is read when these rows are, 0 to 1.
    """

    n: int
    cells: Mapping[str, Cells]
    share: float


class Reader(Protocol):
    """What every format knows about its file, and how it delivers the rows."""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, each name once."""

    @property
    def decimal(self) -> str:
        """The decimal mark in strings."""

    @property
    def style(self) -> str:
        """One sentence on how the file is read, or nothing."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What else needs saying."""

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers, judged by the first rows."""

    def chunks(self, as_text: Sequence[str] = (), *, only: bool = False) -> Iterator[Chunk]:
        """Yield all rows from the start.

        Parameters
        ----------
        as_text : sequence of str
            Columns to deliver as strings, exactly as they are written.
        only : bool
            Leave the other columns out; their rows are not looked at again.
        """


class RestartReading(Exception):
    """The file has to be read again, with another reader."""

    def __init__(self, reader: Reader) -> None:
        super().__init__("read the file again")
        self.reader = reader
