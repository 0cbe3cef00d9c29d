"""Columns of a table become what is trained on, or a sentence says why not."""

import re
from dataclasses import replace

import numpy as np
import pytest

from linreg.reading import Table, TableError, read_table
from linreg.selection import check_two_numeric, propose, select


def read(text: str) -> Table:
    return read_table(text.encode())


SMALL = "x,y,c,t,big\n1,2,7,a,1\n2,NA,7,b,1e151\n3,5,7,c,3\nNA,6,7,d,4\n"


@pytest.mark.parametrize(
    ("target", "features", "told"),
    [
        ("y", [], "No feature is chosen; choose"),
        ("y", ["y"], "“y” is both target and feature; choose"),
        ("y", ["x", "x"], "“x” is chosen twice as a feature; choose it once"),
        ("y", ["z"], "There is no column “z”; the columns are “x”, “y”, “c”, “big” and “t”"),
        ("t", ["x"], r"“t” is not a number in row 1 \(“a”\); correct"),
        ("y", ["big"], r"“big” has 1e151 in row 2: the squares .* overflow; .* rescale"),
    ],
)
def test_refusals_while_selecting(target, features, told):
    with pytest.raises(TableError, match=told):
        select(read(SMALL), target, features)


def test_fewer_than_two_usable_rows():
    with pytest.raises(TableError, match=r"“y” and “x”: 1 of 2, .* needs two; fill in"):
        select(read("x,y\n1,2\n3,\n"), "y", ["x"])


def test_a_column_with_one_bad_value_is_refused_when_chosen():
    with pytest.raises(TableError, match=r"“y” is not a number in row 3 \(“six”\); correct"):
        select(read("x,y\n1,2\n3,4\n5,six\n"), "y", ["x"])


def test_an_empty_column_is_refused_when_chosen():
    with pytest.raises(TableError, match="Column “y” is empty; choose another"):
        select(read("x,y\n1,\n3,NA\n"), "y", ["x"])


def test_rows_that_miss_a_value_are_left_out_and_counted():
    data = select(read(SMALL), "y", ["x"])
    np.testing.assert_array_equal(data.X, [[1.0], [3.0]])
    np.testing.assert_array_equal(data.rows, [1, 3])
    assert data.notes == (
        "2 of 4 rows were left out, because a value is missing or not finite in “y” and “x” "
        "(first in row 2).",
    )


def test_rows_keep_the_numbers_of_the_file_and_are_told_apart():
    kept = np.array([False, True, True, False, True, True])
    columns = {"x": np.array([1.0, np.nan, 3.0, 4.0]), "y": np.array([1.0, 2.0, 5.0, 1e151])}
    table = Table("t", columns, (), 4, (), kept=kept)
    with pytest.raises(TableError, match="“y” has 1e151 in row 6"):
        select(table, "y", ["x"])
    data = select(replace(table, columns=columns | {"y": np.arange(4.0)}), "y", ["x"])
    np.testing.assert_array_equal(data.rows, [2, 5, 6])
    assert data.notes == (
        "2 of 6 rows were left out by you.",
        "1 of 4 rows was left out, because a value is missing or not finite in “x” "
        "(first in row 3).",
    )


def test_a_single_column_of_numbers_is_refused_with_what_is_in_the_way():
    table = read_table(b"a,b\n1,2\nfoo,3\n4,5\n")
    said = r"Only “b” holds numbers.* “a” is not a number in row 2 \(“foo”\).*add a column"
    with pytest.raises(TableError, match=said):
        check_two_numeric(table)


@pytest.mark.parametrize(
    ("text", "pair", "note"),
    [
        ("a,b,c\n1,2,3\n4,5,6\n", ("c", "a"), ""),
        ("a,b,c\n1,2,\n4,5,6\n", ("b", "a"), "Too few rows .* “b” against “a” is shown instead"),
        (
            "a,b,c\n1e160,2,3\n4,5,6\n",
            ("c", "b"),
            "Column “a” has .* “c” against “b” is shown instead",
        ),
    ],
)
def test_the_proposal_is_last_against_first_unless_they_fail(text, pair, note):
    *found, told = propose(read(text))
    assert tuple(found) == pair
    assert re.fullmatch(f"{note}.*", told)
    assert bool(note) == bool(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a,b\n1,2\n", "a single row, .* add rows"),
        ("a,b\n1,\n2,\n,3\n,4\n", "No two columns .* two rows .* correct the values"),
        ("a,b\n1e160,1\n2,3\n", "“a” has 1e160 in row 1: .* rescale the column"),
    ],
)
def test_a_table_without_a_usable_pair_has_no_proposal(text, told):
    with pytest.raises(TableError, match=told):
        propose(read(text))


def test_a_constant_column_is_not_proposed_as_the_feature():
    assert propose(read("c,a,y\n5,1,2\n5,2,4\n5,3,7\n"))[:2] == ("y", "a")
    assert propose(read("c,y\n5,2\n5,4\n"))[:2] == ("y", "c")


def test_a_wide_table_without_a_usable_pair_is_refused_soon():
    width = 5000
    rows = [["NA"] * width for _ in range(4)]
    for j in range(width):
        rows[j % 4][j] = "1"
    text = "\n".join(",".join(row) for row in [[f"x{j}" for j in range(width)], *rows])
    with pytest.raises(TableError, match="No two columns"):
        propose(read(text))
