"""Uploads of tables into a tab: files and pasted rows."""

import gzip
import signal
import time

import pytest

from linreg.data.files.formats import detect
from linreg.data.files.process import reader_process
from linreg.ui.upload import table_upload
from tests.helpers import files
from tests.helpers.app import as_read

pytestmark = pytest.mark.slow

PASTED = "size\tprice\n52\t210\n71\t264\n90\t310"


def paste(tab, text):
    """Paste rows into the sidebar and use them."""
    tab.at.session_state["pasting"] = True
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
    assert [tab.payload["features"][0], tab.payload["target"]] == names
    assert tab.at.text_area(key="pasted").value == ""
    assert tab.at.session_state["pasting"] is False


def test_a_pasted_table_takes_the_place_of_a_file(app):
    tab = app({"data": "upload"}).upload("a,b\n1,2\n3,5\n4,4\n")
    tab = paste(tab, PASTED)
    assert tab.payload["target"] == "price"
    assert tab.at.file_uploader[0].value is None
    tab.upload("p,q\n1,2\n3,5\n4,4\n")
    assert tab.payload["target"] == "q"


def test_refused_rows_stay_in_the_box_and_leave_what_was_there(app):
    tab = app({"data": "upload"}).upload("a,b\n1,2\n3,5\n4,4\n")
    before = tab.payload
    tab = paste(tab, "only words\nand more\n")
    assert tab.payload == before
    assert len(tab.errors) == 1
    assert tab.at.session_state["pasting"] is False  # it would cover the sentence
    assert tab.at.text_area(key="pasted").value == "only words\nand more\n"
    assert not paste(tab, PASTED).errors


def test_nothing_pasted_is_nothing_done(app):
    tab = app({"data": "upload"})
    before = tab.payload
    assert paste(tab, " \n\n").payload == before
    assert tab.at.session_state["pasting"] is True
    assert not tab.errors


ROWS = "a,b\n" + "\n".join(f"{k},{k * k}" for k in range(100))


@pytest.fixture
def slow(monkeypatch):
    """Let files be read in processes of their own, held still until `arrived` lets them go on."""
    monkeypatch.setattr(detect, "QUICK_BYTES", 0)
    _hold(monkeypatch)


def _hold(monkeypatch):
    taken = reader_process._taken

    def held():
        process = taken()
        process.send_signal(signal.SIGSTOP)
        return process

    monkeypatch.setattr(reader_process, "_taken", held)
    monkeypatch.setattr(table_upload, "MAX_WAIT_SECONDS", 0.0)


def arrived(tab):
    """Run the app until nothing is being read any more."""
    tab.tab.upload.reading.process.send_signal(signal.SIGCONT)
    while tab.tab.upload.reading is not None:
        time.sleep(0.05)
        tab.run()
    return tab


def test_a_large_file_arrives_later_and_all_else_goes_on(app, slow):
    tab = app({"data": "upload"})
    before = tab.payload
    tab.upload(ROWS)
    assert tab.payload == before
    assert "Reading “mine.csv”" in as_read(tab.at.get("progress")[0].proto.text)
    tab.set("steps", 50)
    assert tab.payload["run"]["steps"] == 50
    assert arrived(tab).payload["target"] == "b"
    assert not tab.at.get("progress")
    assert not any("The columns below" in as_read(caption.value) for caption in tab.at.caption)


def test_a_large_file_that_is_read_soon_is_there_at_once(app, monkeypatch):
    monkeypatch.setattr(detect, "QUICK_BYTES", 0)
    monkeypatch.setattr(table_upload, "MAX_WAIT_SECONDS", 60.0)
    tab = app({"data": "upload"}).upload(ROWS)
    assert tab.payload["target"] == "b"
    assert not tab.at.get("progress")
    assert reader_process._waiting is not None  # for the next file


def test_a_reading_that_is_cancelled_leaves_what_was_there(app, monkeypatch):
    tab = app({"data": "upload"}).upload("p,q\n1,2\n3,5\n4,4\n")
    before = tab.payload
    monkeypatch.setattr(detect, "QUICK_BYTES", 0)
    _hold(monkeypatch)
    tab.upload(ROWS)
    folder = tab.tab.upload.reading.folder
    tab.at.button(key="cancel reading").click()
    tab.run()
    assert tab.payload == before
    assert not folder.exists()
    assert not tab.errors
    assert tab.at.file_uploader[0].value is None


