"""`wide_blocks`: few but wide rows, whose cells are converted all at once.

What pandas does for each column of a chunk takes longer than the cells of a short column.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

from linreg.data.files.cells.convert import Cells, to_strings
from linreg.data.files.formats.delimited.encoding import Utf8Stream
from linreg.data.files.formats.delimited.rows import BLANKS, NO_DELIMITER, Layout

MIN_WIDE_COLUMNS = 1000
MAX_WIDE_BLOCK_ROWS = 150  # with more rows at a time pandas is as fast
WIDE_BLOCK_BYTES = 1 << 23  # converted at a time: the cells take twenty times as much


class NotWide(Exception):
    """Raised for rows that pandas has to read: they are many, or not plain."""


def is_plain(layout: Layout) -> bool:
    """Tell whether rows of this layout are nothing but cells with delimiters between them."""
    return layout.delimiter not in (BLANKS, NO_DELIMITER) and not (
        layout.escape or layout.row_names or layout.row_numbers or layout.trailing
    )


def wide_blocks(
    text: Utf8Stream, delimiter: str, quote: str, width: int
) -> Iterator[list[list[str]]]:
    """Yield rows as lists of cells, some megabytes at a time.

    Raises
    ------
    NotWide
        If they are many, one has another width, or a cell is in quotes.
    """
    pieces: list[bytes] = []
    size = 0
    for piece in text:
        pieces.append(piece)
        size += len(piece)
        if size >= WIDE_BLOCK_BYTES and b"\n" in piece:
            whole = b"".join(pieces)
            end = whole.rfind(b"\n") + 1  # behind CR LF, where lines end so
            yield _rows(whole[:end], delimiter, quote, width)
            pieces, size = [whole[end:]], len(whole) - end
    if rows := _rows(b"".join(pieces), delimiter, quote, width):
        yield rows


def _rows(block: bytes, delimiter: str, quote: str, width: int) -> list[list[str]]:
    lines = [line for line in block.decode().replace("\r\n", "\n").split("\n") if line]
    if len(lines) > MAX_WIDE_BLOCK_ROWS or quote.encode() in block:
        raise NotWide
    rows = [line.split(delimiter) for line in lines]
    if any(len(row) != width for row in rows):
        raise NotWide
    return rows


def columns_of(
    rows: Sequence[Sequence[str]], names: Sequence[str], text: Collection[str], decimal: str
) -> Mapping[str, Cells]:
    """Return the columns of some rows: numbers where all cells are plain ones, else strings.

    Parameters
    ----------
    rows : sequence of sequences of str
    names : sequence of str
        The name of each column.
    text : collection of str
        Columns that are strings in any case.
    decimal : str
        The decimal mark.
    """
    n = len(rows)
    cells = to_strings(list(chain.from_iterable(zip(*rows, strict=True))))
    values, plain = _numbers(cells, decimal)
    values, are_plain = values.reshape(-1, n), plain.reshape(-1, n).all(axis=1).tolist()
    return {
        name: values[j] if are_plain[j] and name not in text else cells.slice(j * n, n)
        for j, name in enumerate(names)
    }


def _numbers(cells: Any, decimal: str) -> tuple[Any, Any]:
    """Return the plain numbers among cells, NaN elsewhere, and which are plain or missing."""
    mark = rf"\{decimal}"
    pattern = rf"^[+-]?(?:\d+{mark}?\d*|{mark}\d+)(?:[eE][+-]?\d+)?$"
    plain = pc.match_substring_regex(cells, pattern)
    bare = pc.utf8_ltrim(pc.if_else(plain, cells, None), "+")
    if decimal != ".":
        bare = pc.replace_substring(bare, decimal, ".")
    values = pc.cast(bare, pa.float64()).to_numpy(zero_copy_only=False)
    return np.array(values, dtype=float), np.asarray(pc.fill_null(plain, True))
