"""What comments, docstrings and documents refer to: modules, files and names that exist."""

import ast
import builtins
import io
import keyword
import re
import tokenize
from importlib import import_module
from pathlib import Path

import pytest

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
OF_OTHERS = {"Plotly.js", "plotly.js", "plotly.min.js"}


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
    """Yield every name that a module defines, uses or spells out as a word in a string."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    yield from path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(tree):
        for field in ("id", "attr", "arg", "name", "module"):
            yield from str(getattr(node, field, None) or "").split(".")
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"^[\w-]+$", node.value)


def resolves(dotted):
    """Whether a module, or an attribute of one, has this name."""
    module, *rest = "linreg", *dotted.split(".")[1:]
    found = import_module(module)
    for name in rest:
        if not hasattr(found, name):
            try:
                import_module(f"{found.__name__}.{name}")
            except (ImportError, AttributeError):
                return False
        found = getattr(found, name)
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


@pytest.mark.parametrize("language", ["Python", "JavaScript"])
def test_every_name_in_backticks_exists(language):
    if language == "Python":
        files, known = PYTHON, {name for path in PYTHON for name in names_of_python(path)}
        known |= {*dir(builtins), *keyword.kwlist}
    else:
        files = SCRIPTS
        known = {
            word
            for path in files
            for word in re.findall(r"\w+", COMMENT.sub("", path.read_text("utf-8")))
        }
    quoted = [
        (name, path.relative_to(ROOT).as_posix())
        for path in files
        for name in re.findall(r"(?<!`)`([A-Za-z_][\w.]*)(?:\([^`]*\))?`(?!`)", prose(path))
        if not (ROOT / name).exists() and Path(name).suffix not in (".py", ".ts", ".js", ".md")
    ]
    assert len(quoted) > (150 if language == "Python" else 0)
    assert [one for one in quoted if not set(one[0].split(".")) <= known] == []
