// The directions of the bowl: its axes in the plane of two parameters, and a table of what the rate does along each.

import { Control } from "../controls/control.js";
import { element, key, note, write } from "../drawing/markup.js";
import { Frame } from "../drawing/plot_area.js";
import { number } from "../math/format.js";
import { PlanePanel } from "./theta_plane.js";

const SKEW = 6,
  ROUND = 400; // a window may be stretched sixfold for axes of one scale, that of a bowl with κ below 400 as far as it takes

/** What a step does along direction i: λ, the factor 1 − ηλ, and the steps until 1 % is left, or null. */
export function along({ bowl, constants: { same, shrunk } }, rate, i) {
  const eigenvalue = bowl.eigenvalue(i),
    factor = 1 - rate * eigenvalue,
    size = Math.abs(factor);
  const steps = size >= 1 - same / 1000 ? null : size <= shrunk ? 1 : Math.ceil(Math.log(shrunk) / Math.log(size));
  return { eigenvalue, factor, steps };
}

/** Direction i as an arrow in θ, its largest part positive. */
export function direction({ V, p }, i) {
  const vector = Array.from({ length: p }, (_, j) => V[j * p + i]);
  const largest = vector.reduce((most, value) => (Math.abs(value) > Math.abs(most) + 1e-12 ? value : most), 0);
  return vector.map((value) => (largest < 0 ? -value : value));
}

/** The look of direction i: the steepest, the shallowest, and those between. */
export const look = (i, p) =>
  i === 0
    ? { role: "gradient", glyph: "line", dash: undefined }
    : i === p - 1
      ? { role: "optimum", glyph: "dash", dash: "dash" }
      : { role: "path", glyph: "dot", dash: "dot" };

const rank = (i, p) => (p === 1 ? "" : i === 0 ? ", steepest" : i === p - 1 ? ", shallowest" : "");
export const named = (i, p) => `direction ${i + 1}${rank(i, p)}`;

/** Widens the smaller range until a unit is as long across as upwards, where that leaves something to see; says if so. */
export function oneScale(panel, { bowl, theme: { size } }) {
  const {
      plot: { clientWidth, clientHeight },
      xRange,
      yRange,
    } = panel,
    span = ([low, high]) => high - low;
  const area = new Frame({ width: clientWidth, height: clientHeight, size });
  const ratio = span(xRange) / area.width / (span(yRange) / area.height);
  if (!(bowl.eigenvalue(0) < ROUND * bowl.eigenvalue(1)) && (ratio > SKEW || ratio < 1 / SKEW)) return false;
  const widen = ([low, high], by) => [
    (low + high) / 2 - (by * (high - low)) / 2,
    (low + high) / 2 + (by * (high - low)) / 2,
  ];
  if (ratio > 1) panel.yRange = widen(yRange, ratio);
  else panel.xRange = widen(xRange, 1 / ratio);
  return true;
}

/** The θ-plane with the axes of the bowl, and the error at this step as a way along them. */
export class DirectionsPanel extends PlanePanel {
  static figure = {
    ...PlanePanel.figure,
    title: "The directions of the bowl",
    controls: `<span class="lr-pair" hidden><select aria-label="Parameter across"></select> <select aria-label="Parameter upwards"></select></span>${note()}`,
    legend:
      key("gradient", "line", "along the steepest direction", "axes") +
      key("optimum", "dash", "along the shallowest", "axes") +
      key("path", "square", "start", "run") +
      key("path", "line", "path", "run") +
      key("model", "arrow", "step −<i class=lr-eta></i>∇", "run") +
      key("optimum", "star", "minimum", "best") +
      '<span hidden><span data-key="gradient"><span></span></span></span>',
  };

  set(state) {
    super.set(state);
    for (const entry of this.figure.querySelectorAll('[data-key="axes"]')) entry.hidden = state.bowl.p !== 2;
    this.figure.classList.remove("lr-alone");
  }

