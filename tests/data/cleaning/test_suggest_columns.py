"""A new table is shown with columns that can be trained on; those passed over are named."""

import re

import pytest

from linreg.data.cleaning.suggest_columns import (
    check_two_numeric,
    is_repairable,
    lacking_numbers,
    propose,
)
from linreg.data.files.read_table import read_table
from linreg.data.files.table import Table
from linreg.errors import DataError


def read(text: str) -> Table:
    return read_table(text.encode())


def test_a_single_column_of_numbers_is_refused_with_what_is_in_the_way():
    table = read_table(b"a,b\n1,2\nfoo,3\n4,5\n")
    message = r"Only “b” holds numbers.* “a” is not a number in row 2 \(“foo”\).*add a column"
    with pytest.raises(DataError, match=message):
        check_two_numeric(table, is_new=True)


@pytest.mark.parametrize(
    ("text", "pair", "note"),
    [
        ("a,b,c\n1,2,3\n4,5,6\n", ("c", "a"), ""),
        ("a,b,c\n1,2,\n4,5,6\n", ("b", "a"), "Not proposed .* “c” is the same in every row"),
        (
            "a,b,c\n,2,5\n1,,6\n2,3,\n,4,7\n",
            ("c", "b"),
            "Only 1 of 4 rows .* “a” .2 rows. and “c” .1 row.; .* “c” against “b” is shown instead",
        ),
        (
            "a,b,c\n1e160,2,3\n4,5,6\n",
            ("c", "b"),
            "Not proposed for training: “a” holds numbers too large to square.",
        ),
    ],
)
def test_the_proposal_is_last_against_first_unless_they_fail(text, pair, note):
    proposal = propose(read(text))
    assert (proposal.target, proposal.features[0]) == pair
    assert re.fullmatch(f"{note}.*", proposal.note)
    assert bool(note) == bool(proposal.note)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a,b\n1,2\n", "a single row, .* add rows"),
        ("a,b\n1,\n2,\n,3\n,4\n", "No two columns .* two rows .* correct the values"),
        ("a,b\n1e160,1\n2,3\n", "“a” has 1e160 in row 1: .* rescale the column"),
    ],
)
def test_a_table_without_a_usable_pair_has_no_proposal(text, message):
    with pytest.raises(DataError, match=message):
        propose(read(text))


@pytest.mark.parametrize(
    ("columns", "target", "features", "note"),
    [
        ({"a": "5124", "b": "2213", "y": "1524"}, "y", ("a", "b"), ""),
        ({"c": "5555", "a": "1254", "y": "2471"}, "y", ("a",), "“c” is the same in every row"),
        ({"c": "5555", "y": "2471"}, "y", ("c",), ""),
        ({"y": "2471", "c": "5555"}, "y", ("c",), ""),
        ({"id": "4572", "a": "1254", "y": "2471"}, "y", ("a",), "“id” seems to number or name"),
        ({"a": "1254", "y": "2471", "id": "4572"}, "y", ("a",), "“id” seems to number or name"),
        ({"z": "2471", "a": "1254", "y": "2471"}, "y", ("a",), "“z” is “y” again"),
        ({"z": "2471", "y": "2471"}, "y", ("z",), ""),
        ({"a": "1254", "b": "1254", "y": "2471"}, "y", ("a",), "“b” is “a” again"),
        ({"a": "1254", "y": "2471", "m": "0010"}, "y", ("a", "m"), ""),
        ({"a": "0101", "m": "0010"}, "m", ("a",), ""),
        ({"a": "1254", "y": ["0", "0.5", "0.1", "1"]}, "y", ("a",), ""),
        ({"a": "1254", "g": "3___", "y": "2471"}, "y", ("a",), "“g” has a value in only 1 of 4"),
    ],
)
def test_what_explains_nothing_is_passed_over_and_named(columns, target, features, note):
    rows = zip(*columns.values(), strict=True)
    lines = [",".join(columns), *(",".join(row).replace("_", "") for row in rows)]
    proposal = propose(read("\n".join(lines) + "\n"))
    assert (proposal.target, proposal.features) == (target, features)
    assert note in proposal.note
    assert bool(note) == bool(proposal.note)


