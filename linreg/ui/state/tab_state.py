"""The typed state of one browser tab, and the experiment that its controls describe.

This is the only module that touches `st.session_state`, and so names each of its keys once. The
widgets keep their own values there; everything else is an attribute of one `TabState`. An attribute
that is replaced is freed at once. A value of `st.session_state` itself would be kept beside its
successor until the next run: two large tables in place of one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

import streamlit as st

from linreg.data.load import load_training_set
from linreg.data.select import check_choice
from linreg.data.sources.builtin import built_in_titles
from linreg.data.sources.choice import UPLOAD, DataChoice, TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn, Generator
from linreg.data.tabular import Tabular
from linreg.data.training_set import TrainingSet
from linreg.errors import DataError
from linreg.experiment.experiment import Experiment, View
from linreg.experiment.url import from_query
from linreg.model.least_squares import Loss
from linreg.text.symbols import Notation
from linreg.ui.state.upload_state import Phase, Upload
from linreg.ui.streamlit_internals import atomic

if TYPE_CHECKING:
    from linreg.data.cleaning.findings.finding import Finding
    from linreg.data.cleaning.repairs.pipeline import RepairResult
    from linreg.data.cleaning.repairs.repair import Repair
    from linreg.teaching.operation_counts import Cost
    from linreg.teaching.step_guess import Guess
    from linreg.ui.stage.payload_types import BoxName
    from linreg.ui.state.tab_values import Answer, DataBefore, ExactResult

T = TypeVar("T")

TAB = "tab"  # where the session keeps its `TabState`
GENERATED, TABLES, DRAW, OWN = "Generate", "Real table", "Draw", "Upload"
WAYS = (GENERATED, TABLES, DRAW, OWN)


class Widget(Generic[T]):
    """A descriptor: `tab.way` is the value of a widget, and `TabState.way.key` its key."""

    def __init__(self, key: str) -> None:
        self.key = key

    @overload
    def __get__(self, tab: None, owner: type) -> Widget[T]: ...
    @overload
    def __get__(self, tab: TabState, owner: type) -> T: ...
    def __get__(self, tab: TabState | None, owner: type) -> Widget[T] | T:
        if tab is None:
            return self
        value: T = getattr(st.session_state, self.key)
        return value

    def __set__(self, tab: TabState, value: T) -> None:
        st.session_state[self.key] = value


class Latest(Generic[T]):
    """The latest result of a computation, kept for as long as it would be the same."""

    def __init__(self) -> None:
        self._key_and_value: tuple[object, T] | None = None

    def get(self, key: object, compute: Callable[[], T]) -> T:
        """Return the latest value if it has this key, else compute one and keep that."""
        if self._key_and_value is None or self._key_and_value[0] != key:
            self._key_and_value = key, compute()
        return self._key_and_value[1]

    @property
    def value(self) -> T:
        """Return the latest value.

        Raises
        ------
        LookupError
            If there is none yet.
        """
        if self._key_and_value is None:
            raise LookupError("nothing has been computed yet")
        return self._key_and_value[1]


@dataclass(eq=False)
class TabState:
    """The values that one browser tab keeps between two runs of a page.

    Attributes
    ----------
    link_problems : list of str
        Sentences on what the address asks for and cannot have, until they are shown.
    view, points, rate, start, guess, page
        What was chosen on the stage.
    linked : TableChoice, optional
        The columns that a table begins with: those of the address, or those proposed for it.
    repairs, units : dict
        Of each table that was repaired or given units, by its name.
    before_edits : dict of DataBefore
        By the table and the repairs it had then; an undo returns to it exactly.
    upload : Upload
    grid_number : int
        Part of the keys of the grids: with another number they begin empty.
    shown : Experiment, optional
        The latest experiment that could be shown.
    generated, rows, repaired, findings : Latest
        Of the controls, of the data that are shown, and of the table that is chosen.
    answers, checked_options : dict
        Of the lesson's questions, by their keys.
    guess_feedback, exact_result, measured_costs
        What pages of the lesson worked out when they were asked to.
    """

    link_problems: list[str] = field(default_factory=list)
    view: View = field(default_factory=View)
    points: tuple[tuple[float, float], ...] = ()
    rate: float | None = None
    start: tuple[float, ...] | int | None = None
    guess: Guess | None = None
    page: BoxName | None = None
    linked: TableChoice | None = None
    repairs: dict[str, tuple[Repair, ...]] = field(default_factory=dict)
    units: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    before_edits: dict[tuple[str, tuple[Repair, ...]], DataBefore] = field(default_factory=dict)
    upload: Upload = field(default_factory=Upload)
    grid_number: int = 0
    shown: Experiment | None = None
    generated: Latest[Generator] = field(default_factory=Latest)
    rows: Latest[TrainingSet] = field(default_factory=Latest)
    repaired: Latest[tuple[Tabular, tuple[RepairResult, ...]]] = field(default_factory=Latest)
    findings: Latest[tuple[Finding, ...]] = field(default_factory=Latest)
    answers: dict[str, Answer] = field(default_factory=dict)
    checked_options: dict[str, str] = field(default_factory=dict)
    guess_feedback: str = ""
    exact_result: ExactResult | None = None
    measured_costs: list[Cost] | None = None

    way = Widget[str]("way")
    generator = Widget[str]("generator")
    built_in = Widget[str]("built_in")
    loss = Widget[Loss]("loss")
    intercept = Widget[bool]("intercept")
    steps = Widget[int]("steps")
    pasted = Widget[str]("pasted")
    is_pasting = Widget[bool]("pasting")

    @property
    def wants_table(self) -> bool:
        """Whether the data that are asked for are a table, which may still have to come."""
        return self.way in (TABLES, OWN)

    @property
    def has_table(self) -> bool:
        """Whether the data that are asked for are a table that is there."""
        return self.way == TABLES or (self.way == OWN and self.upload.held is not None)

    @staticmethod
    def number(key: str) -> float:
        """Return the value of the number box with this key."""
        value: float = st.session_state[key]
        return value

    @staticmethod
    def parameter_key(generator: str, parameter: str) -> str:
        """Return the key of the box for a parameter of a generator."""
        return f"{generator}.{parameter}"

    @staticmethod
    def notation_key(symbol: str) -> str:
        """Return the key of the choice of a symbol."""
        return f"notation.{symbol}"

    @staticmethod
    def target_key(table: str) -> str:
        """Return the key of the choice of a table's target."""
        return f"target:{table}"

    @staticmethod
    def features_key(table: str) -> str:
        """Return the key of the choice of a table's features."""
        return f"features:{table}"

    def columns(self, table: str) -> tuple[str | None, list[str] | None]:
        """Return target and features of a table in the controls, None where none are chosen yet."""
        state = st.session_state
        return state.get(self.target_key(table)), state.get(self.features_key(table))

    def set_columns(self, table: str, target: str, features: tuple[str, ...]) -> None:
        """Set the controls to this target and these features of a table."""
        st.session_state[self.target_key(table)] = target
        st.session_state[self.features_key(table)] = list(features)

    def forget_columns(self, table: str) -> None:
        """Let the controls of a table begin with its own columns."""
        for key in (self.target_key(table), self.features_key(table)):
            st.session_state.pop(key, None)

    def forget_edits(self, table: str) -> None:
        """Forget repairs and units of a table that is replaced."""
        for by_table in (self.repairs, self.units):
            by_table.pop(table, None)
        self.before_edits = {k: before for k, before in self.before_edits.items() if k[0] != table}
        self.clear_grids()

    def clear_grids(self) -> None:
        """Let the grids begin without edits, with what the table holds now."""
        self.grid_number += 1

    @staticmethod
    def edited_rows(grid: str) -> dict[int, dict[str, Any]]:
        """Return what was typed into the grid with this key: line, column, text."""
        edited: dict[int, dict[str, Any]] = st.session_state[grid]["edited_rows"]
        return edited

    @staticmethod
    def stage_choice(stage: str) -> Any:
        """Return what was chosen on the stage with this key, None if it is no longer there."""
        component = st.session_state.get(stage)
        return None if component is None else component.choice


