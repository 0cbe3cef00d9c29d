import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { reachOf, WeightsControl } from "#frontend/controls/parameters/weights.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { stateOf } from "../../helpers/state.js";

installDocument();
const experiments = Object.entries(fixture("experiments"));

/**
 * @param {string} address
 * @param {Record<string, any>} [more]
 */
function controlOf(address, more = {}) {
  const state = stateOf(fixture("experiments")[address].sent, { held: null, ...more });
  const stage = stageOf(state);
  const control = new WeightsControl(stage);
  control.set(state);
  return { control, stage, state };
}

test("a slider reaches a round number, past the start and the best fit", () => {
  for (const [address, { sent, best, steps }] of experiments)
    for (const [j, reach] of reachOf(stateOf(sent)).entries()) {
      assert.match(reach.toExponential(), /^[125]e/, address);
      assert.ok(reach >= 1.1 * Math.abs(best[j]) * 0.999999 && reach >= 1.1 * Math.abs(steps[0].theta[j]) * 0.999999);
    }
});

test("each parameter has a slider and a box that show it", () => {
  const { control, state } = controlOf("?data=plane");
  assert.equal(control.rows.length, 3);
  for (const [j, { range, box }] of control.rows.entries()) {
    assert.equal(Number(range.value), state.here.theta[j]);
    assert.equal(Number(box.value), Number(state.here.theta[j].toPrecision(10)));
    assert.equal(Number(range.max), -Number(range.min));
  }
});

test("a slider previews, and a rest asks once", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const { control, stage, state } = controlOf("");
  const [, { range }] = control.rows;
  for (const value of ["1.23456789", "2.5"]) {
    range.value = value;
    range.dispatchEvent(new Event("input"));
    range.dispatchEvent(new Event("change"));
    stage.state = { ...state, held: { by: "weight" } };
    mock.timers.tick(149);
  }
  const { theta } = state.here;
  assert.deepEqual(stage.updates, [
    { start: Float64Array.of(theta[0], 1.23457), held: { by: "weight" } },
    { start: Float64Array.of(theta[0], 2.5), held: { by: "weight" } },
  ]);
  mock.timers.tick(1);
  assert.deepEqual(stage.updates.at(-1), { ask: "start", held: null });
  mock.timers.reset();
});

test("the picture of one feature follows the hand to another one", () => {
  for (const [dataView, expected] of [
    ["0", [{ dataView: "1" }]],
    ["1", []],
    ["fitted", []],
    ["plane", []],
  ]) {
    const { control, stage } = controlOf("?data=plane", { dataView });
    control.rows[2].range.dispatchEvent(new Event("pointerdown"));
    assert.deepEqual(stage.updates, expected);
    control.rows[0].range.dispatchEvent(new Event("pointerdown"));
    assert.equal(stage.updates.length, expected.length, "the intercept has no feature");
  }
});

test("a start beyond its slider lengthens it", () => {
  const { control, state } = controlOf("");
  const before = Number(control.rows[1].range.max);
  const far = Float64Array.of(0, 10 * before);
  control.set({ ...state, run: { ...state.run, at: () => ({ theta: far, loss: 0, gradient: far }) } });
  assert.ok(Number(control.rows[1].range.max) > 10 * before);
});
