"""Findings that follow from moments, with the numbers of the table, and what mends them."""

import re

import numpy as np
import pytest

from linreg import LeastSquares, Moments
from linreg.data.cleaning.findings.inspect import findings
from linreg.data.cleaning.repairs.column_repairs import (
    LeaveOut,
    Standardise,
)
from linreg.data.cleaning.repairs.pipeline import apply
from linreg.data.summary.accumulator import Accumulator
from linreg.model.row_by_row import descend
from linreg.training.learning_rate import rate_limits
from tests.helpers.findings import X1, X2, N, Y, findings_of, only, repairs_of, table
from tests.helpers.scaled_descent import compare


def test_scales_far_apart_are_told_with_the_steps_they_take():
    own = table({"price": 4e4 + 1e4 * X1, "rooms": np.round(5 + 2 * X2)})
    names = ("price", "rooms")
    finding = only(own, "scales", features=names)
    X = np.column_stack([own.columns[name] for name in names])
    m = Moments.from_arrays(X, Y)
    now, then = compare(m, start=np.zeros(3), steps=0)
    assert f"“rooms” goes from {X[:, 1].min():g} to {X[:, 1].max():g}" in finding.sentence
    (kappa,) = re.findall(r"κ = ([\d.e]+),", finding.sentence)
    (steps,) = re.findall(r"about ([\d.e]+) steps; standardised", finding.sentence)
    assert float(kappa) == pytest.approx(now.condition, rel=0.05)
    assert float(steps) == pytest.approx(now.arrives, rel=0.05)
    assert finding.sentence.endswith(f"standardised: {then.arrives} steps.")
    assert repairs_of(finding) == [(Standardise("price"), Standardise("rooms"))]
    mended = apply(own, finding.offers[0].repairs)
    assert all(f.kind != "scales" for f in findings_of(mended, features=names))


def test_a_column_of_0_and_1_is_standardised_only_where_it_must_be():
    few = np.arange(N) % 3 == 0
    own = table({"price": 4e4 + 1e4 * X1, "few": few})
    finding = only(own, "scales", features=("price", "few"))
    assert repairs_of(finding) == [(Standardise("price"),)]
    (steps,) = re.findall(r"standardised but for the 0/1 columns: (\d+) steps", finding.sentence)
    mended = apply(own, finding.offers[0].repairs)
    m = Moments.of([mended.columns["price"], few.astype(float), Y])
    assert compare(m, start=np.zeros(3), steps=0)[0].arrives == int(steps)
    rare = dict.fromkeys("aby", np.random.default_rng(4).normal(size=400)) | {
        "rare": np.arange(400) == 5
    }
    finding = only(table(rare), "scales", features=("rare",))
    assert repairs_of(finding) == [(Standardise("rare"),)]
    assert "steps; standardised: " in finding.sentence
    summary = (
        Accumulator(["price", "few", "y"]).feed([own.columns["price"], few * 1.0, Y]).summary("y")
    )
    (finding,) = (f for f in findings(summary, "y", ("price", "few")) if f.kind == "scales")
    assert repairs_of(finding) == [(Standardise("price"),)]


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


@pytest.mark.parametrize(
    ("x", "ends"),
    [
        (1e12 + np.arange(N) % 5, ("1e12", "1.000000000004e12")),
        (1 + np.arange(N) % 4 * 1e-8, ("1", "1.00000003")),
        (1.5e9 + np.arange(N) % 7, ("1.5e9", "1.500000006e9")),
        (-1e13 + np.arange(N) % 3, ("−1e13", "−9.999999999998e12")),
        (1e6 + np.arange(N) % 3 / 8, ("1,000,000", "1,000,000.3")),
    ],
)
def test_the_ends_of_a_narrow_range_are_told_apart(x, ends):
    sentence = only(table({"x": x}), "scales", features=("x",)).sentence
    assert f"“x” goes from {ends[0]} to {ends[1]}: κ " in sentence
    constant = only(table({"x": x, "c": np.full(N, 7.0)}), "scales", features=("c", "x")).sentence
    assert f"“c” is 7 in every row, “x” goes from {ends[0]} to {ends[1]}: κ " in constant


