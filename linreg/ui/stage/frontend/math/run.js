// A run as the stage shows it: the steps that Python computed and kept, and between two of them the same closed form.

/**
 * @import { Numbers, Point, Run } from "../types.js"
 * @import { Run as SentRun } from "../payload.js"
 * @import { Quadratic } from "./quadratic.js"
 */

/**
 * Python's exact run.
 * @implements {Run}
 */
export class ExactRun {
  exact = true;

  /**
   * @param {Quadratic} bowl
   * @param {Omit<SentRun, "kept" | "theta" | "loss" | "gradient"> & {
   *   kept: Int32Array, theta: Float64Array, loss: Float64Array, gradient: Float64Array,
   * }} sent - `kept` are the steps sent; `theta` and `gradient` hold p numbers for each
   */
  constructor(bowl, sent) {
    const { steps, rate, status, converged_at, diverged_at, minimum, rounding, excess } = sent;
    const { kept, theta, loss, gradient } = sent;
    this.bowl = bowl;
    this.steps = steps;
    this.rate = rate;
    this.status = status;
    this.converged_at = converged_at;
    this.diverged_at = diverged_at;
    this.minimum = minimum;
    this.rounding = rounding;
    this.excess = excess;
    this.kept = kept;
    this.theta = theta;
    this.loss = loss;
    this.gradient = gradient;
    this.last = kept[kept.length - 1];
  }

  /**
   * @param {number} t
   * @returns {Point}
   */
  at(t) {
    const { bowl, kept, theta, loss, gradient } = this;
    const p = bowl.p;
    const k = lastAtMost(kept, t);
    const from = theta.subarray(k * p, (k + 1) * p);
    if (kept[k] === t) return { theta: from, loss: loss[k], gradient: gradient.subarray(k * p, (k + 1) * p) };
    return bowl.after(from, this.rate, t - kept[k]);
  }
}

/**
 * The run that a rate or a start would give, computed here while a hand is dragging.
 * @param {Quadratic} bowl
 * @param {Numbers} start
 * @param {number} rate
 * @param {number} steps
 * @param {Numbers} kept - the steps to draw, as far as their numbers are finite
 * @returns {Run}
 */
export function preview(bowl, start, rate, steps, kept) {
  const p = bowl.p;
  const walk = bowl.walk(start, rate);
  /** @type {Record<"kept" | "theta" | "loss" | "gradient", number[]>} */
  const drawn = { kept: [], theta: [], loss: [], gradient: [] };
  for (const t of kept) {
    const here = walk(t);
    if (!Number.isFinite(here.loss) || !here.gradient.every(Number.isFinite)) break;
    drawn.kept.push(t);
    drawn.loss.push(here.loss);
    for (let j = 0; j < p; j++) {
      drawn.theta.push(here.theta[j]);
      drawn.gradient.push(here.gradient[j]);
    }
  }
  const last = drawn.kept[drawn.kept.length - 1] ?? 0;
  return {
    bowl,
    rate,
    steps,
    exact: false,
    status: null,
    converged_at: null,
    diverged_at: null,
    minimum: bowl.bestLoss,
    rounding: 0,
    excess: (drawn.loss[drawn.loss.length - 1] ?? 0) - bowl.bestLoss,
    ...drawn,
    last,
    at: walk,
  };
}

/**
 * Which steps of a run are sent and drawn: all up to `most`, then evenly many per decade. Mirrors
 * linreg.ui.stage.payload.kept_steps.
 * @param {number} steps
 * @param {number} most
 */
export function keptSteps(steps, most) {
  if (steps <= most) return Array.from({ length: steps + 1 }, (_, t) => t);
  const dense = most / 2;
  const kept = Array.from({ length: dense }, (_, t) => t);
  for (let m = 0; m <= dense; m++) kept.push(Math.round(dense * (steps / dense) ** (m / dense)));
  return [...new Set(kept)];
}

/**
 * The index of the last entry that is at most t.
 * @param {Numbers} sorted
 * @param {number} t
 */
function lastAtMost(sorted, t) {
  let low = 0,
    high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle] <= t) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * How many of the kept steps are not after step t.
 * @param {Numbers} kept
 * @param {number} t
 */
export const keptUntil = (kept, t) => (kept.length && kept[0] <= t ? lastAtMost(kept, t) + 1 : 0);
