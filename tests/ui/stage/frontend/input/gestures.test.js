import assert from "node:assert/strict";
import { test } from "node:test";
import { pointDragging, rowWords, scrubbing, startDragging } from "#frontend/input/gestures.js";
import { fixture } from "../helpers/fixtures.js";
import { close, numbersIn, stateOf } from "../helpers/state.js";

const experiments = fixture("experiments");
const mouse = /** @type {any} */ ({ pointerType: "mouse", shiftKey: false });
const finger = /** @type {any} */ ({ pointerType: "touch", shiftKey: false });
/**
 * @param {number} x
 * @param {number} y
 */
const at = (x, y, px = 10 * x, py = 10 * y) => ({ x, y, px, py });

test("a row says its numbers and its shares", () => {
  for (const [address, { sent, X, y, fitted, arrows, steps }] of Object.entries(experiments)) {
    const state = stateOf(sent);
    const i = 3;
    const lines = rowWords(state, i).split("\n");
    const numbers = lines.map((line) => numbersIn(line.replace(/θ\d|x\d/g, "")).at(-1) ?? NaN);
    const { offset, M } = state.payload;
    const within = { relative: 1e-5, absolute: 1e-9, about: address };
    close(numbers.slice(1, M + 2), [...X[i].slice(offset), y[i]], within);
    const residual = y[i] - fitted[i];
    assert.match(lines[0], /^row /);
    close(numbersIn(lines[M + 4].split("%")[0]), [(100 * residual ** 2) / steps[0].tsse], {
      relative: 5e-3,
      about: address,
    });
    const parts = lines[M + 5].match(/\((.*)\)$/)?.[1].split(", ") ?? [];
    close(parts.flatMap(numbersIn), arrows[i], { relative: 5e-4, about: address });
    assert.equal(
      rowWords(state, i, false).split("\n").length,
      lines.length - 1,
      "before the gradient, without its share",
    );
  }
});

test("the loss curve jumps where it is clicked, and a drag scrubs", () => {
  const { down } = scrubbing();
  const drag = down?.(at(12.4, 5), mouse);
  assert.deepEqual(drag?.begin, { step: 12, playing: false });
  assert.deepEqual(drag?.move?.(at(29.6, 5), mouse), { step: 30, playing: false });
});

test("a finger on the loss curve scrubs sideways, scrolls upwards, and jumps by a tap", () => {
  const drag = scrubbing().down?.(at(12, 5, 100, 50), finger);
  assert.equal(drag?.begin, undefined);
  assert.ok(drag?.pans);
  assert.equal(drag.move?.(at(12, 9, 103, 90), finger), null);
  assert.deepEqual(drag.move?.(at(14, 5, 120, 50), finger), { step: 14, playing: false });
  assert.deepEqual(drag.end?.(at(12, 5), finger), { step: 12, playing: false });
  assert.equal(drag.end?.(null, finger), null, "let go outside");
});

/** The plane of the first two parameters, 100 pixels a unit. */
function planeOf(address = "") {
  const state = stateOf(experiments[address].sent);
  const axis = { title: "", range: [-10, 10] };
  const flat = {
    frame: { x: axis, y: axis, width: 2000, height: 2000 },
    place: (/** @type {ArrayLike<number>} */ theta, /** @type {number} */ loss, /** @type {number[]} */ [j, k]) =>
      j === k ? [theta[j], loss] : [theta[j], theta[k]],
    distance: (/** @type {{x: number, y: number}} */ { x, y }, /** @type {number} */ toX, /** @type {number} */ toY) =>
      100 * Math.hypot(x - toX, y - toY),
  };
  return { state, gestures: startDragging(/** @type {any} */ ({ flat, state })) };
}

test("a click beside the start sets it, no finer than a pixel", () => {
  const { gestures } = planeOf();
  const drag = gestures.down?.(at(1.23456, -3.00449), mouse);
  assert.deepEqual(drag?.begin, { tip: "", ghost: null, start: Float64Array.of(1.23, -3) });
  assert.deepEqual(drag?.held, { by: "start" });
  assert.deepEqual(drag?.move?.(at(2, 2), mouse), { start: Float64Array.of(2, 2) });
  assert.deepEqual(drag?.end?.(null, mouse), { ask: "start" });
});

test("a click on the start grabs it where it is", () => {
  const { state, gestures } = planeOf();
  const [x, y] = state.here.theta;
  assert.deepEqual(gestures.down?.(at(x + 0.1, y), mouse)?.begin, { tip: "", ghost: null });
});

