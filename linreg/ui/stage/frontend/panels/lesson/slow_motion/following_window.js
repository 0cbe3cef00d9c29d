// Windows that follow a run in slow motion, and axes that stay readable in them.

import { number } from "../../../math/format.js";
import { span } from "../../../math/geometry/ranges.js";

/** @import { FlatPanel } from "../../../drawing/flat_panel.js" */
/** @import { Axis, State } from "../../../types.js" */

const FOLLOW_MS = 500; // between two pairs of axes while a run is played
const MIN_SPAN_SHARE = 2e-4; // of its values; an axis that spans less has no room for their digits

/** A window that follows the run: the panel is drawn on new axes once the step has left those it has. */
export class FollowingWindow {
  /** @param {FlatPanel} panel */
  constructor(panel) {
    this.panel = panel;
    this.shown = ""; // the window that was drawn last
    this.since = 0;
  }

  /**
   * Draws the panel on new axes if its window is another one; now and then only while a run is played.
   * @param {State} state
   * @param {string} key - of the window, tells it from the others
   */
  follow(state, key) {
    const { panel } = this;
    const now = performance.now();
    if (key === this.shown || !panel.plotted) return;
    if (state.playing && now - this.since < FOLLOW_MS) return;
    this.since = now;
    panel.set(state);
    if (window.Plotly) panel.settle(state, window.Plotly).catch((error) => panel.stage.fail(error));
  }
}

/**
 * An axis whose values differ too little to be written beside it says around which value it lies.
 * @param {Axis} axis
 * @returns {Axis}
 */
export function readable(axis) {
  const middle = (axis.range[0] + axis.range[1]) / 2;
  if (!(span(axis.range) < MIN_SPAN_SHARE * Math.abs(middle))) return axis;
  return { ...axis, title: `${axis.title}, around ${number(middle, 7)}`, showticklabels: false };
}