def test_the_newer_of_two_files_wins(app, slow):
    tab = app({"data": "upload"}).upload(ROWS)
    folder = tab.tab.upload.reading.folder
    tab.upload(ROWS.replace("b", "c"), "newer.csv")
    assert not folder.exists()
    assert arrived(tab).payload["target"] == "c"


def test_a_large_file_that_is_refused_soon_stays_refused(app, monkeypatch):
    monkeypatch.setattr(detect, "QUICK_BYTES", 0)
    monkeypatch.setattr(table_upload, "MAX_WAIT_SECONDS", 60.0)
    tab = app({"data": "upload"}).upload("a,b\n1,2\n3,4,5\n6,7\n")
    for _ in range(2):
        assert "Row 2 has 3 fields" in tab.errors[0]
        tab.set("steps", 50)


def test_a_large_file_that_is_refused_leaves_what_was_there(app, monkeypatch):
    tab = app({"data": "upload"}).upload("p,q\n1,2\n3,5\n4,4\n")
    before = tab.payload
    monkeypatch.setattr(detect, "QUICK_BYTES", 0)
    _hold(monkeypatch)
    tab.upload("a,b\n1,2\n3,4,5\n6,7\n")
    assert arrived(tab).payload == before
    assert "Row 2 has 3 fields" in tab.errors[0]


def test_a_file_that_arrives_while_other_data_are_shown_leaves_them(app, slow):
    tab = app({"data": "upload"}).upload(ROWS).set("way", "Generate")
    tab.choose({"rate": 0.001})
    before = tab.payload
    assert arrived(tab).payload == before
    assert tab.set("way", "Upload").payload["target"] == "b"


def test_the_folder_of_a_table_goes_when_another_comes(app, slow):
    tab = arrived(app({"data": "upload"}).upload(ROWS))
    folder = tab.tab.upload.held.owner.folder
    assert folder.exists()
    arrived(paste(tab, PASTED))
    assert not folder.exists()


WIDE = ["x", *(f"c{j}" for j in range(detect.QUICK_COLUMNS)), "y"]
WIDE_TEXT = "\n".join(
    "\t".join(row) for row in (WIDE, *(["1"] * j + ["2"] * (len(WIDE) - j) for j in (1, 5, 9)))
)


@pytest.mark.parametrize(
    ("bring", "places"),
    [
        (lambda tab: tab.upload(WIDE_TEXT), ["Reading"]),
        (lambda tab: tab.upload(gzip.compress(WIDE_TEXT.encode())), ["Reading"]),
        (lambda tab: paste(tab, WIDE_TEXT), ["Reading"]),
        (lambda tab: tab.upload(ROWS), ["read_table"]),
        (lambda tab: paste(tab, PASTED), ["read_text"]),
    ],
)
def test_the_work_in_a_file_decides_where_it_is_read(app, monkeypatch, bring, places):
    monkeypatch.setattr(table_upload, "MAX_WAIT_SECONDS", 60.0)
    asked = []
    for name in ("read_table", "read_text"):
        read = getattr(table_upload, name)
        monkeypatch.setattr(
            table_upload, name, lambda *a, name=name, read=read: asked.append(name) or read(*a)
        )
    of = reader_process.Reading.of
    monkeypatch.setattr(reader_process.Reading, "of", lambda *a: asked.append("Reading") or of(*a))
    tab = bring(app({"data": "upload"}))
    assert asked == places
    assert not tab.errors
    if places == ["Reading"]:
        assert (tab.payload["n"], tab.payload["target"]) == (3, "c7")


DAYS = "date,price\n2024-01-01,10\n2024-01-03,12\n2024-01-04,17\n2024-01-09,19\n"
CITIES = "city,price\nUlm,10\nBonn,12\nUlm,11\nBonn,15\n"
A_SLIP = "x,y\n1,2\n2,n/k\n3,5\n4,9\n"
REPAIRABLE = {
    "dates": (DAYS, "Count days since the first", "price", ["date"]),
    "words": (CITIES, "Make 0/1 columns", "price", ["city = Ulm"]),
    "a slip": (A_SLIP, "Count as missing", "y", ["x"]),
    "a row": (A_SLIP, "Leave that row out", "y", ["x"]),
}


