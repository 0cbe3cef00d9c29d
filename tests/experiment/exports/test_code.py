"""The programs on the page, run as a reader would run them, against the core's own run."""

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from linreg.data.cleaning.repairs.column_repairs import Standardise
from linreg.data.cleaning.repairs.row_repairs import Cell, LeaveGroup, LeaveRows
from linreg.data.files.read_table import read_table
from linreg.data.files.table import Table
from linreg.data.load import load_training_set
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn, Line
from linreg.data.summary.accumulator import Accumulator
from linreg.data.training_set import done_before
from linreg.experiment.column_units import units_before
from linreg.experiment.experiment import Experiment
from linreg.experiment.exports.code import (
    CONDENSED_LINES,
    LOSS_LINES,
    ROWS_FILE,
    programs,
    rows_csv,
    rows_to_write,
)
from linreg.experiment.resolve import resolve
from linreg.text.symbols import PARAMETER_SYMBOLS, PREDICTION_SYMBOLS, RATE_SYMBOLS, Notation

ROOT = Path(__file__).parents[3]
NO_TORCH = "The PyTorch program needs a Python with torch: run “sh scripts/torch.sh”."
BETA = Notation("beta", "hat", "alpha")
# Behind it are more rows than it holds, so that the programs work with others.
LARGE = Accumulator([*"abcdefghijklmnopqrstu"]).feed(
    np.random.default_rng(0).normal(size=(21, 5000))
)
LARGE = LARGE.summary("c")
REPAIRS = (Standardise("total_bill"), LeaveGroup("day", "Sat"), LeaveRows((2, 9)))
FEW = (LeaveGroup("sex", "Male"), Cell(3, "size", "2"))
EXPERIMENTS = {
    "repaired": Experiment(data=TableChoice("tips", repairs=REPAIRS), steps=5),
    "repaired and few": Experiment(data=TableChoice("tips", repairs=FEW), rate=1e-6, steps=5),
    "default": Experiment(),
    "mse": Experiment(loss="mse", steps=40),
    "half-mse": Experiment(loss="half-mse", start=7),
    "no intercept": Experiment(intercept=False),
    "one row pair": Experiment(data=Drawn(((0.0, 1.0), (2.0, -1.5)))),
    "plane": Experiment(data=GENERATORS["plane"](correlation=0.8)),
    "five": Experiment(data=GENERATORS["five"](), notation=BETA),
    "five without intercept": Experiment(data=GENERATORS["five"](), intercept=False, loss="mse"),
    "a real table": Experiment(data=TableChoice("tips"), notation=Notation(parameters="weights")),
    "two columns from a file": Experiment(data=TableChoice("tips", "tip", ("total_bill", "size"))),
    "many rows": Experiment(data=Line(n=1000, low=0)),
    "a problem file": Experiment(data=TableChoice(UPLOAD, "c", ("a", "b")), loss="mse"),
    "a problem file, ½": Experiment(data=TableChoice(UPLOAD, "b", ("a",)), loss="half-mse"),
    "a problem file without intercept": Experiment(
        data=TableChoice(UPLOAD, "c", ("a", "b")), intercept=False
    ),
    "a wide problem file": Experiment(data=TableChoice(UPLOAD, "c", tuple("abdefghijklmnopqrstu"))),
    "diverging": Experiment(rate=0.01),
    "diverging beyond float64": Experiment(rate=5.0, steps=2000),
    "no step fits": Experiment(start=(1e70, 1e70), rate=1e90),
}


def written_down(experiment):
    """Return the run, its two programs and their data file."""
    rows = load_training_set(experiment.data, LARGE)
    resolved = resolve(experiment, rows)
    written = rows_csv(rows_to_write(rows, intercept=experiment.intercept))
    return resolved.run, programs(resolved), written


def same(done, theta, losses):
    """Hold a program's numbers against the core's: rounding grows with the steps taken."""
    scale = np.abs(done.theta[-1]).max() or 1.0
    np.testing.assert_allclose(theta, done.theta[-1], rtol=1e-9, atol=1e-9 * scale)
    np.testing.assert_allclose(losses, done.loss, rtol=1e-9)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_numpy_program_gives_the_numbers_of_the_run(name, tmp_path, monkeypatch, capsys):
    done, texts, rows = written_down(EXPERIMENTS[name])
    (tmp_path / ROWS_FILE).write_text(rows)
    monkeypatch.chdir(tmp_path)
    names = {}
    exec(compile(texts.numpy, "shown.py", "exec"), names)
    theta = names[EXPERIMENTS[name].notation.parameters]
    same(done, theta, names["losses"])
    assert capsys.readouterr().out == f"{theta.tolist()} {names['losses'][-1]}\n"


