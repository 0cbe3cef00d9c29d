"""A table of three columns, summed up in batches."""

import numpy as np

from linreg import LeastSquares
from linreg.data.summary.accumulator import Accumulator


def table(n=30_000, seed=0):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(5, 2, n), rng.lognormal(size=n)
    return [a, b, 1 + 2 * a - b + rng.normal(size=n)]


def gathered(columns, cuts=(), labels=None, grouped_by=None):
    gatherer = Accumulator(["a", "b", "y"], grouped_by)
    for part in np.split(np.arange(len(columns[0])), cuts):
        gatherer.feed([c[part] for c in columns], None if labels is None else labels[part])
    return gatherer.summary("y")


def same(one, other):
    np.testing.assert_array_equal(one.mean, other.mean)
    np.testing.assert_array_equal(one.K, other.K)
    assert one.n == other.n


def theta(moments):
    return LeastSquares.from_moments(moments).minimiser()
