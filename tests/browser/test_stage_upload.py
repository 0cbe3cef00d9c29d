"""A file of one's own: read, refused in one sentence, and never trusted."""

import io
import zipfile
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import expect

from tests.browser.stage import Stage

pytestmark = pytest.mark.browser


def zipped(name):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, "a,b\n1,2\n")
    return packed.getvalue()


GOOD = "Größe;Länge\n1,5;2,25\n2,5;4,0\n3,5;5,5\n".encode("latin-1")
BAD = {
    "zip.csv": (zipped("rows.csv"), "zip archive"),
    "cut.csv": (zipped("rows.csv")[:20], "Excel file is damaged or cut off"),
    "ragged.csv": (b"a,b\n1,2\n3,4,5\n6,7\n", "Row 2 has 3 fields where 2 were expected"),
    "empty.csv": (b"", "empty"),
    "header.csv": (b"a,b\n", "a header but no rows"),
}
HOSTILE = ("<img src=x onerror=window.pwned=1>", "$x$", "**x**", "=1+1")


def upload(stage: Stage, name, content):
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    stage.page.locator("input[type=file]").set_input_files([file])


def test_a_good_file_then_bad_ones(open_page):
    stage = open_page()
    stage.sidebar.get_by_role("radio", name="Upload").click()
    expect(stage.page.locator("input[type=file]")).to_have_count(1)
    expect(stage.play).to_be_enabled()  # what was on the stage stays there
    stage.answered(lambda: upload(stage, "good.csv", GOOD))
    expect(stage.warnings).to_have_count(0)
    expect(stage.panel("data").locator(".xtitle")).to_have_text("Größe")
    expect(stage.panel("data").locator(".ytitle")).to_have_text("Länge")
    assert stage.drawn("data")[1] == {"x": [1.5, 2.5, 3.5], "y": [2.25, 4.0, 5.5]}
    stage.address_has("data=upload")
    traces = stage.traces()
    for name, (content, words) in BAD.items():
        upload(stage, name, content)
        expect(stage.warnings).to_contain_text(words)
        expect(stage.warnings).to_have_count(1)
        assert stage.warnings.inner_text().endswith(".")
        assert stage.traces() == traces


def test_the_stage_is_not_built_again_for_what_appears_above_it(open_page):
    stage = open_page("?data=upload")
    stage.page.evaluate("window.first = document.querySelector('.lr-stage')")
    for content in (GOOD, b"p,q,r\n1,2,2\n2,4,4\n3,5,5\n4,9,9\n"):  # the second has findings
        stage.answered(lambda content=content: upload(stage, "table.csv", content))
        assert stage.page.evaluate("document.contains(window.first)")
    expect(stage.page.get_by_role("link", name="see Data")).to_have_count(1)  # in the sidebar


def test_with_the_sidebar_shut_the_way_to_data_is_above_the_stage(open_page):
    stage = open_page("?data=upload", width=390, height=844)
    stage.answered(lambda: upload(stage, "table.csv", b"p,q,r\n1,2,2\n2,4,4\n3,5,5\n4,9,9\n"))
    expect(stage.page.get_by_role("link", name="see Data").last).to_be_in_viewport()


def test_the_address_of_a_file_stays_until_the_file_or_other_data_come(open_page):
    asked = ("data=upload", "y=y", "x=rooms", "x=price", "repair=standardise:price", "unit=price=$")
    address = "?data=upload&y=y&x=rooms&x=price&repair=standardise:price&unit=price=%24"
    stage = open_page(f"{address}&step=7&log=1")
    for _ in range(2):
        stage.answered(lambda: stage.type_rate(0.001))
        stage.address_has(*asked, "rate=0.001", "step=7", "log=1")
        stage.reload()
        stage.answered(lambda: stage.type_rate(0.002))
        stage.address_has(*asked, "rate=0.002")
    stage.answered(lambda: upload(stage, "f.csv", b"rooms,price,y\n1,2,3\n2,5,4\n3,4,9\n4,4,8\n"))
    stage.address_has(*asked)
    stage.answered(lambda: stage.sidebar.get_by_role("radio", name="Generate").click())
    stage.address_has(without=["data", "price"])


