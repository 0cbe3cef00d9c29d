"""The payload of the stage: every digit arrives, whatever the data."""

import json
import sys
from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linreg.data.load import load_training_set
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn, Line
from linreg.experiment.experiment import Experiment, View
from linreg.experiment.resolve import resolve
from linreg.experiment.url import to_link
from linreg.model.least_squares import LOSSES, LeastSquares, loss_scale
from linreg.text.symbols import Notation
from linreg.ui.stage.payload import MAX_DRAWN_ROWS, drawn_rows, kept_steps, payload

DATA = {
    **{name: kind() for name, kind in GENERATORS.items()},
    **{name: TableChoice(name) for name in BUILT_IN},
    "drawn": Drawn(),
}


def doubles(text):
    return np.frombuffer(b64decode(text), "<f8")


def integers(text):
    return np.frombuffer(b64decode(text), "<i4")


def payload_of(experiment, rows=None):
    return payload(resolve(experiment, rows or load_training_set(experiment.data)))


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", sorted(DATA))
def test_the_run_arrives_without_losing_a_digit(name, loss, intercept):
    asked = Experiment(data=DATA[name], loss=loss, intercept=intercept)
    rows = load_training_set(asked.data)
    done = resolve(asked, rows).run
    sent = payload_of(asked, rows)["run"]
    p = done.theta.shape[1]
    np.testing.assert_array_equal(integers(sent["kept"]), np.arange(101))
    np.testing.assert_array_equal(doubles(sent["theta"]).reshape(-1, p), done.theta)
    np.testing.assert_array_equal(doubles(sent["loss"]), done.loss)
    np.testing.assert_array_equal(doubles(sent["gradient"]).reshape(-1, p), done.gradient)
    for key in ("rate", "status", "converged_at", "diverged_at", "minimum"):
        assert sent[key] == getattr(done, key)


def test_of_a_long_run_the_kept_steps_arrive():
    asked = Experiment(steps=40_000, rate=1e-5)
    done = resolve(asked, load_training_set(asked.data)).run
    sent = payload_of(asked)["run"]
    kept = integers(sent["kept"])
    np.testing.assert_array_equal(kept, kept_steps(40_000))
    np.testing.assert_array_equal(doubles(sent["theta"]).reshape(-1, 2), done.theta[kept])
    np.testing.assert_array_equal(doubles(sent["loss"]), done.loss[kept])
    np.testing.assert_array_equal(doubles(sent["gradient"]).reshape(-1, 2), done.gradient[kept])


@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", sorted(DATA))
def test_the_bowl_gives_loss_and_gradient_anywhere(name, loss, intercept):
    rows = load_training_set(DATA[name])
    bowl = LeastSquares.from_arrays(rows.dataset.X, rows.dataset.y, intercept=intercept)
    sent = payload_of(Experiment(data=DATA[name], loss=loss, intercept=intercept), rows)["bowl"]
    s, w = doubles(sent["s"]), doubles(sent["w"])
    V, scale = doubles(sent["V"]).reshape(len(s), -1), loss_scale(loss, bowl.n)
    far = np.random.default_rng(1).standard_normal((50, len(s))) * 10
    b = w - s * (far @ V)
    losses, gradients = scale * (sent["rho2"] + np.square(b).sum(1)), -2 * scale * (s * b) @ V.T
    np.testing.assert_allclose(losses, scale * bowl.tsse(far), rtol=1e-12)
    exact = scale * bowl.gradient(far)
    np.testing.assert_allclose(gradients, exact, rtol=1e-12, atol=1e-12 * np.abs(exact).max())


