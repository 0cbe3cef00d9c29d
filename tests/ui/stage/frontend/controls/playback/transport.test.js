import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { TransportControl } from "#frontend/controls/playback/transport.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { stateOf } from "../../helpers/state.js";

installDocument();
const { sent } = fixture("experiments")[""];
/** @type {any} */
let stage;
/** @type {TransportControl} */
let transport;
let before = new AbortController();

beforeEach(() => {
  stage = stageOf({ ...stateOf(sent), step: 3, last: 100, playing: false, speed: 20 });
  before.abort(); // its keys belong to the next one now
  before = new AbortController();
  transport = new TransportControl(stage, before.signal);
  transport.show(stage.state);
});

const press = (/** @type {any} */ button) => button.dispatchEvent(new Event("click"));

/**
 * Presses a key with the focus on an element.
 * @param {string} name
 * @param {any} [target]
 */
function key(name, target) {
  const event = Object.assign(new Event("keydown", { cancelable: true }), { key: name });
  if (target) event.composedPath = () => [target];
  document.dispatchEvent(event);
  return event.defaultPrevented;
}

test("the buttons turn the steps and stop playing", () => {
  press(transport.next);
  press(transport.back);
  press(transport.reset);
  transport.scrub.value = "60";
  transport.scrub.dispatchEvent(new Event("input"));
  assert.deepEqual(
    stage.updates,
    [4, 2, 0, 60].map((step) => ({ step, playing: false })),
  );
});

test("play goes on from here, or from the start at the end, and pause stops", () => {
  press(transport.play);
  stage.state = { ...stage.state, step: 100 };
  press(transport.play);
  stage.state = { ...stage.state, playing: true };
  press(transport.play);
  assert.deepEqual(stage.updates, [{ playing: true, step: 3 }, { playing: true, step: 0 }, { playing: false }]);
  transport.show(stage.state);
  assert.equal(transport.play.textContent, "Pause");
});

test("what is shown is said, and what would lead nowhere is disabled", () => {
  assert.equal(transport.scrub.getAttribute("aria-valuetext"), "step 3 of 100");
  assert.equal(transport.readout.textContent, "step 3 of 100");
  assert.ok(!transport.back.disabled && !transport.next.disabled);
  transport.show({ ...stage.state, step: 0 });
  assert.ok(transport.back.disabled && transport.reset.disabled);
  transport.show({ ...stage.state, step: 100 });
  assert.ok(transport.next.disabled);
});

test("keys turn the steps from anywhere on the page", () => {
  for (const [name, step] of /** @type {[string, number][]} */ ([
    ["ArrowRight", 4],
    ["PageDown", 4],
    ["ArrowLeft", 2],
    ["PageUp", 2],
    ["Home", -Infinity],
    ["End", Infinity],
  ])) {
    assert.ok(key(name), name);
    assert.deepEqual(stage.updates.pop(), { step, playing: false });
  }
  assert.ok(key(" "));
  assert.deepEqual(stage.updates.pop(), { playing: true, step: 3 });
  assert.ok(!key("x") && stage.updates.length === 0);
});

test("a control keeps its own keys, but for a clicker's page keys and space on a slider", () => {
  stage.root.append(transport.element);
  const outside = document.createElement("input"),
    tabs = document.createElement("div");
  tabs.setAttribute("role", "tablist");
  for (const name of ["ArrowRight", "Home", " ", "PageDown"]) assert.ok(!key(name, outside), name);
  assert.ok(!key("ArrowRight", tabs) && key("PageDown", tabs));
  transport.scrub.type = "range";
  transport.scrub.setAttribute("type", "range");
  assert.ok(!key("ArrowRight", transport.scrub));
  assert.ok(key("PageUp", transport.scrub) && key(" ", transport.scrub));
  assert.ok(!key(" ", transport.select) && key("PageUp", transport.select));
  assert.ok(!key(" ", transport.next), "space presses a button");
});

test("a key with a modifier, or one that another control took, is left alone", () => {
  for (const modifier of ["ctrlKey", "metaKey", "altKey"]) {
    document.dispatchEvent(Object.assign(new Event("keydown"), { key: "ArrowRight", [modifier]: true }));
  }
  const taken = Object.assign(new Event("keydown", { cancelable: true }), { key: "ArrowRight" });
  taken.preventDefault();
  document.dispatchEvent(taken);
  assert.deepEqual(stage.updates, []);
});
