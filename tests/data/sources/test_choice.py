"""A choice of data, and the sentence on where its rows come from."""

from dataclasses import FrozenInstanceError

import pytest

from linreg.data.load import load_training_set
from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.choice import UPLOAD, TableChoice, origin
from linreg.data.sources.synthetic import GENERATORS, Drawn


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_real_table_is_named_with_its_source(name):
    sentence = origin(TableChoice(name), load_training_set(TableChoice(name)).dataset)
    for part in (BUILT_IN[name].title, BUILT_IN[name].about, BUILT_IN[name].source):
        assert part in sentence


@pytest.mark.parametrize("data", [*(kind() for kind in GENERATORS.values()), Drawn()])
def test_made_data_say_how_they_were_made(data):
    rows = load_training_set(data).dataset
    sentence = origin(data, rows)
    assert sentence.startswith(f"{rows.source}.")
    assert isinstance(data, Drawn) or data.about in sentence
    assert sentence.endswith(".")


def test_a_choice_is_a_value():
    choice = TableChoice(UPLOAD, "y", ("x",))
    assert choice == TableChoice(UPLOAD, "y", ("x",))
    assert len({choice, TableChoice(UPLOAD, "y", ("x",)), TableChoice(UPLOAD)}) == 2
    with pytest.raises(FrozenInstanceError):
        choice.target = "x"
