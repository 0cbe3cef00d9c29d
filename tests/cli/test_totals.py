"""Notes on rows of totals: which row, and the options that leave it out."""

import gzip
import json
import shlex

import pandas as pd
import pytest

ROWS = "jan,31,11\nfeb,47,83\nTotal,147,201\nmar,52,67\napr,17,40\n"
NOTE = (
    "Row 3 is the sum of the 4 others in “units” (147) and “cost” (201). It counts as an "
    "observation; to leave it out, add --groups month --leave-out Total."
)


def write(path, rows, packed=False):
    content = f"month,units,cost\n{rows}".encode()
    path.write_bytes(gzip.compress(content) if packed else content)
    return path


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("engine", ["pandas", "polars"])
@pytest.mark.parametrize("features", [[], ["--features", "units"]])
def test_a_row_of_totals_is_named_with_what_leaves_it_out(tmp_path, run, engine, packed, features):
    path = write(tmp_path / "x.csv", ROWS, packed)
    command = ["fit", path, "--target", "cost", "--engine", engine, "--json", *features]
    code, out, errors = run(*command)
    assert (code, json.loads(out)["n"]) == (0, 5)
    assert NOTE in errors.splitlines()
    options = shlex.split(NOTE.partition("add ")[2].rstrip("."))
    code, out, errors = run(*command, *options)
    assert (code, json.loads(out)["n"]) == (0, 4)
    assert "is the sum" not in errors


FORMATS = {
    "x.parquet": lambda table, path: table.to_parquet(path),
    "x.xlsx": lambda table, path: table.to_excel(path, index=False),
    "x.jsonl": lambda table, path: table.to_json(path, orient="records", lines=True),
}


@pytest.mark.parametrize("name", FORMATS)
def test_the_format_of_the_file_does_not_matter(tmp_path, run, name):
    path = tmp_path / name
    FORMATS[name](pd.read_csv(write(tmp_path / "x.csv", ROWS)), path)
    assert NOTE in run("fit", path, "--target", "cost")[2].splitlines()


def test_several_rows_and_names_with_commas_and_blanks_are_quoted(tmp_path, run):
    rows = 'a,31,11\nb,47,83\n"Sum, first",78,94\nc,52,67\nd,17,40\n"Sum, second",69,107\n'
    path = write(tmp_path / "x.csv", rows)
    path.write_text(path.read_text().replace("month", "the month"))
    command = ["summarise", path, "--target", "cost"]
    errors = run(*command)[2]
    assert " They count as observations; to leave them out, add --groups 'the month' " in errors
    (note,) = (line for line in errors.splitlines() if "Row 3 is the sum" in line)
    code, out, errors = run(*command, *shlex.split(note.partition("add ")[2].rstrip(".")))
    assert code == 0
    assert "rows      4" in out
    assert "is the sum" not in errors


@pytest.mark.parametrize(
    ("rows", "options"),
    [
        ("jan,310,1150\nfeb,427,838\nmar,512,679\napr,917,173\n,2166,2840\n", []),  # without a word
        ("jan,31,11\nfeb,47,83\nTotal,78,94\nTotal,50,12\n", []),  # another is called so as well
    ],
)
def test_where_no_option_leaves_it_out_alone_the_app_does(tmp_path, run, rows, options):
    errors = run("fit", write(tmp_path / "x.csv", rows), "--target", "cost", *options)[2]
    assert "is the sum" in errors
    assert "to leave it out, repair the table in the app, on the page Data, and" in errors


def test_of_several_files_the_file_is_named(tmp_path, run):
    write(tmp_path / "1.csv", ROWS)
    write(tmp_path / "2.csv", ROWS.replace("Total,147,201\n", ""))
    errors = run("fit", tmp_path / "1.csv", tmp_path / "2.csv", "--target", "cost")[2]
    assert f"In “{tmp_path / '1.csv'}”: {NOTE}" in errors
    assert errors.count("is the sum") == 1


def test_ordinary_rows_have_no_note(tmp_path, run):
    path = write(tmp_path / "x.csv", ROWS.replace("147", "148"))
    path.write_text(path.read_text().replace("201", "205"))
    assert "is the sum" not in run("fit", path, "--target", "cost")[2]
