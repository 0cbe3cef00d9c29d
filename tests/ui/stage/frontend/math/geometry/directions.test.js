import assert from "node:assert/strict";
import { test } from "node:test";
import {
  direction,
  directionName,
  nearestAlong,
  rank,
  shareLeft,
  stepAlong,
} from "#frontend/math/geometry/directions.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, stateOf } from "../../helpers/state.js";

const states = Object.entries(fixture("experiments")).map(([address, { sent }]) => ({ address, ...stateOf(sent) }));

test("a run multiplies the error along each direction by its factor a step", () => {
  for (const { address, payload, bowl } of states) {
    const rate = 0.7 / bowl.eigenvalue(0);
    const start = bowl.best.map((/** @type {number} */ value, /** @type {number} */ j) => value + 1 + j);
    const before = bowl.residual(start);
    const after = bowl.residual(bowl.after(start, rate, 3).theta);
    const expected = before.map((/** @type {number} */ value, /** @type {number} */ i) => {
      const { factor } = stepAlong(payload, rate, i);
      return value * Math.sign(factor) * shareLeft(factor, 3);
    });
    const size = Math.hypot(...before);
    close(after, expected, { relative: 1e-7, absolute: 1e-8 * size, about: address });
  }
});

test("the steps until 1 % is left are the first after which no more is", () => {
  const { payload, bowl } = states[0];
  for (const pull of [1e-6, 0.01, 0.5, 0.98, 0.995, 1, 1.3, 1.97]) {
    const { factor, steps } = stepAlong(payload, pull / bowl.eigenvalue(0), 0);
    assert.ok(steps !== null);
    assert.ok(shareLeft(factor, steps) <= 0.01 * (1 + 1e-9), `${pull}`);
    if (steps > 1) assert.ok(shareLeft(factor, steps - 1) > 0.01 * (1 - 1e-9), `${pull}`);
  }
  for (const pull of [0, 2, 2.1]) assert.equal(stepAlong(payload, pull / bowl.eigenvalue(0), 0).steps, null);
});

test("nothing is lost before the first step, also by a factor of 0", () => {
  assert.deepEqual([shareLeft(0, 0), shareLeft(0, 1), shareLeft(-2, 3)], [1, 0, 8]);
});

test("directions are unit arrows whose largest part is positive", () => {
  for (const { address, bowl } of states) {
    for (let i = 0; i < bowl.p; i++) {
      const way = direction(bowl, i);
      close([Math.hypot(...way)], [1], { about: address });
      assert.ok(Math.max(...way) >= Math.max(...way.map((part) => -part)) - 1e-12, address);
    }
  }
});

test("the way from the minimum to θ turns once, at a right angle", () => {
  const { bowl } = states[0];
  const theta = bowl.best.map((/** @type {number} */ value) => value + 2);
  const corner = nearestAlong(bowl, theta, 1);
  const first = corner.map((value, j) => value - bowl.best[j]);
  const second = corner.map((value, j) => theta[j] - value);
  close([first[0] * second[0] + first[1] * second[1]], [0], { absolute: 1e-9 });
  close([direction(bowl, 0)[0] * first[0] + direction(bowl, 0)[1] * first[1]], [0], { absolute: 1e-9 });
});

test("the first direction is the steepest, the last the shallowest, an only one neither", () => {
  assert.deepEqual(
    [0, 1, 2].map((i) => rank(i, 3)),
    [", steepest", "", ", shallowest"],
  );
  assert.equal(directionName(0, 1), "direction 1");
  assert.equal(directionName(1, 2), "direction 2, shallowest");
});
