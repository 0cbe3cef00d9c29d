"""`Utf8Stream`: any text as UTF-8, checked while it streams past.

A byte order mark decides the encoding; then UTF-8 if all of the text is valid; else Windows-1252,
else Latin-1. Whether all is valid shows only at the end, so reading starts over, with
`next_encoding`, where a guess turns out wrong.
"""

import codecs
import re
from collections.abc import Callable, Iterator

from linreg.data.files.formats.delimited.dialect import EMPTY_FILE, REPAIR_LINE_PREFIX
from linreg.data.files.storage.source import Handle
from linreg.errors import DataError
from linreg.text.numbers import count

UTF8 = "UTF-8"
UTF16 = "UTF-16"
LONE_CR = re.compile(rb"\r(?!\n)")
MIN_READ_BYTES, MAX_READ_BYTES = 1 << 16, 1 << 20  # bytes read at a time
MAX_BYTES_ABOVE = 1 << 22  # of blank lines, and of lines on repairs, above the first row
MAX_START_BYTES = 1 << 26  # of rows that are long
MAX_QUOTED_BYTES = 1 << 24  # of a row with line breaks in quotes: longer ones are open quotes
LINES_ABOVE = re.compile(rf"(?:(?:{REPAIR_LINE_PREFIX}[^\n]*+|[^\S\n]*+)\n)*+".encode())
BLANK_REST = re.compile(rb"\s*+\Z")
_QUOTED = rb' *+"[^"]*+(?:""[^"]*+)*+(?:"|\Z)'
# A line, or several where cells in quotes have line breaks; a quote elsewhere is part of a text.
ROW = re.compile(rb"(?:%b)?+(?:[,;\t|]%b|[^\n,;\t|]++|[,;\t|])*+\n" % (_QUOTED, _QUOTED))
_AFTER = {UTF8: "Windows-1252", "Windows-1252": "Latin-1"}
_CODECS = {UTF16: "utf-16", "Windows-1252": "cp1252", "Latin-1": "latin-1"}


