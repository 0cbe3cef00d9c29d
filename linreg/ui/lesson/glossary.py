"""The glossary: every term and symbol, defined once; pages show definitions on hover."""

from __future__ import annotations

import re

import streamlit as st

from linreg.experiment.experiment import Experiment
from linreg.experiment.url import to_link
from linreg.ui.state import tab_state

# In house symbols, one or two sentences each, without Markdown; the page sorts them.
TERMS: dict[str, str] = {
    # the data
    "row": "One observation: the values of the features and the target that belong together.",
    "feature": "A column x that the model predicts from; M is how many there are.",
    "target": "The column y that the model is to predict.",
    "noise": "What makes the targets differ from the truth by chance; σ is its standard deviation.",
    "outlier": "A row that lies far from where the others would put it. Squares give it a large "
    "say in the loss.",
    "correlation": "How closely two columns follow one straight line, from −1 to 1. Correlated "
    "features make the bowl narrow.",
    "mean": "The sum of some numbers divided by how many they are; ȳ is the mean of the target.",
    "standard deviation": "How far values typically lie from their mean: the root of their mean "
    "squared distance from it, in the unit of the column.",
    "standardise": "To subtract its mean from a feature and divide by its standard deviation. "
    "Features of equal scale give a rounder bowl; the weights then have other units.",
    "seed": "A number that starts a random generator; the same seed draws the same values again.",
    # the model
    "model": "A rule that turns the features of a row into a prediction; here ỹ = θ0 + X·θ, a "
    "straight line or plane.",
    "parameter": "A number of the model that training sets: the intercept and the weights, "
    "together θ.",
    "weight": "The parameter θj that multiplies feature j: by how much the prediction changes if "
    "that feature grows by 1 and the others stay.",
    "intercept": "The parameter θ0: the prediction where every feature is 0.",
    "slope": "With one feature, its weight θ1: how much the line rises if x grows by 1.",
    "prediction": "What the model says for a row: ỹ, the value on the line or plane.",
    "linear regression": "To describe a target by a weighted sum of features. It is linear in the "
    "parameters.",
    # the loss
    "residual": "Observed minus predicted, y − ỹ, for one row: positive above the line.",
    "loss": "One number that says how badly the model fits the rows; training makes it small.",
    "tsse": "Total sum of square error, Σ(y − ỹ)²: the squared residuals of all rows added up.",
    "mse": "Mean square error, TSSE/n: TSSE divided by the number of rows n. The same bowl on "
    "another scale.",
    "½mse": "Half the mean square error, TSSE/2n: the 2 of the gradient cancels. The same bowl "
    "on another scale.",
    "r²": "The share of the spread of the target that the model explains, 1 − TSSE/Σ(y − ȳ)². "
    "It is 1 if every row fits, 0 for the mean alone and below 0 for anything worse.",
    "bowl": "The loss drawn over two parameters. It has the shape of a bowl, for the loss is a "
    "quadratic function of θ.",
    "level curve": "All θ with the same loss; for a linear model an ellipse around the minimiser.",
    "convex": "A function is convex if no chord runs below its graph. Then every minimum is the "
    "lowest value of all; the loss of linear regression is convex.",
    # the gradient
    "derivative": "How much a function changes for a small change of one number, divided by that "
    "change.",
    "gradient": "∇: the derivatives of the loss by each parameter, as one arrow. It points where "
    "the loss grows fastest.",
    "arrow of a row": "What one row adds to the gradient of TSSE: −2(y − ỹ)·(1, x). All of them, "
    "tip to tail, give the gradient.",
    "central difference": "The slope between two points h to the left and to the right of a "
    "place; it checks a derivative. For a quadratic function it is exact, but for rounding.",
    # the descent
    "gradient descent": "To go downhill in steps, each against the gradient: θ ← θ − η∇.",
    "learning rate": "η: the number that the gradient is multiplied by to give the step.",
    "step": "One update of all parameters.",
    "update": "To put θ − η∇ in place of θ.",
    "start": "θ before the first step, chosen by hand, by default or at random.",
    "run": "All steps from a start with one learning rate.",
    "converge": "To come ever closer to the minimum. Here a run has converged when its TSSE is "
    "above the minimum by no more than a 10⁻¹² part of the spread of the target.",
    "diverge": "To move ever further away: the rate is so large that each step overshoots by more "
    "than it corrects.",
    "zig-zag": "To overshoot the minimum in every step and still come closer, from alternate "
    "sides.",
    # why a rate works
    "hessian": "H: the matrix of second derivatives of the loss, which says how curved the bowl "
    "is. For TSSE it is 2[1 X]ᵀ[1 X], the same everywhere.",
    "eigenvector": "A direction that a matrix only stretches. Those of the Hessian are the axes "
    "of the bowl.",
    "eigenvalue": "λ: by how much a matrix stretches its eigenvector. For the Hessian it is the "
    "curvature of the bowl along that axis.",
    "condition number": "κ = λmax/λmin of the Hessian: 1 for a round bowl, large for a narrow "
    "valley, where descent is slow.",
    # the minimum
    "minimum": "The least value of the loss.",
    "minimiser": "θ*: the parameters at which the loss is least.",
    "best fit": "The model at the minimiser.",
    "normal equations": "XᵀXθ = Xᵀy, with a column of ones in X for the intercept: the gradient "
    "set to zero. Their solution is the minimiser.",
    "closed form": "A formula that gives the answer at once instead of step by step.",
    "rank": "How many directions of θ the rows determine. If it is below the number of "
    "parameters, many θ fit equally well.",
    "least norm": "Where many θ fit equally well, the shortest of them, which is the one shown.",
    "float64": "How the computer stores a number here: 64 bits, about 16 significant digits, up "
    "to 1.8·10³⁰⁸.",
    # the same flow, larger
    "epoch": "One pass over all rows. With full batches it is one step.",
    "batch": "The rows that one step reads. A full batch is all of them.",
    "mini-batch": "A small random part of the rows, used for one step: its gradient is an estimate "
    "of that of all rows.",
    "neural network": "A model of many layers, each a weighted sum with a bend after it. It can "
    "follow shapes that no line can.",
    "large language model": "A neural network that predicts the next token of a text.",
    "token": "A piece of text, a word or part of one: what a language model reads and predicts.",
    "cross-entropy": "A loss for a model that gives probabilities: minus the logarithm of the "
    "probability it gave to the right answer.",
    "autograd": "Automatic differentiation: the program records its operations and works out the "
    "gradient by the chain rule, from the loss backwards.",
    "back-propagation": "The chain rule applied to a network layer by layer, from the loss back "
    "to the first layer.",
    "optimiser": "The rule that turns a gradient into a step. Plain gradient descent is the "
    "simplest one; Adam is another.",
    "momentum": "To add a share of the last step to the next one, as a rolling ball does.",
    "schedule": "A plan for how the learning rate changes during training.",
}
# Headings that are not just the term with a capital letter: spelling, and symbols.
HEADINGS = {
    "tsse": "TSSE",
    "mse": "MSE",
    "½mse": "½MSE",
    "r²": "R²",
    "float64": "float64",
    "row": "Row (n of them)",
    "feature": "Feature x",
    "target": "Target y",
    "noise": "Noise σ",
    "parameter": "Parameter θ",
    "weight": "Weight θj",
    "intercept": "Intercept θ0",
    "prediction": "Prediction ỹ",
    "residual": "Residual y − ỹ",
    "gradient": "Gradient ∇",
    "learning rate": "Learning rate η",
    "hessian": "Hessian H",
    "eigenvalue": "Eigenvalue λ",
    "condition number": "Condition number κ",
    "minimiser": "Minimiser θ*",
}


