"""`records`: the rows of a text as lists of fields, as its `Layout` says."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from linreg.data.files.cells.number_syntax import (
    are_lists,
    is_missing,
    is_number,
    is_rounded,
    is_value,
)
from linreg.errors import DataError

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "pipes", " ": "blanks"}
BLANKS = " "  # as a delimiter: one or many, and tabs as well
NO_DELIMITER = "\x1f"  # the unit separator: stands for “a single column”
MAX_CELL_CHARACTERS = 1 << 26  # as long as a line may be
COMMENT_MARKS = ("#", "%", "//", "/*")

csv.field_size_limit(MAX_CELL_CHARACTERS)
QUOTED_ROW = re.compile(r'\s*"((?:[^"]|"")*)"[\s,;|]*')


@dataclass(frozen=True)
class Layout:
    """The places of the rows in a text, and what tells their fields apart.

    Attributes
    ----------
    delimiter : str
        The character between columns; `NO_DELIMITER` for a single column, `BLANKS` for blanks.
    quote, escape : str or None
        What stands round a text, and what stands before a quote inside it.
    skip : int
        Bytes above the header, or above the first row.
    units : bool
        Whether the first row below the header has units.
    row_names : str
        A name for the first column, where the header lacks one, as R writes it.
    row_numbers : bool
        Whether that column counts the rows and is left out.
    trailing : int
        Number of empty fields at the end of a row, behind the last column, which are left out.
    comment : str
        What the lines between the rows begin with that are left out; "" if there are none.
    quoted_rows : bool
        Whether rows stand in quotes as a whole.
    footer : int
        Bytes below the last row.
    width : int
        Number of fields in a row; 0 if it is that of the header.
    notes : tuple of str
        What was passed over.
    """

    delimiter: str
    quote: str = '"'
    escape: str | None = None
    skip: int = 0
    units: bool = False
    row_names: str = ""
    row_numbers: bool = False
    trailing: int = 0
    comment: str = ""
    quoted_rows: bool = False
    footer: int = 0
    width: int = 0
    notes: tuple[str, ...] = ()

    @property
    def style(self) -> list[str]:
        """The parts that are not as in plain CSV, in words."""
        is_usual = self.delimiter in (",", NO_DELIMITER)
        return [
            *([] if is_usual else [f"{DELIMITERS[self.delimiter]} between columns"]),
            *(["single quotes"] if self.quote == "'" else []),
            *(["backslashes before quotes"] if self.escape else []),
            *(["whole rows in quotes"] if self.quoted_rows else []),
        ]

    @property
    def has_usual_quotes(self) -> bool:
        """Whether texts stand in double quotes, which are doubled inside, as CSV has it."""
        return self.quote == '"' and not (self.escape or self.quoted_rows)

    def is_comment(self, line: str) -> bool:
        """Tell whether a line is left out as a comment: “#N/A” and the like are missing values."""
        bare = line.lstrip()
        cell = bare.split(self.delimiter, 1)[0].strip(' "\r\n')
        return bool(self.comment) and bare.startswith(self.comment) and not is_missing(cell)

    @property
    def is_plain(self) -> bool:
        """Whether all below the header are rows, written as the standard of CSV has it."""
        return (
            self.delimiter != BLANKS
            and self.has_usual_quotes
            and not self.trailing
            and not (self.footer or self.row_numbers or self.comment)
        )


class Record(NamedTuple):
    """A row, and the number of lines up to its end."""

    fields: list[str]
    end: int


def records(lines: Iterator[str], layout: Layout) -> Iterator[Record]:
    """Yield each row that is not blank."""
    if layout.comment:
        lines = ("\n" if layout.is_comment(line) else line for line in lines)
    if layout.quoted_rows:
        lines = map(unquoted, lines)
    if layout.delimiter == BLANKS:
        lines = (line.replace("\t", " ").strip() + "\n" for line in lines)
    reader = csv.reader(
        lines,
        delimiter=layout.delimiter,
        quotechar=layout.quote,
        escapechar=layout.escape,
        skipinitialspace=True,
    )
    try:
        for row in reader:
            if len(row) > 1 or (row and row[0].strip()):
                yield Record(row, reader.line_num)
    except csv.Error as error:
        raise DataError(
            f"The file could not be read as CSV ({error}); check its quotes."
        ) from error


