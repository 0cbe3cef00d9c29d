// The start of θ: a box per parameter, or a random one by its seed.

import { element } from "../drawing/markup.js";
import { numberBox, parameterOf, seedOf } from "../input/number_box.js";
import { Control } from "./control.js";

export class StartBoxes extends Control {
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
    this.boxes = this.element.querySelector(".lr-start-boxes");
    this.drawn = 1; // the seed to come back to
    this.seed = this.element.querySelector(".lr-seed");
    this.element.querySelector(".lr-random").addEventListener("click", () => this.#draw());
    this.seed.value = this.drawn;
    this.seed.addEventListener("change", () => this.#draw());
  }

  set(state) {
    const { scene } = state;
    if (scene.seed !== null) this.seed.value = this.drawn = scene.seed;
    if (this.boxes.dataset.names !== scene.paramNames.join("\n")) {
      this.boxes.dataset.names = scene.paramNames.join("\n");
      this.boxes.replaceChildren(...scene.params.map((name, j) => this.#box(name, scene.paramNames[j])));
    }
    this.preview(state);
  }

  #box(name, longName) {
    const label = document.createElement("label"),
      box = numberBox(`Start of ${longName}`);
    box.addEventListener("change", () => this.#typed());
    label.append(name, box);
    return label;
  }

  /** The run begins elsewhere. */
  preview({ run }) {
    const { theta } = run.at(0);
    [...this.boxes.querySelectorAll("input")].forEach((box, j) => {
      box.value = Number(theta[j].toPrecision(6));
    });
  }

  #draw() {
    const seed = seedOf(this.seed, this.stage.state.scene.constants.mostSeed, () => {
      this.seed.value = this.drawn;
    });
    if (!Number.isNaN(seed)) this.stage.send({ random: seed });
  }

  #typed() {
    const { stage } = this,
      restore = () => this.preview(stage.state);
    const start = [...this.boxes.querySelectorAll("input")].map((box) =>
      parameterOf(box, stage.state.scene.constants.largest, restore),
    );
    if (start.some(Number.isNaN)) return;
    stage.update({ start: Float64Array.from(start), ask: "start" });
  }
}
