"""JSON without rows, in other encodings, and with texts that no file can hold."""

import codecs
import json

import numpy as np
import pytest

from linreg.data.files import read_table as whole_tables
from linreg.data.files.formats import json_lines
from linreg.data.files.formats.json_lines import JsonReader
from linreg.data.files.read_table import read_table
from linreg.data.files.scan import scan
from linreg.data.files.storage.source import Source
from linreg.errors import DataError

ROWS = [{"x": 1, "y": 2.5, "t": "ö"}, {"x": 2, "y": 3, "t": "“"}]
LINES = "\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS)
ARRAY = json.dumps(ROWS, ensure_ascii=False, indent=1)


def refused(tmp_path, data):
    """Return what is said of a file, read at once and in batches."""
    path = tmp_path / "a.json"
    path.write_bytes(data)
    with pytest.raises(DataError) as of_table:
        read_table(data)
    with pytest.raises(DataError) as of_scan:
        list(scan([path]))
    assert str(of_table.value) == str(of_scan.value)
    return str(of_table.value)


@pytest.mark.parametrize("data", [b"[]", b" [ ]\n"])
def test_no_rows(tmp_path, data):
    assert refused(tmp_path, data).startswith("The file is JSON without rows; write each row as")


@pytest.mark.parametrize("data", [b"{}", b"[{}]", b"{}\n{}\n", b"{}\n" * 30_000])
def test_rows_without_values(tmp_path, data):
    assert refused(tmp_path, data).startswith("The rows have no values in them; write each row as")


def test_values_that_come_late(monkeypatch):
    monkeypatch.setattr(json_lines, "JSON_CHUNK_ROWS", 2)
    assert read_table(b'{}\n{}\n{}\n{"x": 1}\n').n == 4


@pytest.mark.parametrize("text", [LINES, ARRAY, "\n " + ARRAY])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_encodings_that_are_read(tmp_path, text, encoding):
    path = tmp_path / "a.json"
    mark = codecs.BOM_UTF16_BE if encoding == "utf-16-be" else b""
    path.write_bytes(mark + text.encode(encoding))
    table = read_table(path)
    assert {name: column.tolist() for name, column in table.columns.items()} == {
        "x": [1, 2],
        "y": [2.5, 3],
    }
    assert table.texts["t"].to_pylist() == ["ö", "“"]
    (batch,) = scan([path], label="t")
    assert batch.labels.tolist() == ["ö", "“"]


@pytest.mark.parametrize("text", [LINES, ARRAY])
@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32", b""),
        ("utf-32-be", codecs.BOM_UTF32_BE),
        ("utf-32-le", b""),
        ("cp1252", b""),
    ],
)
def test_encodings_that_are_refused(tmp_path, text, encoding, mark):
    message = refused(tmp_path, mark + text.encode(encoding))
    assert message == "The file is JSON but not in UTF-8; save it again in UTF-8."


HALVES = r"""{"x\ud800": 1, "x\udc00": 2, "g": "\ud83d\ude00 \udc00"}
{"x\ud800": 3, "x\udc00": 4.5, "g": "\ud800"}
{"x\ud800": 4, "x\udc00": 7, "g": ["\\ud800", {"\ud800": "\udc00"}]}"""


@pytest.mark.parametrize("text", [HALVES, f"[{HALVES}]".replace("}\n", "},\n")])
def test_half_a_surrogate_pair_is_replaced(tmp_path, text):
    path = tmp_path / "a.json"
    path.write_text(text)
    table = read_table(path)
    assert list(table.columns) == ["x\ufffd", "x\ufffd (2)"]
    assert table.texts["g"].to_pylist()[:2] == ["😀 \ufffd", "\ufffd"]
    assert table.columns["x\ufffd (2)"].tolist() == [2, 4.5, 7]
    scanned = scan([path], label="g")
    (batch,) = scanned
    assert scanned.columns == ("x\ufffd", "x\ufffd (2)")
    assert batch.labels.tolist()[:2] == ["😀 \ufffd", "\ufffd"]
    "".join([*scanned.columns, *scanned.notes, *batch.labels, *table.notes]).encode()


def test_rows_that_do_not_name_a_column_have_no_value_there():
    data = b'{"x": 1, "t": "a"}\n{"y": 5}\n{"x": null, "t": 7}\n{}\n{"x": 4, "t": null, "y": 6}'
    table = read_table(data)
    np.testing.assert_array_equal(table.columns["x"], [1, np.nan, np.nan, np.nan, 4])
    np.testing.assert_array_equal(table.columns["y"], [np.nan, 5, np.nan, np.nan, 6])
    assert table.texts["t"].to_pylist() == ["a", None, "7", None, None]


@pytest.mark.parametrize("rows", ["{}\n" * 1000 + "WIDE", "WIDE\n" + "{}\n" * 1000])
def test_many_names_are_taken_few_rows_at_a_time(monkeypatch, rows):
    monkeypatch.setattr(json_lines, "JSON_CHUNK_CELLS", 5000)
    wide = json.dumps({f"c{k}": k for k in range(100)})
    data = rows.replace("WIDE", wide).encode()
    chunks = list(JsonReader(Source(data, len(data))).chunks())
    assert sum(chunk.n for chunk in chunks) == 1001
    assert max(chunk.n * len(chunk.cells) for chunk in chunks) <= 5000
    table = read_table(data)
    assert (table.n, len(table.columns)) == (1001, 100)


@pytest.mark.parametrize("rows", ["{}\n" * 1000 + "WIDE", "WIDE\n" + "{}\n" * 1000])
def test_a_small_file_of_many_cells_is_refused(monkeypatch, rows):
    monkeypatch.setattr(whole_tables, "MAX_IN_MEMORY_BYTES", 1 << 19)
    wide = json.dumps({f"c{k}": k for k in range(100)})
    with pytest.raises(DataError, match=r"rows of 100 columns, more than .* GB of numbers, which"):
        read_table(rows.replace("WIDE", wide).encode())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"x": 1, "y": 2}\n{"x": 2, "y":\n}\n', "Row 2 is not valid JSON (Expecting value)"),
        ('[{"x": 1, "y": 2}, {"x": 2, "y":\n}]', "Row 2 is not valid JSON (Expecting value)"),
        ('{"x": 1, "y": 2}\n{"x": [1,\n], "y": 2}', "Row 2 is not valid JSON (Expecting value)"),
        ('{"x": 1,\n"y": 2}\n{"x": 2,\n"y":\n', "The file seems to be cut off in row 2"),
    ],
)
def test_what_is_closed_is_not_cut_off(tmp_path, text, message):
    assert refused(tmp_path, text.encode()).startswith(message)


def test_a_number_that_is_rounded_behind_the_first_rows_is_noted(tmp_path, monkeypatch):
    monkeypatch.setattr(json_lines, "JSON_CHUNK_ROWS", 10)
    rows = [{"id": k, "y": k / 2} for k in range(40)] + [{"id": (1 << 53) + 1, "y": 7.5}]
    path = tmp_path / "a.json"
    path.write_text("\n".join(map(json.dumps, rows)))
    passed = scan([path])
    assert sum(len(batch.columns[0]) for batch in passed) == 41
    note = "Whole numbers beyond 2⁵³ are rounded to the nearest float64 in “id”."
    assert passed.notes == read_table(path).notes == (note,)
