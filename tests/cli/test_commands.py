import json
from dataclasses import replace

import numpy as np
import pytest

from linreg import LeastSquares, rate_limits, train
from linreg.data.summary import problem_file
from linreg.data.summary.accumulator import Accumulator
from tests.cli.made import rows


def least_squares(problem, target="y", features=("a", "b, c"), **options):
    moments = problem_file.load(problem).moments(target, features)
    return LeastSquares.from_moments(moments, **options)


def saved(tmp_path, names, columns, **options):
    path = tmp_path / "problem.json"
    problem_file.save(Accumulator(names).feed(columns).summary(names[-1], **options), path)
    return path


def test_fit_tells_the_exact_minimiser(problem, result):
    columns, _ = rows()
    Z = np.column_stack([np.ones(3000), *columns[:2]])
    direct = np.linalg.lstsq(Z, columns[2])[0]
    fit = result("fit", problem)
    assert list(fit) == ["n", "theta", "tsse", "r2", "rank", "condition"]
    assert list(fit["theta"]) == ["(intercept)", "a", "b, c"]
    np.testing.assert_allclose(list(fit["theta"].values()), direct, rtol=1e-12)
    assert (fit["n"], fit["rank"]) == (3000, 3)
    residuals = columns[2] - Z @ direct
    np.testing.assert_allclose(fit["tsse"], residuals @ residuals, rtol=1e-12)
    np.testing.assert_allclose(fit["r2"], 1 - fit["tsse"] / 3000 / columns[2].var(), rtol=1e-12)
    np.testing.assert_allclose(fit["condition"], np.linalg.cond(Z) ** 2, rtol=1e-9)


def test_fit_without_intercept(problem, result):
    fit = result("fit", problem, "--no-intercept")
    assert list(fit["theta"]) == ["a", "b, c"]
    expected = least_squares(problem, intercept=False).minimiser()
    assert list(fit["theta"].values()) == expected.tolist()


def test_another_target_and_fewer_features(problem, result):
    fit = result("fit", problem, "--target", "a", "--features", '"b, c"')
    expected = least_squares(problem, "a", ["b, c"]).minimiser()
    assert list(fit["theta"].values()) == expected.tolist()
    assert list(result("fit", problem, "--target", "a")["theta"]) == ["(intercept)", "b, c", "y"]


@pytest.mark.parametrize("loss", ["tsse", "mse", "half-mse"])
def test_train_is_the_run_of_the_library_bit_for_bit(problem, result, loss):
    squares = least_squares(problem)
    rate = 0.7 * rate_limits(squares, loss).limit
    content = result(
        "train", problem, "--rate", repr(rate), "--steps", 50, "--loss", loss, "--start=-1,0.5,2"
    )
    run = train(squares, rate=rate, steps=50, start=[-1, 0.5, 2], loss=loss)
    assert list(content)[-3:] == ["status", "reason", "loss"]
    assert list(content["theta"].values()) == run.theta[-1].tolist()
    assert content["loss"] == run.loss.tolist()
    assert (content["status"], content["reason"]) == (run.status, run.reason)
    np.testing.assert_allclose(content["tsse"], squares.tsse(run.theta[-1]), rtol=1e-12)


def test_a_run_that_diverges_is_a_result(problem, run):
    code, out, _ = run("train", problem, "--rate", 1, "--steps", 1000, "--json")
    content = json.loads(out)
    assert (code, content["status"]) == (0, "diverged")
    assert "above the limit" in content["reason"]
    assert len(content["loss"]) < 1000
    assert np.isfinite(content["loss"]).all()


def test_no_steps_are_allowed(problem, result):
    content = result("train", problem, "--rate", 1, "--steps", 0)
    assert list(content["theta"].values()) == [0, 0, 0]
    assert len(content["loss"]) == 1


def test_what_is_not_finite_is_null(tmp_path, result):
    path = saved(tmp_path, ["x", "y"], [np.arange(9.0), np.full(9, 4.0)])
    fit = result("fit", path)
    assert fit["r2"] is None
    assert list(fit["theta"].values()) == pytest.approx([4, 0])


def test_a_deficient_problem_names_its_columns(tmp_path, run):
    a = np.arange(30.0) ** 1.5
    path = saved(tmp_path, ["a", "b", "y"], [a, 2 * a, a + 1])
    code, out, errors = run("fit", path, "--json")
    assert code == 0
    assert json.loads(out)["rank"] == 2
    assert "“b” is a linear combination of “a”" in errors
    assert "least norm" in errors
    theta = list(json.loads(out)["theta"].values())
    expected = np.linalg.lstsq(np.column_stack([np.ones(30), a, 2 * a]), a + 1)[0]
    np.testing.assert_allclose(theta, expected, rtol=1e-10)


