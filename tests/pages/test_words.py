"""The words of every page: short, in the reader's symbols, true to the core and the buttons."""

import ast
import json
import re
from base64 import b64decode
from pathlib import Path
from urllib.parse import parse_qs

import numpy as np
import pytest
from google.protobuf.text_format import MessageToString

from linreg.data.load import load_training_set
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn
from linreg.experiment.experiment import Experiment
from linreg.experiment.resolve import resolve
from linreg.experiment.url import to_link
from linreg.model import row_by_row as row_by_row
from linreg.model.least_squares import LeastSquares, loss_scale
from linreg.training.gradient_descent import train
from linreg.ui.lesson.contents import LESSONS
from linreg.ui.lesson.glossary import TERMS

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
NAMES = [lesson.name for lesson in LESSONS]
PAGES = [*NAMES, "data", "glossary"]
MAX_WORDS = 120  # before the first picture
PICTURES = {"bidi_component", "plotly_chart", "arrow_vega_lite_chart", "imgs"}
WRITTEN = [*ROOT.glob("pages/*.py"), *ROOT.glob("linreg/**/*.py")]
SCRIPTS = [*ROOT.glob("linreg/ui/stage/frontend/**/*.js")]

# Data on which something is undefined, unbounded or missing.
ODD = {
    "two rows": Experiment(data=Drawn(((0.0, 1.0), (2.0, 5.0)))),
    "equal x": Experiment(data=Drawn(((1.0, 1.0), (1.0, 5.0), (1.0, 2.0)))),
    "constant target": Experiment(data=Drawn(((1.0, 2.0), (3.0, 2.0), (4.0, 2.0)))),
    "all zero": Experiment(data=Drawn(((0.0, 0.0), (0.0, 0.0))), start=(0.0, 0.0)),
    "diverging": Experiment(rate=1.0, steps=3000),
    "at the limit of float64": Experiment(start=(1e70, 1e70), rate=1e90),
    "at the minimum": Experiment(data=GENERATORS["line"](noise=0.0), start=(1.0, 2.0)),
    "without intercept": Experiment(intercept=False),
    "a plane": Experiment(data=GENERATORS["plane"]()),
    "five features": Experiment(data=GENERATORS["five"](), loss="half-mse"),
    "five without intercept": Experiment(data=GENERATORS["five"](), intercept=False),
    "a real table": Experiment(data=TableChoice("gapminder"), loss="mse"),
    "three columns": Experiment(data=TableChoice("tips", "tip", ("total_bill", "size"))),
}


def nodes(block, *, code=True):
    """Walk a part of the page from top to bottom; without what stands in an expander of code."""
    for _, child in sorted(block.children.items()):
        if not code and getattr(child, "label", "") == "The same in a few lines of Python":
            continue
        yield child
        if hasattr(child, "children"):
            yield from nodes(child, code=code)


def opened(app, name, experiment=None, query=None):
    """Return a tab on a page."""
    link = query or parse_qs(to_link(experiment or Experiment()))
    return app(link).visit(name)


