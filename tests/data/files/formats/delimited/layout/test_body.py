"""Notes below a table are passed over, and noted; rows that lack cells are kept."""

import gzip
import io

import pytest

from linreg.data.files.formats.delimited.layout.body import Body, with_footer
from linreg.data.files.formats.delimited.rows import Layout
from linreg.data.files.read_table import read_table
from linreg.data.files.scan import scan
from linreg.data.files.storage.source import Source
from linreg.errors import DataError

NUMBERS, WORDS = "x,y\n1,2.5\n2,3.5\n3,5.5\n", "name,x\nAnn,2.5\nBob,3.5\nEve,5.5\n"
BELOW = {
    "a note": (NUMBERS, "Source: own survey\n"),
    "a note behind a blank line": (NUMBERS, "\nown survey\n"),
    "a padded note": (NUMBERS, "own survey,\n"),
    "a padded note behind a blank row": (NUMBERS, ",\nown survey,\n"),
    "a total": (NUMBERS, "Total,11.5\n"),
    "a note without a line end": (NUMBERS, "Source: own survey"),
    "a note with commas": (NUMBERS, "Source: Ann, Bob, and others\n"),
    "a note below words": (WORDS, "Source: own survey\n"),
    "a mark below words": (WORDS, "* provisional\n"),
    "a line below words": (WORDS, "\nown survey\n"),
    "a comment": (WORDS, "# end\n"),
    "as many fields": (NUMBERS, "Source: me, 2024\n"),
    "as many fields without a blank": (NUMBERS, "Source,2024\n"),
    "as many fields behind a blank line": (NUMBERS, "\nSource: me, 2024\n"),
    "as many fields below words": (WORDS, "Source: me, 2024\n"),
    "as many words below words": (WORDS, "Source: me, Bob\n"),
    "a mark and as many fields": (NUMBERS, "* preliminary, rounded\n"),
}


@pytest.mark.parametrize("more", [0, pytest.param(40_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("table", "below"), BELOW.values(), ids=BELOW)
def test_a_line_below_in_the_app_and_on_the_command_line(tmp_path, table, below, more):
    header, rows = table.split("\n", 1)
    data = f"{header}\n{rows}{rows * more}{below}".encode()
    shown = below.strip(",\n")
    for name, content in (("a.csv", data), ("a.csv.gz", gzip.compress(data))):
        path = tmp_path / name
        path.write_bytes(content)
        read = read_table(path)
        assert read.n == 3 + 3 * more
        assert set(read.columns) == set(header.split(",")) - {"name"}
        (note,) = read.notes
        assert note.startswith(f"The last line was passed over: “{shown}")
        for engine in ("polars", "pandas"):
            scanned = scan([path], ["x"], engine=engine)
            assert sum(len(batch.columns[0]) for batch in scanned) == read.n
            assert note in scanned.notes


@pytest.mark.parametrize(
    ("table", "below"),
    [
        (NUMBERS, "Total,11.5\nMean,3.8\n"),
        (NUMBERS, "\nMinimum,2.5\nMax.,5.5\n"),
        (NUMBERS, "Sum,11.5\nAverage,3.8\nCount,3\n"),
        (NUMBERS, "Total,11.5\nMean,3.8\nSource: me, 2024\n"),
        *(
            (table, below)
            for table in (NUMBERS, WORDS)
            for below in (
                "\nown survey\nask Bob\n",
                "Source: me, 2024\nNote: preliminary, rounded\n",
                "Source: me\nNote: preliminary\n",
                "* preliminary\n** estimated\n",
            )
        ),
    ],
)
def test_several_lines_below(tmp_path, table, below):
    path = tmp_path / "a.csv"
    path.write_text(table + below)
    read = read_table(path)
    assert read.n == 3
    lines = below.strip().split("\n")
    (note,) = read.notes
    assert note.startswith(f"The last {len(lines)} lines were passed over: “{lines[0]}”")
    for engine in ("polars", "pandas"):
        scanned = scan([path], engine=engine)
        assert [len(batch.columns[0]) for batch in scanned] == [3]
        assert note in scanned.notes


@pytest.mark.parametrize(
    "rows",
    ["Total,9\n", "Carl,4\n", "Carl,\n", "\nCarl,4\n", "Source: me,2024\n", "Total,9\nMean,3\n"],
)
def test_a_row_of_full_width_below_words_is_data(rows):
    assert read_table(f"{WORDS}{rows}".encode()).n == 3 + len(rows.strip().split("\n"))


@pytest.mark.parametrize(
    "text",
    [
        "statistic,x\ncount,3\nmean,2.5\nmin,1\n\nmax,4\n",
        "statistic,x\ntotal,9\nmean,3\n",
        "x,y\n1,2.5\n2,3.5\n(3),5.5\n",
        "x,y\n1,2.5\n2,3.5\n*3,5.5\n",
        "t,x\nAnn: a, 2\nBob: b, 3\nEve: c, 4\n",
    ],
)
def test_rows_of_such_words_or_marks_are_data(text):
    table = read_table(text.encode())
    assert table.n == len([*filter(None, text.split("\n"))]) - 1
    assert not any("passed over" in note for note in table.notes)


def test_a_short_row_is_not_below_the_table():
    table = read_table(f"{WORDS}Carl\n".encode())
    assert table.n == 4
    assert table.notes == ("Row 4 is short: its missing cells at the end count as missing.",)


@pytest.mark.parametrize("text", [f"{WORDS}Car", f"{NUMBERS}4", "x,y,z\n1,2,3\n4,5"])
def test_a_row_that_broke_off_is_not_below_the_table(text):
    with pytest.raises(DataError, match="seems to be cut off: its last row, row"):
        read_table(text.encode())


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
@pytest.mark.parametrize("footer", [0, 1, 9])
def test_the_stream_ends_where_the_table_does(monkeypatch, size, footer):
    monkeypatch.setattr("linreg.data.files.formats.delimited.encoding.MIN_READ_BYTES", 1)
    data = b'above\n"1,2"\n"3,""4"""\n' + b"." * footer
    for quoted, expected in ((True, b'1,2\n3,"4"\n'), (False, data[6 : len(data) - footer])):
        layout = Layout(",", quoted_rows=quoted, footer=footer)
        with Source.of(io.BytesIO(data)).open() as file:
            body = Body(file, "UTF-8", None, layout)
            body.skip(6)
            pieces = []
            while piece := body.read(size):
                pieces.append(piece)
        assert b"".join(pieces) == expected


def test_a_tail_of_other_widths_has_no_footer():
    layout = Layout(",")
    assert with_footer(layout, b"a\nb,c\nd,e,f\n", is_all=False) == layout
