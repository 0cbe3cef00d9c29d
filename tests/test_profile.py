"""Numbers on columns, against pandas."""

import numpy as np
import pandas as pd
import pytest

from linreg.experiment import Chosen, material, table_of
from linreg.generators import GENERATORS, Drawn
from linreg.profile import profile
from linreg.reading import read_table
from linreg.real_tables import BUILT_IN
from linreg.selection import select


def like_pandas(column, values):
    series = pd.Series(np.where(np.isfinite(values), values, np.nan))
    told = series.describe()
    got = [column.least, column.mean, column.greatest, column.deviation]
    np.testing.assert_allclose(got, told[["min", "mean", "max", "std"]], rtol=1e-12, atol=1e-300)
    assert column.missing == series.isna().sum()


@pytest.mark.parametrize("name", BUILT_IN)
def test_every_column_of_a_real_table(name):
    table, data = table_of(Chosen(name), None), material(Chosen(name)).dataset
    columns = profile(data, table)
    assert {column.name for column in columns} == set(table.columns)
    assert columns[0].role == "target"
    assert [c.name for c in columns if c.role == "feature"] == list(data.features)
    for column in columns:
        like_pandas(column, table.columns[column.name])


@pytest.mark.parametrize("name", GENERATORS)
def test_generated_columns(name):
    data = material(GENERATORS[name]()).dataset
    told = profile(data)
    assert [column.role for column in told] == ["target", *["feature"] * data.X.shape[1]]
    for column, values in zip(told, [data.y, *data.X.T], strict=True):
        like_pandas(column, values)


def test_missing_values_are_counted_in_the_whole_table():
    table = read_table(b"a,b,c\n1,2,3\n,5,1e400\n7,,\n4,8,")
    told = {column.name: column for column in profile(select(table, "b", ["a"]), table)}
    assert [told[name].missing for name in "abc"] == [1, 1, 3]
    assert told["c"].mean == 3
    assert np.isnan(told["c"].deviation)


def test_numbers_near_the_end_of_float64_do_not_overflow():
    table = read_table(b"a,b,c\n1,2,1e308\n2,3,1.5e308\n3,5,-1e308\n")
    told = profile(select(table, "b", ["a"]), table)[-1]
    assert told.mean == pytest.approx(5e307)
    assert told.deviation == pytest.approx(np.std([1, 1.5, -1], ddof=1) * 1e308)


def test_a_constant_column_has_no_spread():
    data = material(Drawn(((3.0, 0.1), (3.0, 0.1), (3.0, 0.1)))).dataset
    for column in profile(data):
        assert column.least == column.mean == column.greatest
        assert column.deviation < 1e-15
