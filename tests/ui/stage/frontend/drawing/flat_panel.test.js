import assert from "node:assert/strict";
import { test } from "node:test";
import { spot } from "#frontend/drawing/flat_panel.js";
import { close } from "../helpers/state.js";

test("a point outside of the window is an arrow head at its edge", () => {
  assert.equal(spot([0, 2], [0, 2], 1, 2, "red", 10, "white").marker?.symbol, "circle");
  const arrow = spot([0, 2], [0, 2], 9, 1, "red", 10, "white");
  assert.equal(arrow.marker?.symbol, "arrow");
  close(arrow.x, [1.8, 1.99]);
  close(arrow.y, [1, 1]);
});
