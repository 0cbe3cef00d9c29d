"""Statistics from the footer of a Parquet file, damaged ones too."""

import io
import subprocess
import sys
import textwrap

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from linreg.data.files.formats.parquet.footer import read_statistics
from linreg.data.files.storage.source import Source

N = 6


def written(columns, **options):
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out, **options)
    return out.getvalue()


@pytest.mark.slow
def test_no_wrong_byte_in_the_footer_ends_the_interpreter_or_gives_a_traceback(tmp_path):
    path = tmp_path / "good.parquet"
    path.write_bytes(written({"i": [*range(N)], "s": ["a", None] * 3, "l": [[1.5]] * N}))
    code = f"""
        from pathlib import Path
        from linreg.data.files.read_table import read_table
        from linreg.errors import DataError
        data = Path({str(path)!r}).read_bytes()
        start = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
        for at in range(start, len(data)):
            for wrong in {{0, 20, 36, 255}} - {{data[at]}}:
                try:
                    read_table(data[:at] + bytes([wrong]) + data[at + 1 :])
                except DataError:
                    pass
        print("alive")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("alive\n", 0), done.stderr[-500:]


@pytest.mark.parametrize(
    "options",
    [{}, {"compression": "zstd", "row_group_size": 2}, {"data_page_version": "2.0"}],
)
def test_what_row_groups_tell_is_what_pyarrow_reads_there(options):
    columns = {"i": [3, -(2**60), None] * 2, "f": [1.5] * N, "e": pa.nulls(N, pa.float64())}
    data = written(columns, **options)
    metadata = pq.ParquetFile(io.BytesIO(data)).metadata
    groups = read_statistics(Source(data, len(data)))
    assert len(groups) == metadata.num_row_groups
    for g, group in enumerate(groups):
        for j, statistics in enumerate(group):
            chunk = metadata.row_group(g).column(j)
            assert statistics.values == chunk.num_values
            assert statistics.missing == chunk.statistics.null_count
        whole = metadata.row_group(g).column(0).statistics
        assert int.from_bytes(group[0].low, "little", signed=True) == whole.min
        assert int.from_bytes(group[0].high, "little", signed=True) == whole.max
        assert group[2].low is None


def test_a_footer_that_tells_of_a_list_without_end_tells_nothing():
    many = b"\xf3" + b"\xff" * 8 + b"\x7f"  # bytes, 2 to the 63rd of them
    footer = b"\x49" + many  # field 4, a list
    source = Source.of(b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1", 1 << 20)
    assert read_statistics(source) == []
