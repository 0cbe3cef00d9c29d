import streamlit as st

from linreg.ui import session
from linreg.ui.lesson.glossary import TERMS, anchor

st.title("Glossary")
for term, definition in TERMS.items():
    st.subheader(term.capitalize(), anchor=anchor(term))
    st.markdown(session.notation().say(definition))
