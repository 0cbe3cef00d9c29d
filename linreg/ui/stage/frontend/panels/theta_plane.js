// The plane of two parameters.

import { arrow, FlatPanel, marker, spot, towards } from "../drawing/flat_panel.js";
import { fill, flat, key, note, write } from "../drawing/markup.js";
import { startDragging } from "../input/gestures.js";
import { number } from "../math/format.js";
import { ellipse } from "../math/quadratic.js";

/** Shares of the way from the minimum up to the start's loss at which level curves are drawn. */
const LEVELS = [0.004, 0.02, 0.06, 0.14, 0.28, 0.5, 1, 1.8, 3];

/** Hides the entries of a legend that have no part in the picture. */
export function hideKeys(figure, hidden) {
  for (const [name, hide] of Object.entries(hidden))
    for (const entry of figure.querySelectorAll(`[data-key="${name}"]`)) entry.hidden = hide;
}

/** The window of the parameters: the minimum in the middle, room for every run from this start that converges, and for the tries. */
export function thetaWindow({ scene: { bowl, tss }, run, pair, tries }, options) {
  const starts = [run.at(0).theta, ...(options.tries ? tries : [])];
  const reaches = starts.map((start) => bowl.reach(start)),
    reach = reaches[0].map((_, j) => Math.max(...reaches.map((each) => each[j])));
  let rise = Math.max(run.loss[0], ...(options.tries ? tries : []).map((theta) => bowl.loss(theta))) - bowl.bestLoss;
  if (options.tries) rise = Math.max(rise, 0.5 * bowl.scale * tss); // a hand near the minimum still sees the valley
  if (!(rise > 1e-12 * bowl.scale * tss)) rise = 0.25 * bowl.scale * tss || 1;
  const narrow = options.tries ? 0.6 : 0.15;
  const range = (j) => {
    const curve = bowl.curvature(j, j);
    const half =
      Math.max(1.5 * reach[j], curve > 0 ? narrow * Math.sqrt(rise / curve) : 0, 1e-9 * Math.abs(bowl.best[j])) || 1;
    return [bowl.best[j] - half, bowl.best[j] + half];
  };
  const yRange = bowl.p === 1 ? [bowl.bestLoss - 0.08 * rise, bowl.bestLoss + 1.25 * rise] : range(pair[1]);
  return { rise, xRange: range(pair[0]), yRange };
}

/**
 * Two parameters, the level curves of the loss, the path, the gradient and the step it causes. Options: run = false
 * leaves out what belongs to a run, tries shows the trail of the hand.
 */
export class PlanePanel extends FlatPanel {
  static figure = {
    title: "Parameters",
    controls: `<span class="lr-pair" hidden><select aria-label="Parameter across"></select> <select aria-label="Parameter upwards"></select></span>${note()}`,
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
  static gestures = startDragging;

  setsStart() {
    return true;
  }

  constructor(figure, options, stage) {
    super(figure, options, stage);
    this.pairs = figure.querySelector(".lr-pair");
    hideKeys(figure, {
      run: options.run === false,
      gradient: options.run === false,
      hand: options.run !== false,
      tries: !options.tries,
    });
  }

  /** Fills the controls beside the title. */
  set(state) {
    const { scene, bowl, pair } = state;
    this.figure.classList.toggle("lr-alone", bowl.p === 1);
    super.set(state);
    hideKeys(this.figure, { best: !state.best });
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
    write(this.figure.querySelector('[data-key="gradient"] > span'), `∇ × ${number(this.gradientScale, 1)}`);
    this.title(bowl.p === 1 ? "Loss over the parameter" : bowl.p === 2 ? "Parameters and the loss" : "Parameters");
  }

  prepare(state) {
    this.one = state.bowl.p === 1;
    Object.assign(this, thetaWindow(state, this.options));
    this.gradientScale = this.#gradientScale(state.run.at(0), state.pair);
  }

  /** The gradient's length is not in units of θ: a round factor makes the first one about a seventh of the window. */
  #gradientScale({ gradient }, [j, k]) {
    const size = Math.hypot(
      gradient[j] / (this.xRange[1] - this.xRange[0]),
      this.one ? 0 : gradient[k] / (this.yRange[1] - this.yRange[0]),
    );
    if (!(size > 0)) return 1;
    const exact = 0.15 / size,
      power = 10 ** Math.floor(Math.log10(exact));
    return [5, 2, 1].find((digit) => digit * power <= exact * 1.0000001) * power;
  }

