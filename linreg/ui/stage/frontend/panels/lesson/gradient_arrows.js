// The gradient as a sum: the arrow of every row, tip to tail, and the whole.

import { FlatPanel } from "../../drawing/flat_panel.js";
import { flat, hideKeys, key, note } from "../../drawing/markup.js";
import { readRow, rowWords } from "../../input/gestures.js";
import { number, withUnit } from "../../math/format.js";
import { arrowSums, barbs, distanceToSegment, nearestIndex } from "../../math/geometry/arrow_chain.js";
import { extent, padded, span, towards, union, within } from "../../math/geometry/ranges.js";
import { fillPair } from "../theta_plane.js";
import { arrowLine, line, NOTHING } from "../traces.js";

/** @import { Axes, Axis, FlatPicture, Gestures, PictureSpec, Place, Range, Stage, State } from "../../types.js" */

const ARROW_REACH_PIXELS = 12; // from an arrow that still read it
const HEAD_PIXELS = 7; // of an arrow, at most
const MAX_HEADS = 400; // arrows; more heads than this are a blot
const MIN_FILLED_SHARE = 0.45; // of the window; if the arrows fill less of it, it is fitted to them again

/**
 * A free pointer on an arrow reads its row and lights it everywhere.
 * @param {FlatPicture<GradientArrowsPanel>} picture
 * @returns {Gestures}
 */
function reading(picture) {
  /** @param {Place | null} at */
  const read = (at) => {
    const row = at ? picture.flat.rowAt(at) : -1;
    return readRow(row, () => rowWords(picture.state, row));
  };
  return { hover: read, leave: () => read(null) };
}

export class GradientArrowsPanel extends FlatPanel {
  static figure = {
    title: "The arrows of the rows, tip to tail",
    controls:
      '<span class="lr-pair" hidden><select aria-label="Part of the arrow across"></select> ' +
      `<select aria-label="Part of the arrow upwards"></select></span>${note()}`,
    canvas: flat,
    legend:
      key("data", "arrow", "one row") +
      key("data", "dash", "sum of the rows drawn", "drawn") +
      key("gradient", "arrow", "the whole: ∇"),
  };
  static gestures = reading;

  one = false; // whether there is a single parameter: the arrows lie below one another then
  sampled = false; // whether only some of the rows are drawn
  /**
   * What `arrowSums` gives, across and upwards.
   * @type {Float64Array[]}
   */
  sums = [];
  /**
   * The window that stays while a hand sets the model.
   * @type {{ key: string, window: Range[] } | null}
   */
  held = null;

  /**
   * @param {HTMLElement} figure
   * @param {PictureSpec} options
   * @param {Stage} stage
   */
  constructor(figure, options, stage) {
    super(figure, options, stage);
    this.pairs = /** @type {HTMLElement} */ (figure.querySelector(".lr-pair"));
  }

  /** @param {State} state */
  set(state) {
    super.set(state);
    fillPair(this.pairs, this.stage, state);
    hideKeys(this.figure, { drawn: !this.sampled });
  }

  /** @param {State} state */
  prepare(state) {
    const { payload, bowl, here, pair } = state;
    this.one = bowl.p === 1;
    this.sampled = payload.shown < payload.n;
    this.sums = arrowSums(payload, here.theta, pair);
    const reach = this.sums.map((sums, axis) => this.#reach(sums, here.gradient[pair[axis]]));
    const [x, y] = this.#heldWindow(JSON.stringify([payload.key, pair, payload.loss]), reach);
    this.xRange = x;
    // Of a single parameter: a line per row from the top, the whole below them.
    /** @type {Range} */
    const rows = [-1.2, payload.shown + 0.2];
    this.yRange = this.one ? rows : y;
  }

  /**
   * From where to where the arrows run along an axis, the whole too unless it is that of rows not drawn.
   * @param {Float64Array} sums
   * @param {number} whole
   */
  #reach(sums, whole) {
    return this.sampled ? extent(sums) : union(extent(sums), [whole, whole]);
  }

