// The rows and the model in slow motion: the new model from its phase on, with the one before.

import { hideKeys, key } from "../../../drawing/markup.js";
import { FITTED } from "../../../math/payload.js";
import { MODEL, next } from "../../../math/phases.js";
import { DataPanel } from "../../data.js";
import { line, NOTHING } from "../../traces.js";

/** @import { State } from "../../../types.js" */

export class SlowMotionDataPanel extends DataPanel {
  static figure = {
    ...DataPanel.figure,
    legend: DataPanel.figure.legend + key("path", "dot", "model before", "before"),
  };

  /** @param {State} state */
  set(state) {
    super.set(state);
    hideKeys(this.figure, { before: this.view === FITTED, ghost: true });
  }

  /** @param {State} state */
  traces(state) {
    const { payload, here, phase = 0, colours } = state;
    const moved = phase >= MODEL;
    const before = moved && this.view !== FITTED ? this.line(payload, here.theta) : NOTHING;
    const rows = super.traces(moved ? { ...state, here: next(state) } : state);
    return [...rows, line(before, "step", colours.path, 2, "dot")];
  }

  /** @param {State} state */
  label(state) {
    const { t, phase = 0 } = state;
    if (phase < MODEL) return super.label(state);
    return `After this step: ${super.label({ ...state, here: next(state), t: t + 1 })}`;
  }
}
