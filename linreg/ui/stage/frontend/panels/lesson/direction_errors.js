// The error that is left along each direction of the bowl: a constant factor is a straight line on a logarithmic axis.

import { FlatPanel, marker } from "../../drawing/flat_panel.js";
import { element, flat, key, note } from "../../drawing/markup.js";
import { scrubbing } from "../../input/gestures.js";
import { number, percent } from "../../math/format.js";
import { shareRange, stepRange } from "../../math/geometry/curve_windows.js";
import { directionName, shareLeft, stepAlong } from "../../math/geometry/directions.js";
import { clamp } from "../../math/geometry/ranges.js";
import { line, powersOfTen, stepAxis, symbols, upright } from "../traces.js";
import { lookOf } from "./directions_plane.js";

/** @import { Axes, Range, State } from "../../types.js" */

const MAX_KEYS = 4; // with more directions, those between the first and the last share an entry of the legend
const FAR_DECADES = 5; // below and above the window; SVG loses what is drawn farther out

export class DirectionErrorsPanel extends FlatPanel {
  static figure = {
    title: "The error along each direction",
    controls: note("click to jump"),
    canvas: flat,
    legend: "",
  };
  static gestures = scrubbing;

  /** @param {State} state */
  set(state) {
    super.set(state);
    const goal = `${number(100 * state.payload.constants.goneShare)} % left`;
    const entries = [...keysOf(state.bowl.p), key("model", "point", "this step"), key("data", "thin", goal)];
    this.figure.querySelector(".lr-legend")?.replaceChildren(...entries.map(element));
  }

  /**
   * The factor of a step along each direction that is not flat.
   * @param {State} state
   */
  factors({ payload, bowl, run }) {
    return Array.from({ length: bowl.p }, (_, i) => stepAlong(payload, run.rate, i))
      .filter(({ eigenvalue }) => eigenvalue > 0)
      .map(({ factor }) => factor);
  }

  /** @param {State} state */
  prepare(state) {
    const { last } = state.run;
    this.xRange = stepRange(last);
    this.yRange = shareRange(this.factors(state).map((factor) => shareLeft(factor, last)));
  }

  /**
   * @param {State} state
   * @returns {Axes}
   */
  axes({ run }) {
    return {
      x: stepAxis(this.xRange, run.last),
      y: { range: this.yRange, title: "share of the error left", type: "log" },
    };
  }

  /** @param {State} state */
  label(state) {
    const { t, bowl } = state;
    const shares = this.factors(state).map(
      (factor, i) => `${directionName(i, bowl.p)}: ${percent(shareLeft(factor, t))} left`,
    );
    return `The error along each direction at step ${t}, on a logarithmic axis. ${shares.join("; ")}`;
  }

  /** @param {State} state */
  traces(state) {
    const { payload, run, t, bowl, colours } = state,
      { goneShare } = payload.constants;
    const [floor, top] = powersOfTen([this.yRange[0] - FAR_DECADES, this.yRange[1] + FAR_DECADES]);
    /** @type {(factor: number, step: number) => number} */
    const left = (factor, step) => clamp(floor, top, shareLeft(factor, step));
    const factors = this.factors(state);
    const curves = factors.map((factor, i) => {
      const { role, dash } = lookOf(i, bowl.p);
      const shares = Array.from(run.kept, (step) => left(factor, step));
      return line({ x: run.kept, y: shares }, "run", colours[role], 2.5, dash);
    });
    const now = { x: factors.map(() => t), y: factors.map((factor) => left(factor, t)) };
    return [
      line({ x: this.xRange, y: [goneShare, goneShare] }, "never", colours.data, 1),
      ...curves,
      upright(t, powersOfTen(this.yRange), colours),
      symbols(now, "step", marker("circle", colours.model, 10)),
    ];
  }
}

/**
 * Entries of the legend for p directions.
 * @param {number} p
 */
function keysOf(p) {
  const shown = p <= MAX_KEYS ? [...Array(p).keys()] : [0, 1, p - 1];
  return shown.map((i) => {
    const { role, glyph } = lookOf(i, p);
    return key(role, glyph, p > MAX_KEYS && i === 1 ? "directions between" : directionName(i, p));
  });
}
