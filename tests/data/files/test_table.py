"""A table in a folder is the table in memory."""

import numpy as np
import pytest

from linreg.data.files import read_table as read_tables
from linreg.data.files import table as tables
from linreg.data.files.read_table import read_table
from linreg.data.files.table import Table

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
    monkeypatch.setattr(read_tables, "MAX_COPIED_BYTES", request.param)
    monkeypatch.setattr("linreg.data.files.formats.delimited.reader.TEXT_CHUNK_BYTES", 1000)


@pytest.mark.usefixtures("small")
def test_read_into_a_folder_and_opened_again(tmp_path):
    table = read_table(TEXT.encode(), "mine.csv", folder=tmp_path)
    expected = read_table(TEXT.encode(), "mine.csv")
    same(table, expected)
    same(Table.open(tmp_path), expected)
    assert table.texts["late"][0].as_py() == "2.50"
    # Columns of text and empty ones leave none; a few numbers are in one file.
    is_small = tables.MAX_COPIED_BYTES > 0
    assert len(list(tmp_path.glob("*.f64"))) == (1 if is_small else 2)


@pytest.mark.usefixtures("small")
def test_saved_and_opened_again(tmp_path):
    table = read_table(TEXT.encode(), "mine.csv")
    table.save(tmp_path)
    same(Table.open(tmp_path), table)


def test_a_large_table_is_mapped_and_a_small_one_needs_no_folder(tmp_path, monkeypatch):
    for module in (tables, read_tables):
        monkeypatch.setattr(module, "MAX_COPIED_BYTES", 0)
    large = read_table(TEXT.encode(), folder=tmp_path)
    assert isinstance(large.columns["x"].base, np.memmap)
    with pytest.raises(KeyError):
        large.texts["x"]
    monkeypatch.undo()
    small = Table.open(tmp_path)
    for file in tmp_path.iterdir():
        file.unlink()
    same(small, read_table(TEXT.encode()))
