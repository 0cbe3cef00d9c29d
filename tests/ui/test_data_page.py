"""The data page: the table at hand in numbers."""

from urllib.parse import parse_qs

import numpy as np
import pytest
from conftest import as_read

from linreg.experiment import Chosen, Experiment, material
from linreg.generators import GENERATORS, Drawn
from linreg.link import to_link
from linreg.real_tables import BUILT_IN

GAPS = "a,b,note\n1,2,x\n,5,y\n7,,z\n4,8,u\n6,9,v\n"


def metrics(tab):
    return {metric.label: as_read(metric.value) for metric in tab.at.metric}


@pytest.mark.parametrize(
    "data",
    [
        *(kind() for kind in GENERATORS.values()),
        *(Chosen(name) for name in BUILT_IN),
        Drawn(((0.0, 1.0), (1.0, 5.0))),
    ],
    ids=lambda data: data.name,
)
def test_the_numbers_are_those_of_the_rows(app, data):
    tab = app(parse_qs(to_link(Experiment(data=data)))).visit("data")
    rows = material(data).dataset
    columns, first = (frame.value for frame in tab.at.dataframe)
    told = columns.set_index("Column")
    for name, values in zip((rows.target, *rows.features), [rows.y, *rows.X.T], strict=True):
        got = told.loc[name, ["Minimum", "Mean", "Maximum", "Standard deviation"]].astype(float)
        want = [values.min(), values.mean(), values.max(), values.std(ddof=1)]
        np.testing.assert_allclose(got, want, rtol=1e-12)
    assert told.loc[rows.target, "Role"] == "target"
    assert ("Unit" in told) == (data.name in BUILT_IN)
    np.testing.assert_array_equal(first[rows.target], rows.y[:20])
    np.testing.assert_array_equal(first.index, rows.rows[:20])
    assert metrics(tab)["Rows used"] == f"{len(rows.y):,}"
    assert metrics(tab)["Target"] == rows.target
    sources = [as_read(text.value) for text in tab.at.markdown]
    assert any(rows.source.split(":")[0] in source for source in sources)


def test_rows_left_out_and_missing_values_are_told(app):
    tab = app({"data": "upload"}).upload(GAPS).visit("data")
    assert metrics(tab)["Rows used"] == "3"
    assert metrics(tab)["Rows left out"] == "2"
    told = tab.at.dataframe[0].value.set_index("Column")
    assert dict(told["Missing"]) == {"a": 1, "b": 1, "note": 0}
    assert list(tab.at.dataframe[1].value.index) == [1, 4, 5]
    assert any("left out" in caption for caption in tab.captions)


def test_names_are_shown_letter_by_letter(app):
    tab = app({"data": "upload"}).upload("*a*,$b$ <i>\n1,2\n3,5\n4,4\n").visit("data")
    assert metrics(tab)["Target"] == "$b$ <i>"


def test_the_rows_used_can_be_taken_home(app):
    tab = app({"data": "tips"}).visit("data")
    button, _ = tab.at.get("download_button")
    assert button.proto.label == "Download the rows used (CSV)"
