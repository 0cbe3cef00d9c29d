"""`summarise`: the rows of files summed up, whatever reads them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal, get_args

from linreg.data.files.scan import scan
from linreg.data.files.storage.paths import source_text
from linreg.data.summary.accumulator import Accumulator
from linreg.data.summary.summary import Summary
from linreg.errors import DataError

Engine = Literal["auto", "polars", "pandas", "dask"]
ENGINES: tuple[Engine, ...] = get_args(Engine)


def summarise(
    paths: Sequence[str],
    target: str,
    features: Sequence[str] = (),
    *,
    grouped_by: str | None = None,
    engine: Engine = "auto",
    scheduler: str | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Summary:
    """Read a table once, in bounded memory.

    Parameters
    ----------
    paths : sequence of str
        Files, patterns and folders of Parquet files: all of them are one table.
    target : str
        The column to explain.
    features : sequence of str
        The columns that explain it, and all that is read beside the target; by default all other
        columns of numbers.
    grouped_by : str, optional
        The column whose values name the groups of rows.
    engine : {"auto", "polars", "pandas", "dask"}
        What reads; "auto" takes polars where it is installed.
    scheduler : str, optional
        The address of a Dask cluster; by default the processors of this machine.
    on_progress : callable, optional
        Called with the share that is done, from 0 to 1; it may raise to cancel.

    Raises
    ------
    DataError
        If the table cannot be read or used.
    """
    wanted = [*features, target] if features else None
    if engine == "dask":
        try:
            # Optional, and slow to import.
            from linreg.data.summary.dask_engine import summarise_on_dask
        except ImportError:
            raise DataError(
                "The engine dask is not installed; install what requirements-scale.txt lists, or "
                "take another engine."
            ) from None
        return summarise_on_dask(
            paths,
            wanted,
            target,
            grouped_by=grouped_by,
            scheduler=scheduler,
            on_progress=on_progress,
        )
    rows = scan(paths, wanted, label=grouped_by, engine=engine, on_progress=on_progress)
    if wanted is None and target not in rows.columns:
        # Asked for by name: the reader says why it cannot be had.
        wanted = [*rows.columns, target]
        rows = scan(paths, wanted, label=grouped_by, engine=engine, on_progress=on_progress)
    accumulator = Accumulator(rows.columns, grouped_by)
    for batch in rows:
        accumulator.feed(batch.columns, batch.labels, first=batch.first)
    source = source_text(paths)
    return replace(accumulator.summary(target, features, source), notes=tuple(rows.notes))
