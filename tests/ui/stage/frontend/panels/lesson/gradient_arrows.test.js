import assert from "node:assert/strict";
import { test } from "node:test";
import { rowWords } from "#frontend/input/gestures.js";
import { GradientArrowsPanel } from "#frontend/panels/lesson/gradient_arrows.js";
import { installDocument, size } from "../../helpers/dom.js";
import { fixture } from "../../helpers/fixtures.js";
import { drawn, legendOf, partsOf, pointsIn } from "../../helpers/panels.js";
import { withFewRows } from "../../helpers/rows.js";
import { close, numbersIn, stateOf } from "../../helpers/state.js";

installDocument();
Object.assign(size, { width: 600, height: 400 });
/** @type {[string, any][]} */
const experiments = Object.entries(fixture("experiments"));
const line = fixture("experiments")[""];
const mouse = /** @type {any} */ ({ pointerType: "mouse" });

/**
 * The shafts of the arrows: the parts of the line that are no heads.
 * @param {any} trace
 */
const shaftsOf = (trace) => partsOf(trace).filter(({ length }) => length === 2);

test("the arrows are those of the rows, tip to tail, and end where the whole ends", () => {
  for (const [address, { sent, arrows, steps }] of experiments) {
    const state = stateOf(sent);
    const [j, k] = state.pair;
    const panel = drawn(GradientArrowsPanel, state);
    const [, whole, , rows] = panel.plot.picture;
    const shafts = shaftsOf(rows);
    const { gradient } = steps[0];
    const error = { absolute: 1e-9 * Math.hypot(...gradient), relative: 1e-6, about: address };
    assert.equal(shafts.length, arrows.length, address);
    for (const [i, [tail, tip]] of shafts.entries()) {
      close([tip[0] - tail[0]], [arrows[i][j]], error);
      if (panel.one) assert.equal(tail[1], tip[1], "of a single parameter they are level");
      else close([tip[1] - tail[1]], [arrows[i][k]], error);
      if (i > 0) close([tail[0]], [shafts[i - 1][1][0]], error);
      if (i > 0 && panel.one) close([shafts[i - 1][1][1] - tip[1]], [1]);
    }
    const [from, to] = pointsIn(whole);
    const end = shafts[shafts.length - 1][1];
    close([from[0], to[0]], [0, gradient[j]], error);
    close([end[0]], [to[0]], error);
    if (!panel.one) close([from[1], to[1], end[1]], [0, gradient[k], gradient[k]], error);
    assert.ok(panel.frame.holds(...to), `${address}: the whole is in the window`);
    assert.ok(
      shafts.every((ends) => ends.every((place) => panel.frame.holds(...place))),
      address,
    );
  }
});

test("the heads stand at the tips, seven pixels long or half of a short arrow", () => {
  const panel = drawn(GradientArrowsPanel, stateOf(line.sent));
  const { frame } = panel;
  const parts = partsOf(panel.plot.picture[3]);
  let heads = 0;
  for (const [m, part] of parts.entries()) {
    if (part.length !== 3) continue;
    heads += 1;
    const [tail, tip] = parts[m - 1].map(([x, y]) => [frame.toX(x), frame.toY(y)]);
    const [left, point, right] = part.map(([x, y]) => [frame.toX(x), frame.toY(y)]);
    close(point, tip, { absolute: 1e-6 });
    const back = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
    const length = Math.hypot(tip[0] - tail[0], tip[1] - tail[1]);
    close([Math.hypot(tip[0] - back[0], tip[1] - back[1])], [Math.min(7, length / 2)], { relative: 1e-6 });
  }
  assert.ok(heads > 20, String(heads));
});

