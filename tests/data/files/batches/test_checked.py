"""Batches of numbers from any reader, or the cell that is not one."""

import gzip

import numpy as np
import pytest

from linreg.data.files.batches.checked import (
    MAX_COLUMNS_IN_NOTE,
    check_columns,
    checked_batches,
    numeric_columns,
)
from linreg.data.files.formats.delimited import reader as delimited
from linreg.data.files.formats.detect import reader_of
from linreg.data.files.read_table import read_table
from linreg.data.files.storage.source import Source
from linreg.errors import DataError


def opened(text):
    return reader_of(Source.of(text.encode() if isinstance(text, str) else text))


def joined(batches):
    return np.concatenate([np.column_stack(columns) for columns, _, _ in batches])


@pytest.fixture
def many_chunks(monkeypatch):
    monkeypatch.setattr(delimited, "TEXT_CHUNK_BYTES", 1000)


ROWS = "x,t,y\n" + "".join(f"{k},{k % 3},{-k}\n" for k in range(5000))


@pytest.mark.usefixtures("many_chunks")
@pytest.mark.parametrize("delivered", [0, 1, 999, 1000, 4999, 5000])
def test_rows_that_were_delivered_are_skipped(delivered):
    batches = list(checked_batches(opened(ROWS), ["y", "x"], "t", delivered))
    rows = range(delivered, 5000)
    if delivered < 5000:
        np.testing.assert_array_equal(joined(batches), [(-k, k) for k in rows])
        assert [label for _, labels, _ in batches for label in labels] == [str(k % 3) for k in rows]
        assert batches[-1][2] == 1
    else:
        assert not batches


@pytest.mark.usefixtures("many_chunks")
def test_the_cell_in_the_way_is_named_with_its_row():
    with pytest.raises(DataError, match=r"Column “x” is not a number in row 5,001 \(“oops”\)"):
        list(checked_batches(opened(ROWS + "oops,1,2\n"), ["x"], None))


@pytest.mark.usefixtures("many_chunks")
@pytest.mark.parametrize("late", ['"290,291,292"', '"456,459"'])
def test_thousands_that_were_separated_are_noted_and_no_lists_further_on(late):
    rows = "".join(f'{k},"{k * 997:,}"\n' for k in range(1, 5001))
    said = []
    text = f"x,y\n{rows}7,{late}\n"
    *_, last = checked_batches(opened(text), ["x", "y"], None, on_note=said.append)
    assert last[0][1][-1] == float(late.strip('"').replace(",", ""))
    assert said == ["Thousands separators were removed in “y”."]


def test_what_a_restart_brings_is_noted():
    said = []
    text = b"x,t\n" + b"1,a\n" * 50_000 + b"2,\xe9\n"
    list(checked_batches(opened(text), ["x"], None, on_note=said.append))
    assert said == ["Read with Windows-1252 text."]


@pytest.mark.usefixtures("many_chunks")
def test_a_restart_goes_on_behind_the_rows_that_were_delivered():
    text = ROWS.encode() + b"1,2,3\n" * 20_000 + b"7,\xe9,8\n"
    rows = joined(checked_batches(opened(text), ["x"], None))
    assert len(rows) == 25_001
    assert rows[-1] == 7


def test_missing_labels_are_empty():
    ((_, labels, _),) = checked_batches(opened("x,t\n1,a\n2,\n3,NA\n"), ["x"], "t")
    assert list(labels) == ["a", "", ""]


def test_columns_of_numbers_are_taken_and_the_others_named():
    chosen, note = numeric_columns(opened("x,t,e,g\n1,a,,3\n2,b,,4\n"), "g")
    assert chosen == ("x",)
    assert note.endswith("rows looked at: “t” (“a” in row 1), “e” (empty).")
    assert numeric_columns(opened("x,y\n1,2\n"), None) == (("x", "y"), "")


def test_a_note_names_few_columns():
    names = ",".join(f"t{j}" for j in range(MAX_COLUMNS_IN_NOTE + 2))
    _, note = numeric_columns(opened(f"x,{names}\n1{',a' * (MAX_COLUMNS_IN_NOTE + 2)}\n"), None)
    assert note.endswith(" and 2 more.")
    assert note.count("“a”") == MAX_COLUMNS_IN_NOTE


def test_without_a_column_of_numbers_the_table_is_refused():
    with pytest.raises(DataError, match="No column holds only numbers in the rows looked at: “t”"):
        numeric_columns(opened("t\na\nb\n"), None)


def test_a_column_that_is_not_there():
    check_columns(["x"], ["x", "y"], "a.csv")
    with pytest.raises(DataError, match=r"“a.csv” has no column “z”; its columns are “x” and “y”"):
        check_columns(["x", "z"], ["x", "y"], "a.csv")


@pytest.mark.parametrize("packed", [False, True])
def test_a_cell_near_the_end_is_named_by_its_row_as_in_the_app(packed):
    lines = [f"{k},{'oops' if k == 197 else k * k},{k % 7}" for k in range(200)]
    content = ("a,b,y\n" + "\n".join(lines) + "\n").encode()
    reader = reader_of(Source.of(gzip.compress(content) if packed else content))
    chosen, note = numeric_columns(reader, None)
    assert chosen == ("a", "y")
    assert note == "Left out, not only numbers in the rows looked at: “b” (“oops” in row 198)."
    assert read_table(content).first_text == {"b": (198, "oops")}
