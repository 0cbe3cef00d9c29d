"""A table of one's own in a real browser: every format, pasted, repaired, edited, cancelled."""

import gzip
import io
import re

import pandas as pd
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

TABLE = pd.DataFrame({"size": [52.5, 71.0, 90.25, 64.0], "price": [210.0, 264.5, 310.0, 262.0]})
CSV = TABLE.to_csv(index=False).encode()
PEOPLE = b"""age,region,price
30,north,10
,south,12
50,south,15
60,east,19
41,east,14
"""


def packed(write):
    content = io.BytesIO()
    write(content)
    return content.getvalue()


FORMATS = {
    "t.csv": lambda table: table.to_csv(index=False).encode(),
    "t.tsv": lambda table: table.to_csv(index=False, sep="\t", decimal=",").encode(),
    "t.csv.gz": lambda table: gzip.compress(table.to_csv(index=False).encode()),
    "t.xlsx": lambda table: packed(lambda to: table.to_excel(to, index=False)),
    "t.parquet": lambda table: packed(table.to_parquet),
    "t.jsonl": lambda table: table.to_json(orient="records", lines=True).encode(),
}


def upload(stage, name, content):
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    stage.page.locator("input[type=file]").set_input_files([file])


def to_data(stage):
    """Go to the page by its link in the sidebar."""
    stage.sidebar.get_by_role("link", name=re.compile("see Data")).click()
    expect(stage.page.get_by_role("heading", name="What was found")).to_be_visible()


def to_stage(stage):
    stage.page.get_by_role("link", name="Open this experiment on the stage").click()
    return stage.ready()


def metric(stage, name):
    shown = stage.page.get_by_test_id("stMetric").filter(has_text=name)
    return shown.get_by_test_id("stMetricValue").first  # the one of the run before goes later


def test_every_format_is_read(open_page):
    stage = open_page("?data=upload")
    for k, (name, written) in enumerate(FORMATS.items()):
        table = TABLE + k
        content = written(table)
        stage.answered(lambda name=name, content=content: upload(stage, name, content))
        expect(stage.warnings).to_have_count(0)
        rows = {"x": table["size"].tolist(), "y": table["price"].tolist()}
        assert stage.drawn("data")[1] == rows


def test_rows_are_pasted_from_a_spreadsheet(open_page):
    stage = open_page("?data=upload")
    stage.sidebar.get_by_role("button", name="Paste rows").click()
    box = stage.page.get_by_role("textbox", name="Rows")
    box.fill(TABLE.to_csv(index=False, sep="\t", decimal=","))
    stage.answered(lambda: stage.page.get_by_role("button", name="Use these rows").click())
    assert stage.drawn("data")[1]["x"] == TABLE["size"].tolist()
    expect(box).to_have_count(0)  # it covered the columns


def test_a_finding_is_repaired_undone_and_opened_again_from_the_address(open_page):
    stage = open_page("?data=tips&x=total_bill&x=size")
    before = stage.traces()
    to_data(stage)
    stage.page.get_by_role("button", name="Standardise the features").click()
    expect(stage.page.get_by_role("heading", name="What was done")).to_be_visible()
    to_stage(stage)
    expect(stage.root.locator(".lr-update .lr-units").nth(1)).to_contain_text(
        "per standard deviation"
    )
    stage.address_has("repair=standardise:total_bill", "repair=standardise:size")
    repaired = stage.traces()
    assert repaired != before
    stage.reload()
    assert stage.traces() == repaired
    to_data(stage)
    stage.page.get_by_role("button", name="Undo all").click()
    expect(stage.page.get_by_role("heading", name="What was done")).to_have_count(0)
    to_stage(stage)
    stage.address_has(without=["repair="])
    assert stage.traces() == before


def test_the_address_of_the_page_is_the_experiment(open_page):
    stage = open_page("?data=tips&x=total_bill&x=size&log=1")
    page, here = stage.page, ("data=tips", "x=total_bill&x=size", "log=1")
    stage.next.click()
    stage.address_has("step=1")
    to_data(stage)
    stage.address_has(*here, "step=1", without=["repair"])
    entries = page.evaluate("history.length")
    page.get_by_role("button", name="Standardise the features").click()
    stage.address_has(*here, "repair=standardise:total_bill&repair=standardise:size", "step=1")
    stage.reloads += 1
    page.reload()
    expect(page.get_by_role("heading", name="What was done")).to_be_visible()
    stage.address_has(*here, "repair=standardise:size", "step=1")
    page.get_by_role("button", name="Undo all").click()
    stage.address_has(*here, without=["repair", "step"])
    assert page.evaluate("history.length") == entries


BOTH = """([name, pause]) => {
  const repair = [...document.querySelectorAll("button")].find((one) => one.innerText === name);
  const intercept = document.querySelector("[data-testid=stSidebar] .stCheckbox input");
  repair.click();
  setTimeout(() => intercept.click(), pause);
}"""


