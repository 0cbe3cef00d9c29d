"""Lists of repairs: of tables in any order, and of problem files as far as moments tell."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
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
from linreg.data.cleaning.repairs.pipeline import apply, carry_out, parse, with_cell
from linreg.data.cleaning.repairs.row_repairs import Cell, LeaveGroup, LeaveMissing, LeaveRows
from linreg.data.files.table import Table
from linreg.data.summary.accumulator import Accumulator
from linreg.errors import DataError
from tests.helpers.repairs import FROM_FILE, OWN, REPAIRS, content, frame, same, table

RNG = np.random.default_rng(2)
N = 3000
NUMBERS = {"a": 1e6 + RNG.normal(size=N), "b": RNG.gamma(1, 5, N), "c": np.full(N, 0.1)}
NUMBERS["y"] = NUMBERS["a"] - 3 * NUMBERS["b"] + RNG.normal(size=N)
GROUP = RNG.choice(["north", "south", "west"], N)


@pytest.mark.usefixtures("when")
def test_a_repair_leaves_the_table_it_was_given_alone():
    own = table()
    for repair in (Fill("age"), LeaveRows((2,)), Cell(1, "age", "3"), LeaveOut("rooms")):
        apply(own, [repair])
        same(own, OWN)


@pytest.mark.usefixtures("when")
def test_repairs_are_done_in_order():
    z = OWN.age.fillna(OWN.age.mean()).drop(index=3)
    expected = OWN.drop(index=3).assign(age=(z - z.mean()) / z.std(ddof=0))
    same(apply(table(), [Fill("age"), LeaveRows((3,)), Standardise("age")]), expected)


@pytest.mark.usefixtures("when")
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


@pytest.mark.usefixtures("when")
def test_an_edit_takes_the_place_of_one_of_the_same_cell():
    own = table()
    edits = (Cell(1, "age", "31"), Cell(2, "age", "45"))
    assert with_cell(own, edits, edits[0]) == edits
    assert with_cell(own, edits, Cell(1, "age", "32")) == (edits[1], Cell(1, "age", "32"))
    behind = (*edits, Fill("age"))
    assert with_cell(own, behind, Cell(1, "age", "30")) == (*behind, Cell(1, "age", "30"))


@pytest.mark.usefixtures("when")
def test_what_is_no_number_or_can_not_be_done_stays_in_the_list():
    for edit in (Cell(2, "age", "old"), Cell(99, "age", "1"), Cell(1, "gone", "1")):
        assert with_cell(table(), (), edit) == (edit,)


@pytest.mark.usefixtures("when")
def test_a_column_that_is_not_there_is_told_with_what_took_it_away():
    made = [Indicators("region"), Standardise("region = south")]
    _, results = carry_out(table(), made[1:])
    assert results[0].sentence == (
        "“standardise:region = south” was not done. There is no column “region = south”: the "
        "repair that made it was undone, or the table is another; undo this one too."
    )
    _, results = carry_out(table(), [*made, LeaveOut("age"), Fill("age"), Cell(1, "region", "x")])
    assert [each.applied for each in results] == [True, True, True, False, False]
    for done, column, taker in (
        (results[3], "age", "leave-out:age"),
        (results[4], "region", "indicators:region"),
    ):
        assert done.sentence.endswith(
            f"There is no column “{column}” any more: “{taker}” took it away; undo that, or this "
            "one too."
        )


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
        (Negatives("region"), "no number in parentheses or with the minus behind"),
        (LeaveRows((7, 9)), "Rows 7 and 9 can not be found"),
        (LeaveRows((1, 2, 3, 4, 5, 6)), "No row would be left"),
        (LeaveGroup("region", "east"), "No row has “east”"),
        (LeaveGroup("rooms", "three"), "No row has “three”"),
        (Cell(7, "age", "1"), "Row 7 is not in the table"),
        (Cell(1, "size", "1"), "no column “size”"),
    ],
)
@pytest.mark.usefixtures("when")
def test_what_does_not_apply_is_told_and_the_rest_is_done(repair, why):
    own = table(columns={**table().columns, "same": np.full(6, 0.1)})
    with pytest.raises(DataError, match=why):
        repair.do(own)
    repaired, results = carry_out(own, [repair, LeaveOut("price")])
    assert [done.applied for done in results] == [False, True]
    same(repaired, frame(own).drop(columns="price"))
    note = apply(own, [repair]).notes[-1]
    assert repair.text[:60] in note
    assert why.split(" any")[0].split(";")[0] in note


@settings(deadline=None)
@given(REPAIRS)
def test_a_table_stays_a_table(repairs):
    before = content(FROM_FILE)
    table, results = carry_out(FROM_FILE, repairs)
    assert content(FROM_FILE) == before
    assert len(results) == len(repairs)
    assert all(len(values) == table.n for values in table.columns.values())
    assert list(table.texts) == list(table.text)
    assert not set(table.columns) & set(table.text)
    for name in table.text:
        cells = table.texts[name]
        assert len(cells) == table.n
        assert (name in table.first_text) == (cells.null_count < len(cells))
        assert name not in table.first_text or table.first_text[name][0] in table.rows
    rows = table.rows.tolist()
    assert rows == sorted(set(rows))
    assert len(rows) == table.n == 6 - table.taken_out
    assert apply(FROM_FILE, repairs).repairs == tuple(each.line for each in results if each.applied)


@pytest.mark.slow
@settings(deadline=None)
@given(REPAIRS, st.integers(0, 8))
def test_a_list_may_be_done_in_parts_and_undone_by_shortening(repairs, at):
    part, _ = carry_out(FROM_FILE, repairs[:at])
    whole, results = carry_out(FROM_FILE, repairs)
    assert content(carry_out(part, repairs[at:])[0]) == content(whole)
    only, _ = carry_out(FROM_FILE, [each.repair for each in results if each.applied])
    assert content(only) == content(whole)
    read_back = [parse(repair.text) for repair in repairs]
    assert content(carry_out(FROM_FILE, read_back)[0]) == content(whole)


def summed(table):
    labels = np.array(table.texts["g"].to_pylist())
    gatherer = Accumulator(list(table.columns), "g").feed(list(table.columns.values()), labels)
    return gatherer.summary("y", ("a", "b"))


def grouped_table():
    texts = {"g": pa.chunked_array([GROUP.tolist()], pa.large_string())}
    return Table("t", NUMBERS, ("g",), N, (), {"g": (1, GROUP[0])}, texts=texts)


@pytest.mark.parametrize(
    "repairs",
    [
        [LeaveOut("c")],
        [LeaveOut("y")],
        [Standardise("a")],
        [LeaveGroup("g", "south")],
        [LeaveGroup("g", "south"), Standardise("b"), LeaveOut("a"), LeaveGroup("g", "west")],
    ],
)
def test_a_repaired_summary_is_the_summary_of_the_repaired_table(repairs):
    repaired = apply(summed(grouped_table()), repairs)
    expected = summed(apply(grouped_table(), repairs))
    assert repaired.columns == expected.columns
    assert {name: m.n for name, m in repaired.groups.items()} == {
        name: m.n for name, m in expected.groups.items()
    }
    for name in repaired.columns:
        others = [other for other in repaired.columns if other != name]
        ours, theirs = repaired.moments(name, others), expected.moments(name, others)
        np.testing.assert_allclose(ours.mean, theirs.mean, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(ours.K.T @ ours.K, theirs.K.T @ theirs.K, rtol=1e-8, atol=1e-6)
    assert repaired.repairs == apply(grouped_table(), repairs).repairs
    places = {row: k for k, row in enumerate(np.arange(1, N + 1))}
    for row, values in zip(repaired.sample.rows, repaired.sample.values, strict=True):
        own = NUMBERS["b"][places[row]]
        if "b" in repaired.columns and Standardise("b") not in repairs:
            assert values[repaired.columns.index("b")] == own


def test_standardising_gives_the_unit_and_the_sentence_of_the_table():
    own = summed(grouped_table())
    assert apply(own, [Standardise("b")]).units == {"b": "standard deviations"}
    assert Standardise("b").do(own)[1] == Standardise("b").do(grouped_table())[1]


def test_the_target_that_is_left_out_is_replaced():
    less = apply(summed(grouped_table()), [LeaveOut("y"), LeaveOut("a")])
    assert (less.target, less.features) == ("c", ("b",))


@pytest.mark.parametrize(
    ("repair", "why"),
    [
        *(
            (kind("a"), "needs the rows")
            for kind in (Fill, LeaveMissing, Indicators, Days, Blank, Negatives)
        ),
        *((LeaveRows((1,)), "needs the rows"), (Cell(1, "a", "2"), "needs the rows")),
        (Numbers("a", "km"), "needs the rows"),
        (LeaveGroup("a", "1"), "grouped by “g”, so those with “1” in “a” can not be left out"),
        (LeaveGroup("g", "east"), "no group “east”"),
        (LeaveOut("z"), "no column “z”"),
        (Standardise("z"), "no column “z”"),
        (Standardise("c"), "does not vary"),
    ],
)
def test_what_does_not_follow_from_moments_is_told(repair, why):
    own = summed(grouped_table())
    repaired = apply(own, [repair])
    assert (repaired.groups, repaired.repairs) == (own.groups, ())
    assert repair.text in repaired.notes[-1]
    assert why in repaired.notes[-1]


def test_two_columns_stay():
    own = apply(summed(grouped_table()), [LeaveOut("a"), LeaveOut("b"), LeaveOut("c")])
    assert own.columns == ("c", "y")
    assert "a target and a feature are needed" in own.notes[-1]
