"""Findings say what is wrong, with the numbers of the table, and offer what mends it."""

import re

import numpy as np
import pyarrow as pa
import pytest

from linreg import LeastSquares, Moments
from linreg.data.cleaning.findings import inspect
from linreg.data.cleaning.findings.inspect import MOST_COLUMNS_SEEN, ORDER, findings
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
from linreg.data.cleaning.repairs.row_repairs import LeaveMissing, LeaveRows
from linreg.data.cleaning.suggest_columns import is_repairable, propose
from linreg.data.files.read_table import read_text
from linreg.data.files.table import Table
from linreg.data.load import load_repaired
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import TableChoice
from linreg.data.summary.accumulator import Accumulator
from linreg.model.row_by_row import descend
from linreg.training.scaled_descent import compare

RNG = np.random.default_rng(3)
N = 40
X1, X2 = RNG.normal(size=N), RNG.normal(size=N)
Y = 1 + 2 * X1 - X2 + 0.1 * RNG.normal(size=N)


def table(numbers=None, **texts):
    numbers = {"a": X1, "b": X2, "y": Y} | (numbers or {})
    numbers = {name: np.asarray(values, dtype=float) for name, values in numbers.items()}
    cells = {
        name: pa.chunked_array([list(text)], pa.large_string()) for name, text in texts.items()
    }
    return Table("t", numbers, tuple(cells), len(numbers["y"]), (), texts=cells)


def found(own, target="y", features=("a", "b"), **how):
    return findings(own, target, features, **how)


def only(own, kind, **how):
    (one,) = (finding for finding in found(own, **how) if finding.kind == kind)
    return one


def repairs_of(finding):
    return [offer.repairs for offer in finding.offers]


def test_a_good_table_needs_nothing():
    assert found(table()) == ()


def test_scales_far_apart_are_told_with_the_steps_they_take():
    own = table({"price": 4e4 + 1e4 * X1, "rooms": np.round(5 + 2 * X2)})
    names = ("price", "rooms")
    told = only(own, "scales", features=names)
    X = np.column_stack([own.columns[name] for name in names])
    m = Moments.from_arrays(X, Y)
    now, then = compare(m, start=np.zeros(3), steps=0)
    assert f"“rooms” goes from {X[:, 1].min():g} to {X[:, 1].max():g}" in told.sentence
    (kappa,) = re.findall(r"κ = ([\d.e]+),", told.sentence)
    (steps,) = re.findall(r"about ([\d.e]+) steps; standardised", told.sentence)
    assert float(kappa) == pytest.approx(now.condition, rel=0.05)
    assert float(steps) == pytest.approx(now.arrives, rel=0.05)
    assert told.sentence.endswith(f"standardised: {then.arrives} steps.")
    assert repairs_of(told) == [(Standardise("price"), Standardise("rooms"))]
    mended = apply(own, told.offers[0].repairs)
    assert all(f.kind != "scales" for f in found(mended, features=names))


def test_a_column_of_0_and_1_is_standardised_only_where_it_must_be():
    few = np.arange(N) % 3 == 0
    own = table({"price": 4e4 + 1e4 * X1, "few": few})
    told = only(own, "scales", features=("price", "few"))
    assert repairs_of(told) == [(Standardise("price"),)]
    (steps,) = re.findall(r"standardised but for the 0/1 columns: (\d+) steps", told.sentence)
    mended = apply(own, told.offers[0].repairs)
    m = Moments.of([mended.columns["price"], few.astype(float), Y])
    assert compare(m, start=np.zeros(3), steps=0)[0].arrives == int(steps)
    rare = dict.fromkeys("aby", RNG.normal(size=400)) | {"rare": np.arange(400) == 5}
    told = only(table(rare), "scales", features=("rare",))
    assert repairs_of(told) == [(Standardise("rare"),)]
    assert "steps; standardised: " in told.sentence
    summary = (
        Accumulator(["price", "few", "y"]).feed([own.columns["price"], few * 1.0, Y]).summary("y")
    )
    (told,) = (f for f in findings(summary, "y", ("price", "few")) if f.kind == "scales")
    assert repairs_of(told) == [(Standardise("price"),)]


