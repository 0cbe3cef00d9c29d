"""Fixtures of the command line: a table as a problem file, and ways to run commands."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from linreg.cli.main import main
from linreg.data.summary import problem_file
from linreg.data.summary.accumulator import Accumulator
from tests.cli.made import rows

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def problem(tmp_path_factory):
    """Return the path of a problem file of the rows."""
    path = tmp_path_factory.mktemp("command") / "problem.json"
    columns, groups = rows()
    gatherer = Accumulator(["a", "b, c", "y"], "region").feed(columns, groups)
    problem_file.save(gatherer.summary("y", source="rows.csv"), path)
    return str(path)


@pytest.fixture
def run(capsys):
    """Return what runs a command here: exit code, output, errors."""

    def run(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture
def result(run):
    """Return what runs a command with --json that must not fail, and returns its object."""

    def result(*arguments):
        code, out, _ = run(*arguments, "--json")
        assert code == 0
        return json.loads(out, parse_constant=pytest.fail)

    return result


@pytest.fixture
def start():
    """Return what starts a command in a process of its own."""
    started = []

    def start(*arguments, **options):
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | options
        command = [sys.executable, "-m", "linreg", *(str(argument) for argument in arguments)]
        started.append(subprocess.Popen(command, cwd=ROOT, **options))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()
