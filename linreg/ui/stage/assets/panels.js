// The flat panels. Each one says, for a state of the stage, what its picture is: a list of Plotly traces, where
// `moves` tells when a trace has to be sent again: "step" with every step, "run" when the run itself is another one.
// Plotly draws the axes and what stays; what moves goes straight into an SVG above it (moving.js).

import { ellipse } from "./bowl.js";
import { number, plain } from "./format.js";
import { MovingLayer } from "./moving.js";

const CONFIG = { displayModeBar: false, scrollZoom: false, doubleClick: false, typesetMath: false, responsive: false };
const FAR = 1e3; // windows: what lies farther out than this is drawn at this distance, SVG loses larger numbers

const marker = (symbol, color, size, line) => ({ symbol, color, size, line: line ? { color: line, width: 1.5 } : undefined });
const arrow = (color) => ({ symbol: "arrow", angleref: "previous", size: [0, 14], color });

/** Keeps a number within what an axis of this range can draw. */
export function within([low, high], value) {
  const far = FAR * (high - low);
  return Math.min(high + far, Math.max(low - far, value));
}

/** Keeps a point within what two axes can draw, in the direction in which it lies from the middle of the window. */
function towards([xLow, xHigh], [yLow, yHigh], x, y) {
  const middle = [(xLow + xHigh) / 2, (yLow + yHigh) / 2];
  const out = Math.max(Math.abs(x - middle[0]) / (xHigh - xLow), Math.abs(y - middle[1]) / (yHigh - yLow));
  if (!(out > FAR)) return [x, y];
  return [middle[0] + ((x - middle[0]) / out) * FAR, middle[1] + ((y - middle[1]) / out) * FAR];
}

function padded(low, high, share = 0.08) {
  if (!(high > low)) {
    const half = Math.abs(low) / 2 || 1;
    return [low - half, low + half];
  }
  return [low - share * (high - low), high + share * (high - low)];
}

function extent(values) {
  let low = Infinity, high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

export class FlatPanel {
  constructor(figure, Plotly) {
    this.figure = figure;
    this.plot = figure.querySelector(".lr-plot");
    this.Plotly = Plotly;
  }

  /** Draws the whole picture; Plotly only where its part is another one than before. */
  async set(state) {
    this.prepare(state);
    const traces = this.traces(state), layout = this.layout(state);
    const still = traces.filter((trace) => trace.moves === "never").map(toPlotly);
    const drawn = JSON.stringify([still, layout, this.plot.clientWidth, this.plot.clientHeight]);
    if (drawn !== this.drawn) {
      await this.Plotly.react(this.plot, still, layout, CONFIG);
      this.drawn = drawn;
    }
    this.layer ??= new MovingLayer(this.plot);
    this.#move(state, traces, () => true);
    this.describe(state);
  }

  /** Moves what moved: with a step, or with another run of the same data. */
  show(state, runChanged) {
    this.#move(state, this.traces(state), (trace) => trace.moves === "step" || runChanged);
  }

  #move(state, traces, due) {
    this.layer.fit();
    this.layer.draw(traces, due, this.#toPixels(state));
    this.plot.picture = traces; // what is drawn, in data units: for the console and the tests
  }

  #toPixels(state) {
    const { x, y } = this.axes(state);
    const [width, height] = this.layer.size;
    const toX = (value) => (width * (value - x.range[0])) / (x.range[1] - x.range[0]);
    const share = (value) => ((y.type === "log" ? Math.log10(value) : value) - y.range[0]) / (y.range[1] - y.range[0]);
    return { toX, toY: (value) => height * (1 - share(value)) };
  }

  describe(state) {
    this.plot.setAttribute("aria-label", this.label(state));
  }

  async resize(state) {
    if (this.plot._fullLayout && this.plot.clientWidth) await this.set(state);
  }

  layout(state) {
    const { ink, grid, paper, font } = state.theme;
    const axis = { gridcolor: grid, zeroline: false, linecolor: ink, tickcolor: grid, fixedrange: true, automargin: false };
    const { x, y } = this.axes(state);
    return {
      width: this.plot.clientWidth,
      height: this.plot.clientHeight,
      margin: { l: 6.2 * state.theme.size, r: 10, t: 6, b: 3.3 * state.theme.size },
      paper_bgcolor: "rgba(0,0,0,0)",
      plot_bgcolor: paper,
      font: { color: ink, family: font, size: state.theme.size },
      showlegend: false,
      hovermode: false,
      dragmode: false,
      xaxis: { ...axis, ...x, title: { text: plain(x.title), standoff: 6 } },
      yaxis: { ...axis, ...y, title: { text: plain(y.title), standoff: 4 } },
    };
  }

  /** Where on the axes a pointer event is, in data units; null outside the plotting area. */
  locate(event, slack = 0) {
    const full = this.plot._fullLayout;
    if (!full) return null;
    const box = this.plot.getBoundingClientRect();
    const px = event.clientX - box.left - full._size.l, py = event.clientY - box.top - full._size.t;
    if (px < -slack || py < -slack || px > full._size.w + slack || py > full._size.h + slack) return null;
    return { x: full.xaxis.p2d(px), y: full.yaxis.p2d(py), px, py };
  }

  /** Distance in pixels from a located pointer to a point in data units. */
  distance(at, x, y) {
    const full = this.plot._fullLayout;
    return Math.hypot(full.xaxis.d2p(x) - at.px, full.yaxis.d2p(y) - at.py);
  }
}

