"""Every format is found by its content; what cannot be read is refused with a sentence."""

import gzip
import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

from linreg.data.files import read_table as whole_tables
from linreg.data.files.formats import json_lines
from linreg.data.files.formats.detect import (
    QUICK_BYTES,
    QUICK_COLUMNS,
    QUICK_PACKED_BYTES,
    is_slow,
    takes_long,
)
from linreg.data.files.formats.excel import archive_checks
from linreg.data.files.read_table import read_table
from linreg.data.files.storage import source as sources
from linreg.errors import DataError
from tests.helpers import files

COLUMNS = {"x": [1.5, None, -2e300, 5e-324], "name": ["a", "ö", None, " b "]}
WRITERS = [files.json_lines, files.json_array, files.parquet, files.excel]


def texts(table):
    return {name: cells.to_pylist() for name, cells in table.texts.items()}


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_table_in_every_format(write):
    table = read_table(write(COLUMNS))
    np.testing.assert_array_equal(table.columns["x"], [1.5, np.nan, -2e300, 5e-324])
    assert texts(table) == {"name": ["a", "ö", None, "b"]}
    assert (table.n, table.text, table.first_text) == (4, ("name",), {"name": (1, "a")})
    assert table.notes == ()


@pytest.mark.parametrize("write", WRITERS)
def test_text_that_is_numbers_is_numbers_and_truth_is_one(write):
    table = read_table(write({"t": ["1.5", "1,000", None], "b": [True, None, False]}))
    np.testing.assert_array_equal(table.columns["t"], [1.5, 1000, np.nan])
    np.testing.assert_array_equal(table.columns["b"], [1, np.nan, 0])


def test_text_columns_are_kept_exactly_as_they_are_written(monkeypatch):
    monkeypatch.setattr(
        "linreg.data.files.formats.delimited.reader.TEXT_CHUNK_BYTES", 100
    )  # many chunks of 1000 rows
    late = ["1.50"] * 2500 + ["abc", "007", "NA", ""]
    flags = ["TRUE"] * 2000 + ["yes"] * 504
    text = "x,late,flag\n" + "".join(f"1,{a},{b}\n" for a, b in zip(late, flags, strict=True))
    table = read_table(text.encode())
    assert texts(table) == {"late": [*late[:2502], None, None], "flag": flags}
    assert table.first_text == {"late": (2501, "abc"), "flag": (2001, "yes")}


def test_a_sheet_with_dates_and_others_beside_it():
    rows = [
        ["day", "at", "x", "t"],
        [date(2020, 2, 29), datetime(2020, 2, 29, 6), 1, "1,5"],
        [],
        [None, None, 2.5, "2,25"],
    ]
    table = read_table(files.workbook({"Data": rows, "Other": [[1]], "More": []}))
    assert texts(table) == {"day": ["2020-02-29", None], "at": ["2020-02-29T06:00:00", None]}
    assert {name: column.tolist() for name, column in table.columns.items()} == {
        "x": [1, 2.5],
        "t": [1.5, 2.25],
    }
    assert table.notes == (
        "Read from the first sheet, “Data”; 2 other sheets (“Other” and “More”) left out.",
        "Read with decimal comma.",
    )


def test_a_sheet_without_header():
    table = read_table(files.workbook({"Data": [[1, 2], [3, 4]]}))
    assert list(table.columns) == ["column 1", "column 2"]
    assert "The first row contains numbers" in table.notes[0]


def test_types_of_parquet():
    columns = {
        "exact": pa.array([Decimal("1.10"), Decimal("0.30"), None]),
        "id": [1, 2**53 + 1, None],
        "day": [date(2020, 1, 2), None, None],
        "at": [datetime(2020, 1, 2, 3), None, None],
        "list": [[1, 2], None, []],
        "kind": pa.array(["u", "v", "u"]).dictionary_encode(),
        "f": [1.5, float("inf"), float("nan")],
    }
    table = read_table(files.parquet(columns))
    np.testing.assert_array_equal(table.columns["exact"], [1.1, 0.3, np.nan])
    np.testing.assert_array_equal(table.columns["id"], [1, 2.0**53, np.nan])
    np.testing.assert_array_equal(table.columns["f"], [1.5, np.nan, np.nan])
    assert texts(table) == {
        "day": ["2020-01-02", None, None],
        "at": ["2020-01-02 03:00:00", None, None],
        "list": ["[1, 2]", None, "[]"],
        "kind": ["u", "v", "u"],
    }
    assert table.notes == ("Whole numbers beyond 2⁵³ are rounded to the nearest float64 in “id”.",)


def test_a_name_that_comes_late_in_json_is_a_column_from_there_on(monkeypatch):
    monkeypatch.setattr(json_lines, "JSON_CHUNK_ROWS", 2)
    data = b'{"x": 1}\n{"x": 2}\n\n{"x": 3, "z": 9, "t": "a"}\n{"z": 10, "o": {"a": [1]}}\n'
    table = read_table(data)
    np.testing.assert_array_equal(table.columns["x"], [1, 2, 3, np.nan])
    np.testing.assert_array_equal(table.columns["z"], [np.nan, np.nan, 9, 10])
    assert texts(table)["t"] == [None, None, "a", None]
    assert texts(table)["o"] == [None, None, None, '{"a": [1]}']


