import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fittedRange,
  heldReach,
  reachOfSquares,
  wayAcross,
  withRoomToDraw,
  withStart,
} from "#frontend/math/geometry/data_window.js";
import { extent } from "#frontend/math/geometry/ranges.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, stateOf } from "../../helpers/state.js";

const state = stateOf(fixture("experiments")[""].sent);

test("the window holds the model at the start where that leaves the rows readable", () => {
  const start = state.payload.predict(state.here.theta, state.payload.means);
  assert.deepEqual(withStart(state, [start + 1, start + 2]), [start, start + 2]);
  assert.deepEqual(withStart(state, [start + 100, start + 101]), [start + 100, start + 101]);
});

test("fitted values of a far start do not push the rows together", () => {
  const observed = extent(state.payload.y);
  const length = observed[1] - observed[0];
  const far = { ...state, run: { at: () => ({ theta: [1e6, 1e6] }) } };
  const [low, high] = fittedRange(far, observed);
  assert.ok(low < observed[0] && high > observed[1]);
  assert.ok(high - low < 4 * length);
});

test("there is room to draw rows in, and for those that lie farther out", () => {
  assert.deepEqual(withRoomToDraw({ xRange: [0, 1], yRange: [-30, 2] }), { xRange: [-5, 5], yRange: [-30, 10] });
});

test("a square lies on the side that the model does not cross", () => {
  assert.deepEqual([wayAcross(2, 1), wayAcross(-2, 1), wayAcross(2, -1), wayAcross(-2, -1)], [-2, 2, 2, -2]);
  assert.equal(wayAcross(2, 0), -2); // above a level line: to the left
});

test("the reach holds every square of a model near the rows, and none of a model far from them", () => {
  const x = [0, 1, 2];
  const y = [0, 3, 2];
  close(reachOfSquares({ x, y, fitted: [1, 1, 1], slope: 1, yRange: [-1, 4] }), [-1.06, 1.06]);
  close(reachOfSquares({ x, y, fitted: [99, 99, 99], slope: 1, yRange: [-1, 4] }), [-0.06, 2.06]);
});

test("the reach changes when the window would be half as long again", () => {
  assert.deepEqual(heldReach(null, [0, 4], [0, 2]), [0, 4]);
  assert.deepEqual(heldReach([0, 4], [0, 5], [0, 2]), [0, 4]);
  assert.deepEqual(heldReach([0, 4], [0, 7], [0, 2]), [0, 7]);
  assert.deepEqual(heldReach([0, 4], [0, 2.5], [0, 2]), [0, 2.5]);
});
