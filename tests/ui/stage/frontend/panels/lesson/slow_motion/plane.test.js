import assert from "node:assert/strict";
import { test } from "node:test";
import { GRADIENT, MINUS, PHASES, SCALED, THETA } from "#frontend/math/phases.js";
import { SlowMotionPlanePanel } from "#frontend/panels/lesson/slow_motion/plane.js";
import { installDocument, size } from "../../../helpers/dom.js";
import { fixture } from "../../../helpers/fixtures.js";
import { drawn, partsOf, pointsIn, through } from "../../../helpers/panels.js";
import { lossOf } from "../../../helpers/rows.js";
import { close, stateOf } from "../../../helpers/state.js";

installDocument();
Object.assign(size, { width: 600, height: 400 });
/** @type {[string, any][]} */
const experiments = Object.entries(fixture("experiments"));
const line = fixture("experiments")[""];
const mouse = /** @type {any} */ ({ pointerType: "mouse" });
const finger = /** @type {any} */ ({ pointerType: "touch" });

/** @param {any} state */
const panelOf = (state) => drawn(SlowMotionPlanePanel, state);

/**
 * The parts of a picture by what they show.
 * @param {any} panel
 */
function partsIn(panel) {
  const [levels, past, star, gradient, scaled, minus, drop, guess, now, landed] = panel.plot.picture;
  return { levels, past, star, gradient, scaled, minus, drop, guess, now, landed };
}

test("the phases bring the gradient, η times it, minus that, and where θ lands", () => {
  for (const [address, { sent, steps }] of experiments)
    for (const { t, theta, gradient, loss, next, nextLoss } of steps.slice(0, 3))
      for (const phase of PHASES.keys()) {
        const state = stateOf(sent, { t, phase });
        const panel = panelOf(state);
        const { one } = panel;
        const about = `${address} step ${t}, ${PHASES[phase]}`;
        const placeOf = (/** @type {number[]} */ at, /** @type {number} */ height) =>
          one ? [at[0], height] : state.pair.map((/** @type {number} */ j) => at[j]);
        const along = (/** @type {number} */ factor) =>
          placeOf(
            theta.map((/** @type {number} */ value, /** @type {number} */ j) => value + factor * gradient[j]),
            loss,
          );
        const here = placeOf(theta, loss);
        const parts = partsIn(panel);
        through(panel, parts.gradient, [here, along(panel.gradientScale)], about);
        through(panel, parts.scaled, phase >= SCALED ? [here, along(state.run.rate)] : [], about);
        through(panel, parts.minus, phase >= MINUS ? [here, along(-state.run.rate)] : [], about);
        through(panel, parts.landed, phase >= THETA ? [placeOf(next, nextLoss)] : [], about);
        through(panel, parts.now, [here], about);
        assert.equal(parts.now.marker.symbol, phase >= THETA ? "circle-open" : "circle", about);
        const drop = one && phase >= THETA ? [along(-state.run.rate), placeOf(next, nextLoss)] : [];
        through(panel, parts.drop, drop, about);
        assert.match(panel.label(state), new RegExp(`phase ${phase + 1} of 6 of step ${t}`));
      }
});

test("the path so far ends at θ", () => {
  const state = stateOf(line.sent, { t: 7, phase: 0 });
  const panel = panelOf(state);
  const { past } = partsIn(panel);
  assert.equal(past.x.length, 8);
  through(panel, { x: past.x.slice(-1), y: past.y.slice(-1) }, [line.steps[2].theta]);
  through(panel, { x: past.x.slice(0, 1), y: past.y.slice(0, 1) }, [line.steps[0].theta]);
});

test("zoomed to a step, its length is a third of the window and θ is in the middle", () => {
  for (const { t, theta, next } of line.steps.slice(0, 3)) {
    const panel = panelOf(stateOf(line.sent, { t, phase: 0, closeUp: true }));
    const [width, height] = [panel.xRange, panel.yRange].map(([low, high]) => high - low);
    const share = Math.hypot((next[0] - theta[0]) / width, (next[1] - theta[1]) / height);
    close([share], [0.34], { relative: 1e-6, about: `step ${t}` });
    close([panel.xRange[0] + width / 2, panel.yRange[0] + height / 2], theta, { relative: 1e-9 });
  }
});

test("zoomed to a step, a level curve runs through θ and another through where it lands", () => {
  const { t, theta, next, loss, nextLoss } = line.steps[1];
  const state = stateOf(line.sent, { t, phase: 0, closeUp: true });
  const panel = panelOf(state);
  const change = loss - nextLoss;
  const losses = partsOf(partsIn(panel).levels).map((part) => lossOf(line.X, line.y, part[0], state.bowl.scale));
  for (const [place, height] of [
    [theta, loss],
    [next, nextLoss],
  ]) {
    assert.ok(Math.min(...losses.map((each) => Math.abs(each - height))) < 1e-6 * change, String(place));
  }
  const gaps = losses.slice(1).map((each, m) => (each - losses[m]) / change);
  close(
    gaps,
    gaps.map(() => 0.5),
    { relative: 1e-6 },
  );
});