function toPlotly({ moves, x, y, ...trace }) {
  return { type: "scatter", hoverinfo: "skip", x: Array.from(x), y: Array.from(y), ...trace };
}

/** The rows: with one feature the points and the line, else fitted against observed or one chosen feature. */
export class DataPanel extends FlatPanel {
  prepare(state) {
    const { scene } = state;
    const y = extent(scene.y);
    this.view = scene.M === 1 ? 0 : state.dataView === "fitted" ? "fitted" : Number(state.dataView);
    this.yRange = padded(...this.#withStart(state, y));
    if (this.view === "fitted") {
      const fitted = scene.fit(scene.bowl.best), start = scene.fit(state.run.at(0).theta);
      const span = y[1] - y[0] || Math.abs(y[0]) || 1;
      const near = (value) => Math.min(y[1] + span, Math.max(y[0] - span, value));
      this.xRange = padded(...extent([...y, ...fitted, ...Array.from(start, near)]));
    } else this.xRange = padded(...extent(scene.column(this.view)), 0.06);
    if (state.frozenRange) ({ x: this.xRange, y: this.yRange } = state.frozenRange);
    else if (scene.drawing) this.#roomToDraw();
  }

  /** The range of y, widened for the model at the start where that leaves the rows readable. */
  #withStart({ scene, run }, [low, high]) {
    if (this.view === "fitted") return [low, high];
    const start = scene.predict(run.at(0).theta, scene.means), span = high - low || Math.abs(high) || 1;
    const near = start > low - 2 * span && start < high + 2 * span;
    return near ? [Math.min(low, start), Math.max(high, start)] : [low, high];
  }

