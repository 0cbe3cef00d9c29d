"""The body of a table: `with_footer` and `end_of_table` find its end, `Body` streams it."""

import io
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from linreg.data.files.cells.number_syntax import is_number
from linreg.data.files.formats.delimited.encoding import Utf8Stream
from linreg.data.files.formats.delimited.layout.above import Rows, few_lines, is_word
from linreg.data.files.formats.delimited.rows import BLANKS, Layout, records, unquoted
from linreg.data.files.storage.source import Handle
from linreg.errors import DataError

MAX_FOOTER_LINES = 50
TOTAL = re.compile(
    r"(?:grand |sub)?-?totals?|sum|sums|averages?|avg\.?|means?|median|summe|gesamt|durchschnitt|"
    r"min(?:imum|\.)?|max(?:imum|\.)?|counts?|std(?:\.? ?dev)?\.?|s\.?d\.?|"
    r"standard deviation|mittelwert|anzahl",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"(?:[*†‡§©#%(\[]|//|--|==|__|\d\)).*|[^\W\d][\w .-]{0,40}: .*|(?:\S+\s+){4,}\S.*|"
    r"(?:sources?|notes?|end of|generated|exported|copyright|quelle|stand)\b.*",
    re.IGNORECASE | re.DOTALL,
)
NOTE_AND_MORE = re.compile(  # the first cell of a note with delimiters in it
    r"(?:[*†‡§©#%]+|//|--)\s*[^\W\d]{3}.*|[^\W\d][\w .-]{0,40}:(?: .*)?|(?:\S+\s+){4,}\S.*|"
    r"(?:sources?|notes?|end of|generated|exported|copyright|quelle|stand|hinweis)\b.*",
    re.IGNORECASE | re.DOTALL,
)


def with_footer(layout: Layout, tail: bytes, *, is_all: bool) -> Layout:
    """Return the layout with what stands below the last row of the table, if anything does.

    A row that lacks cells is not below the table as long as its cells suit their columns: it may be
    short, or cut off.

    Parameters
    ----------
    layout : Layout
    tail : bytes
        Whole lines from the end of the text, as UTF-8.
    is_all : bool
        Whether these are all lines from the header on.
    """
    lines = list(io.StringIO(tail.decode("utf-8", errors="ignore"), newline=""))
    try:
        found = list(records(iter(lines), layout))
    except DataError:
        return layout
    rows = [[cell.strip() for cell in record.fields] for record in found]
    counts = Counter(map(len, rows)).most_common()
    if len(rows) < 2 or counts[0][1] < len(rows) / 2:
        return layout
    width = max(w for w, times in counts if times == counts[0][1])
    spaced = [f"{layout.delimiter} " in lines[record.end - 1] for record in found]
    is_usually_spaced = any(spaced[: (len(rows) + 1) // 2])
    prose = {
        k
        for k, row in enumerate(rows)
        if len(row) == width > 1
        and spaced[k]
        and not is_usually_spaced
        and NOTE_AND_MORE.fullmatch(row[0])
    }
    after_blank = {
        k
        for k in range(1, len(rows))
        if not lines[found[k - 1].end].strip() or not any(rows[k - 1])
    }
    texts = [" ".join(row) if layout.delimiter == BLANKS else row[0] for row in rows]
    end = end_of_table(rows, width, after_blank, is_all=is_all, texts=texts, prose=prose)
    below = lines[found[end - 1].end :]
    passed = [line.strip() for line in below if line.strip(" \t\r\n,;|")]
    if end == len(rows) or not passed or len(below) > MAX_FOOTER_LINES:  # as of an open quote
        return layout
    were = "The last line was" if len(passed) == 1 else f"The last {len(passed)} lines were"
    note = f"{were} passed over: {few_lines(passed)}."
    size = len("".join(below).encode())
    return replace(layout, footer=size, notes=(*layout.notes, note))


def end_of_table(
    rows: Rows,
    width: int,
    after_blank: Collection[int],
    *,
    is_all: bool,
    texts: Sequence[str] = (),
    prose: Collection[int] = (),
) -> int:
    """Return how many rows belong to a table; what follows them stands below it.

    Parameters
    ----------
    rows : list of list of str
        The last rows, without blanks round their cells.
    width : int
        Number of cells in a row of the table.
    after_blank : collection of int
        The rows that follow a blank one.
    is_all : bool
        Whether these are all rows from the header on.
    texts : sequence of str, optional
        Each row as a text, if that is more than its first cell.
    prose : collection of int, optional
        The rows that are notes with delimiters in them, by the blanks behind these.
    """
    full = [
        row
        for row in rows[is_all:]
        if len(row) == width and sum(map(bool, row)) > min(width, 2) - 1
    ]
    names = [row[0] for row in full if not _is_total(row)]
    is_first_numeric = sum(map(is_number, names)) > len(names) / 2
    has_no_notes = not any(NOTE.fullmatch(row[0]) for row in full if any(row[1:]))
    is_numeric = is_first_numeric and width > 1
    end = len(rows)
    for k in range(len(rows) - 1, max(len(rows) - 1 - MAX_FOOTER_LINES, is_all), -1):
        row = rows[k]
        if not any(row):
            continue
        if k in prose:
            end = k
            continue
        if not _may_be_below(row, width, is_first_numeric=is_first_numeric):
            break
        text = texts[k] if texts else row[0]
        if is_numeric or k in after_blank or (has_no_notes and NOTE.fullmatch(text)):
            end = k
    while end < len(rows) and end > 1 and not any(rows[end - 1]):
        end -= 1
    return end


def _may_be_below(row: Sequence[str], width: int, *, is_first_numeric: bool) -> bool:
    """Tell whether a row at the end begins with a word and is not a row of the table."""
    if not is_word(row[0]):
        return False
    alone = not any(row[1:])
    if len(row) == width > 1:
        return alone or (
            is_first_numeric and (_is_total(row) or bool(NOTE_AND_MORE.fullmatch(row[0])))
        )
    return True


def _is_total(row: Sequence[str]) -> bool:
    return bool(TOTAL.fullmatch(row[0].rstrip(": ")))


class Body(Utf8Stream):
    """A text without what stands below its table, comments, and quotes round whole rows.

    Parameters
    ----------
    file, encoding, longest
        As for `Utf8Stream`.
    layout : Layout
        What is left out.
    """

    def __init__(self, file: Handle, encoding: str, longest: int | None, layout: Layout) -> None:
        super().__init__(file, encoding, longest)
        self._layout = layout
        self._waiting = b""  # perhaps below the table, or the start of a line
        self._is_above = False
        self._has_odd_lines = layout.quoted_rows or bool(layout.comment)

    def skip(self, size: int) -> None:
        """Pass over `size` bytes of UTF-8, as they are written."""
        self._is_above = True
        super().skip(size)
        self._is_above = False

    def read(self, size: int = 1 << 20) -> bytes:
        """Return up to about `size` bytes; none only at the end."""
        while True:
            block = super().read(size)
            if self._is_above:
                return block
            text = self._waiting + block
            end = len(text) - self._layout.footer
            if self._has_odd_lines and block:
                end = text.rfind(b"\n", 0, max(end, 0)) + 1
            self._waiting = text[max(end, 0) :]
            if end > 0:
                return self._bare(text[:end])
            if not block:
                return b""

    def _bare(self, text: bytes) -> bytes:
        if not self._has_odd_lines:
            return text
        lines = io.StringIO(text.decode(), newline="")
        kept = (line for line in lines if not self._layout.is_comment(line))
        return "".join(map(unquoted, kept) if self._layout.quoted_rows else kept).encode()
