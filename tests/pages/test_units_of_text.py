"""Numbers that stand with a unit are read on the data page, and keep it."""

from urllib.parse import parse_qs

import pytest

from linreg.data.cleaning.repairs.column_repairs import Numbers
from linreg.data.sources.choice import UPLOAD
from tests.helpers.app import as_read

pytestmark = pytest.mark.slow

ALONE = "distance;time\n" + "\n".join(f"{k} km;{3 * k + k % 4}" for k in range(30))
BESIDE = "price;rooms;y\n" + "\n".join(f"€1,{k}00.50;{k % 5};{k * k}" for k in range(1, 9))


def unit(tab, column):
    return tab.at.dataframe[0].value.set_index("Column").loc[column, "Unit"]


@pytest.mark.parametrize(
    ("text", "column", "sign"), [(ALONE, "distance", "km"), (BESIDE, "price", "€")]
)
def test_one_click_reads_the_numbers_and_another_undoes_it(app, text, column, sign):
    tab = app({"data": UPLOAD}).upload(text).visit("data")
    tab.press("Read the numbers")
    repair = Numbers(column, sign)
    assert tab.tab.repairs[UPLOAD] == (repair,)
    assert unit(tab, column) == sign
    texts = [as_read(m.value) for m in tab.at.markdown]
    assert any(f"“{column}” is read as numbers with the unit “{sign}”" in each for each in texts)
    tab.set(f"features:{UPLOAD}", [column])
    payload = tab.visit("stage").payload
    assert payload["featureLabels"] == [f"{column} ({sign})"]
    query = parse_qs(payload["link"])
    assert query["repair"] == [repair.text]
    opened = app(query).upload(text)
    assert opened.payload["featureLabels"] == [f"{column} ({sign})"]
    tab.visit("data").press("Undo")
    assert any(as_read(button.label) == "Read the numbers" for button in tab.at.button)