@pytest.mark.parametrize("name", sorted(DATA))
def test_the_minimum_and_its_measures(name):
    rows = load_training_set(DATA[name])
    X, y = rows.dataset.X, rows.dataset.y
    sent = payload_of(Experiment(data=DATA[name], loss="mse"), rows)
    A = np.column_stack([np.ones(len(y)), X])
    best = np.linalg.lstsq(A / np.abs(A).max(0), y, rcond=None)[0] / np.abs(A).max(0)
    least = np.square(y - A @ best).sum()
    np.testing.assert_allclose(doubles(sent["bowl"]["best"]), best, rtol=1e-8)
    assert sent["bestTsse"] == pytest.approx(least)
    for mse in (sent["bestMse"], sent["bowl"]["bestLoss"]):
        assert mse == pytest.approx(least / len(y))
    assert sent["bestR2"] == pytest.approx(1 - least / np.square(y - y.mean()).sum())


@given(st.integers(0, 100_000))
@settings(deadline=None)
def test_kept_steps_begin_and_end_with_the_run(last):
    kept = kept_steps(last)
    assert (kept[0], kept[-1]) == (0, last)
    assert (np.diff(kept) > 0).all()
    assert len(kept) <= 1001
    if last <= 1000:
        assert len(kept) == last + 1


@pytest.mark.parametrize("last", [1001, 5000, 100_000])
def test_kept_steps_are_dense_where_the_run_is_young(last):
    kept = kept_steps(last)
    np.testing.assert_array_equal(kept[:500], np.arange(500))
    assert (np.diff(kept)[500:] / kept[500:-1]).max() < 0.05


@pytest.mark.parametrize("n", [1, 2, MAX_DRAWN_ROWS, MAX_DRAWN_ROWS + 1, 100_000])
def test_drawn_rows_are_one_fixed_sample(n):
    shown = drawn_rows(n)
    assert len(shown) == min(n, MAX_DRAWN_ROWS)
    assert (np.diff(shown) > 0).all()
    assert 0 <= shown[0] <= shown[-1] < n
    np.testing.assert_array_equal(shown, drawn_rows(n))


def test_of_many_rows_a_sample_is_drawn_and_said(rows):
    y = np.arange(5000.0)
    sent = payload_of(Experiment(data=TableChoice("upload", "y", ("x",))), rows(np.sin(y), y))
    assert sent["note"] == "2,000 of 5,000 rows drawn; training uses all"
    assert sent["n"] == 5000
    np.testing.assert_array_equal(doubles(sent["y"]), y[integers(sent["rows"]) - 1])
    np.testing.assert_array_equal(doubles(sent["X"]), np.sin(doubles(sent["y"])))
    assert sent["means"] == [pytest.approx(np.sin(y).mean())]


def test_few_rows_are_all_drawn_column_by_column():
    rows = GENERATORS["five"](n=30).draw()
    sent = payload_of(Experiment(data=GENERATORS["five"](n=30)))
    assert sent["note"] == "30 rows"
    np.testing.assert_array_equal(doubles(sent["X"]).reshape(5, 30), rows.X.T)
    np.testing.assert_array_equal(doubles(sent["y"]), rows.y)


HARD = {
    "diverging": ([1, 2, 3], [1, 2, 4]),
    "constant y": ([1, 2, 3], [5, 5, 5]),
    "all zero": ([0, 0], [0, 0]),
    "constant x": ([3, 3, 3], [1, 2, 3]),
    "twins": ([[1, 2], [2, 4], [3, 6]], [1, 0, 1]),
    "two rows": ([0, 1], [1, 3]),
    "fewer rows than parameters": ([[1, 2, 3], [3, 5, 9]], [1, 2]),
    "huge": ([1e150, -1e150], [1e150, 2e150]),
    "tiny": ([1e-155, 2e-155], [1e-150, 3e-150]),
    "vanishing": ([1e-200, 2e-200], [1e-250, 3e-250]),
    "far away": ([1e12, 1e12 + 1], [1e12, 1e12 + 2]),
}


