import pickle
import tracemalloc
from fractions import Fraction
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg import LeastSquares, Moments, train
from linreg.model.exact_rational import exact_fit
from linreg.model.moments import LEAF_ROWS, Stream, floats
from linreg.model.normal_equations import normal_equations
from linreg.model.row_by_row import descend
from linreg.model.scaling import Scaling
from linreg.teaching.exercises import design
from linreg.teaching.solver_digits import digits
from tests.helpers.oracle import exact_gram


def rows(n, seed=0):
    """Columns as they come: a year, a skewed amount, y."""
    rng = np.random.default_rng(seed)
    year, amount = 2000.0 + rng.integers(0, 30, n), rng.lognormal(3, 1, n)
    return [year, amount, 0.5 * year + 0.1 * amount + rng.normal(size=n)]


def column_error(m, gram):
    """Largest error of KᵀK in units of the lengths of the two columns."""
    exact = np.array(gram, dtype=float)
    length = np.sqrt(np.diag(exact))
    return np.abs((m.K.T @ m.K - exact) / np.outer(length, length)).max()


def apart(a, b):
    """Largest difference of two triangles relative to their columns, signs of rows set aside."""
    sign = np.sign(np.diag(a.K)) * np.sign(np.diag(b.K))
    return (np.abs(a.K - sign[:, np.newaxis] * b.K).max(axis=0) / np.linalg.norm(a.K, axis=0)).max()


def test_tree_matches_the_exact_gram_matrix():
    columns = rows(30_000)
    assert column_error(Stream().feed(columns).total, exact_gram(columns)) <= 1e-15


def test_mean_matches_the_exact_mean():
    columns = rows(30_000)
    exact = [float(sum(map(int, columns[0]))) / 30_000]
    np.testing.assert_allclose(Stream().feed(columns).total.mean[:1], exact, rtol=2e-16)


def test_order_of_rows_changes_nothing():
    columns = rows(50_000)
    order = np.random.default_rng(1).permutation(50_000)
    shuffled = [column[order] for column in columns]
    assert apart(Stream().feed(columns).total, Stream().feed(shuffled).total) <= 1e-15


@cache
def far_from_zero(name):
    """Columns whose mean is large beside their spread, and exact in float64."""
    k = np.arange(50_000.0)
    draws = np.random.default_rng(4)
    if name == "milliseconds":
        time = 1.7e12 + np.sort(draws.integers(0, 3_600_000, 50_000))
        return [time, np.rint(1024 * draws.normal(size=50_000)) / 1024]
    if name == "thousandths":
        return [1e9 + k / 1024, np.rint(64 * draws.normal(size=50_000)) - k]
    return [float(name) + k / 8, 3 * k + draws.integers(0, 9, 50_000)]


@cache
def gram_far_from_zero(name):
    """Return the exact Gram matrix: it is the same in any order of the rows."""
    return exact_gram(far_from_zero(name))


@pytest.mark.parametrize("order", ["in order", "backwards", "shuffled"])
@pytest.mark.parametrize("name", ["milliseconds", "thousandths", "1e12", "1e15", "-1e15"])
def test_merging_keeps_the_digits_of_a_large_mean(name, order):
    columns, exact = far_from_zero(name), gram_far_from_zero(name)
    turned = {"in order": slice(None), "backwards": slice(None, None, -1)}.get(
        order, np.random.default_rng(5).permutation(50_000)
    )
    total = Stream().feed([column[turned] for column in columns]).total
    assert column_error(total, exact) <= 1e-15
    halves = [Stream().feed([c[turned][part::2] for c in columns]).total for part in (0, 1)]
    # KᵀK has twice the relative error of K, and each factoring adds its own.
    assert column_error(halves[0] + halves[1], exact) <= 2e-15
    selected = (halves[1] + halves[0]).select([1], 0)
    assert column_error(selected, [row[::-1] for row in exact[::-1]]) <= 2e-15


@pytest.mark.parametrize("name", ["milliseconds", "thousandths", "1e15"])
def test_the_two_parts_of_a_mean_are_exact_to_the_rounding_of_the_spread(name):
    columns = far_from_zero(name)
    total = Stream().feed(columns).total
    for column, mean, tail in zip(columns, total.mean, total.mean_tail, strict=True):
        exact = sum(map(Fraction, column.tolist())) / len(column)
        assert (
            abs(Fraction(mean) + Fraction(tail) - exact) <= Fraction(float(np.ptp(column))) / 10**16
        )


@given(st.lists(st.integers(1, 20_000), max_size=6, unique=True))
def test_chunks_change_nothing(cuts):
    columns = rows(20_001)
    stream = Stream()
    for chunk in zip(*(np.split(column, sorted(cuts)) for column in columns), strict=True):
        stream.feed(chunk)
    whole = Stream().feed(columns).total
    assert stream.total.n == whole.n
    # Either may be off by 1e-15, in opposite directions.
    assert apart(stream.total, whole) <= 2e-15


