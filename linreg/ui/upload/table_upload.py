"""How a table gets into a browser tab: a file, read at once or beside the app, or pasted rows."""

from __future__ import annotations

import gc
import threading
from dataclasses import replace

import streamlit as st
from streamlit.typing import UploadedFile

from linreg.data.cleaning.suggest_columns import is_repairable, propose
from linreg.data.files.formats.detect import PROBLEM_HEAD_BYTES, looks_like_problem
from linreg.data.files.process.reader_process import Reading, is_slow
from linreg.data.files.read_table import read_table, read_text
from linreg.data.load import load_repaired
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.data.summary import problem_file
from linreg.data.tabular import Tabular
from linreg.errors import DataError
from linreg.experiment.column_units import units_before
from linreg.ui.state import tab_state, table_edits
from linreg.ui.streamlit_internals import atomic, release_uploads, session_id, upload_id
from linreg.ui.upload import streaming_upload

AT_MOST = 1.0  # seconds that a page waits for a file before it shows how far reading got
LATER = 1.0  # seconds: by then the first picture of a new table has gone to the browser


@atomic
def take_file(file: UploadedFile | None) -> None:
    """Read a file that is new, or start to; what was under way is given up for it."""
    state = st.session_state
    file_id = upload_id(file) if file is not None else None
    if file is None and state.get("tried") == state.get("let_go"):
        state.tried = None  # no news: Streamlit has the file no more
    if state.get("tried") == file_id:
        return
    state.tried, state.refusal = file_id, ""
    if file is None:  # taken off the list, or let go when it was read
        return
    if (former := under_way()) is not None:
        former.cancel()  # the newer file wins
        del state.reading
    try:
        if (brought := _read(file)) is not None:
            bring(brought, upload_id(file))
        _let_go(file)
    except DataError as error:
        state.refusal = str(error)
    else:
        if (reading := under_way()) is not None:
            reading.wait(AT_MOST)
            arrive()
            state.let_go = file_id


def take_text(text: str) -> None:
    """Read pasted rows."""
    state = st.session_state
    cancel()
    state.refusal = ""
    try:
        bring(read_text(text), f"pasted {hash(text)}")
    except DataError as error:
        state.refusal = str(error)
    _empty_uploader()


def _read(file: UploadedFile) -> Tabular | None:
    """Return what is in a file; of a large one nothing yet, but have it read."""
    session = session_id()
    reading = streaming_upload.claim(session, upload_id(file))
    if reading is None:
        with memoryview(file.getvalue()) as content:  # getbuffer would copy it
            start = content[:PROBLEM_HEAD_BYTES].tobytes()
            if looks_like_problem(start):
                return problem_file.loads(content.tobytes(), file.name)
            if not is_slow(start, len(content)):
                return read_table(file, file.name)
            reading = Reading.of(content, file.name)
        streaming_upload.watch(reading, session)
    st.session_state.reading = reading
    return None


def _proposal(table: Tabular) -> tuple[TableChoice, str]:
    """Return the columns to begin with, none while a repair has to make them, and a note."""
    if table.usual is not None:
        return TableChoice(UPLOAD, *table.usual), ""
    if is_repairable(table):
        return TableChoice(UPLOAD), ""
    proposed = propose(table)
    return TableChoice(UPLOAD, proposed.target, proposed.features[:1]), proposed.note


def under_way() -> Reading | None:
    """Return the file that is being read, if any."""
    reading: Reading | None = st.session_state.get("reading")
    return reading


@atomic
def arrive() -> None:
    """Take over the table of a reading that has ended, or the reason why there is none."""
    state, reading = st.session_state, under_way()
    if reading is None or not reading.ended:
        return
    del state.reading
    try:
        bring(reading.table(), state.get("tried") or str(reading.folder), home=reading)
    except DataError as error:
        reading.cancel()
        state.refusal = str(error)
    _tidy_up()


@atomic
def cancel() -> None:
    """Give up the reading that is under way, if any; what was there stays."""
    if (reading := under_way()) is not None:
        del st.session_state.reading
        reading.cancel()
        _empty_uploader()


def bring(table: Tabular, version: str, home: Reading | None = None) -> None:
    """Take over a table, with what the link asks of it if it has the link's columns.

    Parameters
    ----------
    version : str
        Tells this table from others.
    home : Reading, optional
        The owner of the folder that the table lies in.

    Raises
    ------
    DataError
        If no two columns of it can be trained on, even after a repair; the tab is as it was.
    """
    state = st.session_state
    begin, note = _proposal(table)
    for part in ("target", "features"):
        state.pop(f"{part}:{UPLOAD}", None)
    wanted = state.wanted
    waiting = tab_state.uploaded() is None and wanted is not None and wanted.name == UPLOAD
    asked = {wanted.target, *wanted.features} - {None} if waiting else set()
    linked = waiting and asked <= set(load_repaired(wanted, table)[0].columns)
    if not linked:
        table_edits.forget()
        if state.way == tab_state.OWN:
            tab_state.fresh()
    if not state.get(f"units:{UPLOAD}"):
        state[f"units:{UPLOAD}"] = tuple(units_before(table).items())
    if not (linked and asked):
        state.wanted = begin
        table = replace(table, notes=(*table.notes, *filter(None, [note])))
    if (former := state.get("home")) is not None:
        former.cancel()
    for name in ("table", "home"):
        state.pop(name, None)  # session_state keeps a value that is replaced until the next run
    state.table, state.home, state.file_id = table, home, version


def refusal() -> str:
    """Return why the last file was refused, until the user goes on to other data; else empty."""
    return str(st.session_state.get("refusal", ""))


def _empty_uploader() -> None:
    """Take the file off the uploader's list: it is not what is shown."""
    st.session_state.uploads = st.session_state.get("uploads", 0) + 1
    st.session_state.tried = None


def _let_go(file: UploadedFile) -> None:
    """Free the bytes of a file: Streamlit would keep them beside its columns."""
    release_uploads(file)
    _tidy_up()


def _tidy_up() -> None:
    """Free what a former table or file left behind in cycles, later: the picture comes first."""
    timer = threading.Timer(LATER, gc.collect)
    timer.daemon = True
    timer.start()
