import assert from "node:assert/strict";
import { test } from "node:test";
import { BOXES, CIRCLE, lit, valuesOf } from "#frontend/controls/playback/loop_boxes.js";
import { fixture } from "../../helpers/fixtures.js";
import { numbersIn, stateOf } from "../../helpers/state.js";

const experiments = fixture("experiments");
const { sent, steps } = experiments[""];

test("each box says what it has at this step", () => {
  const { payload, run } = stateOf(sent);
  for (const { t, loss, gradient } of steps) {
    const values = valuesOf(stateOf(sent, { t }));
    assert.equal(values.data, `${payload.n} rows a step`);
    assert.match(values.model, /^ỹ = .*\bx$/);
    assert.equal(numbersIn(values.loss)[0], Number(loss.toPrecision(4)));
    const rounded = (/** @type {number[]} */ list) => list.map((value) => Number(value.toPrecision(3)));
    assert.deepEqual(numbersIn(values.gradient), rounded(gradient));
    assert.deepEqual(
      numbersIn(values.update),
      rounded(gradient.map((/** @type {number} */ slope) => -run.rate * slope)),
    );
  }
});

test("vectors of more than two numbers are written by their length", () => {
  const [several] = Object.values(experiments).filter(({ sent: each }) => each.params.length > 2);
  const { gradient, update } = valuesOf(stateOf(several.sent));
  assert.match(gradient, /^‖∇‖ = [\d,.]+/);
  assert.match(update, /^‖Δθ‖ = /);
});

test("the last box says whether the loop goes on, what the last step brought, and why it ends", () => {
  const state = stateOf(sent);
  const stop = (/** @type {number} */ t, /** @type {object} */ run = {}, /** @type {object} */ more = {}) =>
    valuesOf({ ...state, ...more, t, here: state.run.at(t), run: Object.assign(Object.create(state.run), run) }).stop;
  assert.equal(stop(0), "again");
  const share = (100 * (1 - steps[1].loss / steps[0].loss)).toPrecision(3);
  assert.equal(stop(1), `again: ${Number(share)}\u00a0% better`);
  assert.equal(stop(5, { converged_at: 5 }), "converged");
  assert.match(stop(4, { converged_at: 5 }), /^again: /);
  assert.match(stop(5, { converged_at: 5, exact: false }), /^again: /);
  assert.equal(stop(state.run.last), "all steps taken");
  assert.equal(stop(state.run.last, { status: "diverged" }), "overflow");
  assert.equal(stop(0, {}, { still: true }), `up to ${state.run.steps} steps`);
});

test("a step that makes the loss larger is worse, and one that changes nothing gains nothing", () => {
  const state = stateOf(sent, { t: 1 });
  const run = (/** @type {number} */ before) =>
    Object.assign(Object.create(state.run), { at: () => ({ ...state.run.at(0), loss: before }) });
  assert.match(valuesOf({ ...state, run: run(state.here.loss / 2) }).stop, /^again: 100\u00a0% worse$/);
  assert.equal(valuesOf({ ...state, run: run(state.here.loss) }).stop, "again: no visible gain");
});

test("while playing slowly the boxes of the circle light one after another, and fast none", () => {
  const at = (/** @type {number | null} */ moment) => lit({ phase: undefined, playing: true, moment });
  assert.deepEqual([0, 0.25, 0.5, 0.75, 1].map(at), [...CIRCLE, "update"]);
  assert.equal(at(null), null);
  assert.deepEqual(BOXES, ["data", ...CIRCLE, "stop"]);
});

test("in slow motion the box of the phase is lit", () => {
  const names = [0, 1, 2, 3, 4, 5].map((phase) => lit({ phase, playing: false, moment: null }));
  assert.deepEqual(names, ["gradient", "update", "update", "update", "model", "loss"]);
  assert.equal(lit({ phase: undefined, playing: false, moment: null }), null);
});
