"""Repairs made before a file was written, and edits that are taken back by hand."""

import pytest

from linreg.data.cleaning.repairs.column_repairs import Standardise
from linreg.data.cleaning.repairs.row_repairs import Cell, LeaveRows
from linreg.data.files.read_table import read_text
from linreg.data.load import load_training_set
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.experiment.exports.code import rows_csv
from tests.helpers.app import as_read

pytestmark = pytest.mark.slow

REPAIRS = (Standardise("size"), LeaveRows((2,)))


def test_exported_rows_tell_what_was_done_to_them_and_keep_their_unit(app):
    rows = load_training_set(TableChoice("tips", "tip", ("size",), REPAIRS)).dataset
    text = rows_csv(rows)
    tab = app({"data": UPLOAD}).upload(text).visit("data")
    (listed,) = (m.value for m in tab.at.markdown if m.value.startswith("Done before the file was"))
    assert as_read(listed).splitlines()[2:] == [f"- {line}" for line in rows.repairs]
    assert not any("Done before" in caption for caption in tab.captions)
    assert tab.visit("stage").payload["featureLabels"] == ["size (standard deviations)"]
    again = load_training_set(
        TableChoice(UPLOAD, repairs=(LeaveRows((1,)),)), read_text(text)
    ).dataset
    assert again.repairs == (*rows.repairs, "leave-rows:1: Row 1 is left out.")


def test_a_cell_that_is_typed_back_is_no_repair(app):
    tab = app({"data": UPLOAD}).upload("a,b\n1,2\n3,4\n5,7\n,8\n").visit("data")
    tab.edit("cells", {0: {"a": "9"}})
    assert tab.tab.repairs[UPLOAD] == (Cell(1, "a", "9"),)
    tab.edit("cells", {0: {"a": "1.0"}})
    assert tab.tab.repairs[UPLOAD] == ()
