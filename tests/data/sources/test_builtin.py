"""Real tables: their columns, units and sources."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from linreg.data.sources.builtin import BUILT_IN


@pytest.mark.parametrize("name", sorted(BUILT_IN))
def test_built_in_tables_offer_numbers_with_units(name):
    built_in = BUILT_IN[name]
    table, data = built_in.table(), built_in.dataset()
    assert set(table.columns) == set(built_in.units)
    assert {data.target, *data.features} <= set(built_in.units)
    assert np.isfinite(data.X).all()
    assert built_in.source in data.source
    assert table.n == len(data.y)


def test_gapminder_is_2007_only():
    assert BUILT_IN["gapminder"].table().n == 142


def test_the_data_edge_imports_no_screen():
    code = (
        "import sys; from linreg.data.sources.builtin import BUILT_IN; BUILT_IN['tips'].dataset();"
        "sys.exit(bool({'plotly', 'streamlit'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[3]
    assert subprocess.run([sys.executable, "-c", code], cwd=root, check=False).returncode == 0
