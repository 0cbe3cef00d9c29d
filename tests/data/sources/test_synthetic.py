"""Data with a known truth, and points drawn by hand."""

from dataclasses import fields, replace
from urllib.parse import parse_qs

import numpy as np
import pytest

from linreg.data.sources.synthetic import GENERATORS, Drawn, Line
from linreg.experiment.experiment import Experiment
from linreg.experiment.url import from_query, to_link

KINDS = sorted(GENERATORS)


@pytest.fixture(params=KINDS)
def kind(request):
    return GENERATORS[request.param]


def test_the_names_an_address_uses():
    assert KINDS == ["curve", "five", "growing-noise", "line", "outliers", "plane"]


def test_fields_carry_what_a_screen_needs(kind):
    assert fields(kind)
    for f in fields(kind):
        assert {"label", "low", "high", "step", "integer"} == set(f.metadata)
        assert f.metadata["low"] <= f.default <= f.metadata["high"]
        assert f.metadata["integer"] == isinstance(f.default, int)


def test_draw_has_the_shapes_it_promises(kind):
    data = kind(n=30).draw()
    assert data.X.shape == (30, len(data.features))
    assert data.y.shape == data.rows.shape == (30,)
    assert len(data.true_theta) == len(data.features) + 1
    assert (data.X >= -2).all()
    assert (data.X <= 4).all()


def test_same_parameters_same_rows(kind):
    first, again = kind().draw(), kind().draw()
    np.testing.assert_array_equal(first.X, again.X)
    np.testing.assert_array_equal(first.y, again.y)
    assert not np.array_equal(kind(seed=2).draw().y, first.y)


def test_more_rows_keep_the_first_rows(kind):
    few, many = kind(n=20).draw(), kind(n=300).draw()
    np.testing.assert_array_equal(many.X[:20], few.X)
    np.testing.assert_allclose(many.y[:20], few.y, rtol=1e-14)


def test_noise_stretches_the_same_errors(kind):
    exact, one, three = (kind(noise=s).draw() for s in (0.0, 1.0, 3.0))
    np.testing.assert_allclose(three.y - exact.y, 3 * (one.y - exact.y), atol=1e-12)


@pytest.mark.parametrize("name", ["line", "growing-noise", "plane", "five"])
def test_without_noise_the_truth_is_exact(name):
    data = GENERATORS[name](noise=0.0).draw()
    theta = np.array(data.true_theta)
    np.testing.assert_allclose(data.y, theta[0] + data.X @ theta[1:], rtol=1e-14)


def test_default_line():
    line = Line()
    assert (line.n, line.theta0, line.theta1, line.noise) == (50, 1.0, 2.0, 1.0)
    assert (line.low, line.high, line.seed) == (-2.0, 4.0, 1)


def test_curve_bends():
    data = GENERATORS["curve"](noise=0.0, theta0=0.0, theta1=0.0, curvature=2.0).draw()
    np.testing.assert_allclose(data.y, 2 * data.X[:, 0] ** 2)


def test_a_larger_share_keeps_the_outliers_there_are():
    outliers = GENERATORS["outliers"]
    clean = outliers(noise=0.0, share=0.0, n=500).draw().y
    few, many = (outliers(noise=0.0, share=s, n=500).draw().y - clean for s in (0.1, 0.3))
    assert set(np.round(many, 9)) == {0.0, 15.0}
    assert (many[few > 1] > 1).all()
    assert (few > 1).mean() == pytest.approx(0.1, abs=0.04)


def test_growing_noise_is_proportional_to_the_distance_from_low():
    made = GENERATORS["growing-noise"](noise=6.0, theta0=0.0, theta1=0.0, n=2000)
    data, plain = made.draw(), Line(noise=1.0, theta0=0.0, theta1=0.0, n=2000).draw()
    np.testing.assert_allclose(data.y, 6.0 * (data.X[:, 0] + 2) / 6 * plain.y, rtol=1e-9)


