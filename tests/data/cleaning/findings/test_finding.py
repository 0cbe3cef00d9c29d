"""Findings: frozen values with at most three offers each, whatever the table."""

import pytest

from linreg.data.cleaning.findings.finding import Finding, Offer
from linreg.data.cleaning.findings.inspect import findings
from linreg.data.cleaning.repairs.column_repairs import LeaveOut
from linreg.data.cleaning.repairs.pipeline import apply
from linreg.data.files.read_table import read_table

TABLES = {
    "gaps": "x,z,y\n1,,3\n2,5,4\n,6,5\n4,7,8\n5,8,9\n6,9,9\n",
    "text": "x,kind,y\n1,a,3\n2,b,4\n3,a,5\n4,b,8\n5,a,9\n",
    "scales": "x,z,y\n1,1000000,3\n2,5000000,4\n3,2000000,5\n4,9000000,8\n",
    "repeated": "x,z,y\n1,2,3\n2,4,4\n3,6,5\n4,8,8\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_each_finding_says_what_and_why_and_offers_little(name):
    table = read_table(TABLES[name].encode(), "t.csv")
    features = [column for column in table.columns if column != "y"]
    results = findings(table, "y", features)
    assert results
    for finding in results:
        assert finding.sentence
        assert finding.why
        assert len(finding.offers) <= 3
        assert all(offer.label and offer.repairs for offer in finding.offers)


def test_findings_alike_are_equal():
    offers = (Offer("Leave it out", (LeaveOut("x"),)),)
    assert Finding("constant", "s", "w", offers) == Finding("constant", "s", "w", offers)
    assert len({Finding("constant", "s", "w"), Finding("constant", "s", "w")}) == 1


def many(cells, n=6):
    """Return a table of n columns of the same cells, and two of numbers."""
    names = [f"c{j}" for j in range(n)]
    lines = [",".join([*names, "x", "y"])]
    for row, cell in enumerate(cells):
        own = [cell(j) if callable(cell) else cell for j in range(n)]
        lines.append(",".join([*own, str(row * row % 7), str(row * 3 % 5)]))
    return read_table(("\n".join(lines) + "\n").encode(), "t.csv")


ALIKE = {
    "constant": (
        [lambda j: str(j)] * 8,
        "6 columns are constant: “c0” (0), “c1” (1), “c2” (2) and 3 more. They are not used now.",
        "Leave these 6 columns out",
    ),
    "empty": (
        [""] * 8,
        "6 columns have no value in any row: “c0”, “c1”, “c2” and 3 more.",
        "Leave these 6 columns out",
    ),
    "mostly empty": (
        [lambda j: str(j), lambda j: str(j + 2), *[""] * 6],
        "6 columns have values in less than half of 8 rows: “c0” (2), “c1” (2), “c2” (2) and 3 "
        "more.",
        "Leave these 6 columns out",
    ),
    "identifiers": (
        [lambda j, k=k: f"{j} of {k}" for k in range(12)],
        "6 columns hold a different text in every row: “c0”, “c1”, “c2” and 3 more.",
        "Leave these 6 columns out",
    ),
    "words": (
        ["a", "b", "c"] * 4,
        "6 columns are text with few different values: “c0” (3), “c1” (3), “c2” (3) and 3 more.",
        "Make 0/1 columns",
    ),
    "dates": (
        [f"2024-03-{day:02}" for day in range(1, 13)],
        "6 columns hold dates, which are text here: “c0”, “c1”, “c2” and 3 more.",
        "Count days since the first",
    ),
    "units": (
        [lambda j, k=k: f"{j + k * k} {('km', 'kg')[j % 2]}" for k in range(12)],
        "6 columns hold numbers with a unit: “c0” (km), “c1” (kg), “c2” (km) and 3 more.",
        "Read the numbers",
    ),
    "bad cells": (
        [lambda j, k=k: str(j + k * k) if k != 7 else "oops" for k in range(12)],
        "6 columns are numbers but for a few cells: “c0” (“oops” in row 8), “c1” (“oops” in row "
        "8), “c2” (“oops” in row 8) and 3 more.",
        "Count these cells as missing",
    ),
    "accounts": (
        [lambda j, k=k: f"({j + k * k}.50)" if k % 3 else f"{j + k}.25" for k in range(12)],
        "6 columns hold numbers in parentheses, or with the minus behind: “c0”, “c1”, “c2” and 3 "
        "more.",
        "Read them as negative",
    ),
}


@pytest.mark.parametrize("kind", ALIKE)
def test_what_is_the_same_of_many_columns_is_one_finding_with_one_repair(kind):
    cells, sentence, label = ALIKE[kind]
    table = many(cells)
    results = findings(table, "y", ["x"])
    (finding,) = (each for each in results if "“c0”" in each.sentence)
    assert finding.sentence == sentence
    offer = finding.offers[0]
    assert offer.label == label
    assert len(offer.repairs) == 6
    after = findings(apply(table, offer.repairs), "y", ["x"])
    assert not any(sentence[:30] in each.sentence for each in after)
    assert len(finding.offers) <= 3


def test_of_few_columns_each_has_its_finding():
    cells, _, _ = ALIKE["constant"]
    results = findings(many(cells, 3), "y", ["x"])
    assert [each.kind for each in results].count("constant") == 3


def test_copies_of_many_columns_are_one_finding():
    rows = [f"{k},{7 * k % 5},{','.join([str(k * k % 11)] * 6)}" for k in range(12)]
    content = "\n".join(["x,y,a,b,c,d,e,f", *rows]) + "\n"
    results = findings(read_table(content.encode()), "y", ["x"])
    (finding,) = (each for each in results if each.kind == "repeated")
    assert finding.sentence == (
        "5 columns repeat others in every row: “b” (as “a”), “c” (as “a”), “d” (as “a”) and 2 "
        "more. They are not used now."
    )


def test_features_that_depend_on_others_are_one_finding():
    multiples = [",".join(str(j * k) for j in range(1, 7)) for k in range(12)]
    rows = [f"{7 * k % 5},{k * k % 11},{each}" for k, each in enumerate(multiples)]
    content = "\n".join(["y,x,a,b,c,d,e,f", *rows]) + "\n"
    results = findings(read_table(content.encode()), "y", [*"xabcdef"])
    (finding,) = (each for each in results if each.kind == "dependent")
    assert finding.sentence == "5 columns depend on the other features: “b”, “c”, “d” and 2 more."
    assert finding.offers[0].repairs == tuple(map(LeaveOut, "bcdef"))
