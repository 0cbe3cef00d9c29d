"""A dataset: rows and their names, the same shape from every source."""

from dataclasses import FrozenInstanceError

import pytest

from linreg.data.sources.builtin import BUILT_IN
from linreg.data.sources.synthetic import GENERATORS, Drawn

SOURCES = {
    **{name: kind().draw for name, kind in GENERATORS.items()},
    "drawn": Drawn().draw,
    **{name: table.dataset for name, table in BUILT_IN.items()},
}


@pytest.mark.parametrize("name", SOURCES)
def test_rows_and_names_go_together(name):
    data = SOURCES[name]()
    n, M = data.X.shape
    assert data.y.shape == data.rows.shape == (n,)
    assert len({*data.features, data.target}) == M + 1
    assert (data.rows >= 1).all()
    assert data.source
    assert data.true_theta is None or len(data.true_theta) == M + 1


def test_a_dataset_stays_as_it_is():
    with pytest.raises(FrozenInstanceError):
        Drawn().draw().target = "z"