@pytest.mark.slow
@pytest.mark.parametrize("intercept", [True, False])
@pytest.mark.parametrize("rate", [None, 1e-300, 0.3, 1e308])
@pytest.mark.parametrize("start", [None, 3, (1e99, -1e99)])
@pytest.mark.parametrize("name", sorted(HARD))
def test_every_number_has_a_word_in_json(rows, name, start, rate, intercept):
    X, y = HARD[name]
    names = tuple(f"x{j}" for j in range(np.size(X) // len(y)))
    chosen = TableChoice("upload", "y", names)
    asked = Experiment(data=chosen, start=start, rate=rate, steps=3000, intercept=intercept)
    sent = payload_of(asked, rows(X, y, names))
    assert json.loads(json.dumps(sent, allow_nan=False)) == sent
    for part in ("theta", "loss", "gradient"):
        assert np.isfinite(doubles(sent["run"][part])).all()
    for part in ("V", "s", "w", "best"):
        assert np.isfinite(doubles(sent["bowl"][part])).all()


@given(
    st.floats(0, exclude_min=True, allow_infinity=False),
    st.tuples(st.floats(-1e100, 1e100), st.floats(-1e100, 1e100)),
    st.sampled_from(LOSSES),
    st.integers(1, 3000),
)
@settings(deadline=None, max_examples=50)
def test_any_rate_and_start_make_a_payload(rate, start, loss, steps):
    sent = payload_of(Experiment(rate=rate, start=start, loss=loss, steps=steps))
    json.dumps(sent, allow_nan=False)
    np.testing.assert_array_equal(doubles(sent["run"]["theta"])[:2], start)
    assert sent["forecast"]["zone"]


def test_a_diverging_run_is_cut_at_its_last_finite_step():
    sent = payload_of(Experiment(rate=1.0, steps=5000))["run"]
    assert sent["status"] == "diverged"
    assert integers(sent["kept"])[-1] < 5000
    assert sent["steps"] == 5000
    assert len(doubles(sent["loss"])) == len(integers(sent["kept"]))


def test_constant_y_has_no_r2(rows):
    sent = payload_of(Experiment(data=TableChoice("upload")), rows([1, 2, 3], [5, 5, 5]))
    assert sent["bestR2"] is None
    assert sent["tss"] == 0


def test_without_an_intercept_r2_says_what_it_compares_with():
    assert payload_of(Experiment())["r2Note"] == ""
    sent = payload_of(Experiment(intercept=False))
    assert sent["r2Note"] == "Without an intercept R² compares with ỹ = 0 instead of the mean."
    rows = Line().draw()
    assert sent["tss"] == pytest.approx(np.square(rows.y).sum())


def test_without_slope_there_are_no_limits(rows):
    asked = Experiment(data=TableChoice("upload"), intercept=False)
    sent = payload_of(asked, rows([0, 0], [1, 2]))
    assert set(sent["limits"].values()) == {None}


def test_a_change_costs_at_most_25_kilobytes():
    assert len(json.dumps(payload_of(Experiment(data=Line(n=200), steps=100)))) <= 25_000


def test_names_are_sent_as_they_are(rows):
    names = ("<img src=x onerror=alert(1)>", "$x^2$ *a* :smile:")
    sent = payload_of(
        Experiment(data=TableChoice("upload")), rows(np.eye(3)[:, :2], [1, 2, 3], names, "</b>")
    )
    assert sent["features"] == list(names)
    assert sent["target"] == "</b>"
    assert sent["params"] == ["θ0", "θ1", "θ2"]
    assert sent["paramNames"] == ["θ0, intercept", *(f"θ{j}, {n}" for j, n in enumerate(names, 1))]


def test_labels_carry_the_units_of_a_real_table():
    sent = payload_of(Experiment(data=TableChoice("gapminder", "lifeExp", ("pop", "gdpPercap"))))
    assert sent["targetLabel"] == "lifeExp (years)"
    assert sent["featureLabels"] == [
        "pop (people)",
        "gdpPercap (US dollars per person, adjusted for inflation)",
    ]


def test_labels_without_a_unit_are_the_names(rows):
    asked = Experiment(data=TableChoice("upload", "tip", ("size",)))  # names of a built-in table
    named = rows([1, 2, 4], [1, 2, 3], ("size",), "tip")
    for sent in (payload_of(Experiment()), payload_of(asked, named)):
        assert (sent["featureLabels"], sent["targetLabel"]) == (sent["features"], sent["target"])


def test_without_intercept_the_weights_keep_their_numbers():
    sent = payload_of(Experiment(data=GENERATORS["plane"](), intercept=False))
    assert sent["params"] == ["θ1", "θ2"]
    assert not sent["intercept"]
    assert len(doubles(sent["bowl"]["s"])) == 2


def test_view_link_and_colours_come_along():
    asked = Experiment(data=Line(n=60), view=View(step=7, log=True, axes=(1, 0), show="0"))
    sent = payload_of(asked)
    assert sent["view"] == {"step": 7, "log": True, "pair": [1, 0], "dataView": "0"}
    assert sent["link"] == to_link(asked) == "n=60"
    assert set(sent["colours"]) == {"light", "dark"}
    assert not sent["drawing"]
    assert payload_of(Experiment(data=Drawn()))["drawing"]


def test_the_revision_tells_payloads_apart():
    first, again, other = (payload_of(Experiment(data=Line(seed=seed))) for seed in (1, 1, 2))
    assert first == again
    assert first["revision"] != other["revision"]
    assert first["key"] == other["key"]


def test_the_forecast_is_of_this_rate_and_start():
    limits = payload_of(Experiment())["limits"]
    zones = [
        payload_of(Experiment(rate=limits["limit"] * share))["forecast"]["zone"]
        for share in (0.4, 0.9, 1.1)
    ]
    assert zones == ["smooth", "zig-zag", "diverges"]
    assert limits["smooth"] < limits["fastest"] < limits["limit"]


@pytest.mark.parametrize("intercept", [True, False])
def test_every_parameter_has_its_units(expected, intercept):
    data = TableChoice("tips", "tip", ("size",), units=(("tip", "$"),))
    units = expected(Experiment(data=data, intercept=intercept))["units"]
    first = 0 if intercept else 1
    assert units == {
        "theta": ["$", "$ per person"][first:],
        "gradient": ["$", "$ · people"][first:],
        "rate": ["", "per people²"][first:],
        "loss": "$²",
        "target": "$",
    }


def test_without_units_there_are_none(expected):
    units = expected(Experiment(data=Line()))["units"]
    assert units == {"theta": ["", ""], "gradient": ["", ""], "rate": ["", ""]} | dict.fromkeys(
        ("loss", "target"), ""
    )


def calls_of(action, *names):
    """Return how often functions of linreg are called during an action."""
    seen = dict.fromkeys(names, 0)

    def note(frame, event, _):
        if event == "call" and frame.f_code.co_name in seen:
            seen[frame.f_code.co_name] += 1

    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(None)
    return tuple(seen.values())


@pytest.mark.parametrize("loss", LOSSES)
def test_limits_and_rows_are_worked_out_once_whatever_the_rate(loss):
    rows = load_training_set(Line())
    names = ("rate_limits", "train", "start_of", "drawn_rows", "descent", "outlook")
    first, second = (
        calls_of(lambda: payload_of(Experiment(loss=loss, rate=rate), rows), *names)  # noqa: B023
        for rate in (0.001, 0.002)
    )
    assert first == (1, 0, 1, 1, 1, 1)
    assert second == (0, 0, 1, 0, 1, 1)


def test_every_choice_is_described_although_the_last_description_is_kept(rows):
    training_set, plain = rows([1, 2, 4], [1, 2, 3]), Experiment(data=TableChoice("upload"))
    before = payload_of(plain, training_set)
    for choice in (
        {"data": TableChoice("upload", units=(("y", "$"),))},
        {"notation": Notation("weights")},
        {"loss": "mse"},
        {"intercept": False},
    ):
        other = replace(plain, **choice)
        after = payload_of(other, training_set)
        assert after == payload_of(other, rows([1, 2, 4], [1, 2, 3]))
        assert after != before
        assert payload_of(plain, training_set) == before
