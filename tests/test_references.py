"""References in comments, docstrings and documents: to modules, files and names that exist."""

import ast
import builtins
import io
import keyword
import re
import sys
import tokenize
from functools import cache
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDERS = ("linreg", "pages", "tests", "bench", "scripts", "docs", ".ci", ".streamlit")
FILES = sorted(
    path
    for place in (ROOT, *(ROOT / name for name in FOLDERS))
    for path in (place.iterdir() if place == ROOT else place.rglob("*"))
    if path.is_file() and "__pycache__" not in path.parts
)
PYTHON = [path for path in FILES if path.suffix == ".py"]
SCRIPTS = [path for path in FILES if path.suffix in (".js", ".ts")]
SETTINGS = [path for path in FILES if path.suffix in (".toml", ".txt", ".sh", ".yaml")]
DOCUMENTS = [path for path in FILES if path.suffix == ".md"]
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
COMMENT = re.compile(r"//.*|/\*[\s\S]*?\*/")  # of JavaScript
DECLARED = re.compile(  # in JavaScript: by a word, or as a member of a class or an interface
    r"^(?:export )?(?:async )?(?:function|class|const|let|type|interface)\s+(\w+)"
    r"|^ {2}(?:static |async |get |set |readonly |#)*(\w+)\??(?=[(:<;]| =)",
    re.MULTILINE,
)
BUILT_IN = {*dir(builtins), *keyword.kwlist, *sys.stdlib_module_names}
OF_OTHERS = {"Plotly.js", "plotly.js", "plotly.min.js"}


@cache
def prose_of_python(path):
    """Return the docstrings and comments of a module."""
    source = path.read_text(encoding="utf-8")
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, DOCUMENTED)]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = [token.string for token in tokens if token.type == tokenize.COMMENT]
    return "\n".join([*(ast.get_docstring(node) or "" for node in nodes), *comments])


def prose(path):
    """Return what a file says to its readers."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        return prose_of_python(path)
    if path.suffix in (".js", ".ts"):
        return "\n".join(COMMENT.findall(text))
    return text


def names_of_python(path):
    """Yield every name that a module defines, uses or spells out: as a string, or in a program."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    yield from path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(tree):
        for field in ("id", "attr", "arg", "name", "module"):
            yield from str(getattr(node, field, None) or "").split(".")
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in alone:
            is_program = re.search(r"\w\(| = ", node.value)
            yield from re.findall(r"\w+" if is_program else r"^[\w-]+$", node.value)


def defined_in_python(path):
    """Yield the name of a module and its folders, and what it defines for others to use."""
    yield from path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        if isinstance(node, (ast.Module, ast.ClassDef)):
            assigned = [each for each in node.body if isinstance(each, (ast.Assign, ast.AnnAssign))]
            names = (name for each in assigned for name in ast.walk(each))
            yield from (name.id for name in names if isinstance(name, ast.Name) and stored(name))
        if isinstance(node, ast.Attribute) and stored(node):
            yield node.attr


def stored(node):
    """Whether a name or an attribute is given a value here."""
    return isinstance(node.ctx, ast.Store)


def code_of_script(path):
    """Return a JavaScript module or its declarations without comments and strings."""
    return re.sub(r'"(?:[^"\\\n]|\\.)*"', "", COMMENT.sub("", path.read_text("utf-8")))


def names_of_script(path):
    """Return every name that a JavaScript module defines or uses."""
    return set(re.findall(r"\w+", code_of_script(path)))


def defined_in_script(path):
    """Yield what a JavaScript module declares: functions, classes, types, methods and fields."""
    return (name for pair in DECLARED.findall(code_of_script(path)) for name in pair if name)


def resolves(dotted):
    """Whether a module, or an attribute of one, has this name."""
    module, *rest = "linreg", *dotted.split(".")[1:]
    target = import_module(module)
    for name in rest:
        if not hasattr(target, name):
            try:
                import_module(f"{target.__name__}.{name}")
            except (ImportError, AttributeError):
                return False
        target = getattr(target, name)
    return True


def declared(name):
    """Return the file that declares what TypeScript imports from a module without code."""
    return re.sub(r"\.js$", ".d.ts", name)


def test_every_dotted_name_of_linreg_exists():
    dotted = {
        (name, path.relative_to(ROOT).as_posix())
        for path in [*PYTHON, *SETTINGS, *DOCUMENTS]
        for name in re.findall(r"(?<![\w./-])linreg(?:\.[A-Za-z_]\w*)+", path.read_text("utf-8"))
    }
    assert len(dotted) > 500
    assert sorted(one for one in dotted if not resolves(one[0])) == []


def test_every_file_that_is_mentioned_exists():
    paths = ["/" + path.relative_to(ROOT).as_posix() for path in FILES]
    mentioned = {
        (name, path.relative_to(ROOT).as_posix())
        for path in [*PYTHON, *SCRIPTS, *SETTINGS, *DOCUMENTS]
        for name in re.findall(
            r"(?<![\w./*{…>-])(?:[\w-]+/)*[\w-]+\.(?:py|js|d\.ts|css|md|sh|toml|svg)(?![\w.])",
            re.sub(r"\w+://\S+", "", prose(path)),
        )
    }
    assert len(mentioned) > 50
    missing = [
        (name, where)
        for name, where in mentioned
        if name not in OF_OTHERS
        and not any(path.endswith(("/" + name, "/" + declared(name))) for path in paths)
    ]
    assert sorted(missing) == []


def shipped(files):
    """Return the files that are no tests."""
    return [path for path in files if "tests" not in path.relative_to(ROOT).parts]


def unknown_names(files, of_file, of_others, of_language=()):
    """Return how many names stand in backticks, and which of them mean nothing where they stand.

    A name has to be in the code of its own file, or be defined in one that is no test.
    """
    common = {name for path in shipped(files) for name in of_others(path)} | {*of_language}
    quoted = [
        (name, path)
        for path in files
        for name in re.findall(r"(?<!`)`([A-Za-z_][\w.]*)(?:\([^`]*\))?`(?!`)", prose(path))
        if not (ROOT / name).exists() and Path(name).suffix not in (".py", ".ts", ".js", ".md")
    ]
    own = {path: set(of_file(path)) for _, path in quoted}
    unknown = [
        (name, path.relative_to(ROOT).as_posix())
        for name, path in quoted
        if not set(name.split(".")) <= common | own[path]
    ]
    return len(quoted), unknown


def test_every_name_in_backticks_in_python_exists():
    looked_at, unknown = unknown_names(PYTHON, names_of_python, defined_in_python, BUILT_IN)
    assert looked_at > 150
    assert unknown == []


def test_every_name_in_backticks_in_javascript_exists():
    looked_at, unknown = unknown_names(SCRIPTS, names_of_script, defined_in_script)
    assert looked_at > 30
    assert unknown == []
