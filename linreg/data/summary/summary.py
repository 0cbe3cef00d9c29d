"""The summary of a table of any length: all that training needs of it.

The rows are in `Moments`, one per group of rows where groups are asked for, and a few of them in a
sample to look at; `linreg.data.summary.accumulator` puts them there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from types import MappingProxyType
from typing import Any, ClassVar, Self

import numpy as np

from linreg.data.select import Gaps
from linreg.data.summary.row_sample import Sample
from linreg.errors import DataError
from linreg.model.moments import Moments
from linreg.text.lists import quoted_few
from linreg.text.numbers import count, counted

MAX_SUMMED_GROUPS = 1000


@dataclass(frozen=True, eq=False)
class Summary:
    """Sums over the rows of a table, by group, and a sample of the rows.

    Attributes
    ----------
    columns : tuple of str
        The p columns that were read.
    groups : dict of str to Moments
        Per value of the column `grouped_by`, in the order met; a single one called "" without.
        The columns of each are `columns`.
    sample : Sample
        Rows to draw; `sample.labels` count through `groups`.
    read, left_out : int
        Rows of the table, and how many of them are in no group: a value was missing, or they
        were left out.
    target : str
        The column to explain.
    features : tuple of str
        The columns that explain it, to begin with.
    grouped_by : str or None
    units : dict of str to str
    repairs : tuple of str
        What was changed in the table before the pass, as `linreg.data.cleaning.repairs` writes it.
    source : str
        One line: where the numbers come from.
    notes : tuple of str
    gaps : Gaps
        Of the rows that were read, as long as none could be used; not kept in problem files.
    """

    columns: tuple[str, ...]
    groups: dict[str, Moments]
    sample: Sample
    read: int
    left_out: int
    target: str
    features: tuple[str, ...]
    grouped_by: str | None = None
    units: dict[str, str] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    source: str = ""
    notes: tuple[str, ...] = ()
    gaps: Gaps = field(default_factory=Gaps)

    table: ClassVar[None] = None  # its rows are not here, and all columns are numbers
    text: ClassVar[tuple[str, ...]] = ()
    first_text: ClassVar[Mapping[str, tuple[int, str]]] = MappingProxyType({})

    @property
    def usual(self) -> tuple[str, tuple[str, ...]]:
        """The target and the features that it comes with."""
        return self.target, self.features

    @property
    def name(self) -> str:
        """What the table was called, or what to call it."""
        return self.source or "problem file"

    @cached_property
    def total(self) -> Moments:
        """The moments of all rows, with the columns in the order of `columns`."""
        return reduce(Moments.__add__, self.groups.values())

    def moments(self, target: str | None = None, features: Sequence[str] | None = None) -> Moments:
        """Return the moments of some features and, last, a target, without a second pass.

        Raises
        ------
        DataError
            If a column was not read, or is chosen twice.
        """
        target = self.target if target is None else target
        features = self.features if features is None else features
        for name in (target, *features):
            if name not in self.columns:
                raise DataError(
                    f"There is no column “{name}”; the columns are {quoted_few(self.columns)}."
                )
        if len({target, *features}) <= len(features):
            raise DataError("A column is chosen twice; choose different columns.")
        at = self.columns.index
        return self.total.select([at(name) for name in features], at(target))

    def either(self, of_rows: Callable[..., Any], of_sums: Callable[[Self], Any]) -> Any:
        """Return what the second function makes of the sums; the first is for a `Table`."""
        return of_sums(self)

    def explaining(self, target: str, features: Sequence[str]) -> Summary:
        """Choose other columns to begin with; raises DataError if they were not read."""
        self.moments(target, features)
        return replace(self, target=target, features=tuple(features))

    def checked(self) -> Summary:
        """Return the summary itself; raises DataError if no row could be used."""
        if self.groups:
            return self
        if not self.read:
            raise DataError("The table has no rows; add rows of numbers.")
        raise self.gaps.refusal(self.target)

    def enough(self) -> Summary:
        """Return the summary itself; raises DataError if it is of a single row."""
        if sum(moments.n for moments in self.groups.values()) > 1:
            return self
        if not self.left_out:
            raise DataError("The data have a single row, and a line needs two; add rows.")
        raise DataError(
            f"A single row is left of {count(self.read)}, and a line needs two: "
            f"{counted(self.left_out, 'row')} {'was' if self.left_out == 1 else 'were'} left out; "
            "keep more of them, or fill in missing values."
        )

    def without(self, names: Collection[str]) -> Summary:
        """Leave groups of rows out.

        Raises
        ------
        DataError
            If there is no such group, or none would be left.
        """
        for name in names:
            if name not in self.groups:
                raise DataError(
                    f"There is no group “{name}”; the groups are {quoted_few([*self.groups])}."
                )
        kept = {name: moments for name, moments in self.groups.items() if name not in names}
        if not kept:
            raise DataError("All groups are left out; keep at least one.")
        number_of = np.full(len(self.groups), -1)
        number_of[[name in kept for name in self.groups]] = np.arange(len(kept))
        sample = replace(self.sample, labels=number_of[self.sample.labels])
        sample = sample.where(sample.labels >= 0)
        left_out = self.left_out + sum(self.groups[name].n for name in set(names))
        return replace(self, groups=kept, sample=sample, left_out=left_out)

    def __add__(self, other: Summary) -> Summary:
        """Put the parts of one table together; their row numbers must differ."""
        groups = dict(self.groups)
        for name, moments in other.groups.items():
            groups[name] = groups[name] + moments if name in groups else moments
        check_groups(groups, self.grouped_by)
        names = list(groups)
        number_of = np.array([names.index(name) for name in other.groups], dtype=np.int64)
        theirs = replace(other.sample, labels=number_of[other.sample.labels])
        return replace(
            self,
            groups=groups,
            sample=self.sample + theirs,
            read=self.read + other.read,
            left_out=self.left_out + other.left_out,
            gaps=self.gaps + other.gaps,
        )


def check_groups(groups: Mapping[str, object], name: str | None) -> None:
    """Raise a DataError for more groups of rows than can be kept."""
    if len(groups) > MAX_SUMMED_GROUPS:
        raise DataError(
            f"Column “{name}” has more than {count(MAX_SUMMED_GROUPS)} different values, too many "
            "to group the rows by; choose a column with fewer."
        )
