import streamlit as st

from linreg.data.cleaning.column_profile import column_count, profile
from linreg.data.cleaning.suggest_columns import lacking_numbers
from linreg.data.sources.choice import origin
from linreg.text.markdown import literal
from linreg.text.numbers import count
from linreg.ui.data_page import downloads, findings_view, table_view
from linreg.ui.lesson import page
from linreg.ui.lesson.contents import PAGES_FOLDER
from linreg.ui.state import tab_state, tab_table, table_edits

page.headline("Data")
page.keep_address()
source, results = tab_table.repaired_if_any()
is_made_here = source is None
needs_repair = tab_table.needs_repair(source)  # the rows on the stage are of other data then
resolved = page.current(lacking_numbers(source, place="below") if needs_repair else "")
experiment, rows = resolved.experiment, resolved.training_set
data = rows.dataset

if not needs_repair:
    st.markdown(literal(tab_state.notation().say(origin(experiment.data, data), rows.features)))
    with st.container(horizontal=True, gap="medium"):
        st.metric("Rows used", count(rows.n), width="content")
        st.metric("Rows left out", count(rows.left_out), width="content")
        st.metric("Features", count(rows.features), width="content")
        st.metric("Target", literal(data.target), width="content")

if is_made_here:
    columns, every = profile(data), column_count(data)
    st.caption("Generated data: nothing to fix.")
else:
    findings_view.show_proposal()
    target, features = tab_table.columns()
    columns, every = profile(source, target, features), column_count(source)
    findings_view.show_earlier_repairs(source)
    findings_view.show_repairs(results)
    findings_view.show_findings(tab_table.table_findings(), len(features))
    findings_view.leave_groups(source, columns)

st.subheader("Columns", anchor=False)
table_view.show_columns(columns, every, None if is_made_here else table_edits.unit)

st.subheader("Rows", anchor=False)
if not is_made_here and source.table is not None:
    table_view.show_cells(source.table, [target, *features])
else:
    table_view.show_rows(data)

if not needs_repair:
    downloads.offer(experiment, rows)

back, on = st.columns(2)
back.page_link(PAGES_FOLDER / "stage.py", label="Open this experiment on the stage")
on.page_link(PAGES_FOLDER / "model.py", label="To the lesson: Model")
