"""The samples of a long text behind its start."""

import gzip

import pytest

from linreg.data.files.formats.delimited import probe
from linreg.data.files.formats.delimited.encoding import UTF8, UTF16
from linreg.data.files.storage.source import Source


@pytest.mark.parametrize(("encoding", "codec"), [(UTF8, "utf-8"), (UTF16, "utf-16")])
def test_probes_are_whole_lines_from_all_over_the_file(encoding, codec):
    lines = [f"{k},é\n" for k in range(50_000)]
    source = Source.of("".join(lines).encode(codec))
    probes = probe.probes_of(source, encoding, 1000, 4000)
    pieces = [piece.decode().splitlines(keepends=True) for piece in probes[: probe.PROBE_COUNT]]
    assert len(pieces) == probe.PROBE_COUNT
    assert all(piece and set(piece) <= set(lines) for piece in pieces)
    numbers = [int(piece[0].partition(",")[0]) for piece in pieces]
    assert numbers == sorted(numbers)
    assert numbers[-1] - numbers[0] > 35_000


def test_a_packed_file_has_no_probes():
    assert probe.probes_of(Source.of(gzip.compress(b"1,2\n" * 9999)), UTF8, 10, 100) == []
