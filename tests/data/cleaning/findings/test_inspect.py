"""Findings in a table: all of them, in order, and none in a good one."""

import numpy as np
import pytest

from linreg.data.cleaning.findings import inspect
from linreg.data.cleaning.findings.inspect import MAX_COLUMNS_SEEN, ORDER, findings
from linreg.data.cleaning.repairs.pipeline import apply
from linreg.data.load import load_repaired
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import TableChoice
from linreg.data.summary.accumulator import Accumulator
from tests.helpers.findings import X1, X2, N, Y, findings_of, only, table

RNG = np.random.default_rng(4)


def test_a_good_table_needs_nothing():
    assert findings_of(table()) == ()


def test_no_row_has_all_values():
    rows = table({"a": [1, 2, np.nan, np.nan], "b": [np.nan, np.nan, 1, 2], "y": [2, 3, 4, 5]})
    assert "No row has a value in every" in only(rows, "rows").sentence


def test_wide_tables_are_looked_at_in_part():
    own = table({f"x{j}": RNG.normal(size=N) for j in range(MAX_COLUMNS_SEEN)})
    assert "100 of 103 columns were looked at" in only(own, "columns").sentence


def test_long_tables_are_looked_at_in_part_but_all_chosen_columns(monkeypatch):
    monkeypatch.setattr(inspect, "MAX_CELLS_SEEN", 6 * N)
    own = table({f"x{j}": np.full(N, 7) for j in range(9)}, t=["a", "b"] * 20)
    results = findings_of(own, features=("a", "x7", "x8"))
    constant = [f.sentence.split("”")[0] for f in results if f.kind == "constant"]
    assert constant == ["Feature “x7", "Feature “x8", "“x0"]
    assert "7 of 13 columns were looked at" in results[-1].sentence


def test_numbers_too_large_to_square_stop_nothing():
    own = table({"a": 1e200 * X1})
    assert findings_of(own) == ()
    assert findings_of(table(), "size", ("a",)) == ()
    assert findings_of(table(), "y", ()) == ()


@pytest.mark.parametrize("name", BUILT_IN)
def test_real_tables_offer_only_what_can_be_done(name):
    own = load_repaired(TableChoice(name), None)[0]
    features = tuple(column for column in own.columns if column != BUILT_IN[name].target)
    results = findings(own, BUILT_IN[name].target, features)
    assert [ORDER.index(f.kind) for f in results] == sorted(ORDER.index(f.kind) for f in results)
    for finding in results:
        assert len(finding.offers) <= 3
        for offer in finding.offers:
            notes = apply(own, offer.repairs).notes
            assert notes == own.notes


def test_columns_of_a_problem_file_that_can_not_be_used_are_passed_over():
    columns = {"a": 1e5 + 1e4 * X1, "b": X2, "y": Y}
    summary = Accumulator(list(columns)).feed(list(columns.values())).summary("y")
    clean = findings(summary, "y", ("a", "b"))
    assert findings(summary, "y", ("a", "y", "b", "gone")) == clean
    assert findings(summary, "gone", ("a",)) == ()
    assert findings(summary, "y", ("y",)) == ()
