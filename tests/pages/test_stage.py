"""The page as a tab opens it: links, sentences, and what the stage sends back."""

from dataclasses import replace
from urllib.parse import parse_qs

import pytest

from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, PLEASANT_POINTS, Drawn, Line
from linreg.experiment.experiment import Experiment, View
from linreg.experiment.url import to_link, view_link
from linreg.text.markdown import literal
from tests.helpers.app import as_read

pytestmark = pytest.mark.slow

LINKED = [
    *(Experiment(data=kind(seed=5), rate=0.002) for kind in GENERATORS.values()),
    *(
        Experiment(data=TableChoice(name, t.target, t.features), start=2)
        for name, t in BUILT_IN.items()
    ),
    Experiment(
        data=TableChoice("tips", "size", ("tip", "total_bill")), start=3, view=View(show="plane")
    ),
    Experiment(data=Drawn(((-1.0, 2.0), (0.5, 1e6))), intercept=False),
    Experiment(
        data=GENERATORS["five"](correlation=0.9),
        start=(1.0, 0.0, -2.5, 1e-7, 0.1, 3e50),
        steps=2500,
        view=View(step=40, log=True, axes=(3, 5), show="4"),
    ),
]


def test_the_default_opens(app, expected):
    tab = app()
    assert tab.payload == expected(Experiment())
    assert tab.warnings == tab.errors == []


@pytest.mark.parametrize("experiment", LINKED)
def test_a_link_opens_its_experiment(app, expected, experiment):
    tab = app(parse_qs(f"{to_link(experiment)}&{view_link(experiment.view)}"))
    assert tab.payload == expected(experiment)
    assert tab.warnings == tab.errors == []


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"rate": "-1"}, "rate = “-1”"),
        ({"start": "1,2,3"}, "start = “1,2,3”"),
        ({"data": "moon"}, "data = “moon”"),
        ({"n": "<b>9</b>"}, "n = “<b>9</b>”"),
        ({"low": "9"}, "x from must be less than x to"),
    ],
)
def test_a_bad_link_warns_and_shows_the_default(app, expected, query, named):
    tab = app(query)
    assert tab.payload == expected(Experiment())
    assert len(tab.warnings) == 1
    assert named in tab.warnings[0]


def test_several_bad_values_are_one_list(app):
    tab = app({"rate": "-1", "steps": "0", "n": "*9*"})
    (warning,) = tab.at.warning
    lines = warning.value.split("\n")
    assert all(line.startswith("- The address asks for ") for line in lines)
    assert [as_read(line).split(" = ")[0].split()[-1] for line in lines] == ["n", "steps", "rate"]
    assert "“*9*”" in as_read(lines[0])
    assert "*9*" not in lines[0]


def test_a_constant_target_is_told_and_shown(app):
    tab = app({"data": "drawn", "points": "1,5 2,5 4,5"})
    assert any("“y” is the same in every row (5)" in caption for caption in tab.captions)
    assert tab.payload["bestR2"] is None
    assert tab.warnings == []


def test_a_table_by_its_name_alone_opens_its_own_columns(app):
    for name, table in BUILT_IN.items():
        sent = app({"data": name}).payload
        assert (sent["target"], tuple(sent["features"])) == (table.target, table.features)


def test_a_link_to_a_file_says_that_the_file_is_missing(app, expected):
    tab = app({"data": "upload", "y": "b", "x": "a", "rate": "0.01"})
    asked = "data=upload&y=b&x=a&rate=0.01"  # the address stays: the file may come yet
    assert tab.payload == expected(Experiment(rate=0.01)) | {"link": asked}
    assert any("choose the file" in caption for caption in tab.captions)


def test_rate_start_and_seed_come_back_from_the_stage(app, expected):
    tab = app()
    assert tab.choose({"rate": 0.003}).payload == expected(Experiment(rate=0.003))
    both = Experiment(rate=0.003, start=(2.0, -1.0))
    assert tab.choose({"start": [2, -1]}).payload == expected(both)
    assert tab.choose({"random": 8}).payload == expected(replace(both, start=8))


def test_points_come_back_from_the_stage(app, expected):
    tab = app({"data": "drawn"})
    points = (*PLEASANT_POINTS[:-1], (4.0, -2.5))
    tab.choose({"points": [list(point) for point in points]})
    assert tab.payload == expected(Experiment(data=Drawn(points)))


@pytest.mark.parametrize(
    "choice",
    [
        *(
            None,
            "rate",
            {"rate": -1},
            {"rate": 10**400},
            {"start": ["a", 1]},
            {"start": [1, 1e300]},
        ),
        *({"random": -3}, {"points": []}, {"points": [[0, 1], [0, 1e9]]}),
    ],
)
@pytest.mark.parametrize("data", ["line", "drawn"])
def test_nonsense_from_the_stage_changes_nothing(app, data, choice):
    tab = app({"data": data})
    before = tab.payload
    assert tab.choose(choice).payload == before


def test_a_start_for_other_parameters_shows_the_default_start(app, expected):
    tab = app().choose({"start": [1, 2, 3]})
    shown = tab.payload
    assert shown["run"] == expected(Experiment())["run"]


def test_an_extreme_start_is_shown_or_replaced_but_never_an_error(app):
    tab = app({"data": "drawn", "points": "1000000,0 0,0"}).choose({"start": [0, 1e100]})
    assert tab.payload["run"]["status"] in ("stopped", "converged")


def test_notes_on_the_rows_are_captions(app):
    tab = app({"data": "drawn", "points": "1,2 1,3 1,4"})
    assert any("“x” is constant" in caption for caption in tab.captions)


@pytest.mark.parametrize(
    "text",
    [
        *("<b>x</b>", "*x*", "$x^2$", ":red[x]", ":smile:", ":material/home:", "[x](http://y.z)"),
        *("http://x.yz", "www.x.yz", "me@x.yz", "a -> b", "x >= y", "~~x~~", "`x`", "# x", "&lt;"),
        *("a--b", "1. x", "\\*", "<!-- x -->", "^[x]", "|x|", "x ~= y", "![i](x)"),
    ],
)
def test_literal_leaves_no_markup(text):
    marked = literal(text)
    pieces = marked.split(":red[]")
    assert "".join(pieces).replace("\\\\", "\0").replace("\\", "").replace("\0", "\\") == text
    for piece in pieces:  # every sign is escaped, and what is matched later is torn apart
        assert all(piece[i - 1] == "\\" for i, c in enumerate(piece) if c in "<*$:[`~@>&#|!_")
        bare = piece.replace("\\", "")
        assert not any(word in bare for word in (":/", "->", "--", ">=", "~=", "www.", "@x"))


def test_literal_keeps_words_and_one_line():
    assert literal("Füße θ 12 “ok”") == "Füße θ 12 “ok”"
    assert literal("  a\r\n\n b ") == "a b"


def test_the_default_experiment_has_an_empty_link(app):
    assert app().payload["link"] == ""
    assert Line() == Experiment().data
