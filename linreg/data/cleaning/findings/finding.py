"""`Finding`: something about a table that a student should know before training."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from linreg.data.cleaning.repairs.repair import Repair
from linreg.text.numbers import count

MIN_ALIKE = 4  # findings that become one
MAX_ALIKE_NAMED = 3
LEAVE_THEM = "Leave these {columns} columns out"


@dataclass(frozen=True)
class Offer:
    """A repair to choose with one click.

    Attributes
    ----------
    label : str
        What the button says.
    repairs : tuple of Repair
        What is added to the list of repairs.
    for_all : str
        What the button says for several columns; empty if there is no such button.
    """

    label: str
    repairs: tuple[Repair, ...]
    for_all: str = ""


@dataclass(frozen=True)
class Alike:
    """A statement on a column that is put together with those on others like it.

    Attributes
    ----------
    column : str
    are : str
        What is said of several columns: "are constant".
    detail : str
        What is said of this one, beside its name.
    then : str
        What is said of all of them besides.
    """

    column: str
    are: str
    detail: str = ""
    then: str = ""

    @property
    def named(self) -> str:
        """The column with its detail."""
        return f"“{self.column}” ({self.detail})" if self.detail else f"“{self.column}”"


@dataclass(frozen=True)
class Finding:
    """Something that was found in a table.

    Attributes
    ----------
    kind : str
        "target", "rows", "totals", "missing", "scales", "constant", "repeated", "dependent",
        "outlier", "identifier", "text", "date", "empty" or "columns".
    sentence : str
        What it is, with its numbers.
    why : str
        What it does to the fit or the descent.
    offers : tuple of Offer
        At most three; none where only the user can know what to do.
    alike : Alike or None
        What it has in common with findings on other columns.
    """

    kind: str
    sentence: str
    why: str
    offers: tuple[Offer, ...] = ()
    alike: Alike | None = None


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """Make one finding of several that say the same of different columns."""
    groups: dict[object, list[Finding]] = {}
    for place, finding in enumerate(findings):
        alike = finding.alike
        key = (finding.kind, alike.are, alike.then) if alike else place
        groups.setdefault(key, []).append(finding)
    return [
        finding
        for group in groups.values()
        for finding in (group if len(group) < MIN_ALIKE else [_of_all(group)])
    ]


def _of_all(group: Sequence[Finding]) -> Finding:
    alike = [finding.alike for finding in group if finding.alike]
    n, named = count(len(group)), ", ".join(each.named for each in alike[:MAX_ALIKE_NAMED])
    more = count(len(group) - MAX_ALIKE_NAMED)
    sentence = f"{n} columns {alike[0].are}: {named} and {more} more.{alike[0].then}"
    offers = []
    for label in dict.fromkeys(offer.for_all for offer in group[0].offers if offer.for_all):
        same = [offer for each in group for offer in each.offers if offer.for_all == label]
        if len(same) == len(group):  # what not all have in common is done in the table
            repairs = dict.fromkeys(repair for offer in same for repair in offer.repairs)
            offers.append(Offer(label.format(columns=n), tuple(repairs)))
    return Finding(group[0].kind, sentence, group[0].why, tuple(offers))
