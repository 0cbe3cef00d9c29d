"""`summary_rows`: the search for rows that are sums or means of others."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import prod, sqrt
from typing import Any, TypeAlias

import numpy as np
import pyarrow.compute as pc  # type: ignore[import-untyped]
from numpy.typing import NDArray

from linreg.data.cleaning.column_statistics import are_near_totals, number_kind_of, statistics_of
from linreg.data.files.table import Table
from linreg.model.moments import Floats

Places: TypeAlias = NDArray[np.int64]

# Words of a row of sums or means, and of other statistics that may stand beside one; \b and \w know
# the letters of English only.
SUMMARY_WORDS = (
    r"(?i)\b(?:sub|sous)?(?:totals?|totale?s|totaux|totaal|sums?|overall|averages?|avg|means?|"
    r"somme|moyenne|suma|promedio|media|gemiddelde|mittelwert|durchschnitt|gesamt\w*|insgesamt|"
    r"\w*summen?|\w*ergebnis)\b|[Σ∑]|^[\s:.]*(?:all|alle|Ø)[\s:.]*$"
)
OTHER_STATISTICS: Mapping[str, tuple[str, Callable[[Floats], Sequence[Any]]]] = {
    "minimum": ("min|minimum", lambda values: [np.min(values)]),
    "maximum": ("max|maximum", lambda values: [np.max(values)]),
    "median": ("median|50 ?%", lambda values: [np.median(values)]),
    "lower quartile": ("25 ?%|q1|lower quartile", lambda values: [np.quantile(values, 0.25)]),
    "upper quartile": ("75 ?%|q3|upper quartile", lambda values: [np.quantile(values, 0.75)]),
    "number of values": ("count|n|number|anzahl", lambda values: [len(values)]),
    "standard deviation": (
        "std|sd|s\\.d\\.|std\\.? ?dev\\.?|stdev|standard deviation|standardabweichung",
        lambda values: [np.std(values), np.std(values, ddof=1)],
    ),
}
STATISTIC_WORDS = rf"(?i)^\W*(?:{'|'.join(words for words, _ in OTHER_STATISTICS.values())})\W*$"

PLAUSIBLE_YEARS = (1500, 2200)
ADDITION_ROUNDING = (
    1e-12  # of the size of the numbers: what adding them in another order may change
)
STATISTIC_ROUNDING = 1e-9  # of the largest number
MAX_CELLS_FOR_DECIMALS = 1000  # of a column, that tell how many decimals its numbers have
MAX_CELLS_FOR_LABELS = 2_000_000  # of text, in which a row may be called a total
MAX_LABELLED_ROWS = 200  # that are compared with others
MAX_BLOCKS = 12  # of rows above a labelled row, and below it, that it is compared with
MAX_LABEL_WORDS = 3  # in a cell that does nothing but call its row a total
MAX_DISAGREEING = 3  # for each column that agrees; then there is no hope left
# A coincidence must be rarer than 1 in so many. A word beside the numbers is evidence as well; of a
# row that is called a total, some columns may hold something else, a rate for instance.
RARE, RARE_WITH_WORD, RARE_IN_SOME = 1e3, 10, 1e3
# A row is seldom beyond all others in every column, as a total is; a mean lies among them.
EVIDENCE_AMONG = 0.01


@dataclass(frozen=True)
class Agreement:
    """A value that is the sum or the mean of others, about once in so many by chance."""

    name: str
    value: float
    rarity: float
    is_beyond: bool


@dataclass(frozen=True)
class _Comparison:
    """A row compared with others: the columns that agree, and how many disagree."""

    agreements: Sequence[Agreement]
    disagreeing: int

    @property
    def evidence(self) -> float:
        """The rarity by chance, 1 in so many; less where the row lies among the others."""
        told = [each for each in self.agreements if each.rarity > 1]
        share = 1 if all(each.is_beyond for each in told) else EVIDENCE_AMONG
        return share * prod(each.rarity for each in told)


@dataclass(frozen=True)
class SummaryRow:
    """A row that is the sum or the mean of others.

    Attributes
    ----------
    place : int
        Of the row in the table, from 0.
    what : str
        "sum", "mean", or another statistic.
    size : int
        How many rows it sums up.
    side : str
        Where they are: "above" or "below" it, or "" for all others.
    agreements : tuple
        The columns in which it does.
    label : (str, str) or None
        The column of text whose cell calls it so, and the cell.
    evidence : float
        How rare so much agreement is by chance, 1 in so many.
    """

    place: int
    what: str
    size: int
    side: str
    agreements: tuple[Agreement, ...]
    label: tuple[str, str] | None = None
    evidence: float = 1


def summary_rows(table: Table, names: Iterable[str], text: Iterable[str]) -> tuple[SummaryRow, ...]:
    """Return the rows that are the sum, or the mean, of others.

    Rows that a text calls totals may be anywhere, and sum up all others or a group of them. Any
    others are the first or the last of the table, one or two, and sum up all others.

    Parameters
    ----------
    table : Table
    names, text : iterable of str
        The columns of numbers, and of text, to look at.
    """
    return _Search(table, [*names], [*text]).rows() if table.n > 2 else ()


class _Search:
    """A table while it is searched."""

    def __init__(self, table: Table, names: Sequence[str], text: Sequence[str]) -> None:
        self.table = table
        # Sums and squares of the others do not overflow.
        self.names = [name for name in names if statistics_of(table, name).can_be_squared]
        self.labels = _labels(table, text, SUMMARY_WORDS)
        if len(self.labels) > table.n / 2:
            self.labels = {}  # a column of such words, which call no row a total
        beside = _labels(table, text, STATISTIC_WORDS) if self.labels else {}
        self.statistics = {k: beside[k] for k in _adjoining(self.labels, beside)}
        self.found: list[SummaryRow] = []

    @cached_property
    def columns(self) -> dict[str, Floats]:
        """The columns of numbers, which may have to be computed at each access."""
        return {name: self.table.columns[name] for name in self.names}

    @cached_property
    def marks(self) -> Places:
        """The places of the rows that a word calls a summary of others."""
        return np.array(sorted({*self.labels, *self.statistics}), dtype=np.int64)

    @cached_property
    def observed(self) -> Places:
        """The places of the other rows."""
        return np.delete(np.arange(self.table.n), self.marks)

    @cached_property
    def steps(self) -> dict[str, float]:
        """One more in the last decimal of each column."""
        some = self.observed[:MAX_CELLS_FOR_DECIMALS]
        return {
            name: _last_digit(values[some][np.isfinite(values[some])].tolist())
            for name, values in self.columns.items()
        }

    def rows(self) -> tuple[SummaryRow, ...]:
        places = sorted(self.labels)[:MAX_LABELLED_ROWS]
        likely = [row for row in map(self._labelled, places) if row]
        several = [row for row in likely if row.size > 1]  # a row alone is its own sum
        # Of many rows that are called so, one may agree by chance, but hardly half of them.
        if len(several) > max(1, len(places) / 2) or any(
            row.evidence >= RARE_WITH_WORD * len(places) for row in several
        ):
            self.found += likely
            self.found += filter(None, map(self._statistic, self.statistics))
        self.found += self._at_the_ends()
        return tuple(sorted(self.found, key=lambda row: row.place))

    def _labelled(self, place: int) -> SummaryRow | None:
        label = self.labels[place]
        is_label_alone = len(label[1].split()) <= MAX_LABEL_WORDS
        for tried, (others, side) in enumerate(self._groups(place), start=1):
            compared = [self._compared(place, others, is_mean=is_mean) for is_mean in (False, True)]
            for what, this, other in zip(
                ("sum", "mean"), compared, reversed(compared), strict=True
            ):
                agree = {each.name for each in this.agreements}
                also = sum(each.name not in agree for each in other.agreements)
                evidence = this.evidence / tried
                is_whole = not this.disagreeing and evidence >= RARE_WITH_WORD
                is_most = (
                    is_label_alone
                    and this.disagreeing - also <= len(agree)
                    and evidence >= RARE_IN_SOME
                )
                if agree and (is_whole or is_most):
                    agreements, size = tuple(this.agreements), len(others)
                    return SummaryRow(place, what, size, side, agreements, label, evidence)
        return None

    def _groups(self, place: int) -> Iterator[tuple[Places, str]]:
        """Yield the rows that a row may sum up: groups above it, groups below it, or all."""
        every, at = self.observed, int(np.searchsorted(self.observed, place))
        above, below = self.marks[self.marks < place][::-1], self.marks[self.marks > place]
        # Of many, the first or the last may sum up all; the others have groups beside them.
        may_be_of_all = len(self.labels) <= MAX_BLOCKS or not above.size or not below.size
        starts = np.searchsorted(every, [*above[:MAX_BLOCKS], *([0] if may_be_of_all else [])])
        last = [self.table.n] if may_be_of_all else []
        ends = np.searchsorted(every, [*below[:MAX_BLOCKS], *last])
        spans = [(start, at) for start in starts.tolist()], [(at, end) for end in ends.tolist()]
        for side, of_side in zip(("above", "below"), spans, strict=True):
            for start, end in dict.fromkeys(of_side):
                if start < end:
                    is_all = end - start == len(every) > 1
                    yield every[start:end], "" if is_all else side
        if may_be_of_all and 0 < at < len(every):
            yield every, ""
        if (
            may_be_of_all and len(every) < self.table.n - 1
        ):  # another may be called so without being one
            yield np.delete(np.arange(self.table.n), place), ""

    def _compared(self, place: int, others: Places, *, is_mean: bool) -> _Comparison:
        """Compare each column that has a number in this row with the sum or mean of others."""
        agreements, disagreeing = [], 0
        for name, values in self.columns.items():
            value, rest = float(values[place]), values[others]
            rest = rest[np.isfinite(rest)]
            if not np.isfinite(value) or not len(rest):
                continue
            agreement = _agreement(name, value, rest, self.steps[name], is_mean=is_mean)
            if agreement is not None:
                agreements.append(agreement)
            elif not (number_kind_of(self.table, name) == "identifier" or _counts(rest)):
                disagreeing += 1
                if disagreeing > MAX_DISAGREEING * (1 + len(agreements)):
                    break
        return _Comparison(agreements, disagreeing)

    def _statistic(self, place: int) -> SummaryRow | None:
        """Return a row beside totals that holds another statistic, as it is called."""
        column, cell = self.statistics[place]
        for what, (words, compute) in OTHER_STATISTICS.items():
            if not pc.match_substring_regex(cell, rf"(?i)^\W*(?:{words})\W*$").as_py():
                continue
            agreements = []
            for name, values in self.columns.items():
                value, rest = float(values[place]), values[self.observed]
                rest = rest[np.isfinite(rest)]
                if np.isfinite(value) and len(rest) > 1:
                    slack = STATISTIC_ROUNDING * float(np.abs(rest).max())
                    apart = min(abs(value - float(right)) for right in compute(rest))
                    if apart <= slack + _last_digit([value]) / 2:
                        agreements.append(Agreement(name, value, 1, is_beyond=False))
            if agreements:
                size = len(self.observed)
                return SummaryRow(place, what, size, "", tuple(agreements), (column, cell))
        return None

    def _at_the_ends(self) -> list[SummaryRow]:
        """Return one or two rows, first or last, that agree with all others in every column."""
        known = [row.place for row in self.found]
        rest = np.setdiff1d(np.arange(self.table.n), known)
        few = [*rest[:2], *rest[-2:], *known]
        at_few = [(name, self.table.columns[name][few]) for name in self.names]
        for size in (1, 2):
            for is_last in (True, False) if len(rest) > size + 1 else ():
                ends, others = (
                    (rest[-size:], rest[:-size]) if is_last else (rest[:size], rest[size:])
                )
                inside = slice(4 - size, 4) if is_last else slice(size)
                if not any(
                    are_near_totals(statistics_of(self.table, name), values[inside], values[4:])
                    for name, values in at_few
                ):
                    continue
                rows = [self._unlabelled(int(place), others, is_last) for place in ends]
                result = [row for row in rows if row is not None]
                if len(result) == size == len({row.what for row in result}):
                    return result
        return []

    def _unlabelled(self, place: int, others: Places, is_last: bool) -> SummaryRow | None:
        for what in ("sum", "mean"):
            compared = self._compared(place, others, is_mean=what == "mean")
            agreements = [
                each
                for each in compared.agreements
                if not self._grows(each.name, others, is_last=is_last)
            ]
            if len(agreements) < len(compared.agreements) or compared.disagreeing:
                continue
            if agreements and self.table.n > 3 and compared.evidence >= RARE:
                return SummaryRow(place, what, len(others), "", tuple(agreements))
        return None

    def _grows(self, name: str, others: Places, *, is_last: bool) -> bool:
        """Tell whether the next number is such a sum too, as where each is twice the one before."""
        values = self.columns[name][others]
        values = values[np.isfinite(values)]
        near, rest = (values[-1], values[:-1]) if is_last else (values[0], values[1:])
        step = self.steps[name]
        return (
            len(rest) > 1 and _agreement(name, float(near), rest, step, is_mean=False) is not None
        )


def _labels(table: Table, text: Sequence[str], words: str) -> dict[int, tuple[str, str]]:
    """Return the column and the cell that call a row a total, by the place of the row."""
    labels: dict[int, tuple[str, str]] = {}
    for name in text[: MAX_CELLS_FOR_LABELS // max(1, table.n)]:
        cells = table.texts[name]
        matches = pc.fill_null(pc.match_substring_regex(cells, words), False)
        for place in np.flatnonzero(np.asarray(matches)).tolist():
            labels.setdefault(place, (name, cells[place].as_py()))
    return labels


def _adjoining(labels: Iterable[int], beside: Iterable[int]) -> list[int]:
    """Return those places that are in one run with a labelled row."""
    labelled, left, reached = {*labels}, {*beside} - {*labels}, []
    edge = [*labelled]
    while edge:
        edge = [near for place in edge for near in (place - 1, place + 1) if near in left]
        left -= {*edge}
        reached += edge
    return sorted({*reached})


def _agreement(
    name: str, value: float, others: Floats, step: float, *, is_mean: bool
) -> Agreement | None:
    n, least, greatest = len(others), float(others.min()), float(others.max())
    parts = n if is_mean else 1
    expected = float(others.sum()) / parts
    slack = ADDITION_ROUNDING * float(np.abs(others).sum()) / parts
    own = _last_digit([value])
    # A mean is rounded as it is written; of a total, the parts may have been rounded too.
    tolerance = slack + own / 2 + (0 if is_mean else step * sqrt(n) / 2)
    apart = abs(value - expected)
    if apart > tolerance:
        return None
    is_exact = apart <= slack and not is_mean
    resolution = max(min(own, step), 2 * slack) if is_exact else 2 * tolerance
    scale = greatest - least if is_mean else max(greatest - least, abs(expected))
    return Agreement(name, value, max(1.0, scale / resolution), not least <= value <= greatest)


def _last_digit(values: Sequence[float]) -> float:
    """Return what one more in the last decimal of the numbers is, 1 for whole ones."""
    exponents = (Decimal(repr(value)).normalize().as_tuple().exponent for value in values)
    return float(10.0 ** min([0, *(int(exponent) for exponent in exponents)]))


def _counts(others: Floats) -> bool:
    """Tell whether numbers are years, or number their rows."""
    whole = bool((others == np.rint(others)).all())
    first, last = PLAUSIBLE_YEARS
    are_years = bool(((others >= first) & (others <= last)).all())
    return whole and (are_years or bool((np.diff(others) == 1).all()))
