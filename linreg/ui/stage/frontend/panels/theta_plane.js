// The plane of two parameters: the level curves of the loss, the path of the run, the gradient and the step.

import { FlatPanel, marker, spot } from "../drawing/flat_panel.js";
import { fill, flat, hideKeys, key, note, write } from "../drawing/markup.js";
import { startDragging } from "../input/gestures.js";
import { number } from "../math/format.js";
import { levelCurves, parabola } from "../math/geometry/bowl_shapes.js";
import { roundedDown, span, towards } from "../math/geometry/ranges.js";
import { thetaWindow } from "../math/geometry/theta_window.js";
import { next } from "../math/phases.js";
import { keptUntil } from "../math/run.js";
import { arrowLine, line, symbols } from "./traces.js";

/**
 * @import {
 *   Axes, FlatPicture, Gestures, Numbers, Pair, PictureSpec, Range, Run, Stage, State, Trace,
 * } from "../types.js"
 */
/** @import { Points } from "./traces.js" */

/** Shares of the way from the minimum up to the start's loss at which level curves are drawn. */
const LEVEL_SHARES = [0.004, 0.02, 0.06, 0.14, 0.28, 0.5, 1, 1.8, 3];
const MAX_DOTTED_STEPS = 400; // more dots than this along a path are a blot

/** Two selects beside the title, for the parameters across and upwards. */
export const pairControls =
  '<span class="lr-pair" hidden><select aria-label="Parameter across"></select> ' +
  '<select aria-label="Parameter upwards"></select></span>';

/** The place of the gradient's scale in a legend that has no gradient. */
export const hiddenGradient = '<span hidden><span data-key="gradient"><span></span></span></span>';

/**
 * Fills two selects with the names of the parameters; what is chosen becomes the pair of all pictures.
 * @param {HTMLElement} controls
 * @param {Stage} stage
 * @param {State} state
 */
export function fillPair(controls, stage, { payload, bowl, pair }) {
  controls.hidden = bowl.p <= 2;
  const selects = [...controls.querySelectorAll("select")];
  selects.forEach((select, axis) => {
    fill(
      select,
      payload.paramNames.map((name, j) => [j, name]),
    );
    select.value = String(pair[axis]);
    select.onchange = () => {
      const [across, up] = selects.map((chosen) => Number(chosen.value));
      stage.update({ pair: [across, up] });
    };
  });
}

/**
 * The window of the parameters, and how far the loss rises in it: of the run, or of what a hand tried.
 * @param {State} state
 * @param {PictureSpec} options
 */
export function windowOf({ payload, bowl, run, pair, tries }, { tries: byHand = false }) {
  const starts = [run.at(0).theta, ...(byHand ? tries : [])];
  return thetaWindow({ bowl, tss: payload.tss, starts, pair, byHand });
}

/**
 * Two parameters, the level curves of the loss, the path, the gradient and the step it causes. Options: run = false
 * leaves out what belongs to a run, tries shows the trail of the hand.
 */
export class ThetaPlanePanel extends FlatPanel {
  static figure = {
    title: "Parameters",
    controls: `${pairControls}${note()}`,
    canvas: flat,
    legend:
      key("path", "square", "start", "run") +
      key("path", "line", "path", "run") +
      key("model", "arrow", "step −<i class=lr-eta></i>∇", "run") +
      key("gradient", "arrow", "", "gradient") +
      key("model", "point", "your model", "hand") +
      key("data", "line", "your tries", "tries") +
      key("optimum", "star", "minimum", "best"),
  };
  /** @type {((picture: FlatPicture<never>) => Gestures) | null} */
  static gestures = startDragging;

  rise = 1; // loss above its minimum that the window is made for
  gradientScale = 1; // its arrow is so many times as long: a gradient is not in units of θ
  one = false; // whether there is a single parameter: the upward axis is the loss then

  /**
   * @param {HTMLElement} figure
   * @param {PictureSpec} options
   * @param {Stage} stage
   */
  constructor(figure, options, stage) {
    super(figure, options, stage);
    this.pairs = /** @type {HTMLElement} */ (figure.querySelector(".lr-pair"));
    const byHand = options.run === false;
    hideKeys(figure, { run: byHand, gradient: byHand, hand: !byHand, tries: !options.tries });
  }

