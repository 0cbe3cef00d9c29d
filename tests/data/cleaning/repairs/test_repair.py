"""The short form of a repair reads back as the same repair."""

import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from linreg.data.cleaning.repairs.column_repairs import (
    Blank,
    Days,
    Fill,
    Indicators,
    LeaveOut,
    Negatives,
    Numbers,
    Standardise,
)
from linreg.data.cleaning.repairs.pipeline import REPAIR_BY_KIND, parse
from linreg.data.cleaning.repairs.repair import divided, joined, shown
from linreg.data.cleaning.repairs.row_repairs import (
    Cell,
    LeaveGroup,
    LeaveMissing,
    LeaveRows,
    named_rows,
)

OF_COLUMN = (Fill, LeaveMissing, LeaveOut, Standardise, Indicators, Days, Blank, Negatives)
names = st.text(min_size=1) | st.text(":=,\\\\ \n°θ", min_size=1)
rows = st.integers(1, 10**12)
repairs = st.one_of(
    st.builds(lambda kind, name: kind(name), st.sampled_from(OF_COLUMN), names),
    st.builds(LeaveRows, st.lists(rows, min_size=1, max_size=9).map(tuple)),
    st.builds(LeaveGroup, names, st.text()),
    st.builds(Numbers, names, names),
    st.builds(Cell, rows, names, st.text()),
)


@pytest.mark.slow
@given(repairs)
@example(LeaveGroup("a=b", "c=d"))
@example(Cell(1, "a:b\\\\", "=,:"))
def test_a_repair_reads_back_as_itself(repair):
    assert parse(repair.text) == repair


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("fill:age", Fill("age")),
        ("standardise:price", Standardise("price")),
        ("leave-out:id", LeaveOut("id")),
        ("leave-rows:17,40", LeaveRows((17, 40))),
        ("leave-group:species=setosa", LeaveGroup("species", "setosa")),
        ("indicators:region", Indicators("region")),
        ("days:date", Days("date")),
        ("blank:age", Blank("age")),
        ("negatives:age", Negatives("age")),
        ("numbers:distance=km", Numbers("distance", "km")),
        ("leave-missing:age", LeaveMissing("age")),
        ("cell:3:age=41", Cell(3, "age", "41")),
        (r"leave-group:a\=b=c=d", LeaveGroup("a=b", "c=d")),
    ],
)
def test_the_forms_that_links_rely_on(text, repair):
    assert repair.text == text
    assert parse(text) == repair


@pytest.mark.parametrize(
    "text",
    [
        *("", "fill", "fill:", "full:age", "leave-rows:", "leave-rows:0", "leave-rows:1,x"),
        *(
            "leave-rows:1,",
            "leave-group:a",
            "leave-group:=b",
            "numbers:a",
            "numbers:a=",
            "cell:3:age",
            "cell:age=41",
        ),
        *("cell:-1:age=41", "leave-rows:" + "9" * 5000, "Fill:age", "read:age"),
    ],
)
def test_what_is_no_repair(text):
    with pytest.raises(ValueError):  # noqa: PT011
        parse(text)


def test_the_documented_forms_are_all_there_are():
    page = Path(__file__).parents[4] / "docs" / "repairs.md"
    documented = re.findall(r"^\| `(.*?)` \|", page.read_text(), re.MULTILINE)
    assert [parse(text).text for text in documented] == documented
    assert {text.partition(":")[0] for text in documented} == set(REPAIR_BY_KIND)


@given(names, st.text())
def test_a_column_and_a_text_are_divided_where_they_were_joined(column, text):
    assert divided(joined(column, text)) == (column, text)


@pytest.mark.parametrize(
    ("listed", "named"),
    [
        ([17], "Row 17"),
        ([17, 40], "Rows 17 and 40"),
        ([1, 2, 3, 1000, 5], "Rows 1, 2, 3, 1,000 and 5"),
        ([9, 2, 3, 4, 5, 6], "6 rows (the first is 2)"),
    ],
)
def test_rows_are_named_up_to_five(listed, named):
    assert named_rows(listed) == named


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_shown_so_that_it_reads_back_as_itself(value):
    assert float(shown(value)) == value
    assert shown(3.0) == "3"
    assert shown("3.0") == "3.0"
