import assert from "node:assert/strict";
import { test } from "node:test";
import { preview } from "#frontend/math/run.js";
import { RateSweepPanel } from "#frontend/panels/lesson/rate_sweep.js";
import { installDocument, size } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { drawn, pointsIn } from "../../helpers/panels.js";
import { close, numbersIn, stateOf } from "../../helpers/state.js";

installDocument();
Object.assign(size, { width: 600, height: 400 });
const sweeps = fixture("sweeps");
const [{ sent }] = sweeps;
const moving = sweeps.filter((/** @type {any} */ { dots }) => dots.length);
const mouse = /** @type {any} */ ({ pointerType: "mouse" });

/** @typedef {{ rate: number, steps: number | null, zone: string }} Dot */

test("each rate has a dot of its kind: at its steps, or above all others where it never arrives", () => {
  const seen = new Set();
  for (const { sent, dots } of sweeps) {
    const panel = drawn(RateSweepPanel, stateOf(sent));
    const [, , smooth, zigzag, never] = panel.plot.picture.map(pointsIn);
    const kind = (/** @type {(dot: Dot) => boolean} */ holds) =>
      dots
        .filter(holds)
        .map((/** @type {Dot} */ { rate, steps }) => [rate, steps === null ? panel.never : Math.max(1, steps)]);
    assert.deepEqual(
      smooth,
      kind(({ steps, zone }) => steps !== null && zone === "smooth"),
    );
    assert.deepEqual(
      zigzag,
      kind(({ steps, zone }) => steps !== null && zone !== "smooth"),
    );
    assert.deepEqual(
      never,
      kind(({ steps }) => steps === null),
    );
    for (const [, height] of [...smooth, ...zigzag]) assert.ok(height < panel.never);
    for (const dot of [...smooth, ...zigzag, ...never]) assert.ok(panel.frame.holds(...dot));
    for (const [name, points] of Object.entries({ smooth, zigzag, never })) if (points.length) seen.add(name);
  }
  assert.equal(seen.size, 3);
});

test("beyond the cliff no rate arrives, before it every one does", () => {
  for (const { sent, dots } of moving) {
    const [cliff, fastest] = drawn(RateSweepPanel, stateOf(sent)).plot.picture;
    assert.equal(cliff.x[0], cliff.x[1]);
    for (const { rate, steps } of dots) assert.equal(steps === null, rate > cliff.x[0], String(rate));
    assert.ok(fastest.x[0] <= cliff.x[0]);
  }
});

test("this run has its own dot, at the step at which it converges", () => {
  for (const { sent, convergesAt } of moving) {
    const state = stateOf(sent);
    const panel = drawn(RateSweepPanel, state);
    const [upright, dot] = panel.plot.picture.slice(-2);
    close(upright.x, [state.run.rate, state.run.rate]);
    close(pointsIn(dot)[0], [state.run.rate, panel.height(convergesAt)]);
    const limit = state.payload.limits.limit ?? NaN;
    const run = preview(state.bowl, state.here.theta, 1.5 * limit, 10, [0, 1]);
    panel.show({ ...state, run }, true);
    close(pointsIn(panel.plot.picture.at(-1))[0], [1.5 * limit, panel.never], { relative: 1e-9 });
    assert.match(panel.label({ ...state, run }), /and never converges\.$/);
    const [, quickest, highest] = numbersIn(panel.label(state));
    close([quickest, highest], [state.payload.limits.fastest ?? NaN, limit], { relative: 1e-3 });
  }
});

test("a rate far outside of the window is pointed at from its edge", () => {
  const state = stateOf(sent);
  const panel = drawn(RateSweepPanel, state);
  const rate = 1e-6 * state.run.rate;
  panel.show({ ...state, run: preview(state.bowl, state.here.theta, rate, 10, [0, 1]) }, true);
  const { marker, x } = panel.plot.picture.at(-1);
  assert.equal(marker.symbol, "arrow");
  assert.ok(x[1] < x[0] && x[1] > 10 ** panel.xRange[0], "to the left, and inside");
});

/** The gestures on a sweep, and the place of its dot m. */
function pointed() {
  const state = stateOf(sent);
  const panel = drawn(RateSweepPanel, state);
  const { frame } = panel;
  const at = (/** @type {number} */ m, away = 0) => {
    const [x, y] = [panel.rates[m], panel.height(panel.steps[m])];
    return { x, y, px: frame.toX(x) + away, py: frame.toY(y) };
  };
  const { down, hover, leave } = RateSweepPanel.gestures(/** @type {any} */ ({ flat: panel, state }));
  return { panel, at, down, hover, leave };
}

test("a click on a dot opens the run of its rate, unless the pointer left it", () => {
  const { panel, at, down } = pointed();
  for (const m of [0, 30, 59]) {
    const drag = down?.(at(m, 1), mouse);
    assert.deepEqual(drag?.end?.(at(m), mouse), { rate: panel.rates[m], ask: "rate" });
    assert.equal(drag?.end?.(at(m === 0 ? 9 : 0), mouse), null);
    assert.equal(drag?.end?.(null, mouse), null);
  }
  assert.equal(down?.({ ...at(0), px: -1e3 }, mouse), null);
  assert.equal(down?.(at(0), /** @type {any} */ ({ pointerType: "touch" }))?.pans, true);
});

test("a free pointer reads the dot that is nearest", () => {
  const { at, hover, leave } = pointed();
  const { rate, steps, zone } = sweeps[0].dots[0];
  const lines = hover?.(at(0, 3), mouse)?.tip?.split("\n") ?? [];
  close(numbersIn(lines[0]), [rate], { relative: 1e-5 });
  assert.equal(lines[1], zone);
  assert.match(lines[2], /^converges at step [\d,]+$/);
  assert.deepEqual(numbersIn(lines[2]), [steps]);
  assert.match(hover?.(at(59), mouse)?.tip ?? "", /diverges\nnever converges$/);
  assert.deepEqual(hover?.(at(0, -1e3), mouse), { tip: "" });
  assert.deepEqual(leave?.(), { tip: "" });
});

test("rows that no rate moves leave an empty picture that says so", () => {
  const { sent } = sweeps.find((/** @type {any} */ { dots }) => !dots.length);
  const state = stateOf(sent);
  const panel = drawn(RateSweepPanel, state);
  assert.match(panel.label(state), /^No rate moves anything here\./);
  assert.deepEqual(panel.plot.picture.slice(0, 5).flatMap(pointsIn), []);
  assert.ok([...panel.xRange, ...panel.yRange].every(Number.isFinite));
});
