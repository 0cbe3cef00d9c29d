"""Columns of a table become what is trained on, or a sentence says why not."""

from dataclasses import replace

import numpy as np
import pytest

from linreg.data.files.read_table import read_table
from linreg.data.files.table import Table
from linreg.data.select import select
from linreg.errors import DataError


def read(text: str) -> Table:
    return read_table(text.encode())


SMALL = "x,y,c,t,big\n1,2,7,a,1\n2,NA,7,b,1e151\n3,5,7,c,3\nNA,6,7,d,4\n"


@pytest.mark.parametrize(
    ("target", "features", "message"),
    [
        ("y", [], "No feature is chosen; choose"),
        ("y", ["y"], "“y” is both target and feature; choose"),
        ("y", ["x", "x"], "“x” is chosen twice as a feature; choose it once"),
        ("y", ["z"], "There is no column “z”; the columns are “x”, “y”, “c”, “big” and “t”"),
        ("t", ["x"], r"“t” is not a number in row 1 \(“a”\); correct"),
        ("y", ["big"], r"“big” has 1e151 in row 2: the squares .* overflow; .* rescale"),
    ],
)
def test_refusals_while_selecting(target, features, message):
    with pytest.raises(DataError, match=message):
        select(read(SMALL), target, features)


def test_fewer_than_two_usable_rows():
    with pytest.raises(DataError, match=r"“y” and “x”: 1 of 2, .* needs two; fill in"):
        select(read("x,y\n1,2\n3,\n"), "y", ["x"])


def test_a_column_with_one_bad_value_is_refused_when_chosen():
    with pytest.raises(DataError, match=r"“y” is not a number in row 3 \(“six”\); correct"):
        select(read("x,y\n1,2\n3,4\n5,six\n"), "y", ["x"])


def test_an_empty_column_is_refused_when_chosen():
    with pytest.raises(DataError, match="Column “y” is empty; choose another"):
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
    with pytest.raises(DataError, match="“y” has 1e151 in row 6"):
        select(table, "y", ["x"])
    data = select(replace(table, columns=columns | {"y": np.arange(4.0)}), "y", ["x"])
    np.testing.assert_array_equal(data.rows, [2, 5, 6])
    assert data.notes == (
        "2 of 6 rows were left out by you.",
        "1 of 4 rows was left out, because a value is missing or not finite in “x” "
        "(first in row 3).",
    )
