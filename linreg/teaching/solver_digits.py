"""Right digits of different routes to the minimiser, judged by rational arithmetic."""

from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from math import log10

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.exact_rational import ReadRows, exact_fit, exact_minimiser
from linreg.model.least_squares import LeastSquares
from linreg.model.moments import Floats, floats
from linreg.model.normal_equations import NormalEquations, normal_equations, solve_or_none

MAX_INSTANT_NUMBERS, MAX_INSTANT_PARAMETERS = 200_000, 16  # n·p and p that take 20 ms
FLOAT64_DIGITS = 16


@dataclass(frozen=True, eq=False)
class SolverDigits:
    """The θ of each route, and how many of its digits are right.

    Attributes
    ----------
    reference : ndarray of shape (p,)
        The minimiser of the rows as the computer stores them, correctly rounded; that of the QR
        route where the table is too large for rational arithmetic.
    exact : bool
        Whether the reference comes from rational arithmetic.
    theta : dict of str to ndarray of shape (p,) or None
        By route: "normal equations", "QR" and "descent"; None if a route breaks down.
    digits : dict of str to ndarray of shape (p,) or None
        Right digits of each θ, 0 to 16.
    """

    reference: Floats
    exact: bool
    theta: dict[str, Floats | None]
    digits: dict[str, Floats | None]


def compare_solvers(
    equations: NormalEquations, problem: LeastSquares, descent: Floats, read_rows: ReadRows | None
) -> SolverDigits:
    """Compare the three routes on one problem.

    Parameters
    ----------
    equations : NormalEquations
        Of the rows of `problem`.
    problem : LeastSquares
        Its minimiser is the QR route.
    descent : ndarray of shape (p,)
        The last θ of the descent.
    read_rows : callable or None
        Yields the rows for `exact_fit`; None where they are not kept.
    """
    solved, p = solve_or_none(equations), len(descent)
    exact: tuple[Fraction, ...] | None = None
    instant = problem.n * p <= MAX_INSTANT_NUMBERS and p <= MAX_INSTANT_PARAMETERS
    if read_rows and instant and problem.rank == p:
        with suppress(ValueError):  # numbers too far apart
            exact = exact_fit(read_rows, intercept=problem.intercept).theta
    reference = problem.minimiser() if exact is None else np.array([float(v) for v in exact])
    theta: dict[str, Floats | None] = {
        "normal equations": None if solved is None else solved.theta,
        "QR": problem.minimiser(),
        "descent": descent,
    }
    right = {name: None if t is None else digits(t, reference) for name, t in theta.items()}
    return SolverDigits(reference, exact is not None, theta, right)


def by_normal_equations(X: Floats, y: Floats) -> Floats | None:
    """Return θ by elimination in XᵀX, shape (p,), or None where that breaks down."""
    solved = solve_or_none(normal_equations(X, y))
    return None if solved is None else solved.theta


def digits(estimate: ArrayLike, reference: ArrayLike) -> Floats:
    """Return −log10 of the relative error of each number, shape (p,), from 0 to 16.

    Where the reference is 0 the error itself counts.
    """
    estimate, reference = floats("estimate", estimate), floats("reference", reference)
    with np.errstate(all="ignore"):
        wrong = np.abs(estimate - reference) / np.where(reference == 0, 1.0, np.abs(reference))
        right: Floats = np.clip(-np.log10(wrong), 0, FLOAT64_DIGITS)
    return np.where(np.isnan(right), 0.0, right)


@dataclass(frozen=True)
class DigitsAtCondition:
    """Right digits of the worst parameter, for one condition number.

    Attributes
    ----------
    condition : float
        κ of XᵀX, the same as that of the Hessian.
    normal_equations, qr : float
        Right digits, 0 to 16.
    """

    condition: float
    normal_equations: float
    qr: float


def digits_by_condition(points: int = 25, rows: int = 20) -> tuple[DigitsAtCondition, ...]:
    """Return the right digits on tables whose two features become more and more alike.

    The targets lie on a plane but for rounding, so that only the condition number is at work.
    """
    draws = np.random.default_rng(0).uniform(-1, 1, (2, rows))
    out = []
    for apart in np.geomspace(1, 1e-10, points):
        X = np.column_stack([np.ones(rows), draws[0], draws[0] + apart * draws[1]])
        y = X @ np.array([1.0, 2.0, 3.0])
        exact = exact_minimiser(X, y)
        if exact is None:
            continue
        reference = np.array([float(v) for v in exact])
        square = by_normal_equations(X, y)
        by_square = 0.0 if square is None else float(digits(square, reference).min())
        by_qr = float(digits(np.linalg.lstsq(X, y)[0], reference).min())
        out.append(DigitsAtCondition(float(np.linalg.cond(X) ** 2), by_square, by_qr))
    return tuple(out)


def expected_digits(condition: float, *, squared: bool) -> float:
    """Return the right digits to expect: 16 − log10 κ if XᵀX is formed, else 16 − ½ log10 κ."""
    return max(0.0, FLOAT64_DIGITS - log10(condition) * (1.0 if squared else 0.5))
