import assert from "node:assert/strict";
import { test } from "node:test";
import { LearningRateControl, trackOf } from "#frontend/controls/parameters/learning_rate.js";
import { preview } from "#frontend/math/run.js";
import { installDocument, stageOf } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { close, shown, stateOf } from "../../helpers/state.js";

installDocument();
const { sent, forecast } = fixture("experiments")[""];
const { limits } = sent;

/** @param {Record<string, any>} [more] */
function controlOf(more = {}) {
  const state = stateOf(sent, { held: null, ...more });
  const stage = stageOf(state);
  const control = new LearningRateControl(stage);
  control.set(state);
  return { control, stage, state };
}

/** @param {number} rate */
const runAt = (rate) => {
  const { bowl, run, payload } = stateOf(sent);
  return preview(bowl, run.at(0).theta, rate, sent.run.steps, payload.previewSteps);
};

test("the track spans a thousandth of the limit to five times the limit", () => {
  const { low, high } = trackOf(limits.limit / 10, limits);
  close([10 ** low, 10 ** high], [limits.limit / 1000, limits.limit * 10 ** 0.7]);
});

test("a rate outside of the track lengthens it", () => {
  assert.ok(10 ** trackOf(1e-9, limits).low < 1e-9);
  assert.ok(10 ** trackOf(1e9, limits).high > 1e9);
});

test("the limits lie on the track where they are as rates", () => {
  for (const rate of [limits.limit / 10, 1e-9, 10]) {
    const track = trackOf(rate, limits);
    for (const name of /** @type {const} */ (["smooth", "limit", "fastest"]))
      close([track.low + (track[name] / 100) * (track.high - track.low)], [Math.log10(limits[name])], {
        absolute: 1e-9,
      });
  }
});

test("where no rate moves anything the limits lie beyond the track", () => {
  const { smooth, limit, fastest } = trackOf(0.1, { smooth: null, limit: null, fastest: null });
  assert.deepEqual([smooth, limit, fastest], [101, 101, 101]);
});

test("the slider says its rate, and what it will do in Python's words", () => {
  const { control } = controlOf();
  close([10 ** Number(control.range.value)], [sent.run.rate]);
  close([shown(control.range.getAttribute("aria-valuetext") ?? "")], [sent.run.rate], { relative: 1e-3 });
  assert.equal(control.sentence.textContent, forecast);
  assert.ok(control.mend.hidden);
  assert.match(control.mend.textContent, /^Use /, "a button has a name, though it is hidden");
});

test("too large a rate is said to be, and a button mends it", () => {
  const { control, stage } = controlOf({ run: runAt(3 * limits.limit) });
  assert.match(control.sentence.textContent ?? "", /^Diverges: in the end each step lands 5 times as far/);
  assert.ok(control.verdict.classList.contains("lr-bad"));
  assert.ok(!control.mend.hidden);
  control.mend.dispatchEvent(new Event("click"));
  assert.deepEqual(stage.updates, [{ rate: limits.fastest, ask: "rate" }]);
});

test("a drag previews, its end asks, and the track stays under the hand", () => {
  const { control, stage, state } = controlOf();
  const { min, max } = control.range;
  control.range.value = String(Math.log10(limits.limit * 4));
  control.range.dispatchEvent(new Event("input"));
  control.preview({ ...state, run: runAt(limits.limit * 1e3), held: { by: "rate" } });
  assert.deepEqual([control.range.min, control.range.max], [min, max]);
  control.range.dispatchEvent(new Event("change"));
  const rate = Number((limits.limit * 4).toPrecision(4));
  assert.deepEqual(stage.updates, [
    { rate, held: { by: "rate" } },
    { rate, ask: "rate", held: null },
  ]);
});

test("a typed rate is asked for as it is", () => {
  const { control, stage } = controlOf();
  control.box.value = "0.00123456789";
  control.box.dispatchEvent(new Event("change"));
  assert.deepEqual(stage.updates, [{ rate: 0.00123456789, ask: "rate" }]);
});
