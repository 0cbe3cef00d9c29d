import assert from "node:assert/strict";
import { test } from "node:test";
import { figure } from "#frontend/drawing/markup.js";
import { preview } from "#frontend/math/run.js";
import { DataPanel } from "#frontend/panels/data.js";
import { FitPlanePanel } from "#frontend/panels/fit_plane.js";
import { installDocument, stageOf } from "../helpers/dom.js";
import { fixture } from "../helpers/fixtures.js";
import { close, stateOf } from "../helpers/state.js";

installDocument();
const { sent, X, y, steps } = fixture("experiments")["?data=plane"];

/** @param {any} state */
function panelOf(state) {
  const spec = /** @type {const} */ ({ panel: "data", id: "data" });
  const panel = new FitPlanePanel(figure("data", DataPanel.figure), spec, stageOf(state)); // it lies over that one
  panel.prepare(state);
  return panel;
}

test("the plane goes through what the model says at its corners, and the rows lie where they are", () => {
  for (const { t, theta } of steps) {
    const state = stateOf(sent, { t });
    const [plane, rows] = panelOf(state).traces(state);
    const corners = plane.x.flat().map((/** @type {number} */ x1, /** @type {number} */ m) => {
      const x2 = plane.y.flat()[m];
      return theta[0] + theta[1] * x1 + theta[2] * x2;
    });
    close(plane.z.flat(), corners, { absolute: 1e-9, about: `step ${t}` });
    assert.equal(
      new Set(plane.x.flat().map((/** @type {any} */ x1, /** @type {any} */ m) => [x1, plane.y.flat()[m]].join())).size,
      4,
    );
    for (const [axis, values] of [rows.x, rows.y, rows.z].entries())
      close(values, axis < 2 ? X.map((/** @type {number[]} */ row) => row[axis + 1]) : y);
  }
});

test("every row lies in the window", () => {
  const state = stateOf(sent);
  const panel = panelOf(state);
  const { x, y: up, z } = panel.axes(state);
  for (const [{ range }, values] of /** @type {[any, number[]][]} */ ([
    [x, X.map((/** @type {number[]} */ row) => row[1])],
    [up, X.map((/** @type {number[]} */ row) => row[2])],
    [z, y],
  ]))
    assert.ok(range[0] < Math.min(...values) && range[1] > Math.max(...values));
  assert.deepEqual([x.title, up.title, z.title], [...state.payload.features, state.payload.target]);
});

test("with a step only the plane moves", () => {
  const state = stateOf(sent, { t: 7 });
  const panel = panelOf(stateOf(sent));
  const { x, y: up, z, indices } = panel.moving(state);
  const [plane] = panel.traces(state);
  assert.deepEqual(indices, [0]);
  assert.deepEqual([x, up, z], [[plane.x], [plane.y], [plane.z]]);
});

test("the window stays while a hand moves the start, and is another one for other rows", () => {
  const state = stateOf(sent);
  const panel = panelOf(state);
  const { ranges } = panel;
  const high = Float64Array.from(state.here.theta);
  high[0] += 0.5 * (Math.max(...y) - Math.min(...y));
  panel.prepare({ ...state, run: preview(state.bowl, high, state.run.rate, 1, [0, 1]) });
  assert.equal(panel.ranges, ranges);
  panel.prepare(stateOf(fixture("experiments")["?data=plane&correlation=0.9&loss=mse"].sent));
  assert.notEqual(panel.ranges, ranges);
});

test("it is seen over two features, where it was chosen", () => {
  const panel = panelOf(stateOf(sent));
  assert.ok(panel.inSpace(stateOf(sent, { dataView: "plane" })));
  assert.ok(!panel.inSpace(stateOf(sent, { dataView: "fitted" })));
  assert.ok(!panel.inSpace(stateOf(fixture("experiments")["?data=five"].sent, { dataView: "plane" })));
});
