"""The same flow, larger: the boxes and programs follow the experiment."""

from urllib.parse import parse_qs

import pytest

from linreg.data.load import load_training_set
from linreg.data.sources.choice import TableChoice
from linreg.data.sources.synthetic import GENERATORS, Drawn
from linreg.experiment.experiment import Experiment
from linreg.experiment.exports.code import programs
from linreg.experiment.resolve import resolve
from linreg.experiment.url import to_link
from linreg.teaching.flow import flow
from linreg.text.symbols import Notation
from linreg.ui.lesson.views.flow_comparison import BOXES, LANGUAGE_MODEL, NETWORK
from tests.helpers.app import as_read

pytestmark = pytest.mark.slow

EXPERIMENTS = [
    Experiment(),
    Experiment(data=GENERATORS["plane"](), loss="mse"),
    Experiment(data=GENERATORS["five"](), loss="half-mse", intercept=False),
    Experiment(data=GENERATORS["line"](n=1000), steps=3),
    Experiment(data=Drawn(((0.0, 1.0), (1.0, 5.0))), intercept=False),
    Experiment(data=Drawn(((1.0, 1.0), (1.0, 5.0)))),
    Experiment(data=TableChoice("gapminder"), start=4),
    Experiment(data=TableChoice("tips", "tip", ("total_bill", "size"))),
    Experiment(rate=1.0, steps=5000),
    Experiment(notation=Notation("weights", "hat", "alpha")),
]
KEY = "flow.twin"


def open_flow(app, experiment):
    return app(parse_qs(to_link(experiment))).visit("flow")


def sentences(tab):
    return [as_read(text.value) for text in tab.at.markdown]


@pytest.mark.parametrize("experiment", EXPERIMENTS)
def test_boxes_and_programs_are_those_of_the_experiment(app, experiment):
    tab = open_flow(app, experiment)
    rows = load_training_set(experiment.data)
    resolved = resolve(experiment, rows)
    here, texts = flow(resolved.problem, resolved.run), sentences(tab)
    for box in BOXES:
        sentence = experiment.notation.say(getattr(here, box), rows.dataset.X.shape[1])
        assert sentence in texts
    both = programs(resolved)
    shown = [code.value.strip() for code in tab.at.code]
    assert shown[:2] == [both.numpy.strip(), both.torch.strip()]
    labels = [button.proto.label for button in tab.at.get("download_button")]
    assert labels == ([] if both.inline else ["Download rows.csv"])


def test_every_box_has_a_fact_with_a_source_for_both_larger_models(app):
    texts = sentences(open_flow(app, Experiment()))
    for facts in (NETWORK, LANGUAGE_MODEL):
        assert tuple(facts) == BOXES
        for fact in facts.values():
            assert fact.sources
            assert all(source.at.startswith("https://") for source in fact.sources)
            assert any(fact.text.split("[[")[0] in text for text in texts)


def test_moving_the_controls_moves_the_boxes(app):
    tab = app().visit("flow")
    before = sentences(tab)
    for key, value in (("loss", "mse"), ("steps", 7), ("intercept", False), ("line.n", 12)):
        tab.set(key, value)
        assert sentences(tab) != before
        before = sentences(tab)
    assert "MSE = Σ(y − ỹ)²/n" in " ".join(before)
    assert any("after 7 steps" in text for text in before)


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ("`loss.backward()`", "Right."),
        ("`optimiser.step()`", "Not yet."),
        ("`optimiser.zero_grad()`", "Not yet."),
    ],
)
def test_the_question_is_explained_both_ways(app, given, verdict):
    tab = app().visit("flow").set(f"{KEY}.given", given)
    next(b for b in tab.at.button if b.key == f"{KEY}.check").click()
    tab.run()
    (box,) = tab.at.success if verdict == "Right." else tab.at.info
    assert box.value.startswith(verdict)
    assert len(box.value) > 80


def test_larger_models_are_measured_on_data_held_back(app):
    text = " ".join(sentences(open_flow(app, Experiment())))
    assert "held-out data" in text
    assert "the goal" not in text
