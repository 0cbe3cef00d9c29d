"""The one pass over the rows on many processes or machines.

Only the pass is spread out: each part of the table leaves its moments, these are added in a tree,
and what follows is done on this machine.  Dask keeps account of the parts: what a dying worker
held is read again by another.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial, reduce
from logging import CRITICAL

import dask
import numpy as np
from distributed import Client, Future, KilledWorker, LocalCluster, as_completed
from threadpoolctl import threadpool_limits

from linreg.data.files.batches.checked import numeric_columns
from linreg.data.files.batches.common_dialect import Preview, common_mark, merged_notes
from linreg.data.files.process.interrupts import defer_interrupt, preserve_interrupt
from linreg.data.files.storage.paths import folder_notes, source_text
from linreg.data.summary.accumulator import Accumulator
from linreg.data.summary.partitions import PART_BYTES, File, Part, Whole, find, look, split
from linreg.data.summary.summary import Summary
from linreg.errors import DataError
from linreg.text.numbers import counted

PARTS_ADDED_TOGETHER = 4  # 2 make twice the messages, more wait for the slowest
TIMEOUT_SECONDS = 30  # for a scheduler to answer, and for its first worker


@dataclass(frozen=True, eq=False)
class Gathered:
    """The sums of neighbouring parts, and what was seen of their files.

    Attributes
    ----------
    summary : Summary
    counts : tuple of int
        The rows of each part.
    looks : dict of str to Look
        For each file that is not Parquet, what its start shows of its dialect.
    """

    summary: Summary
    counts: tuple[int, ...]
    looks: dict[str, Preview]

    def __add__(self, other: Gathered) -> Gathered:
        counts, looks = self.counts + other.counts, self.looks | other.looks
        return Gathered(self.summary + other.summary, counts, looks)


def summarise_on_dask(
    paths: Sequence[str],
    columns: Sequence[str] | None,
    target: str,
    *,
    grouped_by: str | None = None,
    scheduler: str | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Summary:
    """Sum up a table with Dask.

    Parameters
    ----------
    paths : sequence of str
        Files, patterns and folders of Parquet files of one table, here or anywhere that fsspec
        can open, like "s3://bucket/rows-*.parquet".
    columns : sequence of str, optional
        The columns to read, the target among them; by default all with numbers.
    target : str
        The column to explain.
    grouped_by : str, optional
        The column whose values name the groups of rows.
    scheduler : str, optional
        The address of a cluster; by default the processors of this machine.
    on_progress : callable, optional
        Called with the share that is done, from 0 to 1; it may raise to cancel.

    Raises
    ------
    DataError
        If the table cannot be read or used, or no cluster answers.
    """
    with _failures_as_data_errors(), preserve_interrupt() as check:
        files = find(paths)
        columns, first, left_out = _looked_at(files[0], columns, target, grouped_by)
        with _client(scheduler) as client:

            def passed(files: list[File]) -> Gathered:
                wanted = [*columns, *([] if grouped_by is None else [grouped_by])]
                parts = _cut(client, files, wanted)
                return _passed(client, parts, columns, target, grouped_by, on_progress, check)

            gathered = _agreed(files, passed, lambda: client.gather(client.map(look, files)))
    looks = [gathered.looks.get(file.path, first) for file in files]
    sample = gathered.summary.sample.renumbered(np.array(gathered.counts))
    source = source_text(paths)
    places = [file.path for file in files]
    notes = filter(None, [*merged_notes(looks, places), *folder_notes(paths, places), left_out])
    return replace(gathered.summary, sample=sample, source=source, notes=tuple(notes)).checked()


@contextmanager
def _failures_as_data_errors() -> Iterator[None]:
    """Say in a sentence what goes wrong outside of the table."""
    try:
        yield
    except KilledWorker:
        raise DataError(
            "One worker after the other died over the same part of the table, probably for want "
            "of memory; give the workers more of it."
        ) from None
    except ImportError:
        raise DataError(
            "The cluster does not know this program; start its scheduler and its workers with "
            "the same requirements, and with this project's folder in PYTHONPATH."
        ) from None
    except OSError as error:
        raise DataError(f"The files or the cluster can not be reached ({error}).") from None


def _looked_at(
    file: File, columns: Sequence[str] | None, target: str, grouped_by: str | None
) -> tuple[tuple[str, ...], Preview, str]:
    """Return the columns to read, what a look at the file shows, and which columns are left out."""
    with file.reader() as reader:
        left_out = ""
        if columns is None:
            columns, left_out = numeric_columns(reader, grouped_by)
            columns = list(dict.fromkeys([*columns, target]))
        return tuple(columns), Preview.of(reader), left_out


def _agreed(
    files: list[File],
    passed: Callable[[list[File]], Gathered],
    looked: Callable[[], Sequence[Preview]],
) -> Gathered:
    """Make the pass, and once more if it shows that files should have been read in another way.

    To look at all of them before would take as long as to read small ones.
    """
    try:
        gathered = passed(files)
        looks = [*gathered.looks.values()]
    except DataError:
        looks = [] if len(files) == 1 else [*looked()]
        if not _misread(looks):
            raise
    mark = common_mark(looks)
    return passed([replace(file, mark=mark) for file in files]) if _misread(looks) else gathered


def _misread(looks: Sequence[Preview]) -> bool:
    """Tell whether other files decide the decimal mark otherwise than it was taken for some."""
    mark = common_mark(looks)
    return mark is not None and any(look.open_as not in (None, mark) for look in looks)


def _cut(client: Client, files: Sequence[File], wanted: Sequence[str]) -> list[Part]:
    """Return the parts of all files, in order; the workers look into those worth cutting."""
    large = [file for file in files if file.size > PART_BYTES]
    cut = dict(zip(large, client.gather(client.map(split, large, wanted=wanted)), strict=True))
    return [part for file in files for part in cut.get(file, [Whole(file)])]


def _passed(
    client: Client,
    parts: Sequence[Part],
    columns: Sequence[str],
    target: str,
    grouped_by: str | None,
    on_progress: Callable[[float], None] | None,
    check: Callable[[], None],
) -> Gathered:
    """Make the pass over all parts."""
    futures = client.map(
        _gathered,
        parts,
        range(len(parts)),
        columns=columns,
        target=target,
        grouped_by=grouped_by,
        pure=False,
    )
    whole = _tree(client, futures)
    waiting = as_completed(futures)
    del futures  # so that the cluster forgets each part once it is added
    for done, part in enumerate(waiting, 1):
        part.result()
        check()
        if on_progress:
            on_progress(done / len(parts))
    gathered: Gathered = whole.result()
    return gathered


@contextmanager
def local_cluster(workers: int | None = None) -> Iterator[LocalCluster]:
    """Run workers on this machine, by default as many as it has processors."""
    # Dask would have malloc give all memory back at once, which makes the pass take twice as long.
    environment = {"OMP_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1}
    with (
        ExitStack() as closing,
        dask.config.set({"distributed.nanny.pre-spawn-environ": environment}),
    ):
        with defer_interrupt():
            cluster = LocalCluster(
                n_workers=workers or os.cpu_count(),
                threads_per_worker=1,
                dashboard_address="127.0.0.1:0",  # any free port: one may run already
                silence_logs=CRITICAL,
            )
            closing.callback(_closed, cluster)
        yield cluster


def _closed(opened: LocalCluster | Client) -> None:
    with defer_interrupt():
        opened.close()


@contextmanager
def _client(scheduler: str | None) -> Iterator[Client]:
    """Yield a client of the cluster at an address, or of one on this machine."""
    if scheduler is None:
        with local_cluster() as cluster, ExitStack() as closing:
            with defer_interrupt():
                client = Client(cluster)
                closing.callback(_closed, client)
            yield client
        return
    try:
        client = Client(scheduler, timeout=TIMEOUT_SECONDS)
    except (OSError, ValueError):
        raise DataError(
            f"No Dask scheduler answers at “{scheduler}” within "
            f"{counted(TIMEOUT_SECONDS, 'second')}; start one with "
            "“dask scheduler”, or correct the address."
        ) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=TIMEOUT_SECONDS)
        except TimeoutError:
            raise DataError(
                f"The Dask scheduler at “{scheduler}” has no workers; start some with "
                f"“dask worker {scheduler}”."
            ) from None
        # Workers that cannot read their tasks would die over them, one after the other.
        client.run_on_scheduler(exec, "import linreg.data.summary.dask_engine")
        client.run(exec, "import linreg.data.summary.dask_engine")
        yield client


def _tree(client: Client, parts: Sequence[Future[Gathered]]) -> Future[Gathered]:
    """Add neighbours in a tree, before parts that wait: what they leave behind is then gone."""
    level = list(parts)
    while len(level) > 1:
        level = [
            client.submit(_added, level[i : i + PARTS_ADDED_TOGETHER], pure=False, priority=1)
            for i in range(0, len(level), PARTS_ADDED_TOGETHER)
        ]
    return level[0]


def _gathered(
    part: Part, number: int, *, columns: Sequence[str], target: str, grouped_by: str | None
) -> Gathered:
    """Sum up one part, on a worker."""
    accumulator, looks = Accumulator(columns, grouped_by, part=number), dict[str, Preview]()
    try:
        with threadpool_limits(limits=1, user_api="blas"):
            seen = partial(looks.__setitem__, part.file.path)
            for values, labels in part.rows(columns, grouped_by, seen):
                accumulator.feed(values, labels)
    except DataError as error:
        raise DataError(f"In {part.where}: {error}") from None
    return Gathered(accumulator.partial(target), (accumulator.read,), looks)


def _added(parts: Sequence[Gathered]) -> Gathered:
    """Add neighbours, on a worker."""
    with threadpool_limits(limits=1, user_api="blas"):
        return reduce(Gathered.__add__, parts)
