// The window of the rows: observed values with the model at the start, and room for squares or for more rows.

import { clamp, extent, padded, span, union } from "./ranges.js";

/** @import { Numbers, Range, State } from "../../types.js" */

const MIN_DRAWN_X = 5; // a page on which rows are drawn by hand shows at least −5 to 5
const MIN_DRAWN_Y = 10;
const MIN_REACH_CHANGE = 1.5; // times as long or as short: a smaller change of the window is not worth its jump

/**
 * The range of y, widened for the model at the start where that leaves the rows readable.
 * @param {Pick<State, "payload" | "run">} state
 * @param {Range} range
 * @returns {Range}
 */
export function withStart({ payload, run }, [low, high]) {
  const start = payload.predict(run.at(0).theta, payload.means);
  const length = high - low || Math.abs(high) || 1;
  const near = start > low - 2 * length && start < high + 2 * length;
  return near ? [Math.min(low, start), Math.max(high, start)] : [low, high];
}

/**
 * The range of fitted values beside observed ones: of the best fit, and of the start as far as it is near.
 * @param {Pick<State, "payload" | "run">} state
 * @param {Range} observed
 */
export function fittedRange({ payload, run }, observed) {
  const [low, high] = observed;
  const length = span(observed) || Math.abs(low) || 1;
  const start = payload.fit(run.at(0).theta).map((value) => clamp(low - length, high + length, value));
  return padded(...union(observed, extent(payload.fit(payload.bowl.best)), extent(start)));
}

/**
 * The window with room to draw rows in.
 * @param {{ xRange: Range, yRange: Range }} window
 */
export function withRoomToDraw({ xRange, yRange }) {
  return {
    xRange: union(xRange, [-MIN_DRAWN_X, MIN_DRAWN_X]),
    yRange: union(yRange, [-MIN_DRAWN_Y, MIN_DRAWN_Y]),
  };
}

/**
 * The side of a row's square as a way across: to the left or right of its point, where the model does not cross it.
 * @param {number} residual
 * @param {number} slope - of the model
 */
export const wayAcross = (residual, slope) => -Math.sign(slope * residual || 1) * Math.abs(residual);

/**
 * How far the squares of the residuals reach across, where all units are equal; of models far from the rows none do.
 * @param {object} squares
 * @param {Numbers} squares.x - where the rows are drawn
 * @param {Numbers} squares.y
 * @param {Numbers} squares.fitted
 * @param {number} squares.slope - of the model
 * @param {Range} squares.yRange
 */
export function reachOfSquares({ x, y, fitted, slope, yRange }) {
  const [low, high] = extent(y);
  const far = 2 * (high - low);
  const most = 0.5 * span(yRange);
  const ends = Array.from(x, (at, i) => at + clamp(-most, most, wayAcross(y[i] - fitted[i], slope))).filter(
    (_, i) => fitted[i] > low - far && fitted[i] < high + far,
  );
  return padded(...extent(ends.length ? ends : x), 0.03);
}

/**
 * The reach to make room for: the one before, as long as a hand moves the model a little.
 * @param {Range | null} before
 * @param {Range} now
 * @param {Range} xRange - of the rows, in the window with either
 */
export function heldReach(before, now, xRange) {
  if (!before) return now;
  const factor = span(union(now, xRange)) / span(union(before, xRange));
  return factor > MIN_REACH_CHANGE || factor < 1 / MIN_REACH_CHANGE ? now : before;
}
