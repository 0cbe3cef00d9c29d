import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { FollowingWindow, readable } from "#frontend/panels/lesson/slow_motion/following_window.js";

Object.assign(globalThis, { window: globalThis });
/** @type {any} */
let panel;
/** @type {FollowingWindow} */
let following;
let now = 0;

beforeEach(() => {
  mock.restoreAll();
  now = 10_000;
  mock.method(performance, "now", () => now);
  panel = { plotted: true, set: mock.fn(), settle: mock.fn(async () => {}), stage: { fail: mock.fn() } };
  following = new FollowingWindow(panel);
  following.shown = "first";
  Object.assign(globalThis, { Plotly: { name: "the library" } });
});

const drawn = () => panel.set.mock.callCount();
const state = (playing = false) => /** @type {any} */ ({ playing });

test("another window is drawn at once, the same one never", () => {
  following.follow(state(), "first");
  assert.equal(drawn(), 0);
  const still = state();
  following.follow(still, "second");
  assert.deepEqual(panel.set.mock.calls[0].arguments, [still]);
  assert.deepEqual(panel.settle.mock.calls[0].arguments, [still, window.Plotly]);
});

test("axes that fail are an error of the stage", async () => {
  const error = new Error("no room");
  panel.settle = async () => {
    throw error;
  };
  following.follow(state(), "second");
  await new Promise((done) => setImmediate(done));
  assert.deepEqual(panel.stage.fail.mock.calls[0].arguments, [error]);
});

test("while a run is played there are new axes twice a second", () => {
  following.follow(state(true), "second");
  assert.equal(drawn(), 1);
  now += 499;
  following.follow(state(true), "third");
  assert.equal(drawn(), 1);
  following.follow(state(false), "third");
  assert.equal(drawn(), 2, "but at once where it stops");
  now += 500;
  following.follow(state(true), "fourth");
  assert.equal(drawn(), 3);
});

test("before the first picture has its axes nothing is drawn again", () => {
  panel.plotted = false;
  following.follow(state(), "second");
  assert.equal(drawn(), 0);
});

test("without the library the axes wait for it", () => {
  Object.assign(globalThis, { Plotly: undefined });
  following.follow(state(), "second");
  assert.deepEqual([drawn(), panel.settle.mock.callCount()], [1, 0]);
});

test("an axis whose digits would all be the same says around which value it lies", () => {
  const wide = { range: /** @type {[number, number]} */ ([0, 1]), title: "loss" };
  assert.equal(readable(wide), wide);
  const { title, showticklabels, range } = readable({ range: [1234.56, 1234.58], title: "loss" });
  assert.deepEqual([title, showticklabels, range], ["loss, around 1,234.57", false, [1234.56, 1234.58]]);
  assert.equal(readable({ range: [-1e-9, 1e-9], title: "loss" }).title, "loss", "around 0 any span has its digits");
});
