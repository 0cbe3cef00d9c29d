"""The experiment of this browser tab: kept in the controls, opened from the address.

The sidebar's widgets hold what is trained on and how; the stage's choices (rate, start, points)
lie beside them. `experiment` puts both together into the one frozen value that everything
else works from.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import fields, replace

import streamlit as st

from linreg.data.cleaning.findings.finding import Finding
from linreg.data.cleaning.findings.inspect import findings
from linreg.data.cleaning.repairs.pipeline import RepairResult
from linreg.data.cleaning.suggest_columns import has_two
from linreg.data.load import chosen_columns, load_repaired, load_training_set
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import UPLOAD, DataChoice, TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn, Generator
from linreg.data.tabular import Tabular
from linreg.data.training_set import TrainingSet
from linreg.errors import DataError
from linreg.experiment.experiment import Experiment, View
from linreg.experiment.url import from_query
from linreg.text.symbols import Notation

GENERATED, TABLES, DRAW, OWN = "Generate", "Real table", "Draw", "Upload"
WAYS = (GENERATED, TABLES, DRAW, OWN)
NO_FEATURE = "No feature is chosen; choose at least one column that explains the target."


def open_link() -> None:
    """Take the experiment from the address when the tab is new."""
    if "way" in st.session_state:
        return
    query = {name: st.query_params.get_all(name) for name in st.query_params}
    experiment, problems = from_query(query)
    st.session_state.problems = problems
    st.session_state.view = experiment.view
    keep(experiment)


def take_problems() -> list[str]:
    """Return, once, the sentences about what the address asked for in vain."""
    problems: list[str] = st.session_state.pop("problems", [])
    return problems


def keep(experiment: Experiment) -> None:
    """Set every control to this experiment."""
    state, data = st.session_state, experiment.data
    state.way = _way(data)
    state.generator = data.name if isinstance(data, Generator) else "line"
    state.built_in = data.name if data.name in BUILT_IN else next(iter(BUILT_IN))
    for name, kind in GENERATORS.items():
        own = data if isinstance(data, kind) and data.name == name else kind()
        for f in fields(own):
            state[f"{name}.{f.name}"] = getattr(own, f.name)
    state.points = data.points if isinstance(data, Drawn) else Drawn().points
    state.wanted = data if isinstance(data, TableChoice) else None
    if isinstance(data, TableChoice):
        state[f"repairs:{data.name}"], state[f"units:{data.name}"] = data.repairs, data.units
    for name in ("loss", "intercept", "steps", "rate", "start"):
        state[name] = getattr(experiment, name)
    for f in fields(Notation):
        state[f"notation.{f.name}"] = getattr(experiment.notation, f.name)


def _way(data: DataChoice) -> str:
    if isinstance(data, Generator):
        return GENERATED
    if isinstance(data, Drawn):
        return DRAW
    return OWN if data.name == UPLOAD else TABLES


def experiment() -> Experiment:
    """Put the controls together."""
    state = st.session_state
    return Experiment(
        data=_data(),
        loss=state.loss,
        intercept=state.intercept,
        steps=state.steps,
        rate=state.rate,
        start=state.start,
        notation=notation(),
        view=state.view,
    )


def notation() -> Notation:
    """Return the symbols that the controls ask for."""
    return Notation(**{f.name: st.session_state[f"notation.{f.name}"] for f in fields(Notation)})


def _data() -> DataChoice:
    """Return the data that the controls ask for.

    Raises
    ------
    ValueError
        If a generator's parameters do not go together, or no feature is chosen.
    """
    state = st.session_state
    if state.way == GENERATED:
        kind = GENERATORS[state.generator]
        return kind(**{f.name: state[f"{kind.name}.{f.name}"] for f in fields(kind)})
    if state.way == DRAW:
        return Drawn(state.points)
    asked = chosen()
    if state.get(f"features:{asked.name}") == []:  # emptied by hand: no wish for the proposal
        raise ValueError(NO_FEATURE)
    return asked


def chosen() -> TableChoice:
    """Return the table, its repairs and units, and the columns that the controls ask for."""
    state = st.session_state
    name = UPLOAD if state.way == OWN else state.built_in
    wanted = state.wanted
    found = wanted if wanted is not None and wanted.name == name else TableChoice(name)
    target, features = state.get(f"target:{name}"), state.get(f"features:{name}")
    if target is not None and features is not None:
        found = TableChoice(name, target, tuple(features))
    repairs, units = state.get(f"repairs:{name}", ()), state.get(f"units:{name}", ())
    return replace(found, repairs=repairs, units=units)


def choose_columns(chosen: TableChoice) -> None:
    """Set the controls of a table to these columns, repairs and units."""
    state, name = st.session_state, chosen.name
    target, features = chosen_columns(chosen, uploaded())
    state[f"target:{name}"], state[f"features:{name}"] = target, list(features)
    state[f"repairs:{name}"], state[f"units:{name}"] = chosen.repairs, chosen.units


def uploaded() -> Tabular | None:
    """Return the table or problem file that this tab uploaded, if any."""
    table: Tabular | None = st.session_state.get("table")
    return table


def repaired() -> tuple[Tabular, tuple[RepairResult, ...]]:
    """Return the table at hand after its repairs, and what became of each of them.

    Raises
    ------
    LookupError
        If the table is an upload and there is none.
    """
    state, wanted = st.session_state, chosen()
    key = (wanted.name, wanted.repairs, state.get("file_id") if state.way == OWN else None)
    if "repaired" not in state or state.repaired[0] != key:
        done = load_repaired(wanted, uploaded())
        state.pop("repaired", None)  # kept until the next run otherwise
        state.repaired = (key, done)
    found: tuple[Tabular, tuple[RepairResult, ...]] = state.repaired[1]
    return found


def at_hand() -> tuple[Tabular | None, tuple[RepairResult, ...]]:
    """Return the table at hand after its repairs; None while the data are no table."""
    if st.session_state.way not in (TABLES, OWN) or _waits():
        return None, ()
    return repaired()


def needs_repair(source: Tabular | None) -> bool:
    """Tell whether a table has no two columns of numbers before it is repaired."""
    return source is not None and not has_two(source)


def _waits() -> bool:
    return bool(st.session_state.way == OWN and uploaded() is None)


def awaited() -> Experiment | None:
    """Return the experiment on a table that is asked for, while other data stand in on the stage.

    The file of the table is not here yet, or the table has to be repaired first.
    """
    state = st.session_state
    wanted, shown = state.wanted, state.good.data
    if state.way not in (TABLES, OWN) or (_waits() and (wanted is None or wanted.name != UPLOAD)):
        return None
    is_here = isinstance(shown, TableChoice) and shown.name == chosen().name
    if is_here and not needs_repair(at_hand()[0]):
        return None
    with suppress(ValueError):  # no feature is chosen
        return experiment()
    return None


def columns_asked() -> tuple[str, tuple[str, ...]]:
    """Return the target and the features that are asked for, of the table at hand."""
    asked = chosen()
    if asked.target is not None and asked.features:
        return asked.target, asked.features
    return chosen_columns(asked, uploaded())


def found() -> tuple[Finding, ...]:
    """Return what there is to say about the table at hand, looked for again when it changes."""
    state, (source, _) = st.session_state, repaired()
    target, features = columns_asked()
    key = (state.repaired[0], target, features, state.intercept)
    if "found" not in state or state.found[0] != key:
        state.found = (key, findings(source, target, features, intercept=state.intercept))
    told: tuple[Finding, ...] = state.found[1]
    return told


def on_stage() -> tuple[Experiment, TrainingSet, str | None]:
    """Return the experiment to show, its rows, and what stands in the way of the one asked for.

    What was on the stage stays there while the data asked for can not be used.  Nothing is in the
    way twice: while the sidebar says why a file was refused, that is all there is to say.
    """
    state = st.session_state
    try:
        asked = experiment()
        found = _read(asked.data)
    except (DataError, ValueError) as error:
        problem = str(error)
    except LookupError:
        problem = None  # no file yet: the sidebar says so
    else:
        state.good = asked
        return asked, found, None
    if "good" not in state:
        state.good = Experiment()
        _read(state.good.data)
    # Rate and start belong to the data: those asked for wait with the data they were chosen for.
    rest = {name: state[name] for name in ("loss", "intercept", "steps")}
    chosen = {name: state[name] for name in ("rate", "start") if state[name] is not None}
    kept: Experiment = replace(state.good, notation=notation(), **rest, **chosen)
    return kept, state.shown[1], None if state.get("refusal") else problem


def _read(data: DataChoice) -> TrainingSet:
    """Return the rows, read again only when they are others, and keep them as what is shown."""
    state = st.session_state
    of_upload = isinstance(data, TableChoice) and data.name == UPLOAD
    # Units change no number.
    rows = replace(data, units=()) if isinstance(data, TableChoice) else data
    key = (rows, state.get("file_id") if of_upload else None)
    if "shown" not in state or state.shown[0] != key:
        read = load_training_set(data, uploaded())
        state.pop("shown", None)  # kept until the next run otherwise
        state.shown = (key, read)
    found: TrainingSet = state.shown[1]
    return found


def switch_intercept() -> None:
    """Keep a chosen start when θ0 joins the parameters, from 0, or leaves them."""
    state = st.session_state
    if isinstance(state.start, tuple):
        state.start = (0.0, *state.start) if state.intercept else state.start[1:] or None


def fresh() -> None:
    """Forget what belongs to the data that were left: rate, start, view and a refused file."""
    state = st.session_state
    state.rate = state.start = None
    state.view = replace(View(), log=state.view.log)
    state.refusal = ""
