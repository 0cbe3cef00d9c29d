"""The number boxes of the stage: a number that cannot be taken is refused with a sentence.

Every bound, and how long a refused number stays, is tested in frontend/input/number_box.test.js.
"""

import pytest
from playwright.sync_api import expect

from linreg.experiment.url import MAX_CHOSEN_NUMBER, MAX_SEED
from linreg.text.numbers import number

pytestmark = pytest.mark.browser
LIMIT = number(MAX_CHOSEN_NUMBER)
FAR = f"A parameter lies between −{LIMIT} and {LIMIT}; farther out the loss does not fit a float."
RATE = f"A learning rate lies above 0 and is at most {LIMIT}."
SEED = f"A seed is a whole number from 0 to {MAX_SEED:,}."


def why(box):
    return box.evaluate("(box) => box.validationMessage")


@pytest.mark.parametrize(
    ("page", "boxes"),
    [
        (
            "",
            [
                ("Start of θ1, x", "1e101", FAR, "0.25"),
                ("Learning rate as a number", "-1", RATE, "0.001"),
                ("Seed of the random start", "1.5", SEED, "12"),
            ],
        ),
        ("model", [("θ0, intercept as a number", "-1e200", FAR, "3")]),
    ],
)
def test_a_number_out_of_bounds_is_refused_and_the_next_one_taken(open_page, page, boxes):
    stage = open_page(page)
    for name, typed, words, good in boxes:
        box, shown = stage.root.get_by_role("spinbutton", name=name, exact=True), stage.revision()
        box.fill(typed)
        box.press("Enter")
        assert why(box) == words
        assert stage.revision() == shown
        box.fill(good)
        assert why(box) == ""
        stage.answered(lambda box=box: box.press("Enter"))
        stage.address_has(good)
        expect(box).to_have_value(good)


def test_an_emptied_box_gets_back_its_number(open_page):
    stage = open_page("model")
    box = stage.root.get_by_role("spinbutton", name="θ1, x as a number", exact=True)
    before = box.input_value()
    box.fill("")
    box.press("Enter")
    expect(box).to_have_value(before)
    assert why(box) == ""
