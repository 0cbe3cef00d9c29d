"""The samples of a long text behind its start."""

import gzip

import pytest

from linreg.data.files.formats.delimited import probe
from linreg.data.files.formats.delimited.encoding import UTF8, UTF16
from linreg.data.files.storage.source import Source


def packed(data):
    return Source.of(gzip.compress(data, mtime=0))


@pytest.mark.parametrize(("encoding", "codec"), [(UTF8, "utf-8"), (UTF16, "utf-16")])
@pytest.mark.parametrize("rows", [100, 9000, 20_000, pytest.param(400_000, marks=pytest.mark.slow)])
def test_samples_are_whole_lines_from_all_over_the_file(encoding, codec, rows):
    lines = [f"{k},é\n" for k in range(rows)]
    data = "".join(lines).encode(codec)
    probes, tail = probe.samples_of(Source.of(data), encoding, 1000, 8)
    pieces = [piece.decode().splitlines(keepends=True) for piece in probes]
    assert all(piece and set(piece) <= set(lines) for piece in pieces)
    numbers = [int(piece[0].partition(",")[0]) for piece in pieces]
    assert numbers == sorted(numbers)
    if rows == 400_000:
        assert probe.MAX_PROBES // 2 <= len(numbers) <= probe.MAX_PROBES
        assert numbers[-1] - numbers[0] > rows * 0.7
    end = tail.decode().splitlines(keepends=True)
    assert end == lines[-len(end) :]
    assert (probes, tail) == probe.samples_of(packed(data), encoding, 1000, 8)


@pytest.mark.parametrize("line", [100, 50_000, 3 << 20])
def test_of_long_lines_there_are_few_samples(line):
    data = (b"1," + b"2" * line + b"\n") * ((24 << 20) // line)
    probes, tail = probe.samples_of(Source.of(data), UTF8, 2 * line, line)
    assert sum(map(len, probes)) < 4 << 20
    assert (probes, tail) == probe.samples_of(packed(data), UTF8, 2 * line, line)
    if line == 50_000:
        assert all(len(piece) > line for piece in probes)
