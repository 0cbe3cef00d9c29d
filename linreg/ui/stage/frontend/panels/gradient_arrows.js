// The gradient as a sum: the arrow of every row, tip to tail, and the whole.

import { arrow, extent, FlatPanel, padded, towards, within } from "../drawing/flat_panel.js";
import { fill, flat, key, note } from "../drawing/markup.js";
import { readRow, rowWords } from "../input/gestures.js";
import { number, withUnit } from "../math/format.js";
import { DataPanel } from "./data.js";

const REACH = 12; // pixels from an arrow that still read it
const HEAD = 7; // pixels
const MOST_HEADS = 400; // arrows; more heads than this are a blot
const HOLD = 0.45; // share of the window below which the whole lets it fit anew

/** A free pointer on an arrow reads its row and lights it everywhere. */
function reading(picture) {
  const read = (at) => {
    const row = at ? picture.flat.rowAt(at) : -1;
    return readRow(row, () => rowWords(picture.state, row));
  };
  return { hover: read, leave: () => read(null) };
}

export class ArrowsPanel extends FlatPanel {
  static figure = {
    title: "The arrows of the rows, tip to tail",
    controls: `<span class="lr-pair" hidden><select aria-label="Part of the arrow across"></select> <select aria-label="Part of the arrow upwards"></select></span>${note()}`,
    canvas: flat,
    legend:
      key("data", "arrow", "one row") +
      key("data", "dash", "sum of the rows drawn", "drawn") +
      key("gradient", "arrow", "the whole: ∇"),
  };
  static gestures = reading;

  constructor(figure, options, stage) {
    super(figure, options, stage);
    this.pairs = figure.querySelector(".lr-pair");
  }

  set(state) {
    const { scene, bowl, pair } = state;
    super.set(state);
    this.pairs.hidden = bowl.p <= 2;
    [...this.pairs.children].forEach((select, axis) => {
      fill(
        select,
        scene.paramNames.map((name, j) => [j, name]),
      );
      select.value = pair[axis];
      select.onchange = () =>
        this.stage.update({ pair: [...this.pairs.children].map((chosen) => Number(chosen.value)) });
    });
    this.figure.querySelector('[data-key="drawn"]').hidden = !this.sampled;
  }

  prepare(state) {
    const { scene, bowl, here } = state;
    this.one = bowl.p === 1;
    this.sampled = scene.shown < scene.n;
    this.#stack(state);
    const [x, y] = [0, 1].map((axis) => this.#reachOf(here.gradient[state.pair[axis]], axis));
    const known = JSON.stringify([scene.key, state.pair, scene.loss]);
    const size = Math.max(
      ...[x, y].map(([low, high], axis) => (high - low) / (this.held?.window[axis][1] - this.held?.window[axis][0])),
    );
    const inside =
      this.held?.known === known &&
      [x, y].every(([low, high], axis) => low >= this.held.window[axis][0] && high <= this.held.window[axis][1]);
    if (!inside || !(size > HOLD)) this.held = { known, window: [x, y].map(([low, high]) => padded(low, high)) };
    [this.xRange, this.yRange] = this.held.window;
    if (this.one) this.yRange = [-1.2, scene.shown + 0.2]; // a line per row from the top, the whole below them
  }

  /** From where to where the arrows run along an axis, the whole too unless it is that of rows not drawn. */
  #reachOf(whole, axis) {
    const [low, high] = extent(this.sums[axis]);
    return this.sampled ? [low, high] : [Math.min(low, whole), Math.max(high, whole)];
  }