def unquoted(line: str) -> str:
    """Return a line without the quotes round it as a whole."""
    inside = QUOTED_ROW.fullmatch(line)
    return inside[1].replace('""', '"') + "\n" if inside else line


def in_step(pieces: Sequence[bytes], head: bytes, layout: Layout) -> list[bytes]:
    """Return pieces of a text from their first row on, where they begin inside a cell in quotes.

    Such a cell may have line breaks, and a quote that closes it looks like one that opens another:
    a piece is read both ways, and the one that gives more rows of full width is right.

    Parameters
    ----------
    pieces : sequence of bytes
        Lines from anywhere in the text.
    head : bytes
        The start of the text.
    layout : Layout
    """
    if not any(layout.quote.encode() in piece for piece in pieces):
        return list(pieces)
    top = next(records(iter(_lines(head[layout.skip :])), layout), None)
    width = layout.width or (len(top.fields) if top else 0)
    return [_in_step(piece, layout, width) for piece in pieces]


def _in_step(piece: bytes, layout: Layout, width: int) -> bytes:
    lines = _lines(piece)
    try:
        cell = next(records(iter([layout.quote, *lines]), layout)).end - 1
        behind, whole = (
            sum(len(record.fields) == width for record in records(iter(rest), layout))
            for rest in (lines[cell:], lines)
        )
    except (DataError, StopIteration):
        return piece
    return "".join(lines[cell:]).encode() if behind > whole else piece


def _lines(piece: bytes) -> list[str]:
    return io.StringIO(piece.decode("utf-8", errors="ignore"), newline="").readlines()


def suits(row: Sequence[str], numbers: Sequence[bool]) -> bool:
    """Tell whether a line looks like a row, rather than like a line of a long text.

    Parameters
    ----------
    row : sequence of str
    numbers : sequence of bool
        Which columns hold nothing but numbers elsewhere.
    """
    cells = [cell.strip() for cell, numeric in zip(row, numbers, strict=False) if numeric]
    right = [is_missing(cell) or is_value(cell) for cell in cells]
    is_full = len(row) == len(numbers)
    return not any(numbers) or (any(right) if is_full else bool(right) and all(right))


def is_plain_table(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether nothing in the rows asks for a closer look at their layout."""
    first, second, last, width = rows[0], rows[1 % len(rows)], rows[-1], len(rows[0])
    if any(len(row) != width for row in rows) or first[0].startswith(COMMENT_MARKS):
        return False
    if width == 1:
        return not any(mark in row[0].strip() for row in rows for mark in DELIMITERS)
    return (
        len(rows) > 1
        and all(sum(map(bool, map(str.strip, row))) > 1 for row in (first, last))
        and any(map(str.strip, second))
        and ": " not in last[0]  # as in a note
        and not any(row[0].startswith(COMMENT_MARKS) for row in rows)
        and any(row[-1] for row in rows)
        and not (_has_word_for_number(second, last) or _has_word_for_number(last, second))
        and not any(len(c) > 1 and c[0] == c[-1] == "'" for row in rows for c in row)
    )


def _has_word_for_number(row: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether a row has a word where another one has a number."""
    return any(
        is_number(number) and not is_missing(cell) and not is_number(cell)
        for cell, number in zip(row, other, strict=True)
    )


def whole_lines(piece: bytes) -> bytes:
    """Return a piece of text without its last line, which may be cut."""
    end = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
    return piece[: end + 1] or piece


def column_kinds(
    rows: Sequence[Sequence[str]], width: int, marks: str = ".,"
) -> tuple[tuple[bool, ...], tuple[bool, ...], tuple[bool, ...]]:
    """Tell of each column whether it holds text, numbers and no text, and numbers to be rounded.

    `marks` are the decimal marks that a number may have.
    """
    columns: list[list[str]] = [[] for _ in range(width)]
    text = [False] * width
    for row in rows:
        for j, cell in enumerate(row[:width]):
            if not text[j] and not is_missing(cell):
                columns[j].append(cell.strip())
                text[j] = not is_value(columns[j][-1], marks)
    text = [words or are_lists(cells) for words, cells in zip(text, columns, strict=True)]
    numbers = tuple(bool(cells) and not words for words, cells in zip(text, columns, strict=True))
    rounded = (
        only and any(map(is_rounded, cells)) for only, cells in zip(numbers, columns, strict=True)
    )
    return tuple(text), numbers, tuple(rounded)
