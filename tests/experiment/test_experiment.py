"""The experiment: its rows, its suggestions, its run."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from linreg.data.cleaning.repairs.column_repairs import LeaveOut, Standardise
from linreg.data.cleaning.repairs.row_repairs import LeaveRows
from linreg.data.files.table import Table
from linreg.data.load import chosen_columns, load_repaired, load_training_set, with_repairs
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn, Line, Plane
from linreg.errors import DataError
from linreg.experiment.experiment import LOSSES, Experiment
from linreg.experiment.resolve import (
    default_start,
    random_start,
    rate_of,
    run,
    start_of,
    suggested_rate,
)
from linreg.model.least_squares import LeastSquares
from linreg.training.gradient_descent import train
from linreg.training.learning_rate import forecast

DATA = {
    **{name: kind() for name, kind in GENERATORS.items()},
    **{name: TableChoice(name) for name in BUILT_IN},
    "drawn": Drawn(),
}


@pytest.fixture(params=sorted(DATA))
def data(request):
    return DATA[request.param]


@pytest.fixture
def uploaded():
    columns = {"a": [1.0, 2.0, 4.0, 8.0], "b": [3.0, 1.0, 2.0, 5.0], "c": [2.0, np.nan, 3.0, 7.0]}
    arrays = {name: np.array(values) for name, values in columns.items()}
    texts = {"who": pa.chunked_array([["Ann", "Ben", "Cem", "Dan"]], pa.large_string())}
    return Table("mine.csv", arrays, ("who",), 4, (), {"who": (1, "Ann")}, texts=texts)


def problem_of(data, *, intercept=True):
    return load_training_set(data).problem(intercept=intercept)


def hessian_of(data, intercept):
    X = load_training_set(data).dataset.X
    A = np.column_stack([np.ones(len(X)), X]) if intercept else X
    return 2 * A.T @ A


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("loss", LOSSES)
def test_suggested_rate_is_the_share_of_the_limit_rounded_down(data, loss, intercept):
    n = len(load_training_set(data).dataset.y)
    scale = {"tsse": 1, "mse": 1 / n, "half-mse": 1 / (2 * n)}[loss]
    asked = 0.8 / (scale * np.linalg.eigvalsh(hessian_of(data, intercept))[-1])
    rate = suggested_rate(problem_of(data, intercept=intercept), loss)
    assert asked * 10 / 11 < rate <= asked * (1 + 1e-9)
    assert rate == float(f"{rate:.2g}")


@pytest.mark.parametrize("loss", LOSSES)
def test_suggested_rate_is_smooth(data, loss):
    bowl = problem_of(data)
    start = random_start(bowl, 1)
    rate = suggested_rate(bowl, loss)
    assert forecast(bowl, rate=rate, start=start, loss=loss).zone == "smooth"


def test_without_any_slope_every_rate_will_do():
    flat = LeastSquares.from_arrays([0.0, 0.0], [1.0, 2.0], intercept=False)
    assert suggested_rate(flat, "tsse") == 1.0


def test_random_start_is_reproducible(data):
    bowl = problem_of(data)
    np.testing.assert_array_equal(random_start(bowl, 3), random_start(bowl, 3))
    assert not np.array_equal(random_start(bowl, 3), random_start(bowl, 4))


@pytest.mark.parametrize(("x_unit", "y_unit"), [(1, 1), (1e6, 1), (1e-3, 1e6), (1, 1e-9)])
@pytest.mark.parametrize("seed", [0, 1, 7])
def test_random_start_is_as_bad_in_any_units(x_unit, y_unit, seed):
    rows = Plane().draw()
    bowl = LeastSquares.from_arrays(x_unit * rows.X, y_unit * rows.y)
    start = random_start(bowl, seed)
    cost = (bowl.tsse(start) - bowl.tsse(bowl.minimiser())) / bowl.tss
    draws = np.random.default_rng(seed).standard_normal(3)
    assert cost == pytest.approx(3 * draws @ draws, rel=0.02)


def test_random_start_is_finite_where_directions_do_not_count():
    x = np.arange(5.0)
    bowl = LeastSquares.from_arrays(np.column_stack([x, 2 * x]), x)
    assert np.isfinite(random_start(bowl, 2)).all()


def test_default_start_is_far_for_made_data_and_zero_for_tables():
    np.testing.assert_array_equal(default_start(Line(), 2, intercept=True), [6, -2])
    np.testing.assert_array_equal(default_start(GENERATORS["five"](), 6, intercept=True)[0], 6)
    assert not default_start(TableChoice("tips"), 3, intercept=True).any()
    assert default_start(Drawn(), 1, intercept=False).shape == (1,)


@pytest.mark.parametrize("start", [(1.0,), (1.0, 2.0, 3.0), (1e200, 0.0)])
def test_a_start_that_does_not_fit_falls_back(start):
    bowl = problem_of(Line())
    found = start_of(Experiment(start=start), bowl)
    np.testing.assert_array_equal(found, default_start(Line(), 2, intercept=True))


def test_start_of_takes_what_was_chosen():
    bowl = problem_of(Line())
    np.testing.assert_array_equal(start_of(Experiment(start=(1.5, -2.0)), bowl), [1.5, -2.0])
    np.testing.assert_array_equal(start_of(Experiment(start=4), bowl), random_start(bowl, 4))


def test_an_explicit_rate_wins():
    bowl = problem_of(Line())
    assert rate_of(Experiment(rate=0.5), bowl) == 0.5
    assert rate_of(Experiment(), bowl) == suggested_rate(bowl, "tsse")


def test_material_holds_the_rows_and_their_sums(data):
    found = load_training_set(data)
    whole = np.column_stack([found.dataset.X, found.dataset.y])
    assert found.moments.n == len(whole)
    np.testing.assert_allclose(found.moments.mean, whole.mean(axis=0), rtol=1e-12, atol=1e-12)
    centred = whole - whole.mean(axis=0)
    gram = found.moments.K.T @ found.moments.K
    np.testing.assert_allclose(gram, centred.T @ centred, rtol=1e-9, atol=1e-9 * gram.max())


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_a_built_in_table_proposes_its_own_columns(name):
    table = BUILT_IN[name]
    assert chosen_columns(TableChoice(name), None) == (table.target, table.features)
    for target in table.units:
        found, features = chosen_columns(TableChoice(name, target), None)
        assert found == target
        assert features
        assert target not in features


def test_an_upload_proposes_last_and_first_column(uploaded):
    assert chosen_columns(TableChoice(UPLOAD), uploaded) == ("c", ("a",))
    assert chosen_columns(TableChoice(UPLOAD, "a"), uploaded) == ("a", ("b",))
    assert chosen_columns(TableChoice(UPLOAD, "a", ("c", "b")), uploaded) == ("a", ("c", "b"))


def test_uploaded_rows_that_miss_a_value_are_left_out(uploaded):
    found = load_training_set(TableChoice(UPLOAD, "c", ("a", "b")), uploaded).dataset
    np.testing.assert_array_equal(found.rows, [1, 3, 4])
    np.testing.assert_array_equal(found.X, [[1, 3], [4, 2], [8, 5]])
    np.testing.assert_array_equal(found.y, [2, 3, 7])
    assert "1 of 4" in found.notes[0]


@pytest.mark.parametrize(
    ("chosen", "named"),
    [
        (TableChoice(UPLOAD, "a", ("a",)), "“a” is both target and feature"),
        (TableChoice(UPLOAD, "who", ("a",)), "“who” is not a number in row 1"),
        (TableChoice(UPLOAD, "a", ("z",)), "no column “z”"),
    ],
)
def test_columns_that_can_not_be_trained_on_are_named(uploaded, chosen, named):
    with pytest.raises(DataError, match=named):
        load_training_set(chosen, uploaded)


def test_an_upload_without_a_file():
    with pytest.raises(LookupError, match="no file"):
        load_repaired(TableChoice(UPLOAD), None)[0]


def test_one_column_alone_is_refused_with_a_sentence():
    lone = Table("one.csv", {"a": np.arange(3.0)}, (), 3, ())
    with pytest.raises(DataError, match="a target needs at least one feature"):
        load_training_set(TableChoice(UPLOAD), lone)


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("loss", LOSSES)
def test_everything_trains_downhill(data, loss, intercept):
    asked = Experiment(data=data, loss=loss, intercept=intercept, steps=50)
    done = run(asked, problem_of(data, intercept=intercept))
    assert len(done.loss) == 51
    assert (np.diff(done.loss) <= 1e-12 * done.loss[0]).all()
    assert done.status != "diverged"


@pytest.mark.parametrize("start", [None, 5, (0.25, 4.0)])
@pytest.mark.parametrize("rate", [None, 1e-3, 1.0])
def test_run_is_train_with_the_chosen_values(rate, start):
    asked = Experiment(rate=rate, start=start, loss="mse", steps=30)
    bowl = problem_of(asked.data)
    done = run(asked, bowl)
    twin = train(bowl, rate=rate_of(asked, bowl), steps=30, start=start_of(asked, bowl), loss="mse")
    np.testing.assert_array_equal(done.theta, twin.theta)
    np.testing.assert_array_equal(done.loss, twin.loss)
    assert (done.rate, done.loss_name, done.reason) == (twin.rate, "mse", twin.reason)


def test_the_view_changes_no_number():
    asked = Experiment()
    looked = replace(asked, view=replace(asked.view, step=7, log=True, axes=(1, 0), show="0"))
    bowl = problem_of(asked.data)
    np.testing.assert_array_equal(run(asked, bowl).theta, run(looked, bowl).theta)


def test_a_repaired_table_is_trained_on(uploaded):
    chosen = TableChoice(UPLOAD, "c", ("a",), (Standardise("a"), LeaveRows((4,))))
    data = load_training_set(chosen, uploaded).dataset
    z = (uploaded.columns["a"] - 3.75) / np.std(uploaded.columns["a"])
    np.testing.assert_array_equal(data.X[:, 0], z[[0, 2]])
    np.testing.assert_array_equal(data.rows, [1, 3])


def test_columns_that_a_repair_takes_away_are_chosen_no_more(uploaded):
    chosen = TableChoice(UPLOAD, "c", ("a", "b"))
    less = with_repairs(chosen, (LeaveOut("a"),), uploaded)
    assert less == TableChoice(UPLOAD, "c", ("b",), (LeaveOut("a"),))
    other = with_repairs(chosen, (LeaveOut("c"),), uploaded)
    assert (other.target, other.features) == (None, ("a", "b"))
    tips = with_repairs(TableChoice("tips", "tip", ("size",)), (LeaveOut("tip"),), None)
    assert chosen_columns(tips, None) == ("total_bill", ("size",))


def test_what_was_repaired_and_what_could_not_be_is_told(uploaded):
    repairs = (Standardise("a"), LeaveRows((9,)), LeaveRows((4,)))
    data = load_training_set(TableChoice(UPLOAD, "c", ("a",), repairs), uploaded).dataset
    assert [line.partition(": ")[0] for line in data.repairs] == ["standardise:a", "leave-rows:4"]
    assert data.notes[0] == "1 of 4 rows was left out by you."
    assert data.notes[-1].startswith("“leave-rows:9” was not done. Row 9 can not be found")
