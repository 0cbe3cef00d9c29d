import assert from "node:assert/strict";
import { test } from "node:test";
import { ResidualBlockPanel } from "#frontend/panels/lesson/residual_block.js";
import { installDocument, size } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { drawn } from "../../helpers/panels.js";
import { withFewRows } from "../../helpers/rows.js";
import { boxesOf, close, stateOf } from "../../helpers/state.js";

installDocument();
const experiments = Object.entries(fixture("experiments"));

/** @param {any} state */
const panelOf = (state) => drawn(ResidualBlockPanel, state);

/** @param {any} experiment */
const residualsOf = ({ y, fitted }) =>
  y.map((/** @type {number} */ value, /** @type {number} */ i) => value - fitted[i]);

/** @param {number[]} values */
const sorted = (values) => [...values].sort((a, b) => a - b);

test("the block is made of the squares, and as large as TSSE", () => {
  for (const [address, experiment] of experiments) {
    const { plot } = panelOf(stateOf(experiment.sent));
    const squares = residualsOf(experiment).map((/** @type {number} */ residual) => residual ** 2);
    const blocks = boxesOf(plot.picture[0]);
    const side = Math.sqrt(experiment.steps[0].tsse);
    close(sorted(blocks.map(({ width, height }) => width * height)), sorted(squares), {
      relative: 1e-6,
      absolute: 1e-9 * side ** 2,
      about: address,
    });
    const [whole] = boxesOf(plot.picture[1]);
    close([whole.width, whole.height], [side, side], { about: address });
    for (const { x, width } of blocks) assert.ok(x > -1e-6 && x + width < side * (1 + 1e-9), address);
  }
});

test("a unit is as long across as upwards, whatever the panel's shape", () => {
  for (const [width, height] of [
    [600, 300],
    [300, 500],
    [1200, 310],
  ]) {
    Object.assign(size, { width, height });
    const { frame } = panelOf(stateOf(experiments[0][1].sent));
    const across = frame.toX(1) - frame.toX(0);
    const upwards = frame.toY(0) - frame.toY(1);
    close([across], [upwards]);
  }
});

test("the row under a pointer is lit, and found again under its block", () => {
  const [, experiment] = experiments[0];
  const residuals = residualsOf(experiment);
  for (const hoverRow of [0, 13, 49]) {
    const state = stateOf(experiment.sent, { hoverRow });
    const panel = panelOf(state);
    const [{ x, y, width, height }] = boxesOf(panel.plot.picture.at(-1));
    close([width * height], [residuals[hoverRow] ** 2]);
    assert.equal(panel.rowAt(state, { x: x + width / 2, y: y + height / 2 }), hoverRow);
  }
});

test("rows that are not drawn share one block", () => {
  const { sent, steps } = experiments[0][1];
  const few = 10;
  const { plot } = panelOf(stateOf(withFewRows(sent, few)));
  const areas = boxesOf(plot.picture[0]).map(({ width, height }) => width * height);
  assert.equal(areas.length, few + 1);
  close([areas.reduce((sum, area) => sum + area, 0)], [steps[0].tsse]);
});
