import assert from "node:assert/strict";
import { test } from "node:test";
import { LoopControl } from "#frontend/controls/playback/loop.js";
import { valuesOf } from "#frontend/controls/playback/loop_boxes.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { stateOf } from "../../helpers/state.js";

installDocument();
const { sent } = fixture("experiments")[""];

/**
 * @param {Record<string, unknown>} [more]
 * @param {Record<string, unknown>} [layout]
 */
function loopOn(more, layout) {
  const state = stateOf(sent, more),
    stage = { ...stageOf(state), layout: { name: "loss", box: "loss", place: "2 of 8", ...layout } },
    loop = new LoopControl(stage);
  // The boxes lie beside each other, 100 pixels each, in a strip of 150.
  loop.element.getBoundingClientRect = () => /** @type {any} */ ({ left: 0, width: 150 });
  loop.boxes.forEach((each, k) => {
    each.getBoundingClientRect = () => /** @type {any} */ ({ left: 100 * k - loop.element.scrollLeft, width: 100 });
  });
  loop.element.scrollLeft = 0;
  loop.set(state);
  loop.show(state);
  return { state, stage, loop };
}

/**
 * @param {LoopControl} loop
 * @param {string} name
 * @returns {any}
 */
const box = (loop, name) => loop.element.querySelector(`[data-box="${name}"]`);

test("the boxes have their values, and the page's own is marked", () => {
  const { state, loop } = loopOn();
  for (const [name, value] of Object.entries(valuesOf(state)))
    assert.equal(box(loop, name).querySelector("span").textContent, value);
  const marked = loop.boxes.filter((each) => each.getAttribute("aria-current") === "page");
  assert.deepEqual(
    marked.map((each) => each.dataset.box),
    ["loss"],
  );
  assert.equal(loop.element.querySelector(".lr-page-place")?.textContent, "2 of 8");
  assert.equal(loop.again.textContent, `step 0 of ${state.run.last}`);
});

test("a click opens the page of a box, and none where it is open or a key is held", () => {
  const { stage, loop } = loopOn();
  const click = (/** @type {string} */ name, keys = {}) => {
    const event = Object.assign(new Event("click", { cancelable: true }), { button: 0, ...keys });
    box(loop, name).dispatchEvent(event);
    return event.defaultPrevented;
  };
  assert.ok(click("gradient"));
  assert.ok(click("loss"));
  assert.ok(!click("data", { ctrlKey: true }), "the browser opens it in a new tab");
  assert.deepEqual(stage.sent, [{ page: "gradient" }]);
  assert.match(box(loop, "gradient").href, /^gradient\?/);
});

test("the box at work is lit, and at speed the loop spins", () => {
  const slow = loopOn({ playing: true, moment: 0.6 }).loop;
  assert.ok(box(slow, "gradient").classList.contains("lr-now"));
  assert.ok(!slow.element.classList.contains("lr-spinning"));
  const fast = loopOn({ playing: true, moment: null }).loop;
  assert.ok(fast.boxes.every((each) => !each.classList.contains("lr-now")));
  assert.ok(fast.element.classList.contains("lr-spinning"));
});

test("on a page about an update that is not its own, a click opens that", () => {
  const { stage, loop } = loopOn({}, { name: "rate-four", box: "update" });
  assert.equal(box(loop, "update").getAttribute("aria-current"), "true");
  box(loop, "update").dispatchEvent(Object.assign(new Event("click", { cancelable: true }), { button: 0 }));
  assert.deepEqual(stage.sent, [{ page: "update" }]);
});

test("the strip brings the page's box into view once, then the one at work", () => {
  const { state, loop } = loopOn();
  assert.equal(loop.element.scrollLeft, 250 - 75);
  loop.element.scrollLeft = 0;
  loop.set(state);
  assert.equal(loop.element.scrollLeft, 0, "an answer of Python moves nothing");
  loop.show({ ...state, playing: true, moment: 0.6 });
  assert.equal(loop.element.scrollLeft, 350 - 75);
});
