// The directions of the bowl: along each, a step multiplies what is left of the error by a factor of its own.

/** @import { Numbers } from "../../types.js" */
/** @import { Payload } from "../payload.js" */
/** @import { Quadratic } from "../quadratic.js" */

/**
 * What a step does along direction i: λ, the factor 1 − ηλ, and the steps until `goneShare` of an error is left,
 * or null.
 * @param {Pick<Payload, "bowl" | "constants">} payload
 * @param {number} rate
 * @param {number} i
 */
export function stepAlong({ bowl, constants }, rate, i) {
  const eigenvalue = bowl.eigenvalue(i);
  const factor = 1 - rate * eigenvalue;
  return { eigenvalue, factor, steps: stepsUntil(constants.goneShare, Math.abs(factor), constants.rateTolerance) };
}

/** @type {(share: number, factor: number, rateTolerance: number) => number | null} */
function stepsUntil(share, factor, rateTolerance) {
  if (factor >= 1 - rateTolerance / 1000) return null;
  return factor <= share ? 1 : Math.ceil(Math.log(share) / Math.log(factor));
}

/**
 * The share of an error that t steps with this factor leave: |1 − ηλ|^t.
 * @param {number} factor
 * @param {number} t
 */
export const shareLeft = (factor, t) => (t === 0 ? 1 : Math.abs(factor) ** t);

/**
 * Direction i as an arrow of length 1 in θ, its largest part positive.
 * @param {Pick<Quadratic, "V" | "p">} bowl
 * @param {number} i
 */
export function direction({ V, p }, i) {
  const vector = Array.from({ length: p }, (_, j) => V[j * p + i]);
  const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-12 ? value : most), 0);
  return vector.map((value) => (largest < 0 ? -value : value));
}

/**
 * The place nearest to θ on the line from the minimum along direction i.
 * @param {Pick<Quadratic, "V" | "p" | "best">} bowl
 * @param {Numbers} theta
 * @param {number} i
 */
export function nearestAlong(bowl, theta, i) {
  const way = direction(bowl, i);
  const length = way.reduce((sum, part, j) => sum + (theta[j] - bowl.best[j]) * part, 0);
  return way.map((part, j) => bowl.best[j] + length * part);
}

/**
 * Which of p directions this is: ", steepest", ", shallowest" or nothing.
 * @param {number} i
 * @param {number} p
 */
export function rank(i, p) {
  if (p === 1) return "";
  if (i === 0) return ", steepest";
  return i === p - 1 ? ", shallowest" : "";
}

/** @type {(i: number, p: number) => string} */
export const directionName = (i, p) => `direction ${i + 1}${rank(i, p)}`;
