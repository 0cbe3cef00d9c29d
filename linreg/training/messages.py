"""The sentences of training: what a learning rate will do, and how a run ended.

A forecast and a run carry codes and numbers; here they become words. The stage receives the same
codes, numbers and templates, and writes its sentences itself, also while a rate is dragged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

from linreg.text.numbers import count, counted, distinct_texts, factor, number

if TYPE_CHECKING:
    from linreg.training.gradient_descent import Run
    from linreg.training.learning_rate import Forecast

# A sentence for each zone, and the parts that two of them are put together of.
ForecastTemplates = TypedDict(
    "ForecastTemplates",
    {
        "smooth": str,
        "zig-zag": str,
        "bounces": str,
        "near the limit": str,
        "diverges": str,
        "at the minimum": str,
        "unstable minimum": str,
        "arrival": str,
        "no arrival": str,
        "step": str,
        "late step": str,
        "no step": str,
    },
)


class EndingTemplates(TypedDict):
    """A sentence for each status of a run, and the two ends of one that diverged.

    Of a run that converged, "rounded" is for a loss that cannot be told from 0, "nearly" for one
    whose digits are not those of its minimum.
    """

    converged: str
    rounded: str
    nearly: str
    stopped: str
    diverged: str
    overflow: str
    growth: str


FORECASTS: Final[ForecastTemplates] = {
    "smooth": "Smooth: the loss falls at every step. {arrival}.",
    "zig-zag": "Zig-zag: each step jumps across the valley, but lands closer. {arrival}.",
    "bounces": "Bounces: each step jumps to the opposite side and gets no closer.",
    "near the limit": "Bounces: each step jumps to the opposite side. The rate is so near the "
    "limit that rounding hides whether it gets closer.",
    "diverges": "Diverges: in the end each step lands {growth} times as far from the minimum as "
    "the one before. It overflows near {step}.",
    "at the minimum": "At the minimum: the gradient is zero, nothing moves.",
    "unstable minimum": "At the minimum: nothing moves, but above the limit the least rounding "
    "grows.",
    "arrival": "It converges near {step}",
    "no arrival": "The minimum is out of reach",
    "step": "step {number}",
    "late step": "step {number}; this run has only {steps}",
    "no step": "a step far beyond any run",
}

ENDINGS: Final[EndingTemplates] = {
    "converged": "Converged at step {step}: the loss {loss} is at its minimum.",
    "rounded": "Converged at step {step}: the loss {loss} is 0 up to rounding.",
    "nearly": "Converged at step {step}: the loss {loss} is its minimum {minimum} to within 1e−12 "
    "of the variation of y.",
    "stopped": "Done after {steps}: the loss is {excess} above its minimum.",
    "diverged": "Diverged: the rate {rate} is above the limit {limit}. In the end each step lands "
    "{growth} times as far from the minimum as the one before; {end}.",
    "overflow": "it overflowed at step {step}",
    "growth": "after {steps} the loss is {loss}",
}


def forecast_sentence(forecast: Forecast) -> str:
    """Return a forecast in plain words."""
    zone, steps = forecast.zone, forecast.steps
    if zone == "smooth" or zone == "zig-zag":
        arrival = FORECASTS["no arrival"]
        if forecast.converges_at is not None:
            arrival = FORECASTS["arrival"].format(step=_step(forecast.converges_at, steps))
        return FORECASTS[zone].format(arrival=arrival)
    if zone == "diverges":
        when = _step(forecast.overflows_at, steps)
        return FORECASTS[zone].format(growth=factor(forecast.growth), step=when)
    if zone == "bounces" and forecast.narrow:
        return FORECASTS["near the limit"]
    if zone == "at the minimum" and forecast.growth > 1:
        return FORECASTS["unstable minimum"]
    return FORECASTS[zone]


def _step(step: int | None, steps: int | None) -> str:
    """Name a step; one that only comes after the steps of the run says so."""
    if step is None:
        return FORECASTS["no step"]
    if steps is None or step <= steps:
        return FORECASTS["step"].format(number=number(step))
    return FORECASTS["late step"].format(number=number(step), steps=counted(steps, "step"))


def run_sentence(run: Run) -> str:
    """Return how a run ended in plain words."""
    last, steps = run.loss[-1], counted(len(run.loss) - 1, "step")
    if run.status == "stopped":
        return ENDINGS["stopped"].format(steps=steps, excess=number(run.excess, 3))
    if run.converged_at is not None and run.status == "converged":
        loss, minimum = number(last), number(run.minimum)
        template = ENDINGS["converged"] if loss == minimum else ENDINGS["nearly"]
        if run.minimum == 0 < last <= run.rounding:
            template = ENDINGS["rounded"]
        return template.format(step=count(run.converged_at), loss=loss, minimum=minimum)
    if run.diverged_at is not None:
        end = ENDINGS["overflow"].format(step=count(run.diverged_at))
    else:
        end = ENDINGS["growth"].format(steps=steps, loss=number(last))
    growth = factor(2 * run.rate / run.limit - 1)
    rate, limit = distinct_texts(run.rate, run.limit, 4)
    return ENDINGS["diverged"].format(rate=rate, limit=limit, growth=growth, end=end)
