"""Questions about a model set by hand, to be answered with pencil and paper."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import ArrayLike

from linreg.model.moments import Floats, floats
from linreg.model.row_by_row import predict
from linreg.text.numbers import number

ARITHMETIC_DIGITS = 10  # enough for a reader to repeat the arithmetic
BY_HAND_DIGITS = 4  # of a number that is to be squared by hand
# A square has twice the digits of the number that is read, and four times it may have one more.
SQUARE_DIGITS = 2 * BY_HAND_DIGITS + 1
TOLERANCE_SHARE = 0.005  # of the largest term: how far an answer may be off


@dataclass(frozen=True)
class RowResidual:
    """The residual of one row.

    Attributes
    ----------
    index : int
        The row, from 0.
    residual : float
        y − ỹ, in units of y.
    """

    index: int
    residual: float

    @property
    def square(self) -> float:
        """The part of TSSE that the row adds, in units of y squared."""
        return self.residual**2

    @property
    def twice(self) -> float:
        """A residual of twice the size, in units of y."""
        return 2 * self.residual

    @property
    def doubled(self) -> float:
        """The growth of TSSE if the row's target moves to twice this distance."""
        return self.twice**2 - self.square

    @property
    def tolerance(self) -> float:
        """How far an answer to the question for `doubled` may be off."""
        return TOLERANCE_SHARE * self.doubled

    def rounded(self) -> Self:
        """Return the row with a residual of so few digits that a reader can square it."""
        return replace(self, residual=float(f"{self.residual:.{BY_HAND_DIGITS}g}"))


def design(X: ArrayLike, *, intercept: bool) -> Floats:
    """Return X, shape (n, M), with a column of ones before it if there is an intercept."""
    X = np.atleast_2d(floats("X", X))
    return np.column_stack([np.ones(len(X)), X]) if intercept else X


def prediction(x: ArrayLike, theta: Floats) -> float:
    """Return ỹ at one point x, shape (M,), for θ of shape (M,) or, with intercept, (M+1,).

    Raises
    ------
    ValueError
        If θ has neither as many entries as x nor one more.
    """
    x = np.atleast_1d(floats("x", x))
    if len(theta) - len(x) not in (0, 1):
        raise ValueError(f"{len(theta)} parameters do not go with {len(x)} features")
    return float(predict(design(x, intercept=len(theta) > len(x)), theta)[0])


def largest_residual(X: ArrayLike, y: ArrayLike, theta: Floats, *, intercept: bool) -> RowResidual:
    """Return the row with the largest residual in size, the first of equals.

    Takes X of shape (n, M), y of shape (n,) and θ of shape (p,).
    """
    error = floats("y", y) - predict(design(X, intercept=intercept), theta)
    index = int(np.argmax(np.abs(error)))
    return RowResidual(index, float(error[index]))


def round_number(low: float, high: float) -> float:
    """Return the number from `low` to `high` that has the fewest digits; of several, the largest.

    Raises
    ------
    ValueError
        If a bound is not finite or `low` is above `high`.
    """
    if not (np.isfinite([low, high]).all() and low <= high):
        raise ValueError(f"low must be at most high, got {low} and {high}")
    if low <= 0 <= high:
        return 0.0
    for exponent in range(int(np.floor(np.log10(max(-low, high)))), -308, -1):
        digits = float(np.floor(high / 10.0**exponent))
        value = float(f"{digits:.0f}e{exponent}")
        if low <= value <= high:
            return value
    return float(high)


@dataclass(frozen=True)
class Exercise:
    """A question about a model, with its answer.

    Attributes
    ----------
    x : float
        The value of the feature that is asked about, or its growth.
    answer, tolerance : float
        In units of y.
    rule, arithmetic : str
        The way to the answer in house symbols, and with the numbers put in.
    """

    x: float
    answer: float
    tolerance: float
    rule: str
    arithmetic: str


def ask_prediction(column: ArrayLike, theta: Floats) -> Exercise:
    """Ask for ỹ at a round x, for a column of shape (n,) and θ of shape (1,) or (2,)."""
    x = typical_point(column)
    answer = prediction([x], theta)
    intercept = len(theta) == 2
    rule = "ỹ = θ0 + θ1·x" if intercept else "ỹ = θ1·x"
    first = f"{written(theta[0])} + " if intercept else ""
    product = f"{in_product(theta[-1])}·{in_product(x)}"
    size = max(abs(theta[0]) if intercept else 0.0, abs(theta[-1] * x))
    arithmetic = f"ỹ = {first}{product} = {written(answer)}"
    return Exercise(x, answer, TOLERANCE_SHARE * size, rule, arithmetic)


def ask_change(column: ArrayLike, weight: float, feature: int = 1) -> Exercise:
    """Ask for the change of ỹ if a feature grows by a round part of its range.

    Parameters
    ----------
    column : array of shape (n,)
        The feature.
    weight : float
        Its weight in the model.
    feature : int
        The number of the feature, from 1.
    """
    spread = float(np.ptp(floats("column", column))) or 1.0
    x = round_number(0.2 * spread, 0.6 * spread)
    answer = float(weight * x)
    term = f"θ{feature}·x{feature}"
    product = f"{in_product(weight)}·{in_product(x)} = {written(answer)}"
    arithmetic = f"The term {term} changes by {product}"
    rule = f"of ỹ only the term {term} changes"
    return Exercise(x, answer, TOLERANCE_SHARE * abs(answer), rule, arithmetic)


def written(value: float) -> str:
    """Write a number to as many digits as a reader needs to repeat the arithmetic."""
    return number(float(value), ARITHMETIC_DIGITS)


def in_product(value: float) -> str:
    """Write a factor of a product: a negative one in brackets."""
    return f"({written(value)})" if value < 0 else written(value)


def typical_point(column: ArrayLike) -> float:
    """Return a round number between the 60 % and 95 % quantiles of a column."""
    middle, high = np.quantile(floats("column", column), [0.6, 0.95])
    return round_number(float(middle), float(high))
