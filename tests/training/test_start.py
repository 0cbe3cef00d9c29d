"""Random starts."""

import numpy as np
import pytest

from linreg import LeastSquares
from linreg.data.load import load_training_set
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn, Plane
from linreg.training.start import random_start

DATA = [*(kind() for kind in GENERATORS.values()), *map(TableChoice, BUILT_IN), Drawn()]


@pytest.mark.parametrize("data", DATA, ids=lambda data: data.name)
def test_random_start_is_reproducible(data):
    bowl = load_training_set(data).problem(intercept=True)
    np.testing.assert_array_equal(random_start(bowl, 3), random_start(bowl, 3))
    assert not np.array_equal(random_start(bowl, 3), random_start(bowl, 4))


@pytest.mark.parametrize(("x_unit", "y_unit"), [(1, 1), (1e6, 1), (1e-3, 1e6), (1, 1e-9)])
@pytest.mark.parametrize("seed", [0, 1, 7])
def test_random_start_is_as_bad_in_any_units(x_unit, y_unit, seed):
    rows = Plane().draw()
    bowl = LeastSquares.from_arrays(x_unit * rows.X, y_unit * rows.y)
    start = random_start(bowl, seed)
    cost = (bowl.tsse(start) - bowl.tsse(bowl.minimiser())) / bowl.tss
    draws = np.random.default_rng(seed).standard_normal(3)
    assert cost == pytest.approx(3 * draws @ draws, rel=0.02)


def test_random_start_is_finite_where_directions_do_not_count():
    x = np.arange(5.0)
    bowl = LeastSquares.from_arrays(np.column_stack([x, 2 * x]), x)
    assert np.isfinite(random_start(bowl, 2)).all()
