"""The content of a problem file: trained on, it gives what the rows give."""

import numpy as np
import pytest

from linreg.data.cleaning.repairs.column_repairs import LeaveOut, Standardise
from linreg.data.load import load_training_set
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.data.sources.synthetic import Drawn, Plane
from linreg.experiment.experiment import Experiment
from linreg.experiment.exports.problem import summary_of


@pytest.mark.parametrize(
    "data",
    [
        Plane(),
        Drawn(),
        TableChoice("tips"),
        TableChoice("tips", "size", ("tip",), repairs=(Standardise("tip"), LeaveOut("total_bill"))),
    ],
    ids=["plane", "drawn", "tips", "repaired"],
)
def test_the_minimiser_of_the_summary_is_that_of_the_rows(data):
    rows = load_training_set(data)
    summary = summary_of(Experiment(data=data))
    choice = TableChoice(UPLOAD, rows.dataset.target, rows.dataset.features)
    again = load_training_set(choice, summary)
    assert again.n == rows.n
    np.testing.assert_allclose(
        again.problem(intercept=True).minimiser(),
        rows.problem(intercept=True).minimiser(),
        rtol=1e-9,
    )


def test_units_and_repairs_come_along():
    repairs = (LeaveOut("total_bill"), LeaveOut("not there"))
    units = (("tip", "€"),)
    summary = summary_of(Experiment(data=TableChoice("tips", repairs=repairs, units=units)))
    assert "total_bill" not in summary.columns
    assert summary.units["tip"] == "€"
    assert [line.split(": ")[0] for line in summary.repairs] == ["leave-out:total_bill"]


def test_without_the_upload_there_is_nothing_to_sum_up():
    with pytest.raises(LookupError):
        summary_of(Experiment(data=TableChoice(UPLOAD)))