test("a box zooms to the step, and the window follows it then", () => {
  const state = stateOf(line.sent, { t: 0, phase: 0, closeUp: false });
  const panel = panelOf(state);
  panel.zoomBox.checked = true;
  panel.zoomBox.onchange();
  assert.deepEqual(panel.stage.updates, [{ closeUp: true }]);
  const whole = panel.xRange;
  panel.plotted = true;
  Object.assign(globalThis, { window: globalThis });
  panel.show({ ...state, t: 1, here: state.run.at(1) }, false);
  assert.deepEqual(panel.xRange, whole, "the whole plane stays");
  const close = { ...state, closeUp: true };
  panel.set(close);
  assert.equal(panelOf(close).zoomBox.checked, true, "also after another visit");
  const before = panel.xRange;
  panel.show({ ...close, t: 1, here: state.run.at(1) }, false);
  assert.notDeepEqual(panel.xRange, before);
});

test("over a single parameter there is nothing to zoom to", () => {
  const { sent } = fixture("experiments")["?intercept=0"];
  const [whole, single] = [false, true].map((closeUp) => panelOf(stateOf(sent, { phase: 0, closeUp })));
  assert.ok(single.zoom.hidden);
  assert.deepEqual([single.xRange, single.yRange], [whole.xRange, whole.yRange]);
});

/**
 * What a pointer means at a phase.
 * @param {Record<string, any>} more
 */
function pointed(more, address = "") {
  const state = stateOf(fixture("experiments")[address].sent, { t: 1, phase: GRADIENT, ...more });
  const panel = panelOf(state);
  return { panel, state, gestures: SlowMotionPlanePanel.gestures(/** @type {any} */ ({ flat: panel, state })) };
}

/**
 * @param {number} x
 * @param {number} y
 */
const at = (x, y) => ({ x, y, px: 0, py: 0 });

test("a place in the plane is a guess at the two values, and no start", () => {
  const { panel, gestures } = pointed({});
  const drag = gestures.down?.(at(1.23456789, -2), mouse);
  assert.deepEqual(drag?.begin, { tip: "", guess: { step: 1, parameters: [0, 1], values: [1.23457, -2] } });
  assert.deepEqual(drag?.move?.(at(3, 4), mouse), { guess: { step: 1, parameters: [0, 1], values: [3, 4] } });
  assert.equal(panel.setsStart(), false);
  assert.deepEqual(panel.guessWindow(), { x: panel.xRange, y: panel.yRange });
  assert.deepEqual(gestures.hover?.(at(1.5, -2), mouse), { tip: "θ0 = 1.5\nθ1 = −2" });
});

test("of a single parameter a guess is one value", () => {
  const { gestures } = pointed({}, "?intercept=0");
  const drag = gestures.down?.(at(3, 99), mouse);
  assert.deepEqual(drag?.begin?.guess, { step: 1, parameters: [0], values: [3] });
  assert.match(gestures.hover?.(at(3, 99), mouse)?.tip ?? "", /^θ1? = 3$/);
});

test("a tap marks where the finger lifts, its swipe scrolls", () => {
  const drag = pointed({}).gestures.down?.(at(1, 2), finger);
  assert.deepEqual([drag?.pans, drag?.begin, drag?.move], [true, { tip: "" }, undefined]);
  assert.deepEqual(drag?.end?.(at(1, 2), finger)?.guess?.values, [1, 2]);
  assert.equal(drag?.end?.(null, finger), null);
});

test("once the answer is seen, or the guess taken, there is nothing to mark", () => {
  for (const more of [{ phase: MINUS }, { guess: { step: 1, parameters: [0], way: "up", taken: true } }]) {
    const { gestures } = pointed(more);
    assert.equal(gestures.down?.(at(1, 2), mouse), null);
    assert.deepEqual(gestures.hover?.(at(1, 2), mouse), { tip: "" });
  }
  const { state, gestures } = pointed({});
  const drag = gestures.down?.(at(1, 2), mouse);
  state.phase = MINUS;
  assert.equal(drag?.move?.(at(3, 4), mouse), null, "nor for a hand that was there before");
  assert.deepEqual(gestures.leave?.(), { tip: "" });
});

test("a guess is drawn where it was made, and once θ has landed with the way it was off", () => {
  const { t, theta, next } = line.steps[1];
  const guessed = (/** @type {any} */ guess, /** @type {number} */ phase) =>
    pointsIn(partsIn(panelOf(stateOf(line.sent, { t, phase, guess }))).guess);
  const both = { step: t, parameters: [0, 1], values: [1, 2] };
  assert.deepEqual(guessed(null, THETA), []);
  assert.deepEqual(guessed({ step: t, parameters: [0], way: "up" }, THETA), []);
  assert.deepEqual(guessed(both, MINUS), [[1, 2]]);
  const [from, to] = guessed(both, THETA);
  assert.deepEqual(from, [1, 2]);
  close(to, next, { relative: 1e-9 });
  const one = { step: t, parameters: [1], values: [2] };
  close(guessed(one, THETA).flat(), [theta[0], 2], { relative: 1e-9 });
});