def test_of_two_clicks_in_close_succession_none_is_lost(open_page):
    stage = open_page("?data=tips&x=total_bill&x=size")
    to_data(stage)
    both = ["repair=standardise:total_bill", "intercept=0"]
    for pause in (0, 6, 12):  # milliseconds: the second comes while the first is carried out
        for button, done in (("Standardise the features", both), ("Undo all", [])):
            expect(stage.page.get_by_role("button", name=button)).to_be_visible()
            stage.page.evaluate(BOTH, [button, pause])
            stage.address_has(*done, without=[] if done else both)


def test_a_phone_shows_the_page_that_the_sidebar_leads_to(open_page):
    stage = open_page("?data=tips", width=390, height=844, touch=True)
    stage.page.get_by_test_id("stExpandSidebarButton").tap()
    to_data(stage)
    expect(stage.sidebar).to_have_attribute("data-collapsed", "true")
    metrics = stage.page.get_by_test_id("stMetric")
    expect(metrics).to_have_count(4)
    first, last = metrics.first.bounding_box(), metrics.last.bounding_box()
    assert last["y"] < first["y"] + 1.5 * first["height"]  # in two lines, close to each other
    stage.page.get_by_test_id("stExpandSidebarButton").tap()
    stage.sidebar.get_by_text("Intercept θ0").tap()
    stage.address_has("intercept=0")
    expect(stage.sidebar).to_have_attribute("data-collapsed", "false")


def test_a_cell_is_edited_and_the_edit_undone(open_page):
    stage = open_page("?data=upload")
    stage.answered(lambda: upload(stage, "people.csv", PEOPLE))
    to_data(stage)
    expect(metric(stage, "Rows used")).to_have_text("4")
    type_into(stage, 1, row=2, column=3, text="35")
    expect(metric(stage, "Rows used")).to_have_text("5")
    expect(stage.page.get_by_text("“age” in row 2 is 35 instead of missing")).to_be_visible()
    stage.page.get_by_role("button", name="Undo").click()
    expect(metric(stage, "Rows used")).to_have_text("4")


def test_a_unit_is_typed(open_page):
    stage = open_page("?data=upload")
    stage.answered(lambda: upload(stage, "people.csv", PEOPLE))
    to_data(stage)
    sent = len(stage.sent)
    type_into(stage, 0, row=1, column=4, text="$")
    stage.address_has("unit=price=$")
    for _ in range(200):  # the grid says that it starts over, and on which page
        if len(stage.sent) > sent + 1:
            break
        stage.page.wait_for_timeout(50)
    to_stage(stage)
    expect(stage.panel("data").locator(".ytitle")).to_have_text("price ($)")
    expect(stage.panel("loss").locator(".ytitle")).to_have_text("TSSE ($²)")
    expect(stage.panel("plane").locator(".xtitle")).to_have_text("θ0, intercept ($)")
    stage.address_has("unit=price=$")


def at_rest(locator):
    """Return where something is, once it stays there."""
    last, box = None, locator.bounding_box()
    while box != last:
        locator.page.wait_for_timeout(200)
        last, box = box, locator.bounding_box()
    return box


def type_into(stage, grid, *, row, column, text):
    """Type into an empty cell of a grid, counted from 1 under its head; row numbers count."""
    canvas = stage.page.get_by_test_id("stDataFrame").nth(grid)
    expect(canvas.locator("canvas").first).to_be_visible()
    expect(stage.page.get_by_role("link", name="To the lesson: Model")).to_be_visible()
    canvas.evaluate("(grid) => grid.scrollIntoView({ block: 'center' })")
    keyboard, editor = stage.page.keyboard, stage.page.locator("#portal textarea")
    # A grid that is still being built takes no keys, or some of them, which opens another cell.
    while not (editor.is_visible() and editor.is_enabled() and not editor.input_value()):
        keyboard.press("Escape")
        box = at_rest(canvas)
        stage.page.mouse.click(box["x"] + 20, box["y"] + 1.5 * 35)  # the first cell
        for key, times in (("ArrowRight", column - 1), ("ArrowDown", row - 1)):
            for _ in range(times):
                keyboard.press(key)
        keyboard.press("Enter")
        stage.page.wait_for_timeout(300)
    sent = len(stage.sent)
    editor.fill(text)
    editor.press("Enter")
    while len(stage.sent) == sent:  # the grid waits for more to be typed
        stage.page.wait_for_timeout(50)


def test_a_large_file_is_given_up_and_leaves_what_was_there(open_page, tmp_path):
    stage = open_page("?data=upload")
    stage.answered(lambda: upload(stage, "good.csv", CSV))
    traces = stage.traces()
    slow = b'"1,234.5","2,345.6"\n'  # thousands in quotes: seconds, on any machine
    large = tmp_path / "large.csv"
    large.write_bytes(gzip.compress(b"a,b\n" + slow * 8_000_000, 1))  # is read when it is whole
    stage.page.locator("input[type=file]").set_input_files(large)
    expect(stage.sidebar.get_by_text("Reading “large.csv”")).to_be_visible()
    stage.next.click()  # all else goes on
    stage.shows_step(1)
    stage.back.click()
    stage.sidebar.get_by_role("button", name="Cancel reading").click()
    expect(stage.sidebar.get_by_text("Reading “large.csv”")).to_have_count(0)
    expect(stage.sidebar.get_by_role("combobox", name="Target y")).to_have_value("price")
    assert stage.traces() == traces


