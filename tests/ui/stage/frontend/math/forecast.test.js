import assert from "node:assert/strict";
import { test } from "node:test";
import { forecastSentence } from "#frontend/controls/messages.js";
import { bestRate, forecast } from "#frontend/math/forecast.js";
import { Payload } from "#frontend/math/payload.js";
import { fixture } from "../helpers/fixtures.js";
import { close } from "../helpers/state.js";

test("the forecast of a dragged rate has the words of Python's", () => {
  const seen = [];
  for (const { sent, start, rates, sentences } of fixture("forecasts")) {
    const payload = new Payload(sent);
    for (const [i, rate] of rates.entries()) {
      const sentence = forecastSentence(payload, forecast(payload, Float64Array.from(start), rate));
      assert.equal(sentence, sentences[i], `rate ${rate}`);
      seen.push(sentence);
    }
  }
  const zones = new Set(seen.map((sentence) => sentence.split(":")[0].split(",")[0]));
  for (const zone of ["Smooth", "Zig-zag", "Diverges", "At the minimum"]) assert.ok(zones.has(zone), zone);
  const ends = seen
    .filter((sentence) => sentence.includes("near step"))
    .map((sentence) => /this run has only/.test(sentence));
  assert.equal(new Set(ends).size, 2, "some steps lie within the run, some after it");
});

test("the best rate for the steps of a run is Python's", () => {
  let compared = 0;
  for (const { sent, start, best } of fixture("forecasts")) {
    if (best === null) continue;
    const payload = new Payload(sent);
    close([bestRate(payload, Float64Array.from(start), payload.run.steps)], [best], { relative: 1e-6 });
    compared++;
  }
  assert.ok(compared > 40);
});