  /** A place in the plane is a start for the run. */
  setsStart() {
    return true;
  }

  /** @param {State} state */
  set(state) {
    this.figure.classList.toggle("lr-alone", state.bowl.p === 1);
    super.set(state);
    hideKeys(this.figure, { best: !state.best });
    fillPair(this.pairs, this.stage, state);
    write(this.figure.querySelector('[data-key="gradient"] > span'), `∇ × ${number(this.gradientScale, 1)}`);
    this.title(titleFor(state.bowl.p));
  }

  /** @param {State} state */
  prepare(state) {
    this.one = state.bowl.p === 1;
    Object.assign(this, windowOf(state, this.options));
    this.gradientScale = this.scaleOf(state.run.at(0).gradient, state.pair, 0.15);
  }

  /**
   * A round factor that makes the arrow of a gradient this share of the window, or less.
   * @param {Numbers} gradient
   * @param {Pair} pair
   * @param {number} share
   */
  scaleOf(gradient, [j, k], share) {
    const up = this.one ? 0 : gradient[k] / span(this.yRange);
    const length = Math.hypot(gradient[j] / span(this.xRange), up);
    return length > 0 ? roundedDown(share / length) : 1;
  }

  /**
   * @param {State} state
   * @returns {Axes}
   */
  axes({ payload, pair }) {
    return {
      x: { range: this.xRange, title: payload.paramLabels[pair[0]] },
      y: { range: this.yRange, title: this.one ? payload.lossLabel : payload.paramLabels[pair[1]] },
    };
  }

  /** @param {State} state */
  label({ payload, here, pair, t }) {
    /** @param {number} j */
    const value = (j) => `${payload.params[j]} = ${number(here.theta[j], 4)}`;
    const where = this.one ? value(pair[0]) : pair.map(value).join(", ");
    return `Level curves of the loss over the parameters, the path and the gradient at step ${t}: ${where}`;
  }

  /**
   * Says where this step is when the window does not show it.
   * @param {State} state
   */
  note({ payload, here, pair: [j, k] }) {
    const [name, up] = this.one ? [payload.lossName, here.loss] : [payload.params[k], here.theta[k]];
    if (this.frame.holds(here.theta[j], up)) return "";
    return `outside: ${payload.params[j]} ${number(here.theta[j], 3)}, ${name} ${number(up, 3)}`;
  }

  /**
   * Where a state of the parameters is drawn.
   * @param {Numbers} theta
   * @param {number} loss
   * @param {Pair} pair
   */
  place(theta, loss, [j, k]) {
    return towards(this.xRange, this.yRange, theta[j], this.one ? loss : theta[k]);
  }

  /**
   * The kept steps of a run up to step t.
   * @param {Run} run
   * @param {Pair} pair
   * @param {number} t
   */
  path(run, pair, t) {
    const { p } = run.bowl;
    const places = Array.from({ length: keptUntil(run.kept, t) }, (_, m) =>
      this.place(run.theta.slice(m * p, (m + 1) * p), run.loss[m], pair),
    );
    return pointsOf(places);
  }

  /**
   * From θ along `factor` times the gradient. Over a single parameter the arrow is level: its height is no loss.
   * @param {State} state
   * @param {number} factor
   */
  alongGradient({ here, pair }, factor) {
    const from = this.place(here.theta, here.loss, pair);
    const theta = here.theta.map((value, j) => value + factor * here.gradient[j]);
    const to = this.one ? towards(this.xRange, this.yRange, theta[pair[0]], from[1]) : this.place(theta, 0, pair);
    return pointsOf([from, to]);
  }

