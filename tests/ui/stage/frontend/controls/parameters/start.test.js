import assert from "node:assert/strict";
import { test } from "node:test";
import { StartControl } from "#frontend/controls/parameters/start.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { stateOf } from "../../helpers/state.js";

installDocument();
const { sent } = fixture("experiments")[""];

/** @param {Record<string, any>} [more] */
function controlOf(more = {}) {
  const state = stateOf({ ...sent, ...more });
  const stage = stageOf(state);
  const control = new StartControl(stage);
  control.set(state);
  return { control, stage, state };
}

test("the boxes hold the start, one per parameter", () => {
  const { control, state } = controlOf();
  assert.deepEqual(
    control.inputs.map(({ value }) => Number(value)),
    Array.from(state.here.theta),
  );
  assert.deepEqual(
    control.inputs.map((input) => input.getAttribute("aria-label")),
    sent.paramNames.map((/** @type {string} */ name) => `Start of ${name}`),
  );
});

test("a typed start is asked for whole", () => {
  const { control, stage } = controlOf();
  control.inputs[1].value = "0.25";
  control.inputs[1].dispatchEvent(new Event("change"));
  assert.deepEqual(stage.updates, [{ start: Float64Array.of(Number(control.inputs[0].value), 0.25), ask: "start" }]);
});

test("an emptied box gets back what was in it", () => {
  const { control, stage, state } = controlOf();
  control.inputs[0].value = "";
  control.inputs[0].dispatchEvent(new Event("change"));
  assert.equal(Number(control.inputs[0].value), state.here.theta[0]);
  assert.deepEqual(stage.updates, []);
});

test("a random start is sent as its seed, the last one at first", () => {
  const { control, stage } = controlOf({ seed: 7 });
  control.part("button").dispatchEvent(new Event("click"));
  control.seed.value = "12";
  control.seed.dispatchEvent(new Event("change"));
  control.seed.value = "";
  control.seed.dispatchEvent(new Event("change"));
  assert.deepEqual(stage.sent, [{ random: 7 }, { random: 12 }]);
  assert.equal(control.seed.value, "7");
});
