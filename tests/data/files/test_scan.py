"""Files of any size: the same numbers from both engines, or the same sentence."""

import gzip
import json
import os
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linreg.data.files.batches import polars
from linreg.data.files.formats.delimited import reader as texts
from linreg.data.files.read_table import read_table
from linreg.data.files.scan import scan
from linreg.data.files.storage import source as sources
from linreg.errors import DataError

pytestmark = pytest.mark.slow

ENGINES = ["polars", "pandas"]


@pytest.fixture(params=ENGINES)
def engine(request):
    return request.param


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def whole(scanned):
    """Put the batches of a scan together; checks that the row numbers go on."""
    parts, labels, row = [], [], 1
    for batch in scanned:
        assert batch.first == row
        row += len(batch.columns[0])
        values = np.column_stack(batch.columns)
        parts.append(np.where(np.isfinite(values), values, np.nan))  # both are missing
        labels += [] if batch.labels is None else batch.labels.tolist()
    return np.concatenate(parts), labels


def test_numbers_in_order_with_missing_ones(tmp_path, engine):
    path = write(tmp_path / "a.csv", "x,name,y\n1,a,2\n,b,NA\ninf,c,1e400\n5e-324,,-0.1\n")
    scanned = scan([path], engine=engine)
    assert (scanned.columns, scanned.sizes) == (("x", "y"), (path.stat().st_size,))
    assert scanned.notes == (
        "Left out, not only numbers in the rows looked at: “name” (“a” in row 1).",
    )
    expected = [[1, 2], [np.nan, np.nan], [np.nan, np.nan], [5e-324, -0.1]]
    np.testing.assert_array_equal(whole(scanned)[0], expected)
    np.testing.assert_array_equal(whole(scanned)[0], expected)  # and once more


def test_columns_come_in_the_order_asked_for_and_labels_as_written(tmp_path, engine):
    path = write(tmp_path / "a.csv", "x,g,y\n1, 1.50 ,2\n3,NA,4\n5,ö,6\n")
    rows, labels = whole(scan([path], ["y", "x"], label="g", engine=engine))
    np.testing.assert_array_equal(rows, [[2, 1], [4, 3], [6, 5]])
    assert labels == ["1.50", "", "ö"]


def test_a_label_of_numbers_is_no_column_unless_asked_for(tmp_path, engine):
    path = write(tmp_path / "a.csv", "x,g,y\n1,07,2\n3,8,4\n")
    assert scan([path], label="g", engine=engine).columns == ("x", "y")
    rows, labels = whole(scan([path], ["g", "x"], label="g", engine=engine))
    assert (rows.tolist(), labels) == ([[7, 1], [8, 3]], ["07", "8"])


@pytest.mark.parametrize(
    "text",
    [
        "x;y\n1,5;2\n-1.234,5;4\n",
        'x,y\n"1.5",2\n"-1,234.5",4\n',
        "x,y\n1.5,2\n\n-1234.5,4\n",
        "x,y\r\n1.5,2\r\n-1234.5,4\r\n",
        "x,y\r1.5,2\r-1234.5,4\r",
        "\ufeffx\ty\n 1.5\t2 \n−1234.5\t+4",
        "sep=|\nx|y\n1.5|2\n-1 234.5|4\n",
    ],
)
def test_dialects(tmp_path, engine, text):
    for content in (text.encode(), gzip.compress(text.encode()), text.encode("utf-16")):
        rows, _ = whole(scan([write(tmp_path / "a", content)], engine=engine))
        np.testing.assert_array_equal(rows, [[1.5, 2], [-1234.5, 4]])


def test_json_lines_and_parquet(tmp_path, engine):
    columns = {"x": [1.5, None, 2.0**60 + 256], "y": [True, False, None], "t": ["a", None, "b"]}
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    lines = [json.dumps({k: v[i] for k, v in columns.items()}) for i in range(3)]
    write(tmp_path / "a.jsonl", "\n".join(lines))
    for name in ("a.parquet", "a.jsonl"):
        rows, labels = whole(scan([tmp_path / name], label="t", engine=engine))
        np.testing.assert_array_equal(rows, [[1.5, 1], [np.nan, 0], [2.0**60 + 256, np.nan]])
        assert labels == ["a", "", "b"]


