"""Findings in single columns, and the repairs that are offered for them."""

import re

import numpy as np
import pytest

from linreg.data.cleaning.findings.inspect import findings
from linreg.data.cleaning.repairs.column_repairs import (
    Blank,
    Days,
    Indicators,
    LeaveOut,
    Negatives,
    Numbers,
)
from linreg.data.cleaning.repairs.pipeline import apply
from linreg.data.cleaning.repairs.row_repairs import LeaveRows
from linreg.data.cleaning.suggest_columns import is_repairable, propose
from linreg.data.files.read_table import read_text
from tests.helpers.findings import X1, N, Y, findings_of, only, repairs_of, table

RNG = np.random.default_rng(4)


def test_columns_that_are_not_used_are_told_as_such():
    own = table({"c": np.full(N, 7), "d": X1, "e": Y, "k": np.arange(N)})
    assert [(f.kind, f.sentence) for f in findings_of(own)] == [
        ("constant", "“c” is 7 in every row. It is not used now."),
        ("repeated", "“d” repeats “a” in every row. It is not used now."),
        ("repeated", "“e” repeats “y” in every row. It is not used now."),
        ("identifier", "“k” counts from 0 to 39, each number once. It is not used now."),
    ]


def test_a_feature_that_is_the_target_again():
    finding = only(table({"e": Y}), "repeated", features=("a", "e"))
    assert finding.sentence == "“e” repeats “y” in every row."
    assert "explained by itself" in finding.why


def test_identifiers_are_told_by_name():
    finding = only(table({"user_id": RNG.integers(0, 9, N)}), "identifier")
    assert finding.sentence.startswith("“user_id” is named like an identifier")
    assert repairs_of(finding) == [(LeaveOut("user_id"),)]


@pytest.mark.slow
def test_columns_of_text():
    names = [f"n{k}" for k in range(N)]
    dates = [f"2020-01-{1 + k % 28:02}" for k in range(N)]
    own = table(
        who=names,
        region=["north", "south"] * 20,
        plan=["a"] * N,
        word=[f"w{k % 30}" for k in range(N)],
        day=dates,
        size=["1.5"] * 38 + ["big", None],
        bare=[None] * N,
        owed=[f"({k}.50)" if k % 4 else f"{k}.50" for k in range(N)],
    )
    by_column = {re.match("“(.*?)”", f.sentence)[1]: f for f in findings_of(own)}
    assert {name: (f.kind, repairs_of(f)) for name, f in by_column.items()} == {
        "who": ("identifier", [(LeaveOut("who"),)]),
        "region": ("text", [(Indicators("region"),), (LeaveOut("region"),)]),
        "plan": ("constant", [(LeaveOut("plan"),)]),
        "word": ("text", [(LeaveOut("word"),)]),
        "day": ("date", [(Days("day"),), (LeaveOut("day"),)]),
        "size": ("text", [(Blank("size"),), (LeaveRows((39,)),)]),
        "bare": ("empty", [(LeaveOut("bare"),)]),
        "owed": ("text", [(Negatives("owed"),), (LeaveOut("owed"),)]),
    }
    assert "“(1.50)” in row 2 is −1.5" in by_column["owed"].why
    assert "“north” (20), “south” (20)" in by_column["region"].sentence
    assert "“big” in row 39" in by_column["size"].sentence
    assert "since 2020-01-01" in by_column["day"].why
    for finding in by_column.values():
        for offer in finding.offers:
            mended = findings_of(apply(own, offer.repairs))
            assert finding.sentence not in [f.sentence for f in mended]


