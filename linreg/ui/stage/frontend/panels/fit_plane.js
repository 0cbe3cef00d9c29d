// The fitted plane in space: the rows over two features and what the model says there. It lies over the flat picture.

import { SpacePanel } from "../drawing/space_panel.js";
import { withStart } from "../math/geometry/data_window.js";
import { extent, padded, within } from "../math/geometry/ranges.js";
import { PLANE } from "../math/payload.js";
import { sheet, spheres } from "./solids.js";

/** @import { Range, SpaceAxes, State } from "../types.js" */

export class FitPlanePanel extends SpacePanel {
  /** @type {[x: Range, y: Range, z: Range]} */
  ranges = [
    [0, 1],
    [0, 1],
    [0, 1],
  ];
  held = ""; // the data for which the ranges were found

  /** @param {State} state */
  inSpace({ payload, dataView }) {
    return payload.M === 2 && dataView === PLANE;
  }

  /**
   * The ranges stay while the start moves: nothing jumps under the hand that sets the model.
   * @param {State} state
   */
  prepare(state) {
    const { payload } = state;
    const [x1, x2, y] = [payload.column(0), payload.column(1), payload.y].map(extent);
    const key = JSON.stringify([payload.key, x1, x2, y]);
    if (this.held === key) return;
    this.held = key;
    const [a, b, c] = [x1, x2, withStart(state, y)].map(([low, high]) => padded(low, high, 0.05));
    this.ranges = [a, b, c];
  }

  /**
   * @param {State} state
   * @returns {SpaceAxes}
   */
  axes({ payload }) {
    const [x, y, z] = this.ranges;
    return {
      x: { range: x, title: payload.features[0] },
      y: { range: y, title: payload.features[1] },
      z: { range: z, title: payload.target },
    };
  }

  /** @param {State} state */
  label({ t }) {
    return `The rows and the fitted plane over two features at step ${t}`;
  }

  /**
   * The plane by its four corners.
   * @param {State} state
   */
  #plane({ payload, here }) {
    const [x, y, z] = this.ranges;
    /** @type {(at: (x1: number, x2: number) => number) => number[][]} */
    const corners = (at) => y.map((x2) => x.map((x1) => at(x1, x2)));
    return {
      x: corners((x1) => x1),
      y: corners((_, x2) => x2),
      z: corners((x1, x2) => within(z, payload.predict(here.theta, [x1, x2]))),
    };
  }

  /** @param {State} state */
  traces(state) {
    const { payload, colours } = state;
    const [x, y, z] = [payload.column(0), payload.column(1), payload.y].map((column) => Array.from(column));
    return [
      { ...sheet(colours.model, 0.5), ...this.#plane(state) },
      { ...spheres(colours.data, 3, "circle"), x, y, z },
    ];
  }

  /** @param {State} state */
  moving(state) {
    const { x, y, z } = this.#plane(state);
    return { x: [x], y: [y], z: [z], indices: [0] };
  }
}
