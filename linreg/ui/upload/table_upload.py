"""Uploads of tables into a browser tab: a file, read at once or in another process, or rows."""

from __future__ import annotations

import gc
import threading
from dataclasses import replace

from streamlit.typing import UploadedFile

from linreg.data.cleaning.suggest_columns import is_repairable, propose
from linreg.data.files.formats.detect import PROBLEM_HEAD_BYTES, looks_like_problem, takes_long
from linreg.data.files.process.reader_process import Reading, prepare
from linreg.data.files.read_table import read_table, read_text
from linreg.data.files.table import Table
from linreg.data.load import load_repaired
from linreg.data.sources.choice import UPLOAD, TableChoice
from linreg.data.summary import problem_file
from linreg.data.tabular import Tabular
from linreg.errors import DataError
from linreg.experiment.column_units import units_before
from linreg.ui.state import tab_state
from linreg.ui.state.tab_state import this_tab
from linreg.ui.state.upload_state import UploadedTable
from linreg.ui.streamlit_internals import atomic, release_uploads, session_id, upload_id
from linreg.ui.upload import streaming_upload

MAX_WAIT_SECONDS = 1.0  # for a file, before the page shows how far it has been read
PASTED_NAME = "pasted rows"
# By then the first picture of a new table has gone to the browser.
COLLECT_AFTER_SECONDS = 1.0


@atomic
def handle_file(file: UploadedFile | None) -> None:
    """Read the file of the uploader if it is new, or start to; it replaces one being read.

    Parameters
    ----------
    file : UploadedFile or None
        What the uploader returned: the same file at every run, None when it is empty.
    """
    tab = this_tab()
    former, file_id = tab.upload, None if file is None else upload_id(file)
    tab.upload = former.offer(file_id)
    if file is None or tab.upload is former:
        return
    if former.reading is not None:
        former.reading.cancel()
    try:
        if (table := _read(file)) is not None:
            _accept(table, upload_id(file))
    except DataError as error:
        tab.upload = tab.upload.refuse(str(error))
        return
    _release(file)
    _finish_soon()


def handle_text(text: str) -> None:
    """Read pasted rows, or start to; they replace a file that is being read."""
    tab, content = this_tab(), text.encode(errors="replace")
    cancel_reading()
    tab.upload = tab.upload.empty_uploader()  # what is shown is not its file
    if takes_long(content):
        _read_apart(Reading.of(content, PASTED_NAME))
        _finish_soon()
        return
    try:
        _accept(read_text(text, PASTED_NAME), f"pasted {hash(text)}")
    except DataError as error:
        tab.upload = tab.upload.refuse(str(error))


def _read(file: UploadedFile) -> Tabular | None:
    """Return what is in a file, or None for one that is read in another process."""
    reading = None
    if not file.size:  # what is large was taken out on its way here
        reading = streaming_upload.claim(session_id(), upload_id(file))
    if reading is None:
        content = file.getvalue()  # without copying it, as getbuffer would
        if looks_like_problem(content[:PROBLEM_HEAD_BYTES]):
            return problem_file.loads(content, file.name)
        if not takes_long(content):
            return read_table(file, file.name)
        _read_apart(Reading.of(content, file.name))
        return None
    tab = this_tab()
    tab.upload = tab.upload.read(reading)
    return None


def _read_apart(reading: Reading) -> None:
    """Go on while another process reads."""
    tab = this_tab()
    streaming_upload.watch(reading, session_id())
    tab.upload = tab.upload.read(reading)


def _finish_soon() -> None:
    """Accept the table of a reading, if there is one, before the page is drawn."""
    if (reading := this_tab().upload.reading) is not None:
        reading.wait(MAX_WAIT_SECONDS)
        finish_reading()


def _proposal(table: Table) -> tuple[TableChoice, str]:
    """Return the columns to begin with, none while a repair has to make them, and a note."""
    if is_repairable(table):
        return TableChoice(UPLOAD), ""
    proposed = propose(table)
    return TableChoice(UPLOAD, proposed.target, proposed.features[:1]), proposed.note


@atomic
def finish_reading() -> None:
    """Accept the table of a reading that has ended, or say why it was refused."""
    tab = this_tab()
    reading = tab.upload.reading
    if reading is None or not reading.ended:
        return
    prepare()  # for the next file
    try:
        _accept(reading.table(), tab.upload.file_id or str(reading.folder), owner=reading)
    except DataError as error:
        reading.cancel()
        tab.upload = tab.upload.refuse(str(error))
    _collect_later()


@atomic
def cancel_reading() -> None:
    """Give up the file that is being read, if any; the table that is there stays."""
    tab = this_tab()
    if (reading := tab.upload.reading) is not None:
        reading.cancel()
        tab.upload = tab.upload.empty_uploader()


def _accept(table: Tabular, version: str, owner: Reading | None = None) -> None:
    """Replace the uploaded table, and choose the columns of the address if this one has them.

    Parameters
    ----------
    version : str
        Tells this table from others.
    owner : Reading, optional
        The owner of the folder that the table lies in.

    Raises
    ------
    DataError
        If no two columns of it can be trained on, even after a repair; the tab is as it was.
    """
    tab = this_tab()
    proposed, note = table.either(
        _proposal, lambda summary: (TableChoice(UPLOAD, *summary.usual), "")
    )
    tab.forget_columns(UPLOAD)
    linked, former = tab.linked, tab.upload.held
    named: set[str | None] = set()  # by the address
    fits = False
    if former is None and linked is not None and linked.name == UPLOAD:
        named = {linked.target, *linked.features} - {None}
        fits = named <= set(load_repaired(linked, table)[0].columns)
    if not fits:
        tab.forget_edits(UPLOAD)
        if tab.way == tab_state.OWN:
            tab_state.leave_data()
    if not tab.units.get(UPLOAD):
        tab.units[UPLOAD] = tuple(units_before(table).items())
    if not (fits and named):
        tab.linked = proposed
        if note and (rows := table.table) is not None:
            table = replace(rows, notes=(*rows.notes, note))
    if former is not None and former.owner is not None:
        former.owner.cancel()
    tab.upload = tab.upload.accept(UploadedTable(table, version, owner))


def _release(file: UploadedFile) -> None:
    """Free the bytes of a file, which Streamlit would keep for as long as the tab is open."""
    release_uploads(file)
    tab = this_tab()
    tab.upload = tab.upload.release()
    _collect_later()


def _collect_later() -> None:
    """Free what a former table or file left behind in cycles, after the picture was sent."""
    timer = threading.Timer(COLLECT_AFTER_SECONDS, gc.collect)
    timer.daemon = True
    timer.start()
