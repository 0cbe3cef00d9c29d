"""`totals_row`: a first or last row that is the sum, or the mean, of all others."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import prod, sqrt

import numpy as np

from linreg.data.cleaning.column_statistics import number_kind_of
from linreg.data.cleaning.findings.finding import Finding, Offer
from linreg.data.cleaning.repairs.row_repairs import LeaveRows
from linreg.data.files.table import Table
from linreg.model.moments import Floats
from linreg.text.numbers import count, counted, number

WORDS = re.compile(
    r"(?i)\b(?:sub)?(?:totals?|totale?s|sums?|overall|averages?|avg|means?|gesamt|summe|mittelwert|"
    r"durchschnitt|somme|moyenne)\b"
)
PLAUSIBLE_YEARS = (1500, 2200)
ADDITION_ROUNDING = (
    1e-12  # of the size of the numbers: what adding them in another order may change
)
MAX_CELLS_FOR_DECIMALS = 1000  # of a column, that tell how many decimals its numbers have
MAX_TOTALS_NAMED = 3
# How much rarer than 1 in so many a coincidence must be. A row is seldom beyond all others in every
# column, as a total is; a mean lies among them, and a word beside the numbers is evidence as well.
RARE_WITH_WORD, RARE_BEYOND, RARE_AMONG = 10, 1e3, 1e5
WHY_NO_OBSERVATION = (
    "A row of totals or means is no observation: it repeats the others, and being unlike them it "
    "weighs more than any of them in the fit."
)


@dataclass(frozen=True)
class _Agreement:
    """A value that is the sum or the mean of others, about once in so many by chance."""

    name: str
    value: float
    rarity: float
    is_beyond: bool


def totals_row(table: Table, names: Iterable[str], text: Iterable[str]) -> Finding | None:
    """Find a first or last row that is the sum, or the mean, of all others.

    Parameters
    ----------
    table : Table
    names : iterable of str
        The columns of numbers to look at. Years, and numbers of the rows, are passed over.
    text : iterable of str
        The columns of text, one of which may call the row a total.
    """
    names, text = [*names], [*text]
    for place in (table.n - 1, 0):
        for is_mean in (False, True) if table.n > 2 else ():
            found = _agreements(table, names, place, is_mean=is_mean)
            if found and _is_rare(table, text, place, found):
                return _finding(table, place, found, is_mean=is_mean)
    return None


def _agreements(
    table: Table, names: Sequence[str], place: int, *, is_mean: bool
) -> list[_Agreement] | None:
    """Compare each column that has a number in this row; None if one of them disagrees."""
    found = []
    for name in names:
        values = table.columns[name]
        value, others = float(values[place]), np.delete(values, place)
        others = others[np.isfinite(others)]
        if not np.isfinite(value) or not len(others):
            continue
        agreement = _agreement(name, value, others, is_mean=is_mean)
        if agreement is not None and not _grows(name, others, is_last=place > 0):
            found.append(agreement)
        elif not (number_kind_of(table, name) == "identifier" or _counts(others)):
            return None
    return found


def _agreement(name: str, value: float, others: Floats, *, is_mean: bool) -> _Agreement | None:
    n, least, greatest = len(others), float(others.min()), float(others.max())
    parts = n if is_mean else 1
    expected, slack = (
        float(others.sum()) / parts,
        ADDITION_ROUNDING * float(np.abs(others).sum()) / parts,
    )
    own, step = _last_digit([value]), _last_digit(others[:MAX_CELLS_FOR_DECIMALS].tolist())
    # A mean is rounded as it is written; of a total, the parts may have been rounded too.
    tolerance = slack + own / 2 + (0 if is_mean else step * sqrt(n) / 2)
    apart = abs(value - expected)
    if apart > tolerance:
        return None
    is_exact = apart <= slack and not is_mean
    resolution = max(min(own, step), 2 * slack) if is_exact else 2 * tolerance
    scale = greatest - least if is_mean else max(greatest - least, abs(expected))
    return _Agreement(name, value, max(1.0, scale / resolution), not least <= value <= greatest)


def _last_digit(values: Sequence[float]) -> float:
    """Return what one more in the last decimal of the numbers is, 1 for whole ones."""
    exponents = (Decimal(repr(value)).normalize().as_tuple().exponent for value in values)
    return float(10.0 ** min(0, *(int(exponent) for exponent in exponents)))


def _grows(name: str, others: Floats, *, is_last: bool) -> bool:
    """Tell whether the next number is such a sum as well, as where each is twice the one before."""
    near, rest = (others[-1], others[:-1]) if is_last else (others[0], others[1:])
    return len(rest) > 1 and _agreement(name, float(near), rest, is_mean=False) is not None


def _counts(others: Floats) -> bool:
    """Tell whether numbers are years, or number their rows."""
    whole = bool((others == np.rint(others)).all())
    first, last = PLAUSIBLE_YEARS
    are_years = bool(((others >= first) & (others <= last)).all())
    return whole and (are_years or bool((np.diff(others) == 1).all()))


def _is_rare(table: Table, text: Sequence[str], place: int, found: Sequence[_Agreement]) -> bool:
    """Tell whether the agreement is no coincidence."""
    rarity = prod(each.rarity for each in found)
    if rarity >= RARE_WITH_WORD and any(map(WORDS.search, _words(table, text, place))):
        return True
    told = [each.is_beyond for each in found if each.rarity > 1]
    return table.n > 3 and rarity >= (RARE_BEYOND if all(told) else RARE_AMONG)


def _words(table: Table, text: Sequence[str], place: int) -> Iterator[str]:
    cells = (table.texts[name][place].as_py() for name in text)
    return (cell for cell in cells if cell)


def _finding(table: Table, place: int, found: Sequence[_Agreement], *, is_mean: bool) -> Finding:
    row = int(table.rows[place])
    *most, last = (f"“{each.name}” ({number(each.value)})" for each in found[:MAX_TOTALS_NAMED])
    if unnamed := len(found[MAX_TOTALS_NAMED:]):
        most, last = [*most, last], counted(unnamed, "other column")
    where = f"{', '.join(most)} and {last}" if most else last
    what = "mean" if is_mean else "sum"
    sentence = f"Row {count(row)} is the {what} of the {count(table.n - 1)} others in {where}."
    offer = Offer(f"Leave row {count(row)} out", (LeaveRows((row,)),))
    return Finding("totals", sentence, WHY_NO_OBSERVATION, (offer,))