  prepare(state) {
    super.prepare(state);
    if (state.bowl.p === 2) this.skewed = !oneScale(this, state);
  }

  note(state) {
    const outside = super.note(state);
    if (outside) return outside;
    return this.skewed && state.bowl.p === 2 ? "axes of unequal scale: the right angle looks skewed" : "";
  }

  traces(state) {
    const { bowl, here, colours, pair } = state;
    const traces = super
      .traces(state)
      .filter(({ marker, line }) => !(marker?.symbol === "arrow" && line?.color === colours.gradient));
    if (bowl.p !== 2) return traces;
    return [
      ...traces.slice(0, 1),
      ...this.#axes(bowl, colours, pair),
      ...traces.slice(1, -1),
      ...this.#error(bowl, here, colours, pair),
      ...traces.slice(-1),
    ];
  }

  #axes(bowl, colours, [j, k]) {
    const far = 2 * Math.hypot(this.xRange[1] - this.xRange[0], this.yRange[1] - this.yRange[0]);
    return [0, 1].map((i) => {
      const v = direction(bowl, i),
        { role, dash } = look(i, 2);
      const at = (sign, axis) => bowl.best[axis] + sign * far * v[axis];
      return {
        x: [at(-1, j), at(1, j)],
        y: [at(-1, k), at(1, k)],
        moves: "never",
        mode: "lines",
        line: { color: colours[role], width: 1.5, dash },
        opacity: 0.7,
      };
    });
  }

  /** From the minimum along the shallow direction, then along the steep one, to θ. */
  #error(bowl, { theta }, colours, [j, k]) {
    const v = direction(bowl, 1),
      length = (theta[0] - bowl.best[0]) * v[0] + (theta[1] - bowl.best[1]) * v[1];
    const corner = [0, 1].map((axis) => bowl.best[axis] + length * v[axis]);
    const start = this.place(bowl.best, 0, [j, k]),
      turn = this.place(corner, 0, [j, k]),
      end = this.place(theta, 0, [j, k]);
    const leg = (from, to, role) => ({
      x: [from[0], to[0]],
      y: [from[1], to[1]],
      moves: "step",
      mode: "lines",
      line: { color: colours[role], width: 5 },
      opacity: 0.75,
    });
    return [leg(start, turn, "optimum"), leg(turn, end, "gradient")];
  }
}

/** A table: for each direction λ, the factor 1 − ηλ and how many steps leave 1 % of the error. */
export class Directions extends Control {
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-directions">
        <table><caption>What a step does along each direction</caption>
          <thead><tr><th scope="col">direction</th><th scope="col">λ</th><th scope="col">1 − <i class="lr-eta"></i>λ</th><th scope="col">steps to 1 %</th></tr></thead><tbody></tbody></table>
      </div>`),
    );
    this.body = this.element.querySelector("tbody");
  }

  show({ scene, bowl, run }) {
    const { p } = bowl;
    while (this.body.rows.length > p) this.body.lastElementChild.remove();
    while (this.body.rows.length < p)
      this.body.append(
        element(
          '<table><tbody><tr><th scope="row"></th><td></td><td></td><td></td></tr></tbody></table>',
        ).querySelector("tr"),
      );
    [...this.body.rows].forEach((row, i) => {
      const { eigenvalue, factor, steps } = along(scene, run.rate, i);
      const arrow =
        p <= 3
          ? `(${direction(bowl, i)
              .map((value) => number(value, 3))
              .join(", ")})`
          : "";
      const texts = [
        `${i + 1}${rank(i, p)}`,
        number(eigenvalue),
        eigenvalue > 0 ? number(factor, 5) : "1",
        steps === null ? (Math.abs(factor) > 1 ? "grows" : "never") : number(steps),
      ];
      for (const [m, cell] of [...row.cells].entries()) write(cell, texts[m]);
      row.cells[0].title = arrow && `along ${arrow}`;
      row.cells[1].title = String(eigenvalue);
      row.cells[2].title = String(factor);
    });
  }
}
