"""`Repair`: one change to a table, with a text form, a sentence, and what it does."""

import re
from dataclasses import dataclass
from typing import ClassVar, Self

from linreg.data.files.table import Table
from linreg.data.summary.summary import Summary
from linreg.data.tabular import Tabular
from linreg.errors import DataError


class Repair:
    """One change to a table, as a frozen value.

    Attributes
    ----------
    kind : str
        The word its text form begins with.
    """

    kind: ClassVar[str]

    @property
    def text(self) -> str:
        """The short form for an address or a file; `parse` reads it."""
        return f"{self.kind}:{self._rest}"

    @property
    def _rest(self) -> str:
        raise NotImplementedError

    def do(self, source: Tabular) -> tuple[Tabular, str]:
        """Return the changed table or summary, and a sentence on what was done to this one.

        Raises
        ------
        DataError
            If it cannot be done, or does not follow from the moments of a summary.
        """
        return source.either(self._table, self._summary)

    def _table(self, table: Table) -> tuple[Tabular, str]:
        raise NotImplementedError

    def _summary(self, summary: Summary) -> tuple[Tabular, str]:
        raise DataError(
            "It needs the rows, which a problem file does not hold; repair the table it is made of."
        )


@dataclass(frozen=True)
class OfColumn(Repair):
    """A repair that needs no more than the name of a column."""

    column: str

    @property
    def _rest(self) -> str:
        return self.column

    @classmethod
    def read(cls, rest: str) -> Self:
        """Make the repair from its text form without the kind at its start."""
        return cls(rest)


def joined(column: str, text: str) -> str:
    r"""Join the name of a column and a text by =; a = or \ in the name is escaped by a \."""
    shielded = re.sub(r"[\\=]", r"\\\g<0>", column)
    return f"{shielded}={text}"


def divided(text: str) -> tuple[str, str]:
    """Split a text that `joined` made into the name of the column and the text after the =.

    Raises
    ------
    ValueError
        If no = stands between them.
    """
    match = re.fullmatch(r"((?:\\.|[^\\=])+)=(.*)", text, re.DOTALL)
    if not match:
        raise ValueError(f"{text!r} must be the name of a column, =, and a value")
    return re.sub(r"\\(.)", r"\1", match[1], flags=re.DOTALL), match[2]


def shown(value: str | float) -> str:
    """Write a value of a column: short, but so that it reads back as the same."""
    if isinstance(value, str):
        return value
    return repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
