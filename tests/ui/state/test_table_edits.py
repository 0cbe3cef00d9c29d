"""Edits of a table: repairs, undone to exactly the state before, and units."""

from dataclasses import replace

import pyarrow as pa
import pytest

from linreg.data.cleaning.repairs.column_repairs import (
    Days,
    Fill,
    Indicators,
    LeaveOut,
    Standardise,
)
from linreg.data.cleaning.repairs.row_repairs import Cell, LeaveGroup
from linreg.data.files.read_table import read_table
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.experiment.experiment import Experiment, View
from linreg.ui.state import tab_state, tab_table, table_edits
from linreg.ui.upload import table_upload

ROWS = """age,region,day,price
30,north,2020-01-31,10
,south,2020-02-01,12
50,south,2020-02-03,15
60,east,2020-02-09,19
"""


def people(name="people.csv"):
    rows = [line.split(",") for line in ROWS.splitlines()[1:]]
    table = read_table(ROWS.encode(), name)
    cells = [pa.chunked_array([[row[j] for row in rows]]) for j in (1, 2)]
    return replace(table, texts=dict(zip(table.text, cells, strict=True)))


@pytest.fixture
def tab(state):
    """A tab with a table of numbers, text, dates and a gap."""
    tab_state.set_controls(Experiment(data=TableChoice(UPLOAD)))
    state.view = View()
    table_upload._accept(people(), "1")
    tab_table.choose_columns(tab_state.table_choice())
    return state


def columns():
    return list(tab_table.repaired()[0].columns)


def test_a_repair_is_part_of_the_experiment(tab):
    tab.rate = 0.5
    table_edits.repair([Fill("age")])
    asked = tab_state.experiment()
    assert asked.data == TableChoice(UPLOAD, "price", ("age",), (Fill("age"),))
    assert asked.rate is None
    assert len(tab_state.on_stage()[1].dataset.y) == 4


def test_columns_made_for_training_join_the_features(tab):
    table_edits.repair([Indicators("region")])
    made = ("region = north", "region = south")
    assert tab_state.table_choice().features == ("age", *made)
    table_edits.repair([Days("day")])
    assert tab_state.table_choice().features == ("age", *made, "day")


@pytest.mark.parametrize("repair", [Fill("age"), Indicators("region"), LeaveOut("age")])
def test_undoing_restores_exactly_what_was_there(tab, repair):
    tab.rate, tab.start, tab.view = 0.25, (1.0, 2.0), View(step=3)
    before = tab_state.experiment()
    table_edits.repair([repair])
    assert tab_state.experiment() != before
    table_edits.undo(0)
    assert tab_state.experiment() == before


def test_undoing_all_restores_the_beginning(tab):
    before = tab_state.experiment()
    for repair in (Fill("age"), Standardise("age"), LeaveGroup("region", "east")):
        table_edits.repair([repair])
    table_edits.undo_all()
    assert tab_state.experiment() == before


def test_a_repair_in_the_middle_is_undone_and_the_rest_stays(tab):
    table_edits.repair([Fill("age"), Indicators("region")])
    table_edits.repair([Standardise("price")])
    table_edits.undo(1)
    assert tab_state.table_choice().repairs == (Fill("age"), Standardise("price"))
    assert tab_state.table_choice().features == ("age",)
    assert columns() == ["age", "price"]


def test_a_repair_that_lost_its_column_is_told(tab):
    table_edits.repair([Days("day")])
    table_edits.repair([Standardise("day")])
    table_edits.undo(0)
    _, results = tab_table.repaired()
    assert [each.applied for each in results] == [False]
    assert "day" in results[0].sentence


def test_cells_are_edited_by_the_numbers_of_their_rows(tab):
    table_edits.repair([LeaveGroup("region", "north")])
    rows = tab_table.repaired()[0].rows.tolist()
    table_edits.edit(rows, {0: {"age": "40"}, 2: {"price": None}})
    edits = (Cell(2, "age", "40"), Cell(4, "price", ""))
    assert tab_state.table_choice().repairs == (LeaveGroup("region", "north"), *edits)
    assert tab_table.repaired()[0].columns["age"][0] == 40


