import assert from "node:assert/strict";
import { test } from "node:test";
import { bowlSurface, levelCurves, parabola, parabolaAt } from "#frontend/math/geometry/bowl_shapes.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, stateOf } from "../../helpers/state.js";

/** @import { Slice } from "#frontend/types.js" */

const states = Object.entries(fixture("experiments"))
  .map(([address, { sent }]) => ({ address, ...stateOf(sent) }))
  .filter(({ bowl }) => bowl.p > 1);

/**
 * θ with two of its parameters elsewhere.
 * @param {any} state
 * @param {number} x
 * @param {number} y
 */
function moved({ here, pair }, x, y) {
  const theta = Float64Array.from(here.theta);
  [theta[pair[0]], theta[pair[1]]] = [x, y];
  return theta;
}

test("the loss on a level curve is that of the level", () => {
  for (const state of states) {
    const { bowl, here, pair, address } = state;
    const slice = bowl.slice(here.theta, ...pair);
    const losses = [2, 3].map((factor) => factor * Math.max(slice.low, here.loss));
    const { x, y } = levelCurves(slice, losses, 1e9, 9);
    assert.equal(x.length, 20, address);
    assert.deepEqual([x[9], y[9], x[19], y[19]], [null, null, null, null]);
    const at = x.flatMap((value, m) => (value === null ? [] : [bowl.loss(moved(state, value, Number(y[m])))]));
    close(at, [...Array(9).fill(losses[0]), ...Array(9).fill(losses[1])], { relative: 1e-6, about: address });
  }
});

test("a level below the lowest point has no curve", () => {
  const { bowl, here, pair } = states[0];
  const slice = bowl.slice(here.theta, ...pair);
  assert.deepEqual(levelCurves(slice, [slice.low - 1], 1e9), { x: [null], y: [null] });
});

test("the parabola of a parameter is the loss along it", () => {
  for (const { bowl, here, address } of states) {
    const form = bowl.along(here.theta, 1);
    const { x, y } = parabola(form, [form.at - 1, form.at + 1]);
    const losses = x.map((value) => {
      const theta = Float64Array.from(here.theta);
      theta[1] = value;
      return bowl.loss(theta);
    });
    close(y, losses, { relative: 1e-6, absolute: 1e-9 * Math.max(...losses), about: address });
  }
  assert.equal(parabolaAt({ at: 2, low: 1, curvature: 3 }, 4), 13);
});

test("the surface is the loss at each of its points, and stays in the window", () => {
  for (const state of states) {
    const { bowl, here, pair, address } = state;
    const slice = bowl.slice(here.theta, ...pair);
    const rise = slice.low + 1;
    const across = Math.max(...slice.halves.filter(Number.isFinite)) * Math.sqrt(rise);
    const [cx, cy] = slice.centre;
    const window = /** @type {[[number, number], [number, number]]} */ ([
      [cx - across / 3, cx + across],
      [cy - across, cy + across],
    ]);
    const { x, y, z } = bowlSurface(slice, rise, window);
    assert.equal(x.length, 15);
    const highest = slice.low + rise;
    for (const [ring, row] of x.entries())
      for (const [spoke, value] of row.entries()) {
        assert.ok(value >= window[0][0] - 1e-9 * across && z[ring][spoke] <= highest * (1 + 1e-9), address);
        const loss = bowl.loss(moved(state, value, y[ring][spoke]));
        close([z[ring][spoke]], [loss], { relative: 1e-6, absolute: 1e-6 * highest, about: address });
      }
  }
});

test("a valley without end is drawn as long as the window is wide", () => {
  /** @type {Slice} */
  const valley = {
    centre: [0, 0],
    low: 1,
    axes: [
      [1, 0],
      [0, 1],
    ],
    halves: [1, Infinity],
  };
  const { x, y, z } = bowlSurface(valley, 4, [
    [-4, 4],
    [-6, 6],
  ]);
  assert.ok([x, y, z].flat(2).every(Number.isFinite));
  close([Math.max(...y.flat()), Math.min(...y.flat())], [4, -4]);
  close(
    z.flat(),
    x.flat().map((value) => 1 + value ** 2),
    { absolute: 1e-9 },
  );
});
