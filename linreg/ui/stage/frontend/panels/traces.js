// Traces that several panels draw: lines, dots, arrows, and a curve over the steps of a run.

import { arrow, marker } from "../drawing/flat_panel.js";
import { keptUntil } from "../math/run.js";

/** @import { Axis, Colours, Coordinates, Marker, Range, Run, Trace } from "../types.js" */
/** @typedef {{ x: Coordinates, y: Coordinates }} Points - with a gap at null */
/** @typedef {Trace["moves"]} Moves */

/** An empty line: a trace keeps its place in the list where it has nothing to show. */
export const NOTHING = Object.freeze({ x: [], y: [] });

/**
 * A line through points.
 * @param {Points} points
 * @param {Moves} moves
 * @param {string} color
 * @param {number} width
 * @param {string} [dash]
 * @returns {Trace}
 */
export const line = ({ x, y }, moves, color, width, dash) => ({
  x,
  y,
  moves,
  mode: "lines",
  line: { color, width, dash },
});

/**
 * A symbol at each point.
 * @param {Points} points
 * @param {Moves} moves
 * @param {Marker} symbol
 * @returns {Trace}
 */
export const symbols = ({ x, y }, moves, symbol) => ({ x, y, moves, mode: "markers", marker: symbol });

/**
 * An arrow from the first point to the second.
 * @param {Points} ends
 * @param {string} color
 * @param {number} width
 * @param {{ dash?: string, head?: number }} [look]
 * @returns {Trace}
 */
export const arrowLine = (ends, color, width, { dash, head } = {}) => ({
  ...line(ends, "step", color, width, dash),
  mode: "lines+markers",
  marker: arrow(color, head),
});

/**
 * The axis of the steps of a run.
 * @param {Range} range
 * @param {number} last
 * @returns {Axis}
 */
export const stepAxis = (range, last) => ({ range, title: "step", ...(last < 8 && { dtick: 1 }) });

/**
 * A curve over the steps of a run: so far, to come, the level that it falls to, and this step.
 * @param {object} curve
 * @param {Run} curve.run
 * @param {number} curve.t
 * @param {(number | null)[]} curve.values - at the kept steps
 * @param {number | null} curve.now
 * @param {number | null} curve.level
 * @param {Range} curve.xRange
 * @param {Range} curve.ends - of an upright line over the whole window
 * @param {Colours} curve.colours
 * @returns {Trace[]}
 */
export function runCurve({ run, t, values, now, level, xRange, ends, colours }) {
  const done = keptUntil(run.kept, t);
  return [
    { ...line({ x: run.kept, y: values }, "run", colours.path, 1.5), opacity: 0.45 },
    line({ x: run.kept.slice(0, done), y: values.slice(0, done) }, "step", colours.path, 3),
    line({ x: xRange, y: [level, level] }, "never", colours.optimum, 2, "dash"),
    upright(t, ends, colours),
    symbols({ x: [t], y: [now] }, "step", marker("circle", colours.model, 12)),
  ];
}

/**
 * The upright line through this step.
 * @param {number} t
 * @param {Range} ends
 * @param {Colours} colours
 */
export const upright = (t, ends, colours) => line({ x: [t, t], y: ends }, "step", colours.model, 1, "dot");

/**
 * A range of powers of ten as the values at its ends.
 * @param {Range} exponents
 * @returns {Range}
 */
export const powersOfTen = ([low, high]) => [10 ** low, 10 ** high];
