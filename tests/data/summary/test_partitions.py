"""A table cut into parts is the table: the same rows, in the same order."""

import gzip
import pickle

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from linreg.data.files.scan import scan
from linreg.data.summary import partitions
from linreg.data.summary.partitions import find, split
from linreg.errors import DataError

N = 3000


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(partitions, "PART_BYTES", 10_000)


def table():
    rng = np.random.default_rng(0)
    a = rng.normal(size=N) * 1e3
    a[17] = np.nan
    return {"a": a, "city": np.array(["Köln", "Ulm", "Bern"])[np.arange(N) % 3], "y": 2 * a + 1}


def text(delimiter=",", decimal=".", end="\n"):
    def cell(value):
        return value if isinstance(value, str) else repr(float(value)).replace(".", decimal)

    rows = [delimiter.join(map(cell, row)) for row in zip(*table().values(), strict=True)]
    return end.join([delimiter.join(table()), *rows, ""])


def parquet(path, **options):
    pq.write_table(pa.table(table()), path, **options)


def parquet_text(path, **options):
    """Write the numbers of one column as text: the thousands alone would be read otherwise."""
    commas = [f"{value:.3f}".replace(".", ",") for value in table()["y"]]
    pq.write_table(pa.table(table() | {"y": commas}), path, **options)


WRITTEN = {
    "plain": lambda path: path.write_text(text()),
    "semicolons": lambda path: path.write_text(text(";", ",")),
    "cr lf": lambda path: path.write_bytes(text(end="\r\n").encode()),
    "cr": lambda path: path.write_bytes(text(end="\r").encode()),
    "utf-16": lambda path: path.write_text(text(), encoding="utf-16"),
    "bom": lambda path: path.write_text(text(), encoding="utf-8-sig"),
    "latin-1": lambda path: path.write_text(text(), encoding="latin-1"),
    "no last line end": lambda path: path.write_text(text().rstrip()),
    "gzip": lambda path: path.write_bytes(gzip.compress(text().encode())),
    "parquet": lambda path: parquet(path, row_group_size=300),
    "one row group": parquet,
    "decimal commas as text": lambda path: parquet_text(path, row_group_size=300),
    "one group of text": lambda path: parquet_text(path),
}


@pytest.mark.slow
@pytest.mark.parametrize("written", WRITTEN)
def test_parts_hold_the_rows_that_a_scan_delivers(tmp_path, written):
    path = tmp_path / "table"
    WRITTEN[written](path)
    (file,) = find([str(path)])
    cut = pickle.loads(pickle.dumps(split(file, ["y"])))
    if written not in ("gzip", "utf-16", "cr", "one row group", "one group of text"):
        assert len(cut) >= 5
    batches = [batch for part in cut for batch in part.rows(["y", "a"], "city")]
    expected = list(scan([path], ["y", "a"], label="city"))
    for j in range(2):
        np.testing.assert_array_equal(
            np.concatenate([columns[j] for columns, _ in batches]),
            np.concatenate([batch.columns[j] for batch in expected]),
        )
    labels = np.concatenate([labels for _, labels in batches])
    np.testing.assert_array_equal(labels, table()["city"])


def test_letters_that_only_appear_late_are_read_like_the_whole_file(tmp_path):
    path = tmp_path / "x.csv"
    lines = text().replace("Köln", "Celle").splitlines()
    lines[2500] = "1,Köln,3"
    path.write_text("\n".join(lines), encoding="cp1252")
    (file,) = find([str(path)])
    labels = [
        name
        for part in split(file, ["y"])
        for _, names in part.rows(["y"], "city")
        for name in names
    ]
    assert labels[2499] == "Köln"
    assert len(labels) == N


def test_a_part_without_a_line_has_no_rows(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,y\n1,2\n" + "3,4" + " " * 30_000 + "\n")
    (file,) = find([str(path)])
    batches = [batch for part in split(file, ["y"]) for batch in part.rows(["a", "y"], None)]
    assert np.concatenate([columns[1] for columns, _ in batches]).tolist() == [2, 4]


def test_a_cell_that_is_no_number_is_named_with_its_part(tmp_path):
    path = tmp_path / "x.csv"
    lines = text().splitlines()
    lines[2500] = "oops,Ulm,3"
    path.write_text("\n".join(lines))
    (file,) = find([str(path)])
    refusals = []
    for part in split(file, ["y"]):
        try:
            list(part.rows(["a", "y"], None))
        except DataError as error:
            refusals.append((part.where, str(error)))
    ((where, sentence),) = refusals
    assert "Column “a” is not a number in row" in sentence
    assert "“oops”" in sentence
    start = int(where.split("byte ")[1].removesuffix(" on").replace(",", ""))
    inside = path.read_bytes()[start:].split(b"\n")
    row = int(sentence.split("in row ")[1].split()[0].replace(",", ""))
    assert inside[row].startswith(b"oops")


def test_a_column_that_a_file_lacks_is_named(tmp_path):
    parquet(tmp_path / "x.parquet")
    (tmp_path / "x.csv").write_text(text())
    files = find([str(tmp_path / "x.*")])
    assert len(files) == 2
    for file in files:
        with pytest.raises(DataError, match="has no column “z”; its columns are “a”, “city”"):
            split(file, ["y", "z"])


def test_patterns_and_folders_are_found_in_order(tmp_path):
    for name in ("b.csv", "a.csv", "c.txt"):
        (tmp_path / name).write_text(text())
    (tmp_path / "rows" / "late").mkdir(parents=True)
    for name in ("2.parquet", "late/3.parquet", "1.parquet", "_hidden.parquet", "notes.txt"):
        parquet(tmp_path / "rows" / name)
    files = find([str(tmp_path / "*.csv"), str(tmp_path / "rows"), str(tmp_path / "c.txt")])
    names = [file.path.removeprefix(f"{tmp_path}/") for file in files]
    rows = ["rows/1.parquet", "rows/2.parquet", "rows/late/3.parquet"]
    assert names == ["a.csv", "b.csv", *rows, "c.txt"]
    assert files[0].size == len(text().encode())


@pytest.mark.parametrize("place", ["no.csv", "no-*.csv", "empty", "nowhere://x.csv"])
def test_what_is_not_there_is_named(tmp_path, place):
    (tmp_path / "empty").mkdir()
    place = place if "://" in place else str(tmp_path / place)
    with pytest.raises(DataError, match=r"no file|reached"):
        find([place])


def test_a_file_that_is_no_table_is_named(tmp_path):
    (tmp_path / "x.csv").write_bytes(b"\x89PNG")
    with pytest.raises(DataError, match=r"x\.csv”: .*PNG"):
        split(*find([str(tmp_path / "x.csv")]), ["y"])
