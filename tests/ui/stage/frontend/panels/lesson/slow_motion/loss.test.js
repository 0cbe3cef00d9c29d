import assert from "node:assert/strict";
import { test } from "node:test";
import { LOSS, PHASES } from "#frontend/math/phases.js";
import { SlowMotionLossPanel } from "#frontend/panels/lesson/slow_motion/loss.js";
import { installDocument } from "../../../helpers/dom.js";
import { fixture } from "../../../helpers/fixtures.js";
import { drawn, legendOf, pointsIn } from "../../../helpers/panels.js";
import { close, stateOf } from "../../../helpers/state.js";

installDocument();
Object.assign(globalThis, { window: globalThis });
/** @type {[string, any][]} */
const experiments = Object.entries(fixture("experiments"));
const { sent } = fixture("experiments")[""];

test("the dot, the curve so far and the change are the losses of the rows", () => {
  for (const [address, { sent, steps }] of experiments)
    for (const { t, loss, nextLoss } of steps)
      for (const phase of PHASES.keys()) {
        const panel = drawn(SlowMotionLossPanel, stateOf(sent, { t, phase, best: true }));
        const [, done, change, now, then] = panel.plot.picture;
        const about = `${address} step ${t}, ${PHASES[phase]}`;
        const error = { relative: 1e-9, about };
        close(pointsIn(now)[0], [t, loss], error);
        close(pointsIn(done)[done.x.length - 1], [t, loss], error);
        if (phase < LOSS) {
          assert.deepEqual([pointsIn(change), pointsIn(then)], [[], []], about);
          assert.equal(now.marker.symbol, "circle");
          continue;
        }
        close(pointsIn(then)[0], [t + 1, nextLoss], error);
        const [from, over, to] = pointsIn(change);
        close([...from, ...over, ...to], [t, loss, t + 1, loss, t + 1, nextLoss], error);
        assert.equal(now.marker.symbol, "circle-open");
      }
});

test("the window is a block of twenty steps, and holds the losses of all of them", () => {
  const state = stateOf(sent, { t: 27, phase: 0 });
  const panel = drawn(SlowMotionLossPanel, state);
  const [, done] = panel.plot.picture;
  assert.deepEqual([...done.x], [20, 21, 22, 23, 24, 25, 26, 27], "a curve begins with the block");
  assert.ok(panel.xRange[0] < 20 && panel.xRange[1] > 40);
  for (let t = 20; t <= 40; t++) {
    const { loss } = state.run.at(t);
    assert.ok(panel.frame.holds(t, loss), `step ${t}`);
  }
});

test("the axes follow into the next block", () => {
  const state = stateOf(sent, { t: 19, phase: 0, playing: false });
  const panel = drawn(SlowMotionLossPanel, state);
  panel.plotted = true;
  const first = panel.xRange;
  panel.show({ ...state, t: 18, here: state.run.at(18) }, false);
  assert.equal(panel.xRange, first);
  panel.show({ ...state, t: 20, here: state.run.at(20) }, false);
  assert.ok(panel.xRange[0] > 19, String(panel.xRange));
});

test("the minimum is a level where it is wanted", () => {
  const shown = drawn(SlowMotionLossPanel, stateOf(sent, { best: true, phase: 0 }));
  const { bestLoss } = stateOf(sent).bowl;
  close(shown.plot.picture[0].y, [bestLoss, bestLoss]);
  assert.ok(legendOf(shown).includes("minimum"));
  const hidden = drawn(SlowMotionLossPanel, stateOf(sent, { best: false, phase: 0 }));
  assert.deepEqual(hidden.plot.picture[0].y, [null, null]);
  assert.ok(!legendOf(hidden).includes("minimum"));
});

test("the loss after the step is told only once it is seen", () => {
  const panel = drawn(SlowMotionLossPanel, stateOf(sent, { phase: 0 }));
  assert.doesNotMatch(panel.label(stateOf(sent, { phase: LOSS - 1 })), /after this step/);
  assert.match(panel.label(stateOf(sent, { phase: LOSS })), /; after this step it is \d/);
  assert.equal(panel.figure.querySelector("h3").textContent, "Loss: TSSE");
});
