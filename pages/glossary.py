import streamlit as st

from linreg.ui import session
from linreg.ui.lesson.glossary import TERMS, anchor, found, written
from linreg.ui.words import literal

st.title("Glossary")
search = st.text_input(
    "Search terms, symbols and definitions", key="glossary.search", type="search", live=True
)
terms = found(search or "")
if not terms:
    st.info(literal(f"No term has “{search}” in it. Clear the search box to see all."))
for term in terms:
    st.subheader(written(term), anchor=anchor(term))
    st.markdown(session.notation().say(TERMS[term]))