  #roomToDraw() {
    const room = ([low, high], least) => [Math.min(low, -least), Math.max(high, least)];
    this.xRange = room(this.xRange, 5);
    this.yRange = room(this.yRange, 10);
  }

  axes({ scene }) {
    const fitted = this.view === "fitted";
    return {
      x: { range: this.xRange, title: fitted ? `fitted ${scene.target}` : scene.features[this.view] },
      y: { range: this.yRange, title: fitted ? `observed ${scene.target}` : scene.target },
    };
  }

  label({ scene, here, t }) {
    return `Data: ${scene.shown} points and the model at step ${t}, ${scene.paramNames.map((name, j) => `${name} = ${number(here.theta[j], 4)}`).join(", ")}`;
  }

  /** The model as a line over the chosen feature, the other features held at their mean. */
  line(scene, theta) {
    const j = this.view;
    let base = scene.offset ? theta[0] : 0;
    scene.features.forEach((_, k) => { if (k !== j) base += theta[k + scene.offset] * scene.means[k]; });
    return this.#ends((x) => base + theta[j + scene.offset] * x);
  }

  #ends(line) {
    const [low, high] = this.xRange;
    const slack = 0.02 * (high - low);
    const x = [low - slack, high + slack];
    return { x, y: x.map((value) => within(this.yRange, line(value))) };
  }

  /** Where row i is drawn. */
  point(scene, fitted, i) {
    return this.view === "fitted" ? [within(this.xRange, fitted[i]), scene.y[i]] : [scene.column(this.view)[i], scene.y[i]];
  }

  traces(state) {
    const { scene, here, colours } = state;
    const isFitted = this.view === "fitted";
    const fitted = scene.fit(here.theta);
    const points = isFitted ? Array.from(fitted, (value) => within(this.xRange, value)) : scene.column(this.view);
    const residuals = this.#residuals(scene, fitted, points, isFitted);
    const diagonal = this.#ends((x) => x);
    const model = isFitted ? diagonal : this.line(scene, here.theta);
    const optimum = isFitted ? { x: [], y: [] } : this.line(scene, scene.bowl.best);
    const ghost = state.ghost && !isFitted ? this.line(scene, state.ghost) : { x: [], y: [] };
    const lit = state.hoverRow === null ? { x: [], y: [] } : { x: [points[state.hoverRow]], y: [scene.y[state.hoverRow]] };
    const dot = scene.shown > 600 ? 4 : 7;
    return [
      { ...residuals, moves: "step", mode: "lines", line: { color: colours.data, width: 1 }, opacity: 0.45 },
      { x: points, y: scene.y, moves: isFitted ? "step" : "never", mode: "markers", marker: marker("circle", colours.data, dot), opacity: scene.shown > 600 ? 0.6 : 0.9 },
      { ...optimum, moves: "never", mode: "lines", line: { color: colours.optimum, width: 2, dash: "dash" } },
      { ...model, moves: isFitted ? "never" : "step", mode: "lines", line: { color: colours.model, width: 3.5 } },
      { ...ghost, moves: "step", mode: "lines", line: { color: colours.path, width: 2, dash: "dash" } },
      { ...lit, moves: "step", mode: "markers", marker: marker("circle-open", colours.gradient, 15) },
    ];
  }

  #residuals(scene, fitted, points, isFitted) {
    const drawn = isFitted || scene.M === 1 ? scene.shown : 0; // to a line with other features held at a mean there is no residual
    const x = new Array(3 * drawn), y = new Array(3 * drawn);
    for (let i = 0; i < drawn; i++) {
      x[3 * i] = x[3 * i + 1] = points[i];
      y[3 * i] = scene.y[i];
      y[3 * i + 1] = within(this.yRange, fitted[i]);
      x[3 * i + 2] = y[3 * i + 2] = null;
    }
    return { x, y };
  }

  /** The row nearest to a pointer within reach, or −1. */
  nearest(state, at, reach = 18) {
    const { scene } = state;
    const fitted = scene.fit(state.here.theta);
    let best = -1, least = reach;
    for (let i = 0; i < scene.shown; i++) {
      const gap = this.distance(at, ...this.point(scene, fitted, i));
      if (gap < least) [best, least] = [i, gap];
    }
    return best;
  }
}

/** The loss against the step. */
export class LossPanel extends FlatPanel {
  prepare({ scene, run, log }) {
    const start = run.loss[0], low = scene.bowl.bestLoss;
    if (log) {
      const [least, most] = extent(run.loss.filter((value) => value > 0));
      const floor = Math.max(Math.min(least, low > 0 ? low : least), most * 1e-40, 1e-300);
      const bottom = Math.log10(floor), top = Math.log10(Math.max(most, floor * 10));
      const pad = 0.06 * (top - bottom);
      this.yRange = [bottom - pad, top + pad];
    } else {
      const top = run.status === "diverged" ? extent(run.loss)[1] : Math.max(start, low);
      this.yRange = [-0.04 * top, 1.08 * top || 1];
      if (run.status !== "diverged" && low > 0.5 * top) this.yRange = padded(low, top, 0.1);
    }
    this.xRange = [-0.02 * run.last, 1.02 * run.last || 1];
  }

