"""Every view is a link."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import running_server
from tests.browser.stage import core, same_picture

pytestmark = pytest.mark.browser

EVERYTHING = (
    "?data=plane&noise=2&seed=5&loss=mse&steps=300&rate=0.05&start=1,2,3"
    "&step=17&log=1&axes=2,1&show=1"
)


def test_each_control_changes_the_address(open_page):
    stage = open_page()
    assert stage.query() == ""
    side = stage.sidebar
    noise = side.get_by_role("spinbutton", name="Noise σ")
    noise.fill("3")
    stage.answered(lambda: noise.press("Enter"))
    stage.address_has("noise=3")
    steps = side.get_by_role("spinbutton", name="Steps")
    steps.fill("250")
    stage.answered(lambda: steps.press("Enter"))
    stage.address_has("noise=3", "steps=250")
    stage.answered(lambda: side.get_by_text("Intercept θ0").click())
    stage.address_has("intercept=0")
    stage.answered(lambda: side.get_by_text("Intercept θ0").click())
    stage.answered(lambda: stage.type_rate(0.001))
    stage.address_has("rate=0.001", without=["intercept"])
    stage.page.locator("h1").click()
    stage.page.keyboard.press("ArrowRight")
    stage.address_has("step=1")
    stage.answered(lambda: side.get_by_role("radio", name="½MSE").click())
    stage.address_has("loss=half-mse", "noise=3", "steps=250", "rate=0.001")
    stage.answered(lambda: side.get_by_role("radio", name="Real table").click())
    stage.address_has("data=tips", without=["noise", "rate", "step=1"])
    stage.answered(lambda: side.get_by_role("radio", name="Draw").click())
    stage.address_has("data=drawn")
    expect(stage.warnings).to_have_count(0)


def test_a_link_shows_the_same_to_everyone(open_page):
    stage, truth = open_page(EVERYTHING), core(EVERYTHING)
    stage.shows_step(17)
    assert stage.theta() == pytest.approx(truth.run.theta[17], rel=1e-12)
    expect(stage.root.get_by_role("checkbox", name="Log scale")).to_be_checked()
    expect(stage.select("What the data panel shows")).to_have_value("1")
    expect(stage.select("Parameter across")).to_have_value("2")
    stage.next.click()
    stage.address_has("step=18", *EVERYTHING.replace("step=17&", "").strip("?").split("&"))
    traces = stage.traces()
    stage.reload()
    stage.shows_step(18)
    same_picture(traces, stage.traces(), 0)
    other = open_page(f"?{stage.query()}", scheme="dark")  # another browser context
    other.shows_step(18)
    same_picture(traces, other.traces(), 0)


def test_drawn_points_are_in_the_link(open_page):
    address = "?data=drawn&points=0,0+2,4+4,1&step=3"
    stage = open_page(address)
    stage.answered(lambda: stage.click("data", -3, -5))
    stage.address_has("points=0,0+2,4+4,1+-", "step=3")
    other = open_page(f"?{stage.query()}")
    other.shows_step(3)
    same_picture(stage.traces(), other.traces(), 0)


def test_a_link_is_the_first_thing_a_new_server_is_asked(open_page, tmp_path):
    with running_server(tmp_path) as server:
        stage = open_page(EVERYTHING, server=server)
        stage.shows_step(17)
        expect(stage.warnings).to_have_count(0)
        stage.page.close()  # before its server goes


def test_what_makes_no_sense_is_named(open_page):
    wrong = {
        "noise": "999",
        "n": "2.5",
        "rate": "-1",
        "steps": "0",
        "loss": "huber",
        "intercept": "7",
        "start": "a,b",
        "step": "-2",
        "log": "5",
        "axes": "1,1",
        "show": "zz",
    }
    address = "&".join(f"{name}={value}" for name, value in wrong.items())
    stage = open_page(f"?{address}&unknown=1")
    expect(stage.warnings).to_have_count(1)
    sentences = stage.warnings.get_by_role("listitem").all_inner_texts()
    assert len(sentences) == len(wrong)
    for name, value in wrong.items():
        assert sum(f"{name} = “{value}”" in sentence for sentence in sentences) == 1
    stage.shows_step(0)
    assert stage.theta() == pytest.approx(core("").run.theta[0])


@pytest.mark.parametrize(
    ("address", "word"),
    [("?data=nowhere", "nowhere"), ("?start=1,2,3", "start"), ("?data=tips&y=wine", "wine")],
)
def test_what_fits_no_data_is_named(open_page, address, word):
    stage = open_page(address)
    expect(stage.warnings).to_have_count(1)
    expect(stage.warnings).to_contain_text(word)
    expect(stage.play).to_be_enabled()
