"""Places for a problem file, and files that cannot be read, checked before the pass."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from linreg.data.summary import problem_file
from linreg.data.summary.partitions import find
from linreg.errors import DataError

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
    with pytest.raises(DataError, match="a pipe or a device"):
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
    ("data", "options", "message"),
    [
        ("x.csv", ["--leave-out", "north"], "--leave-out needs --groups"),
        ("-", [], "standard input"),
    ],
)
def test_usage_that_can_not_work_is_told_before_the_pass(run, data, options, message):
    code, _, errors = run("fit", data, "--target", "y", *options)
    assert code == 2
    assert message in errors


def test_rows_that_a_problem_file_has_left_out_are_told(table, run, tmp_path):
    table.write_text(TABLE + "NA,7\n")
    assert run("summarise", table, "--target", "y", "-o", tmp_path / "p.json")[0] == 0
    errors = run("fit", tmp_path / "p.json")[2]
    assert errors == "1 of 4 rows was left out when the file was made.\n"


def refused(run, *arguments):
    code, out, errors = run(*arguments)
    assert (code, out, errors.count("\n")) == (1, "", 1)
    return errors


@pytest.mark.parametrize("output", [[], ["-o", "p.json"]])
@pytest.mark.parametrize("name", ["locked/x.csv", "locked/p.json", "n" * 300, "/proc/self/mem"])
def test_an_input_that_can_not_be_read_is_named(run, tmp_path, monkeypatch, name, output):
    stat = os.stat

    def forbid(path, **options):
        if "locked" in os.fsdecode(path):
            raise PermissionError(13, "Permission denied", path)
        return stat(path, **options)

    monkeypatch.setattr(os, "stat", forbid)
    monkeypatch.chdir(tmp_path)
    errors = refused(run, "summarise", name, "--target", "y", *output)
    assert errors.startswith(f"“{name}” ")
    assert refused(run, "fit", name) == errors  # it might be a problem file


def test_a_reader_that_does_not_say_which_file_it_could_not_read(table, run, monkeypatch):
    def fail(*_, **__):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("linreg.data.summary.summarise.summarise", fail)
    errors = refused(run, "fit", table, "--target", "y")
    assert errors.startswith(f"“{table}” could not be read (Input/output error)")


def test_a_pattern_may_stand_for_a_problem_file_alone(table, run, tmp_path):
    run("summarise", table, "--target", "y", "-o", tmp_path / "p.json")
    assert run("fit", tmp_path / "*.json") == run("fit", tmp_path / "p.json")
    code, _, errors = run("fit", tmp_path / "*", "--target", "y")
    assert code == 2
    assert "p.json” is a problem file, which stands alone" in errors


def test_a_name_that_is_no_text_is_written_with_a_replacement(table, run, tmp_path):
    odd = tmp_path / os.fsdecode(b"caf\xe9.csv")
    table.rename(odd)
    place = tmp_path / "p.json"
    code, out, _ = run("summarise", odd, "--target", "y", "-o", place, "--engine", "pandas")
    assert code == 0
    assert "caf�.csv" in out
    assert problem_file.load(place).source == str(tmp_path / "caf�.csv")


def test_too_many_columns_and_long_names_are_told_before_the_pass(run, tmp_path, monkeypatch):
    monkeypatch.setattr("linreg.data.summary.summarise.summarise", pytest.fail)
    wide = tmp_path / "wide.csv"
    wide.write_text(",".join(f"x{j}" for j in range(501)) + "\n" + ",".join("1" * 501) + "\n")
    assert "501 columns of numbers, and at most 500" in refused(run, "fit", wide, "--target", "x0")
    name = "n" * 10_001
    wide.write_text(f"{name},y\n1,2\n2,3\n")
    for features in ([], ["--features", name]):
        arguments = ("summarise", wide, "--target", "y", *features, "-o", tmp_path / "p.json")
        assert "has 10,001 characters, and in a problem file" in refused(run, *arguments)


def test_a_single_row_is_refused_by_every_command(run, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,y\n1,2\n,3\nNA,4\n")
    for command in (["fit"], ["summarise"], ["train", "--rate", 1, "--steps", 1]):
        errors = refused(run, *command, path, "--target", "y")
        assert "A single row is left of 3, and a line needs two: 2 rows were left out" in errors


def test_rows_without_a_group_can_be_left_out(run, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("a,y,g\n1,2,north\n2,3,north\n3,3,\n4,9,south\n")
    asked = ("fit", path, "--target", "y", "--groups", "g", "--leave-out", "")
    code, out, errors = run(*asked)
    assert (code, errors) == (0, "1 row of “” was left out, as asked.\n")
    assert "rows       3\n" in out
    assert "single row is left of 4" in refused(run, *asked, "--leave-out", "north")
    assert "“”     1\n" in run("summarise", path, "--target", "y", "--groups", "g")[1]


def test_a_problem_file_without_groups_says_so(table, run, tmp_path):
    run("summarise", table, "--target", "y", "-o", tmp_path / "p.json")
    code, _, errors = run("fit", tmp_path / "p.json", "--leave-out", "")
    assert code == 2
    assert "has no groups to leave out; make it with --groups" in errors
