import assert from "node:assert/strict";
import { test } from "node:test";
import { PlotArea } from "#frontend/drawing/plot_area.js";
import { close } from "../helpers/state.js";

/** @type {import("#frontend/types.js").Axis} */
const linear = { title: "", range: [-2, 6] };
/** @type {import("#frontend/types.js").Axis} */
const decades = { title: "", range: [-1, 3], type: "log" };
const frame = new PlotArea({ width: 500, height: 300, size: 12, x: linear, y: decades });

test("the plotting area is the box without the room for the text beside it", () => {
  assert.deepEqual(frame.margin, { l: 74, r: 10, t: 6, b: 40 });
  assert.deepEqual([frame.width, frame.height], [416, 254]);
  const tiny = new PlotArea({ width: 0, height: 0, size: 12, x: linear, y: linear });
  assert.deepEqual([tiny.width, tiny.height], [1, 1]);
});

test("data units become pixels from the upper left corner, and pixels become data units", () => {
  close([frame.toX(-2), frame.toX(6), frame.toY(0.1), frame.toY(1000)], [0, 416, 254, 0]);
  for (const px of [0, 17, 200]) close([frame.toX(frame.fromX(px)), frame.toY(frame.fromY(px))], [px, px]);
});

test("a point lies in the plotting area or outside of it", () => {
  assert.ok(frame.holds(-2, 0.1) && frame.holds(6, 1000) && frame.holds(0, 1));
  assert.ok(!frame.holds(6.1, 1) && !frame.holds(0, 0.09) && !frame.holds(NaN, 1));
});