def test_numbers_with_a_unit_are_offered_to_be_read():
    own = table(
        way=[f"{k} km" for k in range(N)],
        rate=["5%", "6 %"] * 20,
        cost=["$1,200.5"] * 37 + ["-$2", "free", None],
        many=["2 m"] * 30 + ["x"] * 10,
    )
    by_column = {re.match("“(.*?)”", f.sentence)[1]: f for f in findings_of(own)}
    read = {
        name: (Numbers(name, unit),)
        for name, unit in zip(by_column, ("km", "%", "$", "m"), strict=True)
    }
    assert {name: (f.kind, repairs_of(f)) for name, f in by_column.items()} == {
        "way": ("text", [read["way"], (LeaveOut("way"),)]),
        "rate": ("text", [read["rate"], (LeaveOut("rate"),)]),
        "cost": ("text", [read["cost"], (LeaveRows((39,)), *read["cost"]), (LeaveOut("cost"),)]),
        "many": ("text", [read["many"], (LeaveOut("many"),)]),
    }
    assert by_column["way"].sentence == "“way” holds numbers with the unit “km”."
    assert by_column["way"].offers[0].label == "Read the numbers"
    assert "“5%” in row 1 is 5." in by_column["rate"].why
    assert by_column["cost"].sentence.endswith("unit “$” but for 1 cell: “free” in row 39.")
    assert by_column["cost"].offers[0].label == "Read the numbers, the rest as missing"
    assert "10 cells: “x” in row 31, “x” in row 32, “x” in row 33 and others." in (
        by_column["many"].sentence
    )
    for repairs in (repairs_of(by_column["cost"])[0], repairs_of(by_column["cost"])[1]):
        assert apply(own, repairs).columns["cost"][36:38].tolist() == [1200.5, -2]


def test_a_single_column_of_numbers_gets_company_by_reading_the_unit():
    own = read_text("distance\ttime\n" + "\n".join(f"{k} km\t{3 * k + k % 4}" for k in range(30)))
    assert is_repairable(own)
    (finding,) = findings(own, "time", ())
    assert repairs_of(finding)[0] == (Numbers("distance", "km"),)
    assert propose(apply(own, finding.offers[0].repairs)).target == "time"


def test_dates_that_can_not_be_distinct_texts_are_not_offered():
    finding = only(table(day=["1/2/2020", "3/4/2020"] * 20), "date")
    assert "day and month cannot be told apart" in finding.sentence
    assert repairs_of(finding) == [(LeaveOut("day"),)]


@pytest.mark.parametrize(
    ("own", "target", "sentence"),
    [
        (table({"y": np.full(N, 3)}), "y", "The target “y” is 3 in every row."),
        (table({"id": 100 + np.arange(N)}), "id", "The target “id” is named like an identifier"),
        (table(t=["a", "b"] * 20), "t", "The target “t” is text."),
        (table(t=["2020-01-01"] * N), "t", "The target “t” holds dates, which are text here."),
        (table(t=["5 km"] * N), "t", "“t” holds numbers with the unit “km”."),
        (table(t=["1"] * 39 + ["x"]), "t", "“t” is numbers but for 1 cell: “x” in row 40."),
    ],
)
def test_targets_that_can_not_be_explained(own, target, sentence):
    first = findings_of(own, target)[0]
    assert first.kind == "target"
    assert first.sentence.startswith(sentence)


def test_a_column_that_is_nearly_all_missing():
    finding = only(table({"c": [1.0, *[np.nan] * (N - 1)]}), "empty")
    assert finding.sentence == "“c” has a value in only 1 of 40 rows."


@pytest.mark.parametrize(
    ("cells", "example"),
    [
        (["(2493662.12)", "50.5", "(12.00)"], "“(2493662.12)” in row 1 is −2,493,662.12."),
        (["2493662.12 km", "50.5 km", "12 km"], "“2493662.12 km” in row 1 is 2,493,662.12."),
    ],
)
def test_the_example_of_how_a_cell_is_read_has_all_its_digits(cells, example):
    rows = "".join(f"{k},{cell},{k * k}\n" for k, cell in enumerate(cells * 4))
    table = read_text(f"x,c,y\n{rows}")
    (finding,) = (each for each in findings(table, "y", ["x"]) if "“c”" in each.sentence)
    assert example in finding.why
