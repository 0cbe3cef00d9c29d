"""The experiment as one frozen value: its data, its training, and the view of them.

`linreg.experiment.resolve` turns it into a problem and a run, `linreg.experiment.url` into an
address and back.
"""

from dataclasses import dataclass, field
from typing import ClassVar, Literal

from linreg.data.sources.choice import DataChoice
from linreg.data.sources.synthetic import Line
from linreg.model.least_squares import Loss
from linreg.text.symbols import Notation

NamedView = Literal["fitted", "plane"]


@dataclass(frozen=True)
class View:
    """The view of an experiment: nothing here changes a number of the run.

    Attributes
    ----------
    step : int
    log : bool
        Whether the loss axis is logarithmic.
    axes : tuple of int
        The two parameters of the θ-plane and the bowl.
    show : str
        The data panel with several features: "fitted", "plane", or the number of a feature.
    """

    FITTED: ClassVar[NamedView] = "fitted"
    PLANE: ClassVar[NamedView] = "plane"

    step: int = 0
    log: bool = False
    axes: tuple[int, int] = (0, 1)
    show: str = FITTED


@dataclass(frozen=True)
class Experiment:
    """All choices of one experiment; `resolve` refuses numbers that make no sense.

    Attributes
    ----------
    data : Generator, Drawn or TableChoice
    loss : {"tsse", "mse", "half-mse"}
    intercept : bool
    steps : int
        Steps to take, 0 to `MAX_STEPS`.
    rate : float or None
        Learning rate η in units of `loss`; None takes `RateLimits.suggested`.
    start : tuple of float, int or None
        θ(0); an integer draws it at random with this seed; None takes `default_start`.
    notation : Notation
    view : View
    """

    MAX_STEPS: ClassVar = 100_000

    data: DataChoice = field(default_factory=Line)
    loss: Loss = "tsse"
    intercept: bool = True
    steps: int = 100
    rate: float | None = None
    start: tuple[float, ...] | int | None = None
    notation: Notation = field(default_factory=Notation)
    view: View = View()
