"""TrainingSet: sums over all rows, and as many rows as are held."""

from dataclasses import replace
from tempfile import TemporaryFile

import numpy as np
import pytest

from linreg.data import training_set
from linreg.data.cleaning.repairs.column_repairs import Fill, Standardise
from linreg.data.cleaning.repairs.row_repairs import LeaveRows
from linreg.data.files.read_table import read_text
from linreg.data.files.table import Table
from linreg.data.load import load_training_set as material_of
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.data.sources.synthetic import Line
from linreg.data.summary.accumulator import Accumulator
from linreg.data.summary.problem_file import dumps, loads
from linreg.data.training_set import of_rows, sum_up, take_columns
from linreg.errors import DataError
from linreg.experiment.experiment import Experiment
from linreg.experiment.exports.problem import summary_of
from linreg.model.least_squares import LeastSquares


def table_of(n, kept=None):
    rng = np.random.default_rng(n)
    a, b = rng.normal(size=(2, n))
    gaps = rng.normal(size=n)
    gaps[::7] = np.nan
    y = 3 + 2 * a - b + rng.normal(size=n)
    columns = {"a": a, "b": b, "gaps": gaps, "huge": np.full(n, 1e200), "y": y}
    return Table("mine.csv", columns, ("who",), n, (), {"who": (1, "Ann")}, kept=kept)


@pytest.fixture
def few_at_hand(monkeypatch):
    monkeypatch.setattr(training_set, "MAX_HELD_ROWS", 3000)


def test_a_small_table_is_at_hand():
    table = table_of(500)
    taken = take_columns(table, "y", ["a", "gaps"])
    assert taken.holds_all
    assert (taken.n, taken.read, taken.left_out, taken.features) == (428, 500, 72, 2)
    assert taken.rows_held == "428 rows"
    (columns,) = taken.again()
    np.testing.assert_array_equal(columns[1], taken.dataset.X[:, 1])
    assert "72 of 500 rows were left out" in taken.notes(intercept=True)[0]


def test_a_large_table_trains_on_all_rows_and_shows_some(few_at_hand):
    table = table_of(20_000)
    taken = take_columns(table, "y", ["a", "gaps"])
    full = np.isfinite(table.columns["gaps"])
    X = np.column_stack([table.columns["a"], table.columns["gaps"]])[full]
    exact = LeastSquares.from_arrays(X, table.columns["y"][full])
    assert not taken.holds_all
    assert (taken.n, taken.read) == (full.sum(), 20_000)
    problem = taken.problem(intercept=True)
    np.testing.assert_allclose(problem.minimiser(), exact.minimiser(), rtol=1e-13)
    assert len(taken.dataset.y) == 2000
    places = taken.dataset.rows - 1
    assert (np.diff(places) > 0).all()
    np.testing.assert_array_equal(taken.dataset.y, table.columns["y"][places])
    np.testing.assert_array_equal(taken.dataset.X[:, 1], table.columns["gaps"][places])
    notes = taken.notes(intercept=True)
    assert "left out, because a value is missing or not finite in “gaps”" in notes[0]
    assert "sample: 2,000 of 17,142 rows" in notes[1]


def test_all_rows_of_a_large_table_can_be_read_again(few_at_hand, monkeypatch):
    monkeypatch.setattr(training_set, "SUMMED_BLOCK_ROWS", 1000)
    table = table_of(5000)
    taken = take_columns(table, "y", ["b", "gaps"])
    columns = [np.concatenate(parts) for parts in zip(*taken.again(), strict=True)]
    full = np.isfinite(table.columns["gaps"])
    for values, name in zip(columns, ("b", "gaps", "y"), strict=True):
        np.testing.assert_array_equal(values, table.columns[name][full])


def test_rows_taken_out_keep_the_numbers_of_the_file(few_at_hand):
    kept = np.arange(10_000) % 2 == 1
    taken = take_columns(table_of(5000, kept), "y", ["a"])
    assert (taken.dataset.rows % 2 == 0).all()
    assert taken.read == 10_000
    assert "5,000 of 10,000 rows were left out by you." in taken.notes(intercept=True)


