import assert from "node:assert/strict";
import { test } from "node:test";
import { MODEL, PHASES } from "#frontend/math/phases.js";
import { SlowMotionDataPanel } from "#frontend/panels/lesson/slow_motion/data.js";
import { installDocument } from "../../../helpers/dom.js";
import { fixture } from "../../../helpers/fixtures.js";
import { drawn, legendOf, pointsIn } from "../../../helpers/panels.js";
import { close, stateOf } from "../../../helpers/state.js";

installDocument();
const { sent, steps } = fixture("experiments")[""];
const { theta, next, t } = steps[1];

/**
 * Intercept and slope of the line that a trace draws.
 * @param {any} trace
 */
function lineOf(trace) {
  const [[x0, y0], [x1, y1]] = pointsIn(trace);
  const slope = (y1 - y0) / (x1 - x0);
  return [y0 - slope * x0, slope];
}

/** @param {any} state */
const modelIn = (state) =>
  drawn(SlowMotionDataPanel, state).plot.picture.find(
    (/** @type {any} */ { line }) => line?.color === state.colours.model && line.width === 3.5,
  );

test("the model is that of θ until the phase of the new model, and the next one from there on", () => {
  for (const phase of PHASES.keys()) {
    const state = stateOf(sent, { t, phase });
    close(lineOf(modelIn(state)), phase < MODEL ? theta : next, { relative: 1e-6, about: PHASES[phase] });
  }
});

test("beside the new model stands the one before", () => {
  for (const phase of PHASES.keys()) {
    const before = drawn(SlowMotionDataPanel, stateOf(sent, { t, phase })).plot.picture.at(-1);
    if (phase < MODEL) assert.deepEqual(pointsIn(before), []);
    else close(lineOf(before), theta, { relative: 1e-6 });
  }
});

test("the words follow the phase", () => {
  const before = stateOf(sent, { t, phase: MODEL - 1 });
  const after = { ...before, phase: MODEL };
  const panel = drawn(SlowMotionDataPanel, before);
  assert.match(panel.label(before), new RegExp(`^Data: .* the model at step ${t}, `));
  assert.match(panel.label(after), new RegExp(`^After this step: Data: .* at step ${t + 1}, `));
});

test("observed against fitted the rows move, and no model stands before", () => {
  const five = fixture("experiments")["?data=five"];
  const { next } = five.steps[1];
  const state = stateOf(five.sent, { t, phase: MODEL });
  const panel = drawn(SlowMotionDataPanel, state);
  const fitted = five.X.map((/** @type {number[]} */ row) => row.reduce((sum, x, j) => sum + x * next[j], 0));
  close(panel.plot.picture[1].x, fitted, { relative: 1e-6, absolute: 1e-6 });
  assert.deepEqual(pointsIn(panel.plot.picture.at(-1)), []);
  assert.ok(!legendOf(panel).includes("model before"));
  assert.ok(legendOf(drawn(SlowMotionDataPanel, stateOf(sent, { t, phase: MODEL }))).includes("model before"));
});