test("a pointer on an arrow reads its row, and lights it", () => {
  const state = stateOf(line.sent);
  const panel = drawn(GradientArrowsPanel, state);
  const { frame } = panel;
  const { hover, leave } = GradientArrowsPanel.gestures?.(/** @type {any} */ ({ flat: panel, state })) ?? {};
  const shafts = shaftsOf(panel.plot.picture[3]);
  const lengths = shafts.map(([[x0, y0], [x1, y1]]) =>
    Math.hypot(frame.toX(x1) - frame.toX(x0), frame.toY(y1) - frame.toY(y0)),
  );
  const row = lengths.indexOf(Math.max(...lengths));
  const [tail, tip] = shafts[row];
  const x = (tail[0] + tip[0]) / 2;
  const y = (tail[1] + tip[1]) / 2;
  const at = { x, y, px: frame.toX(x), py: frame.toY(y) };
  assert.deepEqual(hover?.(at, mouse), { tip: rowWords(state, row), hoverRow: row });
  assert.deepEqual(hover?.({ ...at, px: at.px + 1e4 }, mouse), { tip: "", hoverRow: null });
  assert.deepEqual(leave?.(), { tip: "", hoverRow: null });
  panel.show({ ...state, hoverRow: row }, false);
  const [lit] = shaftsOf(panel.plot.picture[4]);
  assert.deepEqual(lit, shafts[row]);
});

test("a sample of the rows says so: its sum beside the whole", () => {
  const few = 10;
  const state = stateOf(withFewRows(line.sent, few));
  const panel = drawn(GradientArrowsPanel, state);
  const sums = [0, 1].map((j) =>
    line.arrows.slice(0, few).reduce((/** @type {number} */ sum, /** @type {number[]} */ arrow) => sum + arrow[j], 0),
  );
  close(pointsIn(panel.plot.picture[2])[1], sums);
  const { gradient } = line.steps[0];
  close(numbersIn(panel.note(state)), [few, ...sums, state.payload.n, ...gradient], { relative: 1e-3 });
  assert.deepEqual(legendOf(panel), ["one row", "sum of the rows drawn", "the whole: ∇"]);
  const all = drawn(GradientArrowsPanel, stateOf(line.sent));
  assert.deepEqual(pointsIn(all.plot.picture[2]), []);
  assert.deepEqual(legendOf(all), ["one row", "the whole: ∇"]);
  close(numbersIn(all.note(stateOf(line.sent))), [line.y.length, ...gradient], { relative: 1e-3 });
});

test("the window stays while the arrows fit it and fill it", () => {
  const state = stateOf(line.sent);
  const panel = drawn(GradientArrowsPanel, state);
  const windowAt = (/** @type {number} */ t) => {
    const here = state.run.at(t);
    panel.set({ ...state, t, here });
    return [panel.xRange, panel.yRange];
  };
  const first = windowAt(0);
  const shorter = state.bowl.walk(state.here.theta, state.run.rate / 100)(1); // a little less gradient
  panel.set({ ...state, here: shorter });
  assert.deepEqual([panel.xRange, panel.yRange], first);
  const farther = state.bowl.walk(state.here.theta, -state.run.rate)(1); // uphill
  panel.set({ ...state, here: farther });
  const [x, y] = farther.gradient;
  assert.ok(x < first[0][0] || x > first[0][1], "the whole has left the window");
  assert.ok(panel.frame.holds(x, y), "fitted again where they leave it");
  const last = windowAt(state.run.last);
  const widthOf = ([low, high] = [0, 0]) => high - low;
  assert.ok(widthOf(last[0]) < 0.9 * widthOf(first[0]), "fitted again where they fill too little of it");
});

test("two parts of many are chosen", () => {
  const { sent, arrows } = fixture("experiments")["?data=five"];
  const state = stateOf(sent, { pair: [5, 2] });
  const panel = drawn(GradientArrowsPanel, state);
  const [[, tip]] = shaftsOf(panel.plot.picture[3]);
  close(tip, [arrows[0][5], arrows[0][2]], { relative: 1e-6 });
  const { x, y } = panel.axes(state);
  assert.ok(x.title.includes(state.payload.paramNames[5]) && y.title.includes(state.payload.paramNames[2]));
  assert.equal(panel.pairs.hidden, false);
});
