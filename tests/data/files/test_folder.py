"""A table in a folder is the table in memory; nothing is left of one that was not finished."""

import gzip

import numpy as np
import pytest

from linreg.data.files import table as tables
from linreg.data.files.read_table import read_table, read_text
from linreg.data.files.table import Table
from linreg.errors import DataError

TEXT = "x,late,name,none,y\n" + "1,2.50,a,,3\n" * 3000 + ",abc,,NA,4e5\n"


def same(one: Table, other: Table) -> None:
    assert list(one.columns) == list(other.columns)
    assert list(one.texts) == list(other.texts) == list(one.text)
    for name, column in one.columns.items():
        np.testing.assert_array_equal(column, other.columns[name])
    for name, cells in one.texts.items():
        assert cells.to_pylist() == other.texts[name].to_pylist()
    for attribute in ("name", "text", "n", "notes", "first_text", "decimal"):
        assert getattr(one, attribute) == getattr(other, attribute)


@pytest.fixture(params=[0, 1 << 30])
def small(request, monkeypatch):
    monkeypatch.setattr(tables, "MAX_COPIED_BYTES", request.param)
    monkeypatch.setattr("linreg.data.files.formats.delimited.reader.CHUNK_BYTES", 1000)


@pytest.mark.usefixtures("small")
def test_read_into_a_folder_and_opened_again(tmp_path):
    found = read_table(TEXT.encode(), "mine.csv", folder=tmp_path)
    expected = read_table(TEXT.encode(), "mine.csv")
    same(found, expected)
    same(Table.open(tmp_path), expected)
    assert found.texts["late"][0].as_py() == "2.50"
    assert len(list(tmp_path.glob("*.f64"))) == 2  # columns of text and empty ones leave none


@pytest.mark.usefixtures("small")
def test_saved_and_opened_again(tmp_path):
    table = read_table(TEXT.encode(), "mine.csv")
    table.save(tmp_path)
    same(Table.open(tmp_path), table)


def test_a_large_table_is_mapped_and_a_small_one_needs_no_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MAX_COPIED_BYTES", 0)
    large = read_table(TEXT.encode(), folder=tmp_path)
    assert isinstance(large.columns["x"].base, np.memmap)
    with pytest.raises(KeyError):
        large.texts["x"]
    monkeypatch.undo()
    small = Table.open(tmp_path)
    for file in tmp_path.iterdir():
        file.unlink()
    same(small, read_table(TEXT.encode()))


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("where", ["memory", "folder"])
def test_progress_and_cancelling(tmp_path, monkeypatch, pack, where):
    monkeypatch.setattr("linreg.data.files.formats.delimited.reader.CHUNK_BYTES", 1000)
    folder = tmp_path if where == "folder" else None
    shares: list[float] = []
    read_table(pack(TEXT.encode()), folder=folder, on_progress=shares.append)
    assert len(shares) > 3
    assert all(0 <= share <= 1 for share in shares)
    assert shares[-1] == 1

    class Cancelled(Exception):
        pass

    def cancel(share: float) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        read_table(pack(TEXT.encode()), folder=folder, on_progress=cancel)
    assert not list(tmp_path.iterdir())


def test_a_refused_file_leaves_nothing(tmp_path):
    with pytest.raises(DataError, match=r"Row 3,002 has 1 field"):
        read_table((TEXT + "1\n1,2,3,4,5\n").encode(), folder=tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\tb\n1,5\t2\n0,25\t3", {"a": [1.5, 0.25], "b": [2, 3]}),
        ("1\t2\r\n3\t4\r\n", {"column 1": [1, 3], "column 2": [2, 4]}),
        ("x\n1\n2", {"x": [1, 2]}),
        ("PAR1,y\n1,2", {"PAR1": [1], "y": [2]}),
    ],
)
def test_rows_that_are_pasted(text, expected):
    table = read_text(text)
    assert {name: column.tolist() for name, column in table.columns.items()} == expected
    assert table.name == "pasted rows"


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_nothing_pasted(text):
    with pytest.raises(DataError, match=r"Nothing is pasted; copy rows of numbers"):
        read_text(text)
