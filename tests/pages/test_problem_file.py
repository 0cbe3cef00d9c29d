"""A problem file in the app: all the rows behind it, in the same stage and the same lesson."""

from base64 import b64decode
from dataclasses import replace

import numpy as np
import pytest

from linreg.data.cleaning.repairs.column_repairs import Standardise
from linreg.data.cleaning.repairs.row_repairs import LeaveGroup
from linreg.data.files.read_table import read_table
from linreg.data.load import load_training_set
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.data.summary.accumulator import Accumulator
from linreg.data.summary.problem_file import dumps, loads
from linreg.data.training_set import done_before
from linreg.experiment.experiment import Experiment
from linreg.ui.data_page import downloads
from linreg.ui.lesson.contents import LESSONS
from tests.helpers.app import as_read

pytestmark = pytest.mark.slow

SIZE = ("a", "b", "y")


def rows(n=6000):
    rng = np.random.default_rng(2)
    a, b = rng.normal(size=(2, n))
    return a, b, 1 + 2 * a - 3 * b + rng.normal(size=n), np.where(a > 0, "north", "south")


@pytest.fixture(scope="module")
def summary():
    *columns, groups = rows()
    gathered = Accumulator(SIZE, "region").feed(columns, groups)
    return replace(gathered.summary("y", ("a", "b"), "big.csv"), units={"y": "mpg", "a": "1000 lb"})


def opened(app, summary, page="stage", link=None):
    tab = app(link, page)
    if not link:
        tab.set("way", "Upload")
    return tab.upload(dumps(summary), "big.problem.json")


def test_it_trains_on_all_the_rows_behind_it(app, summary, expected):
    tab = opened(app, summary)
    units = tuple(summary.units.items())
    asked = Experiment(TableChoice(UPLOAD, "y", ("a", "b"), units=units))
    assert tab.payload == expected(asked, summary)
    assert tab.payload["n"] == 6000
    assert tab.payload["note"] == "2,000 of 6,000 rows drawn; training uses all"
    assert tab.payload["targetLabel"] == "y (mpg)"
    assert any("sample: 2,000 of 6,000 rows" in caption for caption in tab.captions)
    assert not tab.errors


def test_its_units_come_along_unless_the_address_has_others(app, summary):
    assert opened(app, summary, link={"data": "upload"}).payload["targetLabel"] == "y (mpg)"
    link = {"data": "upload", "y": "y", "x": "a", "unit": "y=km/l"}
    assert opened(app, summary, link=link).payload["targetLabel"] == "y (km/l)"


def test_another_choice_of_columns_needs_no_second_pass(app, summary, expected):
    tab = opened(app, summary).set("target:upload", "b").set("features:upload", ["y"])
    asked = Experiment(TableChoice(UPLOAD, "b", ("y",), units=tuple(summary.units.items())))
    assert tab.payload == expected(asked, summary)


@pytest.mark.parametrize(
    "repair", [LeaveGroup("region", "south"), Standardise("a")], ids=lambda repair: repair.kind
)
def test_repairs_from_the_address(app, summary, repair):
    link = {"data": "upload", "y": "y", "x": ["a", "b"], "repair": repair.text}
    tab = opened(app, summary, link=link)
    a, b, y, region = rows()
    kept = region == "north" if repair.kind == "leave-group" else np.full(len(a), True)
    scaled = a if repair.kind == "leave-group" else (a - a.mean()) / a.std()
    X = np.column_stack([np.ones(len(a)), scaled, b])[kept]
    best = np.frombuffer(b64decode(tab.payload["bowl"]["best"]))
    np.testing.assert_allclose(best, np.linalg.lstsq(X, y[kept])[0], rtol=1e-10)
    assert tab.payload["n"] == kept.sum()


@pytest.mark.parametrize("page", [*(lesson.name for lesson in LESSONS), "data"])
def test_every_page_works_with_it(app, summary, page):
    tab = opened(app, summary, page)
    assert not tab.errors
    assert not tab.warnings


def test_a_billion_rows_are_as_many_as_any(app, summary):
    groups = summary.groups
    for _ in range(18):
        groups = {name: moments + moments for name, moments in groups.items()}
    many = replace(summary, groups=groups, read=6000 << 18)
    tab = opened(app, many)
    assert tab.payload["n"] == 6000 << 18
    assert tab.payload["note"] == "2,000 of 1.57e9 rows drawn; training uses all"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (lambda text: text[:-200], "cut off or damaged"),
        (lambda text: text.replace('"version": 1', '"version": 7'), "version 7"),
        (lambda text: text.replace('"target": "y"', '"target": "b"'), "checksum does not fit"),
    ],
)
def test_a_bad_one_is_refused_with_a_sentence_and_nothing_is_lost(app, summary, content, sentence):
    tab = opened(app, summary)
    before = tab.payload
    tab.upload(content(dumps(summary)), "bad.json")
    assert any(sentence in error for error in tab.errors)
    assert tab.payload == before


def test_a_table_may_follow_it(app, summary):
    tab = opened(app, summary).upload("u,v\n1,2\n2,5\n4,4\n")
    assert (tab.payload["target"], tab.payload["n"]) == ("v", 3)
    assert tab.payload["targetLabel"] == "v"


def test_one_that_holds_all_its_rows_is_like_a_table(app):
    columns = np.array([[1.0, 2.0, 4.0], [3.0, 1.0, 5.0]])
    small = Accumulator(("x", "y")).feed(columns).summary("y", source="small.csv")
    tab = opened(app, small, "minimum")
    assert tab.message["note"] == "3 rows"
    assert "Exact digits" in [button.label for button in tab.at.button]
    assert load_training_set(TableChoice(UPLOAD), small).holds_all


def test_it_can_be_downloaded_for_any_data(app, summary):
    for tab in (app(page="data"), app({"data": "tips"}, "data"), opened(app, summary, "data")):
        labels = [button.label for button in tab.at.get("download_button")]
        assert "Download a problem file" in labels
    assert "Download the 2,000 rows at hand (CSV)" in labels


def test_rows_that_are_a_sample_say_so_when_the_app_reads_them(app, summary, monkeypatch):
    taken = []
    monkeypatch.setattr(
        downloads.st, "download_button", lambda label, data, *_, **__: taken.append(data())
    )
    opened(app, summary, "data")
    rows, problem = taken[-2:]
    assert rows.startswith("# repaired: sample: 2,000 of 6,000 rows\n")
    assert done_before(read_table(rows.encode())) == ("sample: 2,000 of 6,000 rows",)
    assert loads(problem.encode()).total.n == 6000


@pytest.mark.parametrize("used", [True, False])
def test_columns_that_it_can_not_hold_are_told_instead_of_a_button(app, used):
    text = f"{'x' * 10_001},b,y\n1,2,3\n2,1,5\n4,3,4\n"
    tab = app(page="data").set("way", "Upload").upload(text)
    tab.set("features:upload", ["x" * 10_001 if used else "b"])
    labels = [button.label for button in tab.at.get("download_button")]
    assert labels == ["Download the rows used (CSV)"]
    assert any("columns must be text of at most 10,000 characters" in line for line in tab.captions)


def test_what_was_done_before_it_was_made_is_told(app, summary):
    done = ("fill:a", "a row like *this*")
    tab = opened(app, replace(summary, repairs=done), "data")
    (text,) = (m.value for m in tab.at.markdown if m.value.startswith("Done before the file was"))
    assert as_read(text).splitlines()[2:] == [f"- {each}" for each in done]
    assert not any(button.label == "Undo" for button in tab.at.button)
