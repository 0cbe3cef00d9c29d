"""`samples_of`: samples of a long text from a few places behind its start, and its end.

A packed file is read through once for them; the places are the same as if it were not packed.
"""

from collections.abc import Iterator

from linreg.data.files.formats.delimited.encoding import LONE_CR, UTF8, UTF16
from linreg.data.files.formats.delimited.rows import whole_lines
from linreg.data.files.storage.source import Source

MAX_PROBES = 16  # places spread over the file; half as many at least
PROBE_BYTES = 1 << 12
MAX_PROBE_BYTES = 1 << 20  # longer lines are sampled only in part
END_BYTES = 1 << 14
BLOCK_BYTES = 1 << 16  # probes start at multiples of it


def samples_of(
    source: Source, encoding: str, sampled: int, line_bytes: int
) -> tuple[list[bytes], bytes]:
    """Return whole lines from places behind the start, and the last lines, as UTF-8.

    Parameters
    ----------
    source : Source
    encoding : str
        What its bytes are read as.
    sampled : int
        The bytes of the start, as UTF-8.
    line_bytes : int
        The bytes of a line: a sample has at least one that is whole.
    """
    size = min(max(PROBE_BYTES, 2 * line_bytes), MAX_PROBE_BYTES) // 2 * 2
    most = max(MAX_PROBES * PROBE_BYTES // size, 1)
    block = max(BLOCK_BYTES, size)
    behind = 2 * sampled if encoding == UTF16 else sampled
    codec = {UTF8: "utf-8", UTF16: _utf16(source), "Latin-1": "latin-1"}.get(encoding, "cp1252")
    tail_size = max(END_BYTES, size)
    pieces, tail, total = (_of_packed if source.packed else _of_plain)(
        source, block, size, tail_size, most
    )

    def lines_in(piece: bytes) -> bytes:
        text = piece.decode(codec, errors="ignore").encode()
        return b"".join(LONE_CR.sub(b"\n", text).splitlines(keepends=True)[1:])

    probes = [
        whole_lines(lines_in(piece))
        for at, piece in pieces
        if behind < at <= total - tail_size - size
    ]
    return probes, lines_in(tail)


def _of_plain(
    source: Source, block: int, size: int, tail_size: int, most: int
) -> tuple[list[tuple[int, bytes]], bytes, int]:
    stride = 1
    while (source.size - 1) // block // stride > most:
        stride *= 2
    pieces = []
    with source.open() as file:
        for at in range(stride * block, source.size, stride * block):
            file.raw.seek(at)
            pieces.append((at, file.read(size)))
        file.raw.seek(max(source.size - tail_size, 0) // 2 * 2)
        tail = file.read(tail_size + 1)
    return pieces, tail, source.size


def _of_packed(
    source: Source, block: int, size: int, tail_size: int, most: int
) -> tuple[list[tuple[int, bytes]], bytes, int]:
    pieces: list[tuple[int, bytes]] = []
    stride, total, before, last = 1, 0, b"", b""
    for number, piece in enumerate(_blocks(source, block)):
        before, last, total = last, piece, total + len(piece)
        if number and number % stride == 0:
            pieces.append((number * block, piece[:size]))
        if len(pieces) > most:
            stride *= 2
            pieces = [(at, kept) for at, kept in pieces if at % (stride * block) == 0]
    end = before + last
    at = max(total - tail_size, 0) // 2 * 2
    return pieces, end[max(len(end) - (total - at), 0) :], total


def _blocks(source: Source, block: int) -> Iterator[bytes]:
    with source.open() as file:
        while piece := file.read(block):
            yield piece


def _utf16(source: Source) -> str:
    return "utf-16-be" if source.head(2) == b"\xfe\xff" else "utf-16-le"
