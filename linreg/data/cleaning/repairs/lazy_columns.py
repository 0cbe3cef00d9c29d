"""Lazy columns: changed at each access, so that large ones are never all in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from numpy.typing import NDArray

from linreg.data.files.cells.convert import first_non_number, to_numbers
from linreg.data.files.table import Table
from linreg.errors import DataError
from linreg.model.moments import Floats

V = TypeVar("V")

MAX_EAGER_CELLS = 1_000_000  # a smaller table is changed at once, not at each access


class Lazily(Mapping[str, V]):
    """A mapping whose values are fetched, and changed, at each access; nothing is kept.

    Parameters
    ----------
    parts : dict of str to tuple of callable
        For each name what fetches the value, and the changes to it in order.
    """

    def __init__(self, parts: dict[str, tuple[Callable[..., V], ...]]) -> None:
        self._parts = parts

    @classmethod
    def of(cls, values: Mapping[str, V]) -> Lazily[V]:
        """Return the values of a mapping, with no change to any so far."""
        if isinstance(values, Lazily):
            return values
        return cls({name: (partial(values.__getitem__, name),) for name in values})

    def __getitem__(self, name: str) -> V:
        fetch, *changes = self._parts[name]
        value = fetch()
        for change in changes:
            value = change(value)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def then(self, names: Mapping[str, V] | list[str], change: Callable[[V], V]) -> Lazily[V]:
        """Add a change to some of the values."""
        changed = {name: (*self._parts[name], change) for name in names}
        return Lazily(self._parts | changed)

    def without(self, name: str) -> Lazily[V]:
        """Leave a value out."""
        return Lazily({key: parts for key, parts in self._parts.items() if key != name})

    def having(self, name: str, *parts: Callable[..., V]) -> Lazily[V]:
        """Add a value: what fetches it, and the changes to it in order."""
        return Lazily({**self._parts, name: parts})


def settled(table: Table) -> Table:
    """Compute the columns of a small table now, once, instead of at each access."""
    if table.n * (len(table.columns) + len(table.text)) > MAX_EAGER_CELLS:
        return table
    return replace(table, columns=dict(table.columns), texts=dict(table.texts))


def numbers_of(table: Table, name: str) -> Floats:
    """Return a column of numbers, shape (n,); raises DataError if there is none of this name."""
    if name in table.columns:
        return table.columns[name]
    if name in table.text:
        raise DataError(f"Column “{name}” is text; choose a column of numbers.")
    raise MissingColumn(name)


def texts_of(table: Table, name: str) -> Any:
    """Return a column of text as Arrow strings; raises DataError if there is none of this name."""
    if name in table.text:
        return table.texts[name]
    if name in table.columns:
        raise DataError(f"Column “{name}” holds numbers; choose a column of text.")
    raise MissingColumn(name)


class MissingColumn(DataError):
    """Raised for a column that does not exist; only the list of repairs can tell why."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no column “{name}”.")
        self.name = name


def with_numbers(table: Table, name: str, change: Callable[[Floats], Floats]) -> Table:
    """Change a column of numbers."""
    return settled(replace(table, columns=Lazily.of(table.columns).then([name], change)))


def without_column(table: Table, name: str) -> Table:
    """Take a column away."""
    return replace(
        table,
        columns=Lazily.of(table.columns).without(name),
        text=tuple(other for other in table.text if other != name),
        texts=Lazily.of(table.texts).without(name),
        first_text={key: cell for key, cell in table.first_text.items() if key != name},
    )


def into_numbers(table: Table, name: str, made: Mapping[str, Callable[[Any], Floats]]) -> Table:
    """Put columns of numbers, each made from the cells of a column, in the place of that column."""
    cells = Lazily.of(table.texts if name in table.text else table.columns)
    less = without_column(table, name)
    columns = Lazily.of(less.columns)
    for new, make in made.items():
        columns = columns.having(new, partial(cells.__getitem__, name), make)
    return settled(replace(less, columns=columns))


def with_texts(table: Table, name: str, change: Callable[[Any], Any]) -> Table:
    """Change the cells of a column of text, which may turn it into numbers."""
    return judged(replace(table, texts=Lazily.of(table.texts).then([name], change)), name)


def judged(table: Table, name: str) -> Table:
    """Decide again whether a column of text is one of numbers, after its cells have changed."""
    cells = table.texts[name]
    if cells.null_count == len(cells):
        first = {key: cell for key, cell in table.first_text.items() if key != name}
        return settled(replace(table, first_text=first))
    place = first_non_number(cells, table.decimal)
    if place < 0:
        return into_numbers(table, name, {name: partial(as_numbers, decimal=table.decimal)})
    first_cell = (int(table.rows[place]), cells[place].as_py()[:40])
    return settled(replace(table, first_text={**table.first_text, name: first_cell}))


def as_numbers(cells: Any, decimal: str) -> Floats:
    """Turn cells that are numbers into numbers, NaN where one is missing or infinite."""
    return to_numbers(cells, decimal)[0]


def with_rows(table: Table, keep: NDArray[np.bool_]) -> Table:
    """Keep the rows for which an array of shape (n,) is true.

    Raises
    ------
    DataError
        If none would be left.
    """
    n = int(np.count_nonzero(keep))
    if not n:
        raise DataError("No row would be left; keep at least one.")
    kept = np.ones(table.n, dtype=bool) if table.kept is None else table.kept.copy()
    kept[kept] = keep
    filtered = pa.array(keep)
    less = replace(
        table,
        columns=Lazily.of(table.columns).then(table.columns, lambda values: values[keep]),
        texts=Lazily.of(table.texts).then(table.texts, lambda cells: cells.filter(filtered)),
        n=n,
        kept=kept,
    )
    for name, (row, _) in table.first_text.items():
        # What made it text is gone: perhaps the rest is numbers.
        if not kept[row - 1] and name in less.texts:
            less = judged(less, name)
    return settled(less)
