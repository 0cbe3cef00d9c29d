import streamlit as st

from linreg.profile import origin, profile
from linreg.reading import Table
from linreg.ui import coach, downloads, session
from linreg.ui.data import advice, grids
from linreg.ui.lesson import page
from linreg.ui.words import literal
from linreg.wording import count

page.headline("Data")
page.keep_address()
experiment, rows = page.at_hand()
data, (source, told) = rows.dataset, session.at_hand()
made = source is None

waits = session.needs_repair(source)  # the rows on the stage are of other data then

if not waits:
    st.markdown(literal(session.notation().say(origin(experiment.data, data), rows.features)))
    with st.container(horizontal=True, gap="medium"):
        st.metric("Rows used", count(rows.n), width="content")
        st.metric("Rows left out", count(rows.read - rows.n), width="content")
        st.metric("Features", count(rows.features), width="content")
        st.metric("Target", literal(data.target), width="content")

if made:
    columns = profile(data)
    st.caption("These data are made here, so there is nothing to repair.")
else:
    advice.show_proposal()
    target, features = session.columns_asked()
    columns = profile(source, target, features)
    advice.show_before(source)
    advice.show_repairs(told)
    advice.show_findings(session.found(), len(features))
    advice.leave_groups(source, columns)

st.subheader("Columns", anchor=False)
grids.show_columns(columns, None if made else coach.unit)

st.subheader("Rows", anchor=False)
if isinstance(source, Table):
    grids.show_cells(source, [target, *features])
else:
    grids.show_rows(data)

if not waits:
    downloads.offer(experiment, rows)

back, on = st.columns(2)
back.page_link(page.PAGES / "stage.py", label="Open this experiment on the stage")
on.page_link(page.PAGES / "model.py", label="To the lesson: Model")
