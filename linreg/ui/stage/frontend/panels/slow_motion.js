// The pictures of one step in slow motion: each draws only what the phase has reached.

import { arrow, extent, FlatPanel, marker, padded, spot, towards, within } from "../drawing/flat_panel.js";
import { flat, key, note } from "../drawing/markup.js";
import { scrubbing } from "../input/gestures.js";
import { number } from "../math/format.js";
import { LOSS, MINUS, MODEL, next, SCALED, THETA } from "../math/phases.js";
import { ellipse } from "../math/quadratic.js";
import { isOpen } from "../math/step_guess.js";
import { DataPanel } from "./data.js";
import { PlanePanel } from "./theta_plane.js";

const BLOCK = 20; // steps in the picture of the loss
const FOLLOW_EVERY = 500; // milliseconds between two pairs of axes while a run is played
const NARROW = 2e-4; // share of its values below which an axis has no room for their digits
const CLOSE_UP = 0.34; // share of the window that a step takes up close
const AROUND = [-6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6]; // level curves up close, in changes of the loss

/** Draws a picture on new axes where the step has left those it has; now and then only while a run is played. */
function follow(panel, state, known) {
  const { Plotly } = window,
    now = performance.now();
  if (known === panel.known || !panel.plotted) return;
  if (state.playing && now - (panel.followed ?? 0) < FOLLOW_EVERY) return;
  panel.followed = now;
  panel.set(state);
  if (Plotly) panel.settle(state, Plotly);
}

/** An axis whose values differ too little to be written beside it says around which value it lies. */
function readable({ range: [low, high], title, ...rest }) {
  const middle = (low + high) / 2,
    narrow = high - low < NARROW * Math.abs(middle);
  return {
    range: [low, high],
    title: narrow ? `${title}, around ${number(middle, 7)}` : title,
    ...(narrow && { showticklabels: false }),
    ...rest,
  };
}

/** A click or a drag marks where the student thinks θ will land. */
function guessing(picture) {
  const mark = (at) => {
    const { t, pair } = picture.state;
    if (!at || !isOpen(picture.state)) return null;
    return { guess: { step: t, parameters: [...new Set(pair)], values: picture.flat.valuesAt(at) } };
  };
  return {
    down: (at, event) => {
      if (!isOpen(picture.state)) return null;
      if (event.pointerType === "touch") return { pans: true, begin: { tip: "" }, end: mark }; // a tap marks, a swipe scrolls
      return { begin: { tip: "", ...mark(at) }, move: mark };
    },
    hover: (at) => {
      const { scene, pair } = picture.state;
      if (!at || !isOpen(picture.state)) return { tip: "" };
      const values = picture.flat.valuesAt(at);
      return { tip: [...new Set(pair)].map((j, axis) => `${scene.params[j]} = ${number(values[axis], 4)}`).join("\n") };
    },
    leave: () => ({ tip: "" }),
  };
}

export class SlowPlane extends PlanePanel {
  static figure = {
    title: "Parameters",
    controls: `<span class="lr-pair" hidden><select aria-label="Parameter across"></select> <select aria-label="Parameter upwards"></select></span><label class="lr-close"><input type="checkbox"> Zoom to this step</label>${note()}`,
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

  constructor(figure, options, stage) {
    super(figure, options, stage);
    this.zoom = figure.querySelector(".lr-close");
  }

  setsStart() {
    return false;
  }

  guessWindow() {
    return { x: this.xRange, y: this.yRange };
  }

  set(state) {
    this.known = this.#window(state);
    super.set(state);
    this.figure.classList.remove("lr-alone");
    this.zoom.hidden = state.bowl.p === 1;
    this.zoom.firstElementChild.onchange = () => this.stage.update({ redraw: true });
  }

  /** What the window depends on besides the scene. */
  #window({ t, phase }) {
    return this.#close ? `close ${t} ${phase === undefined}` : "whole";
  }

