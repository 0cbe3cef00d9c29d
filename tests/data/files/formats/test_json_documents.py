"""JSON that is a table in one piece is read as the table it is, or refused with a true sentence."""

import gzip
import json
from io import StringIO
from time import process_time

import numpy as np
import pandas as pd
import pytest

from linreg.data.files.read_table import read_table
from linreg.data.files.scan import scan
from linreg.errors import DataError

FRAME = pd.DataFrame({"x": [1, 2, 4], "y": [2.5, 3.5, None], "t": ["a", "b", "a"]})
ROWS = [{"x": 1, "y": 2.5}, {"x": 2, "y": 3.5}, {"x": 4, "y": 5.5}]
NAMED = {
    "mpg": {"Mazda": 21, "Fiat": 32.5, "Volvo": 21.4},
    "cyl": {"Mazda": 6, "Fiat": 4, "Volvo": 4},
}


def read_everywhere(tmp_path, text):
    """Return the table in a text, after checking that packed and in batches it is the same."""
    data = text.encode()
    table, path = read_table(data), tmp_path / "table"
    for content in (data, gzip.compress(data)):
        path.write_bytes(content)
        assert list(read_table(content).columns) == list(table.columns)
        for engine in ("polars", "pandas"):
            passed = scan([path], engine=engine)
            rows = np.concatenate([np.column_stack(batch.columns) for batch in passed])
            np.testing.assert_array_equal(rows, np.column_stack([*table.columns.values()]))
            assert set(table.notes) <= set(passed.notes)
    return table


@pytest.mark.parametrize("indent", [0, 1, 4])
@pytest.mark.parametrize("orient", ["columns", "records", "index", "split", "table"])
def test_what_pandas_writes(tmp_path, orient, indent):
    table = read_everywhere(tmp_path, FRAME.to_json(orient=orient, indent=indent))
    expected = ["index", "x", "y"] if orient == "table" else ["x", "y"]
    assert list(table.columns) == expected
    assert table.columns["x"].tolist() == [1, 2, 4]
    np.testing.assert_array_equal(table.columns["y"], [2.5, 3.5, np.nan])
    assert table.texts["t"].to_pylist() == ["a", "b", "a"]


def test_values_of_pandas_have_no_names(tmp_path):
    table = read_everywhere(tmp_path, FRAME.to_json(orient="values"))
    assert list(table.columns) == ["column 1", "column 2"]
    assert table.columns["column 1"].tolist() == [1, 2, 4]


@pytest.mark.parametrize("orient", ["columns", "index", "split"])
def test_names_of_rows_are_a_column(tmp_path, orient):
    table = read_everywhere(tmp_path, pd.DataFrame(NAMED).to_json(orient=orient))
    assert list(table.columns) == ["mpg", "cyl"]
    assert table.texts["index"].to_pylist() == ["Mazda", "Fiat", "Volvo"]


def test_values_of_mongodb_are_what_they_wrap(tmp_path):
    rows = [{"_id": {"$oid": f"a{k}"}, "x": {"$numberDecimal": f"{k}.5"}, "y": k} for k in range(3)]
    table = read_everywhere(tmp_path, "\n".join(json.dumps(row, indent=2) for row in rows))
    assert table.columns["x"].tolist() == [0.5, 1.5, 2.5]
    assert table.texts["_id"].to_pylist() == ["a0", "a1", "a2"]


