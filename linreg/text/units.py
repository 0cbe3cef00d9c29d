"""Units of the parameters, the loss, the gradient and the learning rate."""

import re
from dataclasses import dataclass

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# What a unit or a thing that is counted may be; a library of plurals takes seconds to import,
# and makes “celsiu” of celsius.
SAME_PLURALS = frozenset(
    {"alias", "atlas", "bias", "canvas", "lens", "means", "news", "series", "siemens", "species"}
)
IRREGULAR_PLURALS = {
    **{"people": "person", "children": "child", "men": "man", "women": "woman", "mice": "mouse"},
    **{"feet": "foot", "teeth": "tooth", "geese": "goose", "lenses": "lens", "gases": "gas"},
    **{"knives": "knife", "lives": "life", "halves": "half", "leaves": "leaf", "wolves": "wolf"},
    **{"axes": "axis", "crises": "crisis", "hypotheses": "hypothesis", "diagnoses": "diagnosis"},
    **{"indices": "index", "matrices": "matrix", "vertices": "vertex", "quizzes": "quiz"},
    **{"aliases": "alias", "atlases": "atlas", "biases": "bias", "canvases": "canvas"},
    **{"calories": "calorie", "kilocalories": "kilocalorie", "cookies": "cookie"},
    **{"movies": "movie", "caches": "cache", "fuses": "fuse", "canoes": "canoe", "shoes": "shoe"},
}
PLURAL_ENDINGS = (  # the first that fits is replaced
    (r"(?<=ly)ses$", "sis"),  # analyses
    (r"(?<=..)ies$", "y"),  # cities, not ties
    (r"(?:(?<=ss|sh|ch|tz|zz)|(?<=x))es$", ""),  # glasses, dishes, matches, waltzes, boxes
    (r"(?<=[^ao]u)ses$", "s"),  # buses, not houses or causes
    (r"(?<=..o)es$", ""),  # potatoes, not toes
    (r"(?<![isu])s$", ""),  # doses, days; not basis, glass or celsius
)


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
    if re.match(r"\d", unit) or not re.fullmatch(r"[a-z]{4,}|men", last):
        return unit  # with a number, or short: mostly a symbol, such as lbs
    return " ".join([*most, _singular(last)])


def _singular(word: str) -> str:
    if word in SAME_PLURALS:
        return word
    if word in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[word]
    fitting = (re.subn(pattern, ending, word) for pattern, ending in PLURAL_ENDINGS)
    return next((singular for singular, times in fitting if times), word)