@pytest.mark.parametrize("kind", [pa.decimal128(25, 3), pa.int64(), pa.uint8(), pa.float32()])
def test_types_of_parquet(tmp_path, engine, kind):
    pq.write_table(pa.table({"x": pa.array([1, None, 3]).cast(kind)}), tmp_path / "a.parquet")
    rows, _ = whole(scan([tmp_path / "a.parquet"], engine=engine))
    np.testing.assert_array_equal(rows.ravel(), [1, np.nan, 3])


def test_a_column_of_parquet_without_values_is_left_out(tmp_path, engine):
    table = {"x": [1.0, 2.0], "n": pa.array([None, None], pa.float64()), "y": [1.0, 3.0]}
    pq.write_table(pa.table(table), tmp_path / "a.parquet", row_group_size=1)
    scanned = scan([tmp_path / "a.parquet"], engine=engine)
    assert scanned.columns == ("x", "y")
    assert scanned.notes == ("Left out, not only numbers in the rows looked at: “n” (empty).",)


def test_a_part_of_parquet_may_be_empty(tmp_path, engine):
    for name, rows in (("a", []), ("b", [1.0, 2.0]), ("c", [])):
        table = pa.table({"x": pa.array(rows, pa.float64()), "y": pa.array(rows, pa.float64())})
        pq.write_table(table, tmp_path / f"{name}.parquet")
    np.testing.assert_array_equal(whole(scan([tmp_path], engine=engine))[0], [[1, 1], [2, 2]])


def test_large_row_groups_are_read_in_pieces(tmp_path, monkeypatch):
    pq.write_table(pa.table({"x": np.arange(3.0), "y": np.arange(3.0)}), tmp_path / "a.parquet")
    scanned = scan([tmp_path / "a.parquet"], engine="polars")
    expected, _ = whole(scanned)
    monkeypatch.setattr(polars, "MAX_ROW_GROUP_BYTES", 8)
    monkeypatch.setattr(polars.pl, "scan_parquet", None)  # polars would hold them as a whole
    np.testing.assert_array_equal(whole(scanned)[0], expected)


def test_a_name_that_polars_can_not_be_told(tmp_path, engine):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv"))
    scanned = scan([write(path, "x,y\n1,2\n3,4\n")], engine=engine)
    np.testing.assert_array_equal(whole(scanned)[0], [[1, 2], [3, 4]])


def test_whole_numbers_that_are_rounded_are_told(tmp_path, engine):
    pq.write_table(pa.table({"id": [1, 2**53 + 1], "x": [1, 2]}), tmp_path / "a.parquet")
    assert "rounded to the nearest float64 in “id”" in scan([tmp_path / "a.parquet"]).notes[0]


@pytest.mark.parametrize(
    "large", ["9007199254740993", "-12345678901234567", "12345678901234567890"]
)
def test_whole_numbers_that_are_rounded_far_down_are_noted(tmp_path, engine, large):
    rows = [f"{k},{k / 2}" for k in range(40_000)]
    rows[30_000] = f"{large},0.5"
    path = tmp_path / "t.csv"
    path.write_text("id,y\n" + "\n".join(rows) + "\n")
    note = "Whole numbers beyond 2⁵³ are rounded to the nearest float64 in “id”."
    assert read_table(path).notes == (note,)
    passed = scan([path], engine=engine)
    assert sum(len(batch.columns[0]) for batch in passed) == 40_000
    assert passed.notes == (note,)


def test_many_files_are_one_table_by_name(tmp_path, engine):
    write(tmp_path / "part-1.csv", "x,y\n1,2\n3,4\n")
    write(tmp_path / "part-2.csv", "y,z,x\n6,a,5\n")
    scanned = scan([str(tmp_path / "part-*.csv")], engine=engine)
    assert [path.name for path in scanned.paths] == ["part-1.csv", "part-2.csv"]
    np.testing.assert_array_equal(whole(scanned)[0], [[1, 2], [3, 4], [5, 6]])


