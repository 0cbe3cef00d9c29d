"""Data with a known truth, and points drawn by hand.

A generated kind is a frozen dataclass whose fields are its parameters. Each field carries a label,
bounds and a step, so a screen builds its controls, and a link its parameters, from `fields` alone.
"""

from dataclasses import dataclass, field, fields
from typing import Any, ClassVar

import numpy as np

from linreg.data.dataset import Array, Dataset
from linreg.text.numbers import counted, number, shortened

MIN_POINTS = 2  # that make a line
MAX_POINTS = 100  # a hand-drawn set stays short enough for an address
MAX_COORDINATE = 1e6  # of a point drawn by hand


def parameter(default: float, label: str, low: float, high: float, step: float) -> Any:
    """Make a dataclass field that knows its label, bounds and step; integer if `default` is."""
    integer = isinstance(default, int)
    return field(
        default=default,
        metadata={"label": label, "low": low, "high": high, "step": step, "integer": integer},
    )


def weight(index: int, default: float) -> Any:
    """Make the field of the true parameter θ with this index."""
    return parameter(default, f"True θ{index}", -10.0, 10.0, 0.1)


@dataclass(frozen=True, kw_only=True)
class Generator:
    """The base of all generated kinds: size, noise, the range of x and the seed.

    The draws of each row depend on the seed alone: changing the noise stretches the same errors,
    and changing `n` keeps the first rows.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    about: ClassVar[str]

    n: int = parameter(50, "Rows", 2, 2000, 1)
    noise: float = parameter(1.0, "Noise σ", 0.0, 20.0, 0.1)
    low: float = parameter(-2.0, "x from", -100.0, 100.0, 0.5)
    high: float = parameter(4.0, "x to", -100.0, 100.0, 0.5)
    seed: int = parameter(1, "Seed", 0, 9999, 1)

    def __post_init__(self) -> None:
        for f in fields(self):
            checked = _checked(f.name, getattr(self, f.name), f.metadata)
            object.__setattr__(self, f.name, checked)
        if self.low >= self.high:
            low, high = number(self.low), number(self.high)
            raise ValueError(f"x from must be less than x to, got {low} and {high}")

    @property
    def theta(self) -> tuple[float, ...]:
        """The true parameters, intercept first."""
        names = [f.name for f in fields(self) if f.name.startswith("theta")]
        return tuple(float(getattr(self, name)) for name in sorted(names))

    def draw(self) -> Dataset:
        """Draw the rows.

        Returns
        -------
        Dataset
            With `true_theta`; the same parameters give the same rows.
        """
        positions, errors, extra = np.random.default_rng(self.seed).spawn(3)
        X = self._inputs(positions.random((self.n, len(self.theta) - 1)))
        y = self.theta[0] + X @ np.array(self.theta[1:]) + self._bend(X[:, 0])
        y += self._sigma(X[:, 0]) * errors.standard_normal(self.n) + self._shift(extra)
        features = tuple(f"x{j}" for j in range(1, X.shape[1] + 1)) if X.shape[1] > 1 else ("x",)
        rows = np.arange(1, self.n + 1)
        source = f"{self.title}: {counted(self.n, 'generated row')}, seed {self.seed}"
        return Dataset(X, y, features, "y", rows, source, true_theta=self.theta)

    def _inputs(self, u: Array) -> Array:
        """Turn uniform draws in [0, 1), shape (n, M), into the inputs."""
        return self.low + (self.high - self.low) * u

    def _bend(self, x: Array) -> Array:
        """Return what the truth adds to the linear model, shape (n,)."""
        return np.zeros_like(x)

    def _sigma(self, x: Array) -> Array:
        """Return the standard deviation of the error in each row, shape (n,)."""
        return np.full_like(x, self.noise)

    def _shift(self, extra: np.random.Generator) -> Array:
        """Return what is added to y after the noise, shape (n,)."""
        return np.zeros(self.n)


def _is_coordinate(value: Any) -> bool:
    is_number = isinstance(value, int | float | np.integer | np.floating)
    return is_number and bool(abs(value) <= MAX_COORDINATE)


def _checked(name: str, value: Any, rule: Any) -> int | float:
    """Return a parameter as a number of Python; refuse one that is none within its bounds."""
    is_number = isinstance(value, int | float | np.integer | np.floating)
    fits = is_number and not isinstance(value, bool) and rule["low"] <= value <= rule["high"]
    if not fits or (rule["integer"] and not float(value).is_integer()):
        kind = "a whole number" if rule["integer"] else "a number"
        bounds = f"from {number(rule['low'])} to {number(rule['high'])}"
        raise ValueError(f"{name} must be {kind} {bounds}, got {shortened(value)}")
    plain: int | float = value.item() if isinstance(value, np.generic) else value
    return int(plain) if rule["integer"] else plain


@dataclass(frozen=True, kw_only=True)
class Line(Generator):
    """A straight line plus noise."""

    name: ClassVar[str] = "line"
    title: ClassVar[str] = "A line"
    about: ClassVar[str] = "y = θ0 + θ1x, plus normal noise with standard deviation σ."

    theta0: float = weight(0, 1.0)
    theta1: float = weight(1, 2.0)


@dataclass(frozen=True, kw_only=True)
class Curve(Line):
    """A parabola, which no line fits; `true_theta` is its linear part."""

    name: ClassVar[str] = "curve"
    title: ClassVar[str] = "A curve"
    about: ClassVar[str] = "y = θ0 + θ1x + cx² plus noise with standard deviation σ: no line fits."

    curvature: float = parameter(0.8, "Curvature c", -10.0, 10.0, 0.1)

    def _bend(self, x: Array) -> Array:
        return self.curvature * x**2


@dataclass(frozen=True, kw_only=True)
class Outliers(Line):
    """A line some of whose points are moved up; a larger share keeps the outliers there are."""

    name: ClassVar[str] = "outliers"
    title: ClassVar[str] = "A line with outliers"
    about: ClassVar[str] = (
        "y = θ0 + θ1x plus noise with standard deviation σ; "
        "each point is, with the chance given, moved up by the size given."
    )

    share: float = parameter(0.1, "Share of outliers", 0.0, 0.5, 0.01)
    size: float = parameter(15.0, "Size of outliers", -100.0, 100.0, 1.0)

    def _shift(self, extra: np.random.Generator) -> Array:
        return np.where(extra.random(self.n) < self.share, self.size, 0.0)


@dataclass(frozen=True, kw_only=True)
class GrowingNoise(Line):
    """A line whose noise grows in proportion to the distance from the low end of x."""

    name: ClassVar[str] = "growing-noise"
    title: ClassVar[str] = "A line with growing noise"
    about: ClassVar[str] = (
        "y = θ0 + θ1x plus noise whose standard deviation grows in a straight line, "
        "from 0 at the low end of x to σ at the high end."
    )

    noise: float = parameter(4.0, "Noise σ at the high end", 0.0, 20.0, 0.1)

    def _sigma(self, x: Array) -> Array:
        return self.noise * (x - self.low) / (self.high - self.low)


@dataclass(frozen=True, kw_only=True)
class Plane(Generator):
    """A plane over two features whose population correlation is `correlation`, exactly.

    The second feature is a mixture of the first and a fresh uniform draw, scaled to stay within
    the range. A sample's own correlation scatters around the population's.
    """

    name: ClassVar[str] = "plane"
    title: ClassVar[str] = "A plane"
    about: ClassVar[str] = "y = θ0 + θ1x1 + θ2x2, plus normal noise with standard deviation σ."

    theta0: float = weight(0, 1.0)
    theta1: float = weight(1, 2.0)
    theta2: float = weight(2, -1.0)
    correlation: float = parameter(0.0, "Correlation of x1 and x2", -0.99, 0.99, 0.01)

    def _inputs(self, u: Array) -> Array:
        return _chain(u, self.correlation, self.low, self.high)


@dataclass(frozen=True, kw_only=True)
class FiveFeatures(Generator):
    """Five features; each has the population correlation `correlation` with its neighbour."""

    name: ClassVar[str] = "five"
    title: ClassVar[str] = "Five features"
    about: ClassVar[str] = "y = θ0 + θ1x1 + … + θ5x5, plus normal noise with standard deviation σ."

    n: int = parameter(100, "Rows", 2, 2000, 1)
    theta0: float = weight(0, 1.0)
    theta1: float = weight(1, 2.0)
    theta2: float = weight(2, -1.0)
    theta3: float = weight(3, 0.5)
    theta4: float = weight(4, 0.0)
    theta5: float = weight(5, 1.5)
    correlation: float = parameter(0.0, "Correlation of neighbours", -0.99, 0.99, 0.01)

    def _inputs(self, u: Array) -> Array:
        return _chain(u, self.correlation, self.low, self.high)


def _chain(u: Array, correlation: float, low: float, high: float) -> Array:
    """Mix uniform draws u (n, M) so that neighbouring columns correlate, within [low, high]."""
    z = 2 * u - 1
    fresh, bound = (1 - correlation**2) ** 0.5, 1.0
    for j in range(1, z.shape[1]):
        z[:, j] = correlation * z[:, j - 1] + fresh * z[:, j]
    for j in range(1, z.shape[1]):
        bound = abs(correlation) * bound + fresh
        z[:, j] /= bound
    return low + (high - low) * (z + 1) / 2


GENERATORS: dict[str, type[Generator]] = {
    kind.name: kind for kind in (Line, Curve, Outliers, GrowingNoise, Plane, FiveFeatures)
}


PLEASANT_POINTS = (
    (-2.0, -2.4), (-1.2, -0.3), (-0.5, -0.8), (0.3, 1.9),
    (1.1, 2.4), (1.9, 5.6), (2.8, 5.9), (3.6, 8.7),
)  # fmt: skip


@dataclass(frozen=True)
class Drawn:
    """Points placed by hand.

    Parameters
    ----------
    points : tuple of (x, y)
        From 2 to 100 points.
    """

    name: ClassVar[str] = "drawn"
    title: ClassVar[str] = "Drawn by hand"
    about: ClassVar[str] = "Points (x, y) that you place yourself."

    points: tuple[tuple[float, float], ...] = PLEASANT_POINTS

    def __post_init__(self) -> None:
        if not MIN_POINTS <= len(self.points) <= MAX_POINTS:
            bounds = f"{MIN_POINTS} to {MAX_POINTS}"
            raise ValueError(f"points must be {bounds} points, got {len(self.points)}")
        for row, point in enumerate(self.points, start=1):
            if len(point) != 2 or not all(map(_is_coordinate, point)):
                raise ValueError(
                    f"points must be pairs of numbers from {number(-MAX_COORDINATE)} to "
                    f"{number(MAX_COORDINATE)}, got {shortened(point)} in row {row}"
                )
        plain = tuple((float(x), float(y)) for x, y in self.points)
        object.__setattr__(self, "points", plain)

    def draw(self) -> Dataset:
        """Return the points as a dataset with feature “x” and target “y”."""
        points = np.array(self.points, dtype=float)
        X, y = points[:, :1], points[:, 1]
        rows = np.arange(1, len(y) + 1)
        return Dataset(X, y, ("x",), "y", rows, f"{len(y)} points drawn by hand")
