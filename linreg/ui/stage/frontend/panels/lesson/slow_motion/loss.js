// The loss in slow motion: a few steps around this one, and the change that it brings.

import { FlatPanel, marker } from "../../../drawing/flat_panel.js";
import { flat, hideKeys, key, note } from "../../../drawing/markup.js";
import { scrubbing } from "../../../input/gestures.js";
import { number } from "../../../math/format.js";
import { closeLossRange, stepBlock } from "../../../math/geometry/curve_windows.js";
import { span, within } from "../../../math/geometry/ranges.js";
import { LOSS, next } from "../../../math/phases.js";
import { line, NOTHING, symbols } from "../../traces.js";
import { FollowingWindow, readable } from "./following_window.js";

/** @import { Axes, Range, State, Trace } from "../../../types.js" */

const BLOCK_STEPS = 20; // in the window

export class SlowMotionLossPanel extends FlatPanel {
  static figure = {
    title: "Loss",
    controls: note("click to jump"),
    canvas: flat,
    legend:
      key("path", "line", "so far") +
      key("model", "point", "this step") +
      key("model", "dash", "change", "change") +
      key("optimum", "dash", "minimum", "best"),
  };
  static gestures = scrubbing;

  /**
   * The steps in the window.
   * @type {number[]}
   */
  steps = [];
  following = new FollowingWindow(this);

  /** @param {State} state */
  set(state) {
    this.following.shown = windowAt(state);
    super.set(state);
    this.title(`Loss: ${state.payload.lossName}`);
    hideKeys(this.figure, { best: !state.best });
  }

  /**
   * @param {State} state
   * @param {boolean} runChanged
   */
  show(state, runChanged) {
    this.following.follow(state, windowAt(state));
    super.show(state, runChanged);
  }

  /** @param {State} state */
  prepare({ run, bowl, t }) {
    const { steps, range } = stepBlock(t, run.last, BLOCK_STEPS);
    this.steps = steps;
    this.xRange = range;
    this.yRange = closeLossRange(
      steps.map((step) => run.at(step).loss),
      bowl.bestLoss,
    );
  }

  /**
   * @param {State} state
   * @returns {Axes}
   */
  axes({ payload }) {
    return {
      x: { range: this.xRange, title: "step", ...(span(this.xRange) < 9 && { dtick: 1 }) },
      y: readable({ range: this.yRange, title: payload.lossLabel }),
    };
  }

  /** @param {State} state */
  label(state) {
    const { payload, here, t, phase = 0 } = state;
    const after = phase >= LOSS ? `; after this step it is ${number(next(state).loss, 5)}` : "";
    return `Loss curve: ${payload.lossName} at step ${t} is ${number(here.loss, 5)}${after}`;
  }

  /**
   * @param {State} state
   * @returns {Trace[]}
   */
  traces(state) {
    const { run, t, here, bowl, phase = 0, colours, best } = state;
    /** @param {number} loss */
    const drawn = (loss) => within(this.yRange, loss);
    const done = this.steps.filter((step) => step <= t);
    const soFar = { x: done, y: done.map((step) => drawn(run.at(step).loss)) };
    const level = best ? drawn(bowl.bestLoss) : null;
    return [
      line({ x: this.xRange, y: [level, level] }, "never", colours.optimum, 2, "dash"),
      { ...line(soFar, "step", colours.path, 2.5), mode: "lines+markers", marker: marker("circle", colours.path, 6) },
      ...change(t, drawn(here.loss), phase >= LOSS ? drawn(next(state).loss) : null, colours.model),
    ];
  }
}

/**
 * From the loss at step t to the one after it, once it is known.
 * @param {number} t
 * @param {number} now
 * @param {number | null} then
 * @param {string} color
 * @returns {Trace[]}
 */
function change(t, now, then, color) {
  const known = then !== null;
  return [
    line(known ? { x: [t, t + 1, t + 1], y: [now, now, then] } : NOTHING, "step", color, 2, "dash"),
    symbols({ x: [t], y: [now] }, "step", marker(known ? "circle-open" : "circle", color, 12)),
    symbols(known ? { x: [t + 1], y: [then] } : NOTHING, "step", marker("circle", color, 12)),
  ];
}

/** @param {State} state */
const windowAt = ({ t }) => String(Math.floor(t / BLOCK_STEPS));
