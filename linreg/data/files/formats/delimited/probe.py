"""`probes_of`: samples of a long text from a few places behind its start."""

from linreg.data.files.formats.delimited.dialect import whole_lines
from linreg.data.files.formats.delimited.encoding import LONE_CR, UTF8, UTF16
from linreg.data.files.storage.source import Source

PROBE_COUNT = 8  # places spread over the file


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
