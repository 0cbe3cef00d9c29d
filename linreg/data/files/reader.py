"""`Reader`, the protocol of all formats, and the `Chunk`s of rows that it yields."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from linreg.data.files.cells.convert import Cells


@dataclass(frozen=True, eq=False)
class Chunk:
    """Consecutive rows of a table.

    Attributes
    ----------
    n : int
        Number of rows.
    cells : mapping of str to ndarray or strings, of shape (n,)
        The columns; NaN or null where a value is missing.
    share : float
        Share of the file that has been read with these rows, 0 to 1.
    """

    n: int
    cells: Mapping[str, Cells]
    share: float


class Reader(Protocol):
    """A file whose format is known, and whose rows can be read any number of times."""

    @property
    def names(self) -> tuple[str, ...]:
        """Unique names of the columns."""

    @property
    def decimal(self) -> str:
        """The decimal mark of numbers that are strings."""

    @property
    def style(self) -> str:
        """One sentence on how the file is read, or ""."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Further sentences on how it is read."""

    @property
    def numeric(self) -> tuple[bool, ...]:
        """Which columns hold numbers, judged by the first rows."""

    def chunks(self, as_text: Collection[str] = (), *, only: bool = False) -> Iterator[Chunk]:
        """Yield all rows from the start.

        Parameters
        ----------
        as_text : collection of str
            Columns to deliver as strings, exactly as they are written; a set where they are many.
        only : bool
            Leave the other columns out and skip their checks, which an earlier pass made.
        """


class RestartReading(Exception):
    """Raised while reading: the file must be read again from its start, with `reader`."""

    def __init__(self, reader: Reader) -> None:
        super().__init__("read the file again")
        self.reader = reader
