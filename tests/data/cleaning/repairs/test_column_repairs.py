"""Repairs of columns against pandas."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from linreg.data.cleaning.repairs.column_repairs import (
    Blank,
    Days,
    Fill,
    Indicators,
    LeaveOut,
    Standardise,
)
from linreg.data.cleaning.repairs.pipeline import apply
from linreg.errors import DataError
from tests.helpers.repairs import OWN, same, table

pytestmark = pytest.mark.usefixtures("when")


def test_fill_takes_the_mean():
    same(apply(table(), [Fill("age")]), OWN.assign(age=OWN.age.fillna(OWN.age.mean())))
    sentence = Fill("age").do(table())[1]
    shrinks = 1 - OWN.age.fillna(OWN.age.mean()).std(ddof=0) / OWN.age.std(ddof=0)
    assert "2 missing values filled with the mean 33.5" in sentence
    assert f"shrinks by {100 * shrinks:.0f} %" in sentence


def test_columns_left_out():
    same(apply(table(), [LeaveOut("age"), LeaveOut("price")]), OWN.drop(columns=["age", "price"]))


def test_standardise_divides_by_n():
    z = (OWN.age - OWN.age.mean()) / OWN.age.std(ddof=0)
    same(apply(table(), [Standardise("age")]), OWN.assign(age=z))


def test_indicators_are_pandas_dummies_without_the_first():
    made = pd.get_dummies(OWN.region, dtype=float).drop(columns="north")
    made[OWN.region.isna()] = np.nan
    made.columns = [f"region = {name}" for name in made.columns]
    same(apply(table(), [Indicators("region")]), OWN.drop(columns="region").join(made))
    made = pd.get_dummies(OWN.rooms.astype(int), prefix="rooms", prefix_sep=" = ", dtype=float)
    expected = OWN.drop(columns="rooms").join(made.iloc[:, 1:])
    same(apply(table(), [Indicators("rooms")]), expected)


def test_days_since_the_first_date():
    days = (pd.to_datetime(OWN.built) - pd.Timestamp("2000-12-31")).dt.days
    same(apply(table(), [Days("built")]), OWN.assign(built=days.astype(float)))
    assert "since 2000-12-31, the first date." in Days("built").do(table())[1]


def test_cells_that_are_no_numbers_become_missing():
    price = [100, np.nan, 1250.5, np.nan, 70, np.nan]
    same(apply(table(), [Blank("price")]), OWN.assign(price=price))
    sentence = Blank("price").do(table())[1]
    assert sentence == "“price”: 2 cells without a number count as missing (first “one” in row 2)."


def test_many_different_values_make_no_indicators():
    own = table(columns={"x": np.arange(21.0)[:6], "y": np.ones(6)})
    wide = replace(own, columns={"x": np.arange(21.0)}, n=21, text=(), texts={}, first_text={})
    with pytest.raises(DataError, match="more than 20 different values"):
        Indicators("x").do(wide)
    with pytest.raises(DataError, match="no two different"):
        Indicators("y").do(own)
