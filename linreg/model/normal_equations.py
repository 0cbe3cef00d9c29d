"""The normal equations: the gradient set to zero, and the linear equations that follow.

∇TSSE = −2Xᵀ(y − Xθ) = 0 says XᵀXθ = Xᵀy, with a column of ones in X for an intercept.  They are
solved here as one would on paper, by elimination; `linreg.model.min_norm` finds the same θ from a
triangle that keeps more digits.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.least_squares import LeastSquares
from linreg.model.moments import Floats, floats

MIN_PIVOT_SHARE = 1e-14  # of the diagonal entry it came from: a smaller pivot is rounding


@dataclass(frozen=True, eq=False)
class NormalEquations:
    """XᵀXθ = Xᵀy.

    Attributes
    ----------
    A : ndarray of shape (p, p)
        XᵀX: sums of products of two columns.
    b : ndarray of shape (p,)
        Xᵀy: sums of products of a column with y.
    """

    A: Floats
    b: Floats


@dataclass(frozen=True, eq=False)
class Elimination:
    """The stages of an elimination, and its solution.

    Attributes
    ----------
    stages : tuple of ndarray of shape (p, p+1)
        [A | b] at first and after each column is cleared below the diagonal.
    theta : ndarray of shape (p,)
    """

    stages: tuple[Floats, ...]
    theta: Floats


def normal_equations(X: ArrayLike, y: ArrayLike) -> NormalEquations:
    """Add up XᵀX and Xᵀy for X of shape (n, p), with its column of ones, and y of shape (n,)."""
    X, y = floats("X", X), floats("y", y)
    return NormalEquations(X.T @ X, X.T @ y)


def from_triangle(problem: LeastSquares) -> NormalEquations:
    """Return XᵀX = RᵀR, shape (p, p), and Xᵀy = Rᵀz, shape (p,), where the rows are not kept."""
    return NormalEquations(problem.R.T @ problem.R, problem.R.T @ problem.z)


def solve(equations: NormalEquations) -> Elimination:
    """Solve by elimination and back substitution.

    XᵀX is symmetric and positive definite, so no rows have to change places.

    Raises
    ------
    ValueError
        If the rows do not determine all parameters, or too weakly for this route.
    """
    stage = np.column_stack([equations.A, equations.b])
    stages, p = [stage], len(equations.b)
    for k in range(p):
        if not stage[k, k] > MIN_PIVOT_SHARE * equations.A[k, k]:
            raise ValueError("XᵀX can not be solved: its rows are not independent")
        share = stage[k + 1 :, k] / stage[k, k]
        stage = stage.copy()
        stage[k + 1 :] -= np.outer(share, stage[k])
        stage[k + 1 :, k] = 0
        if k < p - 1:
            stages.append(stage)
    theta = np.zeros(p)
    for k in reversed(range(p)):
        theta[k] = (stage[k, -1] - stage[k, k + 1 : p] @ theta[k + 1 :]) / stage[k, k]
    return Elimination(tuple(stages), theta)


def solve_or_none(equations: NormalEquations) -> Elimination | None:
    """Solve the equations, or return None where elimination breaks down."""
    try:
        return solve(equations)
    except ValueError:
        return None
