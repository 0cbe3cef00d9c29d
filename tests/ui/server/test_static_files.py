"""What a browser gets of the stage's files."""

import subprocess

import pytest

from linreg.ui.server.static_files import COMMENT, without_comments
from linreg.ui.stage.component import ASSETS

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
