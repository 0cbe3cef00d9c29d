"""The Data page: the numbers of a table, its findings, and its repairs."""

from urllib.parse import parse_qs

import numpy as np
import pytest

from linreg.data.cleaning.repairs.column_repairs import Standardise
from linreg.data.cleaning.repairs.row_repairs import Cell
from linreg.data.load import load_training_set
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn
from linreg.experiment.experiment import Experiment
from linreg.experiment.url import to_link
from tests.helpers.app import as_read

pytestmark = pytest.mark.slow

GAPS = "a,b,note\n1,2,x\n,5,y\n7,,z\n4,8,u\n6,9,v\n"
PEOPLE = """age,region,day,price
30,north,2020-01-31,10
,south,2020-02-01,12
50,south,2020-02-03,15
60,east,2020-02-09,19
"""


def metrics(tab):
    return {metric.label: as_read(metric.value) for metric in tab.at.metric}


def columns(tab):
    return tab.at.dataframe[0].value.set_index("Column")


def cells(tab):
    return tab.at.dataframe[1].value


def words(tab):
    return [as_read(text.value) for kind in (tab.at.markdown, tab.at.caption) for text in kind]


def buttons(tab):
    return [as_read(button.label) for button in tab.at.button]


@pytest.mark.parametrize(
    "data",
    [
        *(kind() for kind in GENERATORS.values()),
        *(TableChoice(name) for name in BUILT_IN),
        Drawn(((0.0, 1.0), (1.0, 5.0))),
    ],
    ids=lambda data: data.name,
)
def test_the_numbers_are_those_of_the_rows(app, data):
    tab = app(parse_qs(to_link(Experiment(data=data)))).visit("data")
    rows = load_training_set(data).dataset
    described, first = columns(tab), cells(tab)
    for name, values in zip((rows.target, *rows.features), [rows.y, *rows.X.T], strict=True):
        got = described.loc[name, ["Minimum", "Mean", "Maximum", "Standard deviation"]].astype(
            float
        )
        want = [values.min(), values.mean(), values.max(), values.std(ddof=1)]
        np.testing.assert_allclose(got, want, rtol=1e-12)
        assert sum(described.loc[name, "Histogram"]) == len(values)
    assert described.loc[rows.target, "Role"] == "target"
    assert ("Unit" in described) == (data.name in BUILT_IN)
    np.testing.assert_array_equal(first[rows.target].astype(float)[:20], rows.y[:20])
    np.testing.assert_array_equal(first.index[:20], rows.rows[:20])
    assert metrics(tab)["Rows used"] == f"{len(rows.y):,}"
    assert metrics(tab)["Target"] == rows.target
    assert any(rows.source.split(":")[0] in source for source in words(tab))


def test_rows_left_out_and_missing_values_are_told(app):
    tab = app({"data": "upload"}).upload(GAPS).visit("data")
    assert metrics(tab)["Rows used"] == "3"
    assert metrics(tab)["Rows left out"] == "2"
    assert dict(columns(tab)["Missing"]) == {"b": 1, "a": 1, "note": 0}
    assert list(cells(tab)["a"].isna()) == [False, True, False, False, False]
    assert any("left out" in caption for caption in tab.captions)


def test_names_are_shown_letter_by_letter(app):
    tab = app({"data": "upload"}).upload("*a*,$b$ <i>\n1,2\n3,5\n4,4\n").visit("data")
    assert metrics(tab)["Target"] == "$b$ <i>"


def test_rows_and_problem_file_can_be_taken_home(app):
    tab = app({"data": "tips"}).visit("data")
    labels = [button.proto.label for button in tab.at.get("download_button")]
    assert labels == ["Download the rows used (CSV)", "Download a problem file"]


def test_a_finding_is_repaired_with_one_click_and_undone(app):
    tab = app({"data": "tips", "x": ["total_bill", "size"]})
    before = tab.payload
    tab.visit("data")
    assert any("κ = 4,600" in text for text in words(tab))
    offered = len(buttons(tab))
    tab.press("Standardise the features")
    assert not any("κ = 4,600" in text for text in words(tab))
    assert any("“total_bill” is standardised" in text for text in words(tab))
    assert columns(tab).loc["total_bill", "Unit"] == "standard deviations"
    assert abs(columns(tab).loc["total_bill", "Mean"]) < 1e-12
    changed = tab.visit("stage").payload
    assert "repair=standardise" in changed["link"]
    tab.visit("data").press("Undo all")
    assert len(buttons(tab)) == offered
    assert tab.visit("stage").payload == before


def test_an_edited_cell_is_a_repair(app):
    tab = app({"data": "upload"}).upload(PEOPLE).visit("data")
    tab.edit("cells", {1: {"age": "41"}})
    assert tab.tab.repairs["upload"] == (Cell(2, "age", "41"),)
    assert metrics(tab)["Rows used"] == "4"
    assert any("“age” in row 2 is 41 instead of missing" in text for text in words(tab))
    tab.press("Undo")
    assert metrics(tab)["Rows used"] == "3"
    assert cells(tab)["age"].isna()[2]


def test_a_text_that_is_no_number_is_told_and_kept(app):
    tab = app({"data": "upload"}).upload(PEOPLE).visit("data")
    tab.edit("cells", {0: {"age": "thirty"}})
    assert tab.tab.repairs["upload"] == (Cell(1, "age", "thirty"),)
    assert any("“thirty” is no number" in text for text in words(tab))
    assert metrics(tab)["Rows used"] == "2"


