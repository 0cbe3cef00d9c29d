"""Static files: what is served of a folder, what of a module, and what never leaves the server."""

import asyncio
import gzip
import re
from pathlib import Path

import pytest
from starlette.requests import Request

from linreg.ui import stage
from linreg.ui.server.static_files import (
    COMMENT,
    PackedFiles,
    head,
    plotly_files,
    stage_files,
)
from linreg.ui.stage.component import ASSETS, ASSETS_AT

MODULES = sorted(ASSETS.rglob("*.js"))


def test_comments_go_with_their_lines():
    source = "// one\n/**\n * @param {string} a\n */\nfunction f(a) {\n  // two\n  return a;\n}\n"
    assert COMMENT.sub("", source) == "function f(a) {\n  return a;\n}\n"


def test_a_cast_is_code():
    source = "const a =\n  /** @type {A} */ (b);\n/** @type {C} */\nlet c;\n"
    assert COMMENT.sub("", source) == "const a =\n  /** @type {A} */ (b);\nlet c;\n"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_comment_is_part_of_a_template(path):
    source = path.read_text("utf-8")
    comments = list(COMMENT.finditer(source))
    assert comments
    for comment in comments:  # within a template, the backticks before it would be odd
        assert COMMENT.sub("", source[: comment.start()]).count("`") % 2 == 0, comment[0]


@pytest.fixture
def folder(tmp_path):
    """A folder with a file, and a secret beside it."""
    inside = tmp_path / "assets"
    inside.mkdir()
    (inside / "stage.css").write_text("p {}")
    (tmp_path / "secret.js").write_text("secret")
    return inside


@pytest.fixture
def files(folder):
    """A style that is read, and a script that is made."""
    made = iter([b"run", b"run again"])
    return PackedFiles({"stage.css": folder / "stage.css", "math/run.js": lambda: next(made)})


def answer(files, name, *, encoding=""):
    scope = {
        "type": "http",
        "path_params": {"name": name},
        "headers": [(b"accept-encoding", encoding.encode())],
    }
    return asyncio.run(files.answer(Request(scope)))


def test_a_file_is_compressed_once(files, folder):
    for _ in range(2):
        for name, content in (("stage.css", b"p {}"), ("math/run.js", b"run")):
            sent = answer(files, name, encoding="gzip, br")
            assert gzip.decompress(sent.body) == content
            assert sent.headers["Content-Encoding"] == "gzip"
        (folder / "stage.css").write_text("changed under the server")
    assert sorted(files.packed) == ["math/run.js", "stage.css"]


def test_a_browser_that_cannot_unpack_gets_the_file(files, folder):
    sent = answer(files, "stage.css")
    assert Path(sent.path) == folder / "stage.css"
    made = answer(files, "math/run.js")
    assert (made.body, made.media_type) == (b"run", "text/javascript")
    assert "Content-Encoding" not in {*sent.headers, *made.headers}


@pytest.mark.parametrize(
    "name",
    [
        *(
            "../secret.js",
            "math/../../secret.js",
            "math/../stage.css",
            "./stage.css",
            "/etc/passwd",
        ),
        *("..", "", ".", "math", "math/", "stage.css/", "STAGE.CSS", "stage.css\0", "payload.d.ts"),
        *("..\\secret.js", "%2e%2e/secret.js"),
    ],
)
def test_no_other_name_is_answered(files, name):
    assert answer(files, name).status_code == 404
    assert answer(files, name, encoding="gzip").status_code == 404
    assert files.packed == {}


def test_an_absolute_name_is_not_answered(files, folder):
    secret = folder.parent / "secret.js"
    assert secret.is_file()
    assert answer(files, str(secret)).status_code == 404


def test_the_page_loads_the_stage_ahead():
    links = head()
    for name in ("stage.css", "stage.js"):
        assert f'href="/{ASSETS_AT}/{name}"' in links
    assert links.index("stage.js") < links.index("plotly.min.js")


def test_plotly_is_installed():
    (path,) = plotly_files().values()
    assert path.is_file()


def test_every_module_that_python_names_is_served():
    """Python imports modules in the loaders of its components."""
    loaders = [path.read_text("utf-8") for path in Path(stage.__file__).parent.glob("*.py")]
    named = {name for loader in loaders for name in re.findall(r"assets\}/([\w/]+\.js)", loader)}
    assert named == {name for name in stage_files() if name.endswith(".js")}
