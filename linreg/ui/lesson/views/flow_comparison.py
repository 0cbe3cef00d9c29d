"""The boxes of the flow beside those of a neural network and a language model, with sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

import streamlit as st

from linreg.experiment.exports.code import ROWS_FILE, Programs
from linreg.teaching.flow import Flow
from linreg.text.markdown import literal
from linreg.ui.lesson.glossary import link_terms
from linreg.ui.state import tab_state


@dataclass(frozen=True)
class Source:
    """A publication: how it is cited, and where it is."""

    cited: str
    at: str


@dataclass(frozen=True)
class Fact:
    """A sentence for a box, with [[terms]], and the publications it is taken from."""

    text: str
    sources: tuple[Source, ...]


ALEXNET = Source(
    "Krizhevsky, Sutskever, Hinton 2012, reprinted 2017", "https://doi.org/10.1145/3065386"
)
BACKPROP = Source("Rumelhart, Hinton, Williams 1986", "https://doi.org/10.1038/323533a0")
LLAMA = Source("Llama Team 2024", "https://arxiv.org/abs/2407.21783")
AUTODIFF = Source("Baydin et al. 2018", "https://jmlr.org/papers/v18/17-468.html")
PYTORCH = Source("Paszke et al. 2019", "https://arxiv.org/abs/1912.01703")
ADAM = Source("Kingma, Ba 2015", "https://arxiv.org/abs/1412.6980")
ADAMW = Source("Loshchilov, Hutter 2019", "https://arxiv.org/abs/1711.05101")
CHINCHILLA = Source("Hoffmann et al. 2022", "https://arxiv.org/abs/2203.15556")

BOXES = tuple(field.name for field in fields(Flow))
NETWORK: dict[str, Fact] = {
    "model": Fact(
        "Eight layers of weighted sums, each followed by a nonlinear function: 60 million "
        "[[parameters|parameter]].",
        (ALEXNET,),
    ),
    "data": Fact(
        "1.2 million photographs, each labelled with one of 1,000 classes. A step uses a "
        "[[mini-batch]] of 128.",
        (ALEXNET,),
    ),
    "loss": Fact(
        "[[Cross-entropy]]: minus the logarithm of the probability given to the right class, "
        "averaged over the photographs.",
        (ALEXNET,),
    ),
    "gradient": Fact(
        "[[Back-propagation]]: the chain rule, layer by layer, from the loss back to the input.",
        (BACKPROP,),
    ),
    "update": Fact(
        "Gradient descent on mini-batches with [[momentum]] 0.9, and a pull of every weight "
        "towards 0 (weight decay 0.0005).",
        (ALEXNET,),
    ),
    "stop": Fact(
        "After about 90 [[epochs|epoch]]. The rate began at 0.01 and was lowered three times on "
        "the way.",
        (ALEXNET,),
    ),
}
LANGUAGE_MODEL: dict[str, Fact] = {
    "model": Fact(
        "A transformer of 126 layers: 405 billion [[parameters|parameter]].",
        (LLAMA,),
    ),
    "data": Fact(
        "15.6 trillion [[tokens|token]] of text. A step uses a [[mini-batch]] of 4 to 16 million.",
        (LLAMA,),
    ),
    "loss": Fact(
        "[[Cross-entropy]] of the next token: minus the logarithm of the probability given to the "
        "one that follows in the text.",
        (LLAMA,),
    ),
    "gradient": Fact(
        "[[Autograd]]: the program records its operations and applies the chain rule backwards.",
        (AUTODIFF, PYTORCH),
    ),
    "update": Fact(
        "The [[optimiser]] AdamW: running averages of the gradient and of its square give each "
        "parameter a step of its own.",
        (LLAMA, ADAM, ADAMW),
    ),
    "stop": Fact(
        "By [[schedule]]: the rate rises to 8·10⁻⁵ over 8,000 steps, then falls along a cosine "
        "over 1.2 million. The ratio of tokens to parameters is chosen beforehand from scaling "
        "experiments.",
        (LLAMA, CHINCHILLA),
    ),
}
COLUMN_TITLES = ("This experiment", "A neural network: AlexNet", "A language model: Llama 3 405B")

WHAT_STAYS = """
* A model with parameters, a loss that measures how wrong it is, a gradient that points uphill, a
  step the opposite way, and again.
* The update is η times a vector computed from the gradient.
* A rate that is too small makes training slow, one that is too large makes the loss grow.
"""
WHAT_DIFFERS = """
* The loss here is [[convex]]: it has no local minimum above the lowest value, and a
  [[closed form]] finds that. The loss of a network is not convex: nothing guarantees that training
  finds the lowest value, and no formula gives it.
* Here a step reads all rows; there it reads a [[mini-batch]], so the loss goes up and down on its
  way.
* Here η stays the same; there an [[optimiser]] and a [[schedule]] change the step.
* Here we only measured the fit on the training data. In practice you also measure the loss on
  held-out data that training never sees.
"""


def show_boxes(here: Flow, features: int) -> None:
    """Show the six boxes, this experiment beside the larger models; on a phone one below another.

    Parameters
    ----------
    here : Flow
        The flow of this experiment.
    features : int
        M, for the symbols.
    """
    for number, box in enumerate(BOXES, 1):
        st.subheader(f"{number}. {box.capitalize()}", anchor=False)
        own, network, language = st.columns(3)
        with own.container(border=True, height="stretch"):
            st.caption(COLUMN_TITLES[0])
            st.markdown(literal(tab_state.notation().say(getattr(here, box), features)))
        for place, title, fact in (
            (network, COLUMN_TITLES[1], NETWORK[box]),
            (language, COLUMN_TITLES[2], LANGUAGE_MODEL[box]),
        ):
            with place.container(border=True, height="stretch"):
                st.caption(title)
                st.markdown(link_terms(tab_state.notation().say(fact.text, features)))
                st.caption(", ".join(f"[{s.cited}]({s.at})" for s in fact.sources))


def show_differences() -> None:
    """Show what stays the same in larger models, and what does not."""
    same, other = st.columns(2)
    with same:
        st.subheader("What stays the same", anchor=False)
        st.markdown(link_terms(tab_state.notation().say(WHAT_STAYS)))
    with other:
        st.subheader("What does not", anchor=False)
        st.markdown(link_terms(tab_state.notation().say(WHAT_DIFFERS)))


def show_programs(texts: Programs, rows: Callable[[], str]) -> None:
    """Show the NumPy and the PyTorch program side by side.

    Parameters
    ----------
    texts : Programs
    rows : callable
        Returns the file that the programs read if they do not contain the rows.
    """
    st.subheader("This run as a program", anchor=False)
    st.markdown(
        link_terms(
            f"Run either program{'' if texts.inline else f' beside {ROWS_FILE}'} and it prints the "
            "last parameters and the last loss of this run. Line by line they do the same. Where "
            "they differ, PyTorch finds the gradient by [[autograd]] and leaves the update to an "
            "[[optimiser]]."
        )
    )
    if not texts.inline:
        label = f"Download {ROWS_FILE}"
        st.download_button(label, rows, ROWS_FILE, "text/csv", on_click="ignore")
    numpy, torch = st.columns(2)
    with numpy:
        st.caption("NumPy")
        st.code(texts.numpy, language="python")
    with torch:
        st.caption("PyTorch")
        st.code(texts.torch, language="python")
