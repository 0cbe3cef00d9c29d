"""Values that a tab keeps: replaced, never changed, and compared without looking at rows."""

from dataclasses import FrozenInstanceError, fields

import numpy as np
import pytest

from linreg.data.sources.choice import TableChoice
from linreg.experiment.experiment import View
from linreg.ui.state.tab_values import Answer, DataBefore, ExactResult

VALUES = [
    Answer("Which?", tries=1, correct=True),
    ExactResult(rows=np.arange(3), intercept=True, fit=None),
    DataBefore(TableChoice("tips"), rate=0.1, start=(1.0, 2.0), view=View()),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_value_is_replaced_and_never_changed(value):
    for field in fields(value):
        with pytest.raises(FrozenInstanceError):
            setattr(value, field.name, None)


def test_an_exact_result_is_compared_by_identity():
    """A comparison of its rows would be one of arrays, which is no truth value."""
    result = VALUES[1]
    assert result == result
    assert result != ExactResult(result.rows, result.intercept, result.fit)


def test_an_answer_is_about_a_subject():
    assert Answer("x?", 1, True, about=(1, 2)) == Answer("x?", 1, True, about=(1, 2))
    assert Answer("x?", 1, True, about=(1, 2)) != Answer("x?", 1, True, about=(1, 3))
