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
