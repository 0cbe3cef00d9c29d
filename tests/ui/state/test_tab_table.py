"""The table of a tab: chosen, repaired, and looked through once."""

import pytest

from linreg.data.cleaning.repairs.column_repairs import LeaveOut
from linreg.data.files.read_table import read_table
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.experiment.experiment import Experiment
from linreg.ui.state import tab_state, tab_table


@pytest.fixture
def tips(state):
    tab_state.set_controls(Experiment(data=TableChoice("tips")))
    return state


def test_the_columns_are_the_tables_own_until_others_are_chosen(tips):
    assert tab_table.columns() == ("tip", ("total_bill",))
    tab_table.choose_columns(TableChoice("tips", "size", ("tip",)))
    assert tab_table.columns() == ("size", ("tip",))


def test_a_table_is_repaired_and_looked_through_once(tips):
    tips.repairs["tips"] = (LeaveOut("size"),)
    source, (result,) = tab_table.repaired()
    assert "size" not in source.columns
    assert result.applied
    assert tab_table.repaired()[0] is source
    results = tab_table.table_findings()
    assert results
    assert tab_table.table_findings() is results


def test_without_a_table_there_is_nothing_to_repair(state):
    tab_state.set_controls(Experiment())
    assert tab_table.repaired_if_any() == (None, ())
    assert tab_table.pending() is None


def test_a_link_to_a_file_waits_for_it(state):
    asked = Experiment(data=TableChoice(UPLOAD, "y", ("x",)))
    tab_state.set_controls(asked)
    assert tab_table.pending() == asked


@pytest.mark.parametrize(
    ("text", "needed"), [("a,b\n1,2\n2,3\n", False), ("a,b\n1,u\n2,v\n", True)]
)
def test_a_table_without_two_columns_of_numbers_needs_repair(text, needed):
    assert tab_table.needs_repair(read_table(text.encode(), "t.csv")) == needed
