"""The two grids of the Data page: columns and cells."""

import json

import pytest

pytestmark = pytest.mark.slow

GAPS = "a,b,note\n1,2,x\n,5,y\n7,,z\n4,8,u\n6,9,v\n"


@pytest.fixture
def grids(app):
    tab = app({"data": "upload"}).upload(GAPS).visit("data")
    return [frame.value for frame in tab.at.dataframe], tab


def test_only_the_unit_of_a_column_can_be_typed(grids):
    (columns, _), tab = grids
    settings = json.loads(tab.at.dataframe[0].proto.columns)
    fixed = {name for name, setting in settings.items() if setting.get("disabled")}
    assert {*columns.columns} - fixed == {"Unit"}


def test_a_cell_is_shown_as_it_is_written_and_a_missing_one_empty(grids):
    (_, cells), _ = grids
    assert [*cells.index] == [1, 2, 3, 4, 5]
    assert cells["a"].tolist()[2:] == ["7", "4", "6"]
    assert cells.isna().to_numpy().sum() == 2
    assert cells["note"].tolist() == [*"xyzuv"]


def test_without_a_table_the_first_rows_of_training_are_shown(app):
    _, rows = (frame.value for frame in app(page="data").at.dataframe)
    assert len(rows) == 20
    assert [*rows.columns] == ["y", "x"]


def test_of_a_wide_table_some_columns_are_shown_the_chosen_ones_first(app):
    names = [f"c{j}" for j in range(1200)]
    rows = [[str((j * k * k) % 7 + k) for j in range(len(names))] for k in range(4)]
    tab = app({"data": "upload"}).upload("\n".join(",".join(row) for row in [names, *rows]))
    tab.set("target:upload", "c1150")
    columns, cells = (frame.value for frame in tab.visit("data").at.dataframe)
    assert (len(columns), columns["Column"][0]) == (1000, "c1150")
    assert (len(cells.columns), cells.columns[0]) == (200, "c1150")
    said = [caption for caption in tab.captions if "of its 1,200 columns, the chosen" in caption]
    assert len(said) == 2
    assert "up to 5,000 rows, 1,000 columns and 100,000 cells" in said[1]
