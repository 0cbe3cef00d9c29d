from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg.data.summary.row_sample import ROWS_PER_PART, Reservoir, Sample, priority


def offered(n, cuts, size=50):
    reservoir = Reservoir(2, size)
    edges = sorted({0, n, *(cut % (n + 1) for cut in cuts)})
    for a, b in pairwise(edges):
        rows = np.arange(a + 1, b + 1)
        reservoir.offer(rows, [rows * 2.0, rows * 3.0], rows % 3)
    return reservoir.kept


@given(st.integers(0, 3000), st.lists(st.integers(0, 3000), max_size=8))
def test_the_sample_does_not_depend_on_the_batches(n, cuts):
    whole, parts = offered(n, []), offered(n, cuts)
    np.testing.assert_array_equal(whole.rows, parts.rows)
    np.testing.assert_array_equal(whole.values, parts.values)
    assert len(whole.rows) == min(n, 50)


def test_a_row_keeps_its_number_values_and_group():
    sample = offered(1000, [17, 400])
    assert (np.diff(sample.rows) > 0).all()
    np.testing.assert_array_equal(sample.values, np.outer(sample.rows, [2.0, 3.0]))
    np.testing.assert_array_equal(sample.labels, sample.rows % 3)


def test_the_samples_of_two_parts_merge_into_that_of_the_whole():
    low, high = Reservoir(1, 50), Reservoir(1, 50)
    for reservoir, rows in ((low, np.arange(1, 700)), (high, np.arange(700, 1001))):
        reservoir.offer(rows, [rows * 2.0])
    np.testing.assert_array_equal((low.kept + high.kept).rows, offered(1000, []).rows)
    np.testing.assert_array_equal((high.kept + low.kept).rows, offered(1000, []).rows)


def test_an_empty_sample_adds_nothing():
    sample = offered(100, [])
    np.testing.assert_array_equal((Sample.empty(2, 50) + sample).rows, sample.rows)


def test_every_row_is_equally_likely():
    # Mean of 2,000 of 1e6 uniform numbers: standard error 1e6/sqrt(12·2000) = 6,455.
    sample = offered(1_000_000, [], size=2000)
    assert abs(sample.rows.mean() - 500_000) < 4 * 6455
    tenths = np.histogram(sample.rows, bins=10, range=(0, 1e6))[0]
    assert ((tenths - 200) ** 2 / 200).sum() < 27.9  # chi-squared, 9 degrees of freedom, 1 in 1,000


@pytest.mark.slow
def test_priorities_of_different_rows_differ():
    assert len(np.unique(priority(np.arange(1_000_000)))) == 1_000_000


def test_parts_read_apart_are_numbered_through_when_all_are_counted():
    counts = np.array([300, 0, 500])
    parts = []
    for part, n in enumerate(counts):
        reservoir, rows = Reservoir(1, 50), np.arange(1, n + 1)
        reservoir.offer(part * ROWS_PER_PART + rows, [rows + 1000.0 * part])
        parts.append(reservoir.kept)
    sample = (parts[2] + (parts[0] + parts[1])).renumbered(counts)
    assert len(sample.rows) == 50
    assert (np.diff(sample.rows) > 0).all()
    late = sample.rows > 300
    np.testing.assert_array_equal(sample.values[~late, 0], sample.rows[~late])
    np.testing.assert_array_equal(sample.values[late, 0], sample.rows[late] - 300 + 2000)
    assert 18 <= late.sum() <= 44  # 31 of 50 expected, four standard deviations of 3.4 around it
