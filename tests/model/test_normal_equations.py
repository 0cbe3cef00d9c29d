"""Elimination against numpy, stage by stage."""

import numpy as np
import pytest

from linreg.model.normal_equations import normal_equations, solve, solve_or_none


def example(p, n=30):
    draws = np.random.default_rng(p)
    X = np.column_stack([np.ones(n), draws.uniform(-2, 3, (n, p - 1))])
    return X, draws.normal(size=n)


@pytest.mark.parametrize("p", [1, 2, 3, 6])
def test_the_solution_is_numpys(p):
    X, y = example(p)
    solved = solve(normal_equations(X, y))
    np.testing.assert_allclose(solved.theta, np.linalg.lstsq(X, y)[0], rtol=1e-11)
    assert len(solved.stages) == p


@pytest.mark.parametrize("p", [2, 4])
def test_every_stage_has_the_same_solution_and_one_more_empty_column(p):
    solved = solve(normal_equations(*example(p)))
    for k, stage in enumerate(solved.stages):
        np.testing.assert_allclose(stage[:, :-1] @ solved.theta, stage[:, -1], rtol=1e-9)
        for j in range(k):
            assert not stage[j + 1 :, j].any()


def test_what_the_rows_do_not_determine_is_refused():
    X = np.column_stack([np.ones(4), np.full(4, 0.1)])
    with pytest.raises(ValueError, match="not independent"):
        solve(normal_equations(X, np.arange(4.0)))
    assert solve_or_none(normal_equations(X, np.arange(4.0))) is None
