import assert from "node:assert/strict";
import { test } from "node:test";
import { BowlPanel } from "#frontend/panels/bowl.js";
import { ThetaPlanePanel } from "#frontend/panels/theta_plane.js";
import { installDocument } from "../helpers/dom.js";
import { fixture } from "../helpers/fixtures.js";
import { built, drawn, legendOf } from "../helpers/panels.js";
import { lossOf, moved } from "../helpers/rows.js";
import { close, stateOf } from "../helpers/state.js";

installDocument();
/** @type {[string, any][]} */
const experiments = Object.entries(fixture("experiments"));
const inSpace = experiments.filter(([, { best }]) => best.length > 1);
const { sent } = fixture("experiments")[""];

/**
 * The panel and what it draws.
 * @param {any} state
 * @param {Record<string, unknown>} [options]
 */
function tracesOf(state, options) {
  const panel = built(BowlPanel, state, options);
  panel.prepare(state);
  return { panel, traces: panel.traces(state) };
}

test("the surface is as high as the loss of the rows, up to its rim", () => {
  for (const [address, { sent, X, y }] of inSpace) {
    const state = stateOf(sent);
    const { bowl, here, pair } = state;
    const { panel, traces } = tracesOf(state);
    const [surface] = traces;
    /** @type {number[]} */
    const heights = surface.z.flat();
    const losses = surface.x
      .flat()
      .map((/** @type {number} */ x, /** @type {number} */ m) =>
        lossOf(X, y, moved(here.theta, pair, [x, surface.y.flat()[m]]), bowl.scale),
      );
    close(heights, losses, { relative: 1e-6, absolute: 1e-6 * panel.rise, about: address });
    const top = bowl.bestLoss + 1.15 * panel.rise;
    assert.ok(Math.max(...heights) < top * (1 + 1e-9) && top <= panel.zRange[1] * (1 + 1e-9), address);
    assert.ok(here.loss < top, "the start lies below the rim");
  }
});

test("path, step and minimum lie where the run is", () => {
  for (const [address, { sent, best, bestTsse, steps }] of inSpace)
    for (const { t, theta, loss } of steps) {
      const state = stateOf(sent, { t, best: true });
      const [j, k] = state.pair;
      const { traces } = tracesOf(state);
      const [, path, now, star] = traces;
      const about = `${address} step ${t}`;
      close([now.x[0], now.y[0], now.z[0]], [theta[j], theta[k], loss], { about });
      close([path.x.at(-1), path.y.at(-1), path.z.at(-1)], [theta[j], theta[k], loss], { about });
      assert.equal(path.x.length, Array.from(state.run.kept).indexOf(t) + 2, about);
      close([path.x[0], path.y[0], path.z[0]], [steps[0].theta[j], steps[0].theta[k], steps[0].loss], { about });
      if (best.length > 2) continue; // the star is the lowest point of what is seen, the others held
      close([star.x[0], star.y[0], star.z[0]], [...best, state.bowl.scale * bestTsse], { relative: 1e-6, about });
    }
});

test("the minimum is there where it is wanted", () => {
  const { traces } = tracesOf(stateOf(sent, { best: false }));
  assert.deepEqual([traces[3].x, traces[3].y, traces[3].z], [[null], [null], [null]]);
});

test("of two parameters the surface stays; what moves is what would be drawn", () => {
  for (const [address, { sent, best }] of inSpace) {
    const state = stateOf(sent, { t: 1, best: true });
    const { panel, traces } = tracesOf(state);
    const { x, y, z, indices } = panel.moving(state);
    assert.deepEqual(indices, best.length > 2 ? [0, 1, 2, 3] : [1, 2], address);
    for (const [m, index] of indices.entries())
      assert.deepEqual([x[m], y[m], z[m]], [traces[index].x, traces[index].y, traces[index].z], address);
  }
});

test("it has the window of the plane beside it", () => {
  const state = stateOf(fixture("experiments")["?data=five"].sent, { pair: [1, 3] });
  const { panel } = tracesOf(state);
  const plane = drawn(ThetaPlanePanel, state);
  assert.deepEqual([panel.xRange, panel.yRange], [plane.xRange, plane.yRange]);
  const { x, y } = panel.axes(state);
  assert.deepEqual([x.title, y.title], [state.payload.params[1], state.payload.params[3]]);
});

test("what leaves the window is left out, and told", () => {
  const state = stateOf(sent);
  const panel = built(BowlPanel, state);
  panel.describe(state);
  const note = panel.figure.querySelector(".lr-note");
  assert.equal(note.textContent, "drag to turn");
  const far = { ...state, here: { ...state.here, theta: Float64Array.of(0, 1e7), loss: 12345678 } };
  panel.describe(far);
  assert.deepEqual([note.textContent, note.title], ["outside: TSSE 12,300,000", "outside: TSSE 12,300,000"]);
  const [, path, now] = panel.traces(far);
  assert.deepEqual([now.x, now.y, now.z], [[null], [null], [null]]);
  assert.deepEqual([path.x.at(-2), path.x.at(-1)], [state.here.theta[0], null]);
  const corner = Float64Array.of(panel.xRange[1], panel.yRange[1]);
  const loss = state.bowl.loss(corner);
  assert.ok(loss > panel.zRange[1]);
  panel.describe({ ...state, here: { ...state.here, theta: corner, loss } });
  assert.match(note.textContent, /^outside: /, "it may be too high only");
});

test("a slice that lies above the window says from where on", () => {
  const state = stateOf(fixture("experiments")["?data=five"].sent);
  const panel = built(BowlPanel, state);
  const theta = Float64Array.from(state.here.theta).fill(1e4, 2);
  panel.describe({ ...state, here: { ...state.here, theta } });
  assert.match(panel.figure.querySelector(".lr-note").textContent, /^all of it lies higher, from \d/);
});

test("the title names the loss and the parameters, and under it stand their units", () => {
  const state = stateOf(fixture("experiments")["?data=tips"].sent);
  const panel = built(BowlPanel, state);
  panel.describe(state);
  const { lossName, params, units } = state.payload;
  assert.equal(
    panel.figure.querySelector("h3").textContent,
    `The bowl: ${lossName} over ${params[0]} and ${params[1]}`,
  );
  assert.ok(units.theta[0], "the intercept of a bill has a unit");
  assert.ok(panel.figure.querySelector(".lr-axes-units").textContent.startsWith(`${params[0]} in ${units.theta[0]}`));
});

test("a single parameter has no bowl", () => {
  const state = stateOf(fixture("experiments")["?intercept=0"].sent);
  const panel = built(BowlPanel, state);
  panel.describe(state);
  assert.deepEqual([panel.inSpace(state), panel.figure.hidden], [false, true]);
  panel.describe(stateOf(sent));
  assert.equal(panel.figure.hidden, false, "and other data have one again");
});

test("a hand leaves its tries instead of a path", () => {
  const tries = [
    [0, 0],
    [1, 2],
  ];
  const state = stateOf(sent, { tries });
  const { panel, traces } = tracesOf(state, { run: false, tries: true });
  const [, path] = traces;
  assert.deepEqual(path.x, [0, 1, state.here.theta[0]]);
  close(path.z, [...tries.map((theta) => state.bowl.loss(theta)), state.here.loss]);
  assert.equal(path.line.color, state.colours.data);
  panel.describe(state);
  assert.deepEqual(legendOf(panel), ["your tries", "your model", ""]);
});
