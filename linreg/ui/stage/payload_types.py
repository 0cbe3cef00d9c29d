"""The messages between Python and the browser: the one source of `frontend/payload.d.ts`.

After a change here, run `python -m linreg.ui.stage.payload_types` to write that file again.
"""

from __future__ import annotations

from pathlib import Path
from types import NoneType, UnionType
from typing import (
    Any,
    Literal,
    NewType,
    NotRequired,
    TypedDict,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from linreg.experiment.experiment import NamedView
from linreg.model.least_squares import Loss as LossKind
from linreg.teaching.step_guess import UpOrDown
from linreg.training.learning_rate import Zone
from linreg.training.messages import EndingTemplates, ForecastTemplates

Float64s = NewType("Float64s", str)
"""Base64 of little-endian float64."""

Int32s = NewType("Int32s", str)
"""Base64 of little-endian int32."""


class Constants(TypedDict):
    """Numbers that both sides compute with, and names that both write."""

    minPoints: int
    maxPoints: int
    maxChosenNumber: float
    maxSeed: int
    maxSentSteps: int
    rateTolerance: float
    maxSearchedSteps: float
    correctShare: float
    goneShare: float
    arithmeticDigits: int
    lossNames: dict[LossKind, str]


class Rows(TypedDict):
    """The rows that are drawn: `X` column after column, `rows` their numbers in the table."""

    n: int
    note: str
    X: Float64s
    y: Float64s
    rows: Int32s
    means: list[float]


class UnitNames(TypedDict):
    """Units as text, "" where there is none; the lists have an entry per parameter."""

    theta: list[str]
    gradient: list[str]
    rate: list[str]
    loss: str
    target: str


class Names(TypedDict):
    """The names of columns and parameters, in short and at length."""

    features: list[str]
    target: str
    featureLabels: list[str]
    targetLabel: str
    intercept: bool
    params: list[str]
    paramNames: list[str]
    units: UnitNames


class Symbols(TypedDict):
    """The letters of the chosen notation."""

    theta: str
    fitted: str
    rate: str


class Bowl(TypedDict):
    """The loss as scale · (rho2 + ‖w − s∘Vᵀθ‖²), with V of shape (p, p) row after row."""

    V: Float64s
    s: Float64s
    w: Float64s
    rho2: float
    scale: float
    best: Float64s
    bestLoss: float


class Loss(TypedDict):
    """The loss, its minimum and the measures there."""

    loss: LossKind
    tss: float
    toleranceRoot: float
    bestTsse: float
    bestMse: float
    bestR2: float | None
    r2Note: str
    bowl: Bowl


class Limits(TypedDict):
    """Learning rates at which the behaviour changes; null where no rate moves anything."""

    smooth: float | None
    limit: float | None
    fastest: float | None


class Forecast(TypedDict):
    """The forecast for the learning rate of the run; a growth of null no longer fits a float."""

    zone: Zone
    growth: float | None
    convergesAt: float | None
    overflowsAt: float | None
    narrow: bool


class Run(TypedDict):
    """The run at the steps in `kept`; `theta` and `gradient` hold p numbers per kept step."""

    steps: int
    rate: float
    status: Literal["converged", "stopped", "diverged"]
    converged_at: int | None
    diverged_at: int | None
    minimum: float
    rounding: float
    excess: float
    kept: Int32s
    theta: Float64s
    loss: Float64s
    gradient: Float64s


class Outlook(TypedDict):
    """The limits of the learning rate, and the forecast for the chosen one."""

    limits: Limits
    forecast: Forecast


class RateVariant(Outlook):
    """The same experiment at another learning rate: its keys replace those of the payload."""

    run: Run


class StandardisedVariant(Loss, RateVariant):
    """The same experiment with standardised features."""

    X: Float64s
    means: list[float]
    featureLabels: list[str]
    paramNames: list[str]
    units: UnitNames


class Sweep(TypedDict):
    """Many learning rates and the step at which each converges, NaN for never."""

    rates: Float64s
    steps: Float64s
    zones: list[Zone]


class View(TypedDict):
    """The view that is shown first."""

    step: int
    log: bool
    pair: list[int]
    dataView: str


class Setting(Rows, Names, Loss):
    """The part that stays, whatever the learning rate, start and number of steps."""

    key: str
    colours: dict[Literal["light", "dark"], dict[str, str]]
    constants: Constants
    forecasts: ForecastTemplates
    endings: EndingTemplates
    drawing: bool
    symbols: Symbols


class Payload(Setting, Outlook):
    """An experiment and its run; a page may add variants to see beside it, or a sweep."""

    link: str
    revision: str
    seed: int | None
    view: View
    run: Run
    variants: list[RateVariant | StandardisedVariant]
    sweep: Sweep | None


PanelName = Literal[
    "data",
    "loss",
    "theta-plane",
    "bowl",
    "residuals",
    "gradient-arrows",
    "slow-motion-plane",
    "slow-motion-data",
    "slow-motion-loss",
    "residual-block",
    "parabola",
    "directions-plane",
    "direction-errors",
    "distance",
    "rate-sweep",
    "compare-plane",
]
BoxName = Literal["data", "model", "loss", "gradient", "update", "stop"]
ControlName = Literal[
    "loop",
    "transport",
    "learning-rate",
    "status",
    "numbers",
    "start",
    "weights",
    "prediction",
    "best-fit",
    "losses",
    "tries",
    "directions",
    "rows-table",
    "phases",
    "arithmetic",
    "step-guess",
    "next-steps",
]


class PictureSpec(TypedDict):
    """One picture of a page; the keys after `variant` are options of its kind."""

    panel: PanelName
    id: str
    title: NotRequired[str]
    variant: NotRequired[int]
    handles: NotRequired[bool]
    residuals: NotRequired[bool]
    squares: NotRequired[bool]
    dataView: NotRequired[NamedView]
    run: NotRequired[bool]
    tries: NotRequired[bool]
    take: NotRequired[bool]
    equal: NotRequired[bool]


class LayoutSpec(TypedDict):
    """The pictures and controls of a page."""

    name: str
    label: str
    pictures: list[PictureSpec]
    top: list[ControlName]
    side: list[ControlName]
    still: bool
    best: bool
    show: Literal["fitted", "model"]
    box: BoxName | None
    place: str


class Message(Payload):
    """All that the component receives: with the page's layout, and where its files are."""

    layout: LayoutSpec
    assets: str
    plotly: str


class GuessChoice(TypedDict):
    """A guess about the step that follows `step`, with values and units or a way."""

    step: int
    parameters: list[int]
    values: list[float]
    units: list[float]
    way: UpOrDown | None


class Choice(TypedDict):
    """A choice that the browser sends, with one key; `random` is a seed, a point is [x, y]."""

    rate: NotRequired[float]
    start: NotRequired[list[float]]
    random: NotRequired[int]
    points: NotRequired[list[list[float]]]
    guess: NotRequired[GuessChoice]
    page: NotRequired[BoxName]


DECLARATIONS = Path(__file__).parent / "frontend" / "payload.d.ts"
_COLUMNS = 120
_NAMED = {each: name for name, each in [*globals().items()] if get_origin(each) is Literal}
_PLAIN = {bool: "boolean", int: "number", float: "number", str: "string", NoneType: "null"}


def declarations() -> str:
    """Return the text of `payload.d.ts`."""
    parts = ["// Made from linreg/ui/stage/payload_types.py, which says how; do not edit."]
    for name, each in globals().items():
        if isinstance(each, NewType):
            parts.append(f"export type {name} = string;")
        elif get_origin(each) is Literal:
            parts.append(_wrapped(f"export type {name} =", _union(get_args(each))))
        elif isinstance(each, type) and issubclass(each, dict):
            parts.append(_interface(each))
    return "\n\n".join(parts) + "\n"


def _interface(each: type) -> str:
    lines = [f"/** {each.__doc__} */"] if each.__doc__ else []
    lines.append(f"export interface {each.__name__} {{")
    for key, hint in get_type_hints(each, include_extras=True).items():
        name = key if key.isidentifier() else f'"{key}"'
        if get_origin(hint) is NotRequired:
            lines.append(_wrapped(f"  {name}?:", _typescript(get_args(hint)[0])))
        else:
            lines.append(_wrapped(f"  {name}:", _typescript(hint)))
    return "\n".join([*lines, "}"])


def _wrapped(head: str, union: str) -> str:
    """Write a declaration on one line, or a long union with a line for each of its parts."""
    line = f"{head} {union};"
    if len(line) <= _COLUMNS:
        return line
    indent = " " * (len(head) - len(head.lstrip()) + 2)
    return "\n".join([head, *(f"{indent}| {part}" for part in union.split(" | "))]) + ";"


def _union(values: tuple[str, ...]) -> str:
    return " | ".join(f'"{value}"' for value in values)


def _typescript(hint: Any) -> str:
    """Return a type of Python as TypeScript writes it."""
    origin, of = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _NAMED.get(hint) or _union(of)
    if origin in (UnionType, Union):
        return " | ".join(map(_typescript, of))
    if origin is list:
        return f"Array<{_typescript(of[0])}>"
    if origin is dict:
        return f"Record<{', '.join(map(_typescript, of))}>"
    return _PLAIN.get(hint) or hint.__name__


if __name__ == "__main__":
    DECLARATIONS.write_text(declarations(), encoding="utf-8")
