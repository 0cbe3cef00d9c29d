import assert from "node:assert/strict";
import { test } from "node:test";
import { forecastSentence, runSentence } from "#frontend/controls/messages.js";
import { Payload } from "#frontend/math/payload.js";
import { fixture } from "../helpers/fixtures.js";

const cases = fixture("messages");

test("what Python foresees is said in the words of Python", () => {
  for (const { sent, forecast } of cases) {
    const payload = new Payload(sent);
    assert.equal(forecastSentence(payload, payload.forecast), forecast);
  }
  const zones = new Set(cases.map((/** @type {any} */ each) => each.sent.forecast.zone));
  assert.deepEqual([...zones].sort(), ["at the minimum", "bounces", "diverges", "smooth", "zig-zag"]);
});

test("how a run of Python ended is said in the words of Python", () => {
  for (const { sent, reason } of cases) {
    const payload = new Payload(sent);
    assert.equal(runSentence(payload, payload.exact), reason);
  }
  const ends = cases.map((/** @type {any} */ each) => each.reason.match(/^\w+|overflowed|after .* the loss/g).join());
  const { length } = ["Converged", "Done", "Diverged,overflowed", "Diverged,after"].filter((end) =>
    ends.some((/** @type {string} */ each) => each.startsWith(end)),
  );
  assert.equal(length, 4, "every end");
  assert.ok(cases.some((/** @type {any} */ each) => each.reason.endsWith("is 0 up to rounding.")));
});
