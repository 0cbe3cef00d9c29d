// The start of θ: a box per parameter, or a random one by its seed.

import { element } from "../../drawing/markup.js";
import { numberBox, parameterOf, seedOf } from "../../input/number_box.js";
import { Control } from "../control.js";

/** @import { Stage, State } from "../../types.js" */

export class StartControl extends Control {
  /** @param {Stage} stage */
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-start" role="group" aria-label="Start of the parameters">
        <b>Start</b><span class="lr-start-boxes"></span>
        <button type="button" class="lr-random">Random start</button>
        <label>Seed <input type="number" class="lr-seed" step="any" aria-label="Seed of the random start"></label>
      </div>`),
    );
    this.boxes = this.part("span", ".lr-start-boxes");
    this.seed = this.part("input", ".lr-seed");
    this.lastSeed = 1; // comes back where another one is refused
    this.names = "";
    /** @type {HTMLInputElement[]} */
    this.inputs = [];
    this.seed.value = String(this.lastSeed);
    this.seed.addEventListener("change", () => this.#draw());
    this.part("button").addEventListener("click", () => this.#draw());
  }

  /** @param {State} state */
  set(state) {
    const { params, paramNames, seed } = state.payload;
    if (seed !== null) {
      this.lastSeed = seed;
      this.seed.value = String(seed);
    }
    const names = paramNames.join("\n");
    if (this.names !== names) {
      this.names = names;
      this.inputs = paramNames.map((name) => numberBox(`Start of ${name}`));
      this.boxes.replaceChildren(...this.inputs.map((input, j) => this.#labelled(input, params[j])));
    }
    this.preview(state);
  }

  /**
   * @param {HTMLInputElement} input
   * @param {string} name
   */
  #labelled(input, name) {
    const label = document.createElement("label");
    input.addEventListener("change", () => this.#typed());
    label.append(name, input);
    return label;
  }

  /** @param {State} state */
  preview({ run }) {
    const { theta } = run.at(0);
    this.inputs.forEach((input, j) => {
      input.value = String(Number(theta[j].toPrecision(6)));
    });
  }

  #draw() {
    const { maxSeed } = this.stage.state.payload.constants;
    const seed = seedOf(this.seed, maxSeed, () => {
      this.seed.value = String(this.lastSeed);
    });
    if (!Number.isNaN(seed)) this.stage.send({ random: seed });
  }

  #typed() {
    const { stage } = this,
      { maxChosenNumber } = stage.state.payload.constants;
    const start = this.inputs.map((input) => parameterOf(input, maxChosenNumber, () => this.preview(stage.state)));
    if (!start.some(Number.isNaN)) stage.update({ start: Float64Array.from(start), ask: "start" });
  }
}