def first_encoding(head: bytes) -> str:
    """Return the encoding to try first on a text that starts with `head`."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return UTF16
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return next_encoding(UTF8)
    return UTF8


def next_encoding(encoding: str) -> str:
    """Return the encoding to try after `encoding` failed."""
    return _AFTER[encoding]


class Utf8Stream:
    """A text as a stream of UTF-8 bytes, without byte order mark, its lines ended by LF or CR LF.

    A lone CR becomes LF: pandas loses rows and trips over blank lines between CRs.

    Parameters
    ----------
    file : Handle
        The bytes, at their start.
    encoding : str
        What they are read as.
    longest : int, optional
        The most bytes that a line may have.
    """

    def __init__(self, file: Handle, encoding: str, longest: int | None = None) -> None:
        self.file = file
        self._longest = longest
        self._lines = 1
        self._in_line = 0
        self._encoding = encoding
        self._decoder = codecs.getincrementaldecoder(_CODECS.get(encoding, "utf-8"))()
        self._passed = 0
        self._ended = False
        self._held = b""
        self._cr = b""

    def __iter__(self) -> Iterator[bytes]:
        while block := self.read(1 << 20):
            yield block

    def read(self, size: int = 1 << 20) -> bytes:
        """Return up to about `size` bytes; none only at the end.

        Raises
        ------
        UnicodeDecodeError
            If the text is not in the encoding.
        DataError
            If UTF-16 turns invalid, a byte is zero, or a line is too long.
        """
        text, self._held = self._held, b""
        while not text and not self._ended:
            block = self.file.read(min(max(size, MIN_READ_BYTES), MAX_READ_BYTES))
            self._ended = not block
            text = self._translated(block)
            if not self._passed:
                text = text.removeprefix(codecs.BOM_UTF8)
            if self._encoding != UTF16 and (zero := block.find(b"\0")) >= 0:
                raise DataError(
                    f"The file is not text: byte {count(self._passed + zero + 1)} is zero; save the"
                    " table as CSV in UTF-8."
                )
            self._passed += len(block)
            text = self._line_ends(text)
            if self._longest:
                self._check_length(text, self._longest)
        return text

    def skip(self, size: int) -> None:
        """Pass over `size` bytes of UTF-8."""
        while size > 0 and (block := self.read(size)):
            if len(block) > size:
                self._held = block[size:]
            size -= len(block)

    def _check_length(self, text: bytes, longest: int) -> None:
        """Refuse a line that seems to have no end: a cell is held in memory as a whole."""
        end = text.rfind(b"\n")
        self._lines += text.count(b"\n")
        self._in_line = len(text) - end - 1 + (self._in_line if end < 0 else 0)
        if self._in_line > longest:
            raise DataError(
                f"Line {count(self._lines)} is longer than {count(longest >> 20)} MB, so this is no"
                " table of rows and columns; save it as CSV with a row a line."
            )

    def _line_ends(self, text: bytes) -> bytes:
        text = self._cr + text
        cut = text.endswith(b"\r") and not self._ended
        self._cr, text = (b"\r", text[:-1]) if cut else (b"", text)
        if b"\r" not in text or text.count(b"\r") == text.count(b"\r\n"):
            return text
        return LONE_CR.sub(b"\n", text) if b"\n" in text else text.replace(b"\r", b"\n")

    def _translated(self, block: bytes) -> bytes:
        if self._encoding == UTF8:
            if not block.isascii() or not block or self._decoder.getstate()[0]:
                self._decoder.decode(block, final=not block)
            return block
        try:
            return self._decoder.decode(block, final=not block).encode()
        except UnicodeError:
            if self._encoding != UTF16:
                raise
            raise DataError(
                "The file is cut off or damaged: it starts as UTF-16 text but does not stay so; "
                "save it again as CSV in UTF-8."
            ) from None


class ReadAhead:
    """A text as pandas reads it, refused once it seems to be one row without end.

    Parameters
    ----------
    text : Utf8Stream
    above : bytes
        What to read before it.
    limit : int
        The most bytes to read until rows come out.
    on_limit : callable
        Called when that many bytes without a quote are no row.

    Attributes
    ----------
    has_backslash_quotes : bool
        Whether a quote behind a backslash was read.
    """

    def __init__(
        self, text: Utf8Stream, above: bytes, limit: int, on_limit: Callable[[], None]
    ) -> None:
        self._text, self._above = text, above
        self._limit, self._on_limit = limit, on_limit
        self._rows = 0  # parsed so far
        self._bytes, self._quotes = 0, False  # read since then
        self.has_backslash_quotes, self._last = False, b""

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._text)

    def parsed(self, rows: int) -> None:
        """Note that so many more rows came out."""
        self._rows += rows
        self._bytes, self._quotes = 0, False

    def read(self, size: int) -> bytes:
        """Return up to about `size` bytes; none only at the end."""
        block, self._above = self._above, b""
        block = block or self._text.read(size)
        self._bytes += 0 if block.isspace() else len(block)  # pandas passes blank lines over
        self._quotes = self._quotes or b'"' in block
        if not self.has_backslash_quotes:
            self.has_backslash_quotes = b'\\"' in block or self._last + block[:1] == b'\\"'
            self._last = block[-1:]
        if self._bytes > self._limit:
            self._stop()
        return block

    def _stop(self) -> None:
        """Refuse an open quote if there is one; else let fewer rows be parsed at a time."""
        if self._quotes:
            behind = f"Behind row {count(self._rows)} a" if self._rows else "A"
            raise DataError(
                f"{behind} quote is opened and not closed for {count(self._limit >> 20)}"
                " MB; close it, or save the file again."
            )
        self._on_limit()
        self._bytes = 0  # nearly nothing but blank lines


def start_of(text: Utf8Stream, size: int) -> tuple[bytes, bool]:
    """Return whole rows from the start of a text, and whether the text goes on behind them.

    `size` bytes are taken from the first row on; a long row counts as half of them, so that
    another row follows it.

    Raises
    ------
    DataError
        If there is no row, or too much stands above it.
    """
    head, row, end, taken, needed = bytearray(), 0, 0, 0, 0
    while block := text.read(size):
        head += block
        if not taken:
            row = end = LINES_ABOVE.match(head, row).end()  # type: ignore[union-attr]
        while taken < size and len(head) - end >= needed:
            if (found := _row_end(head, end)) is None:
                needed = 2 * (
                    len(head) - end
                )  # the row is looked at again when it is twice as long
                break
            taken, end, needed = taken + min(found - end, size // 2), found, 0
        if not taken:
            _check_above(head, row)
        elif len(head) > end and (taken >= size or end - row > MAX_START_BYTES):
            return bytes(head[:end]), True
    if not head.strip():
        raise DataError(EMPTY_FILE)
    return bytes(head), False


def _row_end(head: bytearray, start: int) -> int | None:
    """Return where a row ends, or None as long as it does not."""
    if found := ROW.match(head, start):
        return found.end()
    if len(head) - start > MAX_QUOTED_BYTES:  # an open quote, perhaps
        return head.find(b"\n", start) + 1 or None
    return None


def count_rows(text: bytes) -> int:
    """Count the rows in a text, one at least."""
    if b'"' not in text:
        return max(text.count(b"\n"), 1)
    return max(sum(1 for _ in ROW.finditer(text)), 1)


def _check_above(head: bytearray, row: int) -> None:
    """Refuse too many bytes above the first row, an unfinished line included."""
    more = head.startswith(REPAIR_LINE_PREFIX.encode(), row) or BLANK_REST.match(head, row)
    if (len(head) if more else row) > MAX_BYTES_ABOVE:
        raise DataError(
            f"More than {MAX_BYTES_ABOVE >> 20} MB of blank lines, or of lines "
            f"“{REPAIR_LINE_PREFIX}…”, stand above the first row; delete them."
        )
