import assert from "node:assert/strict";
import { test } from "node:test";
import { DirectionsPlanePanel, lookOf } from "#frontend/panels/lesson/directions_plane.js";
import { installDocument, size } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { drawn, legendOf, pointsIn } from "../../helpers/panels.js";
import { close, stateOf } from "../../helpers/state.js";

installDocument();
Object.assign(size, { width: 600, height: 400 });
/** @type {[string, any][]} */
const planes = Object.entries(fixture("experiments")).filter(([, { best }]) => best.length === 2);

/** @typedef {[number, number]} Pair */

/**
 * The way from one end of a line to the other.
 * @param {any} trace
 */
function wayOf(trace) {
  const [[x0, y0], [x1, y1]] = pointsIn(trace);
  return /** @type {Pair} */ ([x1 - x0, y1 - y0]);
}

/**
 * The curvature of the loss of the rows along a way.
 * @param {number[][]} X
 * @param {Pair} way
 */
const curvatureAlong = (X, [a, b]) => X.reduce((sum, row) => sum + (a * row[0] + b * row[1]) ** 2, 0) / (a * a + b * b);

/**
 * @param {Pair} some
 * @param {Pair} others
 */
const cosine = (some, others) =>
  (some[0] * others[0] + some[1] * others[1]) / (Math.hypot(...some) * Math.hypot(...others));

test("the axes run through the minimum along the steepest and the shallowest direction", () => {
  assert.ok(planes.length >= 3);
  for (const [address, { sent, X, best }] of planes) {
    const [, steep, shallow] = drawn(DirectionsPlanePanel, stateOf(sent, { best: true })).plot.picture;
    const ways = [steep, shallow].map(wayOf);
    for (const [m, axis] of [steep, shallow].entries()) {
      const [from, to] = pointsIn(axis);
      close([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], best, { relative: 1e-6, absolute: 1e-6, about: address });
      // An axis of the bowl is where the curvature does not change with the angle.
      const [a, b] = ways[m];
      const [more, less] = [1e-4, -1e-4].map((turn) => curvatureAlong(X, [a - turn * b, b + turn * a]));
      const here = curvatureAlong(X, ways[m]);
      assert.ok(m === 0 ? here > more && here > less : here < more && here < less, `${address} axis ${m}`);
    }
    assert.ok(Math.abs(cosine(ways[0], ways[1])) < 1e-9, `${address}: they are at right angles`);
  }
});

test("the error is a way along the shallow axis and then along the steep one, from the minimum to θ", () => {
  for (const [address, { sent, best, steps }] of planes)
    for (const { t, theta } of steps.slice(0, 3)) {
      const { picture } = drawn(DirectionsPlanePanel, stateOf(sent, { t, best: true })).plot;
      const [shallow, steep] = picture.slice(-3, -1);
      const about = `${address} step ${t}`;
      close(pointsIn(shallow)[0], best, { about });
      assert.deepEqual(pointsIn(shallow)[1], pointsIn(steep)[0], about);
      close(pointsIn(steep)[1], theta, { about });
      for (const [part, axis] of [
        [steep, picture[1]],
        [shallow, picture[2]],
      ]) {
        const way = wayOf(part);
        if (Math.hypot(...way) > 1e-6 * Math.hypot(...best))
          close([Math.abs(cosine(way, wayOf(axis)))], [1], { relative: 1e-6, about });
        assert.equal(part.line.color, axis.line.color, about);
      }
    }
});

test("right angles look right, unless the note says otherwise", () => {
  for (const [address, { sent }] of planes) {
    const state = stateOf(sent);
    const panel = drawn(DirectionsPlanePanel, state);
    const { frame } = panel;
    const ratio = (frame.toX(1) - frame.toX(0)) / (frame.toY(0) - frame.toY(1));
    assert.equal(panel.skewed, Math.abs(ratio - 1) > 1e-6, address);
    assert.equal(panel.note(state), panel.skewed ? "axes of unequal scale: the right angle looks skewed" : "", address);
  }
  const state = stateOf(planes[0][1].sent);
  const panel = drawn(DirectionsPlanePanel, state);
  panel.skewed = true;
  assert.match(panel.note(state), /skewed$/);
});

test("more parameters than two have no axes in a plane, and no entries for them", () => {
  const panel = drawn(DirectionsPlanePanel, stateOf(fixture("experiments")["?data=five"].sent, { best: true }));
  const { length } = panel.plot.picture;
  assert.deepEqual(legendOf(panel).slice(0, 1), ["start"]);
  panel.set(stateOf(planes[0][1].sent, { best: true }));
  assert.equal(panel.plot.picture.length, length + 4);
  assert.deepEqual(legendOf(panel).slice(0, 2), ["along the steepest direction", "along the shallowest"]);
});

test("the gradient is left out: the step has its direction", () => {
  const state = stateOf(planes[0][1].sent);
  const arrows = drawn(DirectionsPlanePanel, state).plot.picture.filter(
    (/** @type {any} */ { marker }) => marker?.symbol === "arrow",
  );
  assert.deepEqual(
    arrows.map((/** @type {any} */ { line }) => line.color),
    [state.colours.model],
  );
});

test("the first direction is the steepest, the last the shallowest", () => {
  assert.deepEqual(
    [0, 1, 2].map((i) => lookOf(i, 3).role),
    ["gradient", "path", "optimum"],
  );
  assert.equal(lookOf(1, 2).role, "optimum");
});
