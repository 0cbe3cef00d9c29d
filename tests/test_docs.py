"""The documents: short, and true to the tree where they name a part of it."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")


def headings(path):
    """Return the anchors of a document, as GitHub makes them."""
    lines = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def links(path):
    """Return what a document links to within the repository."""
    targets = re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8"))
    return [link for link in targets if not re.match(r"[a-z]+:", link)]


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 120


def test_every_link_leads_somewhere():
    followed = [(path, link) for path in DOCUMENTS for link in links(path)]
    assert len(followed) > 40
    assert {path.name for path, _ in followed} >= {"README.md", "CONTRIBUTING.md", "index.md"}
    assert [(path.name, link) for path, link in followed if not leads_somewhere(path, link)] == []


def leads_somewhere(path, link):
    """Whether the file that a document links to exists, and has the heading that is asked for."""
    file, _, anchor = link.partition("#")
    target = (path.parent / file) if file else path
    return target.exists() and (not anchor or anchor in headings(target))


def test_every_picture_is_shown_in_a_document():
    pictures = {*(ROOT / "docs").glob("*.png")}
    assert len(pictures) > 2
    assert pictures == {
        (path.parent / link).resolve()
        for path in DOCUMENTS
        for link in links(path)
        if link.endswith(".png")
    }


def test_the_index_and_the_readme_lead_to_every_document():
    index = {(ROOT / "docs" / link).resolve() for link in links(ROOT / "docs" / "index.md")}
    assert {path for path in DOCUMENTS if path.name != "index.md"} <= index
    assert "docs/index.md" in links(ROOT / "README.md")


def picture():
    """Yield each entry of the README's picture of the house with its folder and its line."""
    folders = [ROOT]
    for line in README.partition("## The house\n")[2].partition("\n## ")[0].splitlines():
        if match := re.match(r"( {4}(?:  )?)(\S+\.py|\w+/) ", line):
            depth = len(match[1]) // 2 - 2
            entry = folders[depth] / match[2]
            folders[depth + 1 :] = [entry]
            yield entry, line
        elif line.strip():
            yield folders[-1], line


def test_every_path_in_the_picture_of_the_house_exists():
    named = 0
    for entry, line in picture():
        assert entry.exists()
        for name in re.findall(r"(?<!\S)[\w/]+(?:/|\.py)(?!\w)", line):
            assert any((base / name).exists() for base in (entry, entry.parent, ROOT)), name
            named += 1
    assert named > 20


def test_every_room_is_in_the_picture_of_the_house():
    rooms = {
        path for path in (ROOT / "linreg").iterdir() if not re.match(r"__|py\.typed", path.name)
    }
    assert rooms == {entry for entry, _ in picture() if entry.parent == ROOT / "linreg"}


def test_the_map_in_the_docstring_of_a_package_names_its_modules():
    """A map begins each line with the names of one module or more; a folder ends with a slash."""
    maps = 0
    for path in sorted((ROOT / "linreg").glob("*/**/__init__.py")):
        text = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        lines = re.findall(
            r"^ *((?:\w+/?, )*\w+/?) {2,}\S", text.partition("\n\n")[2], re.MULTILINE
        )
        named = [name for line in lines for name in line.split(", ")]
        entries = [each for each in path.parent.iterdir() if not each.name.startswith("__")]
        if named:
            maps += 1
            there = [f"{each.name}/" if each.is_dir() else each.stem for each in entries]
            assert sorted(named) == sorted(there), path
    assert maps > 10
