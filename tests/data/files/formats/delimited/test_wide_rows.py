"""Few wide rows are read as pandas reads them, and sooner."""

import gzip
import io
import time

import numpy as np
import pandas as pd
import pytest

from linreg.data.cleaning.column_profile import profile
from linreg.data.files.formats.delimited import reader as readers
from linreg.data.files.formats.delimited import wide_rows
from linreg.data.files.read_table import read_table
from linreg.data.files.table import Table
from linreg.errors import DataError

CELLS = {
    "whole": ["1", "-20", "+3", "0", "12345678901234567890"],
    "decimal": ["1.5", "-.25", "3.", "1e-3", "4E5", "1e999", "0.1"],
    "missing": ["", "NA", "nan", "1", " ", "-"],
    "blanks": [" 1", "2 ", " 3.5 ", "4"],
    "grouped": ["1,234", "12,345,678", "5"],
    "German": ["1,5", "-,25", "1.234,5", "2e3"],
    "words": ["a", "b c", "é", "", "12 km", "7"],
    "truth": ["true", "FALSE", "True", ""],
    "infinite": ["inf", "-Infinity", "1", "2"],
    "late text": ["1", "2", "3", "x"],
}


def text_of(kinds, delimiter, end, rows, seed):
    rng = np.random.default_rng(seed)
    names = [f"{kind} {j}" for j, kind in enumerate(kinds)]
    lines = [names, *([rng.choice(CELLS[kind]) for kind in kinds] for _ in range(rows))]
    return (end.join(delimiter.join(line) for line in lines) + end).encode()


def same(one, other):
    assert list(one.columns) == list(other.columns)
    assert one.text == other.text
    for name, column in one.columns.items():
        np.testing.assert_array_equal(column, other.columns[name])
    for name in one.text:
        assert one.texts[name].to_pylist() == other.texts[name].to_pylist()
    assert (one.n, one.notes, one.first_text) == (other.n, other.notes, other.first_text)


def both(monkeypatch, content, **options):
    tables = []
    for least in (2, 1 << 30):
        monkeypatch.setattr(readers, "MIN_WIDE_COLUMNS", least)
        tables.append(read_table(content, **options))
    return tables


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\r"])
@pytest.mark.parametrize("rows", [1, 7, 40])
def test_cells_of_all_kinds_are_the_same_as_with_pandas(monkeypatch, delimiter, end, rows):
    for kinds in (CELLS, ["decimal"] * 5, ["German"] * 3, ["whole", "words", "missing"]):
        for packed in (False, True):
            content = text_of([*kinds], delimiter, end, rows, seed=rows)
            content = gzip.compress(content) if packed else content
            same(*both(monkeypatch, content))


@pytest.mark.slow
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_blocks_make_one_table(monkeypatch, tmp_path, end):
    monkeypatch.setattr(wide_rows, "WIDE_BLOCK_BYTES", 100)
    monkeypatch.setattr(wide_rows, "MAX_WIDE_BLOCK_ROWS", 30_000)
    content = text_of(["whole", "late text", "decimal", "words"], ";", end, 60_000, seed=1)
    shares = []
    one, other = both(monkeypatch, content, on_progress=shares.append)
    same(one, other)
    assert 0 < shares[0] < 0.9
    monkeypatch.setattr(readers, "MIN_WIDE_COLUMNS", 2)
    same(read_table(content, folder=tmp_path), other)


@pytest.mark.parametrize(
    "text", ['a,b\n1,"2"\n3,4\n', "a,b\n1,2,\n3,4,\n", "a,b\n1\n3,4\n", "a,b\n" + "1,2\n" * 500]
)
def test_what_pandas_has_to_look_at_goes_through_pandas(monkeypatch, text):
    same(*both(monkeypatch, text.encode()))


def test_a_long_row_is_refused_with_the_same_sentence(monkeypatch):
    sentences = []
    for least in (2, 1 << 30):
        monkeypatch.setattr(readers, "MIN_WIDE_COLUMNS", least)
        with pytest.raises(DataError) as refusal:
            read_table(b"a,b\n1,2\n3,4\n5,6\n7,8,9\n1,2\n")
        sentences.append(str(refusal.value))
    assert sentences[0] == sentences[1]


@pytest.mark.slow
def test_20000_columns_take_at_most_three_times_as_long_as_with_pandas_alone(tmp_path):
    names = ",".join(f"x{j}" for j in range(20_000))
    rows = [",".join(str(j % 10) for j in range(k, k + 20_000)) for k in range(4)]
    content = "\n".join([names, *rows]).encode()

    def seconds(work):
        start = time.process_time()
        work()
        return time.process_time() - start

    alone = min(seconds(lambda: pd.read_csv(io.BytesIO(content))) for _ in range(3))
    assert min(seconds(lambda: read_table(content)) for _ in range(3)) < 3 * alone
    took = []
    for k in range(3):
        folder = tmp_path / str(k)
        folder.mkdir()
        took.append(seconds(lambda folder=folder: read_table(content, folder=folder)))
    assert min(took) < 4 * alone
    start = time.process_time()
    assert len(Table.open(tmp_path / "0").columns) == 20_000
    assert time.process_time() - start < alone


@pytest.mark.slow
def test_a_thousand_columns_of_text_are_described_in_a_second_or_two():
    names = ",".join(f"x{j}" for j in range(1000))
    rows = [",".join(("ab", "cd", "e f")[(j + k) % 3] for j in range(1000)) for k in range(4)]
    table = read_table("\n".join([names + ",y", *(f"{row},1" for row in rows)]).encode())
    start = time.process_time()
    assert len(profile(table, "y")) == 1000
    assert time.process_time() - start < 2  # 20 seconds, where each looks for units
