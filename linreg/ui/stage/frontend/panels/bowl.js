// The bowl in space: the loss over two parameters as a surface, with the path of the run.

import { hideKeys, key, note, space, write } from "../drawing/markup.js";
import { SpacePanel } from "../drawing/space_panel.js";
import { measured, number } from "../math/format.js";
import { bowlSurface } from "../math/geometry/bowl_shapes.js";
import { keptUntil } from "../math/run.js";
import { sheet, spheres } from "./solids.js";
import { windowOf } from "./theta_plane.js";

/** @import { Numbers, Pair, Range, SpaceAxes, State } from "../types.js" */

const RIM_SHARE = 1.15; // of the rise of the window: how far up the surface is drawn

/** Options: run = false leaves out what belongs to a run, tries shows the trail of the hand. */
export class BowlPanel extends SpacePanel {
  static figure = {
    title: "The bowl",
    controls: note("drag to turn"),
    canvas: space,
    legend:
      key("path", "line", "path", "run") +
      key("data", "line", "your tries", "tries") +
      key("model", "point", "this step", "run") +
      key("model", "point", "your model", "hand") +
      key("optimum", "diamond", "minimum", "best") +
      '<span class="lr-axes-units"></span>',
  };

  /** @type {Range} */
  zRange = [0, 1];
  rise = 1; // loss above its minimum that the window is made for

  /** @param {State} state */
  prepare(state) {
    const { xRange, yRange, rise } = windowOf(state, this.options); // the window of the θ-plane
    const low = state.bowl.bestLoss;
    Object.assign(this, { xRange, yRange, rise, zRange: [low - 0.03 * rise, low + RIM_SHARE * rise] });
  }

  /**
   * @param {State} state
   * @returns {SpaceAxes}
   */
  axes({ payload, pair }) {
    return {
      x: { range: this.xRange, title: payload.params[pair[0]] },
      y: { range: this.yRange, title: payload.params[pair[1]] },
      z: { range: this.zRange, title: "", exponentformat: "e" },
    };
  }

  /** @param {State} state */
  label({ payload, here, t }) {
    const now = `at step ${t} ${payload.lossName} is ${number(here.loss, 5)}`;
    return `The loss as a bowl over two parameters, with the path; ${now}`;
  }

  /**
   * Whether there is such a picture: it takes two parameters.
   * @param {State} state
   */
  inSpace({ bowl }) {
    return bowl.p > 1;
  }

  /** @param {State} state */
  describe(state) {
    const { payload, pair } = state;
    this.figure.hidden = !this.inSpace(state);
    if (this.figure.hidden) return;
    const byHand = this.options.run === false;
    hideKeys(this.figure, { run: byHand, hand: !byHand, tries: !this.options.tries, best: !state.best });
    const names = pair.map((j) => payload.params[j]);
    write(this.figure.querySelector("h3"), `The bowl: ${payload.lossName} over ${names.join(" and ")}`);
    write(this.figure.querySelector(".lr-axes-units"), unitsOf(state).join(", "));
    const beside = /** @type {HTMLElement} */ (this.figure.querySelector(".lr-note"));
    beside.title = this.#note(state);
    write(beside, beside.title);
  }

  /**
   * Says where this step is when the window does not show it.
   * @param {State} state
   */
  #note(state) {
    this.prepare(state);
    const { payload, bowl, here, pair } = state;
    const { low } = bowl.slice(here.theta, ...pair);
    if (low > this.zRange[1]) return `all of it lies higher, from ${number(low, 3)}`;
    if (this.#shows(here.theta, here.loss, pair)) return "drag to turn";
    return `outside: ${payload.lossName} ${number(here.loss, 3)}`;
  }

  /**
   * Whether the window holds a point.
   * @param {Numbers} theta
   * @param {number} loss
   * @param {Pair} pair
   */
  #shows(theta, loss, [j, k]) {
    /** @type {(value: number, range: Range) => boolean} */
    const inside = (value, [low, high]) => value >= low && value <= high;
    return inside(theta[j], this.xRange) && inside(theta[k], this.yRange) && inside(loss, this.zRange);
  }

  /**
   * A point as a list of one; null where the window ends before it: WebGL does not cut what leaves it.
   * @param {Numbers} theta
   * @param {number} loss
   * @param {Pair} pair
   */
  #spot(theta, loss, pair) {
    if (!this.#shows(theta, loss, pair)) return { x: [null], y: [null], z: [null] };
    return { x: [theta[pair[0]]], y: [theta[pair[1]]], z: [loss] };
  }

  /**
   * The path of the run, or the trail of the hand, to this step.
   * @param {State} state
   */
  #path({ run, pair, t, here, bowl, tries }) {
    const { p } = run.bowl;
    const before = this.options.tries
      ? tries.map((theta) => this.#spot(theta, bowl.loss(theta), pair))
      : Array.from({ length: keptUntil(run.kept, t) }, (_, m) =>
          this.#spot(run.theta.slice(m * p, (m + 1) * p), run.loss[m], pair),
        );
    const spots = [...before, this.#spot(here.theta, here.loss, pair)];
    return {
      x: spots.flatMap(({ x }) => x),
      y: spots.flatMap(({ y }) => y),
      z: spots.flatMap(({ z }) => z),
    };
  }

  /**
   * Coordinates of what is drawn: the surface, the path, this step, the minimum.
   * @param {State} state
   */
  #geometry(state) {
    const { bowl, here, pair, best } = state;
    const slice = bowl.slice(here.theta, ...pair);
    const rise = bowl.bestLoss + RIM_SHARE * this.rise - slice.low;
    const [x, y] = slice.centre;
    return [
      bowlSurface(slice, rise, [this.xRange, this.yRange]),
      this.#path(state),
      this.#spot(here.theta, here.loss, pair),
      best ? { x: [x], y: [y], z: [slice.low] } : { x: [null], y: [null], z: [null] },
    ];
  }

  /** @param {State} state */
  traces(state) {
    const { colours, theme } = state;
    const byHand = Boolean(this.options.tries);
    const trail = byHand ? colours.data : colours.path;
    const styles = [
      sheet(theme.surface, 0.55),
      {
        type: "scatter3d",
        mode: "lines+markers",
        hoverinfo: "skip",
        line: { color: trail, width: 5 },
        marker: { color: trail, size: byHand ? 4 : 2.5 },
      },
      spheres(colours.model, 6, "circle"),
      spheres(colours.optimum, 5, "diamond"),
    ];
    return this.#geometry(state).map((geometry, index) => ({ ...styles[index], ...geometry }));
  }

  /** @param {State} state */
  moving(state) {
    const all = this.#geometry(state);
    const indices = state.bowl.p > 2 ? [0, 1, 2, 3] : [1, 2]; // of two parameters the surface stays
    /** @param {"x" | "y" | "z"} name */
    const pick = (name) => indices.map((index) => all[index][name]);
    return { x: pick("x"), y: pick("y"), z: pick("z"), indices };
  }
}

/**
 * What the parameters are measured in; the axes in space have no room for it.
 * @param {State} state
 */
function unitsOf({ payload, pair }) {
  return pair.flatMap((j) => (payload.units.theta[j] ? [measured(payload.params[j], payload.units.theta[j])] : []));
}
