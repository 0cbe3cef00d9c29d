// The θ-plane with the axes of the bowl, and the error at this step as a way along them.

import { hideKeys, key, note } from "../../drawing/markup.js";
import { areaOf } from "../../drawing/plot_area.js";
import { direction, nearestAlong } from "../../math/geometry/directions.js";
import { withEqualParameters } from "../../math/geometry/equal_scale.js";
import { span } from "../../math/geometry/ranges.js";
import { hiddenGradient, pairControls, pointsOf, ThetaPlanePanel } from "../theta_plane.js";
import { line } from "../traces.js";

/** @import { State, Trace } from "../../types.js" */

/**
 * How direction i of p is drawn: the steepest, the shallowest, and those between.
 * @param {number} i
 * @param {number} p
 * @returns {{ role: string, glyph: "line" | "dash" | "dot", dash?: string }}
 */
export function lookOf(i, p) {
  if (i === 0) return { role: "gradient", glyph: "line", dash: undefined };
  return i === p - 1 ? { role: "optimum", glyph: "dash", dash: "dash" } : { role: "path", glyph: "dot", dash: "dot" };
}

export class DirectionsPlanePanel extends ThetaPlanePanel {
  static figure = {
    ...ThetaPlanePanel.figure,
    title: "The directions of the bowl",
    controls: `${pairControls}${note()}`,
    legend:
      key("gradient", "line", "along the steepest direction", "axes") +
      key("optimum", "dash", "along the shallowest", "axes") +
      key("path", "square", "start", "run") +
      key("path", "line", "path", "run") +
      key("model", "arrow", "step −<i class=lr-eta></i>∇", "run") +
      key("optimum", "star", "minimum", "best") +
      hiddenGradient,
  };

  skewed = false; // whether the axes have unequal scales: right angles look skewed

  /** @param {State} state */
  set(state) {
    super.set(state);
    hideKeys(this.figure, { axes: state.bowl.p !== 2 });
    this.figure.classList.remove("lr-alone");
  }

  /** @param {State} state */
  prepare(state) {
    super.prepare(state);
    const equal =
      state.bowl.p === 2 ? withEqualParameters(state.bowl, this, areaOf(this.plot, state.theme.size)) : null;
    this.skewed = equal === null;
    Object.assign(this, equal);
  }

  /** @param {State} state */
  note(state) {
    const outside = super.note(state);
    if (outside || state.bowl.p !== 2 || !this.skewed) return outside;
    return "axes of unequal scale: the right angle looks skewed";
  }

  /** @param {State} state */
  traces(state) {
    const { bowl, colours } = state;
    const traces = super
      .traces(state)
      .filter(({ marker, line: shaft }) => !(marker?.symbol === "arrow" && shaft?.color === colours.gradient));
    if (bowl.p !== 2) return traces;
    return [
      ...traces.slice(0, 1),
      ...this.#axes(state),
      ...traces.slice(1, -1),
      ...this.#error(state),
      ...traces.slice(-1),
    ];
  }

  /**
   * The axes of the bowl through its minimum, from edge to edge.
   * @param {State} state
   * @returns {Trace[]}
   */
  #axes({ bowl, colours, pair: [j, k] }) {
    const far = 2 * Math.hypot(span(this.xRange), span(this.yRange));
    return [0, 1].map((i) => {
      const way = direction(bowl, i);
      const { role, dash } = lookOf(i, 2);
      /** @param {number} axis */
      const ends = (axis) => [-1, 1].map((sign) => bowl.best[axis] + sign * far * way[axis]);
      return { ...line({ x: ends(j), y: ends(k) }, "never", colours[role], 1.5, dash), opacity: 0.7 };
    });
  }

  /**
   * From the minimum along the shallow direction, then along the steep one, to θ.
   * @param {State} state
   * @returns {Trace[]}
   */
  #error({ bowl, here, colours, pair }) {
    const [start, turn, end] = [bowl.best, Float64Array.from(nearestAlong(bowl, here.theta, 1)), here.theta].map(
      (theta) => this.place(theta, 0, pair),
    );
    return [
      { ...line(pointsOf([start, turn]), "step", colours.optimum, 5), opacity: 0.75 },
      { ...line(pointsOf([turn, end]), "step", colours.gradient, 5), opacity: 0.75 },
    ];
  }
}
