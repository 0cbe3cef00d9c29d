"""The sources of rows: problem files here, tables below."""

import gzip
import json
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from linreg.data.files.read_table import read_table
from linreg.data.summary import problem_file


def test_a_problem_file_has_its_own_target(problem, result):
    assert list(result("fit", problem)["theta"]) == ["(intercept)", "a", "b, c"]


def test_groups_are_left_out_without_reading_again(problem, result):
    assert result("fit", problem, "--leave-out", "south")["n"] == 2000


def test_repairs_and_notes_of_a_problem_file_are_told(problem, run, tmp_path):
    content = json.loads(problem_file.dumps(problem_file.load(problem)))
    content["content"]["repairs"] = ["fill:a"]
    content["content"]["notes"] = ["Read with decimal comma."]
    content["content"] |= {"rows_read": 3005, "rows_left_out": 5}
    content["checksum"] = problem_file.checksum(content["content"])
    path = tmp_path / "p.json"
    path.write_text(json.dumps(content))
    code, out, errors = run("fit", path, "--json")
    assert code == 0
    assert json.loads(out)["n"] == 3000
    assert errors.splitlines() == [
        "Read with decimal comma.",
        "Repaired before the pass: fill:a",
        "5 of 3,005 rows were left out when the file was made.",
    ]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--groups", "region"], "--groups is for rows"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--scheduler is for --engine dask"),
        (["--target", "a", "--features", "a"], "“a” is chosen twice"),
        (["--features", "a,a"], "“a” is chosen twice"),
        (["other.csv"], "stands alone"),
    ],
)
def test_options_that_do_not_fit_are_wrong_usage(problem, run, options, message):
    code, out, errors = run("fit", problem, *options)
    assert (code, out) == (2, "")
    assert message in errors


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--target", "z"], "no column “z”; the columns are “a”, “b, c” and “y”"),
        (["--features", "z"], "no column “z”"),
        (["--leave-out", "east"], "no group “east”"),
        (["--leave-out", "north,south"], "keep at least one"),
    ],
)
def test_what_is_not_in_the_problem_file_is_named(problem, run, options, message):
    code, out, errors = run("fit", problem, *options)
    assert (code, out) == (1, "")
    assert message in errors
    assert errors.count("\n") == 1


def test_a_damaged_problem_file_is_refused(problem, run, tmp_path):
    path = tmp_path / "p.json"
    path.write_text(Path(problem).read_text()[:5000])
    code, _, errors = run("fit", path)
    assert code == 1
    assert "cut off or damaged" in errors