  /** Where the arrows begin and end: sums[axis][i] is the sum of the first i of them. */
  #stack({ scene, bowl, here, pair }) {
    const { scale } = bowl,
      fitted = scene.fit(here.theta);
    const columns = pair.map((j) => (scene.offset && j === 0 ? null : scene.column(j - scene.offset)));
    this.sums = columns.map((column) => {
      const sums = new Float64Array(scene.shown + 1);
      for (let i = 0; i < scene.shown; i++)
        sums[i + 1] = sums[i] - 2 * scale * (scene.y[i] - fitted[i]) * (column ? column[i] : 1);
      return sums;
    });
  }

  axes({ scene, pair }) {
    const part = (j) => withUnit(`part for ${scene.paramNames[j]}`, scene.units.gradient[j]);
    return {
      x: { range: this.xRange, title: part(pair[0]) },
      y: this.one
        ? { range: this.yRange, title: "row by row", showticklabels: false }
        : { range: this.yRange, title: part(pair[1]) },
    };
  }

  label({ scene, here, pair }) {
    const parts = [...new Set(pair)].map((j) => `${scene.params[j]} ${number(here.gradient[j], 4)}`);
    return `The arrows of ${scene.shown} rows, tip to tail; they add up to the gradient: ${parts.join(", ")}`;
  }

  note({ scene, here, pair }) {
    const pairOf = (values) =>
      `(${(this.one ? values.slice(0, 1) : values).map((value) => number(value, 4)).join(", ")})`;
    const whole = pairOf(pair.map((j) => here.gradient[j]));
    if (!this.sampled) return `${scene.shown} arrows, ∇ = ${whole}`;
    return `these ${number(scene.shown)} arrows: ${pairOf(this.sums.map((sums) => sums[scene.shown]))}; all ${number(scene.n)}: ${whole}`;
  }

  /** Arrow i: its tail and its tip in data units. */
  #ends(i) {
    const [x, y] = this.sums;
    if (!this.one)
      return [
        [x[i], y[i]],
        [x[i + 1], y[i + 1]],
      ];
    const height = this.yRange[1] - 0.7 - i;
    return [
      [x[i], height],
      [x[i + 1], height],
    ];
  }

  /** Arrows as one line with two strokes for every head. */
  #lines(indices, heads) {
    const x = [],
      y = [],
      { frame } = this;
    for (const i of indices) {
      const [from, to] = this.#ends(i).map(([u, v]) => [within(this.xRange, u), within(this.yRange, v)]);
      x.push(from[0], to[0], null);
      y.push(from[1], to[1], null);
      const along = [frame.toX(to[0]) - frame.toX(from[0]), frame.toY(to[1]) - frame.toY(from[1])],
        length = Math.hypot(...along);
      if (!heads || !(length > 2)) continue;
      const [ux, uy] = along.map((part) => (part / length) * Math.min(HEAD, length / 2));
      const barb = (side) => [
        frame.fromX(frame.toX(to[0]) - ux - side * uy * 0.5),
        frame.fromY(frame.toY(to[1]) - uy + side * ux * 0.5),
      ];
      const [left, right] = [barb(1), barb(-1)];
      x.push(left[0], to[0], right[0], null);
      y.push(left[1], to[1], right[1], null);
    }
    return { x, y };
  }

  #straight(to, height) {
    if (this.one) return { x: [0, within(this.xRange, to[0])], y: [height, height] };
    const [x, y] = towards(this.xRange, this.yRange, ...to, 0.48);
    return { x: [0, x], y: [0, y] };
  }

  traces(state) {
    const { scene, here, pair, colours, theme, hoverRow } = state;
    this.#stack(state);
    const all = Array.from({ length: scene.shown }, (_, i) => i),
      heads = scene.shown <= MOST_HEADS;
    const whole = this.#straight(
        pair.map((j) => here.gradient[j]),
        -0.5,
      ),
      sum = this.#straight(
        this.sums.map((sums) => sums[scene.shown]),
        0,
      );
    const cross = this.one
      ? { x: [0, 0, null], y: [...this.yRange, null] }
      : { x: [...this.xRange, null, 0, 0], y: [0, 0, null, ...this.yRange] };
    const lit = hoverRow === null ? { x: [], y: [] } : this.#lines([hoverRow], true);
    return [
      { ...cross, moves: "never", mode: "lines", line: { color: theme.level, width: 1 } },
      {
        ...whole,
        moves: "step",
        mode: "lines+markers",
        line: { color: colours.gradient, width: 5 },
        marker: arrow(colours.gradient, 20),
        opacity: 0.85,
      },
      {
        ...(this.sampled ? sum : { x: [], y: [] }),
        moves: "step",
        mode: "lines",
        line: { color: colours.data, width: 2.5, dash: "dash" },
      },
      {
        ...this.#lines(all, heads),
        moves: "step",
        mode: "lines",
        line: { color: colours.data, width: heads ? 1.6 : 1 },
      },
      { ...lit, moves: "step", mode: "lines", line: { color: colours.gradient, width: 4 } },
    ];
  }

  /** The row whose arrow is nearest to a pointer, or −1. */
  rowAt(at) {
    const { frame } = this;
    let best = -1,
      least = REACH;
    for (let i = 0; i + 1 < this.sums[0].length; i++) {
      const [from, to] = this.#ends(i).map(([x, y]) => [frame.toX(x), frame.toY(y)]);
      const gap = toSegment(at.px, at.py, from, to);
      if (gap < least) [best, least] = [i, gap];
    }
    return best;
  }
}

function toSegment(x, y, [x0, y0], [x1, y1]) {
  const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
  const share = length > 0 ? Math.min(1, Math.max(0, ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length)) : 0;
  return Math.hypot(x - x0 - share * (x1 - x0), y - y0 - share * (y1 - y0));
}

/** The rows and the model, where a row that is lit shows its residual, too. */
export class ResidualPanel extends DataPanel {
  traces(state) {
    const { scene, here, hoverRow, colours } = state,
      lit = hoverRow !== null && (scene.M === 1 || this.view === "fitted");
    const traces = super.traces(state);
    if (!lit)
      return [...traces, { x: [], y: [], moves: "step", mode: "lines", line: { color: colours.gradient, width: 4 } }];
    const fitted = scene.fit(here.theta),
      [x, y] = this.point(scene, fitted, hoverRow);
    return [
      ...traces,
      {
        x: [x, x],
        y: [y, within(this.yRange, fitted[hoverRow])],
        moves: "step",
        mode: "lines",
        line: { color: colours.gradient, width: 4 },
      },
    ];
  }
}
