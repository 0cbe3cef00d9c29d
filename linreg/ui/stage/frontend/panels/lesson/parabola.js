// The loss over one parameter while the others stay where the hand left them: a parabola.

import { FlatPanel, marker, spot } from "../../drawing/flat_panel.js";
import { fill, flat, key, note } from "../../drawing/markup.js";
import { HANDLE_REACH_PIXELS } from "../../input/gestures.js";
import { number } from "../../math/format.js";
import { parabola, parabolaAt } from "../../math/geometry/bowl_shapes.js";
import { clamp, extent, padded } from "../../math/geometry/ranges.js";
import { line, symbols } from "../traces.js";

/** @import { Axes, FlatPicture, Gestures, Place, Range, State, Trace } from "../../types.js" */

/**
 * A drag along the parabola sets its parameter.
 * @param {FlatPicture<ParabolaPanel>} picture
 * @returns {Gestures}
 */
function sliding(picture) {
  const { flat: panel } = picture;
  /** @param {Place} at */
  const move = (at) => {
    const { run, parameter } = picture.state;
    const theta = Float64Array.from(run.at(0).theta);
    theta[parameter] = panel.valueAt(at);
    return { start: theta };
  };
  return {
    down: (at, event) => {
      const { here, parameter } = picture.state;
      const far = panel.distance(at, here.theta[parameter], here.loss) > HANDLE_REACH_PIXELS.touch;
      if (event.pointerType === "touch" && far) return null; // a swipe scrolls
      return { held: { by: "start" }, begin: move(at), move, end: () => ({ ask: "start" }) };
    },
  };
}

export class ParabolaPanel extends FlatPanel {
  static figure = {
    title: "Loss",
    controls: `<label>over <select aria-label="Parameter of the parabola"></select></label>${note()}`,
    canvas: flat,
    legend:
      key("path", "line", "loss") +
      key("model", "point", "your model") +
      key("optimum", "diamond", "lowest point with the others held fixed"),
  };
  static gestures = sliding;

  /** @param {State} state */
  set(state) {
    this.#fillParameters(state);
    this.figure.hidden = state.bowl.p === 1; // the plane of a single parameter is this parabola
    super.set(state);
  }

  /** @param {State} state */
  #fillParameters({ payload, parameter }) {
    const select = /** @type {HTMLSelectElement} */ (this.figure.querySelector("select"));
    fill(
      select,
      payload.paramNames.map((name, j) => [j, name]),
    );
    select.value = String(parameter);
    select.onchange = () => this.stage.update({ parameter: Number(select.value) });
  }

  /** @param {State} state */
  prepare({ bowl, here, tries, payload, parameter: j }) {
    const form = bowl.along(here.theta, j);
    const { at, curvature } = form;
    const least = curvature > 0 ? 0.5 * Math.sqrt((bowl.scale * payload.tss) / curvature) : 0;
    this.xRange = padded(
      ...extent([here.theta[j], at, at - least, at + least, ...tries.map((theta) => theta[j])]),
      0.15,
    );
    const highest = Math.max(...this.xRange.map((value) => parabolaAt(form, value)), here.loss);
    /** @type {Range} */
    const heights = [-0.05 * highest, 1.05 * highest || 1];
    this.yRange = heights;
  }

  /**
   * The value of the parameter at a pointer, no finer than a hand can tell apart.
   * @param {{ x: number }} at
   */
  valueAt({ x }) {
    return Number(clamp(...this.xRange, x).toPrecision(4));
  }

  /**
   * @param {State} state
   * @returns {Axes}
   */
  axes({ payload, parameter }) {
    return {
      x: { range: this.xRange, title: payload.paramLabels[parameter] },
      y: { range: this.yRange, title: payload.lossLabel },
    };
  }

  /** @param {State} state */
  label({ payload, bowl, here, parameter }) {
    const { at, low } = bowl.along(here.theta, parameter);
    const name = payload.params[parameter];
    const now = `${number(here.loss, 5)} at your ${name} = ${number(here.theta[parameter], 4)}`;
    return `${payload.lossName} over ${name}, a parabola: ${now}, lowest ${number(low, 5)} at ${number(at, 4)}`;
  }

  /** @param {State} state */
  note({ payload, bowl, here, parameter }) {
    const { at, curvature } = bowl.along(here.theta, parameter);
    const name = payload.params[parameter];
    if (!(curvature > 0)) return `flat: ${name} changes nothing here`;
    return `lowest at ${name} = ${number(at, 4)}${held(payload.params.filter((_, j) => j !== parameter))}`;
  }

  /**
   * @param {State} state
   * @returns {Trace[]}
   */
  traces({ bowl, here, colours, theme, parameter }) {
    const form = bowl.along(here.theta, parameter);
    const lowest = form.curvature > 0 ? [form.at] : [];
    const now = spot(this.xRange, this.yRange, here.theta[parameter], here.loss, colours.model, 12, theme.page);
    return [
      line(parabola(form, this.xRange), "step", colours.path, 2.5),
      symbols({ x: lowest, y: [form.low] }, "step", marker("diamond", colours.optimum, 12)),
      { ...now, moves: "step" },
    ];
  }
}

/** @param {string[]} others */
function held(others) {
  if (others.length === 0) return "";
  return others.length === 1 ? ` with ${others[0]} held fixed` : " with the others held fixed";
}
