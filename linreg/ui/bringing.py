"""How a table gets into a browser tab: a file, or pasted rows."""

from __future__ import annotations

import gc
from dataclasses import replace

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from linreg import problem_file
from linreg.experiment import UPLOAD, Brought, Chosen, table_of
from linreg.reading import TableError, read_table, read_text
from linreg.selection import propose
from linreg.summary import Summary
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
        bring(_read(file), file.file_id)
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


def _read(file: UploadedFile) -> Brought:
    with file.getbuffer() as content:
        if problem_file.looks_like(content[: problem_file.START].tobytes()):
            return problem_file.loads(content.tobytes(), file.name)
    return read_table(file, file.name)


def _proposal(table: Brought) -> tuple[str, tuple[str, ...], str]:
    """Return target and features to begin with, and a note about them."""
    if isinstance(table, Summary):
        return table.target, table.features, ""
    target, feature, note = propose(table)
    return target, (feature,), note


def bring(table: Brought, version: str) -> None:
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
    target, features, note = _proposal(table)
    for part in ("target", "features"):
        state.pop(f"{part}:{UPLOAD}", None)
    wanted = state.wanted
    waiting = session.uploaded() is None and wanted is not None and wanted.table == UPLOAD
    asked = {wanted.target, *wanted.features} - {None} if waiting else set()
    linked = waiting and asked <= set(table_of(wanted, table).columns)
    if not linked:
        coach.forget()
        if isinstance(table, Summary):
            state[f"units:{UPLOAD}"] = tuple(table.units.items())
        if state.way == session.OWN:
            session.fresh()
    if not (linked and asked):
        state.wanted = Chosen(UPLOAD, target, features)
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
