"""`bundled`: the JavaScript modules of a folder as one, put together when it is first asked for.

A browser asks for one file in place of one for each module: with 75 of them the first picture came
later by a tenth, for each request costs the server and the browser about a millisecond. Nothing
else is changed: every module keeps a scope of its own, as a function that returns its exports.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from posixpath import dirname, join, normpath

IMPORT = re.compile(r'^import (\{[^}]*\}) from "([^"]+)";\n', re.MULTILINE)
EXPORT = re.compile(
    r"^export (?=(?:async )?(?:function\*?|class|const) (\w+|\[[\w, ]+\]))", re.MULTILINE
)
OTHER_FORM = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


def bundled(sources: Mapping[str, str], entry: str, beside: Sequence[str] = ()) -> str:
    """Return one module with the exports of another and all that it imports.

    Its export `modules` holds those of the modules beside the entry, by their names.

    Parameters
    ----------
    sources : mapping of str to str
        The code of each module by its name, a path from a common folder. Imports and exports are
        written as this project's formatter leaves them: names in braces from a relative path, and
        export before a function, a class, a constant or an array of names.
    entry : str
        The name of the module whose exports are kept.
    beside : sequence of str
        Modules that are asked for by their own names as well: they are not there twice, for what
        a module remembers is the same for all that import it.

    Raises
    ------
    ValueError
        If a module imports one that is not there, a name that it does not export or, in the end,
        itself, or is written in another form.
    """
    parts: list[str] = []
    exports: dict[str, list[str]] = {}
    for name in (entry, *beside):
        _add(name, sources, parts, exports, ())
    names = ", ".join(exports[entry])
    kept = ", ".join(f'"{name}": {_variable(exports, name)}' for name in beside)
    parts.append(f"export const {{ {names} }} = {_variable(exports, entry)};\n")
    return "".join([*parts, f"export const modules = {{ {kept} }};\n"])


def _add(
    name: str,
    sources: Mapping[str, str],
    parts: list[str],
    exports: dict[str, list[str]],
    importers: tuple[str, ...],
) -> None:
    """Append a module to the parts, behind all that it imports."""
    if name in exports:
        return
    if name in importers:
        raise ValueError(f"{name} must not import itself, as it does by {' and '.join(importers)}")
    if name not in sources:
        raise ValueError(f"{importers[-1]} imports {name}, which is not there")
    imported = []
    for names, path in IMPORT.findall(sources[name]):
        other = normpath(join(dirname(name), path))
        _add(other, sources, parts, exports, (*importers, name))
        for wanted in re.findall(r"(\w+)(?: as \w+)?", names):
            if wanted not in exports[other]:
                raise ValueError(f"{name} imports {wanted} of {other}, which does not export it")
        imported.append(f"const {names.replace(' as ', ': ')} = {_variable(exports, other)};\n")
    body = EXPORT.sub("", IMPORT.sub("", sources[name]))
    if other_form := OTHER_FORM.search(body):
        raise ValueError(
            f"{name} has a form of import or export that is not known: {other_form[0]}"
        )
    exports[name] = re.findall(r"\w+", " ".join(EXPORT.findall(sources[name])))
    inside = "".join(imported) + body + f"return {{ {', '.join(exports[name])} }};\n"
    parts.append(f"// {name}\nconst {_variable(exports, name)} = (() => {{\n{inside}}})();\n")


def _variable(exports: dict[str, list[str]], name: str) -> str:
    """Return what holds the exports of a module: $ and its place; no module has such a name."""
    return f"${list(exports).index(name)}"
