"""How a table gets into a browser tab: a file, or pasted rows."""

from __future__ import annotations

import gc
from dataclasses import replace

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from linreg.experiment import UPLOAD, Chosen, table_of
from linreg.reading import Table, TableError, read_table, read_text
from linreg.selection import propose
from linreg.ui import coach, session


def take_file(file: UploadedFile | None) -> None:
    """Read a file that is new."""
    state = st.session_state
    file_id = file.file_id if file is not None else None
    if state.get("tried") == file_id:
        return
    state.tried, state.refusal = file_id, ""
    if file is None:  # taken off the list, or let go when it was read
        return
    try:
        bring(read_table(file, file.name), file.file_id)
        _let_go(file)
    except TableError as error:
        state.refusal = str(error)


def take_text(text: str) -> None:
    """Read pasted rows."""
    state = st.session_state
    state.refusal = ""
    try:
        bring(read_text(text), f"pasted {hash(text)}")
    except TableError as error:
        state.refusal = str(error)
    _empty_uploader()


def bring(table: Table, version: str) -> None:
    """Take over a table, with what the link asks of it if it has the link's columns.

    Parameters
    ----------
    version : str
        Tells this table from others.

    Raises
    ------
    TableError
        If no two columns of it can be trained on; the tab is as it was.
    """
    state = st.session_state
    target, feature, note = propose(table)
    for part in ("target", "features"):
        state.pop(f"{part}:{UPLOAD}", None)
    wanted = state.wanted
    waiting = session.uploaded() is None and wanted is not None and wanted.table == UPLOAD
    asked = {wanted.target, *wanted.features} - {None} if waiting else set()
    linked = waiting and asked <= table_of(wanted, table).columns.keys()
    if not linked:
        coach.forget()
        if state.way == session.OWN:
            session.fresh()
    if not (linked and asked):
        state.wanted = Chosen(UPLOAD, target, (feature,))
        table = replace(table, notes=(*table.notes, *filter(None, [note])))
    state.pop("table", None)  # session_state keeps a value that is replaced until the next run
    state.table, state.file_id = table, version


def refusal() -> str:
    """Return why the last file was refused, until the user goes on to other data; else empty."""
    return str(st.session_state.get("refusal", ""))


def _empty_uploader() -> None:
    """Take the file off the uploader's list: it is not what is shown."""
    st.session_state.uploads = st.session_state.get("uploads", 0) + 1
    st.session_state.tried = None


def _let_go(file: UploadedFile) -> None:
    """Free the bytes of a file: Streamlit would keep them beside its columns."""
    file.close()
    if (context := get_script_run_ctx()) is not None:
        context.uploaded_file_mgr.remove_session_files(context.session_id)
    gc.collect()  # what a former file left behind in cycles may be large, too
