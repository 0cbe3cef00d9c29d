"""All findings in a table, or in a problem file, before training."""

from collections.abc import Sequence
from math import log10

import numpy as np

from linreg.data.cleaning.column_statistics import (
    ColumnStatistics,
    are_near_totals,
    column_statistics,
    copies_of,
    flaw_of,
    number_kind_of,
    statistics_of,
)
from linreg.data.cleaning.findings.column_findings import copy_finding, number_finding, text_finding
from linreg.data.cleaning.findings.finding import MIN_ALIKE, Finding, grouped
from linreg.data.cleaning.findings.moment_findings import moment_findings
from linreg.data.cleaning.findings.row_findings import missing_values, outlier_finding
from linreg.data.cleaning.findings.totals_row import totals_row
from linreg.data.cleaning.influence import influence
from linreg.data.files.table import Table
from linreg.data.select import complete_rows
from linreg.data.summary.summary import Summary
from linreg.data.tabular import Tabular
from linreg.model.moments import Stream
from linreg.text.numbers import count, distinct_texts, number

MAX_COLUMNS_SEEN, MIN_COLUMNS_SEEN = 100, 5  # the chosen ones always
MAX_CELLS_SEEN = 30_000_000  # about two seconds
ORDER = (
    *(
        "target",
        "rows",
        "totals",
        "missing",
        "scales",
        "constant",
        "repeated",
        "dependent",
        "outlier",
    ),
    *("identifier", "text", "date", "empty", "columns"),
)


def findings(
    source: Tabular, target: str, features: Sequence[str], *, intercept: bool = True
) -> tuple[Finding, ...]:
    """Return what is wrong with a table after its repairs.

    Parameters
    ----------
    source : Table or Summary
        Of a summary, what follows from its moments: its rows are not here.
    target : str
        The column to explain.
    features : sequence of str
        The columns that explain it.
    intercept : bool
        Whether the model has one.

    Returns
    -------
    tuple of Finding
        What concerns the fit first.
    """
    results = source.either(
        lambda table: _of_table(table, target, features, intercept=intercept),
        lambda summary: _of_summary(summary, target, features, intercept=intercept),
    )
    if len(results) >= MIN_ALIKE:
        results = grouped(results)
    return tuple(sorted(results, key=lambda finding: ORDER.index(finding.kind)))


def _of_table(
    table: Table, target: str, features: Sequence[str], *, intercept: bool
) -> list[Finding]:
    asked = dict.fromkeys((target, *features))
    chosen = [name for name in asked if name in table.columns]
    others = [name for name in table.columns if name not in asked]
    text = sorted(table.text, key=lambda name: name not in asked)
    most = min(MAX_COLUMNS_SEEN, max(MIN_COLUMNS_SEEN, MAX_CELLS_SEEN // max(1, table.n)))
    numbers, text = [*chosen, *others[: max(0, most - len(chosen))]], text[:most]
    usual = [name for name in features if name in numbers and name != target]
    can_be_fitted = all(statistics_of(table, name).can_be_squared for name in chosen)
    results: list[Finding] = []
    if target in numbers and usual and can_be_fitted:
        results += _of_fit(table, target, usual, intercept=intercept)
    if text or any(_may_end_with_totals(table, name) for name in numbers):
        results += filter(None, [totals_row(table, numbers, text)])
    results += [text_finding(table, name, is_target=name == target) for name in text]
    flawed = [name for name in numbers if flaw_of(table, name)]
    copies = copies_of(table, numbers).items()  # the target comes first, then the features
    results += filter(None, (number_finding(table, target, features, name) for name in flawed))
    results += filter(None, (copy_finding(target, features, *pair) for pair in copies))
    results += _unseen(len(table.columns) + len(table.text), len(numbers) + len(text))
    return results


def _may_end_with_totals(table: Table, name: str) -> bool:
    """Tell whether the first or last numbers of a column are nearly sums or means of the others."""
    statistics, values = statistics_of(table, name), table.columns[name]
    ends = values[:1], values[-1:], values[:2], values[-2:]
    return any(are_near_totals(statistics, some, values[:0]) for some in ends)


def _of_fit(
    table: Table, target: str, features: Sequence[str], *, intercept: bool
) -> list[Finding]:
    usable = complete_rows(table, [target, *features])
    if not usable.any():
        why = "Training takes rows that have all of them: choose other columns, or fill values in."
        return [Finding("rows", "No row has a value in every chosen column.", why)]
    rows = slice(None) if usable.all() else usable
    *X, y = (table.columns[name][rows] for name in (*features, target))
    m = Stream().feed([*X, y]).total
    ranges = [_range(statistics_of(table, name)) for name in features]
    switches = [name for name in features if number_kind_of(table, name) == "0/1"]
    results = moment_findings(m, features, ranges, switches=switches, intercept=intercept)
    if not usable.all():
        results.append(missing_values(table, target, features, usable, m, intercept=intercept))
    outliers = influence(X, y, m, intercept=intercept)
    if outliers is not None and outliers.count:
        numbers = table.rows[usable]
        results.append(outlier_finding(outliers, numbers, features, intercept=intercept))
    return results


def _range(statistics: ColumnStatistics) -> str:
    """Name both ends, with two digits of what they are apart."""
    least, greatest = statistics.least, statistics.greatest
    if least == greatest:
        return f"is {number(least)} in every row"
    equal = log10(max(abs(least), abs(greatest)) / (greatest - least))
    texts = distinct_texts(least, greatest, max(6, int(equal) + 2))
    return "goes from {} to {}".format(*texts)


def _of_summary(
    summary: Summary, target: str, features: Sequence[str], *, intercept: bool
) -> list[Finding]:
    usual = [name for name in features if name in summary.columns and name != target]
    if target not in summary.columns or not usual:
        return []
    m = summary.moments(target, usual)
    deviations = np.hypot.reduce(m.K, axis=0) / np.sqrt(m.n)
    ranges = [
        f"lies around {number(mean)} with a standard deviation of {number(deviation)}"
        for mean, deviation in zip(m.mean[:-1], deviations[:-1], strict=True)
    ]
    samples = {name: summary.sample.values[:, summary.columns.index(name)] for name in usual}
    switches = [name for name in usual if column_statistics(samples[name]).is_switch]
    return moment_findings(m, usual, ranges, switches=switches, intercept=intercept)


def _unseen(every: int, seen: int) -> list[Finding]:
    if seen == every:
        return []
    sentence = f"{count(seen)} of {count(every)} columns were looked at, the chosen ones first."
    why = "The others are in the table and can be chosen; then they are looked at."
    return [Finding("columns", sentence, why)]
