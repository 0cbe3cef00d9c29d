import assert from "node:assert/strict";
import { test } from "node:test";
import { StatusControl, statusOf } from "#frontend/controls/status.js";
import { installDocument, stageOf } from "../helpers/dom.js";
import { fixture } from "../helpers/fixtures.js";
import { stateOf } from "../helpers/state.js";

installDocument();
const { sent, steps, reason } = fixture("experiments")[""];

test("the status says the step, the loss and how far it moved", () => {
  assert.match(
    statusOf(stateOf(sent)),
    /^Step 0 of 100: TSSE [\d,.]+, the start; θ0\u00a0=\u00a06, θ1\u00a0=\u00a0−2\.$/,
  );
  const percent = (100 * (1 - steps[1].loss / steps[0].loss)).toPrecision(3);
  const text = statusOf(stateOf(sent, { t: 1 }));
  assert.ok(text.includes(`down ${Number(percent)}\u00a0% from the step before`), text);
});

test("at the end of an exact run it says how the run ended", () => {
  const state = stateOf(sent);
  const at = (/** @type {any} */ run, t = 0) =>
    statusOf({ ...state, run: Object.assign(Object.create(state.run), run), t });
  assert.ok(!at({}).includes(reason));
  assert.ok(at({}, state.run.last).includes(reason));
  assert.ok(at({ converged_at: 5 }, 5).includes(reason));
  assert.ok(!at({ converged_at: 5 }, 4).includes(reason));
  assert.match(at({ status: "diverged" }), /\. Diverged: the rate .* is above the limit/);
  assert.ok(!at({ exact: false }, state.run.last).includes(reason));
});

test("a loss that does not move is practically unchanged", () => {
  const state = stateOf(sent, { t: 1 });
  assert.match(statusOf({ ...state, here: state.run.at(0) }), /practically unchanged/);
});

test("the sentence is spoken, not drawn at every picture", () => {
  const state = stateOf(sent);
  const status = new StatusControl(stageOf(state));
  status.show(state);
  assert.equal(status.element.textContent, "");
  status.speak(state);
  assert.equal(status.element.textContent, statusOf(state));
});
