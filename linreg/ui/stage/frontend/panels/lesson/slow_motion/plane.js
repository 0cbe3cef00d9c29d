// The θ-plane in slow motion: the arrows of one step as the phases reach them, and the guess where it lands.

import { marker, spot } from "../../../drawing/flat_panel.js";
import { flat, key, note } from "../../../drawing/markup.js";
import { number } from "../../../math/format.js";
import { levelCurves } from "../../../math/geometry/bowl_shapes.js";
import { span } from "../../../math/geometry/ranges.js";
import { LOSS, MINUS, next, PHASES, SCALED, THETA } from "../../../math/phases.js";
import { isOpen } from "../../../math/step_guess.js";
import { dotted, pairControls, pointsOf, ThetaPlanePanel } from "../../theta_plane.js";
import { arrowLine, line, NOTHING, symbols } from "../../traces.js";
import { FollowingWindow, readable } from "./following_window.js";

/** @import { Axes, FlatPicture, Gestures, PictureSpec, Place, Range, Stage, State, Trace } from "../../../types.js" */

const CLOSE_STEP_SHARE = 0.34; // of the window that a step takes up close
const CLOSE_LEVELS = [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6]; // up close, in halves of the change of the loss
const CURVE_POINTS = 1441; // of a level curve up close, of which the window shows a small part

/**
 * A click or a drag marks where the student thinks θ will land.
 * @param {FlatPicture<SlowMotionPlanePanel>} picture
 * @returns {Gestures}
 */
function guessing(picture) {
  const { flat: panel } = picture;
  /** @param {Place | null} at */
  const mark = (at) => {
    const { t, pair } = picture.state;
    if (!at || !isOpen(picture.state)) return null;
    return { guess: { step: t, parameters: [...new Set(pair)], values: panel.valuesAt(at) } };
  };
  return {
    down: (at, event) => {
      if (!isOpen(picture.state)) return null;
      // A tap of a finger marks, its swipe scrolls.
      if (event.pointerType === "touch") return { pans: true, begin: { tip: "" }, end: mark };
      return { begin: { tip: "", ...mark(at) }, move: mark };
    },
    hover: (at) => ({ tip: at && isOpen(picture.state) ? panel.words(picture.state, at) : "" }),
    leave: () => ({ tip: "" }),
  };
}

export class SlowMotionPlanePanel extends ThetaPlanePanel {
  static figure = {
    title: "Parameters",
    controls: `${pairControls}<label class="lr-close"><input type="checkbox"> Zoom to this step</label>${note()}`,
    canvas: flat,
    legend:
      key("path", "line", "path so far") +
      key("gradient", "dot", "", "gradient") +
      key("gradient", "arrow", "<i class=lr-eta></i>∇", "scaled") +
      key("model", "arrow", "−<i class=lr-eta></i>∇", "minus") +
      key("data", "diamond", "your guess", "guess") +
      key("optimum", "star", "minimum", "best"),
  };
  static gestures = guessing;

  following = new FollowingWindow(this);

  /**
   * @param {HTMLElement} figure
   * @param {PictureSpec} options
   * @param {Stage} stage
   */
  constructor(figure, options, stage) {
    super(figure, options, stage);
    this.zoom = /** @type {HTMLElement} */ (figure.querySelector(".lr-close"));
    this.zoomBox = /** @type {HTMLInputElement} */ (this.zoom.firstElementChild);
  }

  /** A place in this plane is a guess, not a start. */
  setsStart() {
    return false;
  }

  /** The window in which the guess is marked. */
  guessWindow() {
    return { x: this.xRange, y: this.yRange };
  }

  /** @param {State} state */
  set(state) {
    this.following.shown = this.#window(state);
    super.set(state);
    this.figure.classList.remove("lr-alone");
    this.zoom.hidden = state.bowl.p === 1;
    this.zoomBox.checked = state.closeUp;
    this.zoomBox.onchange = () => this.stage.update({ closeUp: this.zoomBox.checked });
  }