@pytest.mark.parametrize("power", range(3, 14))
def test_no_condition_number_is_told_beyond_the_digits_of_float64(power):
    x = 10.0**power + np.arange(N) % 5
    sentence = only(table({"x": x}), "scales", features=("x",)).sentence
    condition = rate_limits(LeastSquares.from_arrays(x, Y)).condition
    relation, kappa = re.search(r"κ ([=>]) ([\d.e,]+), about", sentence).groups()
    assert relation == ("=" if condition <= 1e16 else ">")
    assert float(kappa.replace(",", "")) == pytest.approx(min(condition, 1e16), rel=0.05)


def test_the_promised_steps_are_enough_and_needed():
    own = table({"a": 1000 + 3 * X1})
    finding = only(own, "scales")
    (steps,) = re.findall(r"standardised: (\d+) steps", finding.sentence)
    mended = apply(own, finding.offers[0].repairs)
    X = np.column_stack([mended.columns["a"], mended.columns["b"]])
    problem = LeastSquares.from_arrays(X, Y)
    values = np.linalg.eigvalsh(problem.hessian())
    path = descend(X, Y, rate=2 / (values[0] + values[-1]), steps=int(steps))
    excess = problem.tsse(path) - problem.tsse(problem.minimiser())
    assert excess[-1] <= 1e-12 * problem.tss * 1.01 < excess[-2]


def test_without_an_intercept_standardising_would_make_another_model():
    finding = only(table({"a": 1000 + 300 * X1}), "scales", intercept=False)
    assert finding.offers == ()
    assert "standardised" not in finding.sentence
    assert "takes an intercept: turn it on first" in finding.why


def test_few_rows():
    rows = table({"a": [1, 2], "b": [1, 5], "y": [2, 3]})
    assert "only 2 rows for 3 parameters" in only(rows, "rows").sentence
    rows = table({"a": [1, 2, 4], "b": [1, 5, 0], "y": [2, 3, 3]})
    finding = only(rows, "rows")
    assert "only 3 rows for 3 parameters" in finding.sentence
    assert "TSSE is 0" in finding.why
    assert "TSSE is 0" not in only(rows, "rows", intercept=False).why


@pytest.mark.slow
@pytest.mark.parametrize("intercept", [True, False])
def test_rows_are_few_where_chance_alone_explains_much(intercept):
    rng = np.random.default_rng(3)
    few, enough = (table({name: rng.normal(size=n) for name in "aby"}) for n in (9, 11))
    finding = only(few, "rows", intercept=intercept)
    assert finding.sentence == f"There are only 9 rows for {2 + intercept} parameters."
    X, total = np.column_stack([few.columns["a"], few.columns["b"]]), 0.0
    for y in rng.permuted(np.tile(few.columns["y"], (4000, 1)), axis=1):
        y = y if intercept else y * rng.choice([-1, 1], len(y))
        problem = LeastSquares.from_arrays(X, y, intercept=intercept)
        total += 1 - problem.tsse(problem.minimiser()) / problem.tss
    (r2,) = re.findall(r"R² = ([\d.]+) on average", finding.why)
    assert float(r2) == pytest.approx(total / 4000, abs=0.02)
    assert all(f.kind != "rows" for f in findings_of(enough, intercept=intercept))


def test_constant_repeated_and_dependent_features():
    own = table({"a": X1, "c": np.full(N, 7), "d": X1, "e": X1 + X2})
    finding = findings_of(own, features=("a", "b", "c", "d", "e"))
    assert [(f.kind, repairs_of(f)) for f in finding] == [
        ("constant", [(LeaveOut("c"),)]),
        ("dependent", [(LeaveOut("d"),)]),
        ("dependent", [(LeaveOut("e"),)]),
    ]
    assert "“d” repeats feature “a”" in finding[1].sentence
    assert "“e” is a linear combination of “a” and “b”" in finding[2].sentence
    mended = apply(own, [repair for f in finding for repair in f.offers[0].repairs])
    assert findings_of(mended) == ()


def test_a_problem_file_is_judged_by_its_moments():
    columns = {"a": 1e5 + 1e4 * X1, "b": X2, "c": X2, "y": Y}
    summary = Accumulator(list(columns)).feed(list(columns.values())).summary("y")
    finding = findings(summary, "y", ("a", "b", "c"))
    assert [f.kind for f in finding] == ["scales", "dependent"]
    assert "“a” lies around 99,588.9 with a" in finding[0].sentence
    own = table(columns)
    assert [f.kind for f in findings_of(own, features=("a", "b", "c"))] == ["scales", "dependent"]