@pytest.mark.parametrize("name", REPAIRABLE)
@pytest.mark.parametrize("bring", [paste, lambda tab, text: tab.upload(text)])
def test_a_table_that_a_repair_makes_usable_is_opened_for_it(app, bring, name):
    text, repair, target, features = REPAIRABLE[name]
    tab = app({"data": "upload"})
    before = tab.payload
    tab = bring(tab, text)
    assert tab.payload == before
    assert tab.errors == []
    (caption,) = tab.warnings
    assert "a target needs at least one feature" in caption
    assert "page Data" in caption
    tab.visit("data").press(repair).visit("stage")
    assert (tab.payload["target"], tab.payload["features"]) == (target, features)
    assert tab.warnings == tab.errors == []
    tab.visit("data").press("Undo").visit("stage")
    assert len(tab.warnings) == 1
    tab.visit("data").press(repair).visit("stage")
    assert (tab.payload["target"], tab.payload["features"]) == (target, features)


def test_a_cell_that_is_corrected_makes_a_table_usable(app):
    tab = app({"data": "upload"}).upload(A_SLIP).visit("data")
    assert not tab.at.metric
    tab.edit("cells", {1: {"y": "4"}}).visit("stage")
    assert (tab.payload["target"], tab.payload["features"], tab.payload["n"]) == ("y", ["x"], 4)


READ, BLANK = "Read the numbers", "Count as missing"
WITHOUT_NUMBERS = {
    "units": (("$12.50", "$13.00", "$18.20", "$9.99"), ("10%", "12%", "5%", "20%"), [READ, READ]),
    "decimal comma": (("12,5 €", "13,0 €", "18,2 €"), ("1 %", "2,5 %", "4 %"), [READ, READ]),
    "a slip each": (("1", "2*", "3", "5"), ("2.5", "3.5", "5.5", "6.0a"), [BLANK, BLANK]),
    "one row": (("1", "x", "3", "5"), ("2.5", "y", "5.5", "9"), ["Leave that row out"]),
    "both": (("1 kg", "2 kg", "3 kg", "5 kg"), ("2.5", "n/k", "5.5", "7"), [READ, BLANK]),
}


def delimited(columns):
    rows = [columns, *zip(*columns.values(), strict=True)]
    return "\n".join(";".join(row) for row in rows).encode()


def sheet(columns):
    return files.workbook({"S": [[*columns], *map(list, zip(*columns.values(), strict=True))]})


@pytest.mark.parametrize("written", [delimited, sheet, files.json_lines])
@pytest.mark.parametrize("kind", WITHOUT_NUMBERS)
def test_a_table_without_a_column_of_numbers_is_opened_for_its_repairs(app, kind, written):
    x, y, repairs = WITHOUT_NUMBERS[kind]
    tab = app({"data": "upload"})
    before = tab.payload
    tab.upload(written({"x": x, "y": y}))
    assert (tab.payload, tab.errors) == (before, [])
    (warning,) = tab.warnings
    assert f"No column holds only numbers: “x” has “{x['2*' in x or 'x' in x]}” in row" in warning
    assert "page Data" in warning
    tab.visit("data")
    for repair in repairs:
        tab.press(repair)
    assert not tab.visit("stage").warnings
    assert (tab.payload["target"], tab.payload["features"]) == ("y", ["x"])
    uploaded = app({"data": "upload", "repair": [each.text for each in tab.tab.repairs["upload"]]})
    assert uploaded.upload(written({"x": x, "y": y})).payload["link"] == tab.payload["link"]
    tab.visit("data").press("Undo all" if len(repairs) > 1 else "Undo").visit("stage")
    assert tab.warnings == [warning]


def test_a_repair_that_leaves_a_table_without_numbers_is_undone(app):
    tab = app({"data": "upload"}).upload("a,b,note\n$1,5%,u\n$2,7%,v\n$3,8%,u\n").visit("data")
    tab.press("Leave “b” out").press("Leave “note” out")
    assert "Undo a repair" in tab.visit("stage").warnings[0]
    tab.visit("data").press("Undo").press(READ).visit("stage")
    assert "a target needs at least one feature" in tab.warnings[0]
    assert tab.visit("data").press(READ).visit("stage").warnings == []
    assert (tab.payload["target"], tab.payload["features"]) == ("b", ["a"])


NAMES = "name,price\n" + "".join(f"n{k},{k * k}\n" for k in range(25))


@pytest.mark.parametrize("text", [NAMES, "a,b\nx,1\n", "a,b\nx,u\ny,v\n", "a\n1*\n2\n3\n"])
def test_a_table_that_no_repair_makes_usable_is_refused(app, text):
    tab = app({"data": "upload"}).upload(text)
    assert len(tab.errors) == 1
    assert tab.tab.upload.held is None
