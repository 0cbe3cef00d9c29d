"""Units follow from those of the columns."""

import pytest

from linreg.text.units import Units, per, squared, times


def test_the_units_of_a_line():
    units = Units("mpg", ("1000 lb", "standard deviations", ""))
    assert units.loss == "mpg²"
    assert [units.theta(j) for j in range(4)] == [
        *("mpg", "mpg per 1000 lb", "mpg per standard deviation", "mpg"),
    ]
    assert [units.gradient(j) for j in range(4)] == [
        *("mpg", "mpg · 1000 lb", "mpg · standard deviations", "mpg"),
    ]
    assert [units.rate(j) for j in range(4)] == [
        *("", "per (1000 lb)²", "per (standard deviations)²", ""),
    ]


def test_without_any_unit_there_is_nothing_to_say():
    units = Units("", ("", ""))
    assert units.loss == ""
    assert {units.theta(j) + units.gradient(j) + units.rate(j) for j in range(3)} == {""}


@pytest.mark.parametrize(
    ("unit", "square"),
    [
        *(("mpg", "mpg²"), ("m²", "m⁴"), ("m³", "m⁶"), ("°C", "°C²"), ("%", "%²"), ("", "")),
        *(("km/h", "(km/h)²"), ("US dollars", "(US dollars)²"), ("m⁻¹", "(m⁻¹)²")),
        *(("m s", "(m s)²"), ("1000", "(1000)²"), ("€", "€²"), ("m^2", "(m^2)²")),
    ],
)
def test_squares(unit, square):
    assert squared(unit) == square


@pytest.mark.parametrize(
    ("y", "x", "quotient", "product"),
    [
        ("kg", "m", "kg per m", "kg · m"),
        ("kg", "", "kg", "kg"),
        ("", "m", "per m", "m"),
        ("tips", "people", "tips per person", "tips · people"),
        ("€", "€", "€ per €", "€²"),
        ("km/h", "s", "km/h per s", "(km/h) · s"),
        ("s", "km/h", "s per (km/h)", "s · (km/h)"),
        ("l per km", "t", "(l per km) per t", "(l per km) · t"),
        ("t", "l per km", "t per (l per km)", "t · (l per km)"),
        ("y", "days", "y per day", "y · days"),
        ("y", "US dollars", "y per US dollar", "y · US dollars"),
        ("y", "inches", "y per inch", "y · inches"),
        ("y", "boxes", "y per box", "y · boxes"),
        ("y", "degrees celsius", "y per degrees celsius", "y · degrees celsius"),
        ("y", "lbs", "y per lbs", "y · lbs"),
        ("y", "1000 pounds", "y per 1000 pounds", "y · 1000 pounds"),
        ("y", "glass", "y per glass", "y · glass"),
    ],
)
def test_quotients_and_products(y, x, quotient, product):
    assert per(y, x) == quotient
    assert times(y, x) == product


SINGULARS = {
    **{"doses": "dose", "cities": "city", "siemens": "siemens", "hertz": "hertz"},
    **{"celsius": "celsius", "degrees": "degree", "feet": "foot", "inches": "inch"},
    **{"boxes": "box", "lenses": "lens", "gases": "gas", "buses": "bus", "houses": "house"},
    **{"bases": "base", "analyses": "analysis", "radians": "radian", "glasses": "glass"},
    **{"classes": "class", "miles": "mile", "lux": "lux", "gauss": "gauss", "days": "day"},
    **{"kelvins": "kelvin", "matches": "match", "potatoes": "potato", "movies": "movie"},
    **{"series": "series", "species": "species", "people": "person", "children": "child"},
    **{"mice": "mouse", "knives": "knife", "thousands": "thousand", "glass": "glass"},
    **{"henries": "henry", "teslas": "tesla", "joules": "joule", "newtons": "newton"},
    **{"sizes": "size", "prizes": "prize", "waltzes": "waltz", "quizzes": "quiz"},
    **{"cases": "case", "phases": "phase", "courses": "course", "purchases": "purchase"},
    **{"viruses": "virus", "causes": "cause", "toes": "toe", "shoes": "shoe", "ties": "tie"},
    **{"waves": "wave", "valves": "valve", "axes": "axis", "taxes": "tax", "tomatoes": "tomato"},
    **{"calories": "calorie", "batteries": "battery", "pixels": "pixel", "lens": "lens"},
    **{"basis": "basis", "bias": "bias", "dishes": "dish", "churches": "church", "men": "man"},
    **{"euros": "euro", "kilos": "kilo", "bytes": "byte", "minutes": "minute", "moles": "mole"},
    **{"responses": "response", "licenses": "license", "diseases": "disease", "yards": "yard"},
}


@pytest.mark.parametrize("plural", SINGULARS)
def test_a_quotient_is_by_one_of_them(plural):
    assert per("y", plural) == f"y per {SINGULARS[plural]}"
    assert per("y", f"light {plural}") == f"y per light {SINGULARS[plural]}"
    assert times("y", plural) == f"y · {plural}"
