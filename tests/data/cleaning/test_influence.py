"""Influence of rows, against fits without them."""

import numpy as np
import pytest
from scipy import stats

from linreg import Moments
from linreg.data.cleaning.influence import MAX_ROWS_RETURNED, influence

RNG = np.random.default_rng(1)


def rows(n, M, outliers=()):
    X = RNG.normal(size=(n, M)) * 10.0 ** RNG.integers(-3, 4, M) + RNG.integers(-5, 5, M)
    y = X @ RNG.normal(size=M) + 3 + RNG.normal(size=n)
    for place, size in outliers:
        y[place] += size
    return X, y


def looked_at(X, y, *, intercept=True):
    return influence(list(X.T), y, Moments.from_arrays(X, y), intercept=intercept)


def fit(A, y):
    theta = np.linalg.lstsq(A, y, rcond=None)[0]
    return theta, float(np.square(y - A @ theta).sum())


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("M", [1, 4])
def test_every_number_of_a_row_is_that_of_a_fit_without_it(M, intercept):
    X, y = rows(40, M, [(7, 60.0), (20, -40.0)])
    X[7] += 30 * X.std(axis=0)
    y[7] += 100
    result = looked_at(X, y, intercept=intercept)
    A = np.column_stack([np.ones(len(X)), X]) if intercept else X
    p = A.shape[1]
    theta, tsse = fit(A, y)
    np.testing.assert_allclose(result.theta, theta, rtol=1e-8)
    assert {row.place for row in result.rows} >= {7, 20} or result.count >= 1
    hat = A @ np.linalg.pinv(A)
    for row in result.rows:
        others = np.arange(len(X)) != row.place
        without, less = fit(A[others], y[others])
        h, e = hat[row.place, row.place], (y - A @ theta)[row.place]
        assert row.leverage == pytest.approx(h, rel=1e-8)
        assert row.share == pytest.approx(e**2 / tsse, rel=1e-8)
        deviation = np.sqrt(less / (len(X) - p - 1) * (1 - h))
        assert row.studentised == pytest.approx(abs(e) / deviation, rel=1e-6)
        moved = np.square(A @ (without - theta)).sum() / (p * tsse / (len(X) - p))
        assert row.distance == pytest.approx(moved, rel=1e-6)
        np.testing.assert_allclose(row.without, without, rtol=1e-6)


def test_the_limits_are_the_usual_ones():
    result = looked_at(*rows(50, 2, [(3, 30.0)]))
    assert result.much == 3 * 3 / 50
    assert result.limit == pytest.approx(stats.t.isf(0.05 / 2 / 50, 50 - 3 - 1))
    assert [row.place for row in result.rows][:1] == [3]


def test_normal_errors_rarely_raise_an_alarm():
    alarms = sum(looked_at(*rows(200, 2)).count > 0 for _ in range(200))
    assert alarms <= 25  # 5 % of 200 are expected, and 25 are 4.8 standard deviations more


def test_a_row_far_out_on_the_line_is_no_alarm_and_off_the_line_it_is():
    x = np.append(np.linspace(0, 1, 30), 3.0)
    noise = np.random.default_rng(2).normal(size=31) * 0.1
    assert looked_at(x[:, np.newaxis], 2 * x + noise * (x < 2)).count == 0
    off = looked_at(x[:, np.newaxis], 2 * x + noise - 3 * (x > 2))
    assert off.rows[0].place == 30
    assert off.rows[0].leverage > off.much


def test_many_are_counted_and_the_first_returned():
    X, y = rows(60_000, 1, [(k, 1000.0 + k / 100) for k in range(0, 60_000, 3000)])
    result = looked_at(X, y)
    assert result.count == 20
    assert len(result.rows) == MAX_ROWS_RETURNED
    assert list(result.rows) == sorted(result.rows, key=lambda row: -row.distance)


@pytest.mark.parametrize(
    ("X", "y"),
    [
        (np.arange(3.0)[:, np.newaxis], np.array([1.0, 2, 4])),  # too few rows
        (np.ones((9, 1)), np.arange(9.0)),  # ambiguous
        (np.arange(9.0)[:, np.newaxis], 2 * np.arange(9.0) + 1),  # no error
        (np.arange(9.0)[:, np.newaxis], np.ones(9)),
    ],
)
def test_where_influence_says_nothing(X, y):
    assert looked_at(X, y) is None


def test_a_row_that_alone_decides_a_parameter():
    x = np.array([0.0, 0, 0, 0, 0, 0, 1])
    result = looked_at(x[:, np.newaxis], np.array([1.0, 2, 1, 2, 1, 2, 9]))
    assert result.count == 0  # its error is 0 whatever its y: no outlier, and nothing to compare


def other_rows(X, y, place):
    """The fit of all rows but one, and what it makes of that one, by least squares of numpy."""
    A = np.column_stack([np.ones(len(X)), X])
    others = np.arange(len(X)) != place
    size = np.abs(A[others]).max(axis=0)
    theta, less = fit(A[others] / size, y[others])
    return theta / size, less


@pytest.mark.parametrize("far", [1e5, 1e9, 1e14])
def test_a_row_whose_leverage_is_nearly_one_is_left_out_in_fact(far):
    X, y = rows(30, 1)
    X[17] = far * np.abs(X).max()
    result = looked_at(X, y)
    row = next(row for row in result.rows if row.place == 17)
    theta, less = other_rows(X, y, 17)
    np.testing.assert_allclose(row.without, theta, rtol=1e-8)
    missed = abs(y[17] - theta @ [1, *X[17]])
    assert row.leverage == pytest.approx(1)
    # The deviation of the error that a row not in the fit has, from p. 20 of Cook and Weisberg.
    inverse = np.linalg.inv(np.cov(np.delete(X, 17, axis=0).T, ddof=0).reshape(1, 1)) / 29
    apart = X[17] - np.delete(X, 17, axis=0).mean(axis=0)
    spread = np.sqrt(less / (30 - 2 - 1) * (1 + 1 / 29 + apart @ inverse @ apart))
    assert row.studentised == pytest.approx(missed / spread, rel=1e-6)


def test_a_row_without_which_a_parameter_is_open_has_no_numbers_to_show():
    X, y = rows(30, 1)
    alone = np.column_stack([X, np.zeros(30)])
    alone[17, 1] = 1.0
    y[17] += 1e3
    assert 17 not in [row.place for row in looked_at(alone, y).rows]


def test_two_rows_that_decide_alone_are_each_left_out_beside_the_other():
    X, y = rows(40, 2)
    X[5, 0], X[9, 1] = 1e9, -1e10
    result = looked_at(X, y)
    for row in result.rows:
        if row.place in (5, 9):
            np.testing.assert_allclose(row.without, other_rows(X, y, row.place)[0], rtol=1e-6)
    assert {5, 9} <= {row.place for row in result.rows}
