"""The summary that a command works on: from a pass over the rows, or from a problem file."""

import os
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from linreg.cli.arguments import WrongUsage
from linreg.cli.output import say
from linreg.cli.progress import Progress
from linreg.data.files.batches.checked import numeric_columns
from linreg.data.files.formats import detect
from linreg.data.files.storage import atomic_write
from linreg.data.files.storage.paths import files_of
from linreg.data.files.storage.source import MAX_SCAN_UNPACKED_BYTES, Source, unreadable_error
from linreg.data.summary import problem_file
from linreg.data.summary.summary import Summary
from linreg.errors import DataError
from linreg.text.lists import quoted
from linreg.text.numbers import count, counted


def summary_of(options: Namespace) -> Summary:
    """Read DATA into a summary; notes on it go to standard error.

    Raises
    ------
    DataError
        If it cannot be used.
    WrongUsage
        If an option does not apply to it.
    """
    _check_names(options)
    path = _problem_among(options.data)
    summary = _gathered(options) if path is None else _opened(path, options)
    notes = [*summary.notes, *(() if path else _totals_notes(options))]
    rest = summary.without(options.leave_out) if options.leave_out else summary
    rest.enough()
    for note in notes:
        say(note)
    for repair in summary.repairs:
        say(f"Repaired before the pass: {repair}")
    if summary.left_out:
        why = ": a value is missing or not finite" if path is None else " when the file was made"
        were = "was" if summary.left_out == 1 else "were"
        say(f"{count(summary.left_out)} of {counted(summary.read, 'row')} {were} left out{why}.")
    if options.leave_out:
        gone = rest.left_out - summary.left_out
        were = "was" if gone == 1 else "were"
        say(f"{counted(gone, 'row')} of {quoted(options.leave_out)} {were} left out, as asked.")
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


def _problem_among(data: Sequence[str]) -> Path | None:
    """Return the problem file that DATA is, if it is one; refuse one among others."""
    files = [*_existing(data)]
    problem = next(filter(_starts_like_a_problem, files), None)
    if problem and (len(data) > 1 or len(files) > 1):
        raise WrongUsage(f"“{problem}” is a problem file, which stands alone")
    return problem


def check_output(output: str, data: Sequence[str]) -> None:
    """Refuse, before anything is read, a path where no problem file can or should be written.

    Raises
    ------
    WrongUsage
        If it is one of the files of DATA.
    DataError
        If it cannot be written, or would replace something else than a problem file.
    """
    place = atomic_write.destination(output)
    if not os.path.exists(place):
        return
    if any(os.path.samefile(place, path) for path in _existing(data)):
        raise WrongUsage(f"-o “{output}” is one of the files to read; choose another name")
    if os.path.getsize(place) and not _starts_like_a_problem(place):
        raise DataError(
            f"“{output}” is there already and is not a problem file; choose another name."
        )


def _existing(data: Sequence[str]) -> Iterator[Path]:
    """Yield the files of DATA that exist on this machine; the reader reports the others."""
    for name in data:
        with suppress(DataError):
            yield from filter(os.path.exists, files_of([name]))


def _starts_like_a_problem(path: Path) -> bool:
    if not os.path.isfile(path):
        return False
    try:
        with path.open("rb") as file:
            return detect.looks_like_problem(file.read(detect.PROBLEM_HEAD_BYTES))
    except OSError:  # the reader reports it
        return False


def _opened(path: Path, options: Namespace) -> Summary:
    """Open a problem file, with the target and features of the options, if any."""
    if options.groups:
        raise WrongUsage("--groups is for rows; the groups of a problem file were made with it")
    summary = problem_file.load(path)
    if options.leave_out and summary.grouped_by is None:
        raise WrongUsage("this problem file has no groups to leave out; make it with --groups")
    target = options.target or summary.target
    features = summary.features if target == summary.target else ()
    chosen = options.features or features or [c for c in summary.columns if c != target]
    return _ready(replace(summary, target=target, features=tuple(chosen)))


def _gathered(options: Namespace) -> Summary:
    """Summarise the rows in one pass."""
    # Here, with its readers: a problem file needs none.
    from linreg.data.summary.summarise import summarise

    if options.target is None:
        for path in files_of(options.data) if options.engine != "dask" else ():
            Source.of(path)  # refuses an unreadable file first: it might be a problem file
        raise WrongUsage("--target is needed: which column is to be explained?")
    if options.leave_out and options.groups is None:
        raise WrongUsage("--leave-out needs --groups: of which column are these the values?")
    _check_columns(_wanted(options), options)
    try:
        with Progress() as progress:
            summary = summarise(
                options.data,
                options.target,
                options.features or (),
                grouped_by=options.groups,
                engine=options.engine,
                scheduler=options.scheduler,
                on_progress=progress,
            )
    except OSError as error:  # by a reader that does not name the file
        raise unreadable_error(error.filename or ", ".join(options.data[:3]), error) from None
    _check_columns(summary.columns, options)
    return _ready(summary)


def _totals_notes(options: Namespace) -> Iterator[str]:
    from linreg.cli.totals import totals_notes

    return totals_notes([*_existing(options.data)], options.groups, options.leave_out)


def _wanted(options: Namespace) -> Sequence[str]:
    """Return the columns that the pass will read, as far as the first file shows."""
    if options.features:
        return [*options.features, options.target]
    with suppress(DataError):  # the pass reports it, with the name of the file
        source = Source.of(files_of(options.data)[0], MAX_SCAN_UNPACKED_BYTES)
        # A workbook would be read as a whole.
        if source.head(len(detect.ZIP_SIGNATURE)) != detect.ZIP_SIGNATURE:
            return numeric_columns(detect.reader_of(source), options.groups)[0]
    return ()


def _check_columns(columns: Sequence[str], options: Namespace) -> None:
    """Refuse too many columns, or names too long for the requested problem file."""
    if len(columns) > problem_file.MAX_COLUMNS:
        raise DataError(
            f"The table has {count(len(columns))} columns of numbers, and at most "
            f"{problem_file.MAX_COLUMNS} can be used at once; name them with --features."
        )
    long = [name for name in columns if len(name) > problem_file.MAX_TEXT_CHARACTERS]
    if long and options.command == "summarise" and options.output:
        raise DataError(
            f"The name of column “{long[0][:20]}…” has {count(len(long[0]))} characters, and in a "
            f"problem file it may have {count(problem_file.MAX_TEXT_CHARACTERS)}; rename the "
            "column, or name others with --features."
        )


def _ready(summary: Summary) -> Summary:
    """Return the summary if it can be trained on."""
    if not summary.features:
        raise DataError(
            f"Only “{summary.target}” holds numbers, and a target needs at least one feature; "
            "add a column of numbers."
        )
    summary.moments()
    return summary
