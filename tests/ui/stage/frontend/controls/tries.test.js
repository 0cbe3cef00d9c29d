import assert from "node:assert/strict";
import { test } from "node:test";
import { addTry, triesOf } from "#frontend/controls/tries.js";

test("the first try begins the trail where the hand found θ", () => {
  addTry("first", Float64Array.of(6, -2), Float64Array.of(4, -2));
  addTry("first", Float64Array.of(4, -2), Float64Array.of(2, -2));
  assert.deepEqual(triesOf("first"), [
    [6, -2],
    [4, -2],
    [2, -2],
  ]);
});

test("a hand that lets go where it was has not tried", () => {
  addTry("still", [1, 2], [1, 2]);
  assert.deepEqual(triesOf("still"), []);
  addTry("still", [1, 2], [1, 3]);
  addTry("still", [1, 2], [1, 3]);
  assert.equal(triesOf("still").length, 2);
});

test("each data set has its own trail, and the oldest of many go", () => {
  for (let m = 0; m < 250; m++) addTry("many", [-1], [m]);
  assert.equal(triesOf("many").length, 200);
  assert.deepEqual(triesOf("many").at(-1), [249]);
  assert.deepEqual(triesOf("none"), []);
});
