import assert from "node:assert/strict";
import { test } from "node:test";
import { arrowSums, barbs, distanceToSegment, nearestIndex } from "#frontend/math/geometry/arrow_chain.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, stateOf } from "../../helpers/state.js";

test("the arrows of the rows add up to the gradient, one after the other", () => {
  for (const [address, { sent, arrows }] of Object.entries(fixture("experiments"))) {
    const { payload, here, pair, bowl } = stateOf(sent);
    const sums = arrowSums(payload, here.theta, pair);
    sums.forEach((line, axis) => {
      const parts = arrows.map((/** @type {number[]} */ arrow) => arrow[pair[axis]]);
      const size = Math.hypot(...parts);
      close(
        line.slice(1).map((sum, i) => sum - line[i]),
        parts,
        { relative: 1e-6, absolute: 1e-9 * size, about: address },
      );
      close([line[payload.shown]], [bowl.gradient(here.theta)[pair[axis]]], { absolute: 1e-9 * size, about: address });
    });
  }
});

test("a head has two strokes at half its width, and is never longer than half the arrow", () => {
  const head = barbs([0, 0], [100, 0], 7);
  assert.deepEqual(head, [
    [93, 3.5],
    [93, -3.5],
  ]);
  assert.deepEqual(barbs([0, 0], [0, 4], 7), [
    [-1, 2],
    [1, 2],
  ]);
  assert.equal(barbs([0, 0], [1, 1], 7), null);
});

test("the distance to a line is that to its nearest point, also beyond its ends", () => {
  close([distanceToSegment([5, 3], [0, 0], [10, 0]), distanceToSegment([13, 4], [0, 0], [10, 0])], [3, 5]);
  close([distanceToSegment([3, 4], [0, 0], [0, 0])], [5]);
});

test("the nearest within reach is found, or none", () => {
  const distances = [9, 4, 6, NaN];
  assert.equal(
    nearestIndex(4, (i) => distances[i], 18),
    1,
  );
  assert.equal(
    nearestIndex(4, (i) => distances[i], 4),
    -1,
  );
});
