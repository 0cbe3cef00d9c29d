// The start of θ: a box per parameter, or a random one by its seed.

import { element } from "./markup.js";

const MOST = 1e100; // linreg.link.LARGEST

export class StartBoxes {
  constructor(stage) {
    this.stage = stage;
    this.element = element(`
      <div class="lr-start" role="group" aria-label="Start of the parameters">
        <b>Start</b><span class="lr-start-boxes"></span>
        <button type="button" class="lr-random">Random start</button>
        <label>Seed <input type="number" class="lr-seed" step="1" min="0" value="1" aria-label="Seed of the random start"></label>
      </div>`);
    this.boxes = this.element.querySelector(".lr-start-boxes");
    const seed = this.element.querySelector(".lr-seed"), random = () => stage.send({ random: Number(seed.value) });
    this.element.querySelector(".lr-random").addEventListener("click", random);
    seed.addEventListener("change", random);
  }

  set(state) {
    const { scene } = state;
    if (this.boxes.dataset.names !== scene.paramNames.join("\n")) {
      this.boxes.dataset.names = scene.paramNames.join("\n");
      this.boxes.replaceChildren(...scene.params.map((name, j) => this.#box(name, scene.paramNames[j])));
    }
    this.started(state);
  }

  #box(name, longName) {
    const label = document.createElement("label"), box = document.createElement("input");
    Object.assign(box, { type: "number", step: "any" });
    box.setAttribute("aria-label", `Start of ${longName}`);
    box.addEventListener("change", () => this.#typed());
    label.append(name, box);
    return label;
  }

  /** The run begins elsewhere. */
  started({ run }) {
    const { theta } = run.at(0);
    [...this.boxes.querySelectorAll("input")].forEach((box, j) => { box.value = Number(theta[j].toPrecision(6)); });
  }

  /** Says why a number is not taken, and goes back to the one before. */
  #refuse(j) {
    const box = this.boxes.querySelectorAll("input")[j];
    box.setCustomValidity("A start lies between −1e100 and 1e100; farther out the loss does not fit a float.");
    box.reportValidity();
    box.addEventListener("input", () => box.setCustomValidity(""), { once: true });
    setTimeout(() => { box.setCustomValidity(""); this.started(this.stage.state()); }, 4000);
  }

  #typed() {
    const start = [...this.boxes.querySelectorAll("input")].map((box) => (box.value.trim() === "" ? NaN : Number(box.value)));
    if (!start.every(Number.isFinite)) return this.started(this.stage.state()); // an emptied box goes back to what it was
    const far = start.findIndex((value) => Math.abs(value) > MOST);
    if (far >= 0) return this.#refuse(far);
    this.stage.moveStart(Float64Array.from(start));
    this.stage.sendStart();
  }
}