def this_tab() -> TabState:
    """Return the state of the tab that this page is run for."""
    tab: TabState = st.session_state[TAB]
    return tab


@atomic
def open_link() -> None:
    """Take the experiment from the address when the tab is new."""
    if TAB in st.session_state:
        return
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    experiment, problems = from_query(query)
    st.session_state[TAB] = TabState(link_problems=problems, view=experiment.view)
    set_controls(experiment)


def pop_page() -> BoxName | None:
    """Return the box of the loop whose page is to be opened, and forget it."""
    tab = this_tab()
    page, tab.page = tab.page, None
    return page


def pop_problems() -> list[str]:
    """Return what the address asks for and cannot have, and forget it."""
    tab = this_tab()
    problems, tab.link_problems = tab.link_problems, []
    return problems


def set_controls(experiment: Experiment) -> None:
    """Set every control to this experiment."""
    tab, data = this_tab(), experiment.data
    tab.way = _way(data)
    tab.generator = data.name if isinstance(data, Generator) else "line"
    titles = built_in_titles()
    tab.built_in = data.name if data.name in titles else next(iter(titles))
    for name, kind in GENERATORS.items():
        own = data if isinstance(data, kind) and data.name == name else kind()
        for f in fields(own):
            st.session_state[tab.parameter_key(name, f.name)] = getattr(own, f.name)
    tab.points = data.points if isinstance(data, Drawn) else Drawn().points
    tab.linked = data if isinstance(data, TableChoice) else None
    if isinstance(data, TableChoice):
        tab.repairs[data.name], tab.units[data.name] = data.repairs, data.units
    tab.loss, tab.intercept, tab.steps = experiment.loss, experiment.intercept, experiment.steps
    tab.rate, tab.start = experiment.rate, experiment.start
    for f in fields(Notation):
        st.session_state[tab.notation_key(f.name)] = getattr(experiment.notation, f.name)


