"""Quotes that begin behind all samples."""

import gzip

import pytest

from linreg.data.files.formats.delimited.dialect import sniff
from linreg.data.files.formats.delimited.encoding import Utf8Stream
from linreg.data.files.formats.delimited.quotes import other_quotes
from linreg.data.files.read_table import read_table
from linreg.data.files.scan import scan
from linreg.data.files.storage.source import Source
from linreg.errors import DataError
from tests.helpers.files import read_everywhere

HEAD = "id,t,y\n1,word,2.5\n"


def quotes_of(rows):
    with Source.of((HEAD + rows).encode()).open() as file:
        found = other_quotes(Utf8Stream(file, "UTF-8"), sniff(HEAD.encode()))
    return found and (found.quote, found.escape)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('2,"say \\"hi, you\\" now",3\n', ('"', "\\")),
        ('2,"a, b",3\n3,"c \\"d, e\\"",4', ('"', "\\")),
        ("2,'a, b',3\n3,O'Neil,4\n", ("'", None)),
        ("2,'it''s, b',3\n", ("'", None)),
        ("2,'a, b',3\n3,'t Hooft,4\n", None),  # the second one is not closed
        ("2,'a, b',3\n3,\"c\",4\n", None),  # double quotes as well
        ('2,"say \\"hi, you\\" now",3\n3,"C:\\",4\n', None),  # a path that ends so
        ("2,a,b,3\n", None),
    ],
)
def test_quotes_that_suit_all_lines(rows, expected):
    assert quotes_of(rows) == expected


def long_table(cell, at=30_000, n=30_050):
    rows = [f"{k},word,{k / 2}" for k in range(n)]
    rows[at] = f"{at},{cell},{at / 2}"
    return ("id,t,y\n" + "\n".join(rows) + "\n").encode()


@pytest.mark.parametrize(
    ("cell", "style"),
    [
        ('"say \\"hi, you\\" now"', "Read with backslashes before quotes."),
        ("'a, b'", "Read with single quotes."),
        ('"a, b"', ""),
    ],
)
def test_quotes_far_down_are_read(tmp_path, cell, style):
    data = long_table(cell)
    for content in (data, gzip.compress(data, 1)):
        table, notes = read_everywhere(tmp_path, content)
        assert (table.n, table.columns["y"][-1]) == (30_050, 30_049 / 2)
        assert "," in table.texts["t"][30_000].as_py()
        assert (style in table.notes, style in notes) == (bool(style), bool(style))


@pytest.mark.parametrize(("at", "n"), [(0, 4), (2, 4), (30_000, 30_050)])
@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"a \\"q\\" b"', 'a "q" b'),
        ('"5\\" pipe"', '5" pipe'),
        ('"\\"é\\" \\\\ b"', '"é" \\ b'),
    ],
)
def test_backslash_quotes_without_a_delimiter_inside(tmp_path, cell, text, at, n):
    data = long_table(cell, at, n).replace(
        b",word," if at else b",none,", "élan".join(",,").encode()
    )
    for content in (data, gzip.compress(data, 1)):
        table, notes = read_everywhere(tmp_path, content)
        assert table.n == n
        assert table.texts["t"][at].as_py() == text
        assert "Read with backslashes before quotes." in table.notes
        assert notes.count("Read with backslashes before quotes.") == 1
        for engine in ("polars", "pandas"):
            passed = scan([tmp_path / "table"], ["y"], label="t", engine=engine)
            assert [label for batch in passed for label in batch.labels][at] == text


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        (['"C:\\"'], "C:\\"),
        (['"C:\\new"', '"a \\"q\\" b"'], "C:\\new"),  # which is no mark in the first
        (['a \\"q\\" b'], 'a \\"q\\" b'),  # not in quotes
        (['"C:\\"', '"a \\"q\\" b"'], "C:\\"),
        (['"a ""q"" b"'], 'a "q" b'),
    ],
)
def test_other_backslashes_stay(cells, text):
    rows = "".join(f"{k},{cell},{k}\n" for k, cell in enumerate(cells))
    table = read_table((HEAD + rows).encode())
    assert table.texts["t"][1].as_py() == text
    assert table.notes == ()


def test_how_a_file_is_written_is_noted_once(tmp_path):
    data = long_table('"say \\"hi; you\\" now"').replace(b",", b";").replace(b".", b",")
    (tmp_path / "t.csv").write_bytes(data)
    passed = scan([tmp_path / "t.csv"], ["y"])
    assert passed.notes == ("Read with semicolons between columns, decimal comma.",)
    list(passed)
    how = "Read with semicolons between columns, backslashes before quotes, decimal comma."
    assert passed.notes == (how,)


def test_a_row_that_is_too_long_stays_refused(tmp_path):
    data = long_table("it's, a")
    with pytest.raises(DataError, match="Row 30,001 has 4 fields where 3 were expected"):
        read_table(data)
    (tmp_path / "t.csv").write_bytes(data)
    with pytest.raises(DataError, match="Row 30,001 has 4 fields where 3 were expected"):
        list(scan([tmp_path / "t.csv"]))
