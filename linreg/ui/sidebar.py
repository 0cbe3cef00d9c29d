"""The shared sidebar: the data and how they are trained on."""

from __future__ import annotations

from dataclasses import fields

import streamlit as st

from linreg.data.files.formats.delimited.dialect import is_repair_note
from linreg.data.files.process.reader_process import prepare
from linreg.data.load import chosen_columns, offered_columns
from linreg.data.sources.builtin import built_in_table, built_in_titles
from linreg.data.sources.synthetic import GENERATORS, MAX_POINTS, MIN_POINTS, Generator
from linreg.experiment.experiment import Experiment
from linreg.text.markdown import literal
from linreg.text.numbers import count
from linreg.text.symbols import Notation
from linreg.ui.lesson import page
from linreg.ui.stage.payload import LOSS_NAMES
from linreg.ui.state import tab_state, tab_table
from linreg.ui.state.tab_state import TabState, this_tab
from linreg.ui.state.upload_state import Phase
from linreg.ui.streamlit_internals import upload_id
from linreg.ui.upload import table_upload

NO_FILE = "Choose a file. Until then you still see the previous data."
NO_FILE_OF_LINK = (
    "This address was made with an uploaded file, and its rows are not in the address: choose the "
    "file here. Until then the stage shows other data."
)
FORMATS = (
    "CSV and its relatives with any common delimiter, gzip of them, Excel (.xlsx), Parquet, JSON "
    "lines; or a problem file. What is in the file decides, not its name."
)
PASTE = (
    "Copy rows in a spreadsheet, with or without the line of names, and paste them here. Each "
    "column becomes one of the table."
)
EXAMPLE = "size\tprice\n52\t210\n71\t264"
PROGRESS_SECONDS = 0.15  # between two looks at how far a file has been read
MAX_COLUMNS_LISTED = 2000  # to choose from: a browser takes half a minute to list 60,000
SHARED_PARAMETERS = ("n", "noise", "low", "high", "seed")  # of all generators, drawn last


def show() -> None:
    """Draw the sidebar."""
    if this_tab().upload.phase is Phase.READING:
        table_upload.finish_reading()
    with st.sidebar:
        st.subheader("Data")
        way = st.segmented_control(
            "Where the data come from",
            tab_state.WAYS,
            key=TabState.way.key,
            required=True,
            on_change=tab_state.leave_data,
            label_visibility="collapsed",
            persist_state="session",
        )
        {
            tab_state.GENERATED: _generated,
            tab_state.TABLES: _built_in,
            tab_state.DRAW: _drawn,
            tab_state.OWN: _upload,
        }[way or tab_state.GENERATED]()
        if this_tab().upload.phase is Phase.READING:
            _reading()
        st.subheader("Training")
        _training()
        with st.expander("Symbols"):
            _symbols()


def _generated() -> None:
    name = st.selectbox(
        "Kind",
        list(GENERATORS),
        key=TabState.generator.key,
        format_func=lambda name: GENERATORS[name].title,
        on_change=tab_state.leave_data,
        persist_state="session",
    )
    kind, say = GENERATORS[name], tab_state.notation().say
    features = _feature_count(kind)
    st.caption(say(kind.about, features))
    own = [f for f in fields(kind) if f.name not in SHARED_PARAMETERS]
    shared = [f for f in fields(kind) if f.name in SHARED_PARAMETERS]
    for index, f in enumerate([*own, *shared]):
        if index % 2 == 0:
            columns = st.columns(2, vertical_alignment="bottom")
        with columns[index % 2]:
            label = say(f.metadata["label"], features)
            _number(TabState.parameter_key(name, f.name), **{**f.metadata, "label": label})


def _feature_count(kind: type[Generator]) -> int:
    """Count the features of what a generator draws: each has a true θ, and so has the intercept."""
    return sum(f.name.startswith("theta") for f in fields(kind)) - 1


def _number(
    key: str, label: str, low: float, high: float, step: float, *, integer: bool = False
) -> None:
    """Draw a box for a number; emptied, it goes back to the number it had."""
    st.number_input(
        label,
        min_value=low,
        max_value=high,
        value=TabState.number(key),  # the browser would fall back to the lowest one
        step=step,
        key=key,
        format="%d" if integer else "%g",
        persist_state="session",
    )


def _built_in() -> None:
    titles = built_in_titles()
    name = st.selectbox(
        "Table",
        list(titles),
        key=TabState.built_in.key,
        format_func=titles.__getitem__,
        on_change=tab_state.leave_data,
        persist_state="session",
    )
    table = built_in_table(name)
    st.caption(f"{table.about} {table.source}")
    _columns()


def _drawn() -> None:
    st.caption(
        "In the data panel: click to add a point, drag to move it; "
        f"the switch above the panel removes. From {MIN_POINTS} to {MAX_POINTS} points."
    )


