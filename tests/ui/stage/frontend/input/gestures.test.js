import assert from "node:assert/strict";
import { test } from "node:test";
import { Frame } from "#frontend/drawing/plot_area.js";
import { listen, pointDragging, scrubbing, startDragging } from "#frontend/input/gestures.js";
import { fixture } from "../fixtures.js";
import { stateOf } from "../state.js";

/** @import { Change, Gestures, Place, Range } from "#frontend/types.d.ts" */

const experiments = fixture("experiments");
const mouse = /** @type {PointerEvent} */ ({ pointerType: "mouse", shiftKey: false });
const finger = /** @type {PointerEvent} */ ({ pointerType: "touch", shiftKey: false });

/**
 * A picture whose window is a hundred pixels wide and high.
 * @param {Record<string, unknown>} state
 * @param {Record<string, unknown>} [panel]
 */
function pictureOf(state, panel) {
  /** @type {Range} */
  const range = [-10, 10];
  const frame = new Frame({ width: 194, height: 146, size: 12, x: { range }, y: { range } });
  const flat = { frame, xRange: range, yRange: range, options: {}, removing: false, ...panel };
  return /** @type {any} */ ({ state, flat });
}

/** @returns {Place} */
const at = (x = 0, y = 0) => ({ x, y, px: 5 * (x + 10), py: 5 * (10 - y) });

// ---- the loss curve ----------------------------------------------------------------------------------------------

test("a click on the loss curve jumps to the nearest step and stops playing", () => {
  const drag = scrubbing().down?.(at(3.4), mouse);
  assert.deepEqual(drag?.begin, { step: 3, playing: false });
  assert.deepEqual(drag?.move?.(at(4.6), mouse), { step: 5, playing: false });
});

test("a finger scrubs sideways, and scrolls the page up and down", () => {
  const drag = scrubbing().down?.(at(3), finger);
  assert.equal(drag?.begin, undefined);
  assert.equal(drag?.pans, true);
  assert.equal(drag?.move?.(at(3.5, 9), finger), null);
  assert.deepEqual(drag?.move?.(at(6), finger), { step: 6, playing: false });
  assert.deepEqual(drag?.end?.(at(3), finger), { step: 3, playing: false }, "a tap jumps");
});

// ---- the plane of the parameters ---------------------------------------------------------------------------------

const onPlane = (t = 0) =>
  pictureOf(stateOf(experiments[""].sent, { t }), {
    place: (/** @type {Float64Array} */ theta) => [theta[0], theta[1]],
    distance: (/** @type {Place} */ to, /** @type {number} */ x, /** @type {number} */ y) =>
      5 * Math.hypot(to.x - x, to.y - y),
  });

test("a click on the plane sets the start, a drag moves it, letting go asks for its run", () => {
  const drag = startDragging(onPlane()).down?.(at(1.2345, 2.3456), mouse);
  assert.deepEqual(Array.from(drag?.begin?.start ?? []), [1.2, 2.3], "no finer than a pixel");
  assert.equal(drag?.begin?.ask, undefined);
  assert.deepEqual(Array.from(drag?.move?.(at(-4, 5), mouse)?.start ?? []), [-4, 5]);
  assert.deepEqual(drag?.end?.(at(-4, 5), mouse), { ask: "start" });
});

test("the start itself is taken without a jump", () => {
  const picture = onPlane();
  const [x, y] = picture.state.run.at(0).theta;
  const drag = startDragging(picture).down?.(at(x + 0.2, y), mouse);
  assert.deepEqual(drag?.begin, { tip: "", ghost: null });
});

test("a finger beside the start places it by a tap, and scrolls by a swipe", () => {
  const drag = startDragging(onPlane()).down?.(at(-8, 8), finger);
  assert.deepEqual([drag?.pans, drag?.begin, drag?.move], [true, undefined, undefined]);
  const meant = drag?.end?.(at(-8, 8), finger);
  assert.deepEqual([Array.from(meant?.start ?? []), meant?.ask], [[-8, 8], "start"]);
  assert.deepEqual(drag?.end?.(null, finger), { tip: "", ghost: null }, "outside it means nothing");
});

test("a free pointer shows its line and its numbers", () => {
  const { hover } = startDragging(onPlane(3));
  const meant = hover?.(at(1, 2), mouse);
  assert.deepEqual(Array.from(meant?.ghost ?? []), [1, 2]);
  assert.match(meant?.tip ?? "", /θ0 = 1\nθ1 = 2\n/);
  assert.deepEqual(hover?.(null, mouse), { tip: "", ghost: null });
});

// ---- the rows ----------------------------------------------------------------------------------------------------

/**
 * @param {number} nearest - the row under the pointer
 * @param {Record<string, unknown>} [panel]
 */
const onRows = (nearest, panel) =>
  pictureOf(stateOf(experiments["?data=drawn"].sent), { nearest: () => nearest, ...panel });