def test_a_packed_file_is_unpacked():
    table = read_table(io.BytesIO(gzip.compress(b"x,y\n1,2\n", mtime=0)))
    assert {name: column.tolist() for name, column in table.columns.items()} == {"x": [1], "y": [2]}


def zipped(*names):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0" + bytes(600)
BOOK = files.excel({"x": [1, 2]})
ROWS = files.parquet({"x": [1.0] * 100})


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty"),
        (b" \n\n", "The file is empty"),
        (zipped("data.csv"), "a zip archive; take the table out of it"),
        (zipped("xl/workbook.bin"), "a binary Excel file .*; in Excel, save it as .xlsx or CSV"),
        (zipped("content.xml"), "an OpenDocument file; save it as .xlsx or CSV"),
        (zipped(), "an empty zip archive"),
        (OLE, "an old Excel file .*; in Excel, save it as .xlsx or CSV"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "an encrypted Excel file; in Excel, save"),
        (b"\x89PNG ...", "a PNG picture"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><table>1,2</table>", "a web page or other markup; open it"),
        (b"<Html>\n<p>1,2\n", "a web page or other markup; open it"),
        (b"\xff\xd8\xff ...", "a JPEG picture"),
        (b"%PDF ...", "a PDF document"),
        (b"ARROW1 ...", "an Arrow file; save the table as Parquet or CSV"),
        (b"PARE ...", "an encrypted Parquet file"),
        (b"BZh9 ...", "compressed with bzip2; unpack it first"),
        (b"SQLite format 3\0", "a database; save the table as CSV"),
        (gzip.compress(BOOK, mtime=0), "packed with gzip, and no text is inside; unpack it first"),
        (
            gzip.compress(gzip.compress(b"x,y\n1,2\n", mtime=0), mtime=0),
            "packed with gzip, and no text is inside",
        ),
        (
            gzip.compress(b"x,y\n" + b"1,2\n" * 99, mtime=0)[:-9],
            "gzip packing ends too early; download",
        ),
        (
            gzip.compress(b"x,y\n1,2\n", mtime=0)[:10] + b"\xff" * 40,
            "gzip packing cannot be undone",
        ),
        (gzip.compress(b"", mtime=0), "The file is empty"),
        (BOOK[:-30], "The Excel file is damaged or cut off; open it in Excel"),
        (BOOK[:200], "The Excel file is damaged or cut off"),
        (zipped("xl/workbook.xml"), "The Excel file is damaged or cut off"),
        (files.workbook({"Data": []}), "The first sheet, “Data”, is empty; put the table there"),
        (files.workbook({"Data": [["x", "y"]]}), "has a header but no rows"),
        (files.workbook({"D": [["x", "y"], [1, "=A2"]]}), "Cell B2 .* has a formula whose value"),
        (ROWS[:-100], "The Parquet file is damaged or cut off"),
        (ROWS[:100], "The Parquet file is damaged or cut off"),
        (ROWS[:4] + b"\xff" * 40 + ROWS[44:], "The Parquet file is damaged or cut off"),
        (files.parquet({"x": pa.array([], pa.float64())}), "has a header but no rows"),
        (files.parquet({"x": ["", None]}), "No column holds only numbers, all are empty; fill in"),
        (b'{"x": 1}\n{"x":, }\n{"x": 3}', "Row 2 is not valid JSON .*; correct that line"),
        (b'{"x": 1}\n{"x": 2', "seems to be cut off in row 2; save or download it again"),
        (b'{"x": 1}\n5\n', "Row 2 is not an object like .* but a number; write each row as"),
        (b"[1, 2, 3]", "Row 1 is not an object like .* but a number"),
        (b'[{"x": 1}, [2]]', "Row 2 is not an object like .* but a list"),
        (b'[[1, 2], {"x": 3}]', "Row 2 is not a list, as those above it, but an object; write all"),
        (b"[[1, 2], [3, 4, 5]]", "Row 2 has 3 values where 2 were expected; correct that row"),
        (b'[{"x": 1}, null]', "Row 2 is not an object like .* but null"),
        (b'[{"x": 1}, {"x": 2 3}]', "Row 2 is not valid JSON"),
        (b'[{"x": 1},\n{"x": 2}', "seems to be cut off in row 2"),
        (b'{"x": 1, "t": "\xff"}', "JSON but not in UTF-8; save it again in UTF-8"),
        (b'{"x": ' + b"[" * 99_999, "nests JSON too deeply"),
        (b'{"x": ' + b"9" * 5000 + b'}\n{"x": 1}', "Row 1 is not valid JSON .a number is too long"),
    ],
)
def test_what_cannot_be_read_is_refused(data, message):
    with pytest.raises(DataError, match=message):
        read_table(data)


