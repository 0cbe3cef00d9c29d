"""Repairs against pandas, one at a time and in a row."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from linreg.data.cleaning.repairs import lazy_columns
from linreg.data.cleaning.repairs.column_repairs import (
    Blank,
    Days,
    Fill,
    Indicators,
    LeaveOut,
    Standardise,
)
from linreg.data.cleaning.repairs.pipeline import apply, carry_out, with_cell
from linreg.data.cleaning.repairs.repair import shown
from linreg.data.cleaning.repairs.row_repairs import Cell, LeaveGroup, LeaveMissing, LeaveRows
from linreg.data.files.read_table import read_table
from linreg.data.files.table import Table
from linreg.errors import DataError

CELLS = {
    "age": [30.0, np.nan, 41.0, 38.0, np.nan, 25.0],
    "rooms": [1.0, 2.0, 2.0, 3.0, 1.0, 3.0],
    "region": ["north", "south", None, "west", "north", "south"],
    "built": ["2001-03-01", "2000-12-31", "2001-01-01", None, "2001-03-01", "2000-12-31"],
    "price": ["100", "one", "1,250.5", None, "70", "two"],
}


def table(**changes):
    numbers = {name: np.array(cells) for name, cells in CELLS.items() if name in ("age", "rooms")}
    words = {name: cells for name, cells in CELLS.items() if name not in numbers}
    texts = {name: pa.chunked_array([cells], pa.large_string()) for name, cells in words.items()}
    first = {"region": (1, "north"), "built": (1, "2001-03-01"), "price": (2, "one")}
    made = Table("houses", numbers, tuple(texts), 6, (), first, texts=texts)
    return replace(made, **changes)


@pytest.fixture(params=["at once", "at each access"], autouse=True)
def when(request, monkeypatch):
    """Small tables are changed at once, large ones when looked at: the same must come out."""
    if request.param == "at each access":
        monkeypatch.setattr(lazy_columns, "MAX_EAGER_CELLS", 0)


def frame(repaired):
    return pd.DataFrame(
        {**repaired.columns, **{name: repaired.texts[name].to_pylist() for name in repaired.text}},
        index=repaired.rows,
    )


OWN = frame(table())


def same(repaired, expected):
    got = frame(repaired)
    pd.testing.assert_frame_equal(got, expected[list(got.columns)], check_dtype=False)
    assert len(got.columns) == len(expected.columns)
    assert repaired.n == len(expected)


def test_a_repair_leaves_the_table_it_was_given_alone():
    own = table()
    for repair in (Fill("age"), LeaveRows((2,)), Cell(1, "age", "3"), LeaveOut("rooms")):
        apply(own, [repair])
        same(own, OWN)


def test_fill_takes_the_mean():
    same(apply(table(), [Fill("age")]), OWN.assign(age=OWN.age.fillna(OWN.age.mean())))
    said = Fill("age").sentence(table())
    shrinks = 1 - OWN.age.fillna(OWN.age.mean()).std(ddof=0) / OWN.age.std(ddof=0)
    assert "2 missing values filled with the mean 33.5" in said
    assert f"shrinks by {100 * shrinks:.0f} %" in said


def test_rows_that_miss_a_value():
    same(apply(table(), [LeaveMissing("age")]), OWN.dropna(subset="age"))
    same(apply(table(), [LeaveMissing("region")]), OWN.dropna(subset="region"))


def test_columns_left_out():
    same(apply(table(), [LeaveOut("age"), LeaveOut("price")]), OWN.drop(columns=["age", "price"]))


def test_standardise_divides_by_n():
    z = (OWN.age - OWN.age.mean()) / OWN.age.std(ddof=0)
    same(apply(table(), [Standardise("age")]), OWN.assign(age=z))


def test_rows_left_out_keep_the_numbers_of_the_others():
    repaired = apply(table(), [LeaveRows((2, 5)), LeaveRows((1, 99))])
    same(repaired, OWN.drop(index=[1, 2, 5]))
    assert repaired.taken_out == 3


def test_groups_left_out_by_text_or_number():
    same(apply(table(), [LeaveGroup("region", "north")]), OWN[OWN.region.ne("north")])
    same(apply(table(), [LeaveGroup("rooms", "3")]), OWN[OWN.rooms != 3])


def test_indicators_are_pandas_dummies_without_the_first():
    made = pd.get_dummies(OWN.region, dtype=float).drop(columns="north")
    made[OWN.region.isna()] = np.nan
    made.columns = [f"region = {name}" for name in made.columns]
    same(apply(table(), [Indicators("region")]), OWN.drop(columns="region").join(made))
    made = pd.get_dummies(OWN.rooms.astype(int), prefix="rooms", prefix_sep=" = ", dtype=float)
    expected = OWN.drop(columns="rooms").join(made.iloc[:, 1:])
    same(apply(table(), [Indicators("rooms")]), expected)


def test_days_since_the_first_date():
    days = (pd.to_datetime(OWN.built) - pd.Timestamp("2000-12-31")).dt.days
    same(apply(table(), [Days("built")]), OWN.assign(built=days.astype(float)))
    assert "since 2000-12-31, the first date." in Days("built").sentence(table())


def test_cells_that_are_no_numbers_become_missing():
    price = [100, np.nan, 1250.5, np.nan, 70, np.nan]
    same(apply(table(), [Blank("price")]), OWN.assign(price=price))
    said = Blank("price").sentence(table())
    assert said == "“price”: 2 cells without a number count as missing (first “one” in row 2)."


def test_a_cell_is_written():
    repaired = apply(table(), [Cell(2, "age", "33"), Cell(1, "age", ""), Cell(3, "region", "east")])
    expected = OWN.assign(age=[np.nan, 33, 41, 38, np.nan, 25])
    expected.loc[3, "region"] = "east"
    same(repaired, expected)


@pytest.mark.parametrize(
    ("typed", "with_commas", "with_points"),
    [
        ("2,125", 2.125, 2125),
        ("2.125", 2.125, 2.125),
        ("2,5", 2.5, np.nan),
        ("1.234,5", 1234.5, np.nan),
        ("1,234.5", 1234.5, 1234.5),
        ("1,234,567", 1_234_567, 1_234_567),
        ("1.234.567", 1_234_567, np.nan),
    ],
)
def test_a_comma_is_read_as_in_the_file_and_a_point_as_it_is_shown(typed, with_commas, with_points):
    for decimal, held in ((",", with_commas), (".", with_points)):
        repaired = apply(table(decimal=decimal), [Cell(1, "age", typed)])
        np.testing.assert_equal(repaired.columns["age"][0], held)


@pytest.mark.parametrize("decimal", [".", ","])
def test_what_a_table_shows_of_a_number_is_the_number(decimal):
    values = np.array([2.125, 2125, -0.5, 1234567.125, 1e-7, 1.5e300])
    own = table(decimal=decimal, columns={"age": values, "rooms": values})
    for row, value in enumerate(values.tolist(), start=1):
        assert Cell(row, "age", shown(value)).is_idle(own)
        left = apply(own, [LeaveGroup("age", shown(value))])
        assert left.columns["age"].tolist() == np.delete(values, row - 1).tolist()


def test_a_cell_of_a_file_with_decimal_commas_holds_what_is_typed_as_it_stands_there():
    own = read_table(b"x;y\n2,125;1\n1,5;2\n")
    assert Cell(1, "x", "2,125").sentence(own) == "“x” in row 1 stays 2.125."
    assert Cell(1, "x", "2,25").sentence(own) == "“x” in row 1 is 2.25 instead of 2.125."
    assert apply(own, [LeaveGroup("x", "2,125")]).columns["x"].tolist() == [1.5]


def test_a_cell_that_is_no_number_counts_as_missing_and_is_told():
    own = table()
    assert np.isnan(apply(own, [Cell(1, "age", "old")]).columns["age"][0])
    said = Cell(1, "age", "old").sentence(own)
    assert said == "“age” in row 1 was 30, is missing now: “old” is no number."
    said = Cell(2, "age", "old").sentence(own)
    assert said == "“age” in row 2 stays missing: “old” is no number."


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (Cell(1, "age", "41"), "is 41 instead of 30"),
        (Cell(1, "age", ""), "is missing instead of 30"),
        (Cell(2, "age", "41"), "is 41 instead of missing"),
        (Cell(1, "age", "30.0"), "stays 30"),
        (Cell(2, "age", "-"), "stays missing"),
        (Cell(1, "age", "30.00000000001"), "is 30.00000000001 instead of 30"),
        (Cell(1, "region", "east"), "is “east” instead of “north”"),
        (Cell(1, "region", " north "), "stays “north”"),
        (Cell(3, "region", ""), "stays missing"),
    ],
)
def test_what_an_edit_changes_is_told(edit, said):
    assert edit.sentence(table()) == f"“{edit.column}” in row {edit.row} {said}."


def test_an_edit_back_to_what_was_there_leaves_no_repair():
    own, first = table(), (Standardise("rooms"),)
    for column, new, old in (("age", "31", "30"), ("age", "old", "30.0"), ("region", "x", "north")):
        edited = with_cell(own, first, Cell(1, column, new))
        assert edited == (*first, Cell(1, column, new))
        other = with_cell(own, edited, Cell(2, "age", "7"))
        assert with_cell(own, other, Cell(1, column, old)) == (*first, Cell(2, "age", "7"))
        assert with_cell(own, first, Cell(1, column, old)) == first
    assert with_cell(own, (), Cell(4, "price", " ")) == ()
    assert with_cell(own, (Cell(1, "age", "9"), Fill("age")), Cell(1, "age", "9.0")) == (
        *(Cell(1, "age", "9"), Fill("age")),
    )


def test_an_edit_takes_the_place_of_one_of_the_same_cell():
    own = table()
    edits = (Cell(1, "age", "31"), Cell(2, "age", "45"))
    assert with_cell(own, edits, edits[0]) == edits
    assert with_cell(own, edits, Cell(1, "age", "32")) == (edits[1], Cell(1, "age", "32"))
    behind = (*edits, Fill("age"))
    assert with_cell(own, behind, Cell(1, "age", "30")) == (*behind, Cell(1, "age", "30"))


def test_what_is_no_number_or_can_not_be_done_stays_in_the_list():
    for edit in (Cell(2, "age", "old"), Cell(99, "age", "1"), Cell(1, "gone", "1")):
        assert with_cell(table(), (), edit) == (edit,)


def test_a_column_that_is_not_there_is_told_with_what_took_it_away():
    made = [Indicators("region"), Standardise("region = south")]
    _, told = carry_out(table(), made[1:])
    assert told[0].sentence == (
        "“standardise:region = south” was not done. There is no column “region = south”: the "
        "repair that made it was undone, or the table is another; undo this one too."
    )
    _, told = carry_out(table(), [*made, LeaveOut("age"), Fill("age"), Cell(1, "region", "x")])
    assert [each.applied for each in told] == [True, True, True, False, False]
    for done, column, taker in (
        (told[3], "age", "leave-out:age"),
        (told[4], "region", "indicators:region"),
    ):
        assert done.sentence.endswith(
            f"There is no column “{column}” any more: “{taker}” took it away; undo that, or this "
            "one too."
        )


def test_text_becomes_numbers_when_its_last_word_is_gone():
    numbers = OWN.assign(price=[100, 1, 1250.5, np.nan, 70, 2])
    same(apply(table(), [Cell(2, "price", "1"), Cell(6, "price", "2")]), numbers)
    without = numbers.drop(index=[2, 6])
    repaired = apply(table(), [LeaveRows((2,)), LeaveRows((6,))])
    same(repaired, without)
    assert "price" not in repaired.first_text
    assert apply(table(), [LeaveRows((2,))]).first_text["price"] == (6, "two")


def test_repairs_are_done_in_order():
    z = OWN.age.fillna(OWN.age.mean()).drop(index=3)
    expected = OWN.drop(index=3).assign(age=(z - z.mean()) / z.std(ddof=0))
    same(apply(table(), [Fill("age"), LeaveRows((3,)), Standardise("age")]), expected)


@pytest.mark.parametrize(
    ("repair", "why"),
    [
        (Fill("rooms"), "misses no value"),
        (Fill("region"), "“region” is text"),
        (Fill("size"), "no column “size”"),
        (LeaveMissing("rooms"), "misses no value"),
        (LeaveOut("size"), "no column “size”"),
        (Standardise("same"), "does not vary"),
        (Indicators("size"), "no column “size”"),
        (Days("region"), "“north” in row 1, which is no date"),
        (Days("age"), "“age” holds numbers"),
        (Blank("region"), "no number in any row"),
        (LeaveRows((7, 9)), "Rows 7 and 9 can not be found"),
        (LeaveRows((1, 2, 3, 4, 5, 6)), "No row would be left"),
        (LeaveGroup("region", "east"), "No row has “east”"),
        (LeaveGroup("rooms", "three"), "No row has “three”"),
        (Cell(7, "age", "1"), "Row 7 is not in the table"),
        (Cell(1, "size", "1"), "no column “size”"),
    ],
)
def test_what_does_not_apply_is_told_and_the_rest_is_done(repair, why):
    own = table(columns={**table().columns, "same": np.full(6, 0.1)})
    with pytest.raises(DataError, match=why):
        repair.sentence(own)
    repaired, told = carry_out(own, [repair, LeaveOut("price")])
    assert [done.applied for done in told] == [False, True]
    same(repaired, frame(own).drop(columns="price"))
    note = apply(own, [repair]).notes[-1]
    assert repair.text[:60] in note
    assert why.split(" any")[0].split(";")[0] in note


def test_many_different_values_make_no_indicators():
    own = table(columns={"x": np.arange(21.0)[:6], "y": np.ones(6)})
    wide = replace(own, columns={"x": np.arange(21.0)}, n=21, text=(), texts={}, first_text={})
    with pytest.raises(DataError, match="more than 20 different values"):
        Indicators("x").sentence(wide)
    with pytest.raises(DataError, match="no two different"):
        Indicators("y").sentence(own)


@pytest.mark.slow
def test_many_edits_of_a_large_table_are_no_deep_recursion():
    edits = [Cell(1 + k % 6, "rooms", str(k)) for k in range(2000)]
    repaired = apply(table(), [*edits, Fill("age"), LeaveRows((6,))])
    np.testing.assert_array_equal(repaired.columns["rooms"], [1998, 1999, 1994, 1995, 1996])


def test_an_edit_of_text_joins_its_pieces():
    repaired = apply(table(), [Cell(row, "region", f"r{row}") for row in (3, 1, 6, 3)])
    assert repaired.texts["region"].to_pylist() == ["r1", "south", "r3", "west", "north", "r6"]