def test_a_file_that_was_read_stays_through_every_change(open_page):
    stage = open_page("?data=upload")
    stage.answered(lambda: upload(stage, "good.csv", GOOD))
    rows = stage.drawn("data")[1]
    stage.answered(lambda: stage.sidebar.get_by_text("Intercept θ0").click())
    stage.answered(lambda: stage.type_rate(0.01))
    assert stage.drawn("data")[1] == rows
    stage.answered(lambda: stage.sidebar.get_by_role("radio", name="Draw").click())
    stage.answered(lambda: stage.sidebar.get_by_role("radio", name="Upload").click())
    assert stage.drawn("data")[1] == rows
    stage.answered(lambda: upload(stage, "other.csv", b"p,q\n1,2\n2,4\n3,5\n4,9\n"))
    expect(stage.panel("data").locator(".xtitle")).to_have_text("p")
    expect(stage.warnings).to_have_count(0)


def test_a_file_without_usable_columns_leaves_the_former_and_its_columns(open_page):
    stage = open_page("?data=upload")
    stage.answered(lambda: upload(stage, "good.csv", GOOD))
    traces = stage.traces()
    upload(stage, "one.csv", b"a,b\n1,2\n")
    expect(stage.warnings).to_have_count(1)
    expect(stage.warnings).to_contain_text("a single row")
    expect(stage.sidebar).to_contain_text("The columns below are those of “good.csv”")
    assert stage.traces() == traces
    expect(stage.sidebar.get_by_role("combobox", name="Target y")).to_have_value("Länge")


def test_names_are_text_and_never_markup(open_page):
    names = ",".join(HOSTILE)
    rows = [(1, 2, 7, 3), (2, 4, 7, 4), (4, 8, 7, 9), (5, 10, 7, 8)]
    content = "\n".join([names, *(",".join(map(str, row)) for row in rows)]).encode()
    chosen = "".join(f"&x={quote_plus(name)}" for name in HOSTILE[:3])
    stage = open_page(f"?data=upload&y={quote_plus(HOSTILE[3])}{chosen}")
    stage.answered(lambda: upload(stage, "<b>$names$.csv", content))

    # Selectors of the sidebar and of the stage.
    expect(stage.sidebar.get_by_role("combobox", name="Target y")).to_have_value(HOSTILE[3])
    for name in HOSTILE[:3]:
        expect(stage.sidebar.get_by_role("button", name=f"Remove {name}")).to_have_count(1)
        expect(stage.sidebar.get_by_text(name, exact=True)).to_have_count(1)
    options = stage.select("What the data panel shows").locator("option").all_text_contents()
    assert set(HOSTILE[:3]) <= set(options)
    for way in ("across", "upwards"):
        texts = stage.select(f"Parameter {way}").locator("option").all_text_contents()
        assert [text.partition(", ")[2] for text in texts[1:]] == list(HOSTILE[:3])
    # Tables, axis titles and the tooltip.
    assert [row.name.partition(", ")[2] for row in stage.update_table()[1:]] == list(HOSTILE[:3])
    for feature, name in enumerate(HOSTILE[:3]):
        stage.select("What the data panel shows").select_option(str(feature))
        expect(stage.panel("data").locator(".xtitle")).to_have_text(name)
        expect(stage.panel("data").locator(".ytitle")).to_have_text(HOSTILE[3])
    stage.select("What the data panel shows").select_option("0")
    stage.hover("data", 4, 9)
    for name in HOSTILE:
        expect(stage.tip("data")).to_contain_text(f"{name} = ")
    # The notes on a constant and on a dependent column.
    main = stage.page.get_by_test_id("stMain")
    expect(main).to_contain_text("Feature “**x**” is constant")
    expect(main).to_contain_text("Feature “$x$” is a linear combination of “<img src=x")
    assert stage.page.evaluate("window.pwned") is None
    assert stage.root.locator("img").count() == 0