def all_text(tab):
    """Return every string the page sends, with JSON and escapes undone."""
    texts = []
    for node in nodes(tab.at.main, code=False):
        if (proto := getattr(node, "proto", None)) is not None and hasattr(proto, "DESCRIPTOR"):
            text = MessageToString(proto, as_utf8=True)
            texts.append(re.sub(r"\\+u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), text))
    whole = "\n".join(texts)
    assert len(whole) > 1000, "a check of a page looks at all of it"
    return whole


def read(markdown):
    """Return the words that a reader sees."""
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)


@pytest.mark.parametrize("name", NAMES)
def test_few_words_come_before_the_first_picture(app, name):
    words, pictures = 0, 0
    for node in nodes(opened(app, name).at.main):
        if node.type in PICTURES:
            pictures += 1
            break
        if node.type in ("title", "markdown", "caption", "subheader", "info"):
            words += len(read(node.value).split())
    assert pictures, "there is no picture"
    assert 10 < words <= MAX_WORDS


@pytest.mark.parametrize("name", NAMES)
def test_a_page_is_whole(app, name):
    """Formula, question, code and the way on and back."""
    tab = opened(app, name)
    assert tab.at.get("latex")
    assert any(node.key and node.key.startswith(f"{name}.") for node in tab.at.button) or any(
        "**Question.**" in text.value for text in tab.at.markdown
    )
    assert any(box.label == "The same in a few lines of Python" for box in tab.at.expander)
    labels = [link.proto.label for link in tab.at.get("page_link")]
    assert any(label.startswith("Back: ") for label in labels)
    assert any(label.startswith("Next: ") for label in labels)
    assert len((ROOT / "pages" / f"{name}.py").read_text().splitlines()) <= 90


@pytest.mark.parametrize("name", PAGES)
def test_other_symbols_leave_no_house_symbol_behind(app, name):
    tab = opened(app, name, query={"notation": "beta,hat,alpha"})
    matches = re.findall(
        r".{0,30}[θỹη].{0,30}|.{0,30}\\(?:theta|tilde|eta)(?![a-z]).{0,30}", all_text(tab)
    )
    assert matches == []


@pytest.mark.parametrize("name", PAGES)
def test_weights_and_bias_leave_no_house_symbol_behind(app, name):
    plane = {"data": "plane", "notation": "weights,hat,alpha"}
    for query in ({"notation": "weights,hat,alpha"}, plane):
        matches = re.findall(r".{0,30}[θỹη].{0,30}", all_text(opened(app, name, query=query)))
        assert matches == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("odd", ODD)
def test_no_page_shows_a_number_that_is_none(app, name, odd):
    tab = opened(app, name, ODD[odd])
    shown = [n for n in nodes(tab.at.main, code=False) if n.type in ("markdown", "caption", "info")]
    assert shown
    matches = [n.value for n in shown if re.search(r"\b(?:nan|inf|None)\b|NaN", n.value)]
    assert matches == []


def strings(path):
    """Return every string constant of a Python file but its docstrings; f-strings in pieces."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in skipped
        ):
            yield node.value


def texts(path):
    """Return the strings of a file of either language."""
    if path.suffix == ".py":
        return list(strings(path))
    text = path.read_text(encoding="utf-8")
    quoted = re.findall(r'"([^"\n]*)"', text)
    return [*quoted, *re.findall(r"`([^`]*)`", text), *re.findall(r">([^<>\n]+)<", text)]


def read_paths():
    """Return the files of both languages; a check of them looks at all."""
    assert len(WRITTEN) > 150
    assert len(SCRIPTS) > 70
    return [*WRITTEN, *SCRIPTS]


def python_texts():
    """Yield each Python file by name with its strings as one text."""
    for path in WRITTEN:
        yield path.relative_to(ROOT).as_posix(), "\n".join(strings(path))


def test_every_term_marked_is_in_the_glossary():
    marked = [
        (name, mark.rpartition("|")[2].lower())
        for name, text in python_texts()
        for mark in re.findall(r"\[\[([^\[\]{}]+)\]\]", text)
    ]
    assert len(marked) > 20
    assert [(name, term) for name, term in marked if term not in TERMS] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_mark_of_a_term_is_left_on_a_page(app, name):
    # A matrix may stand in double brackets, a term begins with a letter.
    assert re.findall(r"\[\[[A-Za-z][^\]]*\]\]", all_text(opened(app, name))) == []


def claims_of_local_minima(text):
    """Return the sentences that speak of a local minimum without denying it."""
    return [
        sentence
        for sentence in re.split(r"(?<=[.:;?!])\s", text)
        if re.search(r"\blocal minim|\bstuck\b", sentence, re.IGNORECASE)
        and not re.search(r"\b(?:no|not|never|none|without|cannot)\b", sentence)
    ]


def test_local_minima_are_only_denied():
    assert claims_of_local_minima("The bowl has no local minimum. It gets stuck.") == [
        "It gets stuck."
    ]
    claims = {path: claims_of_local_minima("\n".join(texts(path))) for path in read_paths()}
    assert {path: found for path, found in claims.items() if found} == {}


def test_a_control_is_called_by_the_name_it_carries():
    labels = {text.strip() for path in read_paths() for text in texts(path)}
    named = [
        (name, label)
        for name, text in python_texts()
        for label in re.findall(r"“([^”\n]+)”", text)
        if name.startswith(("pages/", "linreg/ui/")) and not label.startswith("python -m ")
    ]
    assert ("linreg/ui/lesson/views/step_guess.py", "Predict, then step") in named
    assert [(name, label) for name, label in named if label not in labels] == []


# ---- what is said is what is computed ----


def decoded(text):
    return np.frombuffer(b64decode(text), "<f8")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "experiment",
    [
        Experiment(steps=40),
        Experiment(data=TableChoice("gapminder"), steps=40),  # scales far apart
        Experiment(data=GENERATORS["plane"](), loss="mse", steps=40),
        Experiment(data=GENERATORS["five"](), intercept=False, loss="half-mse", steps=40),
        Experiment(rate=0.01, steps=40),  # diverging: nothing is clipped
    ],
    ids=["line", "gapminder", "plane", "five", "diverging"],
)
def test_parameters_are_in_the_units_of_the_data(app, name, experiment):
    """No scaling that is not told: θ of the run is θ of the raw rows, step by step."""
    message = opened(app, name, experiment).message
    resolved = resolve(experiment, load_training_set(experiment.data))
    problem, data = resolved.problem, resolved.training_set.dataset
    path = row_by_row.descend(
        data.X,
        data.y,
        rate=resolved.rate * loss_scale(experiment.loss, problem.n),
        steps=experiment.steps,
        start=resolved.start,
        intercept=experiment.intercept,
    )
    np.testing.assert_array_equal(decoded(message["X"]), data.X.T.ravel())
    sent = decoded(message["run"]["theta"]).reshape(-1, len(problem.z))
    np.testing.assert_allclose(sent, path, rtol=1e-6, atol=1e-9 * np.abs(path).max())


@pytest.mark.parametrize("loss", ["tsse", "mse", "half-mse"])
@pytest.mark.parametrize("kind", ["line", "five"])
def test_each_loss_has_the_gradient_that_goes_with_it(loss, kind):
    data = GENERATORS[kind](n=30).draw()
    problem = LeastSquares.from_arrays(data.X, data.y)
    done = train(problem, rate=1e-4, steps=3, loss=loss)
    divisor = {"tsse": 1, "mse": 30, "half-mse": 60}[loss]
    ones = np.column_stack([np.ones(30), data.X])

    def by_rows(theta):
        return np.square(data.y - ones @ theta).sum() / divisor

    for theta, value, gradient in zip(done.theta, done.loss, done.gradient, strict=True):
        np.testing.assert_allclose(value, by_rows(theta), rtol=1e-12)
        central = [(by_rows(theta + e) - by_rows(theta - e)) / 2 for e in np.eye(len(theta))]
        np.testing.assert_allclose(gradient, central, rtol=1e-9, atol=1e-9)


def test_r2_of_a_bad_line_is_below_zero():
    data = Experiment().data.draw()
    problem = LeastSquares.from_arrays(data.X, data.y)
    for theta in ([6.0, -2.0], [1e3, 0.0]):
        error = data.y - theta[0] - theta[1] * data.X[:, 0]
        want = 1 - error @ error / np.square(data.y - data.y.mean()).sum()
        assert want < 0
        assert problem.r2(theta) == pytest.approx(want, rel=1e-12)
    clipped = r"Math\.max\(0,[^)]*r2|max\(0(?:\.0)?,[^)]*r2"
    for line in ("max(0.0, one.r2(theta))", "Math.max(0, shown.bestR2)"):
        assert re.search(clipped, line, re.IGNORECASE)
    texts_of = {path: path.read_text(encoding="utf-8") for path in read_paths()}
    found = {path for path, text in texts_of.items() if re.search(clipped, text, re.IGNORECASE)}
    assert found == set()


def test_converged_knows_no_units():
    """The same rows in other units converge at the same step."""
    data = Experiment().data.draw()
    problems = [LeastSquares.from_arrays(data.X, unit * data.y) for unit in (1e-6, 1.0, 1e6)]
    steps = {train(problem, rate=0.0015, steps=400).converged_at for problem in problems}
    assert len(steps) == 1
    assert None not in steps


def test_the_symbols_sent_to_the_stage_are_the_readers(app):
    message = json.dumps(app({"notation": "beta,hat,alpha"}).message, ensure_ascii=False)
    assert not re.search("[θỹη]", message)
