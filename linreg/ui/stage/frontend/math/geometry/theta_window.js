// The window of two parameters: the minimum in the middle, room for every run from the starts that converges.

/** @import { Numbers, Pair, Range } from "../../types.js" */
/** @import { Quadratic } from "../quadratic.js" */

/**
 * @typedef {object} View
 * @property {Quadratic} bowl
 * @property {number} tss - sum of squares of y about its mean: the scale of the loss where every start is the minimum
 * @property {Numbers[]} starts - where runs begin, or where a hand was
 * @property {Pair} pair
 * @property {boolean} byHand - whether a hand sets θ: near the minimum it still sees the valley
 */

/**
 * The window; with a single parameter its upward axis is the loss. `rise` is the loss above its minimum that it shows.
 * @param {View} view
 * @returns {{ rise: number, xRange: Range, yRange: Range }}
 */
export function thetaWindow(view) {
  const { bowl, pair } = view;
  const rise = riseOf(view);
  const [xRange, yRange] = pair.map((j) => parameterRange(view, rise, j));
  return { rise, xRange, yRange: bowl.p === 1 ? lossRange(bowl, rise) : yRange };
}

/** @param {View} view */
function riseOf({ bowl, tss, starts, byHand }) {
  const spread = bowl.scale * tss;
  const highest = Math.max(...starts.map((start) => bowl.loss(start))) - bowl.bestLoss;
  const rise = byHand ? Math.max(highest, 0.5 * spread) : highest;
  return rise > 1e-12 * spread ? rise : 0.25 * spread || 1;
}

/**
 * @param {View} view
 * @param {number} rise
 * @param {number} j
 * @returns {Range}
 */
function parameterRange({ bowl, starts, byHand }, rise, j) {
  const best = bowl.best[j];
  const curvature = bowl.curvature(j, j);
  const reach = Math.max(...starts.map((start) => bowl.reach(start)[j]));
  const valley = curvature > 0 ? (byHand ? 0.6 : 0.15) * Math.sqrt(rise / curvature) : 0;
  const half = Math.max(1.5 * reach, valley, 1e-9 * Math.abs(best)) || 1;
  return [best - half, best + half];
}

/** @type {(bowl: Quadratic, rise: number) => Range} */
const lossRange = ({ bestLoss }, rise) => [bestLoss - 0.08 * rise, bestLoss + 1.25 * rise];
