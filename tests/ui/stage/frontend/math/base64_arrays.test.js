import assert from "node:assert/strict";
import { test } from "node:test";
import { doubles, integers } from "#frontend/math/base64_arrays.js";
import { fixture } from "../helpers/fixtures.js";

const sent = fixture("encoded");

test("numbers arrive without losing a digit", () => {
  const { real } = sent;
  assert.ok(Object.is(real[1], -0));
  assert.deepEqual(doubles(sent.floats), Float64Array.from(real));
});

test("whole numbers arrive up to the largest of 32 bits", () => {
  assert.deepEqual(integers(sent.integers), Int32Array.from(sent.whole));
});

test("an empty column arrives empty", () => {
  assert.equal(doubles(sent.none).length, 0);
});
