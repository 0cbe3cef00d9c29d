"""The Node tests of the frontend, on fixtures that Python has just written."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from linreg.ui.stage.payload_types import ControlName, PanelName
from tests.ui.stage.frontend.helpers import fixtures

HERE = Path(__file__).parent / "frontend"
FRONTEND = Path(__file__).parents[3] / "linreg/ui/stage/frontend"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fixtures")
    fixtures.write(folder)
    return folder


def test_the_node_tests_pass(written):
    """Every file is a suite of one process: starting Node for each takes three times as long."""
    beside = Path(sys.executable).parent  # where scripts/node.sh puts it if the system has none
    node = shutil.which("node", path=f"{beside}{os.pathsep}{os.environ['PATH']}")
    assert node, "The tests of the frontend need Node 20 or later: run “sh scripts/node.sh”."
    files = sorted(map(str, HERE.rglob("*.test.js")))
    assert files
    done = subprocess.run(
        [node, "--test-reporter=tap", HERE / "helpers/together.js", *files],
        env={**os.environ, "LINREG_FIXTURES": str(written)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    failures = re.findall(r"^ *not ok .*?^ *\.\.\.$", done.stdout, re.M | re.S)
    assert done.returncode == 0, "\n".join([*failures, done.stderr])
    assert f"\n# suites {len(files)}\n" in done.stdout


def test_every_module_has_a_node_test_of_its_name():
    """There is no exception: the stage as a whole, too, is built on the tests' own document."""
    modules = {
        path.relative_to(FRONTEND).with_suffix(".test.js") for path in FRONTEND.rglob("*.js")
    }
    tests = {path.relative_to(HERE) for path in HERE.rglob("*.test.js")}
    assert len(modules) > 60
    assert sorted(map(str, modules - tests)) == []
    assert sorted(map(str, tests - modules)) == []


def test_every_node_test_loads_its_module():
    files = list(HERE.rglob("*.test.js"))
    assert len(files) > 60
    for path in files:
        module = path.relative_to(HERE).as_posix().removesuffix(".test.js")
        assert f'from "#frontend/{module}.js";' in path.read_text("utf-8"), path.name


def test_a_module_begins_with_the_noun_that_it_provides():
    heads = {path: path.read_text("utf-8").split(maxsplit=2) for path in FRONTEND.rglob("*.js")}
    assert len(heads) > 70
    for path, (mark, word, _) in heads.items():
        assert mark == "//", path.name
        assert word not in {"What", "Which", "Where", "When", "How", "Why"}, path.name


def camel(words):
    """Write words_like-these as a name LikeThis."""
    return "".join(word.capitalize() for word in re.split("[_-]", words))


def test_a_class_has_the_name_of_its_module():
    """Who reads a name knows which file to open."""
    exported = re.compile(r"^export class (\w+)(?: extends (\w+))?", re.M)
    classes = [
        (path.stem, name, base)
        for path in FRONTEND.rglob("*.js")
        for name, base in exported.findall(path.read_text("utf-8"))
    ]
    assert len(classes) > 40
    for module, name, base in classes:
        [kind] = re.findall("Control$|Panel$|$", base)[:1]
        assert name.endswith(kind), name
        assert name.endswith((camel(module), camel(module) + kind)), name


@pytest.mark.parametrize(
    ("module", "table", "kind", "names"),
    [
        ("picture.js", "KINDS", "Panel", get_args(PanelName)),
        ("stage.js", "CONTROLS", "Control", get_args(ControlName)),
    ],
)
def test_a_layout_calls_panels_and_controls_by_their_classes(module, table, kind, names):
    code = (FRONTEND / module).read_text("utf-8")
    [body] = re.findall(rf"^const {table} = \{{\n(.*?)^\}};", code, re.M | re.S)
    called = dict(re.findall(r'^  "?([\w-]+)"?: (?:\{ \w+: )?(\w+)', body, re.M))
    assert called == {name: camel(name) + kind for name in names}


def test_a_constant_has_a_name_of_its_own():
    """Two modules that need the same number share it; another limit has another name."""
    names = [
        name
        for path in FRONTEND.rglob("*.js")
        for name in re.findall(r"^(?:export )?const ([A-Z][A-Z\d_]*)\b", path.read_text(), re.M)
    ]
    assert len(names) > 70
    assert not [name for name, times in Counter(names).items() if times > 1]


def test_an_update_and_an_answer_alone_replace_the_state():
    code = (FRONTEND / "stage.js").read_text("utf-8")
    methods = re.split(r"^  (?=(?:async |get )?#?\w+\(.*\{$)", code, flags=re.M)
    replacing = [each.split("(")[0] for each in methods if "this.#state = " in each]
    assert replacing == ["update", "async receive"]
    assert not re.search(r"this\.#state\.\w+ [+*-]?= ", code)


def test_no_line_is_longer_than_120_columns():
    """Biome wraps code only: comments, text and styles would grow as they like."""
    files = [path for path in FRONTEND.rglob("*") if path.suffix in {".js", ".ts", ".css"}]
    files += HERE.rglob("*.js")
    assert len(files) > 130
    lines = [
        (path.name, number, line)
        for path in files
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
    ]
    assert len(lines) > 10_000
    assert not [each for each in lines if len(each[-1]) > 120]