def test_merging_commutes_and_associates():
    a, b, c = (Stream().feed(rows(n, seed=n)).total for n in (10, 5_000, 20_000))
    assert apart((a + b) + c, a + (c + b)) <= 1e-15
    np.testing.assert_allclose(((a + b) + c).mean, (a + (c + b)).mean, rtol=1e-15)


def test_stream_holds_few_leaves():
    stream = Stream().feed([np.arange(65.0 * 1024)] * 2)
    for _ in range(1000):
        stream.push(Moments.of([[1.0], [2.0]]))
    assert len(stream._pending) <= 10


def test_select_equals_a_second_pass():
    x1, x2, y = rows(20_000)
    chosen = Stream().feed([x1, x2, y]).total.select([1], target=0)
    assert apart(chosen, Stream().feed([x2, x1]).total) <= 1e-14


@pytest.mark.parametrize("dtype", [np.float32, np.int64, bool])
def test_other_number_types_are_widened(dtype):
    X = np.random.default_rng(0).integers(0, 2, (100, 3)).astype(dtype)
    narrow, wide = Moments.from_arrays(X, X[:, 0]), Moments.from_arrays(X.astype(float), X[:, 0])
    np.testing.assert_array_equal(narrow.K, wide.K)


def test_layout_of_x_does_not_matter():
    X = np.random.default_rng(0).normal(size=(20_000, 4))
    y = X.sum(axis=1)
    K = Moments.from_arrays(X, y).K
    np.testing.assert_array_equal(K, Moments.from_arrays(np.asfortranarray(X), y).K)


def test_fewer_rows_than_columns_leave_zero_rows():
    m = Moments.from_arrays([[1.0, 2.0, 4.0], [3.0, 5.0, 7.0]], [1.0, 2.0])
    assert m.K.shape == (4, 4)
    exact = np.array(exact_gram([[1, 3], [2, 5], [4, 7], [1, 2]]), dtype=float)
    np.testing.assert_allclose(m.K.T @ m.K, exact, rtol=1e-15)


def test_moments_survive_pickling():
    m = Moments.from_arrays([1.0, 2.0, 4.0], [3.0, 5.0, 6.0])
    np.testing.assert_array_equal(pickle.loads(pickle.dumps(m)).K, m.K)


def test_memory_stays_small_at_a_million_rows():
    X, y = np.ones((1_000_000, 10)), np.ones(1_000_000)
    tracemalloc.start()
    Moments.from_arrays(X, y)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 10e6


@pytest.mark.parametrize(
    ("X", "y", "message"),
    [
        ([[1.0, np.nan]], [1.0], "X column 1 must be finite, got nan"),
        ([1.0, np.inf], [1.0, 2.0], "X column 0 must be finite, got inf"),
        ([1.0, 2.0], [1.0, np.nan], "y must be finite, got nan"),
        ([1e308] * 9, [1.0] * 9, "X column 0 must have a finite sum, got inf"),
        ([], [], "n must be >= 1, got 0 rows"),
        ([1.0, 2.0], [1.0], r"y must have shape \(2,\) like the rows of X, got \(1,\)"),
        (np.ones((2, 0)), [1.0, 2.0], r"X must have shape \(n, M\) .* got \(2, 0\)"),
        (np.ones((2, 1, 1)), [1.0, 2.0], r"X must have shape \(n, M\) .* got \(2, 1, 1\)"),
        (["a"], [1.0], "X must hold real numbers, got dtype <U1"),
        ([1.0], [1j], "y must hold real numbers, got dtype complex128"),
    ],
)
def test_senseless_rows_are_refused(X, y, message):
    with pytest.raises(ValueError, match=message):
        Moments.from_arrays(X, y)


@pytest.mark.parametrize("columns", [[[1.0], [1.0, 2.0]], [np.ones((2, 2))]])
def test_columns_must_be_equally_long(columns):
    with pytest.raises(ValueError, match="columns must be one-dimensional and equally long"):
        Moments.of(columns)


def test_a_bad_value_after_the_first_leaf_is_found():
    x = np.ones(LEAF_ROWS + 1)
    x[-1] = np.nan
    with pytest.raises(ValueError, match="X column 0 must be finite"):
        Moments.from_arrays(x, np.ones_like(x))


@pytest.mark.parametrize(
    "columns", [[np.arange(3.0), np.arange(2.0)], [[1.0], [1.0, 2.0]], [[], [1.0]]]
)
def test_a_stream_drops_no_row_of_the_longer_column(columns):
    for order in (columns, columns[::-1]):
        with pytest.raises(ValueError, match="columns must be one-dimensional and equally long"):
            Stream().feed(order)