def test_unusable_columns_leave_a_way_to_repair_them(app):
    tab = app({"data": "upload"}).upload(PEOPLE).visit("data")
    tab.set("target:upload", "region")
    assert any("region" in warning for warning in tab.warnings)
    tab.press("Use this")
    assert not tab.warnings
    assert metrics(tab)["Target"] == "price"


def test_units_that_are_typed_appear_on_the_stage(app):
    tab = app({"data": "upload"}).upload(PEOPLE).visit("data")
    names = list(columns(tab).index)
    tab.edit("columns", {names.index("price"): {"Unit": "$"}, names.index("age"): {"Unit": "yr"}})
    assert columns(tab).loc["price", "Unit"] == "$"
    payload = tab.visit("stage").payload
    assert payload["targetLabel"] == "price ($)"
    assert payload["units"]["theta"] == ["$", "$ per yr"]
    assert "unit=price" in payload["link"]


def test_groups_of_rows_are_left_out(app):
    tab = app({"data": "upload"}).upload(PEOPLE).visit("data")
    tab.set("group column", "region")
    choice = next(m for m in tab.at.multiselect if m.key.startswith("group values"))
    assert [as_read(option) for option in choice.options] == [
        *("east (1 row)", "north (1 row)", "south (2 rows)")
    ]
    choice.set_value(["north"])
    tab.run().press("Leave these rows out")
    assert metrics(tab)["Rows left out"] == "2"
    assert list(cells(tab).index) == [2, 3, 4]


def test_a_large_table_shows_its_first_rows_and_says_why(app):
    rows = "a,b\n" + "\n".join(f"{k},{k % 7}" for k in range(5001))
    tab = app({"data": "upload"}).upload(rows).visit("data")
    assert len(cells(tab)) == 20
    assert any("up to 5,000 rows" in caption for caption in tab.captions)


def test_the_way_to_the_page_says_what_is_there(app):
    tab = app({"data": "upload"}).upload(PEOPLE)
    labels = [link.proto.label for link in tab.at.get("page_link")]
    assert sum("findings: see Data" in label for label in labels) == 2  # sidebar and stage
    tab.visit("data").edit("cells", {1: {"age": "41"}})
    labels = [link.proto.label for link in tab.at.get("page_link")]
    assert any("and 1 repair: see Data" in label for label in labels)


def test_repairs_and_units_are_opened_from_the_address(app):
    data = TableChoice("tips", "tip", ("size",), (Standardise("size"),), (("tip", "$"),))
    tab = app(parse_qs(to_link(Experiment(data=data)))).visit("data")
    assert columns(tab).loc["size", "Unit"] == "standard deviations"
    assert columns(tab).loc["tip", "Unit"] == "$"
    assert "Undo" in buttons(tab)


def test_a_repair_that_can_not_be_done_is_told(app):
    tab = app({"data": "tips", "repair": "standardise:gone"}).visit("data")
    assert any("There is no column “gone”" in warning for warning in tab.warnings)
    tab.press("Undo")
    assert not tab.warnings


def test_a_repair_that_can_not_be_done_gives_no_unit(app):
    tab = app({"data": "tips", "x": "size", "repair": ["numbers:size=km", "days:size"]})
    own = app({"data": "tips", "x": "size"})
    assert tab.payload["featureLabels"] == own.payload["featureLabels"]
    here, there = (columns(each.visit("data")).loc["size", "Unit"] for each in (tab, own))
    assert here == there


def test_where_repairs_are_needed_the_page_that_offers_them_is_named_elsewhere_only(app):
    tab = app({"data": "upload"}).upload("price,share\n$12.50,10%\n$9.99,20%\n$7.00,15%\n")
    assert tab.warnings[0].endswith(
        "numbers of their text on the page Data, or choose another file."
    )
    (warning,) = tab.visit("data").warnings
    assert warning.endswith("Make numbers of their text below, or choose another file.")


def test_a_table_without_a_feature_says_truly_what_to_do(app):
    tab = app({"data": "upload"}).upload("a,y\n1,2\n1,3\n1,4\n").visit("data")
    tab.press("Leave “a” out")
    (warning,) = tab.warnings
    assert "Only “y” holds numbers" in warning
    assert warning.endswith("Undo a repair that left something out, or choose other data.")
    assert not any("Nothing that stands in the way" in text for text in words(tab))
    assert not tab.press("Undo").warnings


@pytest.mark.parametrize(
    ("text", "edits", "anew"),
    [
        ("a,b\n1,2\n2,4\n3,5\n", {0: {"a": "7"}, 1: {"b": "2.5"}}, False),
        ("a,b\n1,2\n2,4\n3,5\n", {0: {"a": None}}, False),
        ("a,b\n1,2\n2,4\n3,5\n", {0: {"a": "abc"}}, True),
        ("a,b\n1,2\n2,4\n3,5\n", {0: {"a": "7"}, 1: {"b": "2,8"}}, True),
        ("a;b\n1,5;2\n2;4\n3;5\n", {0: {"a": "12,5"}}, True),
        ("a,b,c\n1,2,x\n2,4,y\n3,5,z\n", {0: {"c": "two words"}}, False),
    ],
)
def test_the_grid_shows_what_the_table_holds(app, text, edits, anew):
    tab = app({"data": "upload"}).upload(text).visit("data")
    before = tab.at.dataframe[1].proto.id
    tab.edit("cells", edits)
    assert (tab.at.dataframe[1].proto.id != before) is anew
    if anew:
        kept = tab.tab.repairs["upload"]
        now = tab.at.dataframe[1].proto.id
        tab.edit("cells", edits)  # once more: nothing is done, and still it must not stay there
        assert tab.tab.repairs["upload"] == kept
        assert tab.at.dataframe[1].proto.id != now
