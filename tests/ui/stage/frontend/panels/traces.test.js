import assert from "node:assert/strict";
import { test } from "node:test";
import { arrowLine, line, NOTHING, powersOfTen, runCurve, stepAxis, symbols } from "#frontend/panels/traces.js";
import { fixture } from "../helpers/fixtures.js";
import { pointsIn } from "../helpers/panels.js";
import { stateOf } from "../helpers/state.js";

const colours = { path: "brown", optimum: "green", model: "blue" };

/**
 * The curve of the losses of a run at step t.
 * @param {any} state
 */
const curveOf = ({ run, t, here }) =>
  runCurve({
    run,
    t,
    values: Array.from(run.loss),
    now: here.loss,
    level: 3,
    xRange: [-1, 9],
    ends: [0, 100],
    colours,
  });

test("the curve of a run is drawn whole, and once more up to this step", () => {
  const state = stateOf(fixture("experiments")[""].sent, { t: 7 });
  const [whole, done, level, upright, now] = curveOf(state);
  assert.deepEqual(pointsIn(whole).at(-1), [state.run.last, state.run.loss.at(-1)]);
  assert.deepEqual(pointsIn(done), pointsIn(whole).slice(0, 8));
  assert.deepEqual(pointsIn(level), [
    [-1, 3],
    [9, 3],
  ]);
  assert.deepEqual(pointsIn(upright), [
    [7, 0],
    [7, 100],
  ]);
  assert.deepEqual(pointsIn(now), [[7, state.here.loss]]);
});

test("each part of a curve is drawn again when it changes, and no more often", () => {
  const moves = curveOf(stateOf(fixture("experiments")[""].sent)).map((trace) => trace.moves);
  assert.deepEqual(moves, ["run", "step", "never", "step", "step"]);
});

test("between two steps that were sent the curve ends at the one before, and the dot is exact", () => {
  const { sent, between } = fixture("runs");
  const { t, loss } = between.find((/** @type {any} */ { t }) => t === 33_333);
  const [, done, , , now] = curveOf(stateOf(sent, { t }));
  const [last] = pointsIn(done).slice(-1);
  assert.ok(last[0] < t && last[0] > 33_000, String(last[0]));
  const [[step, height]] = pointsIn(now);
  assert.equal(step, t);
  assert.ok(Math.abs(height - loss) < 1e-9 * loss);
});

test("an arrow has its head at its second end, as wide as it is asked for", () => {
  const ends = { x: [0, 1], y: [0, 2] };
  const arrow = arrowLine(ends, "red", 3, { dash: "dot", head: 20 });
  assert.deepEqual([arrow.mode, arrow.x, arrow.y], ["lines+markers", ends.x, ends.y]);
  assert.deepEqual(arrow.line, { color: "red", width: 3, dash: "dot" });
  const { symbol, angleref, size } = arrow.marker ?? {};
  assert.deepEqual([symbol, angleref, size], ["arrow", "previous", [0, 20]]);
});

test("an empty line is nobody's to fill", () => {
  assert.throws(() => Object.assign(NOTHING, { x: [1] }), TypeError);
  assert.deepEqual(pointsIn(line(NOTHING, "step", "red", 1)), []);
  assert.deepEqual(pointsIn(symbols(NOTHING, "step", { symbol: "circle", color: "red", size: 3 })), []);
});

test("few steps have a tick each", () => {
  assert.equal(stepAxis([0, 7], 7).dtick, 1);
  assert.equal(stepAxis([0, 8], 8).dtick, undefined);
});

test("the ends of a logarithmic axis as values", () => {
  assert.deepEqual(powersOfTen([-2, 3]), [0.01, 1000]);
});
