"""The loop of training above every stage: its boxes lead to their pages, and light as it runs."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def box(stage, name):
    return stage.page.locator(f'.lr-loop [data-box="{name}"]')


def opened(stage, name):
    """Wait until a page is there, opened without loading the app again."""
    stage.page.wait_for_selector(f".lr-stage.lr-on-{name}[data-settled]")
    assert stage.page.evaluate("window.stays")
    assert stage.page.evaluate("location.pathname").endswith(f"/{name}")
    expect(box(stage, name)).to_have_attribute("aria-current", "page")


def test_a_box_opens_its_page_and_the_run_goes_along(open_page):
    stage = open_page("?rate=0.002&step=12")
    stage.page.evaluate("window.stays = true")
    for name in ("gradient", "update", "model", "stop"):
        box(stage, name).click()
        opened(stage, name)
        stage.address_has("rate=0.002")
    expect(stage.page.locator(".lr-page-place")).to_have_text("6 of 8")
    assert stage.step() == 12


def test_the_boxes_light_in_turn_at_a_step_a_second(open_page):
    stage = open_page("")
    stage.page.locator(".lr-speed").select_option("1")
    stage.page.evaluate(
        """() => {
            window.lit = [];
            const note = () => {
                const now = document.querySelector(".lr-loop .lr-now")?.dataset.box ?? null;
                if (now && now !== window.lit.at(-1)) window.lit.push(now);
                requestAnimationFrame(note);
            };
            note();
        }"""
    )
    stage.play.click()
    stage.page.wait_for_function("window.lit.length >= 6", timeout=10_000)
    assert stage.page.evaluate("window.lit.slice(0, 6)") == [
        *("model", "loss", "gradient", "update"),
        *("model", "loss"),
    ]
    stage.page.locator(".lr-speed").select_option("20")
    expect(stage.page.locator(".lr-loop")).to_have_class("lr-loop lr-spinning")


@pytest.mark.parametrize("page", ["", "model", "gradient", "rate", "stop"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1280, 720), (1024, 768)])
def test_nothing_in_a_box_is_cut(open_page, page, width, height):
    stage = open_page(page, width=width, height=height)
    cut = stage.page.evaluate(
        """() => [...document.querySelectorAll(".lr-loop :is(b, a span)")]
            .filter((part) => part.scrollWidth > part.clientWidth + 1)
            .map((part) => part.textContent)"""
    )
    assert cut == []


def test_on_a_phone_the_box_of_the_page_is_in_view(open_page):
    stage = open_page("stop", width=390, height=844)
    left, right = stage.page.evaluate(
        """() => {
            const { left, right } = document.querySelector(".lr-loop [aria-current]")
                .getBoundingClientRect();
            return [left, right];
        }"""
    )
    assert 0 <= left < right <= 390


def test_an_answer_leaves_a_phone_where_it_was_scrolled(open_page):
    """What a hand holds stays under it, though the strip has its box to show."""
    stage = open_page("stop", width=390, height=844)
    stage.page.locator("[data-testid=stMain]").evaluate("(main) => main.scrollBy(0, 600)")
    before = stage.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")
    assert before > 300
    stage.answered(lambda: stage.rate.press("ArrowLeft"))
    assert stage.page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == before


def test_the_page_on_the_rate_leads_to_that_on_the_update(open_page):
    stage = open_page("rate")
    stage.page.evaluate("window.stays = true")
    expect(box(stage, "update")).to_have_attribute("aria-current", "true")
    box(stage, "update").click()
    opened(stage, "update")
