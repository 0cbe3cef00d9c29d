import pandas as pd
import streamlit as st

from linreg.experiment import Chosen, table_of
from linreg.profile import origin, profile
from linreg.real_tables import BUILT_IN
from linreg.ui import downloads, session
from linreg.ui.lesson import page
from linreg.ui.words import literal
from linreg.wording import count

FIRST = 20  # rows: enough to see what they look like
NUMBER = st.column_config.NumberColumn(format="%.6g")
NUMBERS = ("Minimum", "Mean", "Maximum", "Standard deviation")

page.headline("Data")
experiment, rows = page.at_hand()
data = rows.dataset
of_table = isinstance(experiment.data, Chosen)
table = table_of(experiment.data, session.uploaded()) if of_table else None
units = BUILT_IN[experiment.data.name].units if experiment.data.name in BUILT_IN else {}
columns = profile(data, table)
M = rows.features

st.markdown(literal(session.notation().say(origin(experiment.data, data), M)))
with st.container(horizontal=True, gap="large"):
    st.metric("Rows used", count(rows.n), width="content")
    st.metric("Rows left out", count(rows.read - rows.n), width="content")
    st.metric("Features", count(M), width="content")
    st.metric("Target", literal(data.target), width="content")

st.subheader("Columns", anchor=False)
described = pd.DataFrame(
    [
        [c.name, c.role, units.get(c.name), c.least, c.mean, c.greatest, c.deviation, c.missing]
        for c in columns
    ],
    columns=["Column", "Role", "Unit", *NUMBERS, "Missing"],
)
st.dataframe(
    described if units else described.drop(columns="Unit"),
    hide_index=True,
    column_config=dict.fromkeys(NUMBERS, NUMBER),
    alt="Each column with its role, minimum, mean, maximum, standard deviation and missing values",
)
st.caption(
    "Over all rows that have a number in the column. The standard deviation divides by n − 1."
)

st.subheader("First rows" if rows.whole else "Some rows", anchor=False)
first = pd.DataFrame(
    {data.target: data.y[:FIRST], **dict(zip(data.features, data.X[:FIRST].T, strict=True))},
    index=pd.Index(data.rows[:FIRST], name="Row"),
)
st.dataframe(
    first,
    column_config=dict.fromkeys(first.columns, NUMBER),
    alt="The first rows that training uses, with their row numbers",
)
downloads.offer(experiment, rows)

back, on = st.columns(2)
back.page_link(page.PAGES / "stage.py", label="Open this experiment on the stage")
on.page_link(page.PAGES / "model.py", label="To the lesson: Model")
