"""Findings about a table, the repairs that they offer, and those that were made."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from linreg.data.cleaning.column_profile import Column
from linreg.data.cleaning.findings.finding import Finding
from linreg.data.cleaning.repairs.pipeline import RepairResult
from linreg.data.cleaning.repairs.repair import shown
from linreg.data.cleaning.repairs.row_repairs import LeaveGroup
from linreg.data.cleaning.repairs.value_counts import value_counts
from linreg.data.files.table import Table
from linreg.data.tabular import Tabular
from linreg.data.training_set import done_before
from linreg.errors import DataError
from linreg.text.lists import quoted
from linreg.text.markdown import literal
from linreg.text.numbers import counted
from linreg.ui.state import tab_state, tab_table, table_edits
from linreg.ui.state.tab_state import this_tab

MAX_UNFOLDED = 5  # findings or repairs; the others are folded away
MAX_LISTED_GROUPS = 20  # different values of a column that groups rows


def show_proposal() -> None:
    """Propose a target and features where others are chosen."""
    if tab_table.needs_repair(tab_table.repaired_if_any()[0]):
        return  # the page says so already
    try:
        target, features, why = table_edits.proposed()
    except DataError as refusal:
        st.warning(literal(str(refusal)))
        return
    if (target, features) == tab_table.columns():
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        sentence = f"Proposed: explain “{target}” by {quoted(features)}. {why}"
        st.markdown(literal(sentence), width="content")
        st.button("Use this", on_click=table_edits.use_proposal)


def show_findings(findings: Sequence[Finding], features: int) -> None:
    """List findings about so many features: what, why, and a button for each repair offered."""
    if not findings and tab_table.needs_repair(tab_table.repaired_if_any()[0]):
        return  # the page says what stands in the way
    st.subheader("What was found", anchor=False)
    if not findings:
        st.markdown("Nothing that stands in the way of training.")
    for place, finding in enumerate(findings[:MAX_UNFOLDED]):
        _finding(place, finding, features)
    if rest := findings[MAX_UNFOLDED:]:
        with st.expander(f"{counted(len(rest), 'more finding')}"):
            for place, finding in enumerate(rest, MAX_UNFOLDED):
                _finding(place, finding, features)


def _finding(place: int, finding: Finding, features: int) -> None:
    symbols = tab_state.notation()
    with st.container(border=True):
        text, buttons = st.columns([4, 1], vertical_alignment="center")
        with text:
            st.markdown(f"**{literal(symbols.say(finding.sentence, features))}**")
            st.caption(literal(symbols.say(finding.why, features)))
        with buttons:
            for offer in finding.offers:
                st.button(
                    literal(offer.label),
                    # With its place: one repair may be offered for several columns.
                    key=" ".join([f"offer {place}", *(r.text for r in offer.repairs)]),
                    on_click=table_edits.repair,
                    args=(offer.repairs,),
                    width="stretch",
                    wrap=True,
                )


def show_earlier_repairs(source: Tabular) -> None:
    """List the repairs of the rows before their file was made, which cannot be undone."""
    if before := done_before(source):
        done = "\n".join(f"- {literal(line)}" for line in before)
        st.markdown(f"Done before the file was made:\n\n{done}")


def show_repairs(results: Sequence[RepairResult]) -> None:
    """List the repairs of the table, each with a button that undoes it."""
    if not results:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader("What was done", anchor=False, width="content")
        if len(results) > 1:
            st.button("Undo all", on_click=table_edits.undo_all)
    first = len(results) - MAX_UNFOLDED
    if first > 0:
        with st.expander(f"{counted(first, 'earlier repair')}"):
            for place in range(first):
                _done(place, results[place])
    for place in range(max(0, first), len(results)):
        _done(place, results[place])


def _done(place: int, done: RepairResult) -> None:
    with st.container(horizontal=True, vertical_alignment="center", wrap=False):
        st.button(
            "Undo",
            key=f"undo {place}",
            help=literal(done.repair.text),
            on_click=table_edits.undo,
            args=(place,),
        )
        (st.markdown if done.applied else st.warning)(literal(done.sentence))


def leave_groups(source: Tabular, columns: Sequence[Column]) -> None:
    """Offer to leave out rows that share a value."""
    grouped = _grouped(source, columns)
    if not grouped:
        return
    with st.expander("Leave groups of rows out"):
        column = st.selectbox("Rows that have, in column", grouped, key="group column")
        counts = _groups(source, column)
        values = st.multiselect(
            "one of these values",
            list(counts),
            key=f"group values {this_tab().grid_number} {column}",
            format_func=lambda value: f"{value} ({counted(counts[value], 'row')})",
        )
        st.button(
            "Leave these rows out",
            disabled=not 0 < len(values) < len(counts),
            on_click=table_edits.repair,
            args=([LeaveGroup(column, value) for value in values],),
        )


def _grouped(source: Tabular, columns: Sequence[Column]) -> list[str]:
    few = (c for c in columns if c.different is not None and 2 <= c.different <= MAX_LISTED_GROUPS)
    return source.either(
        lambda _: [column.name for column in few],
        lambda s: [s.grouped_by] if s.grouped_by and len(s.groups) > 1 else [],
    )


def _groups(source: Tabular, column: str) -> dict[str, int]:
    """Return how many rows have each value of a column."""

    def counted_rows(table: Table) -> dict[str, int]:
        counts = value_counts(table, column, MAX_LISTED_GROUPS) or {}
        return {shown(value): times for value, times in counts.items()}

    return source.either(
        counted_rows, lambda summary: {name: m.n for name, m in summary.groups.items()}
    )
