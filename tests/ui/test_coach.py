"""What is done to a table: repairs, undone to exactly what was there, and units."""

from dataclasses import replace

import pyarrow as pa
import pytest

from linreg.experiment import UPLOAD, Chosen, Experiment, View
from linreg.reading import read_table
from linreg.repairs import Cell, Days, Fill, Indicators, LeaveGroup, LeaveOut, Standardise
from linreg.ui import bringing, coach, session

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
    session.keep(Experiment(data=Chosen(UPLOAD)))
    state.view = View()
    bringing.bring(people(), "1")
    session.choose_columns(session.chosen())
    return state


def columns():
    return list(session.repaired()[0].columns)


def test_a_repair_is_part_of_the_experiment(tab):
    tab.rate = 0.5
    coach.repair([Fill("age")])
    asked = session.experiment()
    assert asked.data == Chosen(UPLOAD, "price", ("age",), (Fill("age"),))
    assert asked.rate is None
    assert len(session.on_stage()[1].dataset.y) == 4


def test_columns_made_for_training_join_the_features(tab):
    coach.repair([Indicators("region")])
    made = ("region = north", "region = south")
    assert session.chosen().features == ("age", *made)
    coach.repair([Days("day")])
    assert session.chosen().features == ("age", *made, "day")


@pytest.mark.parametrize("repair", [Fill("age"), Indicators("region"), LeaveOut("age")])
def test_undoing_restores_exactly_what_was_there(tab, repair):
    tab.rate, tab.start, tab.view = 0.25, (1.0, 2.0), View(step=3)
    before = session.experiment()
    coach.repair([repair])
    assert session.experiment() != before
    coach.undo(0)
    assert session.experiment() == before


def test_undoing_all_restores_the_beginning(tab):
    before = session.experiment()
    for repair in (Fill("age"), Standardise("age"), LeaveGroup("region", "east")):
        coach.repair([repair])
    coach.undo_all()
    assert session.experiment() == before


def test_a_repair_in_the_middle_is_undone_and_the_rest_stays(tab):
    coach.repair([Fill("age"), Indicators("region")])
    coach.repair([Standardise("price")])
    coach.undo(1)
    assert session.chosen().repairs == (Fill("age"), Standardise("price"))
    assert session.chosen().features == ("age",)
    assert columns() == ["age", "price"]


def test_a_repair_that_lost_its_column_is_told(tab):
    coach.repair([Days("day")])
    coach.repair([Standardise("day")])
    coach.undo(0)
    _, told = session.repaired()
    assert [each.applied for each in told] == [False]
    assert "day" in told[0].sentence


def test_cells_are_edited_by_the_numbers_of_their_rows(tab):
    coach.repair([LeaveGroup("region", "north")])
    rows = session.repaired()[0].rows.tolist()
    coach.edit(rows, {0: {"age": "40"}, 2: {"price": None}})
    edits = (Cell(2, "age", "40"), Cell(4, "price", ""))
    assert session.chosen().repairs == (LeaveGroup("region", "north"), *edits)
    assert session.repaired()[0].columns["age"][0] == 40


def test_the_last_text_of_a_cell_counts(tab):
    coach.edit([1, 2, 3, 4], {0: {"age": "31"}})
    coach.edit([1, 2, 3, 4], {0: {"age": "31"}, 1: {"age": "45"}})
    coach.edit([1, 2, 3, 4], {0: {"age": "32"}, 1: {"age": "45"}})
    assert session.chosen().repairs == (Cell(2, "age", "45"), Cell(1, "age", "32"))
    coach.repair([Standardise("age")])
    coach.edit([1, 2, 3, 4], {0: {"age": "0"}})
    assert len(session.chosen().repairs) == 4


def test_edits_that_are_in_already_change_nothing(tab):
    coach.edit([1, 2, 3, 4], {0: {"age": "31"}})
    tab.rate = 0.5
    coach.edit([1, 2, 3, 4], {0: {"age": "31"}})
    assert tab.rate == 0.5


def test_units_are_typed_and_emptied(tab):
    coach.type_units(["price", "age"], {0: {"Unit": "  US  dollars "}, 1: {"Unit": "years"}})
    assert session.chosen().units == (("price", "US dollars"), ("age", "years"))
    coach.type_units(["price", "age"], {0: {"Unit": None}})
    assert session.chosen().units == (("age", "years"),)


def test_units_change_no_number(tab):
    rows = session.on_stage()[1]
    coach.type_units(["age"], {0: {"Unit": "years"}})
    assert session.on_stage()[1] is rows


def test_a_new_file_forgets_what_was_done_to_the_former(tab):
    coach.repair([Fill("age")])
    coach.type_units(["age"], {0: {"Unit": "years"}})
    bringing.bring(people("again.csv"), "2")
    assert session.chosen() == Chosen(UPLOAD, "price", ("age",))
    coach.repair([Fill("age")])
    coach.undo(0)
    assert session.chosen() == Chosen(UPLOAD, "price", ("age",))


def test_a_link_keeps_its_repairs_for_the_file_that_has_its_columns(state):
    asked = Chosen(UPLOAD, "price", ("region = north",), (Indicators("region"),), (("price", "$"),))
    session.keep(Experiment(data=asked))
    state.view = View()
    bringing.bring(people(), "1")
    assert session.chosen() == asked


def test_what_is_done_to_one_table_stays_with_it(state):
    session.keep(Experiment(data=Chosen("tips", repairs=(Standardise("size"),))))
    state.view = View()
    state.built_in = "iris"
    assert session.chosen().repairs == ()
    state.built_in = "tips"
    assert session.chosen().repairs == (Standardise("size"),)


def test_what_a_repair_made_is_never_proposed_as_the_target(tab):
    coach.repair([Days("day"), Indicators("region")])
    coach.repair([Standardise(name) for name in session.chosen().features])
    assert coach.proposed()[0] == "price"
    coach.repair([Standardise("price")])
    assert coach.proposed()[0] == "price"


def test_undoing_after_a_reload_gives_a_feature_back(state):
    asked = Chosen("tips", "tip", ("total_bill",), (LeaveOut("size"), LeaveOut("sex")))
    session.keep(Experiment(data=asked))
    state.view = View()
    coach.undo(1)
    assert session.chosen().features == ("total_bill",)
    coach.undo_all()
    assert session.chosen() == Chosen("tips", "tip", ("total_bill", "size"))
