"""A row of totals or means is found, and no ordinary row is taken for one."""

import numpy as np
import pytest

from linreg.data.cleaning.findings.inspect import findings
from linreg.data.cleaning.findings.totals_row import totals_row
from linreg.data.cleaning.repairs.pipeline import apply
from linreg.data.cleaning.repairs.row_repairs import LeaveRows
from linreg.data.files.read_table import read_table
from linreg.data.load import load_table
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import TableChoice


def written(columns):
    rows = zip(*columns.values(), strict=True)
    lines = [",".join(columns), *(",".join(map(str, row)) for row in rows)]
    return read_table(("\n".join(lines) + "\n").encode())


def found(table):
    return totals_row(table, table.columns, table.text)


RNG = np.random.default_rng(0)
SALES, COSTS = ([int(v) for v in RNG.integers(50, 900, 12)] for _ in range(2))
PRICES = [float(v) for v in RNG.normal(20, 4, 12).round(2)]
TOTALS = {
    "last": {"sales": [*SALES, sum(SALES)], "costs": [*COSTS, sum(COSTS)]},
    "decimals": {"sales": [*SALES, sum(SALES)], "price": [*PRICES, round(sum(PRICES), 2)]},
    "years": {
        "year": [*range(2000, 2012), 0],
        "sales": [*SALES, sum(SALES)],
        "costs": [*COSTS, sum(COSTS)],
    },
    "numbered": {
        "no": range(1, 14),
        "sales": [*SALES, sum(SALES)],
        "costs": [*COSTS, sum(COSTS)],
    },
    "no year": {
        "year": [*range(2000, 2012), ""],
        "sales": [*SALES, sum(SALES)],
        "costs": [*COSTS, sum(COSTS)],
    },
    "a word": {"month": [*"abcdefghijkl", "Total"], "n": [3, 1, 4] * 4 + [32]},
    "few rows and a word": {"who": ["a", "b", "Sum"], "n": [3, 1, 4], "m": [2, 5, 7]},
    "missing values": {
        "sales": [*SALES[:5], "", *SALES[6:], sum(SALES) - SALES[5]],
        "costs": [*COSTS, sum(COSTS)],
    },
    "losses too": {
        "gain": [v - 400 for v in SALES] + [sum(SALES) - 4800],
        "price": [*PRICES, round(sum(PRICES), 2)],
        "costs": [*COSTS, sum(COSTS)],
    },
    "rounded parts": {
        "share": [33.3, 21.7, 18.2, 15.9, 11.0, 100.0],
        "k": [1234.6, 804.5, 674.7, 589.5, 407.8, 3711.0],
    },
    "mean": {
        "month": [*"abcdefghijkl", "Average"],
        "sales": [*SALES, round(float(np.mean(SALES)), 1)],
        "costs": [*COSTS, round(float(np.mean(COSTS)), 1)],
    },
    "mean without a word": {
        "sales": [*SALES, round(float(np.mean(SALES)), 2)],
        "costs": [*COSTS, round(float(np.mean(COSTS)), 2)],
    },
}


@pytest.mark.parametrize("name", TOTALS)
@pytest.mark.parametrize("first", [False, True])
def test_a_row_of_totals_is_found_and_left_out(name, first):
    columns = {k: [*v] for k, v in TOTALS[name].items()}
    if first:
        columns = {k: [v[-1], *v[:-1]] for k, v in columns.items()}
    table = written(columns)
    finding = found(table)
    row = 1 if first else table.n
    what = "mean" if name.startswith("mean") else "sum"
    assert finding.sentence.startswith(f"Row {row} is the {what} of the {table.n - 1} others in “")
    (offer,) = finding.offers
    assert offer.label == f"Leave row {row} out"
    assert row not in apply(table, offer.repairs).rows
    assert found(apply(table, offer.repairs)) is None


def test_the_numbers_of_the_row_are_named():
    sentence = found(written(TOTALS["last"])).sentence
    assert sentence.endswith(f"others in “sales” ({sum(SALES):,}) and “costs” ({sum(COSTS):,}).")
    wide = {f"x{j}": [*np.roll(SALES, j).tolist(), sum(SALES)] for j in range(5)}
    assert "(6,145) and 2 other columns." in found(written(wide)).sentence.replace(
        f"{sum(SALES):,}", "6,145"
    )


