// Windows in which a unit is as long across as upwards on the screen: squares are squares there, right angles right.

import { span, stretched } from "./ranges.js";

/** @import { Range } from "../../types.js" */
/** @import { Quadratic } from "../quadratic.js" */
/** @typedef {{ xRange: Range, yRange: Range }} Window */
/** @typedef {{ width: number, height: number }} Area - the plotting area in pixels */

const MAX_PLANE_STRETCH = 6; // times as long; a θ-plane stretched farther is more empty than full
const ROUND_CONDITION = 400; // the level curves of a bowl below it are round enough to be worth any stretch

/**
 * How many units across are as long on the screen as one unit upwards.
 * @param {Window} window
 * @param {Area} area
 */
export function unitRatio({ xRange, yRange }, { width, height }) {
  return span(xRange) / width / (span(yRange) / height);
}

/**
 * The window with one axis lengthened until the units are equal, or null where that takes `most` times or more.
 * @param {Window} window
 * @param {Area} area
 * @returns {Window | null}
 */
export function withEqualUnits({ xRange, yRange }, area, most = Infinity) {
  const ratio = unitRatio({ xRange, yRange }, area);
  if (!(Math.max(ratio, 1 / ratio) < most)) return null;
  if (ratio > 1) return { xRange, yRange: stretched(yRange, ratio) };
  return { xRange: stretched(xRange, 1 / ratio), yRange };
}

/**
 * The window of a θ-plane with equal units, or null where that would leave nothing to see of a narrow bowl.
 * @param {Quadratic} bowl - of two parameters
 * @param {Window} window
 * @param {Area} area
 */
export function withEqualParameters(bowl, window, area) {
  const round = bowl.eigenvalue(0) < ROUND_CONDITION * bowl.eigenvalue(1);
  return withEqualUnits(window, area, round ? Infinity : MAX_PLANE_STRETCH);
}

/**
 * The window of equal units with a square of this side at its lower left corner, as large as there is room.
 * @param {number} side
 * @param {Area} area
 * @returns {Window}
 */
export function squareWindow(side, { width, height }) {
  const length = 1.08 * side;
  const unit = length / Math.min(width, height);
  const low = -0.03 * length;
  return { xRange: [low, unit * width + low], yRange: [low, unit * height + low] };
}
