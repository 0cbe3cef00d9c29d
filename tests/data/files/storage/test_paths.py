"""Names, patterns and folders as files; a folder that cannot be read is named."""

import os
from pathlib import Path

import pytest

from linreg.data.files.storage.paths import files_of, folder_notes, source_text
from linreg.errors import DataError


def make(folder, *names):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_a_folder_is_its_parquet_files_in_order_without_hidden_ones(tmp_path):
    make(tmp_path, "b.parquet", "c/a.parquet", "_tmp/x.parquet", ".x.parquet", "a.csv")
    make(tmp_path, "a.parquet/part-0.parquet")  # a folder, as Spark names it
    files = [path.relative_to(tmp_path).as_posix() for path in files_of([tmp_path])]
    assert files == ["a.parquet/part-0.parquet", "b.parquet", "c/a.parquet"]


@pytest.mark.parametrize("given", ["locked", ".", "locked/*.csv", "locked/*/x.csv"])
def test_a_folder_that_may_not_be_read_is_named(tmp_path, monkeypatch, given):
    make(tmp_path, "a.parquet", "locked/x.parquet")
    scandir = os.scandir

    def forbid(path="."):
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbid)
    with pytest.raises(DataError, match="locked” may not be read by you; change its permissions"):
        files_of([tmp_path / given])


def test_a_pattern_below_a_missing_folder_matches_nothing(tmp_path):
    with pytest.raises(DataError, match="No file matches"):
        files_of([tmp_path / "none" / "*.csv"])


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            ["data"],
            "The folder names “year=2020”, “month=1” and “year=2021” are not read as columns.",
        ),
        (["data/year=2021"], None),
        (["data/year=2020"], "The folder name “month=1” is not read as a column."),
        (["data/year=*/*.parquet"], "The folder name “year=2021” is not read as a column."),
        (["data/year=2021/a.parquet"], None),
    ],
)
def test_values_in_the_names_of_folders_are_noted(tmp_path, monkeypatch, given, sentence):
    make(tmp_path, "data/year=2020/month=1/a.parquet", "data/year=2021/a.parquet")
    monkeypatch.chdir(tmp_path)
    assert folder_notes(given, files_of(given)) == (() if sentence is None else (sentence,))


def test_a_source_names_three_paths_and_says_when_there_are_more():
    assert source_text(["a", Path("b")]) == "a, b"
    assert source_text(["a", "b", "c", "d"]) == "a, b, c, …"
