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
    "noise": "The random part of the targets, which no model can predict; σ is its standard "
    "deviation.",
    "outlier": "A row that lies far from where the others would put it. Because errors are "
    "squared, it weighs heavily in the loss.",
    "correlation": "How closely two columns follow one straight line, from −1 to 1. Correlated "
    "features make the bowl narrow.",
    "mean": "The sum of some numbers divided by how many there are.",
    "standard deviation": "The typical distance of values from their mean: the root of the mean "
    "squared distance. Standardising divides the sum of squares by n; tables of the data by n − "
    "1, as statistics does.",
    "standardise": "The conversion of a feature: its mean is subtracted, and the result divided by "
    "its standard deviation. Features of equal scale give a rounder bowl; the weights then have "
    "other units.",
    "seed": "A number that starts a random generator; the same seed draws the same values again.",
    # the model
    "model": "A rule that turns the features of a row into a prediction; here ỹ = θ0 + X·θ, a "
    "straight line or plane.",
    "parameter": "A number in the model that training sets: the intercept or a weight. All of them "
    "together are θ.",
    "weight": "The parameter θj that multiplies feature j: the change of the prediction if that "
    "feature grows by 1 and the others stay the same. Also called a coefficient.",
    "intercept": "The parameter θ0: the prediction where every feature is 0. In machine learning "
    "it is also called the bias.",
    "slope": "With one feature, its weight θ1: how much the line rises if x grows by 1.",
    "prediction": "The model's value for a row: ỹ, on the line or plane.",
    "linear regression": "The description of a target by a weighted sum of features. The model is "
    "linear in the parameters. With squared errors it is also called ordinary least squares, OLS.",
    # the loss
    "residual": "Observed minus predicted, y − ỹ, for one row: positive above the line.",
    "loss": "One number for how badly the model fits the rows; training makes it small. Also "
    "called the cost.",
    "tsse": "Total sum of square error, Σ(y − ỹ)²: the sum of all squared residuals. Textbooks "
    "call it RSS or SSE; their TSS is Σ(y − mean of y)², the TSSE of always predicting the mean.",
    "mse": "Mean square error, TSSE/n: TSSE divided by the number of rows n. The same bowl on "
    "another scale.",
    "½mse": "Half the mean square error, TSSE/2n: the 2 of the gradient cancels. The same bowl "
    "on another scale.",
    "r²": "A comparison with always predicting the mean: 1 − TSSE/Σ(y − mean of y)². It is 1 if "
    "every row fits, 0 for the mean alone and below 0 for anything worse.",
    "bowl": "The loss drawn over two parameters. It has the shape of a bowl because the loss is a "
    "quadratic function of θ.",
    "level curve": "All θ with the same loss. For a linear model with two parameters that the rows "
    "determine, it is an ellipse around the minimiser.",
    "convex": "A function is convex if no chord runs below its graph. It has no local minimum "
    "above its lowest value; the loss of linear regression is convex.",
    # the gradient
    "derivative": "The slope of a function at a point: its change for a small change of one "
    "number, divided by that change, in the limit as the change goes to 0.",
    "gradient": "∇: the partial derivatives of the loss with respect to each parameter, as one "
    "arrow. It points in the direction in which the loss grows fastest.",
    "component": "One number of a vector. Each component of the gradient belongs to one parameter.",
    "arrow of a row": "The contribution of one row to the gradient of TSSE: −2(y − ỹ)·(1, x). All "
    "of them, tip to tail, give the gradient.",
    "central difference": "The slope between two points, h to the left and h to the right; it "
    "checks a derivative. For a quadratic function it is exact except for rounding.",
    # the descent
    "gradient descent": "Training in steps, each against the gradient and so downhill: θ ← θ − η∇.",
    "learning rate": "η: the number that the gradient is multiplied by to give the step.",
    "step": "One round of training, and the change −η∇ of the parameters in it.",
    "update": "The replacement of θ by θ − η∇.",
    "start": "θ before the first step, chosen by hand, by default or at random.",
    "run": "All steps from a start with one learning rate.",
    "converge": "A descent converges if it comes ever closer to the minimum. Here a run has "
    "converged when its TSSE is above the minimum by no more than 10⁻¹² of Σ(y − mean of y)².",
    "excess loss": "The loss above its minimum. At the minimiser it is 0.",
    "diverge": "A descent diverges if it moves ever further away: the rate is so large that each "
    "step overshoots by more than it corrects.",
    "zig-zag": "A descent zig-zags if it overshoots the minimum along the steepest direction at "
    "every step and still comes closer, from alternate sides.",
    "fastest rate": "The rate that is best in the worst case: 2/(λmin + λmax). From a given start "
    "another rate may need fewer steps.",
    # why a rate works
    "hessian": "H: the matrix of second derivatives of the loss, the curvature of the bowl. For "
    "TSSE it is 2XᵀX, with a column of ones in X for the intercept: the same everywhere.",
    "eigenvector": "A direction that a matrix only stretches. Those of the Hessian are the axes "
    "of the bowl.",
    "eigenvalue": "λ: the factor by which a matrix stretches its eigenvector. For the Hessian it "
    "is the curvature of the bowl along that axis.",
    "condition number": "κ = λmax/λmin of the Hessian: 1 for a round bowl, large for a narrow "
    "valley, where descent is slow.",
    # the minimum
    "minimum": "The lowest value of the loss.",
    "minimiser": "θ*: the parameters at which the loss is least.",
    "best fit": "The model at the minimiser.",
    "normal equations": "XᵀXθ = Xᵀy, with a column of ones in X for the intercept: the gradient "
    "set to zero. Their solution is the minimiser.",
    "closed form": "A formula that gives the answer at once instead of step by step.",
    "rank": "The number of directions of θ that the rows determine. If it is below the number of "
    "parameters, many θ fit equally well.",
    "least norm": "Where many θ fit equally well, the shortest of them, which is the one shown.",
    "leverage": "The pull of a row on its own prediction, from 0 to 1. It is large for rows whose "
    "features lie far from the others.",
    "cook's distance": "A measure of how far the best fit moves if one row is left out.",
    "qr": "A factorisation of the rows into perpendicular columns Q and a triangle R. It solves "
    "least squares without forming XᵀX and so keeps more digits.",
    "float64": "The format of a number here: 64 bits, about 16 significant digits, up to "
    "1.8·10³⁰⁸.",
    # the same flow, larger
    "epoch": "One pass over all rows. With full batches it is one step.",
    "batch": "The rows that one step reads. A full batch is all of them.",
    "mini-batch": "A small random part of the rows, used for one step. Its gradient estimates "
    "that of all rows: directly for MSE, times n/b for TSSE, where b is its number of rows.",
    "sgd": "Stochastic gradient descent: gradient descent on random mini-batches.",
    "neural network": "A model of many layers, each a weighted sum followed by a nonlinear "
    "function. It can follow shapes that no line can.",
    "transformer": "The kind of neural network that large language models are: in each layer every "
    "token takes in information from the tokens before it.",
    "large language model": "A neural network that predicts the next token of a text.",
    "token": "A piece of text, a word or part of one: the unit that a language model reads and "
    "predicts.",
    "cross-entropy": "A loss for a model that gives probabilities: minus the logarithm of the "
    "probability it gave to the right answer.",
    "autograd": "Automatic differentiation: the program records its operations and computes the "
    "gradient by the chain rule, from the loss backwards.",
    "back-propagation": "The chain rule applied to a network layer by layer, from the loss back "
    "to the first layer.",
    "optimiser": "The rule that turns a gradient into a step. Plain gradient descent is the "
    "simplest one; Adam is another.",
    "momentum": "The addition of a fraction of the previous step to the next one, like a rolling "
    "ball.",
    "weight decay": "A pull of every weight towards 0 at each step, which keeps the weights small.",
    "schedule": "A plan for how the learning rate changes during training.",
    "held-out data": "Rows that training never sees. The loss on them shows how well a model "
    "predicts new data.",
    "over-fitting": "A fit so close to the training rows, noise included, that the predictions of "
    "new rows become worse.",
}
# Headings that are not just the term with a capital letter: spelling, and symbols.
HEADINGS = {
    "tsse": "TSSE",
    "mse": "MSE",
    "½mse": "½MSE",
    "r²": "R²",
    "float64": "float64",
    "qr": "QR",
    "sgd": "SGD",
    "cook's distance": "Cook's distance",
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
