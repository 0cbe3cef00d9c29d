"""Findings that follow from moments, without the rows: scales far apart, and open parameters."""

from collections.abc import Collection, Sequence
from math import inf
from typing import TypeGuard

import numpy as np

from linreg.data.cleaning.findings.finding import LEAVE_THEM, Alike, Finding, Offer
from linreg.data.cleaning.repairs.column_repairs import LeaveOut, Standardise
from linreg.model.identifiability import dependent_features, useless_features
from linreg.model.least_squares import CONVERGED_SHARE, LeastSquares
from linreg.model.moments import Floats, Moments
from linreg.model.scaling import Scaling, standardised, varying_columns
from linreg.text.numbers import counted, number
from linreg.training.learning_rate import convergence_step, outlook, rate_limits

SLOW_STEPS = 1000  # from which on it is worth while to standardise
TURN_ON = "Standardising takes an intercept: turn it on first."
WORTHWHILE_SPEEDUP = 10  # times as fast as before
MAX_CONDITION = 1e16  # float64 has no more digits: a larger κ is not written out
MAX_CHANCE_R2 = 0.2  # with a higher R² on features that explain nothing, the rows are too few


def moment_findings(
    m: Moments,
    features: Sequence[str],
    ranges: Sequence[str],
    *,
    switches: Collection[str] = (),
    intercept: bool = True,
) -> list[Finding]:
    """Return findings on the scales of the features and on what the rows leave open.

    Parameters
    ----------
    m : Moments
        Of the features and, last, the target.
    features : sequence of str
        The M features.
    ranges : sequence of str, M of them
        Where each feature lies, in words.
    switches : collection of str
        The features that are 0 or 1.
    intercept : bool
    """
    problem = LeastSquares.from_moments(m, intercept=intercept)
    results = _few_rows(m, features, intercept=intercept)
    if problem.null.size:
        results += _ambiguous(m, features, intercept=intercept)
    return [*results, *_scales(problem, m, features, ranges, switches)]


def _few_rows(m: Moments, features: Sequence[str], *, intercept: bool) -> list[Finding]:
    p = len(features) + intercept
    # Of a target that has nothing to do with the features, shuffled say, the fit explains this
    # share on average: of its squares around the mean, or around 0. With a parameter for every row
    # it goes through all of them, and explains any target.
    by_chance = (p - intercept) / (m.n - intercept) if m.n > p else 1.0
    if by_chance <= MAX_CHANCE_R2:
        return []
    if m.n > p:
        why = (
            f"Even of a target that has nothing to do with the features the fit would have "
            f"R² = {number(by_chance, 2)} on average, so R² and θ say little about other rows."
        )
    elif m.n == p:
        why = (
            "As many parameters as rows can go through every row whatever the numbers mean: TSSE "
            "is 0, and says nothing about other rows."
        )
    else:
        why = "Many θ go through every row, and nothing in the data tells which is right."
    sentence = f"There are only {counted(m.n, 'row')} for {counted(p, 'parameter')}."
    return [Finding("rows", sentence, f"{why} Add rows, or choose fewer features.")]


def _ambiguous(m: Moments, features: Sequence[str], *, intercept: bool) -> list[Finding]:
    if m.n < len(features) + intercept:
        return []
    useless = useless_features(m, features, intercept=intercept)
    dependent = dependent_features(m, features, intercept=intercept)
    why = {
        "constant": "The loss does not change along a whole line of θ: the descent ends somewhere "
        "on it, depending on the start.",
        "dependent": "What one weight gains the others can lose: the loss is least along a whole "
        "line of θ, and where on it the descent ends depends on the start.",
    }
    pairs = [("constant", *one) for one in useless.items()]
    pairs += [("dependent", *one) for one in dependent.items()]
    are = {
        "constant": "have a weight that the rows leave open",
        "dependent": "depend on the other features",
    }
    return [
        Finding(
            kind,
            sentence,
            why[kind],
            (Offer(f"Leave “{name}” out", (LeaveOut(name),), LEAVE_THEM),),
            Alike(name, are[kind]),
        )
        for kind, name, sentence in pairs
    ]


