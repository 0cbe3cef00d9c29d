"""Repairs of a problem file are those of its table, as far as moments tell."""

import numpy as np
import pyarrow as pa
import pytest

from linreg.data.cleaning.repairs.column_repairs import (
    Blank,
    Days,
    Fill,
    Indicators,
    LeaveOut,
    Numbers,
    Standardise,
)
from linreg.data.cleaning.repairs.pipeline import apply
from linreg.data.cleaning.repairs.row_repairs import Cell, LeaveGroup, LeaveMissing, LeaveRows
from linreg.data.files.table import Table
from linreg.data.summary.accumulator import Accumulator

RNG = np.random.default_rng(2)
N = 3000
NUMBERS = {"a": 1e6 + RNG.normal(size=N), "b": RNG.gamma(1, 5, N), "c": np.full(N, 0.1)}
NUMBERS["y"] = NUMBERS["a"] - 3 * NUMBERS["b"] + RNG.normal(size=N)
GROUP = RNG.choice(["north", "south", "west"], N)


def summed(table):
    labels = np.array(table.texts["g"].to_pylist())
    gatherer = Accumulator(list(table.columns), "g").feed(list(table.columns.values()), labels)
    return gatherer.summary("y", ("a", "b"))


def table():
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
    found = apply(summed(table()), repairs)
    expected = summed(apply(table(), repairs))
    assert found.columns == expected.columns
    assert {name: m.n for name, m in found.groups.items()} == {
        name: m.n for name, m in expected.groups.items()
    }
    for name in found.columns:
        others = [other for other in found.columns if other != name]
        ours, theirs = found.moments(name, others), expected.moments(name, others)
        np.testing.assert_allclose(ours.mean, theirs.mean, rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(ours.K.T @ ours.K, theirs.K.T @ theirs.K, rtol=1e-8, atol=1e-6)
    assert found.repairs == apply(table(), repairs).repairs
    places = {row: k for k, row in enumerate(np.arange(1, N + 1))}
    for row, values in zip(found.sample.rows, found.sample.values, strict=True):
        own = NUMBERS["b"][places[row]]
        if "b" in found.columns and Standardise("b") not in repairs:
            assert values[found.columns.index("b")] == own


def test_standardising_gives_the_unit_and_the_sentence_of_the_table():
    own = summed(table())
    assert apply(own, [Standardise("b")]).units == {"b": "standard deviations"}
    assert Standardise("b").sentence(own) == Standardise("b").sentence(table())


def test_the_target_that_is_left_out_is_replaced():
    less = apply(summed(table()), [LeaveOut("y"), LeaveOut("a")])
    assert (less.target, less.features) == ("c", ("b",))


@pytest.mark.parametrize(
    ("repair", "why"),
    [
        *((kind("a"), "needs the rows") for kind in (Fill, LeaveMissing, Indicators, Days, Blank)),
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
    own = summed(table())
    found = apply(own, [repair])
    assert (found.groups, found.repairs) == (own.groups, ())
    assert repair.text in found.notes[-1]
    assert why in found.notes[-1]


def test_two_columns_stay():
    own = apply(summed(table()), [LeaveOut("a"), LeaveOut("b"), LeaveOut("c")])
    assert own.columns == ("c", "y")
    assert "a target and a feature are needed" in own.notes[-1]
