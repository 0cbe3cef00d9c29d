// θ by hand, one parameter at a time: a slider and a box for each.

import { element } from "../../drawing/markup.js";
import { numberBox, parameterOf } from "../../input/number_box.js";
import { extent } from "../../math/geometry/ranges.js";
import { Control } from "../control.js";

/** @import { Numbers, Stage, State } from "../../types.js" */

const REST_MS = 150; // without a change, after which a try counts as made
const SLIDER_STEPS = 400; // to each side of 0

export class WeightsControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(stage, element('<div class="lr-weights" role="group" aria-label="Parameters by hand"></div>'));
    this.names = "";
    this.key = "";
    /** @type {number[]} */
    this.reach = [];
    /** @type {{ range: HTMLInputElement, box: HTMLInputElement }[]} */
    this.rows = [];
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined;
  }

  /** @param {State} state */
  set(state) {
    const { payload, run } = state;
    const names = payload.paramNames.join("\n");
    if (this.names !== names) {
      this.names = names;
      this.key = "";
      this.element.replaceChildren();
      this.rows = payload.params.map((name, j) => this.#row(name, payload.paramNames[j], j));
    }
    const { theta } = run.at(0);
    if (this.key !== payload.key || this.reach.some((reach, j) => Math.abs(theta[j]) > reach)) {
      this.key = payload.key;
      this.reach = reachOf(state);
      this.rows.forEach(({ range }, j) => {
        const reach = this.reach[j];
        Object.assign(range, { max: String(reach), min: String(-reach), step: String(reach / SLIDER_STEPS) });
      });
    }
    this.preview(state);
  }

  /**
   * @param {string} name
   * @param {string} longName
   * @param {number} j
   */
  #row(name, longName, j) {
    const row = element('<div class="lr-weight"></div>'),
      label = document.createElement("span"),
      range = Object.assign(document.createElement("input"), { type: "range" }),
      box = numberBox(`${longName} as a number`);
    row.append(label, range, box);
    this.element.append(row);
    label.textContent = name;
    label.title = longName;
    range.setAttribute("aria-label", longName);
    range.addEventListener("pointerdown", () => this.#lookAt(j));
    range.addEventListener("input", () => this.#move(j, Number(range.value)));
    range.addEventListener("change", () => this.#rest());
    box.addEventListener("change", () => this.#typed(j, box));
    return { range, box };
  }

  /**
   * With several features the picture of one feature follows the hand to another one.
   * @param {number} j
   */
  #lookAt(j) {
    const { payload, dataView } = this.stage.state,
      feature = String(j - payload.offset);
    const showsAnother = !Number.isNaN(Number(dataView)) && dataView !== feature;
    if (payload.M > 1 && j >= payload.offset && showsAnother) this.stage.update({ dataView: feature });
  }

  /**
   * @param {number} j
   * @param {number} value
   */
  #move(j, value) {
    clearTimeout(this.resting);
    const start = Float64Array.from(this.stage.state.run.at(0).theta);
    start[j] = Number(value.toPrecision(6));
    this.stage.update({ start, held: { by: "weight" } });
  }

  #rest() {
    clearTimeout(this.resting);
    this.resting = setTimeout(() => {
      if (this.stage.state.held?.by === "weight") this.stage.update({ ask: "start", held: null });
    }, REST_MS);
  }

  /**
   * @param {number} j
   * @param {HTMLInputElement} box
   */
  #typed(j, box) {
    const { stage } = this;
    const value = parameterOf(box, stage.state.payload.constants.maxChosenNumber, () => this.preview(stage.state));
    if (Number.isNaN(value)) return;
    this.#move(j, value);
    this.#rest();
  }

  /** @param {State} state */
  preview({ run }) {
    const { theta } = run.at(0);
    this.rows.forEach(({ range, box }, j) => {
      range.value = String(theta[j]);
      range.setAttribute("aria-valuetext", String(Number(theta[j].toPrecision(6))));
      box.value = String(Number(theta[j].toPrecision(10)));
    });
  }
}

/**
 * How far each slider reaches to both sides of 0: steep enough for any line one would draw through these rows.
 * @param {Pick<State, "payload" | "bowl" | "run">} state
 */
export function reachOf({ payload, bowl, run }) {
  const up = lengthOf(payload.y),
    steep = payload.columns.map((column) => up / lengthOf(column));
  const highest = Math.max(...extent(payload.y).map(Math.abs));
  const level = 1.3 * highest + steep.reduce((sum, slope, j) => sum + slope * Math.abs(payload.means[j]), 0);
  const wanted = [...(payload.offset ? [level] : []), ...steep.map((slope) => 2.5 * slope)];
  const start = run.at(0).theta;
  return wanted.map((size, j) => roundUp(Math.max(size, 1.1 * Math.abs(start[j]), 1.1 * Math.abs(bowl.best[j]))));
}

/** @param {Numbers} values */
function lengthOf(values) {
  const [low, high] = extent(values);
  return high - low || Math.abs(high) || 1;
}

/**
 * The smallest of 1, 2, 5, 10, 20 … that is at least this large.
 * @param {number} size
 */
function roundUp(size) {
  const power = 10 ** Math.floor(Math.log10(size));
  const digit = [1, 2, 5].find((each) => each * power >= size * 0.9999999) ?? 10;
  return Number((digit * power).toPrecision(3));
}