  /**
   * What the window depends on besides the payload.
   * @param {State} state
   */
  #window(state) {
    return isCloseUp(state) ? `close ${state.t} ${state.phase === undefined}` : "whole";
  }

  /** @param {State} state */
  prepare(state) {
    super.prepare(state);
    if (!isCloseUp(state)) return;
    const { here, pair } = state;
    const [j, k] = pair;
    const { theta } = next(state);
    const share = Math.hypot(
      (theta[j] - here.theta[j]) / span(this.xRange),
      (theta[k] - here.theta[k]) / span(this.yRange),
    );
    if (!(share > 0)) return;
    const [xRange, yRange] = [this.xRange, this.yRange].map((range, axis) =>
      around(here.theta[pair[axis]], (span(range) * share) / CLOSE_STEP_SHARE),
    );
    Object.assign(this, { xRange, yRange });
    this.gradientScale = this.scaleOf(here.gradient, pair, 0.25);
  }

  /**
   * @param {State} state
   * @returns {Axes}
   */
  axes(state) {
    const { x, y } = super.axes(state);
    return { x: readable(x), y: readable(y) };
  }

  /**
   * @param {State} state
   * @param {boolean} runChanged
   */
  show(state, runChanged) {
    this.following.follow(state, this.#window(state));
    super.show(state, runChanged);
  }

  /**
   * A pointer's place as values of the two parameters, or of the one.
   * @param {Place} at
   */
  valuesAt({ x, y }) {
    return (this.one ? [x] : [x, y]).map((value) => Number(value.toPrecision(6)));
  }

  /**
   * The values at a pointer in words.
   * @param {State} state
   * @param {Place} at
   */
  words({ payload, pair }, at) {
    const values = this.valuesAt(at);
    return [...new Set(pair)].map((j, axis) => `${payload.params[j]} = ${number(values[axis], 4)}`).join("\n");
  }

  /** @param {State} state */
  label(state) {
    const phase = `phase ${(state.phase ?? 0) + 1} of ${PHASES.length}`;
    return `Parameters, ${phase} of step ${state.t}: ${super.label(state)}`;
  }

  /**
   * Level curves around the one of this step, where the window is close.
   * @param {State} state
   */
  levels(state) {
    const levels = super.levels(state);
    if (!isCloseUp(state)) return levels;
    const { bowl, here, pair } = state;
    const unit = Math.abs(here.loss - next(state).loss) / 2;
    const losses = CLOSE_LEVELS.map((level) => here.loss + level * unit);
    const cap = 1e4 * Math.max(span(this.xRange), span(this.yRange));
    return { ...levels, ...levelCurves(bowl.slice(here.theta, ...pair), losses, cap, CURVE_POINTS) };
  }

  /** @param {State} state */
  traces(state) {
    const { here, pair, phase = LOSS, colours, theme } = state;
    const then = next(state);
    const now = this.place(here.theta, here.loss, pair);
    const landing = phase >= THETA ? this.place(then.theta, then.loss, pair) : null;
    const [past, gradient, scaled, minus, drop] = this.#step(state, now, landing);
    const symbol = marker(landing ? "circle-open" : "circle", colours.model, 11, theme.page);
    return [
      this.levels(state),
      past,
      this.minimum(state),
      gradient,
      scaled,
      minus,
      drop,
      this.#guessed(state, landing),
      symbols(pointsOf([now]), "step", symbol),
      this.#landed(state, landing),
    ];
  }

  /**
   * The path so far and the arrows that the phase has reached, down to the loss that a single parameter lands at.
   * @param {State} state
   * @param {[number, number]} now
   * @param {[number, number] | null} landing
   * @returns {Trace[]}
   */
  #step(state, now, landing) {
    const { run, t, pair, phase = LOSS, colours } = state;
    const past = this.path(run, pair, t - 1);
    const down = this.alongGradient(state, -run.rate);
    const drop = this.one && landing ? { x: [down.x[1], landing[0]], y: [down.y[1], landing[1]] } : NOTHING;
    const scaled = phase >= SCALED ? this.alongGradient(state, run.rate) : NOTHING;
    return [
      dotted({ x: [...past.x, now[0]], y: [...past.y, now[1]] }, "step", run, colours.path, 2, 5),
      arrowLine(this.alongGradient(state, this.gradientScale), colours.gradient, 2.5, { dash: "dot" }),
      arrowLine(scaled, colours.gradient, 4),
      arrowLine(phase >= MINUS ? down : NOTHING, colours.model, 4),
      line(drop, "step", colours.model, 1.5, "dot"),
    ];
  }

  /**
   * Where θ lands.
   * @param {State} state
   * @param {[number, number] | null} landing
   * @returns {Trace}
   */
  #landed({ colours, theme }, landing) {
    if (!landing) return symbols(NOTHING, "step", marker("circle", colours.model, 12, theme.page));
    const [x, y] = landing;
    return { ...spot(this.xRange, this.yRange, x, y, colours.model, 12, theme.page), moves: "step" };
  }

  /**
   * The guess, and once θ has landed the way it was off. A guess about one parameter leaves the other where it is.
   * @param {State} state
   * @param {[number, number] | null} landing
   * @returns {Trace}
   */
  #guessed(state, landing) {
    const { colours, theme, guess, pair } = state;
    const dots = line(NOTHING, "step", colours.data, 1.5, "dot");
    /** @type {Trace} */
    const look = { ...dots, mode: "lines+markers", marker: marker("diamond", colours.data, 13, theme.page) };
    if (!guess?.values) return look;
    const whole = guess.parameters.length === new Set(pair).size;
    const at = this.#placeOfGuess(state, guess.parameters, guess.values);
    return { ...look, ...pointsOf(landing && whole ? [at, landing] : [at]) };
  }

  /**
   * @param {State} state
   * @param {number[]} parameters
   * @param {number[]} values
   */
  #placeOfGuess({ here, pair, bowl }, parameters, values) {
    const theta = Float64Array.from(here.theta);
    parameters.forEach((j, k) => {
      theta[j] = values[k];
    });
    return this.place(theta, this.one ? bowl.loss(theta) : 0, pair);
  }
}

/**
 * Whether the window is that of a single step; over one parameter there is none.
 * @param {State} state
 */
const isCloseUp = ({ closeUp, bowl }) => closeUp && bowl.p > 1;

/**
 * @param {number} centre
 * @param {number} length
 * @returns {Range}
 */
const around = (centre, length) => [centre - length / 2, centre + length / 2];