def test_named_rows_of_numbers_and_text_are_rows(tmp_path):
    frame = pd.DataFrame({"mpg": [21, 32.5], "fuel": ["gas", "oil"]}, ["Mazda", "Fiat"])
    table = read_everywhere(tmp_path, frame.to_json(orient="index"))
    assert (list(table.columns), table.text) == (["mpg"], ("index", "fuel"))


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(json.dumps(row, indent=2) for row in ROWS),
        "".join(json.dumps(row) for row in ROWS),
        ",\n".join(json.dumps(row, indent=1) for row in ROWS) + "\n",
        "\r\n".join(json.dumps(row, indent="\t").replace("\n", "\r\n") for row in ROWS),
        json.dumps(ROWS[0]) + "\n" + "\n".join(json.dumps(row, indent=2) for row in ROWS[1:]),
        json.dumps(ROWS, indent=1),
        json.dumps({"data": ROWS}),
        json.dumps({"data": ROWS}, indent=1),
        json.dumps({"count": 3, "next": None, "results": ROWS, "meta": {"page": 1}}, indent=2),
        json.dumps({"answer": {"status": "ok", "rows": ROWS}}, indent=2),
        json.dumps({"x": [1, 2, 4], "y": [2.5, 3.5, 5.5]}, indent=2),
        json.dumps({"title": "t", "x": [1, 2, 4], "y": [2.5, 3.5, 5.5]}),
        json.dumps([["x", "y"], [1, 2.5], [2, 3.5], [4, 5.5]], indent=1),
        '["x", "y"]\n[1, 2.5]\n[2, 3.5]\n[4, 5.5]\n',
        json.dumps({"fields": ["x", "y"], "rows": [[1, 2.5], [2, 3.5], [4, 5.5]]}),
        json.dumps(
            {"columns": ["x", "y"], "index": [3, 4, 5], "data": [[1, 2.5], [2, 3.5], [4, 5.5]]}
        ),
    ],
)
def test_tables_in_one_piece_or_over_several_lines(tmp_path, text):
    table = read_everywhere(tmp_path, text)
    assert table.columns["x"].tolist() == [1, 2, 4]
    assert table.columns["y"].tolist() == [2.5, 3.5, 5.5]


def test_the_part_that_is_read_is_named(tmp_path):
    table = read_everywhere(tmp_path, json.dumps({"count": 3, "rows": ROWS}))
    assert table.notes == ("Read from “rows” of one JSON object; “count” left out.",)
    table = read_everywhere(tmp_path, FRAME[["x", "y"]].to_json())
    assert table.notes == ("Each object in the file was read as a column.",)


def test_objects_of_pandas_and_lines_of_it_are_the_same(tmp_path):
    frame = pd.read_json(StringIO(FRAME.to_json()))
    lines = frame.to_json(orient="records", lines=True)
    table, other = (read_everywhere(tmp_path, text) for text in (frame.to_json(), lines))
    assert {**table.texts} == {**other.texts}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            json.dumps({"a": ROWS, "b": ROWS}),
            "several lists of rows: “a” and “b”; save one of them",
        ),
        (
            json.dumps(ROWS[0], indent=2) + '\n{\n "x": 2,\n "y": oops\n}\n',
            "Row 2 is not valid JSON",
        ),
        (json.dumps(ROWS[0], indent=2) + '\n{\n "x": 2,', "seems to be cut off in row 2"),
        (json.dumps(ROWS, indent=2)[:-20], "seems to be cut off in row 3"),
        (json.dumps(ROWS) + "\n" + json.dumps(ROWS), "behind the list that ends with row 3"),
        (json.dumps({"data": ROWS})[:-30], "seems to be cut off in row 1"),
    ],
)
def test_what_is_no_table_is_refused(text, message):
    with pytest.raises(DataError, match=message):
        read_table(text.encode())


@pytest.mark.slow
def test_long_values_are_tried_again_only_when_twice_as_much_is_there(monkeypatch):
    tries = []
    decode = json.JSONDecoder.raw_decode

    def counted(self, s, idx=0):
        tries.append(len(s) - idx)
        return decode(self, s, idx)

    monkeypatch.setattr(json.JSONDecoder, "raw_decode", counted)
    table = read_table(
        json.dumps({"x": list(range(200_000)), "y": [1, 2] * 100_000}, indent=1).encode()
    )
    assert table.n == 200_000
    assert len(tries) < 40


@pytest.mark.parametrize("orient", ["columns", "index", "split", "table"])
def test_many_rows_in_one_object_take_linear_time(orient):
    frame = pd.DataFrame({"x": np.arange(20_000.0), "y": np.arange(20_000.0) ** 2})
    data = frame.to_json(orient=orient).encode()
    start = process_time()
    assert read_table(data).n == 20_000
    assert process_time() - start < 5  # a fifth of a second, and half a minute if it is quadratic
