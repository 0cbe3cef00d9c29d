"""From what was typed to the one pass over the rows, or to a problem file that has it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from linreg import problem_file, saving
from linreg.command.arguments import WrongUsage
from linreg.command.output import say
from linreg.command.progress import Progress
from linreg.datasets import quoted
from linreg.reading import TableError
from linreg.reading.paths import files_of
from linreg.summary import Summary
from linreg.wording import count, counted


def summary_of(options: Namespace) -> Summary:
    """Read DATA; what is worth knowing about it goes to standard error.

    Raises
    ------
    TableError
        If it can not be used.
    WrongUsage
        If an option does not fit to it.
    """
    _check_names(options)
    opened = _is_problem(options.data)
    summary = _opened(options) if opened else _gathered(options)
    grouped = opened and summary.grouped_by is not None
    for note in summary.notes:
        say(note)
    for repair in summary.repairs:
        say(f"Repaired before the pass: {repair}")
    if summary.left_out:
        say(
            f"{count(summary.left_out)} of {counted(summary.read, 'row')} were left out: a value "
            f"is missing or not finite{', or their group was left out' * grouped}."
        )
    if not options.leave_out:
        return summary
    rest = summary.without(options.leave_out)
    say(
        f"{counted(rest.left_out - summary.left_out, 'row')} of {quoted(options.leave_out)} were "
        "left out, as asked."
    )
    return rest


def _check_names(options: Namespace) -> None:
    if options.scheduler and options.engine != "dask":
        raise WrongUsage("--scheduler is for --engine dask")
    if "-" in options.data:
        raise WrongUsage("standard input can not be read twice; save it as a file, and name that")
    names = [name for name in (options.target, *(options.features or [])) if name is not None]
    for j, name in enumerate(names):
        if name in names[:j]:
            raise WrongUsage(f"column “{name}” is chosen twice")


def _is_problem(data: Sequence[str]) -> bool:
    """Tell whether DATA is one problem file; refuse one among others."""
    problems = [name for name in data if _starts_like_a_problem(Path(name))]
    if problems and len(data) > 1:
        raise WrongUsage(f"“{problems[0]}” is a problem file, which stands alone")
    return bool(problems)


def check_output(output: str, data: Sequence[str]) -> None:
    """Refuse, before anything is read, a place where no problem file can or should be.

    Raises
    ------
    WrongUsage
        If it is one of the files of DATA.
    TableError
        If it can not be written, or would replace something else than a problem file.
    """
    place = saving.place_of(output)
    if not place.exists():
        return
    if any(map(place.samefile, _there(data))):
        raise WrongUsage(f"-o “{output}” is one of the files to read; choose another name")
    if place.stat().st_size and not _starts_like_a_problem(place):
        raise TableError(
            f"“{output}” is there already and is not a problem file; choose another name."
        )


def _there(data: Sequence[str]) -> Iterator[Path]:
    """Yield the files of DATA that are on this machine; the reader tells of the others."""
    for name in data:
        with suppress(TableError):
            yield from filter(Path.exists, files_of([name]))


def _starts_like_a_problem(path: Path) -> bool:
    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            return problem_file.looks_like(file.read(200))
    except OSError:  # the reader says what is wrong
        return False


def _opened(options: Namespace) -> Summary:
    """Open a problem file, with another target and features where they are asked for."""
    if options.groups:
        raise WrongUsage("--groups is for rows; the groups of a problem file were made with it")
    summary = problem_file.load(options.data[0])
    target = options.target or summary.target
    features = summary.features if target == summary.target else ()
    chosen = options.features or features or [c for c in summary.columns if c != target]
    return _ready(replace(summary, target=target, features=tuple(chosen)))


def _gathered(options: Namespace) -> Summary:
    """Read the rows."""
    from linreg.gathering import gather  # with its readers: a problem file needs none

    if options.target is None:
        raise WrongUsage("--target is needed: which column is to be explained?")
    if options.leave_out and options.groups is None:
        raise WrongUsage("--leave-out needs --groups: of which column are these the values?")
    with Progress() as progress:
        return _ready(
            gather(
                options.data,
                options.target,
                options.features or (),
                grouped_by=options.groups,
                engine=options.engine,
                scheduler=options.scheduler,
                on_progress=progress,
            )
        )


def _ready(summary: Summary) -> Summary:
    """Return the summary if it can be trained on."""
    if not summary.features:
        raise TableError(
            f"Only “{summary.target}” holds numbers, and a target needs at least one feature; "
            "add a column of numbers."
        )
    if len(summary.columns) > problem_file.MOST_COLUMNS:
        raise TableError(
            f"The table has {count(len(summary.columns))} columns of numbers, and at most "
            f"{problem_file.MOST_COLUMNS} can be used at once; name them with --features."
        )
    summary.moments()
    return summary
