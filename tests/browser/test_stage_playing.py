"""Play, step and jump: everything on the stage shows the same step."""

import pytest
from playwright.sync_api import expect

from tests.browser.stage import core

pytestmark = pytest.mark.browser


def test_the_first_screen_works_at_once(open_page):
    stage = open_page()
    expect(stage.play).to_be_enabled()
    expect(stage.status).to_contain_text("Step 0 of 100: TSSE")
    expect(stage.root.get_by_role("alert")).to_have_count(0)
    expect(stage.warnings).to_have_count(0)
    rows, model = stage.drawn("data")[1], stage.drawn("data")[3]
    assert len(rows["x"]) == core("").problem.n
    assert len(model["x"]) == 2
    assert all(len(paths) >= 3 for paths in stage.picture().values())
    stage.page.wait_for_selector("[data-panel=bowl] canvas")


def test_play_moves_and_pause_stops(open_page):
    stage = open_page()
    start = stage.picture()
    stage.play.click()
    stage.page.wait_for_function("() => document.querySelector('.lr-scrub input').value >= 5")
    stage.pause.click()
    expect(stage.play).to_be_visible()
    at = stage.step()
    stage.shows_step(at)
    assert stage.picture() != start
    assert stage.step() == at
    stage.reset.click()
    stage.shows_step(0)
    assert stage.picture() == start


def test_buttons_keys_scrubber_and_loss_curve_reach_the_same_steps(open_page):
    stage = open_page()
    page, pictures = stage.page, {0: stage.picture()}
    stage.next.click()
    stage.shows_step(1)
    pictures[1] = stage.picture()
    stage.next.click()
    stage.shows_step(2)
    pictures[2] = stage.picture()
    # Line, loss dot and plane dot all moved.
    for panel in ("data", "loss", "plane"):
        assert pictures[0][panel] != pictures[1][panel] != pictures[2][panel]

    stage.back.click()
    stage.shows_step(1)
    assert stage.picture() == pictures[1]
    page.mouse.click(5, 5)  # leave the button
    page.locator("h1").click()
    for key, step in [
        ("End", 100),
        ("Home", 0),
        ("ArrowRight", 1),
        ("PageDown", 2),
        ("PageUp", 1),
        ("ArrowLeft", 0),
        ("PageDown", 1),
    ]:
        page.keyboard.press(key)
        stage.shows_step(step)
        if step in pictures:
            assert stage.picture() == pictures[step], key
    page.keyboard.press("Space")
    expect(stage.pause).to_be_visible()
    page.keyboard.press("Space")
    expect(stage.play).to_be_visible()

    stage.scrubber.fill("2")
    stage.shows_step(2)
    assert stage.picture() == pictures[2]
    stage.click("loss", 60, 500)
    stage.shows_step(60)
    stage.click("loss", 1, 1000)
    stage.shows_step(1)
    assert stage.picture() == pictures[1]


def test_playing_pauses_where_it_converged_and_says_so(open_page):
    stage = open_page("?steps=400")
    converged = core("?steps=400").run.converged_at
    stage.select("Speed in steps per second").select_option("300")
    stage.play.click()
    expect(stage.scrubber).to_have_attribute("aria-valuetext", f"step {converged} of 400")
    expect(stage.play).to_be_visible()
    expect(stage.status).to_contain_text("Converged")
    stage.play.click()  # and goes on when asked
    stage.shows_step(400)


def test_reduced_motion_plays_slowly(open_page):
    speed = "Speed in steps per second"
    expect(open_page(reduced_motion="reduce").select(speed)).to_have_value("2")
    expect(open_page().select(speed)).to_have_value("20")


def test_the_loss_switch_and_the_log_scale(open_page):
    stage = open_page()
    for loss, name in [("mse", "MSE"), ("half-mse", "½MSE"), ("tsse", "TSSE")]:
        switch = stage.sidebar.get_by_role("radio", name=name, exact=True)
        stage.answered(switch.click)
        run = core(f"?loss={loss}").run
        expect(stage.status).to_contain_text(f": {name} ")
        assert float(stage.measure("loss")[1]) == pytest.approx(run.loss[0], rel=1e-12)
    before = stage.window("loss")[1]
    stage.root.get_by_role("checkbox", name="Log scale").check()
    stage.address_has("log=1")
    low, high = stage.window("loss")[1]
    assert 10**low <= run.loss.min() <= run.loss.max() <= 10**high
    assert [low, high] != before


def test_the_camera_of_the_bowl_stays(open_page):
    stage = open_page()
    stage.wait_for_bowl()
    stage.panel("bowl").scroll_into_view_if_needed()
    box = stage.panel("bowl").locator("canvas").first.bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    untouched = stage.camera()
    stage.page.mouse.move(*middle)
    stage.page.mouse.down()
    stage.page.mouse.move(middle[0] + 80, middle[1], steps=4)
    stage.page.mouse.up()
    turned = stage.camera()
    assert turned != untouched
    stage.next.click()
    stage.answered(lambda: stage.type_rate(0.001))
    stage.wait_for_bowl()
    assert stage.camera() == pytest.approx(turned)


@pytest.mark.parametrize("control", ["rate", "scrubber", "log", "speed"])
def test_a_clicker_turns_the_steps_whatever_was_touched_last(open_page, control):
    stage = open_page("?step=3")
    touched = {
        "rate": stage.rate,
        "scrubber": stage.scrubber,
        "log": stage.root.get_by_label("Log scale"),
        "speed": stage.select("Speed in steps per second"),
    }[control]
    touched.focus()
    stage.page.keyboard.press("PageDown")
    stage.shows_step(4)
    stage.page.keyboard.press("PageUp")
    stage.shows_step(3)
    if control in ("rate", "scrubber"):
        stage.page.keyboard.press("Space")
        expect(stage.pause).to_be_visible()