@pytest.mark.parametrize("leaves", [1, 2, 3])
def test_a_stream_takes_as_many_columns_each_time(leaves):
    stream = Stream()
    for _ in range(leaves):
        stream.feed([np.arange(3.0)] * 2)
    whole = stream.total
    for wrong in ([np.arange(2.0)], [np.arange(2.0)] * 3):
        with pytest.raises(ValueError, match=f"as many as before, 2, got {len(wrong)}"):
            stream.feed(wrong)
        with pytest.raises(ValueError, match=f"as many as before, 2, got {len(wrong)}"):
            whole + Moments.of(wrong)
    np.testing.assert_array_equal(stream.total.K, whole.K)  # what is refused changes nothing
    assert stream.feed([np.ones(4)] * 2).total.n == 3 * leaves + 4


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([10**400, 1], "v must hold numbers that fit a float"),
        ([1, -(10**5000)], "v must hold numbers that fit a float"),
        (["1", "2"], "v must hold real numbers, got dtype <U1"),
        ([1, None], "v must hold real numbers, got dtype object"),
        ([1, 2j], "v must hold real numbers, got dtype complex128"),
    ],
)
def test_what_is_no_number_of_a_float_is_refused(values, message):
    with pytest.raises(ValueError, match=message):
        floats("v", values)


def test_floats_are_an_array_of_their_own():
    given = np.array([1.0, 2.0])
    np.testing.assert_array_equal(floats("v", given), given)
    assert not np.shares_memory(floats("v", given), given)
    np.testing.assert_array_equal(floats("v", [10**30, True, Fraction(1, 2)]), [1e30, 1.0, 0.5])


MASKED = np.ma.array([1.0, 2.0, 99.0, 4.0], mask=[0, 0, 1, 0])
FIT = LeastSquares.from_arrays([1.0, 2.0, 4.0], [1.0, 2.0, 3.0])
ROWS = [MASKED[:2], MASKED[2:]]  # of which only the second hides a value


@pytest.mark.parametrize(
    ("read", "name"),
    [
        (lambda: Moments.from_arrays(MASKED, [2.5, 3.5, 5.5, 6.0]), "X"),
        (lambda: Moments.from_arrays([2.5, 3.5, 5.5, 6.0], MASKED), "y"),
        (lambda: Moments.from_arrays(np.ma.column_stack([MASKED, MASKED]), np.ones(4)), "X"),
        (lambda: Moments.of([np.ones(4), MASKED]), "columns"),
        (lambda: Stream().feed([MASKED, np.ones(4)]), "columns"),
        (lambda: LeastSquares.from_arrays(MASKED, np.ones(4)), "X"),
        (lambda: descend(MASKED, np.ones(4), rate=0.1, steps=1), "X"),
        (lambda: normal_equations(np.ones((4, 1)), MASKED), "y"),
        (lambda: Moments.from_arrays(ROWS, [1.0, 2.0]), "X"),
        (lambda: Moments.from_arrays([[1.0, np.ma.masked], [2.0, 3.0]], [1.0, 2.0]), "X"),
        (lambda: Moments.from_arrays([1.0, 2.0], [3.0, np.ma.masked]), "y"),
        (lambda: Stream().feed([[1.0, 2.0], [np.ma.masked, 1.0]]), "columns"),
        (lambda: LeastSquares.from_arrays(np.array([1, np.ma.masked], dtype=object), [1, 2]), "X"),
        (lambda: FIT.tsse(MASKED[1:3]), "theta"),
        (lambda: FIT.tsse([MASKED[:2], MASKED[1:3]]), "theta"),
        (lambda: FIT.gradient([1.0, np.ma.masked]), "theta"),
        (lambda: FIT.r2(MASKED[1:3]), "theta"),
        (lambda: FIT.spectrum.path(MASKED[1:3], 0.1, 1), "start"),
        (lambda: FIT.spectrum.path([1.0, 2.0], 0.1, MASKED), "steps"),
        (lambda: train(FIT, rate=0.1, steps=1, start=MASKED[1:3]), "start"),
        (lambda: train(FIT, rate=0.1, steps=3).at([0, np.ma.masked]), "steps"),
        (lambda: Scaling.of(Moments.of([[1.0, 2.0], [2.0, 3.0]])).apply(MASKED[:, None]), "X"),
        (lambda: Scaling.of(Moments.of([[1.0, 2.0], [2.0, 3.0]])).raw_theta(MASKED[1:3]), "theta"),
        (lambda: exact_fit(lambda: [[MASKED, np.ones(4)]], intercept=True), "columns"),
        (lambda: descend([1.0, 2.0], [3.0, 4.0], rate=0.1, steps=1, start=MASKED[1:3]), "start"),
        (lambda: design(MASKED, intercept=True), "X"),
        (lambda: digits(MASKED, np.ones(4)), "estimate"),
    ],
)
def test_masked_values_are_refused_and_not_read_through_their_mask(read, name):
    """Rows can be left out; of θ, a start or steps each has to be there."""
    mend = "leave out the rows" if name in {"X", "y", "columns"} else "give each of them a number"
    with pytest.raises(ValueError, match=f"{name} must have no masked values; {mend}"):
        read()


def test_a_masked_array_without_a_masked_value_is_an_array():
    whole = np.ma.array([1.0, 2.0, 4.0], mask=[0, 0, 0])
    m = Moments.from_arrays(whole, [1.0, 2.0, 3.0])
    np.testing.assert_array_equal(m.K, Moments.from_arrays([1.0, 2.0, 4.0], [1.0, 2.0, 3.0]).K)
