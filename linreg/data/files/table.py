"""`Table`, a file that was read: clean numeric columns, text columns as written, and notes.

A large table lies in a folder, where another process may have written it.  Its columns are mapped
into memory one by one, so that dropping an array frees its memory.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
from numpy.typing import NDArray

from linreg.data.files.cells.convert import Array

MAX_COPIED_BYTES = 1 << 23  # of numbers, and of text: copied rather than mapped into memory
# Opening a file of text takes time for each of its columns: too long for each of so many again.
MAX_REMAPPED_COLUMNS = 256
DESCRIPTION_FILE, ALL_NUMBERS_FILE = "table.json", "numbers.f64"


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a file.

    Attributes
    ----------
    name : str
        Usually the file's name.
    columns : mapping of str to ndarray of shape (n,)
        The numeric columns in file order; NaN where a value is missing or not finite.
    text : tuple of str
        The columns that are not, or not only, numbers.
    n : int
        Number of rows; blank lines and the header are not counted.
    notes : tuple of str
        How the file was read, where that needs saying.
    first_text : dict of str to (int, str)
        For each text column that is not empty, its first row, from 1, that is not a number, and the
        cell there.
    decimal : str
        The decimal mark of the numbers among the text, a point or a comma.
    kept : ndarray of bool or None
        The rows of the file that repairs left in, n of them; None if all are.
    texts : mapping of str to pyarrow.ChunkedArray of large_string, of length n
        The cells of the columns in `text`, exactly as written but trimmed; null where missing.
    repairs : tuple of str
        What was done to it since, a line each.
    units : mapping of str to str
        Units of columns, where they are known.
    usual : (str, tuple of str) or None
        The target and the features that it comes with, if any.
    order : tuple of str
        All columns as they stand in the file; empty where those of text are behind the others.
    """

    name: str
    columns: Mapping[str, Array]
    text: tuple[str, ...]
    n: int
    notes: tuple[str, ...]
    first_text: dict[str, tuple[int, str]] = field(default_factory=dict)
    decimal: str = "."
    kept: NDArray[np.bool_] | None = None
    texts: Mapping[str, Any] = field(default_factory=dict)
    repairs: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    usual: tuple[str, tuple[str, ...]] | None = None
    order: tuple[str, ...] = ()

    @property
    def table(self) -> Self:
        """The rows, which a `Summary` has not."""
        return self

    @property
    def rows(self) -> NDArray[np.int64]:
        """The numbers of the rows as the file counts them, from 1, shape (n,)."""
        return np.arange(1, self.n + 1) if self.kept is None else np.flatnonzero(self.kept) + 1

    @property
    def taken_out(self) -> int:
        """How many rows of the file are no longer here."""
        return 0 if self.kept is None else len(self.kept) - self.n

    def either(self, of_rows: Callable[[Self], Any], of_sums: Callable[..., Any]) -> Any:
        """Return what the first function makes of the rows; the second is for a `Summary`."""
        return of_rows(self)

    def save(self, folder: Path) -> None:
        """Write the table, as it was read, into an existing folder, for `open`."""
        numeric = {name: f"{j}.f64" for j, name in enumerate(self.columns)}
        for name, file in numeric.items():
            self.columns[name].tofile(folder / file)
        texts = {}
        if self.texts:
            cells = pa.table(dict(self.texts))
            with pa.ipc.new_file(str(folder / "0.arrow"), cells.schema) as writer:
                writer.write_table(cells)
            texts = dict.fromkeys(self.texts, "0.arrow")
        self.describe(folder, numeric, texts)

    def describe(self, folder: Path, numeric: Mapping[str, str], texts: Mapping[str, str]) -> None:
        """Write what `open` needs beside the columns.

        Parameters
        ----------
        folder : Path
            Where the columns are.
        numeric : mapping of str to str
            The raw float64 file of each numeric column, in order: its own, or one that holds all
            columns one after another.
        texts : mapping of str to str
            The Arrow file that holds each text column which is not empty.
        """
        content = {
            "name": self.name,
            "n": self.n,
            "numeric": dict(numeric),
            "text": self.text,
            "texts": dict(texts),
            "notes": self.notes,
            "first_text": dict(self.first_text),
            "decimal": self.decimal,
            "order": self.order,
        }
        (folder / DESCRIPTION_FILE).write_text(json.dumps(content))

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open a table that was saved, or read into a folder.

        A small one is copied into memory; another needs the folder as long as it is used.
        """
        content = json.loads((folder / DESCRIPTION_FILE).read_text())
        n = content["n"]
        numeric, stored, text = content["numeric"], content["texts"], tuple(content["text"])

        def numbers_of(name: str) -> Array:
            return np.asarray(np.memmap(folder / numeric[name], np.float64, "r"))

        columns: Mapping[str, Array] = Mapped(numeric, numbers_of)
        if ALL_NUMBERS_FILE in numeric.values():
            numbers = np.fromfile(folder / ALL_NUMBERS_FILE).reshape(len(numeric), n)
            columns = MappingProxyType(dict(zip(numeric, numbers, strict=True)))
        elif 8 * n * len(columns) <= MAX_COPIED_BYTES:
            columns = MappingProxyType({k: np.fromfile(folder / f) for k, f in numeric.items()})

        paths = {file: folder / file for file in {*stored.values()}}
        is_small = sum(path.stat().st_size for path in paths.values()) <= MAX_COPIED_BYTES

        def opened(file: str) -> Any:
            source = paths[file].read_bytes() if is_small else pa.memory_map(str(paths[file]))
            return pa.ipc.open_file(source).read_all()

        is_kept = is_small or len(stored) > MAX_REMAPPED_COLUMNS
        tables = {file: opened(file) for file in paths if is_kept}

        def text_of(name: str) -> Any:
            if name not in stored:
                return empty(n)
            file = stored[name]
            return (tables[file] if is_kept else opened(file))[name]

        texts: Mapping[str, Any] = Mapped(dict.fromkeys(text), text_of)
        if is_small:
            texts = MappingProxyType(dict(texts))
        first = {name: (row, cell) for name, (row, cell) in content["first_text"].items()}
        name, notes, decimal = content["name"], tuple(content["notes"]), content["decimal"]
        order = tuple(content["order"])
        return cls(name, columns, text, n, notes, first, decimal, texts=texts, order=order)


@dataclass(frozen=True, eq=False)
class Mapped(Mapping[str, Any]):
    """Columns in a folder; each access maps the file of one into memory again."""

    names: Mapping[str, object]  # a dictionary, for the speed of looking one up
    opened: Callable[[str], Any]

    def __getitem__(self, name: str) -> Any:
        if name not in self.names:
            raise KeyError(name)
        return self.opened(name)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def empty(n: int) -> Any:
    """Return a text column of n missing cells."""
    return pa.chunked_array([pa.nulls(n, pa.large_string())])