def test_a_long_note_is_cut_short():
    text = "a,b,c,d,x,y\n1,1,1,1,2,5\n1,1,1,1,3,4\n"
    assert propose(read(text)).note.endswith("“c” is the same in every row and 1 more.")


def test_a_wide_table_without_a_usable_pair_is_refused_soon():
    width = 5000
    rows = [["NA"] * width for _ in range(4)]
    for j in range(width):
        rows[j % 4][j] = "1"
    text = "\n".join(",".join(row) for row in [[f"x{j}" for j in range(width)], *rows])
    with pytest.raises(DataError, match="No two columns"):
        propose(read(text))


@pytest.mark.parametrize(
    ("text", "repairable"),
    [
        ("date,price\n2024-01-01,10\n2024-01-03,12\n", True),
        ("city,price\nUlm,10\nBonn,12\n", True),
        ("x,y\n1,2\n2,n/k\n3,5\n", True),
        ("x,y\nn/k,2\n", False),
        ("city,price\nUlm,10\nUlm,12\n", False),
        ("price\n10\n12\n", False),
        ("a,city,price\n1,Ulm,10\n2,Bonn,12\n", False),
        ("price,discount\n$12.50,10%\n$9.99,20%\n", True),
        ("x,y\n1,2.5\n2*,3.5\n3,6.0a\n", True),
        ("price,y\n12 €,1\n13 €,2*\n14 €,3\n", True),
        ("price;rabatt\n12,50 €;10,5 %\n9,99 €;2 %\n", True),
        ("day,price\n2024-01-01,$10\n2024-01-03,$12\n", True),
        ("city,note,price\nUlm,a,$10\nBonn,b,$12\n", True),
        ("price\n$12.50\n$9.99\n", False),
        ("price,discount\n$12.50,10%\n", False),
        ("city,kind\nUlm,a\nBonn,b\n", False),
        ("price,city\n$10,Ulm\n$12,Ulm\n", False),
    ],
)
def test_text_that_a_repair_makes_numbers_is_known(text, repairable):
    assert is_repairable(read(text)) == repairable


@pytest.mark.parametrize("is_new", [True, False])
def test_a_table_without_numbers_is_refused_with_the_first_cells(is_new):
    cells = (
        "No column holds only numbers: “a” has “u” in row 1, “b” has “v” in row 1, “c” has “2w” in "
        "row 2. "
    )
    remedy = "Correct those values, or choose another" if is_new else "Undo a repair"
    with pytest.raises(DataError) as refusal:
        check_two_numeric(read("a,b,c,d\nu,v,1,\nu,v,2w,t\n"), is_new=is_new)
    assert str(refusal.value).startswith(cells + remedy)


def test_a_table_that_only_repairs_make_usable_refers_to_the_page_that_offers_them():
    table = read("a,b\n$12.50,10%\n$9.99,20%\n")
    end = r"“b” has “10%” in row 1\. Make numbers of their text on the page Data, or choose another"
    with pytest.raises(DataError, match=end):
        check_two_numeric(table, is_new=False)
    assert ". Make numbers of their text below, or" in lacking_numbers(table, place="below")


def test_a_single_text_is_not_spoken_of_in_the_plural():
    sentence = lacking_numbers(read("a,b\n1,10%\n2,20%\n"))
    assert sentence.endswith(" Make numbers of its text on the page Data, or choose another file.")


def test_what_a_repair_made_is_no_target():
    table = read("a,y,days\n5,1,0\n4,5,12\n6,2,17\n")
    assert propose(table).target == "days"
    proposal = propose(table, made={"days"})
    assert (proposal.target, proposal.features) == ("y", ("a", "days"))
