import assert from "node:assert/strict";
import { test } from "node:test";
import { thetaWindow } from "#frontend/math/geometry/theta_window.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, stateOf } from "../../helpers/state.js";

/** @import { Numbers, Pair, Range } from "#frontend/types.js" */

const states = Object.entries(fixture("experiments")).map(([address, { sent }]) => ({ address, ...stateOf(sent) }));

/**
 * @param {any} state
 * @param {{ starts?: Numbers[], byHand?: boolean, pair?: Pair }} [more]
 */
const windowOf = ({ bowl, payload, run, pair }, more = {}) =>
  thetaWindow({ bowl, tss: payload.tss, starts: [run.at(0).theta], pair, byHand: false, ...more });

/** @type {(range: Range, value: number) => boolean} */
const holds = ([low, high], value) => value >= low && value <= high;

test("the window holds the minimum in its middle, the start and the whole run", () => {
  for (const state of states) {
    const { address, bowl, run, pair } = state;
    const { xRange, yRange } = windowOf(state);
    assert.ok(Math.abs((xRange[0] + xRange[1]) / 2 - bowl.best[pair[0]]) <= 1e-9 * (xRange[1] - xRange[0]), address);
    const rate = 1.99 / bowl.eigenvalue(0); // the farthest jumps that still converge
    const walk = bowl.walk(run.at(0).theta, rate);
    for (const { theta, loss } of [0, 1, 2, 3, 10, 100].map((t) => walk(t))) {
      assert.ok(holds(xRange, theta[pair[0]]), address);
      assert.ok(holds(yRange, bowl.p === 1 ? loss : theta[pair[1]]), address);
    }
  }
});

test("the rise is the loss of the highest start above the minimum", () => {
  const [state] = states;
  const { bowl, run } = state;
  const { theta, loss } = run.at(0);
  const farther = theta.map((/** @type {number} */ value) => 3 * value - 5);
  close([windowOf(state).rise], [loss - bowl.bestLoss], { relative: 1e-12 });
  assert.equal(windowOf(state, { starts: [theta, farther] }).rise, bowl.loss(farther) - bowl.bestLoss);
});

test("a start at the minimum has a window, and a hand near it sees the valley", () => {
  for (const state of states) {
    const { bowl, payload, address } = state;
    const still = windowOf(state, { starts: [bowl.best] });
    assert.ok(still.rise > 0.2 * bowl.scale * payload.tss, address);
    assert.ok(still.xRange[1] > still.xRange[0] && still.yRange[1] > still.yRange[0], address);
    const byHand = windowOf(state, { starts: [bowl.best], byHand: true });
    assert.ok(byHand.rise >= 0.5 * bowl.scale * payload.tss, address);
    assert.ok(byHand.xRange[0] <= still.xRange[0], address);
  }
});
