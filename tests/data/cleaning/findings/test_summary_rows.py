"""The rows that sum up others: what the search returns, and what it costs."""

import time

import numpy as np
import pyarrow as pa
import pytest

from linreg.data.cleaning.findings.inspect import findings
from linreg.data.cleaning.findings.summary_rows import summary_rows
from linreg.data.files.read_table import read_table
from linreg.data.files.table import Table

LINES = b"name,x,y\na,31,11\nb,47,83\nTotal,78,94\nc,52,67\nd,91,17\nTotal,143,84\nSum,221,178\n"


def rows_of(table):
    return summary_rows(table, table.columns, table.text)


def test_each_row_has_its_place_what_it_sums_up_and_its_label():
    rows = rows_of(read_table(LINES))
    assert [(row.place, row.what, row.size, row.side, row.label) for row in rows] == [
        (2, "sum", 2, "above", ("name", "Total")),
        (5, "sum", 2, "above", ("name", "Total")),
        (6, "sum", 4, "", ("name", "Sum")),
    ]
    assert [each.value for each in rows[2].agreements] == [221, 178]


def test_a_row_without_a_word_has_no_label():
    (row,) = rows_of(read_table(b"x,y\n310,115\n427,838\n512,679\n917,173\n2166,1805\n"))
    assert (row.place, row.size, row.label) == (4, 4, None)


@pytest.mark.parametrize("word", ["total", "Zwischensumme", "Gesamtergebnis", "Σ", "Ø", "All"])
def test_words_of_several_languages_call_a_row_so(word):
    lines = f"name,x,y\na,31,11\n{word},78,94\nb,47,83\n"
    (row,) = rows_of(read_table(lines.encode()))
    assert row.label == ("name", word)


@pytest.mark.parametrize("word", ["summer", "meaning", "totality", "consummate", "almost all"])
def test_words_that_only_begin_or_end_so_do_not(word):
    lines = f"name,x,y\na,31,11\n{word},78,94\nb,47,83\n"
    assert rows_of(read_table(lines.encode())) == ()


@pytest.mark.parametrize(
    "lines",
    [
        "a,,31\nb,,47\nc,,52\nTotal,5,130\n",  # a column with a number in that row alone
        "a,1e308,31\nb,1.5e308,47\nc,1.7e308,52\nTotal,1e307,130\n",  # whose sum overflows
        "a,1e308,31\nTotal,-1.7e308,47\nc,-1.7e308,52\nd,1.7e308,130\n",
        "Total,,\nSum,,\na,1,2\nb,3,4\nc,5,1\nd,6,2\n",
        "Total,1,2\nSum,3,4\n,5,1\n,6,2\n",
    ],
)
def test_unusual_columns_are_no_trouble(lines):
    table = read_table(f"name,x,y\n{lines}".encode())
    assert all(row.agreements for row in rows_of(table))
    findings(table, "y", [name for name in table.columns if name != "y"])


@pytest.mark.slow
def test_a_long_table_of_such_words_takes_no_longer_than_a_second():
    rng = np.random.default_rng(0)
    n = 200_000
    columns = {f"x{j}": rng.normal(size=n) for j in range(10)}
    words = np.array(["total", "a", "b", "c"])[rng.integers(0, 4, n)]
    texts = {"name": pa.chunked_array([pa.array(words, pa.large_string())])}
    table = Table("table", columns, ("name",), n, (), texts=texts)
    start = time.process_time()
    assert rows_of(table) == ()
    assert time.process_time() - start < 1
