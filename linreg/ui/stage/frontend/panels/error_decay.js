// What is left of the error, step by step, on a logarithmic axis: along each direction of the bowl, where a constant
// factor is a straight line, or as the distance of θ from the minimum, down to the last digit that a float64 has.

import { extent, FlatPanel, marker } from "../drawing/flat_panel.js";
import { element, flat, key, note } from "../drawing/markup.js";
import { scrubbing } from "../input/gestures.js";
import { number, percent } from "../math/format.js";
import { along, look, named } from "./eigen_directions.js";

const LEAST = -8,
  MOST = 8; // powers of ten that are worth an axis

/** A step's share of the error along a direction: |1 − ηλ|^t. */
const left = (factor, t) => (t === 0 ? 1 : Math.abs(factor) ** t);

export class ErrorsPanel extends FlatPanel {
  static figure = {
    title: "The error along each direction",
    controls: note("click to jump"),
    canvas: flat,
    legend: "",
  };
  static gestures = scrubbing;

  set(state) {
    super.set(state);
    const { bowl } = state,
      { p } = bowl;
    const entries = p <= 4 ? [...Array(p).keys()] : [0, 1, p - 1];
    const legend = entries.map((i) =>
      key(look(i, p).role, look(i, p).glyph, p > 4 && i === 1 ? "directions between" : named(i, p)),
    );
    this.figure
      .querySelector(".lr-legend")
      .replaceChildren(
        ...[...legend, key("model", "point", "this step"), key("data", "thin", "1 % left")].map(element),
      );
  }

  factors({ scene, bowl, run }) {
    return Array.from({ length: bowl.p }, (_, i) => along(scene, run.rate, i))
      .filter(({ eigenvalue }) => eigenvalue > 0)
      .map(({ factor }) => factor);
  }

  prepare(state) {
    const { run } = state,
      ends = this.factors(state).map((factor) => Math.log10(left(factor, run.last)));
    const low = Math.max(LEAST, Math.min(-2.5, ...ends)),
      high = Math.min(MOST, Math.max(0, ...ends));
    const pad = 0.05 * (high - low);
    this.xRange = [-0.02 * run.last, 1.02 * run.last || 1];
    this.yRange = [low - pad, high + pad];
  }

  axes({ run }) {
    return {
      x: { range: this.xRange, title: "step", ...(run.last < 8 && { dtick: 1 }) },
      y: { range: this.yRange, title: "share of the error left", type: "log" },
    };
  }

  label(state) {
    const said = this.factors(state).map(
      (factor, i) => `${named(i, state.bowl.p)}: ${percent(left(factor, state.t))} left`,
    );
    return `The error along each direction at step ${state.t}, on a logarithmic axis. ${said.join("; ")}`;
  }

  traces(state) {
    const { run, t, bowl, colours } = state,
      floor = 10 ** (this.yRange[0] - 5),
      top = 10 ** (this.yRange[1] + 5);
    const drawn = (value) => Math.min(top, Math.max(floor, value));
    const factors = this.factors(state);
    const lines = factors.map((factor, i) => {
      const { role, dash } = look(i, bowl.p);
      return {
        x: run.kept,
        y: Array.from(run.kept, (step) => drawn(left(factor, step))),
        moves: "run",
        mode: "lines",
        line: { color: colours[role], width: 2.5, dash },
      };
    });
    const dots = {
      x: factors.map(() => t),
      y: factors.map((factor) => drawn(left(factor, t))),
      moves: "step",
      mode: "markers",
      marker: marker("circle", colours.model, 10),
    };
    return [
      { x: this.xRange, y: [0.01, 0.01], moves: "never", mode: "lines", line: { color: colours.data, width: 1 } },
      ...lines,
      {
        x: [t, t],
        y: this.yRange.map((power) => 10 ** power),
        moves: "step",
        mode: "lines",
        line: { color: colours.model, width: 1, dash: "dot" },
      },
      dots,
    ];
  }
}

/** The distance of θ from the minimum. */
export class DistancePanel extends FlatPanel {
  static figure = {
    title: "Distance from the minimum",
    controls: note("click to jump"),
    canvas: flat,
    legend:
      key("path", "line", "so far") +
      key("path", "thin", "to come") +
      key("model", "point", "this step") +
      key("optimum", "dash", "last digit of a float64"),
  };
  static gestures = scrubbing;

  #distance({ bowl }, theta) {
    return Math.hypot(...theta.map((value, j) => value - bowl.best[j]));
  }

  /** How far apart two neighbouring float64 numbers are at the minimum: nearer than this no θ can be told from it. */
  #grain({ bowl }) {
    return Math.max(Math.hypot(...bowl.best), 1e-290) * 2 ** -53;
  }

  prepare(state) {
    const { run, bowl } = state,
      { p } = bowl;
    this.grain = this.#grain(state);
    this.distances = Array.from(run.kept, (_, m) =>
      Math.max(this.grain, this.#distance(state, run.theta.slice(m * p, (m + 1) * p))),
    );
    const [least, most] = extent(this.distances);
    const low = Math.log10(Math.min(least, this.grain)),
      high = Math.log10(Math.max(most, 10 * this.grain)),
      pad = 0.05 * (high - low);
    this.yRange = [low - pad, high + pad];
    this.xRange = [-0.02 * run.last, 1.02 * run.last || 1];
  }

  show(state, runChanged) {
    if (runChanged) this.prepare(state);
    super.show(state, runChanged);
  }

  axes({ scene, run }) {
    const { theta } = scene.symbols;
    return {
      x: { range: this.xRange, title: "step", ...(run.last < 8 && { dtick: 1 }) },
      y: { range: this.yRange, title: `distance |${theta} − ${theta}*|`, type: "log" },
    };
  }

  label(state) {
    const { t, here, scene } = state;
    return `Distance of ${scene.symbols.theta} from the minimum at step ${t}: ${number(this.#distance(state, here.theta), 4)}, on a logarithmic axis`;
  }

  note(state) {
    const now = this.#distance(state, state.here.theta);
    return now <= this.grain ? "nothing left that a float64 could show" : `now ${number(now, 4)}`;
  }

  traces(state) {
    const { run, t, here, colours } = state;
    let done = 0;
    while (done < run.kept.length && run.kept[done] <= t) done++;
    const now = Math.max(this.grain, this.#distance(state, here.theta));
    return [
      {
        x: run.kept,
        y: this.distances,
        moves: "run",
        mode: "lines",
        line: { color: colours.path, width: 1.5 },
        opacity: 0.45,
      },
      {
        x: run.kept.slice(0, done),
        y: this.distances.slice(0, done),
        moves: "step",
        mode: "lines",
        line: { color: colours.path, width: 3 },
      },
      {
        x: this.xRange,
        y: [this.grain, this.grain],
        moves: "never",
        mode: "lines",
        line: { color: colours.optimum, width: 2, dash: "dash" },
      },
      {
        x: [t, t],
        y: this.yRange.map((power) => 10 ** power),
        moves: "step",
        mode: "lines",
        line: { color: colours.model, width: 1, dash: "dot" },
      },
      { x: [t], y: [now], moves: "step", mode: "markers", marker: marker("circle", colours.model, 12) },
    ];
  }
}