  axes({ scene, log }) {
    return {
      x: { range: this.xRange, title: "step" },
      y: { range: this.yRange, title: scene.lossName, type: log ? "log" : "linear", exponentformat: "e" },
    };
  }

  label({ scene, here, t }) {
    return `Loss curve: ${scene.lossName} at step ${t} is ${number(here.loss, 5)}, its minimum is ${number(scene.bowl.bestLoss, 5)}`;
  }

  traces({ scene, run, t, here, colours, log }) {
    const [low, high] = this.yRange;
    const drawable = (value) => (log ? (value > 0 ? value : null) : within(this.yRange, value));
    const all = Array.from(run.loss, drawable);
    let done = 0;
    while (done < run.kept.length && run.kept[done] <= t) done++;
    const best = scene.bowl.bestLoss;
    return [
      { x: run.kept, y: all, moves: "run", mode: "lines", line: { color: colours.path, width: 1.5 }, opacity: 0.45 },
      { x: run.kept.slice(0, done), y: all.slice(0, done), moves: "step", mode: "lines", line: { color: colours.path, width: 3 } },
      { x: this.xRange, y: [best, best].map(drawable), moves: "never", mode: "lines", line: { color: colours.optimum, width: 2, dash: "dash" } },
      { x: [t, t], y: log ? [10 ** low, 10 ** high] : [low, high], moves: "step", mode: "lines", line: { color: colours.model, width: 1, dash: "dot" } },
      { x: [t], y: [drawable(here.loss)], moves: "step", mode: "markers", marker: marker("circle", colours.model, 12) },
    ];
  }
}

/** Shares of the way from the minimum up to the start's loss at which level curves are drawn. */
const LEVELS = [0.004, 0.02, 0.06, 0.14, 0.28, 0.5, 1, 1.8, 3];

/** Two parameters, the level curves of the loss, the path, the gradient and the step it causes. */
export class PlanePanel extends FlatPanel {
  prepare({ scene, run, pair }) {
    const { bowl } = scene;
    this.one = bowl.p === 1;
    const reach = bowl.reach(run.at(0).theta);
    this.rise = run.loss[0] - bowl.bestLoss;
    if (!(this.rise > 1e-12 * bowl.scale * scene.tss)) this.rise = 0.25 * bowl.scale * scene.tss || 1;
    const range = (j) => {
      const curve = bowl.curvature(j, j);
      const half = Math.max(1.25 * reach[j], curve > 0 ? 0.15 * Math.sqrt(this.rise / curve) : 0, 1e-9 * Math.abs(bowl.best[j])) || 1;
      return [bowl.best[j] - half, bowl.best[j] + half];
    };
    this.xRange = range(pair[0]);
    this.yRange = this.one ? [bowl.bestLoss - 0.08 * this.rise, bowl.bestLoss + 1.25 * this.rise] : range(pair[1]);
    this.gradientScale = this.#gradientScale(run.at(0), pair);
  }

