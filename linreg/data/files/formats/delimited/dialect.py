"""The dialect of a text table: delimiter, header and decimal mark, as decided from samples.

The rules, in order:

- Encoding: that of a byte order mark, else UTF-8 if all of the text is valid, else Windows-1252.
- Lines above the header that begin with “# repaired: ” are an export's own and become notes, cut
  off after 10,000 characters.
- Delimiter: a first line “sep=;” names it; else comma, semicolon, tab or pipe, whichever gives the
  most rows the width of the first row and the most cells that are numbers. Without one in the
  first row, the file is a single column, unless the rows below show otherwise.
- Where that does not give rows of one width, or something else is unusual, such as a title above
  the table or blanks between columns: another layout is looked for.
- Decimal mark: by a vote of the numbers (`decimal_mark`); without one, that of the other files of
  the table.
- Header: a first row of words, or of numbers of another kind than those below (`judged_header`).
"""

import io
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from linreg.data.files.cells.column_names import judged_header
from linreg.data.files.cells.number_syntax import (
    decimal_mark,
    is_missing,
    is_number,
)
from linreg.data.files.formats.delimited.rows import (
    BLANKS,
    DELIMITERS,
    NO_DELIMITER,
    Layout,
    column_kinds,
    is_plain_table,
    records,
    suits,
    whole_lines,
)
from linreg.errors import DataError

EMPTY_FILE = "The file is empty; choose a CSV file with a header and rows of numbers."
REPAIR_LINE_PREFIX = "# repaired: "  # of lines that an export of the app has above its header
MAX_REPAIR_CHARACTERS = 10_000  # of a line on a repair, as in a problem file
REPAIR_NOTE_PREFIX = "Done before the file was made: "  # of the note on each of these lines


@dataclass(frozen=True)
class Dialect:
    """The decisions on how a text table is written.

    Attributes
    ----------
    layout : Layout
        Where the rows are.
    decimal : str
        The decimal mark, a point or a comma.
    certain : bool
        Whether the vote of `decimal_mark` decided it.
    header : tuple of str or None
        The names of the columns as they stand, or None where the first row is data.
    width : int
        Number of fields in a row.
    is_first_short : bool
        Whether the first row below the header has fewer.
    start : int
        Offset of the first data byte.
    notes : tuple of str
        What was decided, where it differs from plain CSV or could have been otherwise.
    text, numbers : tuple of bool
        Which columns hold text, and which nothing but numbers, in the samples.
    rounded : tuple of bool
        Which of these numbers are too large for float64 to hold every digit.
    quotes : bool
        Whether the samples have cells in quotes.
    markers : tuple of str
        What the samples have in the place of missing values, other than empty cells.
    """

    layout: Layout
    decimal: str
    certain: bool
    header: tuple[str, ...] | None
    width: int
    is_first_short: bool
    start: int
    notes: tuple[str, ...]
    text: tuple[bool, ...]
    numbers: tuple[bool, ...]
    rounded: tuple[bool, ...]
    quotes: bool
    markers: tuple[str, ...]

    @property
    def delimiter(self) -> str:
        """The character between columns."""
        return self.layout.delimiter

    @property
    def style(self) -> list[str]:
        """The parts that are not as in plain CSV, in words."""
        return [*self.layout.style, *(["decimal comma"] if self.decimal == "," else [])]

    @property
    def decisions(self) -> tuple[object, ...]:
        """The decisions that the table depends on."""
        return self.layout, self.decimal, self.header, self.width, self.start, self.notes


_REPAIR_LINES = re.compile(rf"(?:{REPAIR_LINE_PREFIX}[^\r\n]*(?:\r\n?|\n))++".encode())
_SEPARATOR = re.compile(rb'"?sep *= *([,;\t|]) *"?[ ,;\t]*(?:\r?\n|\Z)', re.IGNORECASE)


def lines_of(head: bytes, *, cut: bool) -> tuple[str, int, str | None]:
    """Return the lines below what this app or Excel put above a table.

    Returns
    -------
    str
        The lines, without the last one where it may be cut.
    int
        The bytes above them.
    str or None
        The delimiter that the line “sep=;” names.
    """
    separator = _SEPARATOR.match(head)
    above = separator or _REPAIR_LINES.match(head)
    skip = above.end() if above else 0
    text = _text(whole_lines(head[skip:]) if cut else head[skip:])
    return text, skip, separator[1].decode() if separator else None


def plain_layout(head: bytes, *, cut: bool = False) -> tuple[Layout, bool]:
    """Return the layout of a table without anything above or below, and whether it is that plain.

    Parameters
    ----------
    head : bytes
        The start of the text as UTF-8: at least the first row and its line end.
    cut : bool
        Whether the text goes on behind `head`.

    Raises
    ------
    DataError
        If there is no row, or quotes cannot be matched.
    """
    text, skip, named = lines_of(head, cut=cut)
    layout = Layout(named or _delimiter(text), skip=skip)
    rows = [record.fields for record in records(io.StringIO(text, newline=""), layout)]
    if not rows:
        raise DataError(EMPTY_FILE)
    return layout, is_plain_table(rows)


