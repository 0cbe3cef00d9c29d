"""The frame of every page: headline, stage, source code, links to the next page, score card."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from linreg.experiment.resolve import Resolved, resolve
from linreg.experiment.url import to_link, view_link
from linreg.text.markdown import listed, literal
from linreg.text.numbers import counted
from linreg.ui.lesson.contents import LESSON_BY_NAME, LESSONS, PAGES_FOLDER, Lesson, neighbours
from linreg.ui.lesson.glossary import link_terms
from linreg.ui.stage.address import address
from linreg.ui.stage.component import stage
from linreg.ui.stage.layout import Layout
from linreg.ui.stage.payload import view_key
from linreg.ui.stage.payload_types import Payload
from linreg.ui.state import stage_events, tab_state, tab_table
from linreg.ui.state.tab_state import this_tab
from linreg.ui.state.tab_values import Answer

LINK_ABOVE_STAGE = "way-above"  # key of the link to the Data page that stands above the stage
MAX_NUMBERS_INSPECTED = 2_000_000  # in a table, before the first picture


def headline(title: str) -> None:
    """Show a page's title and, once, what the address asked for but could not have."""
    st.title(title)
    with aside():
        if problems := tab_state.pop_problems():
            st.warning(listed(problems))


def aside() -> DeltaGenerator:
    """Return a container for elements that appear only at times.

    Streamlit identifies an element by its position among its siblings: an element that appeared
    above the stage would have the stage unmounted and built again.
    """
    return st.container()


def opening(name: str, words: str, features: int = 2) -> None:
    """Show a page's title and its introduction, at most 120 words.

    Parameters
    ----------
    words : str
        Markdown in house symbols; [[term]] explains a term of the glossary on hover.
    """
    headline(LESSON_BY_NAME[name].title)
    st.markdown(link_terms(tab_state.notation().say(words, features)))


def current(problem: str = "") -> Resolved:
    """Return the experiment on the stage, after showing its problems and notes.

    Parameters
    ----------
    problem : str
        What the page says in place of a problem of the experiment.
    """
    experiment, rows, usual = tab_state.on_stage()
    resolved = resolve(experiment, rows)
    with aside():
        if usual:
            st.warning(literal(problem or usual))
        for note in resolved.notes:
            st.caption(literal(note))
    return resolved


def show(payload: Payload, layout: Layout) -> None:
    """Mount the stage with this page's pictures and controls; it keeps the URL in sync.

    If a box of the loop was chosen there, its page is opened instead.
    """
    if name := tab_state.pop_page():
        st.switch_page(PAGES_FOLDER / f"{name}.py")
    payload = {**payload, "link": _pending_link() or payload["link"]}
    key = f"{layout.name}.stage"  # the suffix because the sidebar has a widget with the key "loss"

    def apply() -> None:
        # An event may arrive after the user has left the page, when its stage is gone.
        stage_events.apply_choice(this_tab().stage_choice(key))

    stage(payload, key=key, on_choice=apply, layout=layout)


def keep_address(*own: str) -> None:
    """Keep the URL in sync on a page that has no stage.

    Parameters
    ----------
    *own : str
        Query parameters of this page, which stay in the URL.
    """
    experiment, rows, _ = tab_state.on_stage()
    address(
        _pending_link() or to_link(experiment),
        key=view_key(experiment, rows.dataset),
        view=view_link(experiment.view),
        steps=experiment.steps,
        keep=own,
    )


def _pending_link() -> str | None:
    """Return the link of a table that is pending: it stays while other data stand in for it."""
    if not this_tab().wants_table or (asked := tab_table.pending()) is None:
        return None
    return "&".join(filter(None, (to_link(asked), view_link(asked.view))))


def link_to_data_page() -> None:
    """Link to the page about the table, with the numbers of findings and repairs there."""
    source, results = tab_table.repaired_if_any()
    if source is None:
        return
    size = 0 if source.table is None else source.table.n * max(1, len(source.columns))
    findings = tab_table.table_findings() if size <= MAX_NUMBERS_INSPECTED else ()
    what = [counted(len(findings), "finding")] if findings else []
    what += [counted(len(results), "repair")] if results else []
    label = f"{' and '.join(what)}: see Data" if what else "Look through the table: see Data"
    st.page_link(PAGES_FOLDER / "data.py", label=label, icon=":material/table_view:")


def code(function: Callable[..., Any], *others: Callable[..., Any]) -> None:
    """Show the source of the functions that computed this page's numbers."""
    with st.expander("The same in a few lines of Python"):
        for each in (function, *others):
            st.caption(f"{each.__module__}")
            st.code(inspect.getsource(each), language="python")


def way_on(name: str) -> None:
    """Link to the previous and the next page, and to the stage with this experiment."""
    before, after = neighbours(name)
    left, middle, right = st.columns(3)
    with left:
        if before:
            st.page_link(PAGES_FOLDER / f"{before.name}.py", label=f"Back: {before.title}")
        else:
            st.page_link(PAGES_FOLDER / "stage.py", label="Back: the stage")
    with middle:
        st.page_link(PAGES_FOLDER / "stage.py", label="Open this experiment on the stage")
    with right:
        if after:
            st.page_link(PAGES_FOLDER / f"{after.name}.py", label=f"Next: {after.title}")
        else:
            st.page_link(PAGES_FOLDER / "glossary.py", label="Next: the glossary")


def score_card() -> None:
    """List the questions answered in this browser tab."""
    given = this_tab().answers
    right = sum(answer.correct for answer in given.values())
    with st.expander(f"Your answers: {right} right of {len(given)}"):
        if not given:
            st.caption("Nothing answered yet. Answers stay in this browser tab.")
        for lesson in LESSONS:
            for key, answer in given.items():
                if key.startswith(f"{lesson.name}."):
                    _answered(lesson, answer)


def _answered(lesson: Lesson, answer: Answer) -> None:
    outcome = "right" if answer.correct else "not yet right"
    tries = "1 try" if answer.tries == 1 else f"{answer.tries} tries"
    st.markdown(f"{lesson.title}: {tab_state.notation().say(answer.text)} ({outcome}, {tries})")
