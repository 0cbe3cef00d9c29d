"""What a column holds is judged by its values."""

import numpy as np
import pytest

from linreg.data.cleaning.column_statistics import column_statistics
from linreg.data.cleaning.column_types import is_switch


@pytest.mark.parametrize(
    ("values", "switch"),
    [
        ([0, 1, 1], True),
        ([0, np.nan, 1], True),
        ([0, 0.5, 1], False),
        ([0, 0], False),
        ([1, 1], False),
        ([-1, 0, 1], False),
        ([np.nan], False),
        ([], False),
    ],
)
def test_a_switch_is_0_and_1_and_nothing_else(values, switch):
    assert is_switch(column_statistics(np.array(values, dtype=float))) == switch