def test_a_large_table_with_few_usable_rows_is_at_hand(few_at_hand):
    table = table_of(20_000)
    table.columns["gaps"][2000:] = np.nan
    assert take_columns(table, "y", ["gaps"]).holds_all


@pytest.mark.parametrize(
    ("target", "features", "message"),
    [
        ("y", ["huge"], "“huge” has 1e200 in row 1"),
        ("y", ["who"], "“who” is not a number in row 1"),
        ("y", [], "No feature is chosen"),
        ("y", ["a", "a"], "chosen twice"),
    ],
)
def test_a_large_table_is_refused_in_the_same_words(few_at_hand, target, features, message):
    with pytest.raises(DataError, match=message):
        take_columns(table_of(5000), target, features)


def test_what_is_dependent_is_told_without_the_rows(few_at_hand):
    table = table_of(5000)
    columns = {**table.columns, "c": table.columns["a"] - 2 * table.columns["b"] + 1}
    taken = take_columns(replace(table, columns=columns), "y", ["a", "b", "c"])
    message = taken.notes(intercept=True)[-1]
    assert "“c” is a linear combination of “a” and “b”. Many minima" in message
    assert "“c” is" not in taken.notes(intercept=False)[-1]


def test_a_problem_file_takes_along_what_costs_no_row():
    summary = sum_up(table_of(300), "y", ["a"])
    assert summary.columns == ("a", "b", "y")
    assert (summary.target, summary.features, summary.read) == ("y", ("a",), 300)
    fewer = sum_up(table_of(300), "y", ["gaps"])
    assert fewer.columns == ("gaps", "a", "b", "y")
    assert fewer.left_out == 43


def test_a_problem_file_trains_like_its_table():
    table = table_of(4000)
    chosen = TableChoice(UPLOAD, "y", ("a", "b"))
    summary = loads(dumps(summary_of(Experiment(chosen), table)).encode())
    taken, rows = material_of(chosen, summary), material_of(chosen, table)
    for intercept in (True, False):
        np.testing.assert_allclose(
            taken.problem(intercept=intercept).minimiser(),
            rows.problem(intercept=intercept).minimiser(),
            rtol=1e-13,
        )
    assert (taken.n, len(taken.dataset.y), taken.again) == (4000, 2000, None)
    assert taken.dataset.source == "mine.csv"
    other = material_of(TableChoice(UPLOAD, "a", ("y",)), summary)
    np.testing.assert_allclose(
        other.problem(intercept=True).minimiser(),
        take_columns(table, "a", ["y"]).problem(intercept=True).minimiser(),
        rtol=1e-13,
    )
    with pytest.raises(DataError, match="no column “z”"):
        material_of(TableChoice(UPLOAD, "z", ("y",)), summary)


def test_a_problem_file_of_few_rows_holds_them_all():
    table = table_of(40)
    taken = take_columns(sum_up(table, "y", ["a", "b"]), "y", ["b"])
    assert taken.holds_all
    (columns,) = taken.again()
    np.testing.assert_array_equal(columns[0], table.columns["b"])


def test_a_problem_file_says_what_was_left_out():
    taken = take_columns(sum_up(table_of(70), "y", ["gaps"]), "y", ["gaps"])
    assert taken.read == 70
    assert taken.notes(intercept=True) == (
        "10 of 70 rows were left out when the problem file was made.",
    )


def test_a_problem_file_counts_rows_left_out_by_hand_and_tells_every_repair():
    table = table_of(70)
    chosen = TableChoice(UPLOAD, "y", ("a", "gaps"), (LeaveRows((2,)), Standardise("a")))
    summary = loads(dumps(summary_of(Experiment(chosen), table)).encode())
    rows, taken = material_of(chosen, table), material_of(TableChoice(UPLOAD), summary)
    assert (taken.n, taken.read) == (rows.n, rows.read) == (59, 70)
    assert taken.dataset.repairs == rows.dataset.repairs
    assert "was subtracted, and the rest divided by" in summary.repairs[1]
    again = summary_of(Experiment(TableChoice(UPLOAD, repairs=(Standardise("b"),))), summary)
    assert again.repairs[:2] == summary.repairs
    assert again.repairs[2].startswith("standardise:b: “b” is standardised: ")