test("a finger beside the start scrolls, and places by a tap", () => {
  const { gestures } = planeOf();
  const drag = gestures.down?.(at(1, 1), finger);
  assert.ok(drag?.pans && !drag.move);
  assert.deepEqual(drag.end?.(at(1, 1), finger), { tip: "", ghost: null, start: Float64Array.of(1, 1), ask: "start" });
  assert.deepEqual(drag.end?.(null, finger), { tip: "", ghost: null });
});

test("a free pointer reads θ and its loss", () => {
  const { state, gestures } = planeOf("?data=plane");
  const meant = gestures.hover?.(at(1, 2), mouse);
  const [, , last] = state.here.theta;
  assert.deepEqual(meant?.ghost, Float64Array.of(1, 2, last));
  close(numbersIn((meant?.tip ?? "").split("\n").at(-1) ?? ""), [state.bowl.loss(Float64Array.of(1, 2, last))], {
    relative: 1e-4,
  });
  assert.deepEqual(gestures.hover?.(null, mouse), { tip: "", ghost: null });
});

test("of a single parameter only the place across counts", () => {
  const { gestures } = planeOf("?intercept=0");
  assert.deepEqual(gestures.down?.(at(1, 5), mouse)?.begin?.start, Float64Array.of(1));
});

/**
 * Rows that were drawn by hand.
 * @param {{ nearest?: number, removing?: boolean }} [about] - the nearest row, and whether a click takes it away
 */
function pointsOf({ nearest = -1, removing = false } = {}) {
  const state = stateOf(experiments["?data=drawn"].sent, { removing });
  const flat = { nearest: () => nearest, xRange: [-5, 5], yRange: [-10, 10], options: {} };
  const rows = Array.from(state.payload.y, (y, i) => [state.payload.X[i], y]);
  return { state, rows, gestures: pointDragging(/** @type {any} */ ({ flat, state })) };
}

test("a click beside the rows adds one, unless the finger went on", () => {
  const { rows, gestures } = pointsOf();
  const drag = gestures.down?.(at(1, 2), finger);
  assert.deepEqual(drag?.end?.(at(1, 2), finger), { points: [...rows, [1, 2]] });
  assert.equal(drag?.end?.(at(3, 2), finger), null);
});

test("a row is dragged within the window, which stays", () => {
  const { rows, gestures } = pointsOf({ nearest: 1 });
  const drag = gestures.down?.(at(.../** @type {[number, number]} */ (rows[1])), mouse);
  assert.deepEqual(drag?.held, { by: "point", frozen: { x: [-5, 5], y: [-10, 10] } });
  const moved = [rows[0], [5, -10], ...rows.slice(2)];
  assert.deepEqual(drag?.move?.(at(99, -99), mouse), { points: moved });
  assert.deepEqual(drag?.end?.(at(99, -99), mouse), { points: moved });
});

test("a row is removed by choice or with shift, but for the last two", () => {
  const { rows, gestures } = pointsOf({ nearest: 0, removing: true });
  assert.deepEqual(gestures.down?.(at(0, 0), mouse)?.begin?.points, rows.slice(1));
  const shift = pointsOf({ nearest: 0 }).gestures.down?.(at(0, 0), /** @type {any} */ ({ ...mouse, shiftKey: true }));
  assert.deepEqual(shift?.begin?.points, rows.slice(1));
  const { state } = pointsOf({ removing: true });
  const two = Object.create(state.payload, { y: { value: state.payload.y.subarray(0, 2) } });
  const few = pointDragging(
    /** @type {any} */ ({ flat: { nearest: () => 0, options: {} }, state: { ...state, payload: two } }),
  );
  assert.deepEqual(few.down?.(at(0, 0), mouse)?.begin, {
    tip: "",
    hoverRow: null,
    note: "2 points are the fewest that make a line",
  });
});

test("more points than fit into the address are refused in words", () => {
  const { state, gestures } = pointsOf();
  Object.assign(state.payload, { constants: { ...state.payload.constants, maxPoints: state.payload.n } });
  const meant = gestures.down?.(at(1, 2), mouse)?.end?.(at(1, 2), mouse);
  assert.equal(meant?.note, `${state.payload.n} points are the most that fit into the address`);
  assert.equal(meant?.points, undefined);
});

test("rows that were not drawn are not grabbed, and a free pointer reads one", () => {
  const state = stateOf(experiments[""].sent);
  const flat = { nearest: () => 4, options: {} };
  const gestures = pointDragging(/** @type {any} */ ({ flat, state }));
  assert.equal(gestures.down?.(at(0, 0), mouse), null);
  assert.deepEqual(gestures.hover?.(at(0, 0), mouse), { tip: rowWords(state, 4), hoverRow: 4 });
  assert.deepEqual(gestures.leave?.(), { tip: "", hoverRow: null });
});
