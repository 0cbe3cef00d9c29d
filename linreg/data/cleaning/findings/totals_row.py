"""`totals_row`: the finding that rows are sums or means of others."""

from collections.abc import Iterable, Sequence

from linreg.data.cleaning.findings.finding import Finding, Offer
from linreg.data.cleaning.findings.summary_rows import Agreement, SummaryRow, summary_rows
from linreg.data.cleaning.repairs.row_repairs import LeaveRows
from linreg.data.files.table import Table
from linreg.text.lists import listed
from linreg.text.numbers import count, counted, exactly

MAX_TOTALS_NAMED, MAX_TOTALS_ROWS_NAMED = 3, 3
WHY_NO_OBSERVATION = (
    "A row of totals or means is no observation: it repeats the others, and being unlike them it "
    "weighs more than any of them in the fit."
)


def totals_row(table: Table, names: Iterable[str], text: Iterable[str]) -> Finding | None:
    """Find rows that are the sum, or the mean, of others.

    Parameters
    ----------
    table : Table
    names : iterable of str
        The columns of numbers to look at. Years, and numbers of the rows, are passed over.
    text : iterable of str
        The columns of text, one of which may call the row a total.
    """
    found = summary_rows(table, names, text)
    return _finding(table, found) if found else None


def sentence_of(table: Table, found: Sequence[SummaryRow]) -> str:
    """Name rows that are sums or means of others, with the columns in which they are."""
    clauses = [
        f"row {count(int(table.rows[row.place]))} {_repeats(row)} in {_where(row.agreements)}"
        for row in found[:MAX_TOTALS_ROWS_NAMED]
    ]
    if (unnamed := len(found) - MAX_TOTALS_ROWS_NAMED) > 0:
        clauses.append(f"and so on for {counted(unnamed, 'more row')}")
    return f"R{'; '.join(clauses)[1:]}."


def _finding(table: Table, found: Sequence[SummaryRow]) -> Finding:
    rows = tuple(int(table.rows[row.place]) for row in found)
    what = f"row {count(rows[0])}" if len(rows) == 1 else f"these {count(len(rows))} rows"
    offer = Offer(f"Leave {what} out", (LeaveRows(rows),))
    return Finding("totals", sentence_of(table, found), WHY_NO_OBSERVATION, (offer,))


def _repeats(row: SummaryRow) -> str:
    if row.size == 1:
        return f"repeats the row {row.side} it"
    others = (
        f"{counted(row.size, 'row')} {row.side} it" if row.side else f"{count(row.size)} others"
    )
    return f"is the {row.what} of the {others}"


def _where(agreements: Sequence[Agreement]) -> str:
    named = [f"“{each.name}” ({exactly(each.value)})" for each in agreements[:MAX_TOTALS_NAMED]]
    if unnamed := len(agreements[MAX_TOTALS_NAMED:]):
        named.append(counted(unnamed, "other column"))
    return listed(named)