  /** @param {State} state */
  traces(state) {
    const levels = this.levels(state);
    const star = this.minimum(state);
    if (this.options.run === false) return [levels, star, ...this.#trail(state), this.#now(state)];
    const [path, done, gradient, step, start] = this.#run(state);
    return [levels, path, done, star, gradient, step, start, ...this.#trail(state), this.#now(state)];
  }

  /**
   * @param {State} state
   * @returns {Trace}
   */
  levels({ bowl, here, pair, theme }) {
    const curves = this.one ? this.#parabola(bowl) : this.#ellipses(bowl, here.theta, pair);
    return line(curves, bowl.p > 2 ? "step" : "never", theme.level, 1);
  }

  /** @param {State["bowl"]} bowl */
  #parabola(bowl) {
    return parabola({ at: bowl.best[0], low: bowl.bestLoss, curvature: bowl.curvature(0, 0) }, this.xRange);
  }

  /**
   * @param {State["bowl"]} bowl
   * @param {Numbers} theta
   * @param {Pair} pair
   */
  #ellipses(bowl, theta, pair) {
    const cap = 1e3 * Math.max(span(this.xRange), span(this.yRange));
    const losses = LEVEL_SHARES.map((share) => bowl.bestLoss + share * this.rise);
    return levelCurves(bowl.slice(theta, ...pair), losses, cap);
  }

  /** @param {State} state */
  minimum({ best, bowl, pair, colours }) {
    const [x, y] = best ? this.place(bowl.best, bowl.bestLoss, pair) : [null, null];
    return symbols({ x: [x], y: [y] }, "never", marker("star", colours.optimum, 15));
  }

  /**
   * What belongs to a run: its path, the part that is done, the gradient, the step and the start.
   * @param {State} state
   */
  #run(state) {
    const { run, t, here, pair, colours, theme } = state;
    const from = this.place(here.theta, here.loss, pair);
    const then = next(state);
    const done = this.path(run, pair, t);
    const soFar = { x: [...done.x, from[0]], y: [...done.y, from[1]] };
    const start = pointsOf([this.place(run.at(0).theta, run.loss[0], pair)]);
    return [
      { ...dotted(this.path(run, pair, Infinity), "run", run, colours.path, 1, 3.5), opacity: 0.45 },
      dotted(soFar, "step", run, colours.path, 2, 5),
      arrowLine(this.alongGradient(state, this.gradientScale), colours.gradient, 2.5, { dash: "dot" }),
      arrowLine(pointsOf([from, this.place(then.theta, then.loss, pair)]), colours.model, 3),
      symbols(start, "run", marker("square", theme.page, 13, colours.path)),
    ];
  }

  /**
   * The trail of the hand: every θ it let go of, and where it is now.
   * @param {State} state
   * @returns {Trace[]}
   */
  #trail({ here, pair, bowl, tries, colours }) {
    if (!this.options.tries) return [];
    const before = tries.map((theta) => this.place(theta, bowl.loss(theta), pair));
    const trail = pointsOf([...before, this.place(here.theta, here.loss, pair)]);
    const dots = line(trail, "step", colours.data, 1.5, "dot");
    return [{ ...dots, mode: "lines+markers", marker: marker("circle", colours.data, 6) }];
  }

  /**
   * @param {State} state
   * @returns {Trace}
   */
  #now({ here, pair, colours, theme }) {
    const [x, y] = this.place(here.theta, here.loss, pair);
    return { ...spot(this.xRange, this.yRange, x, y, colours.model, 11, theme.page), moves: "step" };
  }
}

/** @param {number} p */
function titleFor(p) {
  if (p === 1) return "Loss over the parameter";
  return p === 2 ? "Parameters and the loss" : "Parameters";
}

/**
 * Places as a list of x and one of y.
 * @param {[number, number][]} places
 */
export const pointsOf = (places) => ({ x: places.map(([x]) => x), y: places.map(([, y]) => y) });

/**
 * A path with a dot at each step, where there are few.
 * @param {Points} points
 * @param {Trace["moves"]} moves
 * @param {Run} run
 * @param {string} color
 * @param {number} width
 * @param {number} size - of the dots
 * @returns {Trace}
 */
export function dotted(points, moves, run, color, width, size) {
  const mode = run.kept.length <= MAX_DOTTED_STEPS ? "lines+markers" : "lines";
  return { ...line(points, moves, color, width), mode, marker: marker("circle", color, size) };
}
