import assert from "node:assert/strict";
import { test } from "node:test";
import { Payload } from "#frontend/math/payload.js";
import { keptSteps, keptUntil, preview } from "#frontend/math/run.js";
import { fixture } from "../helpers/fixtures.js";
import { close } from "../helpers/state.js";

const { sent, between, kept, maxSentSteps } = fixture("runs");
const experiments = fixture("experiments");

test("the steps that a preview keeps are those that Python sends", () => {
  for (const [last, steps] of kept) assert.deepEqual(keptSteps(last, maxSentSteps), steps, `of ${last}`);
});

test("a step between two that were sent is exact", () => {
  const { exact } = new Payload(sent);
  assert.equal(exact.last, 50_000);
  for (const { t, theta, loss } of between) {
    const here = exact.at(t);
    close(here.theta, theta, { relative: 1e-11, about: `step ${t}` });
    close([here.loss], [loss], { relative: 1e-11, about: `step ${t}` });
  }
});

test("a preview of the rate that Python took is its run", () => {
  for (const [address, { sent, steps }] of Object.entries(experiments)) {
    const payload = new Payload(sent);
    const run = preview(payload.bowl, payload.exact.at(0).theta, sent.run.rate, sent.run.steps, payload.previewSteps);
    assert.equal(run.exact, false);
    assert.equal(run.last, payload.exact.last);
    for (const { t, loss } of steps) close([run.loss[t]], [loss], { about: address });
  }
});

test("a preview that overflows ends at its last finite step", () => {
  const payload = new Payload(experiments[""].sent);
  const rate = 1e6 * (payload.limits.limit ?? NaN);
  const run = preview(payload.bowl, Float64Array.from([6, -2]), rate, 100, payload.previewSteps);
  assert.ok(run.last > 0 && run.last < 100);
  assert.ok(run.loss.every(Number.isFinite));
  assert.equal(run.at(run.last).loss, run.loss.at(-1));
});

test("the kept steps up to a step are counted, also between two and before the first", () => {
  assert.deepEqual(
    [-1, 0, 4, 9, 10, 99].map((t) => keptUntil([0, 1, 5, 10], t)),
    [0, 1, 2, 3, 4, 4],
  );
  assert.equal(keptUntil([], 3), 0);
});
