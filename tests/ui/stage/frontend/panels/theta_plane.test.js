import assert from "node:assert/strict";
import { test } from "node:test";
import { number } from "#frontend/math/format.js";
import { ThetaPlanePanel } from "#frontend/panels/theta_plane.js";
import { installDocument, size } from "../helpers/dom.js";
import { fixture } from "../helpers/fixtures.js";
import { drawn, legendOf, partsOf, pointsIn, through } from "../helpers/panels.js";
import { lossOf, moved } from "../helpers/rows.js";
import { close, stateOf } from "../helpers/state.js";

installDocument();
Object.assign(size, { width: 600, height: 400 });
const experiments = Object.entries(fixture("experiments"));
const sentOf = (/** @type {string} */ address) => fixture("experiments")[address].sent;

/**
 * Where θ lies in the plane: over a single parameter its loss is the height.
 * @param {any} state
 * @param {ArrayLike<number>} theta
 * @param {number} loss
 */
const placeOf = ({ bowl, pair }, theta, loss) => (bowl.p === 1 ? [theta[0], loss] : [theta[pair[0]], theta[pair[1]]]);

test("path, step, start and minimum are those of the run", () => {
  for (const [address, { sent, best, bestTsse, steps }] of experiments)
    for (const { t, theta, loss, next, nextLoss } of steps) {
      const state = stateOf(sent, { t, best: true });
      const panel = drawn(ThetaPlanePanel, state);
      const [, path, done, star, , step, start, now] = panel.plot.picture;
      const about = `${address} step ${t}`;
      const here = placeOf(state, theta, loss);
      const at = Array.from(state.run.kept).indexOf(t);
      through(panel, { x: [path.x[at]], y: [path.y[at]] }, [here], about);
      assert.deepEqual(pointsIn(done).slice(0, -1), pointsIn(path).slice(0, at + 1), about);
      through(panel, { x: done.x.slice(-1), y: done.y.slice(-1) }, [here], about);
      through(panel, step, [here, placeOf(state, next, nextLoss)], about);
      through(panel, start, [placeOf(state, steps[0].theta, steps[0].loss)], about);
      through(panel, star, [placeOf(state, best, state.bowl.scale * bestTsse)], about);
      through(panel, now, [here], about);
    }
});

test("the gradient's arrow is as many times the gradient as the legend says, 15 % of the window at most", () => {
  for (const [address, { sent, steps }] of experiments)
    for (const { t, theta, gradient } of steps) {
      const state = stateOf(sent, { t });
      const panel = drawn(ThetaPlanePanel, state);
      const { gradientScale, one } = panel;
      const [from, to] = pointsIn(panel.plot.picture[4]);
      const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
      const [across, up] = state.pair;
      const about = `${address} step ${t}`;
      const error = { relative: 1e-6, absolute: 1e-9 * Math.abs(theta[across]), about };
      close([dx], [gradientScale * gradient[across]], error);
      close([dy], [one ? 0 : gradientScale * gradient[up]], { ...error, absolute: 1e-9 * Math.abs(theta[up]) });
      assert.match(Number(gradientScale.toPrecision(6)).toExponential(), /^[125]e/, about);
      assert.equal(legendOf(panel)[3], `∇ × ${number(gradientScale, 1)}`);
      if (t > 0) continue;
      const [width, height] = [panel.xRange, panel.yRange].map(([low, high]) => high - low);
      const share = Math.hypot(dx / width, dy / height);
      assert.ok(share <= 0.150001 && share > 0.15 / 2.501, `${about}: ${share}`);
    }
});

