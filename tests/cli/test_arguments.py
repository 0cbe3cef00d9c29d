import pytest

from linreg.cli.arguments import build
from linreg.experiment.experiment import Experiment
from linreg.model.least_squares import LOSSES


def options(*arguments):
    return build().parse_args(arguments)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        (["a"], ["a"]),
        (["a, b,c"], ["a", "b", "c"]),
        (['"a, b",c'], ["a, b", "c"]),
        (["a,b", "c"], ["a", "b", "c"]),
        (['5" pipe'], ['5" pipe']),
        (['"say ""hello"""'], ['say "hello"']),
    ],
)
def test_names_are_a_line_of_csv_and_may_be_repeated(typed, names):
    arguments = [part for text in typed for part in ("--features", text)]
    assert options("fit", "x.csv", *arguments).features == names


def test_the_start_may_begin_with_a_minus():
    run = options("train", "x.csv", "--rate", "1e-4", "--steps", "10", "--start=-1,2.5e3")
    assert run.start == [-1, 2500]


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        ["fit"],
        ["predict", "x.csv"],
        ["fit", "x.csv", "--features", ""],
        ["fit", "x.csv", "--features", "a,,b"],
        ["fit", "x.csv", "--leave-out", "a,"],
        ["fit", "x.csv", "--target", ""],
        ["fit", "x.csv", "--groups", ""],
        ["fit", "x.csv", "--scheduler", ""],
        ["fit", ""],
        ["summarise", "x.csv", "-o", ""],
        ["fit", "x.csv", "--engine", "spark"],
        ["fit", "x.csv", "--rate", "1"],
        ["train", "x.csv", "--rate", "1"],
        ["train", "x.csv", "--rate", "0", "--steps", "1"],
        ["train", "x.csv", "--rate", "nan", "--steps", "1"],
        ["train", "x.csv", "--rate", "inf", "--steps", "1"],
        ["train", "x.csv", "--rate", "fast", "--steps", "1"],
        ["train", "x.csv", "--rate", "1,2", "--steps", "1"],
        ["train", "x.csv", "--rate", "1", "--steps", "-1"],
        ["train", "x.csv", "--rate", "1", "--steps", "1.5"],
        ["train", "x.csv", "--rate", "1", "--steps", "1" + 5000 * "0"],
        ["train", "x.csv", "--rate", "1", "--steps", "²"],
        ["train", "x.csv", "--rate", "1", "--steps", "1", "--start", "a"],
        ["train", "x.csv", "--rate", "1", "--steps", "1", "--loss", "mae"],
    ],
)
def test_wrong_usage_is_told_by_argparse(wrong, capsys):
    with pytest.raises(SystemExit) as stop:
        options(*wrong)
    assert stop.value.code == 2
    assert "usage: python -m linreg" in capsys.readouterr().err


def test_the_limits_are_those_of_the_app():
    train = ["train", "x.csv", "--rate", "1", "--steps"]
    assert options(*train, str(Experiment.MAX_STEPS)).steps == Experiment.MAX_STEPS
    with pytest.raises(SystemExit):
        options(*train, str(Experiment.MAX_STEPS + 1))
    assert [options(*train, "1", "--loss", loss).loss for loss in LOSSES] == [*LOSSES]


def test_help_states_the_exit_codes(capsys):
    with pytest.raises(SystemExit) as stop:
        options("--help")
    assert stop.value.code == 0
    output = capsys.readouterr().out
    assert all(f"\n  {code} " in output for code in (0, 1, 2, 130, 141))


@pytest.mark.parametrize("typed", ["", " ", '""'])
def test_the_group_without_a_name_is_given_alone(typed):
    arguments = ["--leave-out", "north,south", "--leave-out", typed]
    assert options("fit", "x.csv", *arguments).leave_out == ["north", "south", ""]
