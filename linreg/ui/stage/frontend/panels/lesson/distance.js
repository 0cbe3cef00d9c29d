// The distance of θ from the minimum, step by step, down to the last digit that a float64 has.

import { FlatPanel } from "../../drawing/flat_panel.js";
import { flat, key, note } from "../../drawing/markup.js";
import { scrubbing } from "../../input/gestures.js";
import { number } from "../../math/format.js";
import { distanceRange, stepRange } from "../../math/geometry/curve_windows.js";
import { powersOfTen, runCurve, stepAxis } from "../traces.js";

/** @import { Axes, Numbers, Range, State } from "../../types.js" */

export class DistancePanel extends FlatPanel {
  static figure = {
    title: "Distance from the minimum",
    controls: note("click to jump"),
    canvas: flat,
    legend:
      key("path", "line", "so far") +
      key("path", "thin", "to come") +
      key("model", "point", "this step") +
      key("optimum", "dash", "last digit of a float64"),
  };
  static gestures = scrubbing;

  grain = 0; // how far apart two neighbouring float64 numbers are at the minimum
  /** @type {number[]} */
  distances = []; // at the kept steps

  /** @param {State} state */
  prepare({ run, bowl }) {
    const { p } = bowl;
    this.grain = Math.max(Math.hypot(...bowl.best), 1e-290) * 2 ** -53;
    this.distances = Array.from(run.kept, (_, m) => this.#seen(bowl.best, run.theta.slice(m * p, (m + 1) * p)));
    this.xRange = stepRange(run.last);
    this.yRange = distanceRange(this.distances, this.grain);
  }

  /**
   * A distance as it is drawn: nearer than the grain no θ can be told from the minimum.
   * @param {Numbers} best
   * @param {Numbers} theta
   */
  #seen(best, theta) {
    return Math.max(this.grain, distanceOf(best, theta));
  }

  /**
   * @param {State} state
   * @param {boolean} runChanged
   */
  show(state, runChanged) {
    if (runChanged) this.prepare(state);
    super.show(state, runChanged);
  }

  /**
   * @param {State} state
   * @returns {Axes}
   */
  axes({ payload, run }) {
    const { theta } = payload.symbols;
    return {
      x: stepAxis(this.xRange, run.last),
      y: { range: this.yRange, title: `distance |${theta} − ${theta}*|`, type: "log" },
    };
  }

  /** @param {State} state */
  label({ t, here, payload, bowl }) {
    const now = number(distanceOf(bowl.best, here.theta), 4);
    return `Distance of ${payload.symbols.theta} from the minimum at step ${t}: ${now}, on a logarithmic axis`;
  }

  /** @param {State} state */
  note({ here, bowl }) {
    const now = distanceOf(bowl.best, here.theta);
    return now <= this.grain ? "nothing left that a float64 could show" : `now ${number(now, 4)}`;
  }

  /** @param {State} state */
  traces({ run, t, here, bowl, colours }) {
    return runCurve({
      run,
      t,
      values: this.distances,
      now: this.#seen(bowl.best, here.theta),
      level: this.grain,
      xRange: this.xRange,
      ends: powersOfTen(this.yRange),
      colours,
    });
  }
}

/**
 * @param {Numbers} best
 * @param {Numbers} theta
 */
const distanceOf = (best, theta) => Math.hypot(...Array.from(theta, (value, j) => value - best[j]));
