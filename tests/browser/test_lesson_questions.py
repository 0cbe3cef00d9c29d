"""The questions of the lesson, answered wrongly and then rightly from what is on screen."""

import re

import pytest
from playwright.sync_api import expect

from linreg.training.learning_rate import rate_limits
from tests.browser.stage import core, shown

pytestmark = pytest.mark.browser


def numbers_in(text):
    return [
        shown(digits) for digits in re.findall(r"(?<![\wθ])−?\d[\d,]*(?:\.\d+)?(?:e−?\d+)?", text)
    ]


def predicted(text):
    theta = core("").run.theta[0]
    return theta[0] + theta[1] * numbers_in(text)[-1]


def doubled(text):
    residual = next(value for value in numbers_in(text) if value < 0)  # the model lies above it
    return 3 * residual**2


def added(text):
    x, *_, residual = numbers_in(text)[:3]
    return -2 * residual * x


ANSWERS = {
    "model": predicted,
    "loss": doubled,
    "gradient": added,
    "rate": lambda _: 0.75 * rate_limits(core("").problem).limit,
    "minimum": lambda _: 0.0,
}


@pytest.mark.parametrize("page", ANSWERS)
def test_a_number_is_checked_and_explained_both_ways(open_page, page):
    tab = open_page(page).page
    question = tab.locator("p").filter(has_text="Question.").first
    right = ANSWERS[page](question.inner_text().removeprefix("Question."))
    box, check = tab.get_by_label("Your answer"), tab.get_by_role("button", name="Check")
    for answer, reply in ((right + 1 + abs(right), "Not yet."), (right, "Right.")):
        box.fill(repr(float(answer)))
        box.press("Tab")
        check.click()
        alert = tab.get_by_test_id("stAlert").filter(has_text=reply)
        expect(alert).to_be_visible()
        assert len(alert.inner_text()) > len(reply) + 10  # and says why


def test_a_choice_is_checked_and_explained_both_ways(open_page):
    tab = open_page("flow").page
    for option, reply in (("optimiser.step()", "Not yet."), ("loss.backward()", "Right.")):
        tab.get_by_test_id("stRadio").get_by_text(option).click()
        tab.get_by_role("button", name="Check").click()
        alert = tab.get_by_test_id("stAlert").filter(has_text=reply)
        expect(alert).to_be_visible()
        assert len(alert.inner_text()) > len(reply) + 10
