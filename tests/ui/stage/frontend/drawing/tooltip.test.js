import assert from "node:assert/strict";
import { test } from "node:test";
import { figure, flat } from "#frontend/drawing/markup.js";
import { tip } from "#frontend/drawing/tooltip.js";
import { installDocument } from "../helpers/dom.js";

installDocument();
const panel = /** @type {any} */ ({
  figure: figure("data", { title: "Data", canvas: flat }),
  frame: { margin: { l: 70, t: 6 } },
});
const note = /** @type {any} */ (panel.figure.querySelector(".lr-tip"));
note.parentElement.getBoundingClientRect = () => ({ width: 500, height: 300 });
Object.defineProperties(note, { offsetWidth: { value: 120 }, offsetHeight: { value: 40 } });

/**
 * Where the note is for a pointer at these pixels.
 * @param {number} px
 * @param {number} py
 */
function placeOf(px, py) {
  tip(panel, { x: 0, y: 0, px, py }, "row 3\nx = 1");
  return [note.style.left, note.style.top];
}

test("the note stands to the right of the pointer, a little above", () => {
  assert.deepEqual(placeOf(100, 100), ["186px", "96px"]);
  assert.equal(note.textContent, "row 3\nx = 1");
  assert.ok(!note.hidden);
});

test("where there is no room it stands to the left, and never outside", () => {
  assert.deepEqual(placeOf(400, 290), ["334px", "260px"]);
  assert.deepEqual(placeOf(400, 0), ["334px", "0px"]);
});

test("without a place it closes", () => {
  tip(panel, null, "");
  assert.ok(note.hidden);
});
