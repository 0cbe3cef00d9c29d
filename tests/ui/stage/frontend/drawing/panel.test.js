import assert from "node:assert/strict";
import { test } from "node:test";
import { Panel } from "#frontend/drawing/panel.js";

const state = /** @type {any} */ ({});
const figure = /** @type {any} */ ({});
const stage = /** @type {any} */ ({});
const options = /** @type {const} */ ({ panel: "loss", id: "loss", squares: true });
const panel = new Panel(figure, options, stage);

test("a panel knows its element, what Python asked for, and the stage", () => {
  assert.equal(panel.figure, figure);
  assert.equal(panel.options, options);
  assert.equal(panel.stage, stage);
});

test("axes and words are for each panel to say", () => {
  assert.throws(() => panel.axes(state), /a panel has axes/);
  assert.throws(() => panel.label(state), /a panel has a label/);
});

test("a panel that says nothing else is flat, over the unit square", () => {
  panel.prepare(state);
  assert.deepEqual([panel.inSpace(state), panel.xRange, panel.yRange], [false, [0, 1], [0, 1]]);
});
