"""`Scan`: files of any size as batches of numbers, in one pass and bounded memory.

Plain files go through polars where it is installed. Where one turns out not to be plain, it is read
again by the checked readers, which parse it correctly or name the row that is wrong; rows that were
yielded are not yielded twice.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from linreg.data.files.batches import checked
from linreg.data.files.batches.common_dialect import Preview, common_mark, merged_notes
from linreg.data.files.cells.convert import Array
from linreg.data.files.formats.delimited.reader import TextReader
from linreg.data.files.formats.detect import reader_of
from linreg.data.files.reader import Reader
from linreg.data.files.storage.paths import files_of, folder_notes
from linreg.data.files.storage.source import MAX_SCAN_UNPACKED_BYTES, Source
from linreg.errors import DataError

Engine = Literal["auto", "polars", "pandas"]


@dataclass(frozen=True, eq=False)
class Batch:
    """Consecutive rows.

    Attributes
    ----------
    first : int
        Number of the first row, counted from 1 over all files.
    columns : list of ndarray of shape (b,)
        The columns of the scan; NaN, or an infinity, where a value is missing.
    labels : ndarray of str of shape (b,), or None
        The cells of the label column as written, "" where missing.
    """

    first: int
    columns: list[Array]
    labels: checked.Labels | None


@dataclass(frozen=True, eq=False)
class Scan:
    """Rows to iterate over, any number of times.

    Attributes
    ----------
    paths : tuple of Path
        The files that are one table.
    columns : tuple of str
        The names of the columns delivered.
    label : str or None
        The column that the labels come from.
    sizes : tuple of int
        Bytes of each file, as stored.
    """

    paths: tuple[Path, ...]
    columns: tuple[str, ...]
    label: str | None
    first_notes: tuple[str, ...] = field(repr=False)
    sizes: tuple[int, ...]
    fast: bool = field(repr=False)
    mark: str | None = field(repr=False)  # the decimal mark of files that leave it open
    on_progress: Callable[[float], None] = field(repr=False)
    judged: Mapping[Path, TextReader] = field(default_factory=dict, repr=False)
    late_notes: dict[str, None] = field(default_factory=dict, repr=False)

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes on how the files are read, where that is not plain; a pass may add to them."""
        late = self.late_notes
        first = [n for n in self.first_notes if not any(_is_part_of(n, note) for note in late)]
        return (*first, *late)

    def __iter__(self) -> Iterator[Batch]:
        """Yield the batches in the order of the rows.

        Raises
        ------
        DataError
            If a value is not a number, or a file cannot be read as a table; the row is named,
            and the file where there are several.
        """
        first, behind, total = 1, 0, max(sum(self.sizes), 1)
        for path, size in zip(self.paths, self.sizes, strict=True):
            with _named(path, self.paths):
                for columns, labels, share in self._rows_of(path):
                    yield Batch(first, columns, labels)
                    first += len(columns[0])
                    self.on_progress((behind + share * size) / total)
            behind += size

    def _rows_of(self, path: Path) -> Iterator[tuple[list[Array], checked.Labels | None, float]]:
        source = Source.of(path, MAX_SCAN_UNPACKED_BYTES)
        judged = self.judged.get(path)  # spares a packed file from being unpacked once more
        reader: Reader = (
            replace(judged, source=source, late_notes=[])
            if judged and judged.source.packed == source.packed
            else reader_of(source, self.mark)
        )
        delivered = 0
        if self.fast:
            from linreg.data.files.batches import polars

            try:
                for columns, labels, share in polars.batches(reader, self.columns, self.label):
                    yield columns, labels, share
                    delivered += len(columns[0])
                return
            except polars.NotPlain:
                pass
        yield from checked.checked_batches(
            reader, self.columns, self.label, delivered, on_note=partial(self._note, path)
        )

    def _note(self, path: Path, note: str) -> None:
        place = "" if len(self.paths) == 1 else f"In “{path}”: "
        self.late_notes[place + note] = None


def scan(
    paths: Sequence[str | Path],
    columns: Sequence[str] | None = None,
    *,
    label: str | None = None,
    engine: Engine = "auto",
    on_progress: Callable[[float], None] | None = None,
) -> Scan:
    """Open files that are one table for a pass over their rows.

    Parameters
    ----------
    paths : sequence of str or Path
        Files, patterns such as “part-*.csv”, and Parquet directories. Each file has the columns
        asked for, in any order.
    columns : sequence of str, optional
        The columns to deliver; by default all that hold numbers in the first rows of the first
        file, without the label.
    label : str, optional
        A column to deliver as text, exactly as it is written.
    engine : {"auto", "polars", "pandas"}
        What reads; "auto" takes polars where it is installed. The numbers are the same.
    on_progress : callable, optional
        Called with the share of the bytes that was passed, 0 to 1, after each batch; what it
        raises ends the pass.

    Raises
    ------
    DataError
        If a file is not there, cannot be read as a table, or lacks a column.
    """
    if engine == "polars" and not _has_polars():
        raise DataError(
            "The engine polars is not installed; install what requirements-scale.txt lists, or "
            "take the engine pandas."
        )
    files = tuple(files_of(paths))
    sources = [Source.of(path, MAX_SCAN_UNPACKED_BYTES) for path in files]
    with _named(files[0], files):
        first = reader_of(sources[0])
        chosen, left_out = tuple(columns or ()), ""
        if columns is None:
            chosen, left_out = checked.numeric_columns(first, label)

    judged: dict[Path, TextReader] = {}

    def preview(place: int, mark: str | None = None, opened: Reader | None = None) -> Preview:
        """Preview a file, which must have the columns asked for."""
        with _named(files[place], files):
            reader = opened or reader_of(sources[place], mark)
            result = Preview.of(reader)
            if isinstance(reader, TextReader):
                judged[files[place]] = reader
        checked.check_columns([*chosen, *filter(None, [label])], reader.names, files[place])
        return result

    previews = [preview(0, opened=first), *map(preview, range(1, len(files)))]
    if mark := common_mark(previews):  # decides for the files that leave it open
        previews = [preview(k, mark) if p.open_as else p for k, p in enumerate(previews)]
    notes = [*merged_notes(previews, files), *folder_notes(paths, files), left_out]
    return Scan(
        paths=files,
        columns=chosen,
        label=label,
        first_notes=tuple(filter(None, notes)),
        sizes=tuple(source.size for source in sources),
        fast=engine != "pandas" and _has_polars(),
        mark=mark,
        on_progress=on_progress or (lambda share: None),
        judged=judged,
    )


def _is_part_of(note: str, late: str) -> bool:
    """Tell whether a note on how a file is written is repeated by one that says more."""
    start = "Read with "
    parts, more = ({*text.removeprefix(start)[:-1].split(", ")} for text in (note, late))
    return note.startswith(start) and late.startswith(start) and parts < more


@contextmanager
def _named(path: Path, paths: Sequence[Path]) -> Iterator[None]:
    """Prefix errors with the file they are about, where there are several."""
    try:
        yield
    except DataError as error:
        raise error if len(paths) == 1 else DataError(f"In “{path}”: {error}") from None


def _has_polars() -> bool:
    return find_spec("polars") is not None
