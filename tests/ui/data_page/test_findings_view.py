"""Findings in a table, with their repairs as buttons."""

import pytest

from tests.helpers.app import as_read

pytestmark = pytest.mark.slow

REGIONS = "x,y,region\n1,2,north\n2,3,south\n3,5,south\n4,4,west\n5,7,west\n6,6,west\n"


def words(tab):
    return [as_read(text.value) for text in tab.at.markdown]


def test_a_clean_table_says_that_nothing_was_found(app):
    tab = app({"data": "upload"}).upload("x,y\n1,2\n2,3\n3,5\n4,4\n5,7\n6,6\n").visit("data")
    assert "Nothing that stands in the way of training." in words(tab)


def test_the_first_findings_are_shown_and_the_others_folded_away(app):
    lines = ["x,y,same,id,name,day,km,kind,amount"]
    for j in range(12):
        own = [7, j + 1, f"n{j}", f"2024-03-{j + 1:02}", f"{j * j} km", "ab"[j % 2], f"({j}.5)"]
        lines.append(",".join(map(str, [j * 5 % 7, j * j, *own])))
    tab = app({"data": "upload"}).upload("\n".join(lines))
    boxes = [box.label for box in tab.visit("data").at.expander]
    assert any(label.endswith("more findings") for label in boxes)


def test_what_is_the_same_of_many_columns_is_said_once_and_repaired_at_once(app):
    names = [f"t{k}" for k in range(7)]
    lines = [f"{j},{j * j}," + ",".join(f"w{(j + k) % 3}" for k in range(7)) for j in range(12)]
    tab = app({"data": "upload"}).upload("\n".join([",".join(["x", "y", *names]), *lines]))
    shown = [text for text in words(tab.visit("data")) if "text with few different values" in text]
    assert shown == [
        "**7 columns are text with few different values: “t0” (3), “t1” (3), “t2” (3) and 4 more.**"
    ]
    tab.press("Leave these 7 columns out")
    assert not any("few different values" in text for text in words(tab))


def test_groups_of_rows_are_offered_with_their_sizes(app):
    tab = app({"data": "upload"}).upload(REGIONS).visit("data")
    tab.at.selectbox(key="group column").set_value("region")
    (values,) = (box for box in tab.run().at.multiselect if "one of these" in box.label)
    assert values.options == ["north (1 row)", "south (2 rows)", "west (3 rows)"]