def _scales(
    raw: LeastSquares,
    m: Moments,
    features: Sequence[str],
    ranges: Sequence[str],
    switches: Collection[str],
) -> list[Finding]:
    start, intercept = np.zeros(len(raw.z)), raw.intercept
    limits, at, rate = rate_limits(raw), "", "fastest rate"
    takes = _fastest_steps(raw, start)
    if takes is None:  # of a very narrow bowl the fastest rate rounds to the limit
        rate = "rate 1/λmax"
        takes = convergence_step(raw.spectrum, start, limits.smooth, raw.tolerance_root)
        at = f" at the {rate}"
    if takes is None or takes < SLOW_STEPS:
        return []
    round_one, scaling = standardised(m, intercept=intercept)
    arrives = _fastest_steps(round_one, scaling.standardise_theta(start))
    if not _is_faster(arrives, takes):
        return []
    kappa = "=" if limits.condition <= MAX_CONDITION else ">"
    kappa += f" {_roughly(min(limits.condition, MAX_CONDITION))}"
    slow = f"{_spans(features, ranges)}: κ {kappa}, about {_roughly(takes)} steps{at}"
    why = (
        "One learning rate serves all parameters. A rate that fits the one with the largest "
        "numbers is far too small for the others, and one that fits those overshoots on it. Steps "
        f"are counted from θ = 0 at the {rate}, until TSSE is less than "
        f"{number(CONVERGED_SHARE)} of {'Σ(y − ȳ)²' if intercept else 'Σy²'} above its minimum."
    )
    if not intercept:  # subtracting the means would make another model of it
        return [Finding("scales", f"{slow}.", f"{why} {TURN_ON}")]
    vary = [name for name, vary in zip(features, varying_columns(m)[:-1], strict=True) if vary]
    names, but_for = vary, ""
    if any(name in switches for name in vary):  # 0 and 1 say more, where they are as good
        others = [name for name in vary if name not in switches]
        soon = _arrives_with(m, [name in others for name in features], start)
        if _is_faster(soon, takes):
            names, arrives, but_for = others, soon, " but for the 0/1 columns"
    offer = Offer("Standardise the features", tuple(map(Standardise, names)))
    sentence = f"{slow}; standardised{but_for}: {_steps(arrives)}."
    return [Finding("scales", sentence, why, (offer,))]


def _is_faster(arrives: int | None, takes: int) -> TypeGuard[int]:
    """Tell whether it is worth while to arrive at one step rather than at another."""
    return arrives is not None and takes >= max(SLOW_STEPS, WORTHWHILE_SPEEDUP * arrives)


def _arrives_with(m: Moments, chosen: Sequence[bool], start: Floats) -> int | None:
    """Count the steps with some of the features standardised."""
    every = Scaling.of(m)
    some = Scaling(np.where(chosen, every.shift, 0.0), np.where(chosen, every.scale, 1.0), True)
    return _fastest_steps(LeastSquares.from_moments(some.moments(m)), start)


def _fastest_steps(problem: LeastSquares, start: Floats) -> int | None:
    """Count the steps to convergence at the fastest rate."""
    rate = rate_limits(problem).fastest
    return outlook(problem, start, rate if rate < inf else 1.0, "tsse", None).converges_at


def _spans(features: Sequence[str], ranges: Sequence[str]) -> str:
    spans = [f"“{name}” {where}" for name, where in zip(features, ranges, strict=True)]
    if len(spans) > 4:
        spans = [*spans[:3], f"and so on for {counted(len(spans) - 3, 'more feature')}"]
    return ", ".join(spans)


def _steps(arrives: int) -> str:
    if arrives < SLOW_STEPS:
        return counted(arrives, "step")
    return f"about {_roughly(arrives)} steps"


def _roughly(value: float) -> str:
    """Write a number to two digits: 2,800, 5.5e8."""
    if value < 1e6:
        return number(value, 2)
    digits, exponent = f"{value:.1e}".split("e")
    return f"{digits.removesuffix('.0')}e{int(exponent)}"