def test_large_totals_have_all_their_digits():
    rows = [12_345_678, 7_654_329, 1_000_003]
    table = written({"name": ["a", "b", "c", "Total"], "n": [*rows, sum(rows)]})
    assert "in “n” (21,000,010)." in found(table).sentence


def test_the_row_is_numbered_as_in_the_file():
    table = apply(written({k: [5, *v] for k, v in TOTALS["last"].items()}), [LeaveRows((1,))])
    assert found(table).sentence.startswith("Row 14 is the sum of the 12 others")


@pytest.mark.parametrize("name", TOTALS)
def test_the_finding_is_among_those_of_the_page(name):
    table = written({k: [*v] for k, v in TOTALS[name].items()})
    target, *features = reversed(table.columns)
    kinds = [f.kind for f in findings(table, target, features)]
    assert kinds.count("totals") == 1


A, B, C, D = "a,31,11", "b,47,83", "c,52,67", "d,91,17"
SUMMED = {
    "in the middle": ([A, B, "Total,221,178", C, D], [(3, "the sum of the 4 others")]),
    "German": ([A, B, "Summe,221,178", C, D], [(3, "the sum of the 4 others")]),
    "sum and mean": (
        [A, B, C, D, "Sum,221,178", "Mean,55.25,44.5"],
        [(5, "the sum of the 4 others"), (6, "the mean of the 4 others")],
    ),
    "mean and sum above": (
        ["Average,55.25,44.5", "Sum,221,178", A, B, C, D],
        [(1, "the mean of the 4 others"), (2, "the sum of the 4 others")],
    ),
    "sum and mean, not called so": (
        [*("e,312,415", "f,187,633"), A, B, C, D, ",720,1226", ",120,204.33"],
        [(7, "the sum of the 6 others"), (8, "the mean of the 6 others")],
    ),
    "subtotals below": (
        [A, B, "Subtotal,78,94", C, D, "Subtotal,143,84"],
        [(3, "the sum of the 2 rows above it"), (6, "the sum of the 2 rows above it")],
    ),
    "subtotals above": (
        ["Sub-total,78,94", A, B, "Sub-total,143,84", C, D],
        [(1, "the sum of the 2 rows below it"), (4, "the sum of the 2 rows below it")],
    ),
    "subtotals and a total": (
        [A, B, "Total north,78,94", C, D, "Total south,143,84", "Grand total,221,178"],
        [
            (3, "the sum of the 2 rows above it"),
            (6, "the sum of the 2 rows above it"),
            (7, "the sum of the 4 others"),
        ],
    ),
    "a group of one row": (
        [A, B, "Total,78,94", C, "Total,52,67", "Total,130,161"],
        [(3, "the sum of the 2 rows above it"), (6, "the sum of the 3 others")],
    ),
    "means of groups": (
        [A, B, "Mean,39,47", C, D, "Mean,71.5,42"],
        [(3, "the mean of the 2 rows above it"), (6, "the mean of the 2 rows above it")],
    ),
    "a rate beside": (
        ["a,3100,2.5", "b,4701,1.5", "c,5209,1.1", "Total,13010,1.6"],
        [(4, "the sum of the 3 others")],
    ),
    "other statistics beside": (
        [A, B, C, D, "Sum,221,178", "Mean,55.25,44.5", "Min,31,11", "Max,91,83", "SD,25.5,36.2"],
        [(5, "the sum"), (6, "the mean"), (7, "the minimum of the 4 others")],
    ),
}


@pytest.mark.parametrize("name", SUMMED)
def test_rows_that_sum_up_others_are_found_wherever_they_are(name):
    lines, expected = SUMMED[name]
    table = read_table(("\n".join(["name,x,y", *lines]) + "\n").encode())
    finding = found(table)
    for row, what in expected:
        assert f"ow {row} is {what}" in finding.sentence
    (offer,) = finding.offers
    gone = {row for repair in offer.repairs for row in repair.rows}
    assert gone >= {row for row, _ in expected}
    left = apply(table, offer.repairs)
    kept = {line for line in lines if line in (A, B, C, D) or line[:2] in ("e,", "f,")}
    assert left.n == (3 if name == "a rate beside" else len(kept))
    assert found(left) is None


def test_a_group_of_one_row_is_its_own_total():
    lines, _ = SUMMED["a group of one row"]
    sentence = found(read_table(("\n".join(["name,x,y", *lines]) + "\n").encode())).sentence
    assert "; row 5 repeats the row above it in “x” (52) and “y” (67); " in sentence


