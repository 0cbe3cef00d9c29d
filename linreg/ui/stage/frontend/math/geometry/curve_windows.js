// Windows of the curves over the steps or the rates: what they span, linear or in powers of ten.

import { extent, padded } from "./ranges.js";

/** @import { Numbers, Range } from "../../types.js" */

const MAX_GROWTH = 1e9; // of the loss; beyond it a plain scale shows one step and a flat line
const MIN_EXPONENT = -8; // the share of an error that is still worth an axis, as a power of ten
const MAX_EXPONENT = 8;

/** @type {(last: number) => Range} */
export const stepRange = (last) => [-0.02 * last, 1.02 * last || 1];

/**
 * The steps in the window of slow motion: so few that each can be seen.
 * @param {number} t
 * @param {number} last
 * @param {number} size - steps in a window
 */
export function stepBlock(t, last, size) {
  const from = Math.floor(t / size) * size;
  const to = Math.max(from + 4, Math.min(from + size, last + 1));
  const steps = Array.from({ length: Math.min(to, last) - from + 1 }, (_, k) => from + k);
  return { steps, range: /** @type {Range} */ ([from - 0.03 * (to - from), to + 0.03 * (to - from)]) };
}

/**
 * The losses of a few steps, and the minimum where it is near.
 * @param {number[]} losses
 * @param {number} least
 */
export function closeLossRange(losses, least) {
  const [low, high] = extent(losses);
  return padded(low - least < 3 * (high - low) ? least : low, high);
}

/** @param {Numbers} losses */
export const growsTooFar = (losses) => extent(losses)[1] > MAX_GROWTH * (losses[0] || 1);

/**
 * The loss of a run on a plain scale, from 0 unless its minimum lies far above.
 * @param {Numbers} losses
 * @param {number} least - of any θ
 * @param {boolean} diverged
 * @returns {Range}
 */
export function lossRange(losses, least, diverged) {
  const top = diverged ? extent(losses)[1] : Math.max(losses[0], least);
  if (!diverged && least > 0.5 * top) return padded(least, top, 0.1);
  return [-0.04 * top, 1.08 * top || 1];
}

/**
 * The loss of a run in powers of ten.
 * @param {Numbers} losses
 * @param {number} least - of any θ
 * @param {boolean} diverged
 * @returns {Range}
 */
export function logLossRange(losses, least, diverged) {
  const [low, high] = extent(Array.from(losses).filter((value) => value > 0));
  if (!(high > 0)) return [-1, 1]; // a run that begins at a minimum of 0: nothing to draw
  const deepest = diverged ? 0 : high * 1e-40; // the last digits of a loss that went to zero say nothing
  const floor = Math.max(Math.min(low, least > 0 ? least : low), deepest, 1e-300);
  return padded(Math.log10(floor), Math.log10(Math.max(high, 10 * floor)), 0.06);
}

/**
 * What is left of an error at the end, in powers of ten: a decade or two are always seen.
 * @param {number[]} shares
 */
export function shareRange(shares) {
  const ends = shares.map(Math.log10);
  const low = Math.max(MIN_EXPONENT, Math.min(-2.5, ...ends));
  const high = Math.min(MAX_EXPONENT, Math.max(0, ...ends));
  return padded(low, high, 0.05);
}

/**
 * Distances in powers of ten, down to the smallest that can be told from none.
 * @param {number[]} distances
 * @param {number} smallest
 */
export function distanceRange(distances, smallest) {
  const [least, most] = extent(distances);
  return padded(Math.log10(Math.min(least, smallest)), Math.log10(Math.max(most, 10 * smallest)), 0.05);
}

/**
 * Both axes of the steps to convergence over the rates, in powers of ten, and the height of the rates that never get
 * there: above all others.
 * @param {Float64Array} rates
 * @param {Float64Array} steps - NaN: never
 * @param {number} rate - of the run, for a window without rates
 * @returns {{ xRange: Range, yRange: Range, never: number }}
 */
export function sweepWindow(rates, steps, rate) {
  const [low, high] = rates.length ? extent(rates) : [rate / 10, rate * 10];
  const [least, most] = extent(steps.filter((count) => count > 0));
  const bottom = Math.log10(Number.isFinite(least) ? Math.max(1, least) : 1);
  const top = Math.log10(Math.max(10, Number.isFinite(most) ? most : 10, 3 * 10 ** bottom));
  const height = top - bottom;
  return {
    xRange: [Math.log10(low) - 0.05, Math.log10(high) + 0.05],
    yRange: [bottom - 0.08 * height, top + 0.2 * height],
    never: 10 ** (top + 0.12 * height),
  };
}
