import assert from "node:assert/strict";
import { test } from "node:test";
import { preview } from "#frontend/math/run.js";
import { DistancePanel } from "#frontend/panels/lesson/distance.js";
import { installDocument } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { drawn } from "../../helpers/panels.js";
import { close, numbersIn, stateOf } from "../../helpers/state.js";

installDocument();
/** @type {[string, any][]} */
const experiments = Object.entries(fixture("experiments"));

/**
 * @param {number[]} some
 * @param {ArrayLike<number>} others
 */
const between = (some, others) => Math.hypot(...some.map((value, j) => value - others[j]));

test("the curve and the dot are as far from the minimum as θ is", () => {
  for (const [address, { sent, best, steps }] of experiments)
    for (const { t, theta } of steps) {
      const state = stateOf(sent, { t });
      const panel = drawn(DistancePanel, state);
      const [whole, , , , now] = panel.plot.picture;
      const distance = between(theta, best);
      const at = Array.from(state.run.kept).indexOf(t);
      const error = { relative: 1e-6, absolute: 1e-9 * Math.hypot(...best), about: `${address} step ${t}` };
      close([whole.x[at], whole.y[at], now.x[0], now.y[0]], [t, distance, t, distance], error);
      close([numbersIn(panel.label(state)).at(-1) ?? NaN], [distance], { ...error, relative: 1e-3 });
      assert.equal(panel.axes(state).y.type, "log");
      assert.ok(panel.yRange[1] > Math.log10(now.y[0]) && panel.yRange[0] < Math.log10(now.y[0]), address);
    }
});

test("the level is the last digit that a float64 of the size of θ has", () => {
  const state = stateOf(fixture("experiments")[""].sent);
  const panel = drawn(DistancePanel, state);
  const size = Math.hypot(...state.bowl.best);
  const [level] = panel.plot.picture[2].y;
  assert.ok(size + 3 * level > size && size + level / 3 === size);
  assert.ok(panel.yRange[0] < Math.log10(level), "and the window reaches down to it");
});

test("at the minimum nothing is left to be seen, and the dot stays on the axis", () => {
  const { sent, best } = fixture("experiments")[""];
  const state = stateOf(sent);
  const panel = drawn(DistancePanel, state);
  assert.match(panel.note(state), /^now \d/);
  const there = { ...state, here: { ...state.here, theta: state.bowl.best } };
  assert.equal(panel.note(there), "nothing left that a float64 could show");
  panel.show(there, false);
  assert.deepEqual([...panel.plot.picture[4].y], [panel.grain]);
  assert.equal(best.length, 2);
});

test("another run has another curve", () => {
  const state = stateOf(fixture("experiments")[""].sent);
  const panel = drawn(DistancePanel, state);
  const run = preview(state.bowl, [9, 9], state.run.rate, 3, [0, 1, 2, 3]);
  panel.show({ ...state, run, here: run.at(0) }, true);
  const [whole] = panel.plot.picture;
  assert.equal(whole.y.length, 4);
  close([whole.y[0]], [between([9, 9], state.bowl.best)]);
});
