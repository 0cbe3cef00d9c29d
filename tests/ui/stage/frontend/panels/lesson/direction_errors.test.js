import assert from "node:assert/strict";
import { test } from "node:test";
import { DirectionErrorsPanel } from "#frontend/panels/lesson/direction_errors.js";
import { installDocument } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { drawn, legendOf, pointsIn } from "../../helpers/panels.js";
import { close, numbersIn, stateOf } from "../../helpers/state.js";

installDocument();
/** @type {[string, any][]} */
const experiments = Object.entries(fixture("experiments"));

test("a curve is the share of the error of the run that is left along its direction", () => {
  let looked = 0;
  for (const [address, { sent, best, steps }] of experiments)
    for (const { t, theta } of steps.slice(0, 3)) {
      const state = stateOf(sent, { t });
      const { V, p } = state.bowl;
      const panel = drawn(DirectionErrorsPanel, state);
      const curves = panel.plot.picture.slice(1, -2);
      const now = panel.plot.picture.at(-1);
      assert.deepEqual([curves.length, now.x.length], [p, p], address);
      const at = Array.from(state.run.kept).indexOf(t);
      for (let i = 0; i < p; i++) {
        const along = (/** @type {number[]} */ there) =>
          there.reduce((sum, value, j) => sum + V[j * p + i] * (value - best[j]), 0);
        const left = Math.abs(along(theta) / along(steps[0].theta));
        const about = `${address} step ${t}, direction ${i}`;
        close([now.x[i], now.y[i]], [t, curves[i].y[at]], { about });
        if (!(left > 1e-4 && Math.abs(along(theta)) > 1e-4 * Math.hypot(...best))) continue; // roundings only
        close([curves[i].y[at]], [left], { relative: 1e-4, about });
        looked += 1;
      }
    }
  assert.ok(looked > 40, String(looked));
});

test("a line stands where 1 % is left, and one at this step over the whole window", () => {
  const state = stateOf(fixture("experiments")[""].sent, { t: 7 });
  const panel = drawn(DirectionErrorsPanel, state);
  assert.deepEqual([...panel.plot.picture[0].y], [0.01, 0.01]);
  const { x, y } = panel.plot.picture.at(-2);
  assert.deepEqual([x, y.map(Math.log10)], [[7, 7], panel.yRange]);
});

test("what falls out of the window is drawn below it, but no farther than SVG can draw", () => {
  const state = stateOf(fixture("experiments")[""].sent);
  const run = { ...state.run, rate: 1 / state.bowl.eigenvalue(0), kept: [0, 1], last: 1 };
  const panel = drawn(DirectionErrorsPanel, { ...state, run, t: 1 });
  const [steep] = pointsIn(panel.plot.picture.at(-1));
  assert.ok(steep[1] > 0 && Math.log10(steep[1]) < panel.yRange[0], "an error that is gone has no logarithm");
});

test("the picture says in words what is left", () => {
  const state = stateOf(fixture("experiments")[""].sent, { t: 7 });
  const panel = drawn(DirectionErrorsPanel, state);
  const label = panel.label(state);
  assert.match(label, /at step 7, .* direction 1, steepest: .* direction 2, shallowest: /);
  const shares = label
    .split(". ")[1]
    .split(";")
    .map((/** @type {string} */ part) => numbersIn(part.split(": ")[1])[0]);
  const [, first, second] = panel.plot.picture;
  close(shares, [100 * first.y[7], 100 * second.y[7]], { relative: 6e-3 });
});

test("many directions share an entry of the legend", () => {
  const entries = (/** @type {string} */ address) =>
    legendOf(drawn(DirectionErrorsPanel, stateOf(fixture("experiments")[address].sent)));
  assert.deepEqual(entries(""), ["direction 1, steepest", "direction 2, shallowest", "this step", "1 % left"]);
  assert.deepEqual(entries("?data=five"), [
    "direction 1, steepest",
    "directions between",
    "direction 6, shallowest",
    "this step",
    "1 % left",
  ]);
});