  get #close() {
    return this.zoom.firstElementChild.checked && !this.zoom.hidden;
  }

  prepare(state) {
    super.prepare(state);
    if (!this.#close) return;
    const { here, pair } = state,
      then = next(state);
    const share = Math.hypot(
      ...pair.map((j, axis) => (then.theta[j] - here.theta[j]) / span(axis ? this.yRange : this.xRange)),
    );
    if (!(share > 0)) return;
    const around = (range, centre) => [-0.5, 0.5].map((side) => centre + (side * span(range) * share) / CLOSE_UP);
    Object.assign(this, {
      xRange: around(this.xRange, here.theta[pair[0]]),
      yRange: around(this.yRange, here.theta[pair[1]]),
    });
    this.gradientScale = this.#arrowScale(here.gradient, pair);
  }

  /** A round factor that makes the gradient about a quarter of the window. */
  #arrowScale(gradient, [j, k]) {
    const exact = 0.25 / Math.hypot(gradient[j] / span(this.xRange), gradient[k] / span(this.yRange));
    const power = 10 ** Math.floor(Math.log10(exact));
    return ([5, 2, 1].find((digit) => digit * power <= exact * 1.0000001) ?? 1) * power;
  }

  axes(state) {
    const { x, y } = super.axes(state);
    return { x: readable(x), y: readable(y) };
  }

  show(state, runChanged) {
    follow(this, state, this.#window(state));
    super.show(state, runChanged);
  }

  /** A pointer's place as values of the two parameters, or of the one. */
  valuesAt({ x, y }) {
    return (this.one ? [x] : [x, y]).map((value) => Number(value.toPrecision(6)));
  }

  label(state) {
    return `Parameters, phase ${state.phase + 1} of 6 of step ${state.t}: ${super.label(state)}`;
  }

  #levels({ bowl, here, pair }, then) {
    const slice = bowl.slice(here.theta, ...pair),
      unit = Math.abs(here.loss - then.loss) / 2;
    const cap = 1e4 * Math.max(span(this.xRange), span(this.yRange));
    const x = [],
      y = [];
    for (const each of AROUND) {
      const curve = ellipse(slice, here.loss + each * unit, cap, 1441);
      x.push(...curve.x, null);
      y.push(...curve.y, null);
    }
    return { x, y };
  }

  traces(state) {
    const { run, t, here, pair, phase = LOSS, guess, colours, theme, bowl } = state;
    const then = next(state),
      place = (theta, loss) => this.place(theta, loss, pair);
    const [x, y] = place(here.theta, here.loss),
      landing = place(then.theta, then.loss);
    const beside = (factor) => {
      const theta = here.theta.map((value, j) => value + factor * here.gradient[j]);
      const to = this.one ? towards(this.xRange, this.yRange, theta[pair[0]], y) : place(theta, 0);
      return { x: [x, to[0]], y: [y, to[1]] };
    };
    const nothing = { x: [], y: [] },
      down = beside(-run.rate);
    const arrowOf = (ends, color, width, dash) => ({
      ...ends,
      moves: "step",
      mode: "lines+markers",
      line: { color, width, dash },
      marker: arrow(color),
    });
    const [levels] = super.traces(state);
    if (this.#close) Object.assign(levels, this.#levels(state, then));
    const best = state.best ? place(bowl.best, bowl.bestLoss) : [null, null];
    const landed = phase >= THETA;
    return [
      levels,
      {
        ...this.#past(run, t, pair, [x, y]),
        moves: "step",
        mode: run.kept.length <= 400 ? "lines+markers" : "lines",
        line: { color: colours.path, width: 2 },
        marker: marker("circle", colours.path, 5),
      },
      { x: [best[0]], y: [best[1]], moves: "never", mode: "markers", marker: marker("star", colours.optimum, 15) },
      arrowOf(beside(this.gradientScale), colours.gradient, 2.5, "dot"),
      arrowOf(phase >= SCALED ? beside(run.rate) : nothing, colours.gradient, 4),
      arrowOf(phase >= MINUS ? down : nothing, colours.model, 4),
      this.one && landed
        ? {
            x: [down.x[1], landing[0]],
            y: [down.y[1], landing[1]],
            moves: "step",
            mode: "lines",
            line: { color: colours.model, width: 1.5, dash: "dot" },
          }
        : { ...nothing, moves: "step", mode: "lines", line: { color: colours.model, width: 1.5, dash: "dot" } },
      {
        ...this.#guessed(guess, state, landed ? landing : null),
        moves: "step",
        mode: "lines+markers",
        line: { color: colours.data, width: 1.5, dash: "dot" },
        marker: marker("diamond", colours.data, 13, theme.page),
      },
      {
        x: [x],
        y: [y],
        moves: "step",
        mode: "markers",
        marker: marker(landed ? "circle-open" : "circle", colours.model, 11, theme.page),
      },
      landed
        ? { ...spot(this.xRange, this.yRange, ...landing, colours.model, 12, theme.page), moves: "step" }
        : { ...nothing, moves: "step", mode: "markers", marker: marker("circle", colours.model, 12, theme.page) },
    ];
  }

  #past(run, t, pair, now) {
    const p = run.bowl.p,
      x = [],
      y = [];
    for (let m = 0; m < run.kept.length && run.kept[m] < t; m++) {
      const [px, py] = this.place(run.theta.slice(m * p, (m + 1) * p), run.loss[m], pair);
      x.push(px);
      y.push(py);
    }
    return { x: [...x, now[0]], y: [...y, now[1]] };
  }

  /** The guess, and once θ has landed the way it was off. A guess about one parameter leaves the other where it is. */
  #guessed(guess, { here, pair, bowl }, landing) {
    if (!guess?.values) return { x: [], y: [] };
    const theta = Float64Array.from(here.theta);
    guess.parameters.forEach((j, k) => {
      theta[j] = guess.values[k];
    });
    const loss = this.one ? bowl.loss(theta) : 0;
    const at = this.place(theta, loss, pair);
    const off = landing && guess.parameters.length === new Set(pair).size;
    return { x: [at[0], ...(off ? [landing[0]] : [])], y: [at[1], ...(off ? [landing[1]] : [])] };
  }
}

