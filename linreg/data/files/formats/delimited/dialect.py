"""The dialect of a text table: delimiter, header and decimal mark, as decided from samples.

The rules, in order:

- Encoding: that of a byte order mark, else UTF-8 if all of the text is valid, else Windows-1252.
- Lines above the header that begin with “# repaired: ” are an export's own and become notes, cut
  off after 10,000 characters.
- Delimiter: a first line “sep=;” names it; else comma, semicolon, tab or pipe, whichever gives the
  most rows the width of the first row and the most cells that are numbers. Without one in the
  first row, the file is a single column, unless the rows below show otherwise.
- Decimal mark: by a vote of the numbers (`decimal_mark`); without one, that of the other files of
  the table.
- Header: a first row of words, or of numbers of another kind than those below (`judged_header`).
"""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from linreg.data.files.cells.number_syntax import (
    COMMA,
    POINT,
    are_lists,
    is_missing,
    is_number,
    is_rounded,
    is_value,
)
from linreg.data.files.formats.delimited.header import judged_header
from linreg.errors import DataError

EMPTY_FILE = "The file is empty; choose a CSV file with a header and rows of numbers."
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
REPAIR_LINE_PREFIX = "# repaired: "  # of lines that an export of the app has above its header
MAX_REPAIR_CHARACTERS = 10_000  # of a line on a repair, as in a problem file
REPAIR_NOTE_PREFIX = "Done before the file was made: "  # of the note on each of these lines
NO_DELIMITER = "\x1f"  # the unit separator: stands for “a single column”


@dataclass(frozen=True)
class Dialect:
    """The decisions on how a text table is written.

    Attributes
    ----------
    delimiter : str
        The character between columns; `NO_DELIMITER` for a single column.
    decimal : str
        The decimal mark, a point or a comma.
    certain : bool
        Whether the vote of `decimal_mark` decided it.
    header : tuple of str or None
        The fields of the first row as they stand, or None where the first row is data.
    width : int
        Number of fields in the first row.
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

    delimiter: str
    decimal: str
    certain: bool
    header: tuple[str, ...] | None
    width: int
    start: int
    notes: tuple[str, ...]
    text: tuple[bool, ...]
    numbers: tuple[bool, ...]
    rounded: tuple[bool, ...]
    quotes: bool
    markers: tuple[str, ...]


_REPAIR_LINES = re.compile(rf"(?:{REPAIR_LINE_PREFIX}[^\r\n]*(?:\r\n?|\n))++".encode())


def sniff(
    head: bytes, probes: Sequence[bytes] = (), *, cut: bool = False, mark: str | None = None
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

    Returns
    -------
    Dialect
        The decisions; reading verifies them on the whole file.

    Raises
    ------
    DataError
        If there is no row, or quotes cannot be matched.
    """
    separator = re.match(rb"sep=([,;\t|])\r?\n?", head)
    repaired = _REPAIR_LINES.match(head)
    skip = separator.end() if separator else repaired.end() if repaired else 0
    lines = _text(whole_lines(head[skip:]) if cut else head[skip:])
    delimiter = separator[1].decode() if separator else _delimiter(lines)
    rows = _rows(lines, delimiter)
    if not rows:
        raise DataError(EMPTY_FILE)
    further = [row for rest in probes for row in _rows(_text(rest), delimiter)]
    cells = [cell.strip() for row in rows[1:] + further for cell in row]
    decimal, note, certain = decimal_mark([*cells, *rows[0]], delimiter)
    if mark and not certain:
        decimal, note = mark, ""
    headed, header_note = judged_header(rows)
    header = tuple(rows[0]) if headed else None
    notes: tuple[str, ...] = (note,) if note else ()
    if repaired:
        above = re.split(r"[\r\n]+", _text(repaired[0]).rstrip("\r\n"))
        repairs = [_shortened(line.removeprefix(REPAIR_LINE_PREFIX)) for line in above]
        notes += tuple(REPAIR_NOTE_PREFIX + repair for repair in repairs)
    notes += (header_note,) if header_note else ()
    start = skip + (_length_of_first_row(lines, delimiter) if header else 0)
    sample = [*(rows[1:] if header else rows), *further]
    width = len(rows[0])
    kinds = _kinds(sample, width)
    markers = sorted({cell for row in sample for cell in row if cell and is_missing(cell)})
    quotes = '"' in lines[start - skip :] or any(b'"' in rest for rest in probes)
    samples = *kinds, quotes, tuple(markers)
    return Dialect(delimiter, decimal, certain, header, width, start, notes, *samples)


def repair_line(repair: str) -> str:
    """Return the line that records a repair above the header of an exported table."""
    return REPAIR_LINE_PREFIX + repair


def is_repair_note(note: str) -> bool:
    """Whether `sniff` noted with these words what was done before the file was made."""
    return note.startswith(REPAIR_NOTE_PREFIX)


def repair_notes(notes: Sequence[str]) -> tuple[str, ...]:
    """Return the repairs made before the file was written, from the notes of `sniff`."""
    return tuple(note.removeprefix(REPAIR_NOTE_PREFIX) for note in filter(is_repair_note, notes))