def test_a_bowl_too_narrow_for_its_fastest_rate_is_told_too():
    narrow, narrower = (
        only(table({"a": size * (4 + X1)}), "scales").sentence for size in (1e4, 1e7)
    )
    (few,) = re.findall(r"about ([\d.e]+) steps; standardised", narrow)
    (many,) = re.findall(r"about ([\d.e]+) steps at the rate 1/λmax; standardised", narrower)
    assert float(many) == pytest.approx(2e6 * float(few), rel=0.1)  # κ grows by 10⁶, at half η
    whys = [only(table({"a": size * (4 + X1)}), "scales").why for size in (1e4, 1e7)]
    assert "at the fastest rate, until" in whys[0]
    assert "at the rate 1/λmax, until" in whys[1]


def test_the_promised_steps_are_enough_and_needed():
    own = table({"a": 1000 + 3 * X1})
    told = only(own, "scales")
    (steps,) = re.findall(r"standardised: (\d+) steps", told.sentence)
    mended = apply(own, told.offers[0].repairs)
    X = np.column_stack([mended.columns["a"], mended.columns["b"]])
    problem = LeastSquares.from_arrays(X, Y)
    values = np.linalg.eigvalsh(problem.hessian())
    path = descend(X, Y, rate=2 / (values[0] + values[-1]), steps=int(steps))
    excess = problem.tsse(path) - problem.tsse(problem.minimiser())
    assert excess[-1] <= 1e-12 * problem.tss * 1.01 < excess[-2]


def test_without_an_intercept_standardising_would_make_another_model():
    told = only(table({"a": 1000 + 300 * X1}), "scales", intercept=False)
    assert told.offers == ()
    assert "standardised" not in told.sentence
    assert "takes an intercept: turn it on first" in told.why


def test_few_rows():
    rows = table({"a": [1, 2], "b": [1, 5], "y": [2, 3]})
    assert "only 2 rows for 3 parameters" in only(rows, "rows").sentence
    rows = table({"a": [1, 2, 4], "b": [1, 5, 0], "y": [2, 3, 3]})
    told = only(rows, "rows")
    assert "only 3 rows for 3 parameters" in told.sentence
    assert "TSSE is 0" in told.why
    assert "TSSE is 0" not in only(rows, "rows", intercept=False).why


@pytest.mark.slow
@pytest.mark.parametrize("intercept", [True, False])
def test_rows_are_few_where_chance_alone_explains_much(intercept):
    few, enough = (table({name: RNG.normal(size=n) for name in "aby"}) for n in (9, 11))
    told = only(few, "rows", intercept=intercept)
    assert told.sentence == f"There are only 9 rows for {2 + intercept} parameters."
    X, total = np.column_stack([few.columns["a"], few.columns["b"]]), 0.0
    for y in RNG.permuted(np.tile(few.columns["y"], (4000, 1)), axis=1):
        y = y if intercept else y * RNG.choice([-1, 1], len(y))
        problem = LeastSquares.from_arrays(X, y, intercept=intercept)
        total += 1 - problem.tsse(problem.minimiser()) / problem.tss
    (r2,) = re.findall(r"R² = ([\d.]+) on average", told.why)
    assert float(r2) == pytest.approx(total / 4000, abs=0.02)
    assert all(f.kind != "rows" for f in found(enough, intercept=intercept))


def test_no_row_has_all_values():
    rows = table({"a": [1, 2, np.nan, np.nan], "b": [np.nan, np.nan, 1, 2], "y": [2, 3, 4, 5]})
    assert "No row has a value in every" in only(rows, "rows").sentence


def test_constant_repeated_and_dependent_features():
    own = table({"a": X1, "c": np.full(N, 7), "d": X1, "e": X1 + X2})
    told = found(own, features=("a", "b", "c", "d", "e"))
    assert [(f.kind, repairs_of(f)) for f in told] == [
        ("constant", [(LeaveOut("c"),)]),
        ("dependent", [(LeaveOut("d"),)]),
        ("dependent", [(LeaveOut("e"),)]),
    ]
    assert "“d” repeats feature “a”" in told[1].sentence
    assert "“e” is a linear combination of “a” and “b”" in told[2].sentence
    mended = apply(own, [repair for f in told for repair in f.offers[0].repairs])
    assert found(mended) == ()


