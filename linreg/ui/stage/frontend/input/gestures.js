// Gestures of pointers on the flat panels: scrub the loss curve, drag the start of θ, move rows drawn by hand.
// Handlers return what is meant, and change nothing themselves.

import { count, inUnit, number, percent } from "../math/format.js";
import { tip } from "./tooltip.js";

/**
 * @import { Change, Drag, FlatPicture, Gestures, Meant, Pair, Place, Range, Stage, State } from "../types.js"
 * @import { FlatPanel } from "../drawing/flat_panel.js"
 * @import { DataPanel } from "../panels/data.js"
 * @import { ThetaPlanePanel } from "../panels/theta_plane.js"
 */

/** Pixels from a handle that still hold it, by the kind of pointer. @type {Record<string, number>} */
export const HANDLE_REACH_PIXELS = { mouse: 14, pen: 18, touch: 26 };
const MAX_TAP_PIXELS = 8; // that a finger may wander and still tap

/**
 * Listens to the pointers of a flat panel and passes on what they mean.
 * @param {Stage} stage
 * @param {FlatPanel} panel
 * @param {Gestures} gestures
 */
export function listen(stage, panel, { down, hover, leave }) {
  const { plot } = panel;
  /** @type {Drag | null} */
  let drag = null;
  /**
   * @param {Meant | null | undefined} meant
   * @param {Place | null} at
   * @param {Change} [more]
   */
  const mean = (meant, at, more) => {
    const { tip: words, note, ...change } = meant ?? {};
    if (words !== undefined) tip(panel, words ? at : null, words);
    if (note !== undefined) panel.say(note);
    stage.update({ ...change, ...more });
  };
  /** @param {PointerEvent} event */
  const holds = (event) => plot.hasPointerCapture(event.pointerId);
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !panel.frame) return;
    const at = panel.locate(event, 6);
    if (event.pointerType === "touch") mean(hover?.(at, event), at); // a finger cannot hover: it asks by touching
    const next = at && down?.(at, event);
    if (!next) return;
    if (!next.move && !next.end) {
      mean(next.begin, at);
      return;
    }
    drag = next;
    mean(drag.begin, at, { held: drag.held ?? { by: "other" } });
    event.preventDefault();
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener("pointermove", (event) => {
    if (!panel.frame) return;
    if (drag) {
      const at = panel.locate(event, Infinity);
      if (at && holds(event)) mean(drag.move?.(at, event), at);
    } else if (!stage.state.held) {
      const at = panel.locate(event);
      mean(hover?.(at, event), at);
    }
  });
  /** @param {PointerEvent} event */
  const finish = (event) => {
    if (!drag || !holds(event)) return;
    const at = panel.locate(event, Infinity),
      { end } = drag;
    drag = null;
    mean(end?.(at, event), at, { held: null });
  };
  plot.addEventListener("pointerup", finish);
  plot.addEventListener("pointercancel", (event) => {
    if (!drag?.pans) {
      finish(event);
      return;
    }
    drag = null;
    stage.update({ held: null });
  });
  // A finger that lifts has not left: what it asked for stays to be read until the next touch.
  plot.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "touch") mean(leave?.(), null);
  });
  // A finger on a handle drags it; elsewhere it scrolls the page.
  plot.addEventListener(
    "touchstart",
    (event) => {
      if (drag ? !drag.pans : stage.state.held) event.preventDefault();
    },
    { passive: false },
  );
}

/**
 * A value rounded to the power of ten that is just finer than a pixel.
 * @param {number} value
 * @param {Range} range
 * @param {number} pixels
 */
function toPixel(value, [low, high], pixels) {
  const unit = 10 ** Math.floor(Math.log10((high - low) / pixels));
  return Number((Math.round(value / unit) * unit).toPrecision(12));
}

/**
 * The loss curve: a click jumps to a step, a drag scrubs.
 * @returns {Gestures}
 */
export function scrubbing() {
  /** @param {Place | null} at */
  const jump = (at) => at && { step: Math.round(at.x), playing: false };
  return {
    down: (at, event) => {
      if (event.pointerType !== "touch") return { held: { by: "step" }, begin: jump(at) ?? {}, move: jump };
      // A finger: sideways scrubs, up and down scrolls the page, a tap jumps.
      return {
        held: { by: "step" },
        pans: true,
        end: jump,
        move: (to) => (Math.abs(to.px - at.px) > MAX_TAP_PIXELS ? jump(to) : null),
      };
    },
  };
}

/**
 * The θ-plane: a click sets the start, a drag of the start moves it, a free pointer shows its line on the data.
 * @param {FlatPicture<ThetaPlanePanel>} picture
 * @returns {Gestures}
 */
