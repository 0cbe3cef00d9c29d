"""The same text and formulas in the letters of other books."""

from itertools import product
from urllib.parse import parse_qs

import pytest

from linreg.experiment.experiment import Experiment
from linreg.experiment.url import from_query, to_link
from linreg.text.symbols import PARAMETER_SYMBOLS, PREDICTION_SYMBOLS, RATE_SYMBOLS, Notation


def test_the_house_writes_as_it_is_written():
    assert Notation().say("ỹ = θ0 + θ1x, η") == "ỹ = θ0 + θ1x, η"
    assert (
        Notation().tex(r"\tilde y = \theta_0 + \theta_{12}")
        == r"\tilde y = \theta_{0} + \theta_{12}"
    )


@pytest.mark.parametrize(
    ("parameters", "features", "text", "tex"),
    [
        ("weights", 1, "b, w, (b, w)", "b w (b, w)"),
        ("weights", 2, "b, w1, (b, w)", "b w_{1} (b, w)"),
        ("beta", 1, "β0, β1, β", r"\beta_{0} \beta_{1} \beta"),
    ],
)
def test_parameters_change_their_letter(parameters, features, text, tex):
    notation = Notation(parameters=parameters)
    assert notation.say("θ0, θ1, θ", features) == text
    assert notation.tex(r"\theta_0 \theta_1 \theta", features) == tex


def test_prediction_and_rate_change_theirs():
    notation = Notation(fitted="hat", rate="alpha")
    assert notation.say("ỹ and η") == "ŷ and α"
    assert notation.tex(r"\tilde{y} - \eta\nabla") == r"\hat{y} - \alpha\nabla"


@pytest.mark.parametrize(
    "letters", list(product(PARAMETER_SYMBOLS, PREDICTION_SYMBOLS, RATE_SYMBOLS))
)
def test_the_address_keeps_the_letters(letters):
    experiment = Experiment(notation=Notation(*letters))
    assert from_query(parse_qs(to_link(experiment))) == (experiment, [])


def test_an_unknown_letter_in_the_address_is_named():
    experiment, problems = from_query({"notation": ["hat,omega"]})
    assert experiment.notation == Notation()
    assert "notation = “hat,omega”" in problems[0]