  /**
   * The window before, as long as it holds the arrows and they fill enough of it.
   * @param {string} key - of what the window is for
   * @param {Range[]} reach
   */
  #heldWindow(key, reach) {
    const before = this.held?.key === key ? this.held.window : null;
    const holds = before?.every(([low, high], axis) => reach[axis][0] >= low && reach[axis][1] <= high);
    const filled = before ? Math.max(...reach.map((range, axis) => span(range) / span(before[axis]))) : 0;
    if (before && holds && filled > MIN_FILLED_SHARE) return before;
    this.held = { key, window: reach.map(([low, high]) => padded(low, high)) };
    return this.held.window;
  }

  /**
   * @param {State} state
   * @returns {Axes}
   */
  axes({ payload, pair }) {
    const [across, up] = pair.map((j) => withUnit(`part for ${payload.paramNames[j]}`, payload.units.gradient[j]));
    /** @type {Axis} */
    const rows = { range: this.yRange, title: "row by row", showticklabels: false };
    return { x: { range: this.xRange, title: across }, y: this.one ? rows : { range: this.yRange, title: up } };
  }

  /** @param {State} state */
  label({ payload, here, pair }) {
    const parts = [...new Set(pair)].map((j) => `${payload.params[j]} ${number(here.gradient[j], 4)}`);
    return `The arrows of ${payload.shown} rows, tip to tail; they add up to the gradient: ${parts.join(", ")}`;
  }

  /** @param {State} state */
  note({ payload, here, pair }) {
    /** @param {number[]} values */
    const shown = (values) =>
      `(${(this.one ? values.slice(0, 1) : values).map((value) => number(value, 4)).join(", ")})`;
    const whole = shown(pair.map((j) => here.gradient[j]));
    if (!this.sampled) return `${payload.shown} arrows, ∇ = ${whole}`;
    return `these ${number(payload.shown)} arrows: ${shown(this.#total())}; all ${number(payload.n)}: ${whole}`;
  }

  /** The sum of all arrows that are drawn. */
  #total() {
    return this.sums.map((sums) => sums[sums.length - 1]);
  }

  /**
   * Arrow i: its tail and its tip in data units.
   * @param {number} i
   * @returns {[tail: [number, number], tip: [number, number]]}
   */
  #ends(i) {
    const [x, y] = this.sums;
    const height = this.yRange[1] - 0.7 - i; // of a single parameter: a line per row
    return [
      [x[i], this.one ? height : y[i]],
      [x[i + 1], this.one ? height : y[i + 1]],
    ];
  }

  /**
   * A place in data units as pixels.
   * @param {[x: number, y: number]} place
   * @returns {[x: number, y: number]}
   */
  #pixels([x, y]) {
    return [this.frame.toX(x), this.frame.toY(y)];
  }

  /**
   * Arrows as one line, with two strokes for every head.
   * @param {Iterable<number>} indices
   * @param {boolean} heads
   */
  #lines(indices, heads) {
    /** @type {(number | null)[]} */
    const x = [];
    /** @type {(number | null)[]} */
    const y = [];
    for (const i of indices) {
      const [from, to] = this.#ends(i).map((end) => this.#drawable(end));
      x.push(from[0], to[0], null);
      y.push(from[1], to[1], null);
      const head = heads && barbs(this.#pixels(from), this.#pixels(to), HEAD_PIXELS);
      if (!head) continue;
      const [left, right] = head;
      x.push(this.frame.fromX(left[0]), to[0], this.frame.fromX(right[0]), null);
      y.push(this.frame.fromY(left[1]), to[1], this.frame.fromY(right[1]), null);
    }
    return { x, y };
  }

  /**
   * @param {[x: number, y: number]} place
   * @returns {[x: number, y: number]}
   */
  #drawable([x, y]) {
    return [within(this.xRange, x), within(this.yRange, y)];
  }

  /**
   * From 0 straight to a sum; of a single parameter at this height.
   * @param {number[]} to
   * @param {number} height
   */
  #straight(to, height) {
    if (this.one) return { x: [0, within(this.xRange, to[0])], y: [height, height] };
    const [x, y] = towards(this.xRange, this.yRange, to[0], to[1], 0.48);
    return { x: [0, x], y: [0, y] };
  }

  /** The lines through 0. */
  #cross() {
    if (this.one) return { x: [0, 0, null], y: [...this.yRange, null] };
    return { x: [...this.xRange, null, 0, 0], y: [0, 0, null, ...this.yRange] };
  }

  /** @param {State} state */
  traces({ payload, here, pair, colours, theme, hoverRow }) {
    this.sums = arrowSums(payload, here.theta, pair);
    const heads = payload.shown <= MAX_HEADS;
    const whole = this.#straight(
      pair.map((j) => here.gradient[j]),
      -0.5,
    );
    const drawn = this.sampled ? this.#straight(this.#total(), 0) : NOTHING;
    const lit = hoverRow === null ? NOTHING : this.#lines([hoverRow], true);
    return [
      line(this.#cross(), "never", theme.level, 1),
      { ...arrowLine(whole, colours.gradient, 5, { head: 20 }), opacity: 0.85 },
      line(drawn, "step", colours.data, 2.5, "dash"),
      line(this.#lines(Array(payload.shown).keys(), heads), "step", colours.data, heads ? 1.6 : 1),
      line(lit, "step", colours.gradient, 4),
    ];
  }

  /**
   * The row whose arrow is nearest to a pointer, or −1.
   * @param {Place} at
   */
  rowAt({ px, py }) {
    /** @param {number} i */
    const distance = (i) => {
      const [tail, head] = this.#ends(i);
      return distanceToSegment([px, py], this.#pixels(tail), this.#pixels(head));
    };
    return nearestIndex(this.sums[0].length - 1, distance, ARROW_REACH_PIXELS);
  }
}
