// The rows and the model, where a row that is lit shows its residual, too.

import { within } from "../math/geometry/ranges.js";
import { FITTED } from "../math/payload.js";
import { DataPanel } from "./data.js";
import { line, NOTHING } from "./traces.js";

/** @import { State } from "../types.js" */

export class ResidualsPanel extends DataPanel {
  /** @param {State} state */
  traces(state) {
    return [...super.traces(state), line(this.#litResidual(state), "step", state.colours.gradient, 4)];
  }

  /** @param {State} state */
  #litResidual({ payload, here, hoverRow }) {
    if (hoverRow === null || (payload.M > 1 && this.view !== FITTED)) return NOTHING;
    const fitted = payload.fit(here.theta);
    const [x, y] = this.point(payload, fitted, hoverRow);
    return { x: [x, x], y: [y, within(this.yRange, fitted[hoverRow])] };
  }
}
