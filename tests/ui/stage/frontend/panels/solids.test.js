import assert from "node:assert/strict";
import { test } from "node:test";
import { sheet, spheres } from "#frontend/panels/solids.js";

test("a surface has one colour at every height, and no scale of colours beside it", () => {
  const { type, opacity, colorscale, showscale } = sheet("teal", 0.5);
  assert.deepEqual([type, opacity, showscale], ["surface", 0.5, false]);
  assert.deepEqual(
    colorscale.map((/** @type {[number, string]} */ [, colour]) => colour),
    ["teal", "teal"],
  );
  assert.deepEqual([colorscale[0][0], colorscale.at(-1)[0]], [0, 1]);
});

test("points in space have their colour, size and symbol", () => {
  const { type, mode, marker } = spheres("red", 6, "diamond");
  assert.deepEqual([type, mode], ["scatter3d", "markers"]);
  assert.deepEqual(marker, { color: "red", size: 6, symbol: "diamond" });
});

test("neither takes the pointer: a picture in space is turned, not read", () => {
  for (const solid of [sheet("teal", 1), spheres("red", 1, "circle")]) assert.equal(solid.hoverinfo, "skip");
  assert.equal(sheet("teal", 1).contours.z.highlight, false);
});