def _way(data: DataChoice) -> str:
    if isinstance(data, Generator):
        return GENERATED
    if isinstance(data, Drawn):
        return DRAW
    return OWN if data.name == UPLOAD else TABLES


def experiment() -> Experiment:
    """Return the experiment that the controls describe.

    Raises
    ------
    ValueError
        If a generator's parameters do not go together, or no feature is chosen.
    """
    tab = this_tab()
    return Experiment(
        data=_data(tab),
        loss=tab.loss,
        intercept=tab.intercept,
        steps=tab.steps,
        rate=tab.rate,
        start=tab.start,
        notation=notation(),
        view=tab.view,
    )


def notation() -> Notation:
    """Return the symbols that the controls ask for."""
    key = TabState.notation_key
    return Notation(**{f.name: st.session_state[key(f.name)] for f in fields(Notation)})


def _data(tab: TabState) -> DataChoice:
    if tab.way == GENERATED:
        kind = GENERATORS[tab.generator]
        keys = {f.name: tab.parameter_key(kind.name, f.name) for f in fields(kind)}
        chosen = {name: st.session_state[key] for name, key in keys.items()}
        return tab.generated.get((kind, chosen), lambda: kind(**chosen))
    if tab.way == DRAW:
        return Drawn(tab.points)
    choice = table_choice()
    if tab.columns(choice.name)[1] == []:  # emptied by hand, so the table's own are not wanted
        check_choice("", ())  # raises
    return choice


def table_choice() -> TableChoice:
    """Return the table, its repairs and units, and the columns that the controls ask for."""
    tab = this_tab()
    name = UPLOAD if tab.way == OWN else tab.built_in
    target, features = tab.columns(name)
    if target is not None and features is not None:
        choice = TableChoice(name, target, tuple(features))
    elif tab.linked is not None and tab.linked.name == name:
        choice = tab.linked
    else:
        choice = TableChoice(name)
    return replace(choice, repairs=tab.repairs.get(name, ()), units=tab.units.get(name, ()))


def uploaded_table() -> Tabular | None:
    """Return the table or problem file that this tab uploaded, if any."""
    held = this_tab().upload.held
    return None if held is None else held.table


def upload_version(data: DataChoice) -> str | None:
    """Return the version of the uploaded table if the data are that table, else None."""
    held = this_tab().upload.held
    is_upload = isinstance(data, TableChoice) and data.name == UPLOAD
    return held.version if is_upload and held is not None else None


def on_stage() -> tuple[Experiment, TrainingSet, str | None]:
    """Return the experiment to show, its rows, and why it is not the one that the controls ask for.

    What was on the stage stays there while the data asked for cannot be used. While the sidebar
    says why a file was refused, no other reason is given.
    """
    tab = this_tab()
    try:
        asked = experiment()
        rows = _training_set(asked.data)
    except (DataError, ValueError) as error:
        problem = str(error)
    except LookupError:
        problem = None  # no file yet: the sidebar says so
    else:
        tab.shown = asked
        return asked, rows, None
    if tab.shown is None:
        tab.shown = Experiment()
        _training_set(tab.shown.data)
    # Rate and start that are None belong to the data asked for, and wait with them.
    shown = replace(
        tab.shown,
        notation=notation(),
        loss=tab.loss,
        intercept=tab.intercept,
        steps=tab.steps,
        rate=tab.shown.rate if tab.rate is None else tab.rate,
        start=tab.shown.start if tab.start is None else tab.start,
    )
    return shown, tab.rows.value, None if tab.upload.phase is Phase.REFUSED else problem


def _training_set(data: DataChoice) -> TrainingSet:
    """Return the rows, loaded only when the choice of data has changed."""
    # Units change no number.
    choice = replace(data, units=()) if isinstance(data, TableChoice) else data
    key = (choice, upload_version(data))
    return this_tab().rows.get(key, lambda: load_training_set(data, uploaded_table()))


def switch_intercept() -> None:
    """Keep a chosen start when the intercept is switched: θ0 is put before it as 0, or dropped."""
    tab = this_tab()
    if isinstance(tab.start, tuple):
        tab.start = (0.0, *tab.start) if tab.intercept else tab.start[1:] or None


def leave_data() -> None:
    """Forget what belongs to the data that were left: rate, start, view and a refused file."""
    tab = this_tab()
    tab.rate = tab.start = None
    tab.view = View(log=tab.view.log)
    tab.upload = tab.upload.dismiss()