def _upload() -> None:
    tab = this_tab()
    key = f"file:{tab.upload.uploader_number}"
    file = st.file_uploader("File, up to 200 MB", key=key, help=FORMATS)
    table_upload.handle_file(file)
    phase, held = tab.upload.phase, tab.upload.held
    if file is None and phase is not Phase.READING:
        prepare()
    # A popover whose state is known can be shut; Streamlit runs the page when it opens.
    with st.popover("Paste rows", width="stretch", key=TabState.is_pasting.key, on_change="rerun"):
        _paste()
    if phase is Phase.REFUSED:
        st.error(literal(tab.upload.refusal))
    if held is None:
        if phase is not Phase.REFUSED:
            st.caption(NO_FILE if tab_state.table_choice().target is None else NO_FILE_OF_LINK)
        return
    if file is not None and upload_id(file) != held.version:
        st.caption(literal(f"The columns below are those of “{held.table.name}”, which stays."))
    for note in held.table.notes:
        if not is_repair_note(note):  # the page Data lists these
            st.caption(literal(note))
    _columns()


def _paste() -> None:
    """Take rows from a spreadsheet."""
    with st.form("paste", border=False):
        st.text_area("Rows", key=TabState.pasted.key, help=PASTE, height=160, placeholder=EXAMPLE)
        st.form_submit_button("Use these rows", on_click=_use_pasted)


def _use_pasted() -> None:
    tab = this_tab()
    if not tab.pasted.strip():
        return
    table_upload.handle_text(tab.pasted)
    tab.is_pasting = False  # the popover covers the sentence below it on what became of the rows
    if tab.upload.phase is Phase.READY:
        tab.pasted = ""


@st.fragment(run_every=PROGRESS_SECONDS)
def _reading() -> None:
    """Say how far reading a large file got, until it has ended or nobody wants it any more."""
    reading = this_tab().upload.reading
    if reading is None or reading.ended:
        st.rerun()
        return
    share = reading.share
    st.progress(share, literal(f"Reading “{reading.name}”: {share:.0%}"))
    if st.button("Cancel reading", key="cancel reading", width="stretch"):
        table_upload.cancel_reading()
        st.rerun()


def _columns() -> None:
    """Choose the target and the features of the table."""
    tab, choice = this_tab(), tab_state.table_choice()
    table, _ = tab_table.repaired()
    if tab_table.needs_repair(table):
        page.link_to_data_page()  # nothing to choose from before a repair makes numbers
        return
    target, features = chosen_columns(choice, tab_state.uploaded_table())
    names = offered_columns(table)
    if None in tab.columns(choice.name):
        offered = tuple(name for name in features if name in names)
        tab.set_columns(choice.name, target if target in names else names[0], offered)

    y, X = tab.columns(choice.name)
    chosen = filter(None, [y, *(X or ())])
    listed = list(dict.fromkeys([*names[:MAX_COLUMNS_LISTED], *chosen]))
    is_cut = len(names) > MAX_COLUMNS_LISTED
    # Names without units: a browser remembers the label of what was chosen, and units are typed.
    st.selectbox(
        "Target y",
        listed,
        key=TabState.target_key(choice.name),
        on_change=tab_state.leave_data,
        accept_new_options=is_cut,
        persist_state="session",
    )
    st.multiselect(
        "Features X",
        listed,
        key=TabState.features_key(choice.name),
        on_change=tab_state.leave_data,
        accept_new_options=is_cut,
        persist_state="session",
    )
    if is_cut:
        shown = f"The first {count(MAX_COLUMNS_LISTED)} of {count(len(names))} columns are listed"
        st.caption(f"{shown}; type the name of another.")
    page.link_to_data_page()


def _training() -> None:
    st.segmented_control(
        "Loss",
        list(LOSS_NAMES),
        key=TabState.loss.key,
        format_func=LOSS_NAMES.__getitem__,
        required=True,
        help=tab_state.notation().say(
            "TSSE = Σ(y − ỹ)², MSE = TSSE/n, ½MSE = TSSE/2n: the same bowl on another scale, so "
            "the learning rate has to change with it."
        ),
        persist_state="session",
    )
    _number(TabState.steps.key, "Steps", 1, Experiment.MAX_STEPS, 100, integer=True)
    st.toggle(
        tab_state.notation().say("Intercept θ0"),
        key=TabState.intercept.key,
        on_change=tab_state.switch_intercept,
        persist_state="session",
    )


def _symbols() -> None:
    """Choose the letters for parameters, prediction and learning rate."""
    labels = {
        "parameters": "Parameters",
        "fitted": "Prediction",
        "rate": "Learning rate symbol",
    }
    for name, symbols in Notation.CHOICES.items():
        st.segmented_control(
            labels[name],
            list(symbols),
            key=TabState.notation_key(name),
            format_func=symbols.__getitem__,
            required=True,
            persist_state="session",
        )
