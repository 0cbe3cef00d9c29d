"""Names of columns can be told apart, and can be written."""

import sys

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
        (["x", "x (2)", "x", "x", "x (2)"], ("x", "x (2)", "x (3)", "x (4)", "x (2) (2)")),
        (["x"] * 12, ("x", *(f"x ({copy})" for copy in range(2, 13)))),
        (["", "column 1", ""], ("column 1", "column 1 (2)", "column 3")),
        (["column 2", ""], ("column 2", "column 2 (2)")),
    ],
)
def test_names_are_unique_and_can_be_written(given, names):
    unique, notes = unique_names(given)
    assert unique == names
    "".join([*unique, *notes]).encode()


def lines_run(action):
    """Count the lines of Python that an action runs."""
    lines = 0

    def trace(frame, event, _):
        nonlocal lines
        lines += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return lines


def test_many_columns_of_one_name_are_named_without_trying_each_number():
    names, notes = unique_names(["x"] * 1000)
    assert names[-1] == "x (1000)"
    assert notes[-1] == "Column 1000 is another “x”; it is called “x (1000)” here."
    few, many = (lines_run(lambda width=width: unique_names(["x"] * width)) for width in (50, 500))
    assert 500 < many < 11 * few


def test_only_halves_of_surrogate_pairs_are_replaced():
    assert without_surrogates("a\udc00\ud800b😀\0\uffff") == "a\ufffd\ufffdb😀\0\uffff"


def test_texts_inside_are_written_with_replacements_too():
    given = {"a\udc00": ["b\ud800", {"c": "\udc00"}, 1, None], "d": "e"}
    assert all_without_surrogates(given) == {
        "a\ufffd": ["b\ufffd", {"c": "\ufffd"}, 1, None],
        "d": "e",
    }