def test_a_table_needs_a_target(run, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,y\n1,2\n3,4\n")
    code, _, errors = run("fit", path)
    assert code == 2
    assert "--target is needed" in errors


def lines(names, start, stop):
    return [",".join(names), *(f"{k},{k % 7},{2 * k - k % 7 + 1}" for k in range(start, stop))]


def write(path, text):
    path.write_text("\n".join(text) + "\n")
    return path


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """Return a folder with one table as one file, as two files and as a folder of Parquet files."""
    folder = tmp_path_factory.mktemp("tables")
    write(folder / "all.csv", lines("aby", 0, 4000))
    write(folder / "part-1.csv", lines("aby", 0, 2500))
    write(folder / "part-2.csv", lines("aby", 2500, 4000))
    (folder / "parquet").mkdir()
    whole = np.loadtxt(folder / "all.csv", delimiter=",", skiprows=1)
    for k, rows in enumerate((whole[:100], whole[100:])):
        table = pa.table(dict(zip("aby", rows.T, strict=True)))
        pq.write_table(table, folder / "parquet" / f"{k}.parquet")
    return folder


@pytest.mark.parametrize("engine", ["auto", "pandas"])
@pytest.mark.parametrize(
    "data", [["all.csv"], ["part-1.csv", "part-2.csv"], ["part-*.csv"], ["parquet"]]
)
def test_several_files_are_one_table(tables, result, data, engine):
    paths = [tables / name for name in data]
    fit = result("fit", *paths, "--target", "y", "--engine", engine)
    assert fit["n"] == 4000
    np.testing.assert_allclose(list(fit["theta"].values()), [1, 2, -1], rtol=1e-10)


def test_a_table_and_its_problem_file_are_the_same_problem(tables, result, run, tmp_path):
    path = tmp_path / "p.json"
    code, out, _ = run("summarise", tables / "all.csv", "--target", "y", "-o", path)
    assert code == 0
    assert "rows      4000" in out
    assert result("fit", path) == result("fit", tables / "all.csv", "--target", "y")


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_thousands_that_were_separated_are_told(tmp_path, run, engine):
    path = tmp_path / "t.csv"
    path.write_text('x,y\n1,"1,234"\n2,"12,345,678"\n3,999\n')
    _, _, told = run("fit", path, "--target", "y", "--engine", engine)
    assert "Thousands separators were removed in “y”." in told


@pytest.mark.parametrize("engine", ["pandas", "polars"])
@pytest.mark.parametrize(
    "cells",
    [
        ["192.168.100.1", "192.168.100.22", "192.168.101.200"],
        ["192.168.100.101", "192.168.100.102", "192.168.100.103"],
        ["192.168.100.001", "192.168.100.002", "192.168.100.003"],
        ["1.234.567", "2.5", "3.75"],
        ["1,5,2", "2.5", "3.75"],
    ],
)
def test_what_is_no_number_with_this_decimal_mark_is_left_out(tmp_path, run, cells, engine):
    rows = [f'{k},"{cell}",{y}' for k, (cell, y) in enumerate(zip(cells, "278", strict=True))]
    path = write(tmp_path / "t.csv", ["id,c,y", *(f"{row}.5" for row in rows)])
    table = read_table(path)
    assert (list(table.columns), table.text) == (["id", "y"], ("c",))
    code, out, told = run("fit", path, "--target", "y", "--engine", engine, "--json")
    assert (code, [*json.loads(out)["theta"]]) == (0, ["(intercept)", "id"])
    assert f"“c” (“{cells[0]}” in row 1)" in told


@pytest.mark.parametrize("engine", ["pandas", "polars"])
def test_a_target_that_is_no_number_is_repaired_in_the_app(tmp_path, run, engine):
    path = write(tmp_path / "t.csv", ["x,y", "1,(2.5)", "2,3", "3,5"])
    code, _, told = run("fit", path, "--target", "y", "--engine", engine)
    assert code == 1
    assert "Column “y” is not a number in row 1 (“(2.5)”); " in told
    assert "choose other columns, or repair it in the app, on the page Data" in told


def test_rows_that_miss_a_value_are_counted(tmp_path, run):
    path = write(tmp_path / "x.csv", [*lines("aby", 0, 50), "1,,2", "NA,3,4"])
    code, out, errors = run("fit", path, "--target", "y", "--json")
    assert (code, json.loads(out)["n"]) == (0, 50)
    assert "2 of 52 rows were left out: a value is missing or not finite.\n" in errors


BAD = {
    "missing.csv": (lambda path: None, "There is no file"),
    "folder": (lambda path: path.mkdir(), "is a directory without Parquet files"),
    "no-*.csv": (lambda path: None, "No file matches"),
    "empty.csv": (lambda path: path.touch(), "empty"),
    "late.csv": (
        lambda path: write(
            path, [*lines("aby", 0, 290_000), "oops,1,2", *lines("aby", 0, 20_000)[1:]]
        ),
        "Column “a” is not a number in row 290,001 (“oops”)",
    ),
    "ragged.csv": (lambda path: write(path, [*lines("aby", 0, 50), "1,2,3,4"]), "Row 51"),
    "alone.csv": (lambda path: write(path, ["y", "1", "2"]), "at least one feature"),
    "gaps.csv": (
        lambda path: write(path, ["a,b,y", "1,,1", "2,,2", "3,4,"]),
        "None of 3 rows can be used: values are missing in “b” (2 rows) and “y” (1 row); fill them "
        "in, or leave “b” out, which keeps 2 rows.",
    ),
    "cut.csv.gz": (
        lambda path: path.write_bytes(gzip.compress(b"a,y\n" + b"1,2\n" * 9999)[:-20]),
        "cut off",
    ),
    "huge.csv": (lambda path: write(path, ["a,y", "1,2", "1e200,3"]), "overflow"),
    "damaged.parquet": (lambda path: path.write_bytes(b"PAR1" + b"x" * 99), "Parquet"),
}


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["auto", "pandas"])
@pytest.mark.parametrize("name", BAD)
def test_data_that_can_not_be_used_end_with_1_and_one_sentence(tmp_path, run, name, engine):
    make, message = BAD[name]
    make(tmp_path / name)
    place = tmp_path / "p.json"
    code, out, errors = run(
        *("summarise", tmp_path / name, "--target", "y", "-o", place, "--engine", engine)
    )
    assert (code, out) == (1, "")
    assert message in errors
    assert errors.count("\n") == 1
    assert not place.exists()


def test_dask_that_is_not_installed_is_named(tables, run, monkeypatch):
    monkeypatch.setitem(
        sys.modules, "linreg.data.summary.dask_engine", None
    )  # importing it raises ImportError
    code, _, errors = run("fit", tables / "all.csv", "--target", "y", "--engine", "dask")
    assert code == 1
    assert "requirements-scale.txt" in errors


def test_a_list_of_columns_that_is_cut_says_so(tmp_path, run):
    path = write(tmp_path / "wide.csv", [",".join(f"x{j}" for j in range(12)), ",".join("1" * 12)])
    errors = run("fit", path, "--target", "x0", "--features", "z")[2]
    assert errors.endswith(
        "its columns are " + ", ".join(f"“x{j}”" for j in range(10)) + " and others.\n"
    )
