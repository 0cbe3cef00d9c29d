"""Columns of a table become what is trained on, or a sentence says why not."""

from dataclasses import replace

import numpy as np
import pytest

from linreg.data.files.read_table import read_table
from linreg.data.files.table import Table
from linreg.data.select import MAX_GAPS_COUNTED, Gaps, select
from linreg.data.summary.accumulator import Accumulator
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
    message = (
        "Only 1 of 2 rows can be used, and a line needs two: values are missing in “y” (1 row); "
        "fill them in, or choose other columns."
    )
    with pytest.raises(DataError) as refusal:
        select(read("x,y\n1,2\n3,\n"), "y", ["x"])
    assert str(refusal.value) == message


NONE_OF = "None of {} rows can be used: values are missing in "


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (  # “a” lacks none
            "y,a,b,c\n1,2,,\n2,3,,6\n3,4,4,\n4,4,5,\n",
            NONE_OF.format(4)
            + "“c” (3 rows) and “b” (2 rows); fill them in, or leave “c” out, which keeps 2 rows.",
        ),
        (  # two columns go together, and more rows stay than without “c” alone
            "y,a,b,c,d\n1,2,,,4\n2,3,,,2\n3,1,,,1\n4,4,,,5\n5,2,3,4,\n6,2,4,1,\n",
            NONE_OF.format(6)
            + "“b” (4 rows), “c” (4 rows) and “d” (2 rows); fill them in, or leave "
            "“b” and “c” out, which keeps 4 rows.",
        ),
        (  # the target stays
            "y,a,b\n1,2,\n2,3,\n,3,4\n,4,5\n,6,7\n",
            NONE_OF.format(5)
            + "“y” (3 rows) and “b” (2 rows); fill them in, or leave “b” out, which keeps 2 rows.",
        ),
        (
            "y,a\n1,\n2,\n,3\n,4\n",
            NONE_OF.format(4)
            + "“y” (2 rows) and “a” (2 rows); fill them in, or choose other columns.",
        ),
    ],
)
def test_the_columns_that_lack_values_are_named_and_what_keeps_most_rows(text, message):
    table = read(text)
    target, *features = table.columns
    with pytest.raises(DataError) as refusal:
        select(table, target, features)
    assert str(refusal.value) == message
    accumulators = [Accumulator(tuple(table.columns), part=part) for part in range(2)]
    for accumulator, rows in zip(accumulators, (slice(0, 2), slice(2, None)), strict=True):
        accumulator.feed([column[rows] for column in table.columns.values()])
    one, other = (accumulator.partial(target) for accumulator in accumulators)
    with pytest.raises(DataError) as refusal:
        (one + other).checked()
    assert str(refusal.value) == message


def test_gaps_of_many_columns_are_named_in_part():
    rng = np.random.default_rng(0)
    names = ["y", *(f"x{j}" for j in range(40))]
    columns = np.where(rng.random((41, 5000)) < 0.3, np.nan, 1.0)
    columns[0] = 1.0
    columns[1, 2:] = np.nan
    sentence = str(Gaps.of(names, columns).refusal("y"))
    assert sentence.startswith(NONE_OF.format("5,000") + "“x0” (4,998 rows), “x")
    assert "“y”" not in sentence
    assert " and 30 other columns; fill them in, or " in sentence
    assert len(Gaps.of(names, columns).together) <= MAX_GAPS_COUNTED + 1


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


def test_rows_keep_the_numbers_of_the_file_and_are_distinct_texts():
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
