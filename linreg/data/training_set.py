"""The training set of an experiment: sums over all rows, and rows to look at.

Up to `MAX_HELD_ROWS` rows are held, and no more: of a larger table a fixed random sample, and of a
problem file the sample that it holds.  The sums are those of all rows, always.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from tempfile import TemporaryFile

import numpy as np
from numpy.typing import NDArray

from linreg.data.dataset import Dataset
from linreg.data.files.formats.delimited.dialect import repair_notes
from linreg.data.files.table import Table
from linreg.data.select import MAX_NUMBER, check_choice, left_out, select, so_many, usable_rows
from linreg.data.summary.accumulator import Accumulator
from linreg.data.summary.problem_file import MAX_COLUMNS
from linreg.data.summary.summary import Summary
from linreg.data.tabular import Tabular
from linreg.errors import DataError
from linreg.model.identifiability import moment_notes
from linreg.model.least_squares import LeastSquares
from linreg.model.moments import Floats, Moments
from linreg.text.numbers import count, counted

# Measured at M = 10: 8 MB of rows a browser tab, and 15 ms to look through them all; ten times as
# many would be felt on every page.
MAX_HELD_ROWS = 100_000
MAX_HELD_COLUMN_BYTES = 1 << 23  # bytes of a column that may be computed and held
SUMMED_BLOCK_ROWS = 1 << 17  # rows handled at a time
SAMPLE_NOTE = (
    "Training, and every sum, uses all rows. Where single rows are shown, they are a fixed random "
    "sample: {rows}."
)

Columns = list[Floats]
Again = Callable[[], Iterator[Columns]] | None


@dataclass(frozen=True, eq=False)
class TrainingSet:
    """The data of an experiment after the one pass over them.

    Attributes
    ----------
    dataset : Dataset
        The rows that are held, in order: all, or a fixed random sample of them.
    moments : Moments
        Of the features and, last, the target, over all rows.
    read : int
        How many rows there were before any was left out.
    again : callable or None
        Reads all rows once more, some at a time, as the columns x1 … xM and, last, y; None where
        nothing holds them any more.
    refused : tuple of int
        The places, among the repairs of the choice, of those that could not be done.
    """

    dataset: Dataset
    moments: Moments
    read: int
    again: Again
    refused: tuple[int, ...] = ()
    _notes: dict[bool, tuple[str, ...]] = field(default_factory=dict, init=False, repr=False)
    _problems: dict[bool, LeastSquares] = field(default_factory=dict, init=False, repr=False)

    @property
    def n(self) -> int:
        """How many rows are trained on."""
        return self.moments.n

    @property
    def features(self) -> int:
        """How many features there are, M."""
        return len(self.dataset.features)

    @property
    def left_out(self) -> int:
        """How many rows were left out of training."""
        return self.read - self.n

    @property
    def holds_all(self) -> bool:
        """Whether all rows are held."""
        return len(self.dataset.y) == self.n

    @property
    def rows_held(self) -> str:
        """Say which rows are held: "2,000 of 1,000,000 rows", or "20 rows"."""
        rows = counted(self.n, "row")
        return rows if self.holds_all else f"{count(len(self.dataset.y))} of {rows}"

    def notes(self, *, intercept: bool) -> tuple[str, ...]:
        """Return notes on the rows; none of them keeps training from going on."""
        if intercept not in self._notes:
            data, problem = self.dataset, self.problem(intercept=intercept)
            sample = () if self.holds_all else (SAMPLE_NOTE.format(rows=self.rows_held),)
            about: tuple[str, ...] = ()
            if problem.null.size or problem.spread == 0:
                about = moment_notes(self.moments, data.features, data.target, intercept=intercept)
            self._notes[intercept] = (*data.notes, *sample, *about)
        return self._notes[intercept]

    def problem(self, *, intercept: bool) -> LeastSquares:
        """Return the least-squares problem of all rows."""
        if intercept not in self._problems:
            problem = LeastSquares.from_moments(self.moments, intercept=intercept)
            self._problems.setdefault(intercept, problem)  # one for all, where two threads ask
        return self._problems[intercept]


def of_rows(dataset: Dataset, read: int | None = None) -> TrainingSet:
    """Return a training set that holds all rows of a dataset.

    Parameters
    ----------
    dataset : Dataset
    read : int, optional
        How many rows there were before any was left out; by default none was.
    """
    columns = [*dataset.X.T, dataset.y]
    moments = Moments.from_arrays(dataset.X, dataset.y)
    read = moments.n if read is None else read
    return TrainingSet(dataset, moments, read, lambda: iter([columns]))


def take_columns(source: Tabular, target: str, features: Sequence[str]) -> TrainingSet:
    """Take a target and features out of a table, without the rows that miss a value.

    Raises
    ------
    DataError
        If a column is unknown, chosen twice, not numeric or too large, fewer than two rows are
        left, or a problem file holds none of them to look at.
    """
    check_choice(target, features)
    return source.either(
        lambda table: _of_table(table, target, features),
        lambda summary: _of_problem_file(summary, target, features),
    )


def _of_problem_file(summary: Summary, target: str, features: Sequence[str]) -> TrainingSet:
    gone = f"{so_many(summary.left_out, summary.read)} left out when the problem file was made."
    summary = replace(summary, notes=(gone,) if summary.left_out else ())
    return _of_sample(summary, target, features, None)


def _of_table(table: Table, target: str, features: Sequence[str]) -> TrainingSet:
    read = table.n + table.taken_out
    if table.n <= MAX_HELD_ROWS:
        return of_rows(select(table, target, features), read)
    chosen = [*features, target]
    usable = usable_rows(table, target, features)
    if np.count_nonzero(usable) <= MAX_HELD_ROWS:
        return of_rows(select(table, target, features), read)
    notes = tuple(left_out(table, [target, *features], usable))
    del usable

    def again() -> Iterator[Columns]:
        columns = [_on_disk(table.columns[name]) for name in chosen]
        for first in range(0, table.n, SUMMED_BLOCK_ROWS):
            block = [column[first : first + SUMMED_BLOCK_ROWS] for column in columns]
            full = np.isfinite(block).all(axis=0)
            yield block if full.all() else [column[full] for column in block]

    summary = _summed(table, chosen, target, features)
    return _of_sample(replace(summary, read=read, notes=notes), target, features, again)


def _of_sample(summary: Summary, target: str, features: Sequence[str], again: Again) -> TrainingSet:
    """Take rows to look at from the sample, and the sums of all of them."""
    moments = summary.moments(target, features)
    if moments.n < 2:
        raise DataError("Behind this problem file is a single row, and a line needs two.")
    at, sample = summary.columns.index, summary.sample
    if not len(sample.rows):
        raise DataError(
            "The problem file holds none of these rows to draw; keep another group of rows as "
            "well, or make a problem file of these rows alone."
        )
    columns = [sample.values[:, at(name)] for name in (*features, target)]
    X = np.column_stack(columns[:-1])
    notes, rows = summary.notes, sample.rows
    dataset = Dataset(X, columns[-1], tuple(features), target, rows, summary.source, notes)
    if len(sample.rows) == moments.n:
        again = lambda: iter([columns])  # noqa: E731
    return TrainingSet(dataset, moments, summary.read, again)


def _on_disk(column: Floats) -> Floats:
    """Write a large column that is computed at each access to a file, and map it into memory.

    So several of them do not have to fit into memory together.
    """
    if column.nbytes <= MAX_HELD_COLUMN_BYTES or isinstance(column.base, np.memmap):
        return column
    try:
        with TemporaryFile() as file:
            column.tofile(file)
            return np.asarray(np.memmap(file, np.float64, "r"))
    except OSError:  # no room on the disk: there may be some in memory
        return column


def sum_up(table: Table, target: str, features: Sequence[str]) -> Summary:
    """Sum up the rows that training uses, with all columns that have a number in each of them.

    Raises
    ------
    DataError
        If a column is unknown, chosen twice, not numeric or too large, or fewer than two rows
        are left.
    """
    check_choice(target, features)
    chosen = [*features, target]
    usable = usable_rows(table, target, features)
    spare = [name for name in table.columns if name not in chosen]
    also = [name for name in spare if _complete(table.columns[name], usable)]
    columns = [*features, *also[: MAX_COLUMNS - len(chosen)], target]
    return replace(_summed(table, columns, target, features), repairs=done_before(table))


def done_before(source: Tabular) -> tuple[str, ...]:
    """Return what was done to a table before its file was made, and since, a line each."""
    return (*repair_notes(source.notes), *source.repairs)


def _complete(column: Floats, usable: NDArray[np.bool_]) -> bool:
    """Return whether a column has a number, and none too large, in every row that is used."""
    if not (np.isfinite(column) | ~usable).all():
        return False
    return bool(max(np.fmax.reduce(column), -np.fmin.reduce(column)) <= MAX_NUMBER)


def _summed(table: Table, columns: Sequence[str], target: str, features: Sequence[str]) -> Summary:
    """Sum up some columns of a table, over the rows that miss no value in them."""
    accumulator = Accumulator(columns)
    values = [_on_disk(table.columns[name]) for name in columns]
    for first in range(0, table.n, SUMMED_BLOCK_ROWS):
        accumulator.feed([column[first : first + SUMMED_BLOCK_ROWS] for column in values])
    summary = accumulator.summary(target, features, source=table.name)
    if table.kept is None:
        return summary
    gone, numbers = table.taken_out, table.rows[summary.sample.rows - 1]
    return replace(
        summary,
        sample=replace(summary.sample, rows=numbers),
        read=summary.read + gone,
        left_out=summary.left_out + gone,
    )
