"""Notes on rows of totals, in files that are small enough to be looked at twice."""

import csv
import io
import shlex
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pyarrow.compute as pc  # type: ignore[import-untyped]

from linreg.data.cleaning.findings.summary_rows import SummaryRow, summary_rows
from linreg.data.cleaning.findings.totals_row import sentence_of
from linreg.data.files.formats.detect import PARQUET_SIGNATURE, takes_long
from linreg.data.files.formats.parquet.reader import ParquetReader
from linreg.data.files.read_table import read_table
from linreg.data.files.storage.source import Source
from linreg.data.files.table import Table
from linreg.errors import DataError

MAX_TOTALS_FILE_BYTES, MAX_TOTALS_CELLS = 1 << 23, 1 << 20
MAX_TOTALS_FILES = 20
MAX_TOTALS_COLUMNS = 100
ONE = "It counts as an observation; to leave it out, "
SEVERAL = "They count as observations; to leave them out, "
OTHERWISE = "repair the table in the app, on the page Data, and download its rows"


def totals_notes(
    files: Sequence[Path], groups: str | None, left_out: Collection[str]
) -> Iterator[str]:
    """Yield a note for each file that has rows of totals, and say how to leave them out.

    Parameters
    ----------
    files : sequence of Path
    groups : str or None
        The column whose values name groups of rows.
    left_out : collection of str
        The groups that do not count.
    """
    for path in files[:MAX_TOTALS_FILES]:
        table = _small_table(path)
        if table is None:
            continue
        names = [*table.columns][:MAX_TOTALS_COLUMNS]
        found = [
            row
            for row in summary_rows(table, names, table.text[:MAX_TOTALS_COLUMNS])
            if not _is_left_out(table, row, groups, left_out)
        ]
        if found:
            place = "" if len(files) == 1 else f"In “{path}”: "
            remedy = _remedy(table, found, groups)
            yield f"{place}{sentence_of(table, found)} {remedy}."


def _small_table(path: Path) -> Table | None:
    """Read a file, unless that would take long or the pass over its rows reports why it fails."""
    with suppress(DataError, OSError):
        if path.is_file() and path.stat().st_size <= MAX_TOTALS_FILE_BYTES:
            content = path.read_bytes()
            if _is_small_parquet(content) or not takes_long(content):
                return read_table(content)
    return None


def _is_small_parquet(content: bytes) -> bool:
    """Tell whether a file is Parquet with few cells: in the app any such is read apart."""
    if not content.startswith(PARQUET_SIGNATURE):
        return False
    reader = ParquetReader.of(Source.of(content))
    return reader.n * len(reader.names) <= MAX_TOTALS_CELLS


def _is_left_out(
    table: Table, row: SummaryRow, groups: str | None, left_out: Collection[str]
) -> bool:
    if groups is None or groups not in table.texts:
        return False
    return (table.texts[groups][row.place].as_py() or "") in left_out


def _remedy(table: Table, found: Sequence[SummaryRow], groups: str | None) -> str:
    return (ONE if len(found) == 1 else SEVERAL) + (_options(table, found, groups) or OTHERWISE)


def _options(table: Table, found: Sequence[SummaryRow], groups: str | None) -> str:
    """Return the options that leave out these rows and no others, if there are any."""
    labels = {row.label for row in found}
    columns = {label[0] for label in labels if label}
    if None in labels or len(columns) != 1 or groups not in (None, *columns):
        return ""
    (column,), cells = columns, [label[1] for label in labels if label]
    called = sum(pc.sum(pc.equal(table.texts[column], cell)).as_py() for cell in cells)
    if called != len(found):
        return ""
    values = shlex.quote(_as_list(sorted(cells)))
    return f"add --groups {shlex.quote(column)} --leave-out {values}"


def _as_list(names: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(names)
    return line.getvalue()
