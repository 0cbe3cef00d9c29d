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


def test_the_row_is_numbered_as_in_the_file():
    table = apply(written({k: [5, *v] for k, v in TOTALS["last"].items()}), [LeaveRows((1,))])
    assert found(table).sentence.startswith("Row 14 is the sum of the 12 others")


@pytest.mark.parametrize("name", TOTALS)
def test_the_finding_is_among_those_of_the_page(name):
    table = written({k: [*v] for k, v in TOTALS[name].items()})
    target, *features = reversed(table.columns)
    kinds = [f.kind for f in findings(table, target, features)]
    assert kinds.count("totals") == 1


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
def test_random_tables_have_no_totals():
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
        finding = found(written(columns))
        assert finding is None, columns
        looked_at += 1
    assert looked_at == 1500
