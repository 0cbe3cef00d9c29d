import assert from "node:assert/strict";
import { test } from "node:test";
import { extent, padded, spot, towards, within, withStart } from "#frontend/drawing/flat_panel.js";
import { fixture } from "../helpers/fixtures.js";
import { close, stateOf } from "../helpers/state.js";

test("the extent of numbers skips those that are none", () => {
  assert.deepEqual(extent([3, -1, NaN, 2]), [-1, 3]);
});

test("a range gets room around it, also one of no length", () => {
  close(padded(0, 10), [-0.8, 10.8]);
  assert.deepEqual(
    [padded(4, 4), padded(0, 0)],
    [
      [2, 6],
      [-1, 1],
    ],
  );
});

test("what lies far out is drawn a thousand windows away", () => {
  assert.deepEqual([within([0, 2], 1e9), within([0, 2], -1e9), within([0, 2], 5)], [2002, -2000, 5]);
});

test("a far point is drawn in the direction in which it lies", () => {
  assert.deepEqual(towards([0, 2], [0, 20], 3, 15), [3, 15]);
  const [x, y] = towards([0, 2], [0, 20], 1 + 2e8, 10 + 1e9);
  close([(y - 10) / (x - 1)], [5]);
  close([x], [2001]);
});

test("a point outside of the window is an arrow head at its edge", () => {
  assert.equal(spot([0, 2], [0, 2], 1, 2, "red", 10, "white").marker?.symbol, "circle");
  const arrow = spot([0, 2], [0, 2], 9, 1, "red", 10, "white");
  assert.equal(arrow.marker?.symbol, "arrow");
  close(arrow.x, [1.8, 1.99]);
  close(arrow.y, [1, 1]);
});

test("the window holds the model at the start where that leaves the rows readable", () => {
  const { sent } = fixture("experiments")[""];
  const state = stateOf(sent);
  const start = state.scene.predict(state.here.theta, state.scene.means);
  assert.deepEqual(withStart(state, [start + 1, start + 2]), [start, start + 2]);
  assert.deepEqual(withStart(state, [start + 100, start + 101]), [start + 100, start + 101]);
});
