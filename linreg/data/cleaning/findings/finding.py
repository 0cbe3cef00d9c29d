"""`Finding`: something about a table that a student should know before training."""

from dataclasses import dataclass

from linreg.data.cleaning.repairs.repair import Repair


@dataclass(frozen=True)
class Offer:
    """A repair to choose with one click.

    Attributes
    ----------
    label : str
        What the button says.
    repairs : tuple of Repair
        What is added to the list of repairs.
    """

    label: str
    repairs: tuple[Repair, ...]


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
    """

    kind: str
    sentence: str
    why: str
    offers: tuple[Offer, ...] = ()
