"""How a table gets into a tab: files and pasted rows."""

import pytest

PASTED = "size\tprice\n52\t210\n71\t264\n90\t310"


def paste(tab, text):
    """Paste rows into the sidebar and use them."""
    tab.at.text_area(key="pasted").set_value(text)
    next(button for button in tab.at.button if button.label == "Use these rows").click()
    return tab.run()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (PASTED, ["size", "price"]),
        (PASTED.replace("2", "2,5"), ["size", "price"]),
        ("1\t2\n3\t4\n5\t7\n", ["column 1", "column 2"]),
        ("a b\t\n1\t2\n3\t4", ["a b", "column 2"]),
    ],
)
def test_pasted_rows_are_a_table(app, text, names):
    tab = paste(app({"data": "upload"}), text)
    assert not tab.errors
    assert [tab.scene["features"][0], tab.scene["target"]] == names
    assert tab.at.text_area(key="pasted").value == ""


def test_a_pasted_table_takes_the_place_of_a_file(app):
    tab = app({"data": "upload"}).upload("a,b\n1,2\n3,5\n4,4\n")
    tab = paste(tab, PASTED)
    assert tab.scene["target"] == "price"
    assert tab.at.file_uploader[0].value is None
    tab.upload("p,q\n1,2\n3,5\n4,4\n")
    assert tab.scene["target"] == "q"


def test_refused_rows_stay_in_the_box_and_leave_what_was_there(app):
    tab = app({"data": "upload"}).upload("a,b\n1,2\n3,5\n4,4\n")
    before = tab.scene
    tab = paste(tab, "only words\nand more\n")
    assert tab.scene == before
    assert len(tab.errors) == 1
    assert tab.at.text_area(key="pasted").value == "only words\nand more\n"
    assert not paste(tab, PASTED).errors


def test_nothing_pasted_is_nothing_done(app):
    tab = app({"data": "upload"})
    before = tab.scene
    assert paste(tab, " \n\n").scene == before
    assert not tab.errors
