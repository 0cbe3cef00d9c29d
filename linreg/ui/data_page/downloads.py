"""Downloads of the Data page: the rows, and a problem file with all that training needs of them."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from linreg.data.dataset import Dataset
from linreg.data.summary.problem_file import check_columns, dumps
from linreg.data.training_set import TrainingSet
from linreg.errors import DataError
from linreg.experiment.experiment import Experiment
from linreg.experiment.exports.code import ROWS_FILE, rows_csv
from linreg.experiment.exports.problem import summary_of
from linreg.text.markdown import literal
from linreg.text.numbers import count, counted
from linreg.ui.state import tab_state, tab_table

PROBLEM_FILE = "problem.json"
PROBLEM_FILE_HELP = (
    "The number of rows, the means and a triangle of numbers: all that training needs of {rows}, "
    "in a few kB, with units, repairs and a sample of rows to draw. Open it here like a table, or "
    "with “python -m linreg”."
)


def offer(experiment: Experiment, rows: TrainingSet) -> None:
    """Offer a file of the rows that are here, and a problem file of all rows."""
    held_rows = "rows used" if rows.holds_all else f"{count(len(rows.dataset.y))} rows at hand"
    data = rows.dataset
    if not rows.holds_all:
        data = replace(data, repairs=(*data.repairs, f"sample: {rows.rows_held}"))
    uploaded = tab_state.uploaded_table()
    with st.container(horizontal=True):
        st.download_button(
            f"Download the {held_rows} (CSV)",
            lambda: rows_csv(data),
            ROWS_FILE,
            "text/csv",
            on_click="ignore",
        )
        if refusal := _refusal(data):
            st.caption(literal(refusal))
            return
        st.download_button(
            "Download a problem file",
            lambda: dumps(summary_of(experiment, uploaded)),
            PROBLEM_FILE,
            "application/json",
            on_click="ignore",
            help=PROBLEM_FILE_HELP.format(rows=counted(rows.n, "row")),
        )


def _refusal(data: Dataset) -> str:
    """Say why there can be no problem file, or return "".

    All columns of numbers are part of the file. A click would be too late to say so: it sums up
    all rows first.
    """
    source, _ = tab_table.repaired_if_any()
    try:
        check_columns((data.target, *data.features), () if source is None else [*source.columns])
    except DataError as refusal:
        return str(refusal)
    return ""
