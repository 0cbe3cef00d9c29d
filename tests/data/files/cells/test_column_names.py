"""Names of columns can be told apart, and can be written."""

import pytest

from linreg.data.files.cells.column_names import (
    all_without_surrogates,
    unique_names,
    without_surrogates,
)


@pytest.mark.parametrize(
    ("given", "names"),
    [
        (["x", " x ", ""], ("x", "x (2)", "column 3")),
        (["x\ud800", "x\udfff", "x"], ("x\ufffd", "x\ufffd (2)", "x")),
        (["\ud800"], ("\ufffd",)),
        (["😀"], ("😀",)),
    ],
)
def test_names_are_unique_and_can_be_written(given, names):
    unique, notes = unique_names(given)
    assert unique == names
    "".join([*unique, *notes]).encode()


def test_only_halves_of_surrogate_pairs_are_replaced():
    assert without_surrogates("a\udc00\ud800b😀\0\uffff") == "a\ufffd\ufffdb😀\0\uffff"


def test_texts_inside_are_written_with_replacements_too():
    given = {"a\udc00": ["b\ud800", {"c": "\udc00"}, 1, None], "d": "e"}
    assert all_without_surrogates(given) == {
        "a\ufffd": ["b\ufffd", {"c": "\ufffd"}, 1, None],
        "d": "e",
    }