def test_a_directory_of_parquet_is_one_table(tmp_path, engine):
    for name, value in (("b", 2.0), ("a", 1.0), ("_hidden", 3.0)):
        (tmp_path / name).mkdir()
        pq.write_table(pa.table({"x": [value]}), tmp_path / name / "0.parquet")
    assert whole(scan([tmp_path], engine=engine))[0].ravel().tolist() == [1, 2]


def test_values_in_folder_names_are_told(tmp_path, engine):
    for year in (2020, 2021):
        (tmp_path / f"year={year}").mkdir()
        pq.write_table(pa.table({"x": [1.0]}), tmp_path / f"year={year}" / "0.parquet")
    message = "The folder names “year=2020” and “year=2021” are not read as columns."
    assert scan([tmp_path], engine=engine).notes == (message,)


@pytest.mark.parametrize("bad", [1, 2, 3999, 4000, 70_000, 149_999, 150_000])
@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("7,abc", "Column “y” is not a number in row {} .“abc”."),
        ("7,8,9", "ow {} has 3 fields where 2 were expected"),
        ('7,"8', "a quote is opened and never closed in row {}"),
    ],
)
def test_an_odd_row_is_named_wherever_it_is(tmp_path, monkeypatch, engine, bad, line, message):
    monkeypatch.setattr(texts, "TEXT_CHUNK_BYTES", 10_000)
    lines = ["1,2"] * 150_000
    lines[bad - 1] = line
    path = write(tmp_path / "a.csv", "x,y\n" + "\n".join(lines))
    with pytest.raises(DataError, match=message.format(f"{bad:,}")):
        whole(scan([path], ["x", "y"], engine=engine))


@pytest.mark.parametrize("short", [1, 2, 70_000, 149_999, 150_000])
def test_a_short_row_is_noted_wherever_it_is(tmp_path, engine, short):
    lines = ["1,2"] * 150_000
    lines[short - 1] = "7"
    path = write(tmp_path / "a.csv", "x,y\n" + "\n".join(lines) + "\n")
    scanned = scan([path], ["x", "y"], engine=engine)
    rows, _ = whole(scanned)
    np.testing.assert_array_equal(rows[short - 1], [7, np.nan])
    assert np.isnan(rows).sum() == 1
    note = f"Row {short:,} is short: its missing cells at the end count as missing."
    assert scanned.notes == (note,)
    assert read_table(path).notes == (note,)


def test_a_last_row_that_is_short_and_has_no_line_end_is_cut_off(tmp_path, engine):
    path = write(tmp_path / "a.csv", "x,y\n" + "1,2\n" * 150_000 + "7")
    with pytest.raises(DataError, match="cut off: its last row, row 150,001, has 1 field where 2"):
        whole(scan([path], engine=engine))


def test_an_odd_cell_far_down_does_not_repeat_rows(tmp_path, engine):
    n = 300_000
    lines = [f"{i},{i / 7!r}" for i in range(n)]
    lines[-1] = '"1,000", 5 '
    path = write(tmp_path / "a.csv", "x,y\n" + "\n".join(lines))
    rows, _ = whole(scan([path], ["x", "y"], engine=engine))
    np.testing.assert_array_equal(rows[:-1, 1], np.arange(n - 1) / 7)
    assert rows[-1].tolist() == [1000, 5]


LONG_ROWS = {
    "numbers": (2, "a,price,y\n1,5,2\n2,1,234,3\n3,7,5\n"),
    "a text": (2, "a,t,y\n1,q,2\n2,q,234,3\n3,q,5\n"),
    "delimiters at the end": (1, "a,t,y\n1,q,2,,,,\n2,q,3\n3,q,5\n"),
    "far down": (80_001, "a,t,y\n" + "1,q,2\n2,q,4\n" * 40_000 + "2,q,234,3\n"),
}


