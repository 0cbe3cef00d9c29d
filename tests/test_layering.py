"""The core runs without a screen: importing all of it loads no part of Streamlit or Plotly.

The order of the imports themselves is checked by the contracts of pyproject.toml (`lint-imports`).
"""

import ast
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "linreg"
CORE = sorted(
    ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")
    for path in PACKAGE.rglob("*.py")
    if PACKAGE / "ui" not in path.parents
)
BANNED = {"streamlit", "plotly", "starlette"}


def imported_by(*modules):
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    fresh = [sys.executable, "-c", code]
    done = subprocess.run(fresh, cwd=PACKAGE.parent, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_core_imports_no_screen():
    loaded = imported_by(*CORE)
    assert len(CORE) > 90
    assert set(CORE) <= set(loaded)
    assert not {name.split(".")[0] for name in loaded} & BANNED


def test_the_check_sees_a_banned_module():
    assert "plotly" in imported_by("plotly")


def names_used(tree):
    """Yield each module of linreg that a module imports from, and a name that it uses of it."""
    modules = {}  # by the name that each has here
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {each.asname: each.name for each in node.names if each.asname}
        elif isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "linreg":
            for each in node.names:
                if (PACKAGE.parent / node.module.replace(".", "/") / f"{each.name}.py").is_file():
                    modules[each.asname or each.name] = f"{node.module}.{each.name}"
                else:
                    yield node.module, each.name
    attributes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    for node in attributes:
        if isinstance(node.value, ast.Name) and node.value.id in modules:
            yield modules[node.value.id], node.attr


def constants_used_alone(path):
    """Name the modules of other wings of which a module uses nothing but constants."""
    wing = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    used = defaultdict(set)
    for module, name in names_used(ast.parse(path.read_text(encoding="utf-8"))):
        if module.startswith("linreg.") and module.split(".")[1] != wing:
            used[module].add(name)
    constant = re.compile(r"[A-Z][A-Z0-9_]*")
    return {module for module, names in used.items() if all(map(constant.fullmatch, names))}


# The one exception: constants that the browser is sent. Each belongs to what it limits or says, the
# browser needs the same, and payload.py is the one place that sends it.
SENT = {
    "linreg.teaching.exercises",
    "linreg.teaching.step_guess",
    "linreg.training.eigen_directions",
    "linreg.training.learning_rate",
    "linreg.training.messages",
}


def test_no_wing_uses_a_constant_alone():
    """A constant belongs to what it limits: that has a predicate, or hands the value on."""
    used = {path.relative_to(PACKAGE): constants_used_alone(path) for path in PACKAGE.rglob("*.py")}
    assert len(used) > 150
    assert used.pop(Path("ui/stage/payload.py")) == SENT
    assert {str(path): modules for path, modules in used.items() if modules} == {}


USES = """
from linreg.data import dataset, select, training_set as t
from linreg.data.load import ROWS, load_table
from linreg.model.scaling import TOLERANCE
from linreg.ui import shell
from linreg.ui.sidebar import PAGES

import linreg.training.messages as m

select.MOST, select.usable(), t.ROWS, dataset.FEW, m.ENDINGS, shell.PAGES
"""


def test_the_check_sees_constants_by_name_and_as_attributes(tmp_path, monkeypatch):
    package = tmp_path / "linreg"
    monkeypatch.setitem(globals(), "PACKAGE", package)
    for name in ("data/dataset", "data/select", "data/training_set", "ui/shell", "ui/x"):
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / f"{name}.py").touch()
    (package / "ui" / "x.py").write_text(USES)
    assert constants_used_alone(package / "ui" / "x.py") == {
        "linreg.data.dataset",
        "linreg.data.training_set",
        "linreg.model.scaling",
        "linreg.training.messages",
    }
