"""How a text table is written: encoding, delimiter, header, decimal mark. Decided, and said.

The rules, in order:

- Encoding: a byte order mark decides; then UTF-8 if the whole file is valid; else Windows-1252.
- Delimiter: a first line “sep=;” says it; else comma, semicolon, tab or pipe, whichever gives the
  most rows the width of the first row and the most cells that are numbers. Without one in the
  first row, the file is a single column, unless the rows below show otherwise.
- Decimal mark: numbers that can be read in one way only decide, by majority. “1,234” can be
  read in two ways: alone, it is 1.234 between semicolons and 1234 otherwise.
- Header: the first row, unless it contains a number and none of its words stands above numbers.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SAMPLE = 1 << 16  # bytes read to decide; the rest is verified while it is read
PROBES = 8  # further places where numbers are looked at, spread over the file
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes"}
NO_DELIMITER = "\x1f"  # the unit separator: stands for “a single column”
MISSING = frozenset({"", "na", "n/a", "nan", "null", "none", "-", "?", "#n/a", "<na>"})
SPACES = " \u00a0\u2009\u202f"  # plain, no-break, thin, narrow no-break
SIGNATURES = {
    b"PK\x03\x04": "a zip archive; take the table out of it, and save it as CSV",
    b"\xd0\xcf\x11\xe0": "an Excel file; in Excel, save it as CSV",
    b"\x1f\x8b": "compressed with gzip; unpack it first",
    b"PAR1": "a Parquet file; save the table as CSV",
    b"ARROW1": "an Arrow file; save the table as CSV",
    b"\x89PNG": "a PNG picture; a table as CSV is needed",
    b"\xff\xd8\xff": "a JPEG picture; a table as CSV is needed",
    b"%PDF": "a PDF document; a table as CSV is needed",
}


class TableError(ValueError):
    """A table that cannot be used; the message is the sentence a user reads."""


@dataclass(frozen=True)
class Dialect:
    """How the table is written.

    Attributes
    ----------
    delimiter : str
        The character between columns; `NO_DELIMITER` for a single column.
    decimal : str
        The decimal mark, a point or a comma.
    header : tuple of str or None
        The fields of the first row as they stand, or None where the first row is data.
    width : int
        Number of fields in the first row.
    start : int
        Offset of the first data byte.
    notes : tuple of str
        What was decided, where it differs from plain CSV or could have been otherwise.
    """

    delimiter: str
    decimal: str
    header: tuple[str, ...] | None
    width: int
    start: int
    notes: tuple[str, ...]


def number_pattern(decimal: str) -> str:
    """Return a regular expression (for `re` and RE2 alike) of a number, thousands allowed.

    Parameters
    ----------
    decimal : str
        The decimal mark, a point or a comma.

    Returns
    -------
    str
        A pattern for the whole cell, without anchors.
    """
    mark, other = (r"\.", ",") if decimal == "." else (",", r"\.")
    groups = "|".join(rf"(?:{sep}\d{{3}})+" for sep in (other, f"[{SPACES}]", "['’]"))
    digits = rf"(?:\d+|[1-9]\d{{0,2}}(?:{groups}))(?:{mark}\d*)?|{mark}\d+"
    blank = rf"[\s{SPACES}]*"
    return rf"{blank}[+\-−]?(?:(?:{digits})(?:[eE][+-]?\d+)?|[Ii]nf(?:inity)?){blank}"


_POINT, _COMMA = (re.compile(number_pattern(decimal)) for decimal in ".,")


def decode(data: bytes) -> tuple[bytes, str]:
    """Refuse what is not text; make the rest UTF-8, without a byte order mark or lone CR line ends.

    Parameters
    ----------
    data : bytes
        The whole file.

    Returns
    -------
    bytes
        The same text as UTF-8.
    str
        The name of the encoding it was in.

    Raises
    ------
    TableError
        If the file is empty, binary, or ends in the middle of a character.
    """
    if not data or data.isspace():
        raise TableError("The file is empty; choose a CSV file with a header and rows of numbers.")
    for signature, what in SIGNATURES.items():
        if data.startswith(signature):
            if b"xl/" in data and signature[:2] == b"PK":
                what = SIGNATURES[b"\xd0\xcf\x11\xe0"]
            raise TableError(f"The file is not text: it is {what}.")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return _line_ends(data.decode("utf-16").encode()), "UTF-16"
        except UnicodeError:
            raise TableError(
                "The file is cut off or damaged: it starts as UTF-16 text but does not stay so; "
                "save it again as CSV in UTF-8."
            ) from None
    data = data.removeprefix(codecs.BOM_UTF8)
    if (at := data.find(b"\0")) >= 0:
        raise TableError(
            f"The file is not text: byte {at + 1} is zero; save the table as CSV in UTF-8."
        )
    if data.isascii() or _is_utf8(data):
        return _line_ends(data), "UTF-8"
    try:
        return _line_ends(data.decode("cp1252").encode()), "Windows-1252"
    except UnicodeError:
        return _line_ends(data.decode("latin-1").encode()), "Latin-1"


def _line_ends(data: bytes) -> bytes:
    """Turn CR into LF where it is the only line end: pandas trips over its blank lines."""
    return data if b"\n" in data else data.replace(b"\r", b"\n")


def _is_utf8(data: bytes) -> bool:
    """Tell whether all of it is UTF-8, a piece at a time so that no second copy is held."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), 1 << 20):
            decoder.decode(data[at : at + (1 << 20)])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def sniff(data: bytes) -> Dialect:
    """Decide how a table is written from its first 64 kB and a few places further on.

    Parameters
    ----------
    data : bytes
        UTF-8 text, as `decode` returns it.

    Returns
    -------
    Dialect
        The decisions; reading verifies them on the whole file.
    """
    told = re.match(rb"sep=([,;\t|])\r?\n?", data)
    skip = told.end() if told else 0
    line_end = re.compile(rb"[\r\n]|\Z").search(data, skip)
    size = max(SAMPLE, 2 * line_end.end() if line_end else 0)  # at least the whole header
    lines = _whole_lines(data[skip : skip + size], cut=len(data) > skip + size)
    delimiter = told[1].decode() if told else _delimiter(lines)
    rows = _rows(lines, delimiter)
    if not rows:
        raise TableError("The file is empty; choose a CSV file with a header and rows of numbers.")
    probes = [row for text in _probes(data) for row in _rows(text, delimiter)]
    cells = [cell.strip() for row in rows[1:] + probes for cell in row]
    decimal, note = _decimal([*cells, *rows[0]], delimiter)
    header = tuple(rows[0]) if _has_header(rows) else None
    notes = [note] if note else []
    if header is None:
        notes.append(
            "The first row contains numbers, so it was read as data: the columns are called "
            "“column 1”, “column 2” and so on."
        )
    start = skip + (_length_of_first_row(lines, delimiter) if header else 0)
    return Dialect(delimiter, decimal, header, len(rows[0]), start, tuple(notes))