  axes({ scene, pair }) {
    return {
      x: { range: this.xRange, title: scene.paramLabels[pair[0]] },
      y: { range: this.yRange, title: this.one ? scene.lossLabel : scene.paramLabels[pair[1]] },
    };
  }

  label({ scene, here, pair, t }) {
    const at = this.one ? "" : `, ${scene.params[pair[1]]} = ${number(here.theta[pair[1]], 4)}`;
    return `Level curves of the loss over the parameters, the path and the gradient at step ${t}: ${scene.params[pair[0]]} = ${number(here.theta[pair[0]], 4)}${at}`;
  }

  /** Says where this step is when the window does not show it. */
  note({ scene, here, pair: [j, k] }) {
    if (this.frame.holds(here.theta[j], this.one ? here.loss : here.theta[k])) return "";
    const up = this.one ? [scene.lossName, here.loss] : [scene.params[k], here.theta[k]];
    return `outside: ${scene.params[j]} ${number(here.theta[j], 3)}, ${up[0]} ${number(up[1], 3)}`;
  }

  /** Where a state of the parameters is drawn. */
  place(theta, loss, [j, k]) {
    return towards(this.xRange, this.yRange, theta[j], this.one ? loss : theta[k]);
  }

  /** The trail of the hand: every θ it let go of, and where it is now. */
  #trail({ here, pair, bowl, tries }) {
    const trail = [
      ...tries.map((theta) => this.place(theta, bowl.loss(theta), pair)),
      this.place(here.theta, here.loss, pair),
    ];
    return { x: trail.map(([x]) => x), y: trail.map(([, y]) => y) };
  }

  #levels({ bowl }, here, pair) {
    if (this.one) return this.#parabola(bowl, pair[0]);
    const slice = bowl.slice(here.theta, ...pair);
    const cap = 1e3 * Math.max(this.xRange[1] - this.xRange[0], this.yRange[1] - this.yRange[0]);
    const x = [],
      y = [];
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
    const p = run.bowl.p,
      x = [],
      y = [];
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
    const path = this.#path(run, pair, Infinity),
      done = this.#path(run, pair, t);
    done.x.push(x);
    done.y.push(y);
    const first = this.place(run.at(0).theta, run.loss[0], pair);
    const best = state.best ? this.place(bowl.best, bowl.bestLoss, pair) : [null, null];
    const few = run.kept.length <= 400 ? "lines+markers" : "lines";
    const levels = {
      ...this.#levels(scene, here, pair),
      moves: bowl.p > 2 ? "step" : "never",
      mode: "lines",
      line: { color: theme.level, width: 1 },
    };
    const star = {
      x: [best[0]],
      y: [best[1]],
      moves: "never",
      mode: "markers",
      marker: marker("star", colours.optimum, 15),
    };
    const now = { ...spot(this.xRange, this.yRange, x, y, colours.model, 11, theme.page), moves: "step" };
    const trail = this.options.tries
      ? [
          {
            ...this.#trail(state),
            moves: "step",
            mode: "lines+markers",
            line: { color: colours.data, width: 1.5, dash: "dot" },
            marker: marker("circle", colours.data, 6),
          },
        ]
      : [];
    if (this.options.run === false) return [levels, star, ...trail, now];
    return [
      levels,
      {
        ...path,
        moves: "run",
        mode: few,
        line: { color: colours.path, width: 1 },
        marker: marker("circle", colours.path, 3.5),
        opacity: 0.45,
      },
      {
        ...done,
        moves: "step",
        mode: few,
        line: { color: colours.path, width: 2 },
        marker: marker("circle", colours.path, 5),
      },
      star,
      {
        x: [x, tip[0]],
        y: [y, tip[1]],
        moves: "step",
        mode: "lines+markers",
        line: { color: colours.gradient, width: 2.5, dash: "dot" },
        marker: arrow(colours.gradient),
      },
      {
        x: [x, ahead[0]],
        y: [y, ahead[1]],
        moves: "step",
        mode: "lines+markers",
        line: { color: colours.model, width: 3 },
        marker: arrow(colours.model),
      },
      {
        x: [first[0]],
        y: [first[1]],
        moves: "run",
        mode: "markers",
        marker: marker("square", theme.page, 13, colours.path),
      },
      ...trail,
      now,
    ];
  }
}