  /** The gradient's length is not in units of θ: a round factor makes the first one about a fifth of the window. */
  #gradientScale({ gradient }, [j, k]) {
    const size = Math.hypot(gradient[j] / (this.xRange[1] - this.xRange[0]), this.one ? 0 : gradient[k] / (this.yRange[1] - this.yRange[0]));
    if (!(size > 0)) return 1;
    const exact = 0.2 / size, power = 10 ** Math.floor(Math.log10(exact));
    return [5, 2, 1].find((digit) => digit * power <= exact * 1.0000001) * power;
  }

  axes({ scene, pair }) {
    return {
      x: { range: this.xRange, title: scene.paramNames[pair[0]] },
      y: { range: this.yRange, title: this.one ? scene.lossName : scene.paramNames[pair[1]] },
    };
  }

  label({ scene, here, pair, t }) {
    const at = this.one ? "" : `, ${scene.params[pair[1]]} = ${number(here.theta[pair[1]], 4)}`;
    return `Level curves of the loss over the parameters, the path and the gradient at step ${t}: ${scene.params[pair[0]]} = ${number(here.theta[pair[0]], 4)}${at}`;
  }

  /** Where a state of the parameters is drawn. */
  place(theta, loss, [j, k]) {
    return towards(this.xRange, this.yRange, theta[j], this.one ? loss : theta[k]);
  }

  #levels({ bowl }, here, pair) {
    if (this.one) return this.#parabola(bowl, pair[0]);
    const slice = bowl.slice(here.theta, ...pair);
    const cap = 1e3 * Math.max(this.xRange[1] - this.xRange[0], this.yRange[1] - this.yRange[0]);
    const x = [], y = [];
    for (const share of LEVELS) {
      const curve = ellipse(slice, bowl.bestLoss + share * this.rise, cap);
      x.push(...curve.x, null);
      y.push(...curve.y, null);
    }
    return { x, y };
  }

  #parabola(bowl, j) {
    const [low, high] = this.xRange;
    const x = Array.from({ length: 101 }, (_, m) => low + ((high - low) * m) / 100);
    return { x, y: x.map((value) => bowl.bestLoss + bowl.curvature(j, j) * (value - bowl.best[j]) ** 2) };
  }

  #path(run, pair, until) {
    const p = run.bowl.p, x = [], y = [];
    for (let m = 0; m < run.kept.length && run.kept[m] <= until; m++) {
      const [px, py] = this.place(run.theta.slice(m * p, (m + 1) * p), run.loss[m], pair);
      x.push(px);
      y.push(py);
    }
    return { x, y };
  }

  traces(state) {
    const { scene, run, t, here, pair, colours, theme } = state;
    const { bowl } = scene;
    const next = t < run.last ? run.at(t + 1) : bowl.after(here.theta, run.rate, 1);
    const [x, y] = this.place(here.theta, here.loss, pair);
    const ahead = this.place(next.theta, next.loss, pair);
    const uphill = here.theta.map((value, j) => value + this.gradientScale * here.gradient[j]);
    const tip = this.one ? towards(this.xRange, this.yRange, uphill[pair[0]], y) : this.place(uphill, 0, pair);
    const path = this.#path(run, pair, Infinity), done = this.#path(run, pair, t);
    done.x.push(x);
    done.y.push(y);
    const first = this.place(run.at(0).theta, run.loss[0], pair);
    const best = this.place(bowl.best, bowl.bestLoss, pair);
    const few = run.kept.length <= 400 ? "lines+markers" : "lines";
    return [
      { ...this.#levels(scene, here, pair), moves: bowl.p > 2 ? "step" : "never", mode: "lines", line: { color: theme.level, width: 1 } },
      { ...path, moves: "run", mode: few, line: { color: colours.path, width: 1 }, marker: marker("circle", colours.path, 3.5), opacity: 0.45 },
      { ...done, moves: "step", mode: few, line: { color: colours.path, width: 2 }, marker: marker("circle", colours.path, 5) },
      { x: [best[0]], y: [best[1]], moves: "never", mode: "markers", marker: marker("star", colours.optimum, 15) },
      { x: [x, tip[0]], y: [y, tip[1]], moves: "step", mode: "lines+markers", line: { color: colours.gradient, width: 2.5, dash: "dot" }, marker: arrow(colours.gradient) },
      { x: [x, ahead[0]], y: [y, ahead[1]], moves: "step", mode: "lines+markers", line: { color: colours.model, width: 3 }, marker: arrow(colours.model) },
      { x: [first[0]], y: [first[1]], moves: "run", mode: "markers", marker: marker("square", theme.page, 13, colours.path) },
      { x: [x], y: [y], moves: "step", mode: "markers", marker: marker("circle", colours.model, 11, theme.page) },
    ];
  }
}