def records(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    """Yield the fields of each row that is not blank."""
    try:
        for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True):
            if len(row) > 1 or (row and row[0].strip()):
                yield row
    except csv.Error as error:
        raise TableError(
            f"The file could not be read as CSV ({error}); check its quotes."
        ) from error


def is_number(cell: str) -> bool:
    """Tell whether a cell is a number with a decimal point or with a decimal comma."""
    return bool(_POINT.fullmatch(cell) or _COMMA.fullmatch(cell))


def _whole_lines(piece: bytes, *, cut: bool) -> str:
    """Decode a piece of the file, without its last line where that was cut."""
    if cut:
        end = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
        piece = piece[: end + 1] or piece
    return piece.decode("utf-8", errors="ignore")


def _probes(data: bytes) -> Iterator[str]:
    """Yield whole lines from places spread over the file behind the sample."""
    step, size = len(data) // (PROBES + 1), SAMPLE // PROBES
    for at in range(step, len(data), step or 1):
        if at > SAMPLE:
            text = _whole_lines(data[at : at + size], cut=True)
            yield "".join(text.splitlines(keepends=True)[1:])


def _rows(text: str, delimiter: str) -> list[list[str]]:
    return list(records(io.StringIO(text, newline=""), delimiter))


def _delimiter(text: str) -> str:
    """Pick the delimiter whose rows agree in width and hold the most numbers."""
    scores: dict[str, tuple[float, int]] = {}
    for delimiter in DELIMITERS:
        rows = _rows(text, delimiter)
        width = len(rows[0]) if rows else 0
        if width > 1:
            cells = [cell.strip() for row in rows for cell in row]
            agree = sum(len(row) == width for row in rows) / len(rows)
            clean = sum(cell.lower() in MISSING or is_number(cell) for cell in cells) / len(cells)
            scores[delimiter] = (agree + clean, width)
    if scores:
        return max(scores, key=scores.__getitem__)
    below = text.splitlines()[1:]
    if all(is_number(line) or line.strip().lower() in MISSING for line in below):
        return NO_DELIMITER
    counts = {delimiter: sum(delimiter in line for line in below) for delimiter in DELIMITERS}
    commonest = max(counts, key=counts.__getitem__)
    return commonest if counts[commonest] > len(below) / 2 else NO_DELIMITER


def _decimal(cells: Sequence[str], delimiter: str) -> tuple[str, str]:
    """Return the decimal mark, and a sentence where the numbers alone did not decide it."""
    votes, open_cells = 0, []
    for cell in cells:
        if "," in cell or "." in cell:
            point, comma = bool(_POINT.fullmatch(cell)), bool(_COMMA.fullmatch(cell))
            votes += point - comma
            if point and comma:
                open_cells.append(cell)
    if votes or not open_cells:
        return ("," if votes < 0 else "."), ""
    example = next((cell for cell in open_cells if "," in cell), open_cells[0])
    semicolon = delimiter == ";"
    decimal = "," if semicolon and "," in example else "."
    mark = "comma" if "," in example else "point"
    if mark == "point" and not semicolon:
        return decimal, ""  # three digits behind a decimal point are nothing unusual
    as_decimal = semicolon or mark == "point"
    value = example.replace(",", "." if as_decimal else "")
    role = f"a decimal {mark}" if as_decimal else "a comma between thousands"
    between = DELIMITERS.get(delimiter, "nothing")
    return decimal, (
        f"“{example}” was read as {value}, with {role}, because {between} stand between columns "
        "and no other number decides it."
    )


def _has_header(rows: Sequence[Sequence[str]]) -> bool:
    first = [cell.strip() for cell in rows[0]]
    if not any(is_number(cell) for cell in first):
        return True
    return any(
        cell.lower() not in MISSING and not is_number(cell) and _is_numeric(rows[1:], j)
        for j, cell in enumerate(first)
    )


def _is_numeric(rows: Sequence[Sequence[str]], j: int) -> bool:
    """Tell whether column j holds numbers, and nothing else but missing values."""
    cells = [row[j].strip() for row in rows if j < len(row)]
    present = [cell for cell in cells if cell.lower() not in MISSING]
    return bool(present) and all(is_number(cell) for cell in present)


def _length_of_first_row(text: str, delimiter: str) -> int:
    """Count the bytes up to the end of the first row that is not blank, its line end included."""
    used = 0

    def lines() -> Iterator[str]:
        nonlocal used
        for line in io.StringIO(text, newline=""):
            used += len(line.encode())
            yield line

    next(records(lines(), delimiter))
    return used
