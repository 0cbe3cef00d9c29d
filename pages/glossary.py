import streamlit as st

from linreg.text.markdown import literal
from linreg.ui.lesson import page
from linreg.ui.lesson.glossary import TERMS, anchor, heading, matching_terms, requested_term
from linreg.ui.state import tab_state


def define(term: str) -> None:
    """Show a term and its definition."""
    st.subheader(heading(term), anchor=anchor(term))
    st.markdown(tab_state.notation().say(TERMS[term]))


page.headline("Glossary")
on_top = requested_term()
if on_top:
    with st.container(border=True):
        define(on_top)
search = st.text_input(
    "Search terms, symbols and definitions", key="glossary.search", type="search", live=True
)
page.keep_address("term")  # below what a link leads to, which stays where it is while this loads
terms = matching_terms(search or "")
if not terms:
    st.info(literal(f"No term has “{search}” in it. Clear the search box to see all."))
for term in terms:
    if term != on_top:
        define(term)