export function startDragging(picture) {
  const { flat } = picture;
  const nothing = { tip: "", ghost: null };
  /**
   * θ with its two parameters, or the one, where the pointer is.
   * @param {Float64Array} theta
   * @param {Pair} pair
   * @param {{ x: number, y: number }} at
   */
  const moved = (theta, [j, k], at) => {
    const there = Float64Array.from(theta);
    there[j] = at.x;
    if (j !== k) there[k] = at.y;
    return there;
  };
  /** @param {Place} at */
  const startAt = (at) => {
    const { run, pair } = picture.state,
      { x, y, width, height } = flat.frame;
    const rounded = { x: toPixel(at.x, x.range, width), y: toPixel(at.y, y.range, height) };
    return moved(run.at(0).theta, pair, rounded);
  };
  return {
    down: (at, event) => {
      const { run, pair } = picture.state;
      const handle = flat.place(run.at(0).theta, run.loss[0], pair);
      const onHandle = flat.distance(at, ...handle) < HANDLE_REACH_PIXELS[event.pointerType];
      if (event.pointerType === "touch" && !onHandle) {
        // A tap places, a swipe scrolls.
        return { pans: true, end: (to) => ({ ...nothing, ...(to && { start: startAt(to), ask: "start" }) }) };
      }
      return {
        held: { by: "start" },
        begin: { ...nothing, ...(!onHandle && { start: startAt(at) }) },
        move: (to) => ({ start: startAt(to) }),
        end: () => ({ ask: "start" }),
      };
    },
    hover: (at) => {
      if (!at) return nothing;
      const { payload, here, pair } = picture.state;
      const theta = moved(here.theta, pair, at);
      const values = payload.params.map((name, j) =>
        inUnit(`${name} = ${number(theta[j], 4)}`, payload.units.theta[j]),
      );
      const loss = inUnit(`${payload.lossName} ${number(payload.bowl.loss(theta), 5)}`, payload.units.loss);
      return { ghost: theta, tip: [...values, loss].join("\n") };
    },
    leave: () => nothing,
  };
}

/**
 * The data: a free pointer reads a row; rows that were drawn by hand are added, moved and removed.
 * @param {FlatPicture<DataPanel>} picture
 * @returns {Gestures}
 */
export function pointDragging(picture) {
  return {
    down: (at, event) => (picture.state.payload.drawing ? grabPoint(picture, at, event) : null),
    hover: (at, event) => {
      const { flat, state } = picture;
      const row = at ? flat.nearest(state, at, HANDLE_REACH_PIXELS[event.pointerType] + 4) : -1;
      return readRow(row, () => rowWords(state, row, !flat.options.handles));
    },
    leave: () => readRow(-1, () => ""),
  };
}

/**
 * Reads a row under a pointer and lights it everywhere; −1 is none.
 * @param {number} row
 * @param {() => string} words
 * @returns {Meant}
 */
export const readRow = (row, words) => (row < 0 ? { tip: "", hoverRow: null } : { tip: words(), hoverRow: row });

/**
 * What there is to say of a row; on a page before the gradient, without its share of it.
 * @param {Pick<State, "payload" | "run" | "t">} state
 * @param {number} i - of the rows that are drawn
 */
export function rowWords({ payload, run, t }, i, withGradient = true) {
  const { fitted, residual, tsse, gradient, arrow } = payload.share(run.at(t).theta, i);
  const values = arrow.map((value) => number(value, 4)).join(", ");
  return [
    `row ${count(payload.rows[i])}`,
    ...payload.featureLabels.map((name, j) => `${name} = ${number(payload.column(j)[i])}`),
    `${payload.targetLabel} = ${number(payload.y[i])}`,
    inUnit(`model ${payload.symbols.fitted} = ${number(fitted)}`, payload.units.target),
    inUnit(`residual y − ${payload.symbols.fitted} = ${number(residual)}`, payload.units.target),
    `${percent(tsse)} of the loss`,
    ...(withGradient ? [`${percent(gradient)} of the gradient, measured along it: (${values})`] : []),
  ].join("\n");
}

/**
 * @param {FlatPicture<DataPanel>} picture
 * @param {Place} at
 * @param {PointerEvent} event
 * @returns {Drag}
 */
function grabPoint({ flat, state }, at, event) {
  const { payload } = state,
    { minPoints, maxPoints } = payload.constants;
  const row = flat.nearest(state, at, HANDLE_REACH_PIXELS[event.pointerType]);
  const points = Array.from(payload.y, (y, i) => [payload.X[i], y]);
  const begin = readRow(-1, () => "");
  if (state.removing || event.shiftKey) {
    if (points.length <= minPoints)
      return { begin: { ...begin, note: `${minPoints} points are the fewest that make a line` } };
    return { begin: row < 0 ? begin : { ...begin, points: points.filter((_, i) => i !== row) } };
  }
  if (row < 0) {
    const added =
      points.length < maxPoints
        ? { points: [...points, [at.x, at.y]] }
        : { note: `${maxPoints} points are the most that fit into the address` };
    return {
      pans: true,
      begin,
      end: (to) => (to && Math.hypot(to.px - at.px, to.py - at.py) < MAX_TAP_PIXELS ? added : null),
    };
  }
  /** @type {{ x: Range, y: Range }} */
  const frozen = { x: flat.xRange, y: flat.yRange };
  /**
   * @param {Range} range
   * @param {number} value
   */
  const within = ([low, high], value) => Math.min(high, Math.max(low, value));
  /** @param {Place | null} to */
  const move = (to) => {
    if (to) points[row] = [within(frozen.x, to.x), within(frozen.y, to.y)];
    return to && { points };
  };
  return { held: { by: "point", frozen }, begin, move, end: move };
}