def test_a_constant_is_only_ambiguous_beside_an_intercept(tmp_path, run):
    path = saved(tmp_path, ["one", "y"], [np.ones(9), np.arange(9.0)])
    assert "“one” is constant" in run("fit", path)[2]
    assert run("fit", path, "--no-intercept")[2] == ""


def test_a_feature_with_the_name_of_the_intercept_is_refused(tmp_path, run):
    path = saved(tmp_path, ["(intercept)", "y"], [np.arange(9.0), np.arange(9.0)])
    code, _, errors = run("fit", path)
    assert code == 1
    assert "--no-intercept" in errors
    assert run("fit", path, "--no-intercept")[0] == 0


def test_sums_of_squares_that_overflow_are_refused(tmp_path, run):
    path = saved(tmp_path, ["x", "y"], [np.array([1e150, 9e149, -1e150]), np.arange(3.0)])
    summary = problem_file.load(path)
    many = summary.groups[""]
    for _ in range(30):
        many = many + many
    content = json.loads(problem_file.dumps(summary))
    content["content"]["rows_read"] = many.n
    content["content"]["groups"][0] |= {
        "n": many.n,
        "mean": many.mean.tolist(),
        "K": many.K[np.triu_indices(2)].tolist(),
    }
    content["checksum"] = problem_file.checksum(content["content"])
    path.write_text(json.dumps(content))
    code, _, errors = run("fit", path)
    assert code == 1
    assert "finite sums of squares" in errors


def test_text_has_every_digit_and_no_name_acts_on_the_terminal(tmp_path, run):
    path = saved(tmp_path, ["x\x1b[31m", "y"], [np.arange(9.0), np.arange(9.0) ** 2])
    code, out, _ = run("fit", path)
    assert code == 0
    assert "\x1b" not in out
    slope = least_squares(path, "y", ["x\x1b[31m"]).minimiser()[1]
    assert repr(float(slope)) in out


def test_train_as_text_tells_the_loss_of_some_steps(problem, run):
    _, out, _ = run("train", problem, "--rate", 1e-6, "--steps", 70)
    assert out.startswith("Done after 70 steps")
    steps = [line.split()[0] for line in out.split("step  tsse\n")[1].splitlines()]
    assert steps == ["0", "1", "2", "5", "10", "20", "50", "70"]


def test_summarise_tells_what_is_in_a_problem_file(problem, run):
    _, out, errors = run("summarise", problem)
    assert "“a” and “b, c”" in out
    assert "region  rows\nnorth   2000\nsouth   1000" in out
    assert errors == ""


def test_summarise_writes_a_problem_file(problem, run, tmp_path):
    path = tmp_path / "less.json"
    code, _, errors = run("summarise", problem, "--leave-out", "south", "-o", path)
    assert code == 0
    assert "1,000 rows of “south” were left out" in errors
    less = problem_file.load(path)
    assert (less.total.n, less.left_out, list(less.groups)) == (2000, 1000, ["north"])


def test_units_are_told_in_text_and_only_there(tmp_path, run, result):
    x = np.arange(9.0)
    summary = Accumulator(["x", "z", "y"]).feed([x, x**3, x**2]).summary("y")
    path = tmp_path / "p.json"
    problem_file.save(replace(summary, units={"x": "1000 lb", "y": "mpg"}), path)
    lines = run("fit", path)[1].splitlines()
    assert lines[0].split() == ["parameter", "value", "unit"]
    assert [line.split(maxsplit=2)[2] for line in lines[1:4]] == ["mpg", "mpg per 1000 lb", "mpg"]
    assert "target     y (mpg)" in lines
    lines = run("train", path, "--rate", 1e-9, "--steps", 1, "--no-intercept")[1].splitlines()
    assert [line.split(maxsplit=2)[2] for line in lines[3:5]] == ["mpg per 1000 lb", "mpg"]
    assert list(result("fit", path)["theta"]) == ["(intercept)", "x", "z"]


def test_a_condition_that_does_not_fit_a_float_is_null(tmp_path, result):
    x = np.array([1e-200, 2e-200, 3e-200])
    fit = result("fit", saved(tmp_path, ["x", "y"], [x, np.array([1.0, 2, 4])]))
    assert (fit["rank"], fit["condition"]) == (2, None)
