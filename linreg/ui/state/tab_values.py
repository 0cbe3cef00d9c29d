"""Values that a tab keeps for single pages: answers, exact digits, and tables before an edit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linreg.data.sources.choice import TableChoice
    from linreg.data.training_set import TrainingSet
    from linreg.experiment.experiment import View
    from linreg.model.exact_rational import ExactFit


@dataclass(frozen=True)
class Answer:
    """The last answer to a question, and the number of tries.

    Attributes
    ----------
    text : str
        The question, in house symbols.
    tries : int
    correct : bool
    about : object
        The subject of the question when it was answered, if that can change.
    """

    text: str
    tries: int
    correct: bool
    about: object = None


@dataclass(frozen=True, eq=False)
class ExactResult:
    """The result of the button “Exact digits”, and the rows that it is about.

    Attributes
    ----------
    rows : TrainingSet
    intercept : bool
    fit : ExactFit or None
        None where the numbers are too far apart for an exact solution.
    """

    rows: TrainingSet
    intercept: bool
    fit: ExactFit | None


@dataclass(frozen=True)
class DataBefore:
    """The columns of a table, with the rate, start and view chosen for them, before an edit."""

    choice: TableChoice
    rate: float | None
    start: tuple[float, ...] | int | None
    view: View
