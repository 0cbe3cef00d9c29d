"""Where the rows come from: problem files here, tables below."""

import json
from pathlib import Path

import pytest

from linreg import problem_file


def test_a_problem_file_has_its_own_target(problem, result):
    assert list(result("fit", problem)["theta"]) == ["(intercept)", "a", "b, c"]


def test_groups_are_left_out_without_reading_again(problem, result):
    assert result("fit", problem, "--leave-out", "south")["n"] == 2000


def test_repairs_and_notes_of_a_problem_file_are_told(problem, run, tmp_path):
    told = json.loads(problem_file.dumps(problem_file.load(problem)))
    told["content"]["repairs"] = ["fill:a"]
    told["content"]["notes"] = ["Read with decimal comma."]
    told["content"] |= {"rows_read": 3005, "rows_left_out": 5}
    told["checksum"] = problem_file.checksum(told["content"])
    path = tmp_path / "p.json"
    path.write_text(json.dumps(told))
    code, out, errors = run("fit", path, "--json")
    assert code == 0
    assert json.loads(out)["n"] == 3000
    assert errors.splitlines() == [
        "Read with decimal comma.",
        "Repaired before the pass: fill:a",
        "5 of 3,005 rows were left out: a value is missing or not finite, or their group was left "
        "out.",
    ]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--groups", "region"], "--groups is for rows"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--scheduler is for --engine dask"),
        (["--target", "a", "--features", "a"], "“a” is chosen twice"),
        (["--features", "a,a"], "“a” is chosen twice"),
        (["other.csv"], "stands alone"),
    ],
)
def test_options_that_do_not_fit_are_wrong_usage(problem, run, options, said):
    code, out, errors = run("fit", problem, *options)
    assert (code, out) == (2, "")
    assert said in errors


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--target", "z"], "no column “z”; the columns are “a”, “b, c” and “y”"),
        (["--features", "z"], "no column “z”"),
        (["--leave-out", "east"], "no group “east”"),
        (["--leave-out", "north,south"], "keep at least one"),
    ],
)
def test_what_is_not_in_the_problem_file_is_named(problem, run, options, said):
    code, out, errors = run("fit", problem, *options)
    assert (code, out) == (1, "")
    assert said in errors
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
