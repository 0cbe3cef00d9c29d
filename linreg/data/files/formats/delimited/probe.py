"""The samples that a text is judged by: its start, and a few places further on."""

import re

from linreg.data.files.formats.delimited.dialect import EMPTY_FILE, REPAIR_LINE_PREFIX, whole_lines
from linreg.data.files.formats.delimited.encoding import LONE_CR, UTF8, UTF16, Utf8Stream
from linreg.data.files.storage.source import Source
from linreg.errors import DataError

PROBE_COUNT = 8  # places spread over the file
MAX_BYTES_ABOVE = 1 << 22  # of blank lines, and of lines on repairs, above the first row
LINES_ABOVE = re.compile(rf"(?:(?:{REPAIR_LINE_PREFIX}[^\n]*+|[^\S\n]*+)\n)*+".encode())
BLANK_REST = re.compile(rb"\s*+\Z")


def start_of(text: Utf8Stream, size: int) -> tuple[bytes, bool]:
    """Return the start of a text, and whether the text goes on behind it.

    `size` bytes are taken from the first row on, where that row takes no more than half of them.

    Raises
    ------
    DataError
        If there is no row, or too much stands above it.
    """
    head, row, end, looked = bytearray(), 0, -1, 0  # the row's first byte and last, if found
    while block := text.read(size):
        head += block
        if end < 0:
            row = LINES_ABOVE.match(head, row).end()  # type: ignore[union-attr]
            end = head.find(b"\n", max(row, looked))
            looked = len(head)
        if end < 0:
            _check_above(head, row)
        elif len(head) > (enough := row + max(size, 2 * (end + 1 - row))):
            return bytes(head[:enough]), True
    if not head.strip():
        raise DataError(EMPTY_FILE)
    return bytes(head), False


def _check_above(head: bytearray, row: int) -> None:
    """Refuse too many bytes above the first row, an unfinished line included."""
    more = head.startswith(REPAIR_LINE_PREFIX.encode(), row) or BLANK_REST.match(head, row)
    if (len(head) if more else row) > MAX_BYTES_ABOVE:
        raise DataError(
            f"More than {MAX_BYTES_ABOVE >> 20} MB of blank lines, or of lines "
            f"“{REPAIR_LINE_PREFIX}…”, stand above the first row; delete them."
        )


def probes_of(source: Source, encoding: str, sampled: int, size: int) -> list[bytes]:
    """Return whole lines from `PROBE_COUNT` places behind the start; none of a packed file.

    The start has `sampled` bytes, as UTF-8; `size` bytes are taken from all places together.
    """
    if source.packed:
        return []
    behind = 2 * sampled if encoding == UTF16 else sampled
    codec = {UTF8: "utf-8", UTF16: _utf16(source), "Latin-1": "latin-1"}.get(encoding, "cp1252")
    step = source.size // (PROBE_COUNT + 1)
    probes = []
    for at in range(step, source.size, step):
        if at > behind:
            with source.open() as file:
                file.raw.seek(at // 2 * 2)
                piece = file.read(size // PROBE_COUNT)
            text = piece.decode(codec, errors="ignore").encode()
            lines = whole_lines(LONE_CR.sub(b"\n", text))
            probes.append(b"".join(lines.splitlines(keepends=True)[1:]))
    return probes


def _utf16(source: Source) -> str:
    return "utf-16-be" if source.head(2) == b"\xfe\xff" else "utf-16-le"
