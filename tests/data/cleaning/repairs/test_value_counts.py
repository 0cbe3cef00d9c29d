"""The different values of a column are those that pandas counts, until there are too many."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linreg.data.cleaning.repairs import value_counts as module
from linreg.data.cleaning.repairs.value_counts import value_counts
from linreg.data.files.table import Table

NUMBERS = st.sampled_from([0.0, 1.0, 2.5, -1e9, np.nan, np.inf])
WORDS = st.sampled_from(["a", "b", "", "ä", None])


def table(numbers=(), words=()):
    texts = {"w": pa.chunked_array([list(words)], pa.large_string())}
    return Table("t", {"x": np.array(numbers, dtype=float)}, ("w",), len(words), (), texts=texts)


@given(st.lists(NUMBERS, max_size=30), st.lists(WORDS, max_size=30), st.integers(1, 6))
def test_counts_are_those_of_pandas_in_blocks_of_any_size(numbers, words, size):
    finite = pd.Series([value for value in numbers if np.isfinite(value)], dtype=float)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BLOCK_CELLS", size)
        of_numbers = value_counts(table(numbers, words), "x", 6)
        of_words = value_counts(table(numbers, words), "w", 6)
    assert of_numbers == finite.value_counts().to_dict()
    assert of_words == pd.Series(words, dtype=object).value_counts().to_dict()
    assert list(of_numbers) == sorted(of_numbers)
    assert list(of_words) == sorted(of_words)


@pytest.mark.parametrize("size", [1, 2, 100])
def test_too_many_values_are_not_counted(monkeypatch, size):
    monkeypatch.setattr(module, "BLOCK_CELLS", size)
    own = table([1, 2, 3, 1], ["a", "b", "c", "a"])
    assert value_counts(own, "x", 3) == {1: 2, 2: 1, 3: 1}
    assert value_counts(own, "x", 2) is None
    assert value_counts(own, "w", 2) is None
