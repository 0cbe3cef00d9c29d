"""Repairs of rows and cells against pandas."""

import numpy as np
import pytest

from linreg.data.cleaning.repairs.pipeline import apply
from linreg.data.cleaning.repairs.repair import shown
from linreg.data.cleaning.repairs.row_repairs import Cell, LeaveGroup, LeaveMissing, LeaveRows
from linreg.data.files.read_table import read_table
from tests.helpers.repairs import OWN, same, table

pytestmark = pytest.mark.usefixtures("when")


def test_rows_that_miss_a_value():
    same(apply(table(), [LeaveMissing("age")]), OWN.dropna(subset="age"))
    same(apply(table(), [LeaveMissing("region")]), OWN.dropna(subset="region"))


def test_rows_left_out_keep_the_numbers_of_the_others():
    repaired = apply(table(), [LeaveRows((2, 5)), LeaveRows((1, 99))])
    same(repaired, OWN.drop(index=[1, 2, 5]))
    assert repaired.taken_out == 3


def test_groups_left_out_by_text_or_number():
    same(apply(table(), [LeaveGroup("region", "north")]), OWN[OWN.region.ne("north")])
    same(apply(table(), [LeaveGroup("rooms", "3")]), OWN[OWN.rooms != 3])


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
    assert Cell(1, "x", "2,125").do(own)[1] == "“x” in row 1 stays 2.125."
    assert Cell(1, "x", "2,25").do(own)[1] == "“x” in row 1 is 2.25 instead of 2.125."
    assert apply(own, [LeaveGroup("x", "2,125")]).columns["x"].tolist() == [1.5]


def test_a_cell_that_is_no_number_counts_as_missing_and_is_told():
    own = table()
    assert np.isnan(apply(own, [Cell(1, "age", "old")]).columns["age"][0])
    sentence = Cell(1, "age", "old").do(own)[1]
    assert sentence == "“age” in row 1 was 30, is missing now: “old” is no number."
    sentence = Cell(2, "age", "old").do(own)[1]
    assert sentence == "“age” in row 2 stays missing: “old” is no number."


@pytest.mark.parametrize(
    ("edit", "sentence"),
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
def test_what_an_edit_changes_is_told(edit, sentence):
    assert edit.do(table())[1] == f"“{edit.column}” in row {edit.row} {sentence}."


def test_an_edit_of_text_joins_its_pieces():
    repaired = apply(table(), [Cell(row, "region", f"r{row}") for row in (3, 1, 6, 3)])
    assert repaired.texts["region"].to_pylist() == ["r1", "south", "r3", "west", "north", "r6"]
