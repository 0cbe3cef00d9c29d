"""Where a problem file may be written, and what can not be read, told before the pass."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from linreg.parts import find
from linreg.reading import TableError

TABLE = "a,y\n1,2\n3,5\n4,4\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(TABLE)
    (tmp_path / "link.csv").symlink_to("x.csv")
    os.link(path, tmp_path / "twin.csv")
    return path


def test_a_pipe_is_no_file_for_dask_and_a_link_is(table):
    os.mkfifo(table.parent / "pipe")
    with pytest.raises(TableError, match="a pipe or a device"):
        find([str(table.parent / "pi*")])
    assert [Path(file.path).name for file in find([str(table.parent / "l*.csv")])] == ["link.csv"]


@pytest.mark.parametrize("data", ["x.csv", "*.csv", "link.csv"])
@pytest.mark.parametrize("output", ["x.csv", "link.csv", "twin.csv", "../{}/x.csv"])
def test_the_data_are_never_written_over(table, run, data, output):
    folder = table.parent
    place = folder / output.format(folder.name)
    code, out, errors = run("summarise", folder / data, "--target", "y", "-o", place)
    assert (code, out) == (2, "")
    assert "is one of the files to read" in errors
    assert table.read_text() == TABLE


def test_only_a_problem_file_or_an_empty_one_is_replaced(table, run, tmp_path):
    place = tmp_path / "p.json"
    place.touch()
    for _ in range(2):
        assert run("summarise", table, "--target", "y", "-o", place)[0] == 0
    place.write_text("thesis")
    code, out, errors = run("summarise", table, "--target", "y", "-o", place)
    assert (code, out) == (1, "")
    assert "is not a problem file; choose another name" in errors
    assert place.read_text() == "thesis"


@pytest.mark.parametrize("output", ["missing/p.json", ".", "/dev/full"])
def test_an_impossible_place_is_told_before_the_data_are_read(run, tmp_path, output):
    code, _, errors = run(
        "summarise", tmp_path / "none.csv", "--target", "y", "-o", tmp_path / output
    )
    assert code == 1
    assert "choose another place" in errors
    assert "none.csv" not in errors
    assert "space" not in errors


def test_a_pipe_is_told_from_an_empty_file(table):
    command = [sys.executable, "-m", "linreg", "fit", "/dev/stdin", "--target", "y"]
    done = subprocess.run(
        command, input=TABLE, capture_output=True, text=True, cwd=Path(__file__).parents[2]
    )
    assert done.returncode == 1
    assert done.stderr == (
        "“/dev/stdin” is a pipe or a device, which can not be read twice; save it as a file first."
        "\n"
    )


def test_an_address_without_dask_is_told_what_reads_it(run):
    address = "https://host/x.csv?a=1"
    code, _, errors = run("fit", address, "--target", "y", "--engine", "pandas")
    assert code == 1
    assert f"“{address}” is not on this machine; take --engine dask" in errors


@pytest.mark.parametrize(
    ("data", "options", "said"),
    [
        ("x.csv", ["--leave-out", "north"], "--leave-out needs --groups"),
        ("-", [], "standard input"),
    ],
)
def test_usage_that_can_not_work_is_told_before_the_pass(run, data, options, said):
    code, _, errors = run("fit", data, "--target", "y", *options)
    assert code == 2
    assert said in errors


def test_groups_are_only_spoken_of_where_there_are_some(table, run, tmp_path):
    table.write_text(TABLE + "NA,7\n")
    assert run("summarise", table, "--target", "y", "-o", tmp_path / "p.json")[0] == 0
    errors = run("fit", tmp_path / "p.json")[2]
    assert errors == "1 of 4 rows were left out: a value is missing or not finite.\n"