def test_columns_that_are_not_used_are_told_as_such():
    own = table({"c": np.full(N, 7), "d": X1, "e": Y, "k": np.arange(N)})
    assert [(f.kind, f.sentence) for f in found(own)] == [
        ("constant", "“c” is 7 in every row. It is not used now."),
        ("repeated", "“d” repeats “a” in every row. It is not used now."),
        ("repeated", "“e” repeats “y” in every row. It is not used now."),
        ("identifier", "“k” counts from 0 to 39, each number once. It is not used now."),
    ]


def test_a_feature_that_is_the_target_again():
    told = only(table({"e": Y}), "repeated", features=("a", "e"))
    assert told.sentence == "“e” repeats “y” in every row."
    assert "explained by itself" in told.why


def test_identifiers_are_told_by_name():
    told = only(table({"user_id": RNG.integers(0, 9, N)}), "identifier")
    assert told.sentence.startswith("“user_id” is named like an identifier")
    assert repairs_of(told) == [(LeaveOut("user_id"),)]


def test_missing_values_and_what_filling_does_to_the_fit():
    a = np.where(np.arange(N) % 10 == 3, np.nan, X1)
    y = np.where(np.arange(N) == 5, np.nan, Y)
    own = table({"a": a, "y": y})
    told = only(own, "missing")
    assert told.sentence == "5 of 40 rows miss a value in “y” (1), “a” (4), and are left out."
    assert repairs_of(told) == [(LeaveMissing("y"), LeaveMissing("a")), (Fill("a"),)]
    known = np.isfinite(y)
    filled = np.where(np.isfinite(a), a, np.nanmean(a))[known]
    A = np.column_stack([np.ones(known.sum()), filled, X2[known]])
    theta = np.linalg.lstsq(A, y[known], rcond=None)[0]
    numbers = re.findall(r"θ\d(?: \(\w\))? is (\S+) instead", told.why.replace("−", "-"))
    np.testing.assert_allclose(np.array(numbers, dtype=float), theta, rtol=1e-3)
    assert "39 rows are used" in told.why
    assert "pull every weight towards 0" in told.why
    for offer in told.offers:
        left = [f for f in found(apply(own, offer.repairs)) if f.kind == "missing"]
        assert bool(left) == (offer.label == "Fill with the mean")  # the target still misses one


def test_filling_the_only_feature_keeps_its_weight():
    a = np.where(np.arange(N) % 10 == 3, np.nan, X1)
    told = only(table({"a": a}), "missing", features=("a",))
    assert re.search(r"θ0 is \S+ instead of \S+, θ1 \(a\) stays \S+;", told.why)
    told = only(table({"a": 5 + a}), "missing", features=("a",), intercept=False)
    assert re.search(r"and θ1 \(a\) is \S+ instead of \S+;", told.why)


def test_an_outlier_is_named_with_its_share_and_what_the_fit_is_without_it():
    y = Y.copy()
    y[16] += 9
    own = apply(table({"y": y}), [LeaveRows((3,))])
    told = only(own, "outlier")
    keep = np.arange(N) != 2
    A = np.column_stack([np.ones(N), X1, X2])
    theta = np.linalg.lstsq(A[keep], y[keep], rcond=None)[0]
    errors = np.square(y - A @ theta)[keep]
    (share,) = re.findall(r"Row 17 carries ([\d.]+) % of TSSE", told.sentence)
    assert float(share) == pytest.approx(100 * errors.max() / errors.sum(), rel=0.02)
    keep[16] = False
    without = np.linalg.lstsq(A[keep], y[keep], rcond=None)[0]
    numbers = re.findall(r"is (\S+) instead of (\S+?)[,.] ", told.why.replace("−", "-"))
    np.testing.assert_allclose(np.array(numbers, dtype=float), np.transpose([without, theta]), 1e-3)
    assert repairs_of(told) == [(LeaveRows((17,)),)]
    assert all(f.kind != "outlier" for f in found(apply(own, told.offers[0].repairs)))