def test_the_last_text_of_a_cell_counts(tab):
    table_edits.edit([1, 2, 3, 4], {0: {"age": "31"}})
    table_edits.edit([1, 2, 3, 4], {0: {"age": "31"}, 1: {"age": "45"}})
    table_edits.edit([1, 2, 3, 4], {0: {"age": "32"}, 1: {"age": "45"}})
    assert tab_state.table_choice().repairs == (Cell(2, "age", "45"), Cell(1, "age", "32"))
    table_edits.repair([Standardise("age")])
    table_edits.edit([1, 2, 3, 4], {0: {"age": "0"}})
    assert len(tab_state.table_choice().repairs) == 4


def test_edits_that_are_in_already_change_nothing(tab):
    table_edits.edit([1, 2, 3, 4], {0: {"age": "31"}})
    tab.rate = 0.5
    table_edits.edit([1, 2, 3, 4], {0: {"age": "31"}})
    assert tab.rate == 0.5


def test_units_are_typed_and_emptied(tab):
    table_edits.set_units(["price", "age"], {0: {"Unit": "  US  dollars "}, 1: {"Unit": "years"}})
    assert tab_state.table_choice().units == (("price", "US dollars"), ("age", "years"))
    table_edits.set_units(["price", "age"], {0: {"Unit": None}})
    assert tab_state.table_choice().units == (("age", "years"),)


def test_units_change_no_number(tab):
    rows = tab_state.on_stage()[1]
    table_edits.set_units(["age"], {0: {"Unit": "years"}})
    assert tab_state.on_stage()[1] is rows


def test_a_new_file_forgets_what_was_done_to_the_former(tab):
    table_edits.repair([Fill("age")])
    table_edits.set_units(["age"], {0: {"Unit": "years"}})
    table_upload._accept(people("again.csv"), "2")
    assert tab_state.table_choice() == TableChoice(UPLOAD, "price", ("age",))
    table_edits.repair([Fill("age")])
    table_edits.undo(0)
    assert tab_state.table_choice() == TableChoice(UPLOAD, "price", ("age",))


def test_a_link_keeps_its_repairs_for_the_file_that_has_its_columns(state):
    asked = TableChoice(
        UPLOAD, "price", ("region = north",), (Indicators("region"),), (("price", "$"),)
    )
    tab_state.set_controls(Experiment(data=asked))
    state.view = View()
    table_upload._accept(people(), "1")
    assert tab_state.table_choice() == asked


def test_what_is_done_to_one_table_stays_with_it(state):
    tab_state.set_controls(Experiment(data=TableChoice("tips", repairs=(Standardise("size"),))))
    state.view = View()
    state.built_in = "iris"
    assert tab_state.table_choice().repairs == ()
    state.built_in = "tips"
    assert tab_state.table_choice().repairs == (Standardise("size"),)


def test_what_a_repair_made_is_never_proposed_as_the_target(tab):
    table_edits.repair([Days("day"), Indicators("region")])
    table_edits.repair([Standardise(name) for name in tab_state.table_choice().features])
    assert table_edits.proposed()[0] == "price"
    table_edits.repair([Standardise("price")])
    assert table_edits.proposed()[0] == "price"


def test_undoing_after_a_reload_gives_a_feature_back(state):
    asked = TableChoice("tips", "tip", ("total_bill",), (LeaveOut("size"), LeaveOut("sex")))
    tab_state.set_controls(Experiment(data=asked))
    state.view = View()
    table_edits.undo(1)
    assert tab_state.table_choice().features == ("total_bill",)
    table_edits.undo_all()
    assert tab_state.table_choice() == TableChoice("tips", "tip", ("total_bill", "size"))
