import assert from "node:assert/strict";
import { test } from "node:test";
import {
  closeLossRange,
  distanceRange,
  growsTooFar,
  logLossRange,
  lossRange,
  shareRange,
  stepBlock,
  stepRange,
  sweepWindow,
} from "#frontend/math/geometry/curve_windows.js";
import { close } from "../../helpers/state.js";

test("the steps of a run have a little room, and a run without steps an axis", () => {
  close(stepRange(100), [-2, 102]);
  close(stepRange(0), [0, 1]);
});

test("slow motion shows the block of the step, up to the end of the run", () => {
  assert.deepEqual(stepBlock(45, 1000, 20).steps[0], 40);
  assert.deepEqual(stepBlock(45, 1000, 20).steps.length, 21);
  assert.deepEqual(stepBlock(41, 43, 20).steps, [40, 41, 42, 43]);
  close(stepBlock(41, 43, 20).range, [39.88, 44.12]); // never fewer than four steps wide
});

test("the window of a few losses holds the minimum only where it is near", () => {
  close(closeLossRange([10, 9], 8), [7.84, 10.16]);
  close(closeLossRange([10, 9], 0), [8.92, 10.08]);
});

test("a plain scale begins at 0 unless the minimum lies far above", () => {
  close(lossRange([10, 5, 1], 0.5, false), [-0.4, 10.8]);
  close(lossRange([10, 9], 8, false), [7.8, 10.2]);
  close(lossRange([1, 50], 0.9, true), [-2, 54]);
  close(lossRange([0], 0, false), [0, 1]);
});

test("a loss that grows a billionfold has a logarithmic scale", () => {
  assert.equal(growsTooFar([1, 1e9]), false);
  assert.equal(growsTooFar([1, 1.1e9]), true);
  assert.equal(growsTooFar([0, 1]), false);
});

test("the logarithmic scale ends at the minimum, and 40 digits below the start at most", () => {
  close(logLossRange([1000, 10], 1, false), [-0.18, 3.18]);
  close(logLossRange([1, 1e-60], 0, false), [-42.4, 2.4]);
  close(logLossRange([0, 0], 0, false), [-1, 1]);
});

test("the shares of an error stay between a few decades and sixteen", () => {
  close(shareRange([0.5, 1]), [-2.625, 0.125]);
  close(shareRange([1e-300, 1e300]), [-8.8, 8.8]);
  close(shareRange([0]), [-8.4, 0.4]);
});

test("distances end at the smallest that can be told from none", () => {
  close(distanceRange([1, 1e-3], 1e-16), [-16.8, 0.8]);
  close(distanceRange([1e-17], 1e-16), [-17.1, -14.9]);
});

test("the rates that never arrive lie above all others, inside the window", () => {
  const { xRange, yRange, never } = sweepWindow(Float64Array.of(0.01, 0.1, 1), Float64Array.of(1000, 10, NaN), 0.5);
  close(xRange, [-2.05, 0.05]);
  close(yRange, [0.84, 3.4]);
  assert.ok(never > 1000 && Math.log10(never) < yRange[1]);
});

test("without rates the window of a sweep is around that of the run", () => {
  const { xRange, yRange } = sweepWindow(new Float64Array(), new Float64Array(), 0.1);
  close(xRange, [-2.05, 0.05]);
  close(yRange, [-0.08, 1.2]);
});
