"""The house as a whole: few rooms on a level, a test beside each module, and plain English."""

import ast
import io
import re
import tokenize
from collections import defaultdict
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "linreg"
APART = {"__init__.py", "__main__.py", "__pycache__", "py.typed"}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.name not in APART)
APP, OTHERS = ROOT / "app.py", [*(ROOT / "bench").rglob("*.py"), *(ROOT / "scripts").rglob("*.py")]
SOURCES = [
    APP,
    *OTHERS,
    *(p for d in ("linreg", "pages", "tests") for p in (ROOT / d).rglob("*.py")),
]
FRONTEND = [
    path
    for folder in (PACKAGE / "ui/stage/frontend", ROOT / "tests/ui/stage/frontend")
    for path in folder.rglob("*")
    if path.suffix in {".js", ".ts", ".css"}
]
NO_NOUN = r"(?:What|How|Which|Where|That|Who|Why|When|Whether|Everything)\b"
UNCLEAR = re.compile(r"\b(?:can\s+not|anew|in\s+vain|at\s+hand)\b", re.IGNORECASE)
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
LEVELS = sorted({path.parent for path in PACKAGE.rglob("*.*") if "__pycache__" not in path.parts})


@pytest.mark.parametrize("folder", LEVELS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_level_has_at_most_nine_rooms(folder):
    """Type declarations are none: they say what the modules beside them hold."""
    names = {path.name for path in folder.iterdir()} - APART
    rooms = {name for name in names if not name.endswith(".d.ts")}
    assert rooms
    assert len(rooms) <= 9, sorted(rooms)


def test_the_package_itself_has_at_most_twelve_entries():
    assert len([path for path in PACKAGE.iterdir() if path.name != "__pycache__"]) <= 12


def test_each_module_has_a_test_of_its_name():
    tests = {path.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    assert len(MODULES) > 100
    homes = {path: path.relative_to(PACKAGE).with_name(f"test_{path.name}") for path in MODULES}
    assert [str(test) for test in homes.values() if test not in tests] == []


def test_every_browser_test_is_marked_as_one():
    """`make check` needs no Chromium."""
    files = [*(ROOT / "tests" / "browser").glob("test_*.py")]
    assert len(files) > 20
    mark = "\npytestmark = pytest.mark.browser\n"
    assert [path.name for path in files if mark not in path.read_text(encoding="utf-8")] == []


def arithmetic(source):
    """Yield what a module computes: all operators between values but paths, and signs of values."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp):
            joins_a_path = isinstance(node.op, ast.Div) and isinstance(
                node.right, ast.JoinedStr | ast.Constant
            )
            if not joins_a_path or isinstance(getattr(node.right, "value", ""), int | float):
                yield ast.unparse(node)
        elif isinstance(node, ast.AugAssign) or (
            isinstance(node, ast.UnaryOp)
            and isinstance(node.op, ast.USub)
            and not isinstance(node.operand, ast.Constant)
        ):
            yield ast.unparse(node)


def test_a_page_does_no_arithmetic():
    sources = {path.name: path.read_text("utf-8") for path in (ROOT / "pages").glob("*.py")}
    assert len(sources) > 8
    computed = {name: [*arithmetic(source)] for name, source in sources.items()}
    assert {name: found for name, found in computed.items() if found} == {}


def test_the_check_of_arithmetic_tells_it_from_paths():
    source = 'HERE / "a.py", HERE / f"{x}.py", -1, 2 * x, x / 2, -x, n - 1, rows @ theta\nk += 1'
    assert [*arithmetic(source)] == ["k += 1", "2 * x", "x / 2", "-x", "n - 1", "rows @ theta"]


@cache
def prose(source):
    """List the docstrings and comments of a module: strings, the words on screen, are left out."""
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, DOCUMENTED)]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = [token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT]
    return [*filter(None, map(ast.get_docstring, nodes)), "\n".join(comments)]


STRING = r"""\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"""
SCRIPT_PARTS = re.compile(rf"(^test\()?({STRING})|//([^\n]*)|/\*(.*?)\*/", re.M | re.S)


def frontend_prose(source):
    """Return the comments of JavaScript or CSS, and the titles of tests; other strings are not."""
    parts = []
    for test, string, line, block in SCRIPT_PARTS.findall(source):
        parts += [string] if test else [line, block]
    return re.sub(r"^\s*\*", "", "\n".join(filter(None, parts)), flags=re.M)


def test_the_docstring_of_a_module_begins_with_the_noun_that_it_provides():
    texts = {path: ast.get_docstring(ast.parse(path.read_text("utf-8"))) for path in SOURCES}
    assert sum(text is not None for text in texts.values()) > 300
    assert [str(path) for path, text in texts.items() if text and re.match(NO_NOUN, text)] == []


def test_the_docstring_of_a_class_begins_with_a_noun():
    texts = {
        f"{path}: {node.name}": ast.get_docstring(node) or ""
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    assert sum(map(bool, texts.values())) > 150
    assert [where for where, text in texts.items() if re.match(NO_NOUN, text)] == []


def test_a_docstring_stands_alone():
    """In help(), nobody sees what another docstring says."""
    documented = [text for path in SOURCES for text in prose(path.read_text("utf-8"))]
    assert len(documented) > 1500
    referring = re.compile(r"[;,:.(]\s+see\s+`", re.IGNORECASE)
    assert referring.search("Yield the rows; see `Part.rows`")
    assert [text for text in documented if referring.search(text)] == []


def test_prose_keeps_to_standard_english():
    prose_of = {path: "\n".join(prose(path.read_text("utf-8"))) for path in SOURCES}
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    prose_of |= {path: path.read_text("utf-8") for path in documents}
    scripts = {path: frontend_prose(path.read_text("utf-8")) for path in FRONTEND}
    assert sum(map(len, scripts.values())) > 100_000
    prose_of |= scripts
    assert sum(map(len, prose_of.values())) > 200_000
    assert {str(path): UNCLEAR.findall(text) for path, text in prose_of.items()} == {
        str(path): [] for path in prose_of
    }


def test_the_check_of_prose_reads_docstrings_and_comments_alone():
    source = '"""It can not."""\n\nx = "in vain"  # anew: at\n# hand\n'
    assert UNCLEAR.findall("\n".join(prose(source))) == ["can not", "anew", "at\nhand"]


def test_the_check_of_prose_reads_comments_and_the_titles_of_tests_in_javascript():
    source = """// It can not,
const x = "in vain // anew"; // at
/**
 * @param {string} y - at
 *   hand
 */
test("a title is read anew", () => `http://at hand`);
"""
    assert UNCLEAR.findall(frontend_prose(source)) == ["can not", "at\n   hand", "anew"]
    assert UNCLEAR.findall(frontend_prose(".a { /* in vain */ }")) == ["in vain"]


@cache
def constants(source):
    """List the constants of a module with their values, as they are written."""
    found = []
    for node in ast.parse(source).body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = zip(target.elts, node.value.elts, strict=True)
                found += [
                    (name.id, ast.unparse(value))
                    for name, value in pairs
                    if isinstance(name, ast.Name) and re.fullmatch(r"_?[A-Z][A-Z0-9_]+", name.id)
                ]
    return found


def test_a_constant_has_one_value_and_in_the_package_one_home():
    values, homes = defaultdict(set), defaultdict(list)
    for path in [*MODULES, APP, *OTHERS]:
        for name, value in constants(path.read_text("utf-8")):
            values[name].add(value)
            if path in MODULES:
                homes[name].append(path.name)
    assert len(homes) > 300
    assert len(values) > len(homes) + 30  # those of bench/, scripts/ and app.py
    assert {name: written for name, written in values.items() if len(written) > 1} == {}
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


def test_limits_have_one_vocabulary():
    names = {name for path in SOURCES for name, _ in constants(path.read_text("utf-8"))}
    assert sum(re.match("_?(MAX|MIN)_", name) is not None for name in names) > 50
    other = re.compile("_?(MOST|LEAST|FEWEST|LARGEST|SMALLEST|GREATEST)(_|$)")
    assert {name for name in names if other.match(name)} == {"LEAST_NORM_NOTE"}


def test_the_check_of_constants_sees_each_kind_of_assignment():
    source = "LIMIT: int = 1\nFIRST, SECOND = 2, 3\nA = B = lower = 4\n_PRIVATE = 5\n"
    assert dict(constants(source)) == {"LIMIT": "1", "FIRST": "2", "SECOND": "3", "_PRIVATE": "5"}
