import assert from "node:assert/strict";
import { test } from "node:test";
import {
  distanceOut,
  extent,
  padded,
  roundedDown,
  samples,
  stretched,
  towards,
  union,
  within,
} from "#frontend/math/geometry/ranges.js";
import { close } from "../../helpers/state.js";

test("the extent of numbers skips those that are none", () => {
  assert.deepEqual(extent([3, -1, NaN, 2]), [-1, 3]);
  assert.deepEqual(union([0, 2], [-1, 1], [1, 5]), [-1, 5]);
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

test("a stretched range keeps its middle", () => {
  close(stretched([1, 3], 4), [-2, 6]);
  close(stretched([-7, 1], 0.5), [-5, -1]);
});

test("samples run from end to end at equal distances", () => {
  close(samples([-1, 1], 5), [-1, -0.5, 0, 0.5, 1]);
  assert.equal(samples([0, 1]).length, 101);
});

test("what lies far out is drawn a thousand windows away", () => {
  assert.deepEqual([within([0, 2], 1e9), within([0, 2], -1e9), within([0, 2], 5)], [2002, -2000, 5]);
});

test("the edge of the window is half a window from its middle", () => {
  close([distanceOut([0, 2], [0, 20], 2, 10), distanceOut([0, 2], [0, 20], 1, -10)], [0.5, 1]);
});

test("a far point is drawn in the direction in which it lies", () => {
  assert.deepEqual(towards([0, 2], [0, 20], 3, 15), [3, 15]);
  const [x, y] = towards([0, 2], [0, 20], 1 + 2e8, 10 + 1e9);
  close([(y - 10) / (x - 1)], [5]);
  close([x], [2001]);
  close(towards([0, 2], [0, 20], 101, 10, 0.4), [1.8, 10]);
});

test("a factor is rounded down to 1, 2 or 5 times a power of ten", () => {
  close([0.199, 0.2, 4.9, 50, 99, 1.2e-7].map(roundedDown), [0.1, 0.2, 2, 50, 50, 1e-7]);
  for (let exponent = -300; exponent < 300; exponent++) close([roundedDown(10 ** exponent)], [10 ** exponent]);
});
