"""The derivation of the gradient from the loss, step by step, each with its reason."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from linreg.model.least_squares import Loss
from linreg.ui.lesson.formula import formula
from linreg.ui.state import tab_state


@dataclass(frozen=True)
class Step:
    """One step: what it does, its formula, and why it is allowed."""

    does: str
    tex: str
    because: str


E_TEX = r"{data|y_i} - {model|\tilde y_i}"


def one_weight(*, intercept: bool) -> tuple[Step, ...]:
    """Return the steps for one feature, with or without θ0."""
    height = r"{path|\theta_0} - " if intercept else ""
    model = "θ0 + θ1x" if intercept else "θ1x"
    inner = rf"\left({{data|y_i}} - {height}{{path|\theta_1}} {{data|x_i}}\right)"
    by = r"\frac{\partial}{\partial {path|\theta_1}}"
    start = Step(
        "Start from the loss and insert the model",
        rf"\begin{{aligned}} \mathrm{{TSSE}} &= \sum_i \left({E_TEX}\right)^2 \\ "
        rf"&= \sum_i {inner}^2 \end{{aligned}}",
        f"ỹ = {model}, so the loss is a function of {'θ0 and θ1' if intercept else 'θ1'}. The rows "
        "x and y are fixed numbers.",
    )
    each = Step(
        "Take the derivative of each row on its own",
        r"\frac{\partial\,\mathrm{TSSE}}{\partial {path|\theta_1}} = " + rf"\sum_i {by} {inner}^2",
        "The derivative of a sum is the sum of the derivatives. This is why every row gets an "
        "arrow of its own.",
    )
    chain = Step(
        "Square outside, line inside: the chain rule",
        rf"\begin{{aligned}} &{by} {inner}^2 \\ &= 2 {inner} \\ &\quad \cdot {by} {inner} "
        r"\end{aligned}",
        "The derivative of u² is 2u times the derivative of u; here u is the residual.",
    )
    return (start, each, chain, *_end(by, inner, model, intercept=intercept))


def _end(by: str, inner: str, model: str, *, intercept: bool) -> tuple[Step, Step]:
    """Return the last two steps: the derivative of the inside, and all of it together."""
    slope = rf"{by} {inner} &= -{{data|x_i}}"
    if not intercept:
        return (
            Step(
                "The derivative of the inside",
                rf"\begin{{aligned}} {slope} \end{{aligned}}",
                "Only −θ1x changes with θ1, and its slope is −x. That is where the minus sign and "
                "the x come from.",
            ),
            Step(
                "Put it together",
                r"{gradient|\nabla \mathrm{TSSE}} = \sum_i \left[-2 "
                rf"\left({E_TEX}\right) {{data|x_i}}\right]",
                f"{model} is ỹ again. The term in square brackets is one row's arrow.",
            ),
        )
    height = r"\frac{\partial}{\partial {path|\theta_0}}"
    return (
        Step(
            "The derivative of the inside",
            rf"\begin{{aligned}} {slope} \\ {height} {inner} &= -1 \end{{aligned}}",
            "Only −θ1x changes with θ1, and its slope is −x. Only −θ0 changes with θ0, and its "
            "slope is −1. That is where the minus sign and the 1 in (1, x) come from.",
        ),
        Step(
            "Put it together",
            r"\begin{aligned} {gradient|\nabla \mathrm{TSSE}} &= \begin{pmatrix} "
            rf"-2 \sum_i ({E_TEX}) \cdot 1 \\ "
            rf"-2 \sum_i ({E_TEX}) \cdot {{data|x_i}} \end{{pmatrix}} \\ "
            rf"&= \sum_i \left[-2 \left({E_TEX}\right) (1, {{data|x_i}})\right] \end{{aligned}}",
            f"{model} is ỹ again. The term in square brackets is one row's arrow.",
        ),
    )


MATRIX_STEPS = (
    Step(
        "Start from the loss in matrix form",
        r"\mathrm{TSSE} = e^\top e, \qquad e = {data|y} - {data|X} {path|\theta}",
        "Σ e² is the product of e with itself. X has a row per observation and, with an "
        "intercept, a first column of ones, so that Xθ is ỹ.",
    ),
    Step(
        "Multiply out",
        r"\begin{aligned} \mathrm{TSSE} = {data|y}^\top {data|y} "
        r"&- 2\, {path|\theta}^\top {data|X}^\top {data|y} \\ "
        r"&+ {path|\theta}^\top {data|X}^\top {data|X} {path|\theta} \end{aligned}",
        "The two middle terms, yᵀXθ and θᵀXᵀy, are one number and its transpose: they are equal.",
    ),
    Step(
        "Take the gradient of each term",
        r"\begin{aligned} \nabla({path|\theta}^\top a) &= a \\ "
        r"\nabla({path|\theta}^\top A\, {path|\theta}) &= 2 A\, {path|\theta} "
        r"\quad \text{for } A = A^\top \end{aligned}",
        "The first is Σ θj·aj, whose derivative by θj is aj. In the second every pair of "
        "parameters occurs twice, as A is symmetric; XᵀX is. And yᵀy does not depend on θ.",
    ),
    Step(
        "Put a = Xᵀy and A = XᵀX",
        r"{gradient|\nabla \mathrm{TSSE}} = -2\, {data|X}^\top {data|y} + "
        r"2\, {data|X}^\top {data|X} {path|\theta}",
        "The second derivative, 2XᵀX, is the same everywhere: the bowl is equally curved all over.",
    ),
    Step(
        "Take out what is common",
        r"\begin{aligned} {gradient|\nabla \mathrm{TSSE}} &= -2\, {data|X}^\top "
        r"({data|y} - {data|X} {path|\theta}) \\ &= -2\, {data|X}^\top e \end{aligned}",
        "Each column of X is multiplied with the residuals and added up: the sum over the rows, "
        "for all parameters at once and for any number of features.",
    ),
)
SCALED_LOSS_NOTES: dict[Loss, str] = {
    "mse": "This experiment trains on MSE = TSSE/n: every arrow, and the gradient, is divided "
    "by n.",
    "half-mse": "This experiment trains on ½MSE = TSSE/2n: every arrow, and the gradient, is "
    "divided by 2n, and the 2 cancels.",
}


def derivation(loss: Loss, *, intercept: bool, features: int) -> None:
    """Show the derivation from the loss, for one weight and in matrix form."""
    st.subheader("Where the formula comes from", anchor=False)
    one, matrix = st.tabs(["For one weight", "In matrix form"])
    with one:
        if features > 1:
            caption = (
                "Written for a single feature; each further weight gets a line like that of θ1."
            )
            st.caption(tab_state.notation().say(caption))
        _steps(one_weight(intercept=intercept))
    with matrix:
        _steps(MATRIX_STEPS)
    if loss in SCALED_LOSS_NOTES:
        st.markdown(SCALED_LOSS_NOTES[loss])


def _steps(steps: tuple[Step, ...]) -> None:
    say = tab_state.notation().say
    for count, step in enumerate(steps, 1):
        with st.expander(f"{count}. {step.does}", expanded=count == 1):
            formula(step.tex)
            st.markdown(say(step.because))