@pytest.mark.slow
def test_files_that_unpack_without_end_are_stopped(monkeypatch):
    packed = gzip.compress(b"x,y\n" + b"1,2\n" * 1_000_000, mtime=0)
    for limit in ("MAX_UPLOAD_UNPACKED_BYTES", "MAX_IN_MEMORY_BYTES"):
        monkeypatch.setattr(whole_tables, limit, sources.GIGABYTE // 1024)
    with pytest.raises(DataError, match=r"unpacks to more than .* GB, which is the limit for pa"):
        read_table(packed)
    with pytest.raises(DataError, match=r"unpacks to 200,000 rows of 1 column, more than .* GB"):
        read_table(files.parquet({"x": pa.array(np.zeros(200_000))}))
    monkeypatch.setattr(archive_checks, "MAX_WORKBOOK_BYTES", 1000)
    with pytest.raises(DataError, match=r"unpacks to more than .* GB, which is the limit for wo"):
        read_table(BOOK)
    monkeypatch.setattr(json_lines, "MAX_NAMES", 3)
    with pytest.raises(DataError, match=r"more than 3 different names"):
        read_table(b'{"a": 1, "b": 1}\n{"c": 1, "d": 1}')


def test_paths_that_cannot_be_read(tmp_path, monkeypatch):
    with pytest.raises(DataError, match=r"There is no file “.*none.csv”; check its name"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(DataError, match=r"is a directory; name a file in it"):
        read_table(tmp_path)
    path = tmp_path / "secret.csv"
    path.write_text("x,y\n1,2\n")

    def forbid(*args, **options):
        raise PermissionError

    monkeypatch.setattr("linreg.data.files.storage.source.NamedFile", forbid)
    with pytest.raises(DataError, match=r"“.*secret.csv” may not be read by you; change its perm"):
        read_table(path)


@pytest.mark.parametrize(
    ("start", "size", "slow"),
    [
        (b"PAR1", 500, True),
        (b"PK\x03\x04", 500, False),
        (b"a,b", 500, False),
        (b"a,b", 1 << 24, True),
    ],
)
def test_what_is_read_in_a_process_of_its_own(start, size, slow):
    assert is_slow(start, size) is slow


WIDE = QUICK_COLUMNS + 1
HEADER = b",".join(b"x%d" % j for j in range(WIDE))
WIDE_ROWS = HEADER + b"\n" + b",".join([b"1"] * WIDE) + b"\n"
NARROW_ROWS = b"x,y\n" + b"1,2\n" * 10_000


def spread(*cells):
    """Return a workbook whose cells are far apart."""
    rows = [[1, 2], [3, 4]]
    for row, column in cells:
        rows += [[] for _ in range(row - len(rows))]
        rows[row - 1] = [*([None] * (column - 1)), 5]
    return files.workbook({"S": [["x", "y"], *rows]})


LONG = {
    "many columns": WIDE_ROWS,
    "many columns, packed": gzip.compress(WIDE_ROWS, mtime=0),
    "many columns with semicolons": WIDE_ROWS.replace(b",", b";"),
    "many columns, UTF-16": WIDE_ROWS.decode().encode("utf-16"),
    "many columns, CR": WIDE_ROWS.replace(b"\n", b"\r"),
    "many columns below a title": b"Report\n\n" + WIDE_ROWS,
    "much inside": gzip.compress(b"x,y\n" + b"1,2\n" * 3_000_000, mtime=0),
    "many names": b'{"a": 1}\n' + b"{%b}" % b", ".join(b'"x%d": 1' % j for j in range(WIDE)),
    "many objects": b'{"x": 1, "y": 2}\n' * 100_000,
    "many absent cells": b"".join(b'{"x%d": 1}\n' % j for j in range(1500)),
    "a wide sheet": files.workbook({"S": [[f"x{j}" for j in range(WIDE)], [1] * WIDE]}),
    "a sheet of far cells": spread((6000, 300)),
}
QUICK = {
    "rows": NARROW_ROWS,
    "rows, packed": gzip.compress(NARROW_ROWS, mtime=0),
    "objects": b'{"x": 1, "y": 2}\n' * 10_000,
    "a workbook": files.workbook({"S": [["x", "y"], *([1, 2] for _ in range(500))]}),
    "a damaged workbook": files.workbook({"S": [["x", "y"]]})[:-30],
    "cut off": gzip.compress(NARROW_ROWS, mtime=0)[:-10],
    "nothing": b"",
}


@pytest.mark.parametrize("name", [*LONG, *QUICK])
def test_the_work_decides_what_is_read_in_a_process_of_its_own(name):
    content = {**LONG, **QUICK}[name]
    is_packed = content.startswith((b"PK", b"\x1f\x8b"))
    assert len(content) <= (QUICK_PACKED_BYTES if is_packed else QUICK_BYTES) / 2
    assert takes_long(content) is (name in LONG)
