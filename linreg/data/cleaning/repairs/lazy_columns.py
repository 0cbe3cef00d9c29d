"""Lazy columns: changed at each access, so that large ones are never all in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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

    def __contains__(self, name: object) -> bool:
        return name in self._parts  # without computing it

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __len__(self) -> int:
        return len(self._parts)

    def then(self, names: Mapping[str, V] | list[str], change: Callable[[V], V]) -> Lazily[V]:
        """Add a change to some of the values."""
        changed = {name: (*self._parts[name], change) for name in names}
        return Lazily(self._parts | changed)

    def without(self, names: Collection[str]) -> Lazily[V]:
        """Leave values out."""
        return Lazily({name: parts for name, parts in self._parts.items() if name not in names})

    def having(self, made: Mapping[str, tuple[Callable[..., V], ...]]) -> Lazily[V]:
        """Add values: for each name what fetches it, and the changes to it in order."""
        return Lazily({**self._parts, **made})

    def in_order(self, names: Iterable[str]) -> Lazily[V]:
        """Put the values in the order of these names; others come behind them."""
        first = {name: self._parts[name] for name in names if name in self._parts}
        return Lazily(first | self._parts)


def settled(table: Table) -> Table:
    """Compute the columns of a small table now, once, instead of at each access."""
    if table.n * (len(table.columns) + len(table.text)) > MAX_EAGER_CELLS:
        return table
    return replace(table, columns=dict(table.columns), texts=dict(table.texts))


def numbers_of(table: Table, name: str) -> Floats:
    """Return a column of numbers, shape (n,); raises DataError if there is none of this name."""
    if name in table.columns:
        return table.columns[name]
    if name in table.texts:
        raise DataError(f"Column “{name}” is text; choose a column of numbers.")
    raise MissingColumn(name)


def texts_of(table: Table, name: str) -> Any:
    """Return a column of text as Arrow strings; raises DataError if there is none of this name."""
    if name in table.texts:
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


def without_columns(table: Table, names: Collection[str]) -> Table:
    """Take columns away; all at once, for there may be thousands."""
    return replace(
        table,
        columns=Lazily.of(table.columns).without(names),
        text=tuple(name for name in table.text if name not in names),
        texts=Lazily.of(table.texts).without(names),
        first_text={name: cell for name, cell in table.first_text.items() if name not in names},
    )


def into_numbers(table: Table, name: str, made: Mapping[str, Callable[[Any], Floats]]) -> Table:
    """Put columns of numbers, each made from the cells of a column, in the place of that column."""
    cells = Lazily.of(table.texts if name in table.texts else table.columns)
    parts = {new: (partial(cells.__getitem__, name), make) for new, make in made.items()}
    less = without_columns(table, {name})
    order = [*table.columns, *table.text] if not table.order else [*table.order]
    at = order.index(name)
    order[at : at + 1] = made
    return settled(_with_made(replace(less, order=tuple(order)), parts))


def _with_made(table: Table, made: Mapping[str, tuple[Callable[..., Any], ...]]) -> Table:
    """Add columns of numbers, each at its place in the order of the file."""
    columns = Lazily.of(table.columns).having(made)
    if table.order:
        columns = columns.in_order(table.order)
    return replace(table, columns=columns)


def with_texts(table: Table, name: str, change: Callable[[Any], Any]) -> Table:
    """Change the cells of a column of text, which may turn it into numbers."""
    return judged(replace(table, texts=Lazily.of(table.texts).then([name], change)), [name])


def judged(table: Table, names: Iterable[str]) -> Table:
    """Decide again whether columns of text are ones of numbers, after their cells have changed."""
    first, texts, rows = dict(table.first_text), Lazily.of(table.texts), table.rows
    read = partial(as_numbers, decimal=table.decimal)
    made = {}
    for name in names:
        cells = texts[name]
        if cells.null_count == len(cells):
            first.pop(name, None)
        elif (place := first_non_number(cells, table.decimal)) < 0:
            made[name] = (partial(texts.__getitem__, name), read)
        else:
            first[name] = (int(rows[place]), cells[place].as_py()[:40])
    less = without_columns(replace(table, first_text=first), made)
    return settled(_with_made(less, made))


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
    # What made a column text is gone: perhaps the rest is numbers.
    cells = ((name, row) for name, (row, _) in table.first_text.items() if name in less.texts)
    return judged(less, [name for name, row in cells if not kept[row - 1]])
