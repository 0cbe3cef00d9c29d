"""Bytes that are read again and again, packed or not."""

import gzip
import io
import os

import pytest

from linreg.data.files.storage.growing_file import GrowingFile
from linreg.data.files.storage.source import NamedFile, Source, unreadable_error
from linreg.errors import DataError

DATA = b"x,y\n" + b"1,2\n" * 5000


@pytest.fixture(params=["bytes", "binary file", "path", "growing file"])
def content(request, tmp_path):
    path = tmp_path / "rows.csv"
    path.write_bytes(DATA)
    return {
        "bytes": lambda: DATA,
        "binary file": lambda: io.BytesIO(DATA),
        "path": lambda: path,
        "growing file": lambda: GrowingFile(path, len(DATA)),
    }[request.param]()


def test_every_content_is_read_from_its_start_each_time(content):
    source = Source.of(content)
    assert (source.size, source.packed, source.is_whole) == (len(DATA), False, True)
    for _ in range(2):
        with source.open() as file:
            assert file.read(3) == DATA[:3]
            assert file.read(len(DATA)) == DATA[3:]
            assert file.share == 1
            assert file.read(1) == b""
    assert source.head(5) == DATA[:5]
    assert source.whole() is source


def test_the_share_is_that_of_the_stored_bytes():
    source = Source.of(DATA)
    with source.open() as file:
        assert file.share == 0
        file.read(len(DATA) // 4)
        assert file.share == pytest.approx(0.25, abs=1e-3)


def test_packed_bytes_are_unpacked():
    source = Source.of(gzip.compress(DATA))
    assert source.packed
    with source.open() as file:
        assert file.read(len(DATA) + 1) == DATA


def test_packed_bytes_have_a_limit():
    with Source.of(gzip.compress(DATA), 1000).open() as file:
        assert file.read(1000) == DATA[:1000]
        with pytest.raises(DataError, match="limit for packed files"):
            file.read(1)


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda data: data[:-30], "ends too early"),
        (lambda data: data[:5000] + b"?" * 9 + data[5009:], "damaged"),
    ],
)
def test_damaged_packing_is_refused(damage, sentence):
    data = gzip.compress(os.urandom(9999))
    with Source.of(damage(data)).open() as file, pytest.raises(DataError, match=sentence):
        file.read(1 << 20)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("none.csv", "There is no file “.*none.csv”; check its name"),
        (".", "is a directory; name a file in it"),
        ("a" * 300, "is not the name of a file; check it"),
        ("a\0b", "is not the name of a file; check it"),
    ],
)
def test_what_is_no_file_is_refused(tmp_path, name, sentence):
    with pytest.raises(DataError, match=sentence):
        Source.of(tmp_path / name)


def test_a_pipe_cannot_be_read_twice(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DataError, match="is a pipe or a device"):
        Source.of(tmp_path / "pipe")


def test_an_error_while_reading_names_the_file(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_bytes(DATA)
    folder = os.open(tmp_path, os.O_RDONLY)
    with NamedFile(path) as file:
        os.dup2(folder, file.fileno())  # every read fails from here on
        os.close(folder)
        for read in (lambda: file.read(1), file.readall, lambda: file.readinto(bytearray(1))):
            with pytest.raises(DataError, match=r"rows.csv” could not be read"):
                read()


def test_every_error_of_the_system_has_a_sentence():
    assert "There is no file" in str(unreadable_error("a", FileNotFoundError()))
    assert "may not be read by you" in str(unreadable_error("a", PermissionError()))
    assert "(disk on fire)" in str(unreadable_error("a", OSError(5, "disk on fire")))
