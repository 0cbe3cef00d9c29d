"""The Node tests of the frontend, on fixtures that Python has just written."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ui.stage.frontend.helpers import fixtures

HERE = Path(__file__).parent / "frontend"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fixtures")
    fixtures.write(folder)
    return folder


def test_the_node_tests_pass(written):
    beside = Path(sys.executable).parent  # where scripts/node.sh puts it if the system has none
    node = shutil.which("node", path=f"{beside}{os.pathsep}{os.environ['PATH']}")
    assert node, "The tests of the frontend need Node 20 or later: run “sh scripts/node.sh”."
    files = sorted(map(str, HERE.rglob("*.test.js")))
    assert files
    done = subprocess.run(
        [node, "--test", "--test-reporter=tap", *files],
        env={**os.environ, "LINREG_FIXTURES": str(written)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_module_without_a_browser_has_its_test():
    modules = {
        path.name for path in (HERE.parents[3] / "linreg/ui/stage/frontend/math").glob("*.js")
    }
    tests = {path.name.replace(".test", "") for path in (HERE / "math").glob("*.test.js")}
    assert modules
    assert modules <= tests