const span = ([low, high]) => high - low;

export class SlowData extends DataPanel {
  static figure = {
    ...DataPanel.figure,
    legend: DataPanel.figure.legend + key("path", "dot", "model before", "before"),
  };

  set(state) {
    super.set(state);
    this.figure.querySelector('[data-key="before"]').hidden = this.view === "fitted";
    this.figure.querySelector('[data-key="ghost"]').hidden = true;
  }

  /** From the phase of the new model on, it is the new model that is drawn, and the one before as a dotted line. */
  traces(state) {
    const { scene, here, phase = 0, colours } = state,
      on = phase >= MODEL;
    const before = on && this.view !== "fitted" ? this.line(scene, here.theta) : { x: [], y: [] };
    return [
      ...super.traces(on ? { ...state, here: next(state) } : state),
      { ...before, moves: "step", mode: "lines", line: { color: colours.path, width: 2, dash: "dot" } },
    ];
  }

  label(state) {
    const { t, phase } = state;
    return phase >= MODEL
      ? `After this step: ${super.label({ ...state, here: next(state), t: t + 1 })}`
      : super.label(state);
  }
}

export class SlowLoss extends FlatPanel {
  static figure = {
    title: "Loss",
    controls: note("click to jump"),
    canvas: flat,
    legend:
      key("path", "line", "so far") +
      key("model", "point", "this step") +
      key("model", "dash", "change", "change") +
      key("optimum", "dash", "minimum", "best"),
  };
  static gestures = scrubbing;

  set(state) {
    this.known = this.#block(state);
    super.set(state);
    this.title(`Loss: ${state.scene.lossName}`);
    this.figure.querySelector('[data-key="best"]').hidden = !state.best;
  }

  #block({ t }) {
    return Math.floor(t / BLOCK);
  }

  show(state, runChanged) {
    follow(this, state, this.#block(state));
    super.show(state, runChanged);
  }

  /** The steps that are in the window: so few that one can see each. */
  prepare(state) {
    const { run, bowl } = state,
      from = this.#block(state) * BLOCK,
      to = Math.max(from + 4, Math.min(from + BLOCK, run.last + 1));
    this.steps = Array.from({ length: Math.min(to, run.last) - from + 1 }, (_, k) => from + k);
    this.losses = this.steps.map((t) => run.at(t).loss);
    const [low, high] = extent(this.losses),
      least = bowl.bestLoss;
    const near = low - least < 3 * (high - low) ? least : low;
    this.yRange = padded(near, high);
    this.xRange = [from - 0.03 * (to - from), to + 0.03 * (to - from)];
  }

  axes({ scene }) {
    return {
      x: { range: this.xRange, title: "step", ...(span(this.xRange) < 9 && { dtick: 1 }) },
      y: readable({ range: this.yRange, title: scene.lossLabel }),
    };
  }

  label({ scene, here, t, phase, ...rest }) {
    const after = phase >= LOSS ? `; after this step it is ${number(next({ here, t, ...rest }).loss, 5)}` : "";
    return `Loss curve: ${scene.lossName} at step ${t} is ${number(here.loss, 5)}${after}`;
  }

  traces(state) {
    const { run, t, here, bowl, phase = 0, colours } = state,
      on = phase >= LOSS;
    const inside = (value) => within(this.yRange, value);
    const done = this.steps.filter((step) => step <= t),
      then = next(state).loss,
      now = inside(here.loss);
    return [
      {
        x: this.xRange,
        y: [bowl.bestLoss, bowl.bestLoss].map(state.best ? inside : () => null),
        moves: "never",
        mode: "lines",
        line: { color: colours.optimum, width: 2, dash: "dash" },
      },
      {
        x: done,
        y: done.map((step) => inside(run.at(step).loss)),
        moves: "step",
        mode: "lines+markers",
        line: { color: colours.path, width: 2.5 },
        marker: marker("circle", colours.path, 6),
      },
      {
        x: on ? [t, t + 1, t + 1] : [],
        y: on ? [now, now, inside(then)] : [],
        moves: "step",
        mode: "lines",
        line: { color: colours.model, width: 2, dash: "dash" },
      },
      {
        x: [t],
        y: [now],
        moves: "step",
        mode: "markers",
        marker: marker(on ? "circle-open" : "circle", colours.model, 12),
      },
      {
        x: on ? [t + 1] : [],
        y: on ? [inside(then)] : [],
        moves: "step",
        mode: "markers",
        marker: marker("circle", colours.model, 12),
      },
    ];
  }
}