def sniff(
    head: bytes,
    probes: Sequence[bytes] = (),
    *,
    cut: bool = False,
    mark: str | None = None,
    layout: Layout | None = None,
) -> Dialect:
    """Decide how a table is written from its first 64 kB and a few places further on.

    Parameters
    ----------
    head : bytes
        The start of the text as UTF-8: at least the first row and its line end.
    probes : sequence of bytes
        Whole rows from further on.
    cut : bool
        Whether the text goes on behind `head`.
    mark : str, optional
        The decimal mark where the numbers here do not decide it.
    layout : Layout, optional
        Where the rows are; by default, nothing stands above or below them.

    Returns
    -------
    Dialect
        The decisions; reading verifies them on the whole file.

    Raises
    ------
    DataError
        If there is no row, or quotes cannot be matched.
    """
    layout = layout or plain_layout(head, cut=cut)[0]
    piece = head[layout.skip :] if cut else head[layout.skip : len(head) - layout.footer]
    text = _text(whole_lines(piece) if cut else piece)
    found = list(records(io.StringIO(text, newline=""), layout))
    rows = [record.fields for record in found]
    if layout.row_names or layout.row_numbers:
        rows[0] = [layout.row_names, *rows[0]]
    width = layout.width or len(rows[0])
    kept = slice(layout.row_numbers, width - layout.trailing)
    unit_rows = 1 + layout.units
    judged = [row[kept] for row in (rows[0], *rows[unit_rows:])]
    further = _further(probes, layout, judged[1:], width, kept)
    headed, header_note = judged_header(judged)
    header = tuple(judged[0]) if headed else None
    sample = [*judged[headed:], *further]
    cells = [
        [row[j].strip() for row in sample if j < len(row)] for j in range(len(range(width)[kept]))
    ]
    names = [[name.strip()] for name in header or ()]  # they may be numbers
    between = DELIMITERS.get(layout.delimiter, "nothing")
    decimal, note, certain = decimal_mark([*names, *cells], between)
    if mark and not certain:
        decimal, note = mark, ""
    repaired = _REPAIR_LINES.match(head)
    repairs = _repairs(_text(repaired[0])) if repaired else ()
    notes = tuple(filter(None, (note, *repairs, *layout.notes, header_note)))
    lines = io.StringIO(text, newline="")
    above = [next(lines) for _ in range(found[unit_rows - 1].end if headed else 0)]
    start = layout.skip + len("".join(above).encode())
    columns = column_kinds(sample, len(cells), decimal)
    markers = sorted({cell for row in sample for cell in row if cell and is_missing(cell)})
    quotes = '"' in lines.read() or any(b'"' in rest for rest in probes)
    data = rows[unit_rows if headed else 0 :]
    is_short = bool(data) and len(data[0]) < width
    shape = width, is_short, start
    return Dialect(
        layout, decimal, certain, header, *shape, notes, *columns, quotes, tuple(markers)
    )


def _further(
    probes: Sequence[bytes], layout: Layout, rows: Sequence[Sequence[str]], width: int, kept: slice
) -> list[list[str]]:
    """Return the rows further on, without lines that are parts of a long cell."""
    if not any(probes):
        return []
    numbers = column_kinds(rows, max(map(len, rows), default=0))[1]
    found = (
        record.fields[kept]
        for rest in probes
        for record in records(io.StringIO(_text(rest), newline=""), layout)
        if not any(record.fields[width:])  # a longer row has other quotes, or is refused later
    )
    return [row for row in found if suits(row, numbers)]


def repair_line(repair: str) -> str:
    """Return the line that records a repair above the header of an exported table."""
    return REPAIR_LINE_PREFIX + repair


def is_repair_note(note: str) -> bool:
    """Whether `sniff` noted with these words what was done before the file was made."""
    return note.startswith(REPAIR_NOTE_PREFIX)


def repair_notes(notes: Sequence[str]) -> tuple[str, ...]:
    """Return the repairs made before the file was written, from the notes of `sniff`."""
    return tuple(note.removeprefix(REPAIR_NOTE_PREFIX) for note in filter(is_repair_note, notes))


def _repairs(above: str) -> list[str]:
    """Return the notes on the repairs that lines above the header record."""
    lines = re.split(r"[\r\n]+", above.rstrip("\r\n"))
    repairs = (line.removeprefix(REPAIR_LINE_PREFIX) for line in lines)
    return [REPAIR_NOTE_PREFIX + _shortened(repair) for repair in repairs]


def _shortened(line: str) -> str:
    too_long = len(line) > MAX_REPAIR_CHARACTERS
    return f"{line[: MAX_REPAIR_CHARACTERS - 1]}…" if too_long else line


def _text(piece: bytes) -> str:
    return piece.decode("utf-8", errors="ignore")


def _delimiter(text: str) -> str:
    """Pick the delimiter whose rows agree in width and hold the most numbers."""
    scores: dict[str, tuple[bool, float, int]] = {}
    for delimiter in DELIMITERS:
        if delimiter == BLANKS or delimiter not in text:
            continue
        rows: list[list[str]] = []
        with suppress(DataError):
            found = records(io.StringIO(text, newline=""), Layout(delimiter))
            rows = [record.fields for record in found]
        width = len(rows[0]) if rows else 0
        if width > 1:
            cells = [cell.strip() for row in rows for cell in row]
            agree = sum(len(row) == width for row in rows) / len(rows)
            clean = sum(is_missing(cell) or is_number(cell) for cell in cells) / len(cells)
            scores[delimiter] = (agree == 1, agree + clean, width)
    if scores:
        return max(scores, key=scores.__getitem__)
    below = text.splitlines()[1:]
    if all(is_number(line) or is_missing(line) for line in below):
        return NO_DELIMITER
    counts = {delimiter: sum(delimiter in line for line in below) for delimiter in ",;\t|"}
    commonest = max(counts, key=counts.__getitem__)
    return commonest if counts[commonest] > len(below) / 2 else NO_DELIMITER
