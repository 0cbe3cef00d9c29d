import assert from "node:assert/strict";
import { test } from "node:test";
import { ComparePlanePanel } from "#frontend/panels/lesson/compare_plane.js";
import { installDocument, size } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { built, drawn } from "../../helpers/panels.js";
import { close, numbersIn, stateOf } from "../../helpers/state.js";

installDocument();
Object.assign(size, { width: 600, height: 400 });
const experiments = fixture("experiments");

/** @param {any} panel */
const noteOf = (panel) => panel.figure.querySelector(".lr-note").textContent;

test("the note says how much of the excess loss is left, and when the run arrived", () => {
  let arrived = 0;
  for (const [address, { sent, bestTsse, steps }] of Object.entries(experiments)) {
    const { converged_at: arrival } = sent.run;
    const first = arrival === null ? [] : [{ t: arrival, loss: NaN }];
    for (const { t, loss } of [...steps, ...first]) {
      const state = stateOf(sent, { t });
      const { rate, converged_at } = state.run;
      const note = noteOf(drawn(ComparePlanePanel, state));
      const about = `${address}: ${note}`;
      const excess = (/** @type {number} */ height) => height - state.bowl.scale * bestTsse;
      if (converged_at !== null && t >= converged_at) {
        arrived += 1;
        close(numbersIn(note), [rate, t, converged_at], { relative: 1e-3, about });
        continue;
      }
      close(numbersIn(note), [rate, t, (100 * excess(loss)) / excess(steps[0].loss)], { relative: 6e-3, about });
    }
  }
  assert.ok(arrived > 0);
});

test("the paths are compared: no arrows, no choice of parameters, no start to be set", () => {
  const state = stateOf(experiments["?data=five"].sent, { best: true });
  const panel = drawn(ComparePlanePanel, state);
  const symbols = panel.plot.picture.map((/** @type {any} */ { marker }) => marker?.symbol ?? "line");
  assert.deepEqual(symbols, ["line", "circle", "circle", "star", "square", "circle"]);
  assert.deepEqual([panel.pairs.hidden, panel.setsStart(), ComparePlanePanel.gestures], [true, false, null]);
});

test("a variant offers its rate where the page says so", () => {
  const state = stateOf(experiments[""].sent);
  const take = (/** @type {any} */ panel) => panel.figure.querySelector(".lr-take");
  assert.ok(take(drawn(ComparePlanePanel, state)).hidden);
  const panel = drawn(ComparePlanePanel, state, { take: true });
  assert.equal(take(panel).hidden, false);
  take(panel).onclick();
  assert.deepEqual(panel.stage.updates, [{ rate: state.run.rate, ask: "rate" }]);
  close(numbersIn(take(panel).title), [state.run.rate], { relative: 1e-5 });
});

test("equal scales are drawn where they are asked for", () => {
  const state = stateOf(experiments[""].sent);
  for (const equal of [false, true]) {
    const { frame } = drawn(ComparePlanePanel, state, { equal });
    const ratio = (frame.toX(1) - frame.toX(0)) / (frame.toY(0) - frame.toY(1));
    assert.equal(Math.abs(ratio - 1) < 1e-6, equal, String(ratio));
  }
});

test("unequal scales are told only of the plane that has them", () => {
  const two = stateOf(experiments[""].sent);
  const panel = built(ComparePlanePanel, two, { equal: true });
  panel.prepare(two);
  panel.skewed = true; // as after data whose level curves are too long for one scale
  panel.prepare(stateOf(experiments["?data=five"].sent));
  assert.equal(panel.skewed, false);
});
