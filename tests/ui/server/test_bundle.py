"""Modules put together: the same program in one file."""

import json
import subprocess

import pytest

from linreg.ui.server.bundle import bundled
from linreg.ui.server.static_files import ADDRESS_MODULE, COMMENT, stage_module
from linreg.ui.stage.component import ASSETS

SOURCES = {
    "stage.js": 'import { double as twice, PI } from "./math/numbers.js";\n'
    'import {\n  Counter,\n} from "./parts/counter.js";\n'
    "const secret = 1;\n"
    "export function render(x) {\n  return [twice(x), PI, new Counter().next(), secret];\n}\n",
    "math/numbers.js": "const secret = 2;\nexport const PI = 3;\n"
    "export const double = (x) => secret * x;\nexport const [A, B] = [4, 5];\n",
    "parts/counter.js": 'import { A, B } from "../math/numbers.js";\n'
    "export class Counter {\n  next() {\n    return A + B;\n  }\n}\n"
    "export async function later() {}\n",
    "unused.js": "throw new Error();\n",
}


def run(tmp_path, module, expression):
    """Evaluate an expression of the exports `m` of a module in Node."""
    path = tmp_path / "module.mjs"
    path.write_text(module)
    script = f"import(process.argv[1]).then((m) => console.log(JSON.stringify({expression})));"
    done = subprocess.run(
        ["node", "-e", script, str(path)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_each_module_keeps_its_own_names(tmp_path):
    module = bundled(SOURCES, "stage.js")
    assert run(tmp_path, module, "[Object.keys(m), m.render(7)]") == [
        ["modules", "render"],
        [14, 3, 9, 1],
    ]


def test_a_module_beside_the_entry_remembers_the_same(tmp_path):
    sources = {
        "stage.js": 'import { count } from "./count.js";\n'
        "export const twice = () => [count(), count()];\n",
        "count.js": "let n = 0;\nexport function count() {\n  n += 1;\n  return n;\n}\n",
    }
    module = bundled(sources, "stage.js", ["count.js"])
    assert run(tmp_path, module, "[m.twice(), m.modules['count.js'].count()]") == [[1, 2], 3]


def test_a_module_is_there_once_behind_what_it_imports():
    module = bundled(SOURCES, "stage.js")
    places = [module.index(f"// {name}\n") for name in ("math/numbers.js", "parts/counter.js")]
    assert places == sorted(places)
    assert module.count("const secret = 2;") == 1
    assert "throw" not in module


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"math/numbers.js": ""}, r"stage\.js imports double of math/numbers\.js, which does not"),
        (
            {"stage.js": 'import { a } from "./a.js";\n'},
            r"stage\.js imports a\.js, which is not there",
        ),
        (
            {"math/numbers.js": 'import { Counter } from "../parts/counter.js";\n'},
            r"(numbers|counter)\.js must not import itself, as it does by stage\.js and ",
        ),
        (
            {"stage.js": "export default 3;\n"},
            r"stage\.js has a form .* not known: export default 3;",
        ),
        ({"stage.js": 'import "./a.js";\n'}, r'a form .* not known: import "\./a\.js";'),
        ({"stage.js": "export const a = 1;\nexport { a };\n"}, r"not known: export \{ a \};"),
    ],
)
def test_what_would_not_run_is_refused(changed, message):
    with pytest.raises(ValueError, match=message):
        bundled({**SOURCES, **changed}, "stage.js")


def test_all_of_the_stage_is_in_its_module(tmp_path):
    module = stage_module().decode()
    names = [path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*.js")]
    assert len(names) > 60
    assert [name for name in names if f"// {name}\n" not in module] == []
    assert run(tmp_path, module, "Object.keys(m)") == ["modules", "render"]
    assert run(tmp_path, module, f"typeof m.modules['{ADDRESS_MODULE}'].render") == "function"


def test_no_name_of_the_stage_is_one_of_the_bundle():
    sources = [path.read_text("utf-8") for path in ASSETS.rglob("*.js")]
    assert sources
    assert not any("$0" in COMMENT.sub("", source) for source in sources)
