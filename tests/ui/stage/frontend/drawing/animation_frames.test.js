import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { nextFrame, painted } from "#frontend/drawing/animation_frames.js";

/** @type {((now: number) => void)[]} */
let frames;

beforeEach(() => {
  frames = [];
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  Object.assign(globalThis, { requestAnimationFrame: (/** @type {() => void} */ frame) => frames.push(frame) });
});

/** Lets promises that are resolved go on. */
const settled = () => new Promise((done) => setImmediate(done));

/** @param {Promise<unknown>} promise */
function watched(promise) {
  const watch = { done: false };
  promise.then(() => {
    watch.done = true;
  });
  return watch;
}

test("the next frame is waited for", async () => {
  const frame = watched(nextFrame());
  await settled();
  assert.equal(frame.done, false);
  frames[0](16);
  await settled();
  assert.equal(frame.done, true);
});

test("a change is painted after its frame, not with it", async () => {
  const paint = watched(painted());
  frames[0](16);
  await settled();
  assert.equal(paint.done, false, "the frame has begun, and nothing is on the screen yet");
  mock.timers.tick(0);
  await settled();
  assert.equal(paint.done, true);
});
