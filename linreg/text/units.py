"""Units of the parameters, the loss, the gradient and the learning rate."""

import re
from dataclasses import dataclass

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
IRREGULAR_PLURALS = {"people": "person", "feet": "foot", "children": "child", "men": "man"}


@dataclass(frozen=True)
class Units:
    """Units of what training computes; j counts as in θj, so 0 is the intercept.

    Attributes
    ----------
    target : str
        Unit of y, and of ỹ.
    features : tuple of str, M of them
    """

    target: str
    features: tuple[str, ...]

    @property
    def loss(self) -> str:
        """Unit of TSSE, MSE and ½MSE: n is a pure number."""
        return squared(self.target)

    def theta(self, j: int) -> str:
        """Return the unit of θj."""
        return per(self.target, self.features[j - 1]) if j else self.target

    def gradient(self, j: int) -> str:
        """Return the unit of ∂loss/∂θj: that of the loss, divided by that of θj."""
        return times(self.target, self.features[j - 1]) if j else self.target

    def rate(self, j: int) -> str:
        """Return the unit of η in the step of θj: that of θj, divided by that of ∂loss/∂θj."""
        return per("", squared(self.features[j - 1])) if j else ""


def per(unit: str, other: str) -> str:
    """Return the unit of a quotient: mpg per 1000 lb."""
    if not other:
        return unit
    below = f"({other})" if re.search(r" per |[/·,]", other) else _one(other)
    above = f"({unit})" if re.search(r" per |,", unit) else unit
    return f"{above} per {below}".strip()


def times(unit: str, other: str) -> str:
    """Return the unit of a product: mpg · 1000 lb."""
    if unit == other:
        return squared(unit)
    factors = (f"({u})" if re.search(r" per |[/,]", u) else u for u in (unit, other) if u)
    return " · ".join(factors)


def squared(unit: str) -> str:
    """Return the square of a unit: mpg², (1000 lb)², m⁴ for m²."""
    if not unit:
        return ""
    plain = re.fullmatch(rf"([^\s/·^*,()\d{SUPERSCRIPTS}⁻-]+)([²³⁴])?", unit)
    if not plain:
        return f"({unit})²"
    return plain[1] + SUPERSCRIPTS[2 * SUPERSCRIPTS.index(plain[2] or "¹")]


def _one(unit: str) -> str:
    """Return the singular of a unit: day for days, US dollar for US dollars."""
    *most, last = unit.split(" ")
    if re.match(r"\d", unit) or not re.fullmatch(r"[a-z]{4,}", last):
        return unit
    regular = re.sub(r"(?<=[sxz])es$|(?<=[cs]h)es$|(?<![isu])s$", "", last)
    return " ".join([*most, IRREGULAR_PLURALS.get(last, regular)])
