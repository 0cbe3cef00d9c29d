"""A file read in a process of its own: the table, the reason, the end, and what is left behind."""

import gc
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import textwrap
import time

import numpy as np
import pytest

from linreg.data.files.process import reader_process
from linreg.data.files.process.reader_process import Reading, sweep
from linreg.data.files.read_table import read_table
from linreg.errors import DataError

pytestmark = pytest.mark.slow

CSV = b"a,b\n" + b"1.5,2.25\n" * 50_000
TIMEOUT_SECONDS = 60  # seconds


def until(happened):
    """Wait for something that another process does."""
    end = time.monotonic() + TIMEOUT_SECONDS
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture(autouse=True)
def temp(tmp_path, monkeypatch):
    """Let the folders be made where nobody else makes some."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_the_table_is_that_of_the_reader(temp):
    reading = Reading.of(CSV, "mine.csv")
    until(lambda: reading.ended)
    got, want = reading.table(), read_table(CSV, "mine.csv")
    assert (got.name, got.n, got.notes) == (want.name, want.n, want.notes)
    assert list(got.columns) == list(want.columns)
    for name, column in want.columns.items():
        np.testing.assert_array_equal(got.columns[name], column)
    assert reading.share > 0
    assert not (reading.folder / "upload").exists()


def test_a_refused_file_says_why(temp):
    reading = Reading.of(b"", "empty.csv")
    until(lambda: reading.ended)
    with pytest.raises(DataError, match="empty"):
        reading.table()


def test_a_reader_that_is_killed_is_told_in_a_sentence(temp):
    reading = Reading.of(CSV, "mine.csv")
    reading.process.kill()
    until(lambda: reading.ended)
    with pytest.raises(DataError, match=r"Reading “mine\.csv” came to an unexpected end"):
        reading.table()


def test_cancelling_ends_the_process_and_leaves_nothing(temp):
    reading = Reading.of(CSV, "mine.csv")
    reading.cancel()
    assert reading.process.returncode is not None
    assert not any(temp.iterdir())


def test_a_forgotten_reading_leaves_nothing(temp):
    reading = Reading.of(CSV, "mine.csv")
    process = reading.process
    del reading
    gc.collect()
    assert process.returncode is not None
    assert not any(temp.iterdir())


@pytest.mark.parametrize("ending", ["sys.exit()", "os.kill(os.getpid(), 9)"])
def test_a_server_that_ends_takes_the_reader_along(temp, ending):
    code = f"""
        import os, sys, tempfile
        from linreg.data.files.process.reader_process import Reading
        tempfile.tempdir = {str(temp)!r}
        reading = Reading.of(b"a,b\\n" + b"1,2\\n" * 50_000, "mine.csv")
        print(reading.process.pid, flush=True)
        {ending}
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=False
    )
    reader = int(done.stdout)
    until(lambda: not _lives(reader))
    sweep()
    assert not any(temp.iterdir())


def _lives(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_folders_of_servers_that_are_gone_are_removed_and_others_stay(temp):
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    names = [f"linreg-{gone.pid}-ab", f"linreg-{os.getpid()}-ab", "linreg-notes", "else"]
    for name in names:
        (temp / name).mkdir()
    sweep()
    assert sorted(path.name for path in temp.iterdir()) == sorted(names[1:])


def test_a_full_disk_is_told_in_a_sentence(temp, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    reading = Reading("mine.csv", len(CSV))
    monkeypatch.setattr("pathlib.Path.open", full)
    reading.take(CSV)
    reading.take(CSV)
    assert reading.ended
    with pytest.raises(DataError, match=r"No space left on device.*upload a smaller one"):
        reading.table()
    assert not any(temp.iterdir())


def test_a_file_may_come_in_pieces(temp):
    reading = Reading("mine.csv", len(CSV))
    for start in range(0, len(CSV), 100_001):
        reading.take(CSV[start : start + 100_001])
    reading.wait(TIMEOUT_SECONDS)
    assert reading.table().n == 50_000


def test_a_reader_that_was_prepared_reads_the_next_file():
    reader_process.prepare()
    waiting = reader_process._waiting
    reader_process.prepare()
    assert reader_process._waiting is waiting  # one is enough
    reading = Reading.of(CSV, "mine.csv")
    assert reading.process is waiting
    until(lambda: reading.ended)
    assert reading.table().n == 50_000


def test_a_prepared_reader_that_died_is_replaced():
    reader_process.prepare()
    waiting = reader_process._waiting
    waiting.kill()
    waiting.wait()
    reading = Reading.of(CSV, "mine.csv")
    assert reading.process is not waiting
    until(lambda: reading.ended)
    assert reading.table().n == 50_000


def test_a_reader_with_nothing_to_read_ends_with_its_server():
    reader_process.prepare()
    waiting = reader_process._waiting
    waiting.stdin.close()
    assert waiting.wait(TIMEOUT_SECONDS) == 0


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (RuntimeError, "“mine.csv” can not be read: it is damaged, or written in an unusual way"),
        (MemoryError, "Reading “mine.csv” came to an unexpected end: .* not enough memory"),
    ],
)
def test_whatever_happens_while_reading_is_a_sentence(temp, monkeypatch, error, message):
    def fail(*_, **__):
        raise error

    monkeypatch.setattr(reader_process, "read_table", fail)
    (temp / "upload").write_bytes(CSV)
    log = io.StringIO()
    assert reader_process._read(temp, "mine.csv", len(CSV), log) == 1
    assert re.match(message, json.loads(log.getvalue())["refused"])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not limit memory so")
def test_a_reader_may_not_take_all_memory():
    module = "linreg.data.files.process.reader_process"
    code = f"from {module} import _limit_memory as limit; limit(); bytearray(1 << 34)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip().endswith("MemoryError")
