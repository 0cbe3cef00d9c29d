"""Random tables in every format and many dialects: the same numbers bit for bit, or a sentence."""

import csv
import gzip
import io
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linreg.data.files.cells.convert import MISSING_MARKERS
from linreg.data.files.formats.delimited.rows import BLANKS, DELIMITERS
from linreg.data.files.read_table import read_table
from linreg.data.files.scan import scan
from linreg.errors import DataError
from tests.helpers import files

pytestmark = pytest.mark.slow

NAMES = st.text(st.characters(codec="cp1252", categories=["L"]), min_size=1, max_size=5).map(
    lambda name: "w" + name
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(10**18), 10**18).map(
    float
)
TEXT = st.text(st.characters(codec="cp1252", exclude_categories=["C", "Z"]), max_size=8).map(
    lambda text: "w" + text
)


@st.composite
def tables(draw):
    """Draw columns of numbers with missing ones, and a column of text to lead."""
    n = draw(st.integers(1, 12))
    names = draw(st.lists(NAMES, min_size=3, max_size=4, unique=True))
    columns = {names[0]: draw(st.lists(TEXT, min_size=n, max_size=n))}
    for name in names[1:]:
        values = draw(st.lists(NUMBERS | st.none(), min_size=n, max_size=n))
        columns[name] = [0.5, *values]  # leaves no doubt about the decimal mark
    columns[names[0]].append("wend")
    return columns


def expected(columns):
    numeric = list(columns.values())[1:]
    return np.array([[np.nan if v is None else v for v in column] for column in numeric]).T


def check(columns, data):
    """Read by all ways there are; each gives the numbers written."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(data)
        label, *numeric = columns
        table = read_table(path)
        assert list(table.columns) == numeric
        np.testing.assert_array_equal(np.column_stack([*table.columns.values()]), expected(columns))
        assert table.texts[label].to_pylist() == columns[label]
        for engine in ("polars", "pandas"):
            batches = list(scan([path], numeric, label=label, engine=engine))
            rows = np.concatenate([np.column_stack(batch.columns) for batch in batches])
            np.testing.assert_array_equal(rows, expected(columns))
            assert [cell for batch in batches for cell in batch.labels] == columns[label]


@pytest.mark.parametrize("write", [files.json_lines, files.json_array, files.parquet, files.excel])
@settings(max_examples=30, deadline=None)
@given(columns=tables())
def test_formats(write, columns):
    check(columns, write(columns))


@settings(max_examples=150, deadline=None)
@given(
    columns=tables(),
    delimiter=st.sampled_from([mark for mark in DELIMITERS if mark != BLANKS]),
    decimal=st.sampled_from(".,"),
    thousands=st.sampled_from(["", "", "'", "\u202f", "other"]),
    marker=st.sampled_from(["", *MISSING_MARKERS]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    packed=st.booleans(),
)
def test_dialects(columns, delimiter, decimal, thousands, marker, end, quoting, encoding, packed):
    assume(encoding != "cp1252" or thousands != "\u202f")
    between = {"other": "." if decimal == "," else ","}.get(thousands, thousands)

    def written(value):
        if not isinstance(value, float):
            return value or marker
        text = repr(value)
        if between and "e" not in text:
            whole, point, part = text.partition(".")
            text = f"{int(whole):,}".replace(",", "_") + point + part
            text = ("-" if value < 0 and not text.startswith("-") else "") + text
        return text.replace(".", decimal).replace("_", between)

    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(columns)
    writer.writerows([map(written, row) for row in zip(*columns.values(), strict=True)])
    data = out.getvalue().encode(encoding)
    check(columns, gzip.compress(data) if packed else data)


ALPHABET = 'x1,.;"\n\r\t -a\x81\xe9'


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=100) | st.text(alphabet=ALPHABET, max_size=60).map(str.encode))
def test_any_bytes_are_the_same_to_both_engines(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        path.write_bytes(data)
        notes = []
        for engine in ("polars", "pandas"):
            try:
                rows = [np.column_stack(batch.columns) for batch in scan([path], engine=engine)]
                notes.append(np.concatenate(rows).tolist() if rows else [])
            except DataError as error:
                notes.append(str(error))
        assert repr(notes[0]) == repr(notes[1])
