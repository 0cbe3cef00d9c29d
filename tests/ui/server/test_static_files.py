"""Static files: what is served of a folder, what of a module, and what never leaves the server."""

import asyncio
import gzip
import subprocess
from pathlib import Path

import pytest
from starlette.requests import Request

from linreg.ui.server.static_files import (
    COMMENT,
    PackedFiles,
    head,
    plotly_files,
    served_files,
    without_comments,
)
from linreg.ui.stage.component import ASSETS, ASSETS_AT

MODULES = sorted(ASSETS.rglob("*.js"))


def test_comments_go_and_their_lines_stay():
    source = b"// one\n/**\n * @param {string} a\n */\nfunction f(a) {\n  // two\n  return a;\n}\n"
    assert without_comments(source) == b"\n\n\n\nfunction f(a) {\n\n  return a;\n}\n"


def test_a_cast_is_code():
    source = b"const a =\n  /** @type {A} */ (b);\n/** @type {C} */\nlet c;\n"
    assert without_comments(source) == b"const a =\n  /** @type {A} */ (b);\n\nlet c;\n"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_no_comment_is_part_of_a_template(path):
    source = path.read_bytes()
    comments = list(COMMENT.finditer(source))
    assert comments
    for comment in comments:  # within a template, the backticks before it would be odd
        assert without_comments(source[: comment.start()]).count(b"`") % 2 == 0, comment[0].decode()


def test_what_is_left_is_the_same_program(tmp_path):
    assert MODULES
    for path in MODULES:
        copy = tmp_path / path.relative_to(ASSETS)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(without_comments(path.read_bytes()))
    (tmp_path / "package.json").write_text('{"type": "module"}')
    copies = [str(path) for path in sorted(tmp_path.rglob("*.js"))]
    check = "for (const file of process.argv.slice(1)) await import(file);"
    done = subprocess.run(
        ["node", "--input-type=module", "-e", check, *copies],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture
def folder(tmp_path):
    """A folder with a file in a folder of its own, and a secret beside it."""
    inside = tmp_path / "assets"
    (inside / "math").mkdir(parents=True)
    (inside / "stage.css").write_text("p {}")
    (inside / "math" / "run.js").write_text("run")
    (inside / "payload.d.ts").write_text("types")
    (tmp_path / "secret.js").write_text("secret")
    return inside


def answer(files, name, *, encoding=""):
    scope = {
        "type": "http",
        "path_params": {"name": name},
        "headers": [(b"accept-encoding", encoding.encode())],
    }
    return asyncio.run(files.answer(Request(scope)))


def test_scripts_and_styles_are_served_from_all_depths(folder):
    assert served_files(folder) == {
        "stage.css": folder / "stage.css",
        "math/run.js": folder / "math" / "run.js",
    }


def test_a_file_is_compressed_once(folder):
    files = PackedFiles(folder)
    for _ in range(2):
        sent = answer(files, "math/run.js", encoding="gzip, br")
        assert gzip.decompress(sent.body) == b"run"
        assert sent.headers["Content-Encoding"] == "gzip"
        (folder / "math" / "run.js").write_text("changed under the server")
    assert list(files.packed) == ["math/run.js"]


def test_a_browser_that_cannot_unpack_gets_the_file(folder):
    sent = answer(PackedFiles(folder), "stage.css")
    assert Path(sent.path) == folder / "stage.css"
    assert "Content-Encoding" not in sent.headers


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
def test_no_other_name_is_answered(folder, name):
    files = PackedFiles(folder)
    assert answer(files, name).status_code == 404
    assert answer(files, name, encoding="gzip").status_code == 404
    assert files.packed == {}


def test_an_absolute_name_is_not_answered(folder):
    secret = folder.parent / "secret.js"
    assert secret.is_file()
    assert answer(PackedFiles(folder), str(secret)).status_code == 404


def test_the_page_loads_scripts_ahead_and_no_types():
    links = head()
    scripts = [name for name in served_files(ASSETS) if name.endswith(".js")]
    assert len(scripts) > 40
    assert all(f'href="/{ASSETS_AT}/{name}"' in links for name in scripts)
    assert ".d.ts" not in links


def test_plotly_is_installed():
    assert "plotly.min.js" in served_files(plotly_files())