@pytest.fixture(scope="module")
def torch():
    """The path of a Python that has torch."""
    command = ["sh", str(ROOT / "scripts" / "torch.sh"), "--find"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(NO_TORCH)
    return done.stdout.strip()


@pytest.fixture(scope="module")
def by_torch(torch, tmp_path_factory):
    """What the shown PyTorch programs leave behind; torch itself is loaded once for all."""
    tellers = []
    for name, experiment in EXPERIMENTS.items():
        _, texts, rows = written_down(experiment)
        folder = tmp_path_factory.mktemp("torch")
        (folder / ROWS_FILE).write_text(rows)
        (folder / "shown.py").write_text(texts.torch)
        tellers.append([name, str(folder), experiment.notation.parameters])
    runner = (
        "import contextlib, io, json, os, sys\n"
        "told = {}\n"
        "for name, folder, theta in json.loads(sys.argv[1]):\n"
        "    os.chdir(folder)\n"
        "    names, out = {}, io.StringIO()\n"
        "    with contextlib.redirect_stdout(out):\n"
        "        exec(open('shown.py', encoding='utf-8').read(), names)\n"
        "    told[name] = [names[theta].tolist(), names['losses'], out.getvalue()]\n"
        "print(json.dumps(told))\n"
    )
    # What this process was told about packages is no other interpreter's business.
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [torch, "-c", runner, json.dumps(tellers)],
        capture_output=True,
        text=True,
        check=False,
        env=clean,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_torch_program_gives_the_numbers_of_the_run(name, by_torch):
    theta, losses, out = by_torch[name]
    done, *_ = written_down(EXPERIMENTS[name])
    same(done, theta, losses)
    assert out == f"{theta} {losses[-1]}\n"


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_programs_go_line_by_line(name):
    _, texts, _ = written_down(EXPERIMENTS[name])
    ours, theirs = texts.numpy.splitlines(), texts.torch.splitlines()
    assert len(ours) == len(theirs)
    differ = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    assert len(differ) <= 10
    assert all(line == line.rstrip() for line in ours + theirs)


def test_few_rows_stand_in_the_program_and_many_in_a_file():
    assert written_down(EXPERIMENTS["default"])[1].inline
    assert not written_down(EXPERIMENTS["many rows"])[1].inline


@pytest.mark.parametrize("lines", [LOSS_LINES, CONDENSED_LINES])
@pytest.mark.parametrize("loss", LOSS_LINES)
def test_the_gradient_by_hand_is_the_derivative_of_the_loss_shown(loss, lines):
    rng = np.random.default_rng(3)
    X, y, theta = rng.normal(size=(7, 3)), rng.normal(size=7), rng.normal(size=3)
    value, gradient = (compile(text, loss, "eval") for text in lines[loss])

    def at(point, what):
        return eval(what, {"X": X, "y": y, "n": 50, "error": y - X @ point})

    h = 0.5 * np.eye(3)  # exact for a quadratic, up to rounding
    central = [at(theta + e, value) - at(theta - e, value) for e in h]
    np.testing.assert_allclose(at(theta, gradient), central, rtol=1e-12)


@pytest.mark.parametrize("parameters", PARAMETER_SYMBOLS)
@pytest.mark.parametrize("fitted", PREDICTION_SYMBOLS)
@pytest.mark.parametrize("rate", RATE_SYMBOLS)
def test_the_variables_follow_the_notation(parameters, fitted, rate):
    notation = Notation(parameters, fitted, rate)
    _, texts, _ = written_down(Experiment(notation=notation))
    for text in (texts.numpy, texts.torch):
        for word, chosen in (("theta", "theta"), ("beta", "beta"), ("weights", "weights")):
            assert (word in text) == (parameters == chosen)
        assert ("y_tilde" in text) == (fitted == "tilde")
        assert ("eta," in text.replace("theta", "").replace("beta", "")) == (rate == "eta")


def test_a_column_name_can_not_break_the_file():
    rows = load_training_set(TableChoice("tips"))
    data = rows.dataset
    odd = type(data)(data.X, data.y, ('a,"b\n# c',), "t\r\nip", data.rows, data.source)
    lines = rows_csv(odd).splitlines()
    assert lines[0] == '"a,""b # c",t ip'
    assert len(lines) == len(data.y) + 1


def test_exports_say_what_was_repaired_and_the_app_reads_them_again():
    experiment = EXPERIMENTS["repaired"]
    _, texts, rows = written_down(experiment)
    data = load_training_set(experiment.data).dataset
    assert [line.split(": ")[1] for line in rows.splitlines()[:3]] == [r.text for r in REPAIRS]
    for text in (texts.numpy, texts.torch):
        assert "# repaired: standardise:total_bill: “total_bill” is" in text
        assert max(map(len, text.splitlines())) <= 76
    again = read_table(rows.encode(), "rows.csv")
    np.testing.assert_array_equal(again.columns["total_bill"], data.X[:, 0])
    np.testing.assert_array_equal(again.columns["tip"], data.y)
    assert done_before(again) == data.repairs
    assert units_before(again) == {"total_bill": "standard deviations"}


def test_repairs_that_could_not_be_done_are_not_in_exports():
    chosen = TableChoice("tips", repairs=(LeaveRows((999,)), LeaveRows((2,))))
    assert [line[:12] for line in load_training_set(chosen).dataset.repairs] == ["leave-rows:2"]


def test_a_column_keeps_its_unit_whatever_spaces_its_name_has():
    names = ["a  b", "c:\u00a0 d", "e\r\nf", "g\th"]
    values = {name: np.array([1.0, 2.0, 4.0]) * j for j, name in enumerate(names, 1)}
    chosen = TableChoice(UPLOAD, names[-1], tuple(names[:-1]), tuple(map(Standardise, names)))
    data = load_training_set(chosen, Table("t", values, (), 3, ())).dataset
    again = read_table(rows_csv(data).encode())
    shown = [*names[:2], "e f", "g h"]
    assert [*again.columns] == shown
    assert units_before(again) == dict.fromkeys(shown, "standard deviations")
    (written_down,) = {line for line in done_before(again) if line.startswith("standardise:a")}
    assert written_down == data.repairs[0]