@pytest.mark.parametrize("r", [-0.99, -0.5, 0.0, 0.9, 0.99])
@pytest.mark.parametrize("name", ["plane", "five"])
def test_neighbours_correlate_as_asked(name, r):
    X = GENERATORS[name](n=2000, correlation=r).draw().X
    correlations = [np.corrcoef(X[:, j], X[:, j + 1])[0, 1] for j in range(X.shape[1] - 1)]
    np.testing.assert_allclose(correlations, r, atol=0.08)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"low": 4.0, "high": 4.0}, "x from must be less than x to, got 4 and 4"),
        ({"n": 1}, "n must be a whole number from 2 to 2,000, got 1"),
        ({"n": 2.5}, "n must be a whole number from 2 to 2,000, got 2.5"),
        ({"noise": -0.1}, "noise must be a number from 0 to 20, got -0.1"),
        ({"noise": float("nan")}, "noise must be a number from 0 to 20, got nan"),
        ({"theta1": "2"}, "theta1 must be a number from −10 to 10, got '2'"),
        ({"seed": True}, "seed must be a whole number from 0 to 9,999, got True"),
    ],
)
def test_parameters_out_of_bounds(parameters, message):
    with pytest.raises(ValueError, match=message):
        Line(**parameters)


def test_replace_checks_again():
    with pytest.raises(ValueError, match="n must be"):
        replace(Line(), n=0)


def test_drawn_points():
    data = Drawn(((0, 1), (2, 3))).draw()
    np.testing.assert_array_equal(data.X, [[0.0], [2.0]])
    np.testing.assert_array_equal(data.y, [1.0, 3.0])
    assert (data.features, data.target, data.true_theta) == (("x",), "y", None)
    assert len(Drawn().draw().y) == 8


@pytest.mark.parametrize(
    ("points", "message"),
    [
        (((0.0, 1.0),), "points must be 2 to 100 points, got 1"),
        (((0.0, 1.0),) * 101, "points must be 2 to 100 points, got 101"),
        (((0.0, 1.0), (float("nan"), 1.0)), "pairs of numbers .* in row 2"),
        (((0.0, 1.0), (10**400, 1.0)), "pairs of numbers .* in row 2"),
        (((0.0, 1.0), ("1", 1.0)), "pairs of numbers .* in row 2"),
        (((0.0, 1.0), np.ma.array([1.0, 2.0], mask=[0, 1])), "pairs of numbers .* in row 2"),
    ],
)
def test_drawn_points_are_checked(points, message):
    with pytest.raises(ValueError, match=message):
        Drawn(points)


@pytest.mark.parametrize("n", [50.0, np.int64(50), np.uint8(50), np.float64(50), np.float32(50)])
def test_a_whole_number_of_any_type_is_one_of_python(n):
    made, plain = Line(n=n, seed=n), Line(n=50, seed=50)
    assert made == plain
    assert (type(made.n), type(made.seed)) == (int, int)
    assert repr(made) == repr(plain)
    np.testing.assert_array_equal(made.draw().y, plain.draw().y)
    assert to_link(Experiment(data=made)) == to_link(Experiment(data=plain)) == "seed=50"


def test_a_number_of_numpy_is_one_of_python():
    made = Line(noise=np.float32(0.5), theta1=np.float64(3), low=np.int64(-5))
    assert made == Line(noise=0.5, theta1=3.0, low=-5)
    assert repr(made) == repr(Line(noise=0.5, theta1=3.0, low=-5))
    link = to_link(Experiment(data=made))
    assert from_query(parse_qs(link))[0].data == made


@pytest.mark.parametrize("noise", [10**400, -(10**400), True, "1", None, np.nan])
def test_what_is_no_number_within_bounds_is_refused(noise):
    with pytest.raises(ValueError, match="noise must be a number from 0 to 20, got"):
        Line(noise=noise)


def test_points_in_an_array_are_points():
    made = Drawn(np.array([[1, 2], [3.5, 4]]))
    assert made == Drawn(((1, 2), (3.5, 4)))
    assert hash(made) == hash(Drawn(((1, 2), (3.5, 4))))
    assert {type(v) for point in made.points for v in point} == {float}


@pytest.mark.parametrize(
    "n",
    [
        50.5,
        True,
        np.True_,
        "50",
        None,
        np.array(50),
        np.nan,
        np.inf,
        1.0,
        2001,
        np.int64(1),
        10**400,
        pytest.param(-(10**5000), id="long"),
    ],
)
def test_what_is_no_whole_number_within_bounds_is_refused_at_once(n):
    with pytest.raises(ValueError, match="n must be a whole number from 2 to 2,000, got"):
        Line(n=n)
