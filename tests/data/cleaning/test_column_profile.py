"""Numbers on columns, against pandas."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from linreg.data.cleaning.column_profile import column_count, profile
from linreg.data.dataset import Dataset
from linreg.data.files.read_table import read_table
from linreg.data.files.table import Table
from linreg.data.load import load_repaired, load_training_set
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn
from linreg.data.summary.accumulator import Accumulator


def like_pandas(column, values):
    series = pd.Series(np.where(np.isfinite(values), values, np.nan))
    described = series.describe()
    got = [column.least, column.mean, column.greatest, column.deviation]
    np.testing.assert_allclose(
        got, described[["min", "mean", "max", "std"]], rtol=1e-12, atol=1e-300
    )
    assert column.missing == series.isna().sum()


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_column_of_a_real_table(name):
    table, data = (
        load_repaired(TableChoice(name), None)[0],
        load_training_set(TableChoice(name)).dataset,
    )
    columns = profile(table, data.target, data.features)
    assert {column.name for column in columns} == {*table.columns, *table.texts}
    assert columns[0].role == "target"
    assert [c.name for c in columns if c.role == "feature"] == list(data.features)
    for column in columns:
        if column.name in table.columns:
            like_pandas(column, table.columns[column.name])


@pytest.mark.parametrize("name", GENERATORS)
def test_generated_columns(name):
    data = load_training_set(GENERATORS[name]()).dataset
    described = profile(data)
    assert [column.role for column in described] == ["target", *["feature"] * data.X.shape[1]]
    for column, values in zip(described, [data.y, *data.X.T], strict=True):
        like_pandas(column, values)


def test_missing_values_are_counted_in_the_whole_table():
    table = read_table(b"a,b,c\n1,2,3\n,5,1e400\n7,,\n4,8,")
    described = {column.name: column for column in profile(table, "b", ["a"])}
    assert [described[name].missing for name in "abc"] == [1, 1, 3]
    assert described["c"].mean == 3
    assert np.isnan(described["c"].deviation)


def test_numbers_near_the_end_of_float64_do_not_overflow():
    table = read_table(b"a,b,c\n1,2,1e308\n2,3,1.5e308\n3,5,-1e308\n")
    described = profile(table, "b", ["a"])[-1]
    assert described.mean == pytest.approx(5e307)
    assert described.deviation == pytest.approx(np.std([1, 1.5, -1], ddof=1) * 1e308)


def test_columns_are_counted_whatever_they_hold():
    table = read_table(b"a,b,who\n1,2,Ann\n2,3,Bob\n")
    assert column_count(table) == 3
    assert column_count(load_training_set(Drawn(((1.0, 0.1), (2.0, 0.3)))).dataset) == 2


def test_a_constant_column_has_no_spread():
    data = load_training_set(Drawn(((3.0, 0.1), (3.0, 0.1), (3.0, 0.1)))).dataset
    columns = profile(data)
    assert len(columns) == 2
    for column in columns:
        assert column.least == column.mean == column.greatest
        assert column.deviation < 1e-15


def described(numbers, texts=None):
    texts = {
        name: pa.chunked_array([cells], pa.large_string()) for name, cells in (texts or {}).items()
    }
    numbers = {name: np.array(values, dtype=float) for name, values in numbers.items()}
    n = len(next(iter(numbers.values())))
    table = Table("t", numbers, tuple(texts), n, (), texts=texts)
    first = next(iter(numbers))
    data = Dataset(
        numbers[first][:, np.newaxis], numbers[first], (first,), first, np.arange(1, n + 1), "t"
    )
    return {column.name: column for column in profile(table, data.target, data.features)}


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([0.5, 1, 2], "number"),
        ([3, 1, 2], "whole number"),
        ([0, 1, np.nan, 0], "0/1"),
        (range(1, 13), "identifier"),
        ([*range(5, 12), *range(5)], "identifier"),
        (range(2, 14), "whole number"),
        (range(1, 5), "whole number"),
        ([*range(1, 12), 11], "whole number"),
        ([np.nan, np.nan], "empty"),
        ([7, 7], "whole number"),
    ],
)
def test_kinds_of_numbers(values, kind):
    assert described({"x": values})["x"].kind == kind


@pytest.mark.parametrize("name", ["id", "customer_id", "customerId", "Index", "row", "Unnamed: 0"])
def test_names_that_make_an_identifier_of_whole_numbers(name):
    assert described({name: [101, 205, 103]})[name].kind == "identifier"
    assert described({name: [1.5, 2, 3]})[name].kind == "number"


@pytest.mark.parametrize("name", ["width", "paid", "indexed", "rows", "idle", "humid"])
def test_names_that_do_not(name):
    assert described({name: [101, 205, 103]})[name].kind == "whole number"


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["a", "b", None, "a"] * 3, "text"),
        ([f"n{k}" for k in range(12)], "identifier"),
        (["2020-01-02", None] * 6, "date"),
        (["31.12.1999", "1.1.2000", "x"] + ["2.2.2000"] * 9, "date"),
        (["March", "April"] * 6, "text"),
        ([f"{k} km" for k in range(12)], "text"),
        (["3-4", "5-6"] * 6, "text"),
        ([None] * 12, "empty"),
    ],
)
def test_kinds_of_text(cells, kind):
    column = described({"x": range(12)}, {"t": cells})["t"]
    assert column.kind == kind
    assert (column.missing, column.different) == (cells.count(None), len({*cells} - {None}))
    assert column.counts == ()
    assert column.role == "not used"


def test_the_parts_of_a_histogram_are_numpys():
    values = np.round(np.random.default_rng(0).normal(size=200_000), 3)
    values[::7] = np.nan
    finite = values[np.isfinite(values)]
    column = described({"x": values})["x"]
    np.testing.assert_array_equal(column.counts, np.histogram(finite, 20)[0])
    assert column.different is None
    assert described({"x": [5.0, 5.0]})["x"].counts == (*[0] * 10, 2, *[0] * 9)
    assert described({"x": [np.nan]})["x"].counts == ()


def test_different_values_are_counted():
    assert described({"x": [3, 1, 3, np.nan]})["x"].different == 2
    assert described({"x": range(50)})["x"].different == 50
    assert described({"x": range(51)})["x"].different is None


def test_a_problem_file_is_described_by_its_sums_and_its_sample():
    rng = np.random.default_rng(0)
    columns = {"x": rng.normal(size=9000), "flag": rng.integers(0, 2, 9000).astype(float)}
    summary = Accumulator(list(columns)).feed(list(columns.values())).summary("flag", ("x",))
    data = Dataset(np.empty((0, 1)), np.empty(0), ("x",), "flag", np.empty(0, dtype=int), "t")
    flag, x = profile(summary, data.target, data.features)
    assert (x.kind, flag.kind) == ("number", "0/1")
    assert x.deviation == pytest.approx(columns["x"].std(ddof=1))
    assert sum(x.counts) == len(summary.sample.rows)