def test_several_outliers_can_be_left_out_together():
    y = Y.copy()
    y[[4, 9, 20, 30]] += 30
    told = only(table({"y": y}), "outlier")
    together = told.offers[1].repairs[0]
    assert {5, 10, 21, 31} >= set(together.rows)


def test_one_more_outlier_is_told_as_one():
    y = Y.copy()
    y[[4, 9, 20, 33]] += [30, -30, 30, -30]
    assert only(table({"y": y}), "outlier").sentence.endswith(" Another 1 stands out less.")


def test_a_leverage_below_one_is_not_shown_as_one():
    a, y = np.array(X1), Y.copy()
    a[16], y[16] = 5000, 900
    told = only(table({"a": a, "y": y}), "outlier")
    (leverage,) = re.findall(r"its leverage is ([\d.]+) where", told.sentence)
    A = np.column_stack([np.ones(N), a, X2])
    h = np.diag(A @ np.linalg.pinv(A))[16]
    assert 0.99 < float(leverage) < 1
    assert float(leverage) == pytest.approx(h, abs=0.1 * (1 - h))


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
    )
    told = {re.match("“(.*?)”", f.sentence)[1]: f for f in found(own)}
    assert {name: (f.kind, repairs_of(f)) for name, f in told.items()} == {
        "who": ("identifier", [(LeaveOut("who"),)]),
        "region": ("text", [(Indicators("region"),), (LeaveOut("region"),)]),
        "plan": ("constant", [(LeaveOut("plan"),)]),
        "word": ("text", [(LeaveOut("word"),)]),
        "day": ("date", [(Days("day"),), (LeaveOut("day"),)]),
        "size": ("text", [(Blank("size"),), (LeaveRows((39,)),)]),
        "bare": ("empty", [(LeaveOut("bare"),)]),
    }
    assert "“north” (20), “south” (20)" in told["region"].sentence
    assert "“big” in row 39" in told["size"].sentence
    assert "since 2020-01-01" in told["day"].why
    for finding in told.values():
        for offer in finding.offers:
            mended = found(apply(own, offer.repairs))
            assert finding.sentence not in [f.sentence for f in mended]


def test_numbers_with_a_unit_are_offered_to_be_read():
    own = table(
        way=[f"{k} km" for k in range(N)],
        rate=["5%", "6 %"] * 20,
        cost=["$1,200.5"] * 37 + ["-$2", "free", None],
        many=["2 m"] * 30 + ["x"] * 10,
    )
    told = {re.match("“(.*?)”", f.sentence)[1]: f for f in found(own)}
    read = {
        name: (Numbers(name, unit),) for name, unit in zip(told, ("km", "%", "$", "m"), strict=True)
    }
    assert {name: (f.kind, repairs_of(f)) for name, f in told.items()} == {
        "way": ("text", [read["way"], (LeaveOut("way"),)]),
        "rate": ("text", [read["rate"], (LeaveOut("rate"),)]),
        "cost": ("text", [read["cost"], (LeaveRows((39,)), *read["cost"]), (LeaveOut("cost"),)]),
        "many": ("text", [read["many"], (LeaveOut("many"),)]),
    }
    assert told["way"].sentence == "“way” holds numbers with the unit “km”."
    assert told["way"].offers[0].label == "Read the numbers"
    assert "“5%” in row 1 is 5." in told["rate"].why
    assert told["cost"].sentence.endswith("unit “$” but for 1 cell: “free” in row 39.")
    assert told["cost"].offers[0].label == "Read the numbers, the rest as missing"
    assert "10 cells: “x” in row 31, “x” in row 32, “x” in row 33 and others." in (
        told["many"].sentence
    )
    for repairs in (repairs_of(told["cost"])[0], repairs_of(told["cost"])[1]):
        assert apply(own, repairs).columns["cost"][36:38].tolist() == [1200.5, -2]


def test_a_single_column_of_numbers_gets_company_by_reading_the_unit():
    own = read_text("distance\ttime\n" + "\n".join(f"{k} km\t{3 * k + k % 4}" for k in range(30)))
    assert is_repairable(own)
    (told,) = findings(own, "time", ())
    assert repairs_of(told)[0] == (Numbers("distance", "km"),)
    assert propose(apply(own, told.offers[0].repairs)).target == "time"


