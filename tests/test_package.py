"""The installable package: its wheel, what it needs, and the library example of the README."""

import json
import re
import shlex
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def run(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(
        *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"),
        *("--wheel-dir", str(folder), str(ROOT)),
    )
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Return the folder of the programs of a fresh environment with the wheel.

    What linreg depends on is taken from the environment of the tests, through a path file.
    """
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False)
    programs = folder / "bin"
    pip = (sys.executable, "-m", "pip", "--python", str(programs / "python"))
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "of_the_tests.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return programs


def test_the_wheel_holds_the_package_and_nothing_else(wheel):
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "linreg").rglob("*.*")
        if path.suffix != ".pyc" and path.is_file()
    }
    assert {"linreg/py.typed", "linreg/ui/stage/frontend/stage.js"} <= wanted
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in names if ".dist-info/" not in name} == wanted


def test_the_example_of_the_readme_runs_on_the_wheel(installed, tmp_path):
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    rows = "import numpy as np\nX = np.linspace(-1, 1, 20)\ny = 1 + 2 * X\n"
    report = "import linreg\nprint(linreg.__file__, *problem.minimiser().round(9), run.status)"
    printed = run(str(installed / "python"), "-I", "-c", rows + example + report, cwd=tmp_path)
    file, *results = printed.split()
    assert Path(file).is_relative_to(installed.parent)
    assert results == ["1.0", "2.0", "converged"]


def test_the_command_of_the_wheel_fits_a_table(installed, tmp_path):
    (tmp_path / "rows.csv").write_text("x,y\n1,3\n2,5\n3,7\n4,9\n")
    linreg = str(installed / "linreg")
    assert "summarise" in run(linreg, "--help", cwd=tmp_path)
    fitted = run(linreg, "fit", "rows.csv", "--target", "y", "--json", cwd=tmp_path)
    assert json.loads(fitted)["r2"] == 1.0


def pins(name):
    lines = (ROOT / name).read_text().splitlines()
    parsed = [Requirement(line.split("#")[0]) for line in lines if line[:1] not in ("", "#", "-")]
    return {one.name: next(iter(one.specifier)).version for one in parsed}


@pytest.mark.parametrize(
    ("file", "declared"),
    [
        ("requirements.txt", PROJECT["dependencies"] + PROJECT["optional-dependencies"]["app"]),
        ("requirements-scale.txt", PROJECT["optional-dependencies"]["scale"]),
    ],
)
def test_every_pin_is_within_its_declared_range(file, declared):
    ranges = {one.name: one.specifier for one in map(Requirement, declared)}
    versions = pins(file)
    assert sorted(versions) == sorted(ranges)
    assert [name for name, pin in versions.items() if pin not in ranges[name]] == []


def test_before_a_commit_npm_is_the_one_that_make_check_uses(tmp_path):
    """Node may be installed in the folder of the Python environment alone."""
    text = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    (entry,) = re.findall(r"entry: (.*npm.*)", text)
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    npm = programs / "npm"
    npm.write_text('#!/bin/sh\necho "this one: $*"\n')
    npm.chmod(0o755)
    assert run(*shlex.split(entry), cwd=tmp_path) == "this one: --silent run check\n"
