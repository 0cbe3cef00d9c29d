// θ by hand, one parameter at a time: a slider and a box for each.

import { extent } from "../drawing/flat_panel.js";
import { element } from "../drawing/markup.js";
import { numberBox, parameterOf } from "../input/number_box.js";
import { Control } from "./control.js";

const REST = 150; // milliseconds without a change after which a try counts as made
const STEPS = 400;

/** The smallest of 1, 2, 5, 10, 20 … that is at least this large. */
function roundUp(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  return Number(([1, 2, 5, 10].find((digit) => digit * power >= size * 0.9999999) * power).toPrecision(3));
}

const spanOf = (values) => {
  const [low, high] = extent(values);
  return high - low || Math.abs(high) || 1;
};

/** How far each slider reaches to both sides of 0: steep enough for any line one would draw through these rows. */
function reaches({ scene, bowl, run }) {
  const up = spanOf(scene.y),
    steep = scene.columns.map((column) => up / spanOf(column));
  const highest = Math.max(...extent(scene.y).map(Math.abs));
  const level = 1.3 * highest + steep.reduce((sum, slope, j) => sum + slope * Math.abs(scene.means[j]), 0);
  const wanted = [...(scene.offset ? [level] : []), ...steep.map((slope) => 2.5 * slope)];
  const start = run.at(0).theta;
  return wanted.map((size, j) => roundUp(Math.max(size, 1.1 * Math.abs(start[j]), 1.1 * Math.abs(bowl.best[j]))));
}

export class Weights extends Control {
  constructor(stage) {
    super(stage, element('<div class="lr-weights" role="group" aria-label="Parameters by hand"></div>'));
  }

  set(state) {
    const { scene, run } = state;
    const names = scene.paramNames.join("\n");
    if (this.names !== names) {
      this.names = names;
      this.key = null;
      this.rows = scene.params.map((name, j) => this.#row(name, scene.paramNames[j], j));
      this.element.replaceChildren(...this.rows.map(({ row }) => row));
    }
    const { theta } = run.at(0);
    const outgrown = this.reach?.some((reach, j) => Math.abs(theta[j]) > reach);
    if (this.key !== scene.key || outgrown) {
      this.key = scene.key;
      this.reach = reaches(state);
      for (const [j, { range }] of this.rows.entries())
        Object.assign(range, { max: this.reach[j], min: -this.reach[j], step: this.reach[j] / STEPS });
    }
    this.preview(state);
  }

  #row(name, longName, j) {
    const row = element('<div class="lr-weight"><span></span><input type="range"></div>');
    const [label, range] = row.children,
      box = numberBox(`${longName} as a number`);
    row.append(box);
    label.textContent = name;
    label.title = longName;
    range.setAttribute("aria-label", longName);
    range.addEventListener("pointerdown", () => this.#lookAt(j));
    range.addEventListener("input", () => this.#move(j, Number(range.value)));
    range.addEventListener("change", () => this.#rest());
    box.addEventListener("change", () => this.#typed(j, box));
    return { row, range, box };
  }

  /** With several features the picture of one feature follows the hand to another one. */
  #lookAt(j) {
    const { scene, dataView } = this.stage.state,
      feature = j - scene.offset;
    if (scene.M > 1 && feature >= 0 && String(Number(dataView)) === dataView && Number(dataView) !== feature)
      this.stage.update({ dataView: String(feature) });
  }

  #move(j, value) {
    clearTimeout(this.resting);
    const { stage } = this,
      theta = Float64Array.from(stage.state.run.at(0).theta);
    theta[j] = Number(value.toPrecision(6));
    stage.update({ start: theta, held: { by: "weight" } });
  }

  #rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      if (this.stage.state.held?.by === "weight") this.stage.update({ held: null, ask: "start" });
    }, REST);
  }

  #typed(j, box) {
    const value = parameterOf(box, this.stage.state.scene.constants.largest, () => this.preview(this.stage.state));
    if (Number.isNaN(value)) return;
    this.#move(j, value);
    this.#rest();
  }

  /** θ is another one. */
  preview({ run }) {
    const { theta } = run.at(0);
    this.rows.forEach(({ range, box }, j) => {
      range.value = theta[j];
      range.setAttribute("aria-valuetext", String(Number(theta[j].toPrecision(6))));
      box.value = Number(theta[j].toPrecision(10));
    });
  }
}
