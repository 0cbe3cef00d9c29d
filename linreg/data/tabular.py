"""`Tabular`: a table that training data are taken from, as rows or as sums over them."""

from collections.abc import Callable, Collection, Mapping
from typing import Protocol, TypeVar

from linreg.data.files.table import Table
from linreg.data.summary.summary import Summary

T = TypeVar("T")


class Tabular(Protocol):
    """The interface that a `Table` and a `Summary` share."""

    @property
    def name(self) -> str:
        """The name of the file, or what to call it."""

    @property
    def columns(self) -> Collection[str]:
        """The columns of numbers."""

    @property
    def text(self) -> tuple[str, ...]:
        """The other columns."""

    @property
    def first_text(self) -> Mapping[str, tuple[int, str]]:
        """The first row and cell that make each of them text, unless it is empty."""

    @property
    def units(self) -> Mapping[str, str]:
        """The units of columns, where they are known."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences on how it was read."""

    @property
    def repairs(self) -> tuple[str, ...]:
        """What was done to it since, a line each."""

    @property
    def usual(self) -> tuple[str, tuple[str, ...]] | None:
        """The target and the features that it comes with, if any."""

    @property
    def table(self) -> Table | None:
        """The rows, None where only sums over them are here."""

    def either(self, of_rows: Callable[[Table], T], of_sums: Callable[[Summary], T]) -> T:
        """Return what the first function makes of a `Table`, or the second of a `Summary`."""