def test_the_first_three_of_many_totals_are_named():
    lines = [
        line
        for k in range(1, 6)
        for line in (f"p,{10 * k + 31},7", f"q,{17 * k},8", f"Total,{27 * k + 31},15")
    ]
    finding = found(read_table(("\n".join(["name,x,y", *lines]) + "\n").encode()))
    assert "row 9 is the sum of the 2 rows above it" in finding.sentence
    assert finding.sentence.endswith("; and so on for 2 more rows.")
    assert finding.offers[0].repairs == (LeaveRows((3, 6, 9, 12, 15)),)


ORDINARY = {
    "doubling": {"n": [1, 1, 2, 4, 8, 16, 32], "t": [0, 1, 2, 3, 4, 5, 6]},
    "dilutions": {
        "c": [2.0**k / 8 for k in range(12)],
        "y": [v / 10 for v in [2**k for k in range(12)]],
    },
    "sizes": {"n": [2**k for k in range(14)], "m": [2 ** (13 - k) for k in range(14)]},
    "downwards": {
        "n": [2 ** (20 - k) for k in range(21)],
        "m": [3 * 2 ** (20 - k) for k in range(21)],
    },
    "Fibonacci": {"n": [610, 987, 1597, 2584], "m": [89000, 144000, 233000, 466000]},
    "small": {"x": [1, 2, 3], "y": [2, 3, 5]},
    "three": {"x": [1, 2, 3, 6], "y": [2, 3, 5, 10]},
    "all zero but one": {"x": [0, 0, 0, 0, 0], "y": [3, 1, 2, 5, 4]},
    "constant": {"x": [7, 7, 7, 7, 7, 7], "y": [3, 3, 3, 3, 3, 3]},
    "in the middle": {"x": [3, 1, 2, 6, 0], "y": [120, 210, 331, 661, 0]},
    "one column": {"x": [310, 122, 413, 845], "y": [120, 210, 331, 700]},
    "a word alone": {"who": ["a", "b", "c", "total"], "x": [3, 1, 2, 9], "y": [4, 5, 6, 7]},
    "a word in the middle": {"who": [*"ab", "Sum of b", "c"], "x": [3, 1, 9, 5], "y": [4, 5, 6, 7]},
    "one column of several": {
        "who": ["a", "b", "Total", "c"],
        "x": [310, 122, 432, 845],
        "y": [4, 5, 6, 7],
        "z": [8, 1, 3, 5],
    },
    "a group of one row alone": {"who": ["a", "total", "b", "c"], "x": [7, 7, 9, 2]},
    "kinds of statistics": {
        "what": ["mean", "sum", "mean", "sum", "other"],
        "x": [310, 620, 122, 244, 51],
        "y": [120, 240, 331, 662, 78],
    },
    "unnamed in the middle": {
        "x": [3100, 1220, 4320, 8450, 77],
        "y": [1200, 2100, 3300, 7010, 19],
    },
    "the largest is called max": {"who": ["a", "b", "max"], "x": [310, 122, 310]},
    "two rows": {"x": [500, 500], "y": [1234, 1234]},
    "one row": {"x": [500], "y": [1234]},
}


@pytest.mark.parametrize("name", ORDINARY)
def test_an_ordinary_row_is_no_total(name):
    assert found(written(ORDINARY[name])) is None


@pytest.mark.parametrize("name", BUILT_IN)
def test_the_built_in_tables_have_no_totals(name):
    assert found(load_table(TableChoice(name), None)) is None


@pytest.mark.slow
@pytest.mark.parametrize("words", [(), ("a", "b", "total", "mean", "Sum of c")])
def test_random_tables_have_no_totals(words):
    rng = np.random.default_rng(1)
    draws = [
        lambda n: rng.integers(0, 10, n),
        lambda n: rng.integers(-5, 6, n),
        lambda n: rng.normal(0, 1, n).round(2),
        lambda n: rng.exponential(100, n).round(),
        lambda n: rng.normal(50, 10, n),
        lambda n: rng.integers(1, 6, n),
    ]
    looked_at = 0
    for _ in range(1500):
        n, M = int(rng.integers(3, 30)), int(rng.integers(2, 5))
        columns = {f"x{j}": draws[rng.integers(len(draws))](n).tolist() for j in range(M)}
        if words:
            columns["who"] = [words[k] for k in np.minimum(rng.poisson(0.9, n), 4)]
        finding = found(written(columns))
        assert finding is None, columns
        looked_at += 1
    assert looked_at == 1500
