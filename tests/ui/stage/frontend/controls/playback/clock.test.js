import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Clock } from "#frontend/controls/playback/clock.js";

/** @type {any} */
let state;
/** @type {Clock} */
let clock;

beforeEach(() => {
  state = { step: 0, speed: 20, last: 100, variants: [], run: { exact: true, converged_at: null } };
  clock = new Clock();
  clock.start(1000);
});

/** @param {number} now */
function frame(now) {
  const change = clock.advance(now, state);
  state.step = change.step;
  return change;
}

test("so many steps a second, whatever the frames", () => {
  for (let now = 1000; now <= 2000; now += 16) frame(now);
  assert.ok(state.step === 19 || state.step === 20);
  frame(2000);
  assert.equal(state.step, 20);
});

test("steps that are due in part are not lost", () => {
  state.speed = 1;
  for (let now = 1100; now <= 4100; now += 100) frame(now);
  assert.equal(state.step, 3);
});

test("a frame that began before the click takes no step back", () => {
  state.step = 50;
  state.speed = 300;
  let least = 50;
  for (let now = 800; now <= 1800; now += 16) least = Math.min(least, frame(now).step ?? NaN);
  assert.equal(least, 50);
  assert.equal(state.step, 100);
});

test("a tab that was hidden does not leap ahead", () => {
  frame(61_000);
  assert.equal(state.step, 5);
});

test("playing pauses where the run converged, and goes on when asked", () => {
  state.run.converged_at = 7;
  state.speed = 1000;
  assert.deepEqual(frame(1016), { step: 7, playing: false, moment: null });
  clock.start(2000);
  assert.deepEqual(frame(2010), { step: 17, playing: true, moment: null });
  assert.deepEqual(frame(2210), { step: 100, playing: false, moment: null });
});

test("a preview, and runs beside each other, play to their end", () => {
  for (const other of [{ run: { exact: false, converged_at: 7 } }, { variants: [{}] }]) {
    Object.assign(state, { run: { exact: true, converged_at: 7 }, variants: [], speed: 1000, step: 0 }, other);
    clock.start(1000);
    assert.deepEqual(frame(1050), { step: 50, playing: true, moment: null });
  }
});

test("only a slow clock says how much of the next step has passed", () => {
  state.speed = 2;
  const moments = [1000, 1125, 1250, 1375].map((now) => frame(now).moment);
  assert.deepEqual(moments, [0, 0.25, 0.5, 0.75]);
  state.speed = 5;
  assert.equal(frame(1400).moment, null);
  Object.assign(state, { speed: 2, step: 99 });
  assert.deepEqual(frame(1600), { step: 100, playing: false, moment: null });
});