def records(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the fields of each row that is not blank."""
    try:
        for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True):
            if len(row) > 1 or (row and row[0].strip()):
                yield row
    except csv.Error as error:
        raise DataError(
            f"The file could not be read as CSV ({error}); check its quotes."
        ) from error


def whole_lines(piece: bytes) -> bytes:
    """Return a piece of text without its last line, which may be cut."""
    end = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
    return piece[: end + 1] or piece


def _shortened(line: str) -> str:
    too_long = len(line) > MAX_REPAIR_CHARACTERS
    return f"{line[: MAX_REPAIR_CHARACTERS - 1]}…" if too_long else line


def _text(piece: bytes) -> str:
    return piece.decode("utf-8", errors="ignore")


def _rows(text: str, delimiter: str) -> list[list[str]]:
    return list(records(io.StringIO(text, newline=""), delimiter))


def _delimiter(text: str) -> str:
    """Pick the delimiter whose rows agree in width and hold the most numbers."""
    scores: dict[str, tuple[float, int]] = {}
    for delimiter in DELIMITERS:
        rows: list[list[str]] = []
        with suppress(DataError):  # a long row without this delimiter, as a single field
            rows = _rows(text, delimiter)
        width = len(rows[0]) if rows else 0
        if width > 1:
            cells = [cell.strip() for row in rows for cell in row]
            agree = sum(len(row) == width for row in rows) / len(rows)
            clean = sum(is_missing(cell) or is_number(cell) for cell in cells) / len(cells)
            scores[delimiter] = (agree + clean, width)
    if scores:
        return max(scores, key=scores.__getitem__)
    below = text.splitlines()[1:]
    if all(is_number(line) or is_missing(line) for line in below):
        return NO_DELIMITER
    counts = {delimiter: sum(delimiter in line for line in below) for delimiter in DELIMITERS}
    commonest = max(counts, key=counts.__getitem__)
    return commonest if counts[commonest] > len(below) / 2 else NO_DELIMITER


def decimal_mark(cells: Sequence[str], delimiter: str) -> tuple[str, str, bool]:
    """Return the decimal mark, a note where it is a guess, and whether a vote decided it.

    A cell that is a number with one of the marks only votes for it, and the majority decides. Cells
    such as 1,234 are numbers with either mark and do not vote. If they are all there is, the first
    with a comma, else the first, is read by what stands between columns, which is "" for formats
    other than text:

    ===================  ============  ========================  ====
    cells                between       decimal mark              note
    ===================  ============  ========================  ====
    1.5, 2.25 and “1,5”  anything      point, by 2 votes to 1    no
    “1,234”              semicolons    comma, so it is 1.234     yes
    “1,234”              others        point, so it is 1234      yes
    1.234                semicolons    point                     yes
    1.234                others        point                     no
    ===================  ============  ========================  ====
    """
    votes, open_cells = 0, []
    for cell in cells:
        if "," in cell or "." in cell:
            by_point, by_comma = bool(POINT.fullmatch(cell)), bool(COMMA.fullmatch(cell))
            votes += by_point - by_comma
            if by_point and by_comma:
                open_cells.append(cell)
    if votes or not open_cells:
        return ("," if votes < 0 else "."), "", votes != 0
    example = next((cell for cell in open_cells if "," in cell), open_cells[0])
    comma = "," in example
    if delimiter == ";":
        decimal, value = "," if comma else ".", example.replace(",", ".")
        role = f"a decimal {'comma' if comma else 'point'}"
    elif comma:
        decimal, value, role = ".", example.replace(",", ""), "a comma between thousands"
    else:  # three digits behind a decimal point are nothing unusual
        return ".", "", False
    between = DELIMITERS.get(delimiter, "nothing")
    why = f"because {between} stand between columns and" if delimiter else "as"
    note = f"“{example}” was read as {value}, with {role}, {why} no other number decides it."
    return decimal, note, False


def _kinds(
    rows: Sequence[Sequence[str]], width: int
) -> tuple[tuple[bool, ...], tuple[bool, ...], tuple[bool, ...]]:
    """Tell of each column whether it holds text, numbers and no text, and numbers to be rounded."""
    columns: list[list[str]] = [[] for _ in range(width)]
    text = [False] * width
    for row in rows:
        for j, cell in enumerate(row[:width]):
            if not text[j] and not is_missing(cell):
                columns[j].append(cell.strip())
                text[j] = not is_value(columns[j][-1])
    text = [words or are_lists(cells) for words, cells in zip(text, columns, strict=True)]
    numbers = tuple(bool(cells) and not words for words, cells in zip(text, columns, strict=True))
    rounded = (
        only and any(map(is_rounded, cells)) for only, cells in zip(numbers, columns, strict=True)
    )
    return tuple(text), numbers, tuple(rounded)


def _length_of_first_row(text: str, delimiter: str) -> int:
    """Count the bytes up to the end of the first row that is not blank, its line end included."""
    lines = io.StringIO(text, newline="")
    next(records(lines, delimiter))
    return len(text[: lines.tell()].encode())
