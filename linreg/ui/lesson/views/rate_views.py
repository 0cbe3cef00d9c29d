"""Four views of the learning rate: their pictures, and the sentences about them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from linreg.experiment.resolve import Resolved
from linreg.model.scaling import standardised
from linreg.text.numbers import counted, factor, number
from linreg.training.eigen_directions import decisive, directions
from linreg.training.gradient_descent import descent
from linreg.training.learning_rate import RateLimits, rate_limits
from linreg.training.rate_sweep import examples, sweep
from linreg.ui.lesson.contents import place
from linreg.ui.lesson.glossary import link_terms
from linreg.ui.stage.layout import Layout, Picture
from linreg.ui.stage.payload import payload
from linreg.ui.stage.payload_types import PanelName, Payload
from linreg.ui.stage.variants import at_fastest, at_rate, sweep_part, with_standardised
from linreg.ui.state import tab_state

COMPARED_DIGITS = 10  # of parameters whose equality a reader should see


@dataclass(frozen=True)
class RateView:
    """One view of the learning rate.

    Attributes
    ----------
    title : str
        On its button.
    words : str
        Before the pictures, in house symbols, with [[terms]].
    tex : str
        Its formula.
    layout : Layout
    payload : callable
        Returns the payload of the stage.
    after : callable
        Returns the text below the pictures, in house symbols, with [[terms]].
    code : tuple of callable
        The core functions behind it.
    words_without, tex_without : str
        `words` and `tex` for a model without an intercept, where they differ.
    """

    title: str
    words: str
    tex: str
    layout: Layout
    payload: Callable[[Resolved], Payload]
    after: Callable[[Resolved], str]
    code: tuple[Callable[..., Any], ...]
    words_without: str = ""
    tex_without: str = ""

    def worded(self, *, intercept: bool) -> tuple[str, str]:
        """Return the words and the formula of a model with or without an intercept."""
        if intercept:
            return self.words, self.tex
        return self.words_without or self.words, self.tex_without or self.tex


def show_after(view: RateView, resolved: Resolved) -> None:
    """Show the text below the pictures, and the table of the last view."""
    M = resolved.training_set.features
    st.markdown(link_terms(tab_state.notation().say(view.after(resolved), M)))
    if view is TWO_SCALES:
        _lines(resolved)


# ---- the directions ------------------------------------------------------------------------------


def about_directions(resolved: Resolved) -> str:
    """Describe κ, and what the rate does along the slowest direction."""
    problem, limits, rate = resolved.problem, resolved.limits, resolved.rate
    if not limits.smooth < float("inf"):
        return "These rows give the loss no slope in any direction: no rate moves anything."
    loss = resolved.experiment.loss
    results = directions(problem, rate=rate, start=resolved.start, loss=loss)
    sentences = [
        _curvatures(limits),
        _slowest(rate, decisive(results)),
        _flat(problem.rank, limits),
    ]
    if len(results) > 2:
        sentences.append(
            "With more than two parameters the axes of the bowl cross all of them and do not fit "
            "into the plane; the right picture and the table have them."
        )
    return " ".join(filter(None, sentences))


def _curvatures(limits: RateLimits) -> str:
    eigenvalues = limits.eigenvalues[limits.eigenvalues > 0]
    most, least = number(eigenvalues[0]), number(eigenvalues[-1])
    border = f"η has to stay below 2/λmax = {number(limits.limit, 4)}"
    if len(eigenvalues) == 1:
        return f"There is one direction that the rows determine, with λ = {most}: {border}."
    kappa = number(limits.condition, 4)
    return (
        f"On these data the loss bends most with λmax = {most} and least with λmin = {least}: the "
        f"[[condition number]] κ = λmax/λmin is **{kappa}**. The steepest direction alone sets the "
        f"limit, {border}; in the same step the shallowest direction makes only 1/{kappa} of that "
        "progress."
    )


def _slowest(rate: float, slow: Any) -> str:
    size = abs(slow.factor)
    now = f"With η = {number(rate, 4)} the slowest part of the error is multiplied by "
    if slow.steps is None:
        return f"{now}{factor(slow.factor, 5)} at every step and never gets small."
    left = f"after {counted(slow.steps, 'step')} at most 1 % of it is left"
    return f"{now}{factor(slow.factor, 5)} a step" + (f": {left}." if size > 0 else ": it is gone.")


def _flat(rank: int, limits: RateLimits) -> str:
    flat = len(limits.eigenvalues) - rank
    if not flat:
        return ""
    return (
        f"Along {counted(flat, 'direction')} the loss is flat (λ = 0): there θ stays where it "
        "starts."
    )


DIRECTIONS = RateView(
    title="Why a rate fails",
    words="Split the error θ − θ* along the axes of the [[bowl]], the [[eigenvectors|eigenvector]] "
    "of its [[Hessian]]. Each step multiplies the part along axis i by 1 − ηλi: a negative factor "
    "overshoots, a factor below −1 makes it grow. Drag the rate and watch the parts.",
    # Without colours: in the picture they tell the steepest from the shallowest direction.
    tex=r"e_i \leftarrow (1 - \eta\, \lambda_i) \cdot e_i",
    layout=Layout(
        name="rate-directions",
        label="The learning rate and the directions of the bowl",
        box="update",
        place=place("rate"),
        pictures=(
            Picture("directions-plane", title="The bowl and its axes"),
            Picture("direction-errors"),
        ),
        top=("transport", "learning-rate"),
        side=("directions", "status"),
    ),
    payload=payload,
    after=about_directions,
    code=(directions, rate_limits),
)

# ---- four rates ----------------------------------------------------------------------------------


def four_rates(resolved: Resolved) -> Payload:
    """Return the payload with a variant for each example."""
    four = examples(resolved.limits)
    rates = (four.small, four.good, four.zigzag, four.diverging)
    return {**payload(resolved), "variants": [at_rate(resolved, rate) for rate in rates]}


def about_four(resolved: Resolved) -> str:
    """Describe the four rates as multiples of 1/λmax."""
    limits = resolved.limits
    if not limits.smooth < float("inf"):
        return "These rows give the loss no slope in any direction: no rate moves anything."
    four = examples(limits)
    text = (
        f"With 1/λmax = {number(limits.smooth, 4)}: η = {number(four.small)} is a twentieth of it, "
        f"{number(four.good)} nine tenths, {number(four.zigzag)} 1.9 times and "
        f"{number(four.diverging)} 2.06 times as large. Along the steepest direction a step "
        "multiplies the error by 0.95, 0.1, −0.9 and −1.06."
    )
    if limits.condition > 200:
        text += (
            f" With κ = {number(limits.condition, 3)} even the good rate crawls along the valley: "
            "the last view shows what helps."
        )
    return text


FOUR_RATES = RateView(
    title="Four rates",
    words="The same start, the same steps, four rates: play them together. Only the third and the "
    "fourth jump across the valley; the third still comes closer with each jump.",
    tex=r"{path|\theta} \leftarrow {path|\theta} - \eta \cdot "
    r"{gradient|\nabla \text{loss}}",
    layout=Layout(
        name="rate-four",
        label="Four learning rates beside each other",
        box="update",
        place=place("rate"),
        pictures=tuple(
            Picture(
                "compare-plane",
                id=f"plane-{name}",
                title=title,
                variant=m,
                options=(("take", True),),
            )
            for m, (name, title) in enumerate(
                [
                    ("small", "Too small"),
                    ("good", "Good"),
                    ("zigzag", "Zig-zag"),
                    ("diverging", "Diverging"),
                ]
            )
        ),
        top=("transport",),
    ),
    payload=four_rates,
    after=about_four,
    code=(examples, rate_limits),
)

# ---- sixty rates ---------------------------------------------------------------------------------


def sixty_rates(resolved: Resolved) -> Payload:
    """Return the payload with the sweep."""
    return {**payload(resolved), "sweep": sweep_part(resolved)}


def about_sweep(resolved: Resolved) -> str:
    """Describe where the fastest rate and the limit lie."""
    limits = resolved.limits
    if not limits.smooth < float("inf"):
        return "These rows give the loss no slope in any direction: no rate moves anything."
    share = 100 * limits.fastest / limits.limit
    where = f"is {number(share, 3)} % of" if share < 99.9 else "is only just below"
    return (
        f"The fastest rate in the worst case, 2/(λmin + λmax) = {number(limits.fastest, 4)}, "
        f"{where} the largest rate that still converges, 2/λmax = {number(limits.limit, 4)}. The "
        "larger κ, the closer the two: on narrow bowls the best rate is almost too large."
    )


SWEEP = RateView(
    title="Sixty rates",
    words="Each dot is a whole run from your start, until it has [[converged|converge]]. On the "
    "left, halving the rate doubles the steps. On the right there is a cliff. Click a dot to open "
    "its run.",
    tex=r"\eta_{\text{fastest}} = \frac{2}{\lambda_{\min} + \lambda_{\max}} "
    r"\qquad \eta_{\text{cliff}} = \frac{2}{\lambda_{\max}}",
    layout=Layout(
        name="rate-sweep",
        label="Sixty learning rates",
        box="update",
        place=place("rate"),
        pictures=(Picture("rate-sweep"), Picture("theta-plane", id="plane")),
        top=("transport", "learning-rate"),
    ),
    payload=sixty_rates,
    after=about_sweep,
    code=(sweep,),
)

# ---- raw and standardised ------------------------------------------------------------------------


def raw_and_standardised(resolved: Resolved) -> Payload:
    """Return the payload with both variants; rows are looked at here, not drawn."""
    raw = payload(resolved)
    variants = [at_fastest(resolved), with_standardised(resolved, raw)]
    return {**raw, "drawing": False, "variants": variants}


def about_scales(resolved: Resolved) -> str:
    """Describe what standardising does to κ and to the number of steps."""
    raw, (other, _) = resolved.at_fastest, resolved.standardised
    experiment, condition = resolved.experiment, other.limits.condition
    text = (
        f"As they are: κ = **{number(raw.limits.condition, 4)}**, {_arrival(raw)} at its fastest "
        f"rate. Standardised: κ = **{number(condition, 4)}**, {_arrival(other)}. "
    )
    if experiment.intercept and condition < 1 + 1e-9 and len(raw.start) == 2:
        text += (
            "A feature with mean 0 is uncorrelated with the column of ones and, with standard "
            "deviation 1, has the same scale. The bowl is then perfectly round, and the first step "
            "reaches the minimum. "
        )
    elif experiment.intercept and condition > 1 + 1e-9:
        text += (
            "It is not 1 because the features are correlated, which no change of scale removes. "
        )
    return text + _same(raw)


def _arrival(at_fastest: Resolved) -> str:
    if (step := at_fastest.forecast.converges_at) is None:
        return "it does not converge in any number of steps worth waiting for"
    return f"converged at step {number(step, 4)}"


def _same(raw: Resolved) -> str:
    problem, experiment, arrives = raw.problem, raw.experiment, raw.forecast.converges_at
    if problem.rank < len(problem.z):
        return (
            "The rows leave a direction flat, so both end at a minimum, but perhaps not at the "
            "same θ."
        )
    if arrives is None or arrives > experiment.steps:
        return (
            f"After the {counted(experiment.steps, 'step')} of this run the first has not arrived: "
            "both lead to the same model, but only one gets there in time."
        )
    return "Standardising changes the bowl, not the model: both end at the same line."


def _lines(resolved: Resolved) -> None:
    """Show θ of both at the end of the run, in the old units, and that of the minimum."""
    problem, experiment = resolved.problem, resolved.experiment
    other, scaling = resolved.standardised
    M, first = resolved.training_set.features, 1 - int(experiment.intercept)
    names = [tab_state.notation().say(f"θ{j + first}", M) for j in range(len(problem.z))]
    steps = counted(experiment.steps, "step")
    results = {
        f"As they are, after {steps}": resolved.at_fastest.run.theta[-1],
        f"Standardised, after {steps}": scaling.raw_theta(other.run.theta[-1]),
        "Minimum": problem.minimiser(),
    }
    table = [
        [number(float(value), COMPARED_DIGITS) for value in theta] for theta in results.values()
    ]
    st.table(pd.DataFrame(table, index=pd.Index(list(results)), columns=names))
    st.caption(tab_state.notation().say(_back(intercept=experiment.intercept), M))


def _back(*, intercept: bool) -> str:
    """Describe how the θ of standardised features is converted for the table."""
    sentences = "In the units of the features as they are. The standardised θ goes back exactly: "
    if intercept:
        return f"{sentences}each θj is divided by its s, then Σ θj·x̄j is subtracted from θ0."
    return f"{sentences}each θj is divided by its q; there is no θ0 to change."


def _pair(kind: PanelName, raw: str, other: str, options: tuple[tuple[str, Any], ...] = ()) -> Any:
    return (
        Picture(kind, id=f"{kind}-raw", title=raw, variant=0, options=options),
        Picture(kind, id=f"{kind}-standardised", title=other, variant=1, options=options),
    )


TWO_SCALES = RateView(
    title="Raw and standardised",
    words="On the left the features as they are, on the right in [[standard deviations|standard "
    "deviation]] from their means ([[standardised|standardise]]). Both start from the same line, "
    "each at the fastest rate of its own bowl. Play them together.",
    tex=r"\begin{gathered} {data|z_j} = \frac{{data|x_j} - \bar x_j}{s_j} \qquad "
    r"{path|\theta_j} = \frac{{path|\theta_j}^{(z)}}{s_j} \\[0.6em] "
    r"{path|\theta_0} = {path|\theta_0}^{(z)} - \textstyle\sum_j {path|\theta_j}\, \bar x_j "
    r"\end{gathered}",
    words_without="On the left the features as they are, on the right [[standardised|standardise]] "
    "without a shift, for which no intercept could make up: each is only divided by q, the root "
    "of its mean square. Both start from the same line, each at the fastest rate of its own bowl. "
    "Play them together.",
    tex_without=r"{data|z_j} = \frac{{data|x_j}}{q_j} \qquad "
    r"{path|\theta_j} = \frac{{path|\theta_j}^{(z)}}{q_j} \qquad "
    r"q_j = \sqrt{\overline{x_j^2}}",
    layout=Layout(
        name="rate-scales",
        label="Features as they are and standardised",
        box="update",
        place=place("rate"),
        pictures=(
            *_pair(
                "compare-plane", "Features as they are", "Features standardised", (("equal", True),)
            ),
            *_pair("data", "", "", (("dataView", "fitted"),)),
        ),
        top=("transport",),
    ),
    payload=raw_and_standardised,
    after=about_scales,
    code=(standardised, rate_limits, descent),
)

RATE_VIEWS = {view.title: view for view in (FOUR_RATES, SWEEP, DIRECTIONS, TWO_SCALES)}
