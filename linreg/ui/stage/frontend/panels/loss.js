// The loss against the step.

import { FlatPanel } from "../drawing/flat_panel.js";
import { flat, key, note } from "../drawing/markup.js";
import { scrubbing } from "../input/gestures.js";
import { number } from "../math/format.js";
import { growsTooFar, logLossRange, lossRange, stepRange } from "../math/geometry/curve_windows.js";
import { within } from "../math/geometry/ranges.js";
import { powersOfTen, runCurve, stepAxis } from "./traces.js";

/** @import { Axes, Range, State } from "../types.js" */

export class LossPanel extends FlatPanel {
  static figure = {
    title: "Loss",
    controls: `<label><input type="checkbox" class="lr-log"> Log scale</label>${note("click to jump")}`,
    canvas: flat,
    legend:
      key("path", "line", "so far") +
      key("path", "thin", "to come") +
      key("model", "point", "this step") +
      key("optimum", "dash", "minimum", "best"),
  };
  static gestures = scrubbing;

  log = false;

  /** @param {State} state */
  set(state) {
    super.set(state);
    const box = /** @type {HTMLInputElement} */ (this.figure.querySelector(".lr-log"));
    box.checked = this.log;
    box.disabled = this.log && !state.log;
    box.title = box.disabled ? "The loss grows too far for a plain scale" : "";
    box.onchange = () => this.stage.update({ log: box.checked });
  }

  /** @param {State} state */
  prepare({ bowl, run, log }) {
    const diverged = run.status === "diverged";
    this.log = log || growsTooFar(run.loss);
    this.yRange = (this.log ? logLossRange : lossRange)(run.loss, bowl.bestLoss, diverged);
    this.xRange = stepRange(run.last);
  }

  /**
   * @param {State} state
   * @returns {Axes}
   */
  axes({ payload, run }) {
    return {
      x: stepAxis(this.xRange, run.last),
      y: { range: this.yRange, title: payload.lossLabel, type: this.log ? "log" : "linear" },
    };
  }

  /** @param {State} state */
  label({ payload, here, t }) {
    const now = `${payload.lossName} at step ${t} is ${number(here.loss, 5)}`;
    return `Loss curve: ${now}, its minimum is ${number(payload.bowl.bestLoss, 5)}`;
  }

  /** @param {State} state */
  traces({ bowl, run, t, here, colours }) {
    return runCurve({
      run,
      t,
      values: Array.from(run.loss, (value) => this.#drawable(value)),
      now: this.#drawable(here.loss),
      level: this.#drawable(bowl.bestLoss),
      xRange: this.xRange,
      ends: this.log ? powersOfTen(this.yRange) : this.yRange,
      colours,
    });
  }

  /** @param {number} value */
  #drawable(value) {
    if (!this.log) return within(this.yRange, value);
    return value > 0 ? value : null;
  }
}
