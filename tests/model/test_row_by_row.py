import inspect
from itertools import pairwise

import numpy as np
import pytest

from linreg.model import row_by_row

X = np.array([[1.0, 2.0], [1.0, 4.0], [1.0, 5.0]])
Y = np.array([3.0, 4.0, 8.0])


def test_two_points_by_hand():
    theta = np.array([1.0, 1.0])
    np.testing.assert_array_equal(row_by_row.predict(X, theta), [3, 5, 6])
    assert row_by_row.tsse(X, Y, theta) == 0 + 1 + 4
    np.testing.assert_array_equal(row_by_row.gradient(X, Y, theta), [-2, -2 * (-4 + 10)])
    np.testing.assert_array_equal(row_by_row.update(theta, 0.5, np.array([2.0, -4.0])), [0, 3])


def test_descend_records_start_and_every_step():
    path = row_by_row.descend(X[:, 1], Y, rate=0.01, steps=2, start=[1, 1])
    np.testing.assert_array_equal(path[0], [1, 1])
    for before, after in pairwise(path):
        np.testing.assert_array_equal(after, before - 0.01 * row_by_row.gradient(X, Y, before))


def test_descend_without_intercept_takes_x_as_it_is():
    with_ones = row_by_row.descend(X, Y, rate=0.01, steps=5, intercept=False)
    np.testing.assert_array_equal(with_ones, row_by_row.descend(X[:, 1], Y, rate=0.01, steps=5))


@pytest.mark.parametrize("name", ["predict", "tsse", "gradient", "update"])
def test_the_definition_stays_short(name):
    assert len(inspect.getsource(getattr(row_by_row, name)).splitlines()) <= 6
