"""Batches of numbers from any reader, or an error that names the cell that is not a number."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeAlias

import numpy as np
import pyarrow.compute as pc  # type: ignore[import-untyped]
from numpy.typing import NDArray

from linreg.data.files.cells.convert import (
    GROUPED,
    Array,
    Cells,
    are_missing,
    first_text,
    to_numbers,
)
from linreg.data.files.reader import Reader, RestartReading
from linreg.errors import DataError
from linreg.text.lists import quoted, quoted_few
from linreg.text.numbers import count

MAX_COLUMNS_IN_NOTE = 5
IN_THE_APP = "repair {it} in the app, on the page Data, and download its rows"

Labels: TypeAlias = NDArray[np.object_]


def checked_batches(
    reader: Reader,
    columns: Sequence[str],
    label: str | None,
    delivered: int = 0,
    on_note: Callable[[str], None] = lambda note: None,
    known: Collection[str] | None = None,
) -> Iterator[tuple[list[Array], Labels | None, float]]:
    """Yield columns, labels and the share of the file read so far.

    Parameters
    ----------
    reader : Reader
    columns : sequence of str
        Columns to deliver as numbers.
    label : str, optional
        A column to deliver as text.
    delivered : int
        How many of the first rows to skip: they were delivered before.
    on_note : callable
        Called with each note that only reading brings.
    known : collection of str, optional
        The notes that need not be brought; by default those of the reader.

    Raises
    ------
    DataError
        If a value is not a number, or the file cannot be read as a table.
    """
    known = {reader.style, *reader.notes} if known is None else known
    row, encoded = 0, False  # `encoded` is whether a label depends on the encoding
    grouped = set[str]()
    try:
        for chunk in reader.chunks([label] if label else []):
            new = slice(max(delivered - row, 0), None)
            decimal = reader.decimal
            arrays = [
                as_numbers(name, chunk.cells[name], row, decimal, grouped)[new] for name in columns
            ]
            labels = as_labels(chunk.cells[label])[new] if label else None
            row += chunk.n
            if delivered < row:
                delivered = row
                yield arrays, labels, chunk.share
                encoded |= labels is not None and not all(map(str.isascii, labels))
    except RestartReading as restart:
        before, after = (getattr(r, "encoding", "") for r in (reader, restart.reader))
        if encoded and before != after:  # labels of one group would be spelt in two ways
            raise DataError(
                f"Up to row {count(row)} the text is UTF-8, and further on it is not; save "
                "the file again as UTF-8."
            ) from None
        yield from checked_batches(restart.reader, columns, label, delivered, on_note, known)
        return
    separated = [name for name in columns if name in grouped]
    removed = [GROUPED.format(names=quoted(separated))] if separated else []
    for note in (reader.style, *removed, *reader.notes):
        if note and note not in known:
            on_note(note)


def as_numbers(
    name: str, cells: Cells, row: int, decimal: str, grouped: set[str] | None = None
) -> Array:
    """Return cells, the first of which is in row `row` + 1, as numbers, shape (b,).

    The name is added to `grouped` where thousands are separated; it is there if they were before.
    """
    grouped = set() if grouped is None else grouped
    if (text := first_text(cells, decimal, lists=name not in grouped)) is not None:
        raise DataError(
            f"Column “{name}” is not a number in row {count(row + text[0] + 1)} (“{text[1]}”); "
            f"correct or empty that field, choose other columns, or {IN_THE_APP.format(it='it')}."
        )
    numbers, is_grouped = to_numbers(cells, decimal)
    if is_grouped:
        grouped.add(name)
    return numbers


def as_labels(cells: Cells) -> Labels:
    """Return cells as Python strings, "" where missing."""
    labels: Labels = pc.fill_null(cells, "").to_numpy(zero_copy_only=False)
    return labels


def numeric_columns(reader: Reader, label: str | None) -> tuple[tuple[str, ...], str]:
    """Return the columns that hold numbers in the rows looked at, and a note on the others.

    Raises
    ------
    DataError
        If there is none besides the label.
    """
    columns = dict(zip(reader.names, reader.numeric, strict=True))
    chosen = tuple(name for name, numeric in columns.items() if numeric and name != label)
    others = [name for name, numeric in columns.items() if not numeric and name != label]
    if chosen and not others:
        return chosen, ""
    reasons = _reasons(reader, others[:MAX_COLUMNS_IN_NOTE])
    unnamed = len(others) - MAX_COLUMNS_IN_NOTE
    more = f" and {count(unnamed)} more" if unnamed > 0 else ""
    if not chosen:
        raise DataError(
            f"No column holds only numbers in the rows looked at: {reasons}{more}; correct those "
            f"cells, or {IN_THE_APP.format(it='them')}."
        )
    return chosen, f"Left out, not only numbers in the rows looked at: {reasons}{more}."


def _reasons(reader: Reader, names: Sequence[str]) -> str:
    """Name for each column the first cell that is not a number."""
    try:
        first = next(reader.chunks(), None)
    except RestartReading as restart:
        return _reasons(restart.reader, names)
    reasons = []
    for name in names:
        cells = first.cells.get(name) if first else None
        text = None if cells is None else first_text(cells, reader.decimal)
        if text is not None:
            why = f"“{text[1]}” in row {count(text[0] + 1)}"
        else:
            why = "empty" if cells is None or are_missing(cells) else "text further on"
        reasons.append(f"“{name}” ({why})")
    return ", ".join(reasons)


def check_columns(wanted: Sequence[str], names: Sequence[str], path: object) -> None:
    """Raise a DataError if a file lacks a wanted column."""
    there = set(names)
    for name in wanted:
        if name not in there:
            raise DataError(
                f"“{path}” has no column “{name}”; its columns are {quoted_few(names)}."
            )
