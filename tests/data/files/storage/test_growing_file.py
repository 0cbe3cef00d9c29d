"""A file that is read while it is written: what it gives is what the whole file gives."""

import io
import threading
import time

import numpy as np
import pytest

from linreg.data.files.formats.delimited.reader import TEXT_CHUNK_BYTES
from linreg.data.files.read_table import read_table
from linreg.data.files.storage.growing_file import GrowingFile
from linreg.errors import DataError

pytestmark = pytest.mark.slow

ROWS = 20_000  # several times what is looked at before reading begins
PLAIN = "a,b\n" + "".join(f"{k},{k}.25\n" for k in range(ROWS))
# Tables whose start alone would be read otherwise than the whole.
TABLES = {
    "plain": PLAIN,
    "marks decided later": "a;b\n" + "1,234;5\n" * ROWS + "1,5;2,25\n" * ROWS,
    "another encoding later": PLAIN + "1,2\n" * ROWS + "é,3\n",
    "text later": PLAIN + "x,3\n" * ROWS,
    "a long row later": PLAIN + "1,2,3\n" + "1,2\n" * ROWS,
    "cut off": PLAIN + "1",
    "no number": "a,b\n" + "x,y\n" * ROWS,
}


def outcome(read):
    """Return all that there is to say of a table, or why there is none."""
    try:
        table = read()
    except DataError as error:
        return str(error)
    columns = {name: column.tolist() for name, column in table.columns.items()}
    texts = {name: table.texts[name].to_pylist() for name in table.text}
    return table.n, table.notes, columns, table.text, texts, table.first_text, table.decimal


@pytest.fixture
def arriving(tmp_path):
    """Write a file slowly; return it as one that arrives."""
    opened = []

    def arriving(content, pieces=7):
        path = tmp_path / "file"
        path.touch()

        def write():
            size = len(content) // pieces + 1
            with path.open("ab", buffering=0) as file:
                for at in range(0, len(content), size):
                    time.sleep(0.02)
                    file.write(content[at : at + size])

        opened.append((GrowingFile(path, len(content)), threading.Thread(target=write)))
        opened[-1][1].start()
        return opened[-1][0]

    yield arriving
    for file, writer in opened:
        writer.join()
        file.close()


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("in_folder", [False, True])
def test_it_is_read_like_the_whole_file(arriving, tmp_path, name, in_folder):
    content = TABLES[name].encode("cp1252" if "encoding" in name else "utf-8")
    folder = tmp_path / "table" if in_folder else None
    if folder:
        folder.mkdir()
    got = outcome(lambda: read_table(arriving(content), "t", folder=folder))
    want = outcome(lambda: read_table(content, "t"))
    np.testing.assert_equal(got, want)


def test_reading_begins_before_the_end_is_there(tmp_path):
    path, content = tmp_path / "file", (PLAIN + PLAIN[4:] * 40).encode()
    there = len(content) * 3 // 4
    assert there > 1.5 * TEXT_CHUNK_BYTES
    path.write_bytes(content[:there])
    shares = []

    def on_progress(share):
        if not shares:
            with path.open("ab") as file:
                file.write(content[there:])
        shares.append(share)

    with GrowingFile(path, len(content)) as file:
        table = read_table(file, "t", on_progress=on_progress)
    assert table.n == 41 * ROWS
    assert 0 < shares[0] < 0.75


def test_bytes_are_waited_for(arriving):
    content = bytes(range(256)) * 40
    file = arriving(content)
    assert not file.is_whole
    assert file.seek(-10, io.SEEK_END) == len(content) - 10
    assert file.read(100) == content[-10:]
    assert file.read(100) == b""
    assert file.is_whole
    file.seek(5)
    assert file.read() == content[5:]
    file.seek(7)
    buffer = bytearray(3)
    assert file.readinto(memoryview(buffer)) == 3
    assert (bytes(buffer), file.tell()) == (content[7:10], 10)