def test_dates_that_can_not_be_told_apart_are_not_offered():
    told = only(table(day=["1/2/2020", "3/4/2020"] * 20), "date")
    assert "day and month can not be told apart" in told.sentence
    assert repairs_of(told) == [(LeaveOut("day"),)]


@pytest.mark.parametrize(
    ("own", "target", "said"),
    [
        (table({"y": np.full(N, 3)}), "y", "The target “y” is 3 in every row."),
        (table({"id": 100 + np.arange(N)}), "id", "The target “id” is named like an identifier"),
        (table(t=["a", "b"] * 20), "t", "The target “t” is text."),
        (table(t=["2020-01-01"] * N), "t", "The target “t” holds dates, which are text here."),
        (table(t=["5 km"] * N), "t", "“t” holds numbers with the unit “km”."),
        (table(t=["1"] * 39 + ["x"]), "t", "“t” is numbers but for 1 cell: “x” in row 40."),
    ],
)
def test_targets_that_can_not_be_explained(own, target, said):
    first = found(own, target)[0]
    assert first.kind == "target"
    assert first.sentence.startswith(said)


def test_a_column_that_is_nearly_all_missing():
    told = only(table({"c": [1.0, *[np.nan] * (N - 1)]}), "empty")
    assert told.sentence == "“c” has a value in only 1 of 40 rows."


def test_wide_tables_are_looked_at_in_part():
    own = table({f"x{j}": RNG.normal(size=N) for j in range(MOST_COLUMNS_SEEN)})
    assert "100 of 103 columns were looked at" in only(own, "columns").sentence


def test_long_tables_are_looked_at_in_part_but_all_chosen_columns(monkeypatch):
    monkeypatch.setattr(inspect, "MOST_CELLS_SEEN", 6 * N)
    own = table({f"x{j}": np.full(N, 7) for j in range(9)}, t=["a", "b"] * 20)
    told = found(own, features=("a", "x7", "x8"))
    constant = [f.sentence.split("”")[0] for f in told if f.kind == "constant"]
    assert constant == ["Feature “x7", "Feature “x8", "“x0"]
    assert "7 of 13 columns were looked at" in told[-1].sentence


def test_numbers_too_large_to_square_stop_nothing():
    own = table({"a": 1e200 * X1})
    assert found(own) == ()
    assert found(table(), "size", ("a",)) == ()
    assert found(table(), "y", ()) == ()


@pytest.mark.parametrize("name", BUILT_IN)
def test_real_tables_offer_only_what_can_be_done(name):
    own = load_repaired(TableChoice(name), None)[0]
    features = tuple(column for column in own.columns if column != BUILT_IN[name].target)
    told = findings(own, BUILT_IN[name].target, features)
    assert [ORDER.index(f.kind) for f in told] == sorted(ORDER.index(f.kind) for f in told)
    for finding in told:
        assert len(finding.offers) <= 3
        for offer in finding.offers:
            notes = apply(own, offer.repairs).notes
            assert notes == own.notes


def test_a_problem_file_is_judged_by_its_moments():
    columns = {"a": 1e5 + 1e4 * X1, "b": X2, "c": X2, "y": Y}
    summary = Accumulator(list(columns)).feed(list(columns.values())).summary("y")
    told = findings(summary, "y", ("a", "b", "c"))
    assert [f.kind for f in told] == ["scales", "dependent"]
    assert "“a” lies around 99,588.9 with a" in told[0].sentence
    own = table(columns)
    assert [f.kind for f in found(own, features=("a", "b", "c"))] == ["scales", "dependent"]


def test_columns_of_a_problem_file_that_can_not_be_used_are_passed_over():
    columns = {"a": 1e5 + 1e4 * X1, "b": X2, "y": Y}
    summary = Accumulator(list(columns)).feed(list(columns.values())).summary("y")
    clean = findings(summary, "y", ("a", "b"))
    assert findings(summary, "y", ("a", "y", "b", "gone")) == clean
    assert findings(summary, "gone", ("a",)) == ()
    assert findings(summary, "y", ("y",)) == ()