def heading(term: str) -> str:
    """Return a term as its heading, in the reader's symbols."""
    return tab_state.notation().say(HEADINGS.get(term, term[0].upper() + term[1:]))


def anchor(term: str) -> str:
    """Return the anchor of a term on the glossary page, in letters that any address can hold."""
    plain = term.lower().replace("²", "2").replace("½", "half ")
    return re.sub(r"\W+", "-", plain).strip("-")


def matching_terms(search: str) -> list[str]:
    """Return the terms, in alphabetical order, that contain every word of a search."""
    words = search.lower().split()
    say = tab_state.notation().say
    texts = {term: f"{term} {heading(term)} {say(TERMS[term])}".lower() for term in TERMS}
    return [t for t in sorted(TERMS, key=anchor) if all(word in texts[t] for word in words)]


def definition_address(term: str) -> str:
    """Return the address of a term's definition, which keeps the reader's symbols.

    It opens in a new tab, so that the tab with the experiment stays as it is. The page shows the
    requested term on top as well, for a browser may look for the anchor before it exists.
    """
    letters = to_link(Experiment(notation=tab_state.notation()))
    return f"glossary?term={anchor(term)}{'&' if letters else ''}{letters}#{anchor(term)}"


def requested_term() -> str | None:
    """Return the term that the address asks for, or None."""
    name = st.query_params.get("term")
    return next((term for term in TERMS if anchor(term) == name), None)


def link_terms(markdown: str) -> str:
    """Turn [[term]] or [[text|term]] into a link that shows the definition on hover."""

    def hover(match: re.Match[str]) -> str:
        shown, _, term = match[1].partition("|")
        key = (term or shown).lower()
        definition = tab_state.notation().say(TERMS[key]).replace('"', "'")
        return f'[{shown}]({definition_address(key)} "{definition}")'

    return re.sub(r"\[\[([^\]]+)\]\]", hover, markdown)
