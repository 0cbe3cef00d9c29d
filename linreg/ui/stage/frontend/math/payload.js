// The experiment as Python sent it, decoded: the rows that are drawn, the bowl, the exact run, names and limits.

import { doubles, integers } from "./base64_arrays.js";
import { withUnit } from "./format.js";
import { Quadratic } from "./quadratic.js";
import { ExactRun, keptSteps } from "./run.js";

/**
 * @import { NamedView, Payload as SentPayload } from "../payload.js"
 * @import { Numbers } from "../types.js"
 */

// The views of the data that are named; the others are the index of a feature.
export const FITTED = /** @satisfies {NamedView} */ ("fitted");
export const PLANE = /** @satisfies {NamedView} */ ("plane");

/**
 * What is sent as it is read: the keys that are not decoded.
 * @type {new (sent: SentPayload) => Omit<SentPayload, "X" | "y" | "rows" | "bowl">}
 */
const Sent = /** @type {never} */ (
  class {
    /** @param {SentPayload} sent */
    constructor(sent) {
      Object.assign(this, sent);
    }
  }
);

export class Payload extends Sent {
  /** @type {Numbers | undefined} */
  #allSteps;

  /** @param {SentPayload} sent */
  constructor(sent) {
    super(sent);
    const { bowl, run } = sent;
    this.M = sent.features.length;
    this.offset = sent.intercept ? 1 : 0;
    this.X = doubles(sent.X); // column after column
    this.y = doubles(sent.y);
    this.rows = integers(sent.rows);
    this.shown = this.y.length;
    this.bowl = new Quadratic({
      ...bowl,
      V: doubles(bowl.V),
      s: doubles(bowl.s),
      w: doubles(bowl.w),
      best: doubles(bowl.best),
    });
    this.exact = new ExactRun(this.bowl, {
      ...run,
      kept: integers(run.kept),
      theta: doubles(run.theta),
      loss: doubles(run.loss),
      gradient: doubles(run.gradient),
    });
    this.lossName = this.constants.lossNames[this.loss];
    this.paramLabels = this.paramNames.map((name, j) => withUnit(name, this.units.theta[j]));
    this.lossLabel = withUnit(this.lossName, this.units.loss);
    this.columns = this.features.map((_, j) => this.X.subarray(j * this.shown, (j + 1) * this.shown));
  }

  /** @param {number} j */
  column(j) {
    return this.columns[j];
  }

  /**
   * The steps a preview draws: a run that Python ended early may go on under another rate.
   * @returns {Numbers}
   */
  get previewSteps() {
    if (this.exact.last === this.run.steps) return this.exact.kept;
    this.#allSteps ??= keptSteps(this.run.steps, this.constants.maxSentSteps);
    return this.#allSteps;
  }

  /**
   * ỹ of every row that is drawn.
   * @param {Numbers} theta
   */
  fit(theta) {
    const out = new Float64Array(this.shown).fill(this.offset ? theta[0] : 0);
    this.columns.forEach((column, j) => {
      const weight = theta[j + this.offset];
      for (let i = 0; i < out.length; i++) out[i] += weight * column[i];
    });
    return out;
  }

  /**
   * ỹ at one point of the features.
   * @param {Numbers} theta
   * @param {readonly number[]} x
   */
  predict(theta, x) {
    return x.reduce((sum, value, j) => sum + theta[j + this.offset] * value, this.offset ? theta[0] : 0);
  }

  /**
   * One drawn row under θ: its residual and its shares of TSSE and of the gradient (its arrow's part along ∇).
   * @param {Numbers} theta
   * @param {number} i
   */
  share(theta, i) {
    const fitted = this.fit(theta)[i],
      residual = this.y[i] - fitted;
    const { scale } = this.bowl;
    const gradient = this.bowl.gradient(theta),
      length = Math.hypot(...gradient);
    const arrow = [...(this.offset ? [1] : []), ...this.columns.map((column) => column[i])].map(
      (x) => -2 * scale * residual * x,
    );
    const along = arrow.reduce((sum, value, j) => sum + value * gradient[j], 0) / length ** 2;
    return { fitted, residual, tsse: (scale * residual * residual) / this.bowl.loss(theta), gradient: along, arrow };
  }
}
