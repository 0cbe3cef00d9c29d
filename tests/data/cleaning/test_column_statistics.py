"""Mean, spread and range of a column, against pandas."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg.data.cleaning import column_statistics as module
from linreg.data.cleaning.column_statistics import column_statistics

numbers = st.floats(-1e6, 1e6) | st.just(np.nan) | st.integers(-9, 9).map(float)


@given(st.lists(numbers, max_size=40))
def test_blocks_add_up(values):
    column = np.array(values)
    told = pd.Series(column)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK_NUMBERS", 3)
        found = column_statistics(column)
    assert (found.n, found.missing) == (told.count(), told.isna().sum())
    np.testing.assert_array_equal([found.least, found.greatest], [told.min(), told.max()])
    np.testing.assert_allclose(found.mean, told.mean(), rtol=1e-12, atol=1e-9)
    np.testing.assert_allclose(found.sample_deviation, told.std(), rtol=1e-9, atol=1e-9)
    assert found.whole == (found.n > 0 and (told.dropna() % 1 == 0).all())


def test_sums_of_huge_numbers_do_not_overflow():
    found = column_statistics(np.array([1e308, 1.5e308, -1e308]))
    assert found.mean == pytest.approx(5e307)
    assert found.deviation == pytest.approx(np.std([1, 1.5, -1]) * 1e308)


@pytest.mark.parametrize("value", [0.0, 0.1, 1e-300, 1e300])
def test_a_constant_column_does_not_vary(value):
    assert not column_statistics(np.full(100_000, value)).varies
    assert column_statistics(np.array([value, value + (abs(value) or 1.0)])).varies
