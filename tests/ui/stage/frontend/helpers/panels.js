// Panels as a layout has them, and what their traces run through.

import { figure } from "#frontend/drawing/markup.js";
import { stageOf } from "./dom.js";
import { close } from "./state.js";

/**
 * A panel on a stage of its own, not drawn yet.
 * @param {any} Panel - its class
 * @param {any} state
 * @param {Record<string, unknown>} [options]
 * @returns {any}
 */
export const built = (Panel, state, options = {}) =>
  new Panel(figure("test", Panel.figure), { panel: "test", id: "test", ...options }, stageOf(state));

/**
 * A flat panel that was drawn: its plot holds the traces.
 * @param {any} Panel - its class
 * @param {any} state
 * @param {Record<string, unknown>} [options]
 * @returns {any}
 */
export function drawn(Panel, state, options) {
  const panel = built(Panel, state, options);
  panel.set(state);
  return panel;
}

/**
 * The points of a trace.
 * @param {{x: ArrayLike<number | null>, y: ArrayLike<number | null>}} trace
 * @returns {[number, number][]}
 */
export const pointsIn = ({ x, y }) => Array.from(x, (value, i) => [Number(value), Number(y[i])]);

/**
 * The points of a line from gap to gap.
 * @param {{x: ArrayLike<number | null>, y: ArrayLike<number | null>}} trace
 */
export function partsOf({ x, y }) {
  /** @type {[number, number][][]} */
  const parts = [[]];
  for (const [i, value] of Array.from(x).entries()) {
    if (value === null) parts.push([]);
    else parts[parts.length - 1].push([value, Number(y[i])]);
  }
  return parts.filter(({ length }) => length);
}

/**
 * Asserts that a trace runs through these places, as near as an eye can tell.
 * @param {{xRange: number[], yRange: number[]}} window - with plain axes
 * @param {{x: ArrayLike<number | null>, y: ArrayLike<number | null>}} trace
 * @param {ArrayLike<number>[]} places
 * @param {string} [about]
 */
export function through({ xRange, yRange }, trace, places, about = "") {
  const points = pointsIn(trace);
  for (const [axis, [low, high]] of [xRange, yRange].entries())
    close(
      points.map((point) => point[axis]),
      places.map((place) => place[axis]),
      { absolute: 1e-7 * (high - low), about: `${about}, axis ${axis}` },
    );
}

/**
 * The entries of a legend that are seen.
 * @param {any} panel
 * @returns {string[]}
 */
export const legendOf = ({ figure }) =>
  [...figure.querySelector(".lr-legend").children]
    .filter(({ hidden }) => !hidden)
    .map(({ textContent }) => textContent);