@pytest.mark.parametrize(("row", "text"), LONG_ROWS.values(), ids=LONG_ROWS)
def test_a_row_that_is_too_long_is_refused_whatever_is_asked_for(tmp_path, engine, row, text):
    path = write(tmp_path / "a.csv", text)
    for columns in (["a", "y"], ["y"]):
        with pytest.raises(DataError, match=f"Row {row:,} has . fields where 3 were expected"):
            whole(scan([path], columns, engine=engine))


def test_quotes_far_down_in_a_column_that_is_not_asked_for(tmp_path, engine):
    rows = ["1,p,q,2\n"] * 40_000
    path = write(tmp_path / "a.csv", "a,t,u,y\n" + "".join([*rows, '1,"p,q",7,8\n', *rows]))
    values, _ = whole(scan([path], ["a", "y"], engine=engine))
    np.testing.assert_array_equal(values[40_000], [1, 8])
    path = write(tmp_path / "b.csv", "a,t,u,y\n" + "".join([*rows, '1,"p,q",8\n', *rows]))
    scanned = scan([path], ["a", "y"], engine=engine)
    np.testing.assert_array_equal(whole(scanned)[0][40_000], [1, np.nan])
    assert "Row 40,001 is short" in scanned.notes[-1]


@pytest.mark.parametrize("names", ["id,2019,2020", "id,x,y"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path, engine, names, start):
    path = write(tmp_path / "a.csv", start + f"{names}\r\n1,1,2\r\n2,2,4\r\n".encode())
    scanned = scan([path], engine=engine)
    assert scanned.columns == tuple(names.split(","))
    np.testing.assert_array_equal(whole(scanned)[0], [[1, 1, 2], [2, 2, 4]])


@pytest.mark.parametrize("word", ["-nan", "+NaN", "INF", "-Infinity", "nan"])
@pytest.mark.parametrize("row", [1, 40_000])
def test_what_programs_write_for_no_number_is_missing(tmp_path, engine, word, row):
    rows = ["1,2"] * 40_001
    rows[row] = f"{word},3"
    scanned = scan([write(tmp_path / "a.csv", "\n".join(["x,y", *rows]))], engine=engine)
    assert scanned.columns == ("x", "y")
    assert np.flatnonzero(np.isnan(whole(scanned)[0][:, 0])).tolist() == [row]


CELLS = st.sampled_from(
    ["1", "-2.5", "3e2", "", "NA", "ab", '"a,b"', '"', "1,5", " 7 ", "é", "1\n2"]
)


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1, max_size=6))
@example([["1", "ab", "2"], ["1", "ab", "2", "3"]])
def test_both_engines_give_the_same_rows_or_the_same_sentence(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("same") / "a.csv"
    write(path, "\n".join(["x,t,y", *map(",".join, rows)]))
    for columns in (None, ["x"], ["x", "y"], ["t"]):
        messages = []
        for engine in ENGINES:
            try:
                messages.append(repr(whole(scan([path], columns, engine=engine))))
            except DataError as refusal:
                messages.append(str(refusal))
        assert messages[0] == messages[1]


def test_a_column_that_is_left_out_is_named_with_its_first_cell(tmp_path):
    path = write(tmp_path / "a.csv", "x,e,y\n1,,2\noops,,3\n")
    (note,) = scan([path]).notes
    assert (
        note
        == "Left out, not only numbers in the rows looked at: “x” (“oops” in row 2), “e” (empty)."
    )
    path = write(tmp_path / "b.csv", "x\noops\n")
    with pytest.raises(DataError, match=r"in the rows looked at: “x” .“oops” in row 1.; correct"):
        scan([path])


@pytest.mark.parametrize(
    ("start", "more", "message"),
    [
        ("1,", "0", "Line 3 is longer than 1 MB"),
        ('1,"', "abc\n", "A quote is opened and not closed for 1 MB"),
    ],
)
def test_a_row_without_end_is_stopped(tmp_path, monkeypatch, engine, start, more, message):
    monkeypatch.setattr(texts, "MAX_LINE_BYTES", 1 << 20)
    monkeypatch.setattr(texts, "MAX_READ_AHEAD_BYTES", 1 << 20)
    packed = gzip.compress(f"x,y\n1,2\n{start}{more * (1 << 22)}".encode())
    with pytest.raises(DataError, match=message):
        whole(scan([write(tmp_path / "a.gz", packed)], ["x"], engine=engine))


def test_blank_lines_and_missing_values_in_the_last_column(tmp_path, engine):
    path = write(tmp_path / "a.csv", "x,y\n" + "1,2\n3,\n" * 1000)
    assert len(whole(scan([path], engine=engine))[0]) == 2000
    path = write(tmp_path / "b.csv", "x,y\n" + "1,2\n\n3,\n" * 1000)
    assert len(whole(scan([path], engine=engine))[0]) == 2000


def test_labels_in_two_encodings_are_refused(tmp_path, monkeypatch, engine):
    monkeypatch.setattr(texts, "TEXT_CHUNK_BYTES", 10_000)
    text = b"x,g\n" + "1,ö\n".encode() * 100_000 + "1,ö\n".encode("cp1252")
    path = write(tmp_path / "a.csv", text)
    with pytest.raises(DataError, match="the text is UTF-8, and further on it is not; save"):
        whole(scan([path], ["x"], label="g", engine=engine))
    assert len(whole(scan([path], ["x"], engine=engine))[0]) == 100_001


def test_what_is_not_there(tmp_path):
    path = write(tmp_path / "a.csv", "x,y\n1,2\n")
    other = write(tmp_path / "b.csv", "x,z\n1,2\n")
    for paths, message in [
        ([tmp_path / "c.csv"], "There is no file “.*c.csv”; check its name"),
        ([str(tmp_path / "*.tsv")], "No file matches “.*tsv”; check the pattern"),
        ([tmp_path], "directory without Parquet files; name the files in it"),
        ([path, other], "b.csv” has no column “y”; its columns are “x” and “z”"),
        ([], "No file is named"),
        (["a\0b"], "is not the name of a file"),
    ]:
        with pytest.raises(DataError, match=message):
            scan(paths)
    with pytest.raises(DataError, match=r"a.csv” has no column “q”"):
        scan([path], ["x", "q"])
    text = write(tmp_path / "t.csv", "price,discount\n$1,5%\n$2,7%\n")
    message = r"“price” \(“\$1” in row 1\), “discount” \(“5%” in row 1\); correct .* or repair them"
    with pytest.raises(DataError, match=message):
        scan([text])


def test_the_file_is_named_where_there_are_several(tmp_path, engine):
    write(tmp_path / "a.csv", "x,y\n1,2\n")
    write(tmp_path / "b.csv", "x,y\n1,2\n3,bad\n")
    with pytest.raises(DataError, match=r"In “.*b.csv”: Column “y” is not a number in row 2"):
        whole(scan([str(tmp_path / "*.csv")], engine=engine))


def test_a_file_that_unpacks_without_end_is_stopped(tmp_path, monkeypatch, engine):
    path = write(tmp_path / "a.gz", gzip.compress(b"x,y\n" + b"1,2\n" * 1_000_000))
    scanned = scan([path], engine=engine)
    monkeypatch.setattr("linreg.data.files.scan.MAX_SCAN_UNPACKED_BYTES", sources.GIGABYTE // 1024)
    with pytest.raises(DataError, match=r"unpacks to more than 0.0009.* GB, which is the limit"):
        whole(scanned)


def test_progress_goes_from_first_to_last_and_may_end_the_pass(tmp_path, engine):
    paths = [write(tmp_path / f"{k}.csv", "x,y\n" + "1,2\n" * 300_000) for k in range(2)]
    shares = []
    whole(scan(paths, engine=engine, on_progress=shares.append))
    assert shares == sorted(shares)
    assert shares[-1] == 1.0

    def stop(share):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        whole(scan(paths, engine=engine, on_progress=stop))


def test_an_engine_that_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setattr("linreg.data.files.scan._has_polars", lambda: False)
    path = write(tmp_path / "a.csv", "x,y\n1,2\n")
    assert whole(scan([path]))[0].tolist() == [[1, 2]]
    with pytest.raises(DataError, match="polars is not installed; install what requirements-sc"):
        scan([path], engine="polars")