test("a free pointer reads the row under it", () => {
  const { hover } = pointDragging(onRows(1));
  const meant = hover?.(at(), mouse);
  assert.equal(meant?.hoverRow, 1);
  assert.match(meant?.tip ?? "", /^row 2\n/);
  assert.deepEqual(pointDragging(onRows(-1)).hover?.(at(), mouse), { tip: "", hoverRow: null });
  const withHandles = pointDragging(onRows(1, { options: { handles: true } })).hover?.(at(), mouse);
  assert.doesNotMatch(withHandles?.tip ?? "", /gradient/);
});

test("a row that was drawn is dragged within axes that hold still", () => {
  const picture = onRows(1);
  const { scene } = picture.state;
  const drag = pointDragging(picture).down?.(at(), mouse);
  assert.deepEqual(drag?.held, { by: "point", frozen: { x: [-10, 10], y: [-10, 10] } });
  const points = drag?.move?.(at(3, 44), mouse)?.points ?? [];
  assert.equal(points.length, scene.n);
  assert.deepEqual(points[1], [3, 10], "and not out of them");
  assert.deepEqual(points[0], [scene.X[0], scene.y[0]]);
  assert.equal(drag?.end?.(null, mouse), null);
});

test("a tap where no row is adds one, a swipe does not", () => {
  const drag = pointDragging(onRows(-1)).down?.(at(2, 3), finger);
  assert.deepEqual([drag?.pans, drag?.held], [true, undefined]);
  assert.deepEqual(drag?.end?.(at(2.5, 3), finger)?.points?.at(-1), [2, 3]);
  assert.equal(drag?.end?.(at(8, 3), finger), null);
});

test("a row is removed by the choice above or with shift, but never the last two", () => {
  const picture = onRows(1, { removing: true });
  const drag = pointDragging(picture).down?.(at(), mouse);
  assert.deepEqual([drag?.move, drag?.end], [undefined, undefined], "nothing is held");
  assert.equal(drag?.begin?.points?.length, picture.state.scene.n - 1);
  const shift = /** @type {PointerEvent} */ ({ ...mouse, shiftKey: true });
  assert.equal(pointDragging(onRows(1)).down?.(at(), shift)?.begin?.points?.length, picture.state.scene.n - 1);
  const { state } = picture;
  const two = { ...state, scene: { ...state.scene, y: state.scene.y.slice(0, 2) } };
  const kept = pointDragging(pictureOf(two, { nearest: () => 1, removing: true })).down?.(at(), mouse);
  assert.equal(kept?.begin?.points, undefined);
  assert.match(kept?.begin?.note ?? "", /^2 points are the fewest/);
});

test("rows that nobody drew are not moved", () => {
  const picture = pictureOf(stateOf(experiments[""].sent), { nearest: () => 1 });
  assert.equal(pointDragging(picture).down?.(at(), mouse), null);
});

// ---- listening ---------------------------------------------------------------------------------------------------

/**
 * A stage and a plot that are told of pointers.
 * @param {Gestures} gestures
 */
function listening(gestures) {
  const plot = Object.assign(new EventTarget(), {
    captured: 0,
    setPointerCapture: (/** @type {number} */ id) => Object.assign(plot, { captured: id }),
    hasPointerCapture: (/** @type {number} */ id) => plot.captured === id,
  });
  /** @type {Change[]} */
  const changes = [];
  const stage = {
    state: { held: null },
    update: (/** @type {any} */ change) => {
      changes.push(change);
      if ("held" in change) stage.state.held = change.held;
    },
  };
  const note = { hidden: true };
  const panel = { plot, frame: {}, figure: { querySelector: () => note }, locate: () => at(1, 2) };
  listen(/** @type {any} */ (stage), /** @type {any} */ (panel), gestures);
  /** @param {string} type */
  const pointer = (type, pointerType = "mouse") =>
    plot.dispatchEvent(Object.assign(new Event(type, { cancelable: true }), { pointerId: 7, button: 0, pointerType }));
  return { changes, pointer };
}

test("a drag is held from press to release, and hovering waits", () => {
  const { changes, pointer } = listening({
    down: () => ({ begin: { step: 1 }, move: () => ({ step: 2 }), end: () => ({ step: 3 }) }),
    hover: () => ({ hoverRow: 4 }),
  });
  for (const type of ["pointermove", "pointerdown", "pointermove", "pointerup", "pointerup", "pointermove"])
    pointer(type);
  assert.deepEqual(changes, [
    { hoverRow: 4 },
    { step: 1, held: { by: "other" } },
    { step: 2 },
    { step: 3, held: null },
    { hoverRow: 4 },
  ]);
});

test("a press that holds nothing means what it begins with only", () => {
  const { changes, pointer } = listening({ down: () => ({ begin: { step: 1 } }) });
  for (const type of ["pointerdown", "pointerup"]) pointer(type);
  assert.deepEqual(changes, [{ step: 1 }]);
});

test("a finger asks by touching, and a swipe that scrolls ends without its meaning", () => {
  const { changes, pointer } = listening({
    down: () => ({ pans: true, end: () => ({ step: 3 }) }),
    hover: () => ({ hoverRow: 4 }),
    leave: () => ({ hoverRow: null }),
  });
  for (const type of ["pointerdown", "pointercancel", "pointerleave"]) pointer(type, "touch");
  assert.deepEqual(changes, [{ hoverRow: 4 }, { held: { by: "other" } }, { held: null }]);
});