def test_a_large_file_is_read_while_it_comes_in(open_page, tmp_path):
    stage, large = open_page("?data=upload"), tmp_path / "large.csv"
    rows = "".join(f"{k % 1000},{k % 1000 * 2}.5\n" for k in range(1_000_000))
    large.write_text("size,price\n" + rows)
    stage.answered(lambda: stage.page.locator("input[type=file]").set_input_files(large))
    expect(stage.panel("data").locator(".xtitle")).to_have_text("size")
    expect(stage.sidebar.get_by_text("The columns below are those")).to_have_count(0)
    stage.sidebar.get_by_role("link", name=re.compile("see Data")).click()
    expect(metric(stage, "Rows used")).to_have_text("1,000,000")


def test_a_large_file_that_is_refused_says_so_until_other_data_come(open_page, tmp_path):
    stage, large = open_page("?data=upload"), tmp_path / "words.csv"
    large.write_bytes(b"a,b\n" + b"x,y\n" * 2_500_000)
    stage.page.locator("input[type=file]").set_input_files(large)
    expect(stage.warnings).to_contain_text("No column holds only numbers")
    stage.answered(lambda: stage.sidebar.get_by_text("Intercept θ0").click())
    expect(stage.warnings).to_contain_text("No column holds only numbers")
    stage.answered(lambda: upload(stage, "good.csv", CSV))
    expect(stage.warnings).to_have_count(0)


def test_a_table_of_a_date_and_a_number_is_repaired_and_trained_on(open_page):
    stage = open_page("?data=upload")
    before = stage.traces()
    content = b"date,price\n2024-01-01,10\n2024-01-03,12\n2024-01-04,17\n2024-01-09,19\n"
    upload(stage, "days.csv", content)
    expect(stage.warnings.first).to_contain_text("Only “price” holds numbers")
    assert stage.traces() == before
    to_data(stage)
    stage.page.get_by_role("button", name="Count days since the first").click()
    expect(stage.page.get_by_role("heading", name="What was done")).to_be_visible()
    to_stage(stage)
    assert stage.drawn("data")[1] == {"x": [0, 2, 3, 8], "y": [10, 12, 17, 19]}


@pytest.mark.parametrize("width", [1440, 1920, 390])
def test_long_units_stay_within_the_stage_and_whole(open_page, width):
    address = "?data=tips&y=tip&x=total_bill&x=size&unit=tip=mpg%20per%201000%20lb"
    stage = open_page(f"{address}&unit=total_bill=R%26D", width=width)
    right = stage.root.bounding_box()["x"] + stage.root.bounding_box()["width"]
    for name in (".lr-measures", ".lr-update"):
        box = stage.root.locator(name).bounding_box()
        assert box["x"] + box["width"] <= right + 0.5
    expect(stage.root.locator(".lr-measures caption")).to_contain_text(
        "TSSE and MSE in (mpg per 1000 lb)²"
    )
    expect(stage.panel("bowl").locator(".lr-axes-units")).to_have_text(
        "θ0 in mpg per 1000 lb, θ1 in (mpg per 1000 lb) per R&D"
    )


def test_a_title_that_is_cut_says_the_whole_of_itself(open_page):
    long = "mean pickup time per passenger and kilometre of the way in all of the last ten years"
    stage = open_page("?data=upload", width=390, height=844)
    rows = f"{long},y\n1,2\n2,5\n3,4\n".encode()
    stage.answered(lambda: upload(stage, "long.csv", rows))
    shown = stage.panel("data").locator(".xtitle")
    expect(shown).to_contain_text("…")
    expect(stage.panel("data").locator(".g-xtitle > title")).to_have_text(long)
    shown.hover()  # nothing lies over it
    expect(stage.panel("data").locator(".g-ytitle > title")).to_have_count(0)


def test_the_heads_of_the_rows_are_whole_and_say_their_units(open_page):
    address = "gradient?data=tips&y=tip&x=total_bill&unit=total_bill=thousand%20dollars"
    stage = open_page(address)
    heads = stage.root.locator(".lr-rows thead th")
    expect(heads.nth(1)).to_have_text("total_bill (thousand dollars)")
    expect(heads.nth(3)).to_have_text("ỹ (US dollars)")
    expect(heads.nth(4)).to_have_text("y − ỹ (US dollars)")
    expect(heads.last).to_have_text("arrow, θ1 (US dollars · thousand dollars)")
    assert heads.evaluate_all("(all) => all.every((th) => th.scrollWidth <= th.clientWidth)")
