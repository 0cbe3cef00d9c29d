// Ranges of an axis, [low, high] in data units: of values, with room around them, and what an axis can still draw.

/** @import { Range } from "../../types.js" */

/**
 * The farthest place that is drawn, in lengths of the window: SVG loses larger numbers, so what lies farther out is
 * drawn at this distance.
 */
const MAX_WINDOWS_OUT = 1e3;

/** @type {(low: number, high: number, value: number) => number} */
export const clamp = (low, high, value) => Math.min(high, Math.max(low, value));

/** @type {(range: Range) => number} */
export const span = ([low, high]) => high - low;

/** @type {(range: Range) => number} */
const middle = ([low, high]) => (low + high) / 2;

/**
 * The least and the largest of some numbers; [Infinity, −Infinity] of none.
 * @param {Iterable<number>} values
 * @returns {Range}
 */
export function extent(values) {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/**
 * The smallest range that holds all of these.
 * @param {Range[]} ranges
 * @returns {Range}
 */
export const union = (...ranges) => extent(ranges.flat());

/**
 * A range with room on both sides, `share` of its length each; a range of no length gets some.
 * @param {number} low
 * @param {number} high
 * @returns {Range}
 */
export function padded(low, high, share = 0.08) {
  if (!(high > low)) {
    const half = Math.abs(low) / 2 || 1;
    return [low - half, low + half];
  }
  return [low - share * (high - low), high + share * (high - low)];
}

/**
 * A range `factor` times as long about the same middle.
 * @param {Range} range
 * @param {number} factor
 * @returns {Range}
 */
export function stretched(range, factor) {
  const half = (factor * span(range)) / 2;
  return [middle(range) - half, middle(range) + half];
}

/**
 * Values at equal distances from end to end.
 * @param {Range} range
 */
export function samples([low, high], count = 101) {
  return Array.from({ length: count }, (_, m) => low + ((high - low) * m) / (count - 1));
}

/**
 * Keeps a number within what an axis of this range can draw.
 * @param {Range} range
 * @param {number} value
 */
export function within([low, high], value) {
  const far = MAX_WINDOWS_OUT * (high - low);
  return clamp(low - far, high + far, value);
}

/**
 * How far a point lies from the middle of the window, on the axis on which it is farther: 0.5 is the edge.
 * @param {Range} xRange
 * @param {Range} yRange
 * @param {number} x
 * @param {number} y
 */
export function distanceOut(xRange, yRange, x, y) {
  return Math.max(Math.abs(x - middle(xRange)) / span(xRange), Math.abs(y - middle(yRange)) / span(yRange));
}

/**
 * Keeps a point within what two axes can draw, in the direction in which it lies from the middle of the window.
 * @param {Range} xRange
 * @param {Range} yRange
 * @param {number} x
 * @param {number} y
 * @param {number} [most] - farthest from the middle, in windows
 * @returns {[x: number, y: number]}
 */
export function towards(xRange, yRange, x, y, most = MAX_WINDOWS_OUT) {
  const out = distanceOut(xRange, yRange, x, y);
  if (!(out > most)) return [x, y];
  const [cx, cy] = [middle(xRange), middle(yRange)];
  return [cx + ((x - cx) / out) * most, cy + ((y - cy) / out) * most];
}

/**
 * The largest of 1, 2 and 5 times a power of ten that is not above a positive number: a factor that is easily read.
 * @param {number} exact
 */
export function roundedDown(exact) {
  const power = 10 ** Math.floor(Math.log10(exact));
  const slack = 1.0000001; // 10 ** log10(x) may come out a rounding above x
  return ([5, 2, 1].find((digit) => digit * power <= exact * slack) ?? 1) * power;
}