test("level curves have one loss each, computed row by row, and one runs at the height of the start", () => {
  let looked = 0;
  for (const [address, { sent, X, y }] of experiments) {
    const state = stateOf(sent);
    const { bowl, here, pair } = state;
    const panel = drawn(ThetaPlanePanel, state);
    const parts = partsOf(panel.plot.picture[0]);
    const lossAt = (/** @type {[number, number]} */ place) => lossOf(X, y, moved(here.theta, pair, place), bowl.scale);
    const close_ = { relative: 1e-6, absolute: 1e-6 * panel.rise, about: address };
    if (bowl.p === 1) {
      const [points] = parts;
      const losses = points.map(([x]) => lossOf(X, y, [x], bowl.scale));
      close(
        points.map(([, height]) => height),
        losses,
        close_,
      );
      continue;
    }
    const heights = [];
    for (const part of parts) {
      const losses = part.filter((place) => panel.frame.holds(...place)).map(lossAt);
      if (!losses.length) continue;
      close(
        losses,
        losses.map(() => losses[0]),
        close_,
      );
      heights.push(losses[0]);
      looked += losses.length;
    }
    assert.deepEqual(
      heights,
      heights.toSorted((a, b) => a - b),
      address,
    );
    if (bowl.p > 2) continue;
    const off = heights.map((loss) => Math.abs(loss - here.loss) / panel.rise);
    assert.ok(Math.min(...off) < 1e-6, `${address}: no level at the height of the start`);
  }
  assert.ok(looked > 1000, String(looked));
});

test("a single parameter has the loss upwards, and its arrow is level", () => {
  const state = stateOf(sentOf("?intercept=0"), { t: 1 });
  const panel = drawn(ThetaPlanePanel, state);
  assert.equal(panel.axes(state).y.title, state.payload.lossLabel);
  assert.equal(panel.figure.querySelector("h3").textContent, "Loss over the parameter");
  assert.ok(panel.figure.classList.contains("lr-alone"));
  const { y } = panel.plot.picture[4];
  assert.equal(y[0], y[1]);
});

test("a hand leaves its trail instead of a run", () => {
  const tries = [
    [0, 0],
    [1, 2],
  ];
  const state = stateOf(sentOf(""), { tries });
  const panel = drawn(ThetaPlanePanel, state, { run: false, tries: true });
  const [levels, star, trail, now, ...more] = panel.plot.picture;
  assert.deepEqual(more, []);
  assert.equal(levels.moves, "never");
  assert.equal(star.marker.symbol, "star");
  assert.deepEqual(pointsIn(trail), [...tries, [...state.here.theta]]);
  assert.deepEqual(pointsIn(now), [[...state.here.theta]]);
  assert.deepEqual(legendOf(panel), ["your model", "your tries"]);
});

test("what lies outside of the window is pointed at, and told beside the title", () => {
  const state = stateOf(sentOf(""));
  const panel = drawn(ThetaPlanePanel, state);
  assert.equal(panel.note(state), "");
  const far = { ...state, here: { ...state.here, theta: Float64Array.of(state.here.theta[0], -4e5) } };
  panel.set(far);
  const { marker, y } = panel.plot.picture.at(-1);
  assert.equal(marker.symbol, "arrow");
  assert.ok(y[1] < y[0] && y[1] > panel.yRange[0], "downwards, and inside");
  assert.equal(panel.note(far), `outside: θ0 ${number(far.here.theta[0], 3)}, θ1 −400,000`);
  assert.equal(panel.figure.querySelector(".lr-note").textContent, panel.note(far));
});

test("of many parameters two are chosen, and shown", () => {
  const state = stateOf(sentOf("?data=five"), { pair: [2, 4], best: true });
  const panel = drawn(ThetaPlanePanel, state);
  const { x, y } = panel.axes(state);
  assert.deepEqual([x.title, y.title], [state.payload.paramLabels[2], state.payload.paramLabels[4]]);
  through(panel, panel.plot.picture[3], [[state.bowl.best[2], state.bowl.best[4]]]);
  const [across, up] = panel.pairs.querySelectorAll("select");
  assert.deepEqual([panel.pairs.hidden, across.value, up.value], [false, "2", "4"]);
  across.value = "0";
  across.onchange();
  assert.deepEqual(panel.stage.updates, [{ pair: [0, 4] }]);
  assert.ok(drawn(ThetaPlanePanel, stateOf(sentOf(""))).pairs.hidden, "two parameters leave no choice");
});

test("a place in the plane is a start", () => {
  assert.ok(drawn(ThetaPlanePanel, stateOf(sentOf(""))).setsStart());
});
