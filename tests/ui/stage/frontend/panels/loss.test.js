import assert from "node:assert/strict";
import { test } from "node:test";
import { LossPanel } from "#frontend/panels/loss.js";
import { installDocument } from "../helpers/dom.js";
import { fixture } from "../helpers/fixtures.js";
import { drawn, pointsIn } from "../helpers/panels.js";
import { close, numbersIn, stateOf } from "../helpers/state.js";

installDocument();
const experiments = Object.entries(fixture("experiments"));
const { sent } = fixture("experiments")[""];
const diverging = fixture("messages").find((/** @type {any} */ { sent }) => {
  const { last, loss } = stateOf(sent).run;
  return sent.run.status === "diverged" && last > 3 && loss[1] > loss[0];
}).sent;

test("the curve, the dot and the level are the losses of the rows, on either axis", () => {
  for (const log of [false, true])
    for (const [address, { sent, bestTsse, steps }] of experiments)
      for (const { t, loss } of steps) {
        const about = `${address} step ${t}`;
        const state = stateOf(sent, { t, log });
        const panel = drawn(LossPanel, state);
        const [whole, done, level, , now] = panel.plot.picture;
        const at = Array.from(state.run.kept).indexOf(t);
        close([whole.x[at], whole.y[at]], [t, loss], { about });
        close([done.x.at(-1), done.y.at(-1)], [t, loss], { about });
        close([now.x[0], now.y[0]], [t, loss], { about });
        close(level.y, [state.bowl.scale * bestTsse, state.bowl.scale * bestTsse], { relative: 1e-6, about });
        assert.equal(panel.axes(state).y.type, log ? "log" : "linear");
        const [low, high] = log ? panel.yRange.map((/** @type {number} */ end) => 10 ** end) : panel.yRange;
        assert.ok(low <= level.y[0] && loss <= high, about);
        close(numbersIn(panel.label(state)).slice(0, 2), [t, loss], { relative: 1e-4, about });
      }
});

test("the box beside the title chooses the scale", () => {
  const panel = drawn(LossPanel, stateOf(sent));
  const box = panel.figure.querySelector(".lr-log");
  assert.deepEqual([box.checked, box.disabled], [false, false]);
  box.checked = true;
  box.onchange();
  assert.deepEqual(panel.stage.updates, [{ log: true }]);
});

test("a loss that grows too far is on a logarithmic scale, and the box says why", () => {
  const state = stateOf({ ...diverging });
  const panel = drawn(LossPanel, { ...state, run: Object.assign(Object.create(state.run), { loss: [1, 2e9] }) });
  const box = panel.figure.querySelector(".lr-log");
  assert.deepEqual([box.checked, box.disabled], [true, true]);
  assert.match(box.title, /too far for a plain scale/);
  panel.set({ ...state, run: Object.assign(Object.create(state.run), { loss: [1, 2e8] }) });
  assert.deepEqual([box.checked, box.disabled, box.title], [false, false, ""]);
  assert.ok(panel.yRange[1] > 2e8, "a run that diverges is seen to its end");
});

test("of a run that diverges the window holds the highest loss", () => {
  const state = stateOf(diverging, { log: true });
  const panel = drawn(LossPanel, state);
  assert.ok(panel.yRange[1] > Math.log10(Math.max(...state.run.loss)));
});

test("a loss of nothing is not drawn on a logarithmic scale", () => {
  const state = stateOf(sent, { log: true });
  const panel = drawn(LossPanel, { ...state, here: { ...state.here, loss: 0 } });
  assert.deepEqual(panel.plot.picture.at(-1).y, [null]);
  const plain = drawn(LossPanel, { ...state, log: false, here: { ...state.here, loss: 0 } });
  assert.deepEqual(pointsIn(plain.plot.picture.at(-1)), [[0, 0]]);
});