def test_what_was_done_before_rows_were_exported_goes_on_to_their_problem_file():
    text = "# repaired: fill:a: “a” was filled: by its mean.\na,y\n1,2\n2,3\n4,4\n"
    chosen = TableChoice(UPLOAD, repairs=(LeaveRows((3,)),))
    summary = summary_of(Experiment(chosen), read_text(text))
    assert summary.repairs == (
        "fill:a: “a” was filled: by its mean.",
        "leave-rows:3: Row 3 is left out.",
    )


def test_a_billion_rows_are_as_many_as_any():
    summary = summary_of(Experiment(TableChoice(UPLOAD, "y", ("a", "b"))), table_of(1000))
    moments = summary.groups[""]
    for _ in range(30):
        moments = moments + moments
    taken = take_columns(
        replace(summary, groups={"": moments}, read=moments.n), summary.target, summary.features
    )
    assert taken.n == 1000 << 30
    np.testing.assert_allclose(
        taken.problem(intercept=True).minimiser(),
        take_columns(table_of(1000), "y", ["a", "b"]).problem(intercept=True).minimiser(),
        rtol=1e-12,
    )


@pytest.mark.parametrize(
    "data", [Line(n=20), *map(TableChoice, BUILT_IN)], ids=lambda data: data.name
)
def test_any_data_make_a_problem_file(data):
    summary = loads(dumps(summary_of(Experiment(data))).encode())
    rows = material_of(data)
    taken = take_columns(summary, rows.dataset.target, rows.dataset.features)
    np.testing.assert_allclose(
        taken.problem(intercept=True).minimiser(),
        rows.problem(intercept=True).minimiser(),
        rtol=1e-12,
    )
    assert bool(summary.units) == (data.name in BUILT_IN)


def test_one_row_is_not_enough():
    summary = sum_up(table_of(2), "y", ["a"])
    alone = replace(summary, groups={"": replace(summary.groups[""], n=1)})
    with pytest.raises(DataError, match="single row"):
        take_columns(alone, "y", ["a"])


def test_rows_of_a_generator_are_all_read():
    assert of_rows(Line(n=12).draw()).read == 12


def test_large_columns_that_are_computed_are_not_held_together(monkeypatch, few_at_hand):
    monkeypatch.setattr(training_set, "MAX_HELD_COLUMN_BYTES", 1 << 10)
    files = []

    def watched():
        files.append(TemporaryFile())  # noqa: SIM115
        return files[-1]

    monkeypatch.setattr(training_set, "TemporaryFile", watched)
    table = table_of(20_000)
    asked = TableChoice(UPLOAD, "y", ("a", "gaps"), repairs=(Fill("gaps"), Standardise("a")))
    taken = material_of(asked, table)
    a, gaps = table.columns["a"], table.columns["gaps"]
    X = np.column_stack(
        [(a - a.mean()) / a.std(), np.where(np.isnan(gaps), np.nanmean(gaps), gaps)]
    )
    want = LeastSquares.from_arrays(X, table.columns["y"])
    np.testing.assert_allclose(
        taken.problem(intercept=True).minimiser(), want.minimiser(), rtol=1e-12
    )
    assert len(files) == 3
    assert all(file.closed for file in files)


def test_without_room_on_the_disk_columns_are_held(monkeypatch, few_at_hand):
    def full(*_):
        raise OSError("No space left on device")

    table = table_of(20_000)
    want = take_columns(table, "y", ["a"]).moments
    monkeypatch.setattr(training_set, "MAX_HELD_COLUMN_BYTES", 1 << 10)
    monkeypatch.setattr(training_set, "TemporaryFile", full)
    np.testing.assert_array_equal(take_columns(table, "y", ["a"]).moments.K, want.K)


def test_rows_without_a_sample_are_refused_in_words():
    values = [np.arange(5000.0), np.arange(5000.0) % 7]
    groups = np.where(np.arange(5000) < 2, "rare", "common")
    summary = Accumulator(("x", "y"), "kind").feed(values, groups).summary("y")
    rare = summary.without(["common"])
    assert (rare.total.n, len(rare.sample.rows)) == (2, 0)
    with pytest.raises(DataError, match="none of these rows to draw; keep another group"):
        take_columns(rare, "y", ["x"])
