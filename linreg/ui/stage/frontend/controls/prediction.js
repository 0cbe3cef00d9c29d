// A prediction for a new x: a box per feature, and the arithmetic that anyone can do again by hand.

import { element, write } from "../drawing/markup.js";
import { numberBox, numberIn } from "../input/number_box.js";
import { factor, inUnit, number } from "../math/format.js";
import { Control } from "./control.js";

const DIGITS = 10;
const said = (value) => number(value, DIGITS);

export class Predict extends Control {
  constructor(stage) {
    super(
      stage,
      element(`
      <div class="lr-predict" role="group" aria-label="Predict a new x">
        <b>Predict a new x</b><div class="lr-predict-boxes"></div><p class="lr-arithmetic"></p>
      </div>`),
    );
    this.boxes = this.element.querySelector(".lr-predict-boxes");
    this.words = this.element.querySelector(".lr-arithmetic");
  }

  set({ scene }) {
    if (this.key === scene.key) return;
    this.key = scene.key;
    this.boxes.replaceChildren(...scene.features.map((name, j) => this.#box(name, scene.featureLabels[j], j)));
  }

  #box(name, label, j) {
    const row = document.createElement("label"),
      box = numberBox(`New ${name}`),
      words = document.createElement("span");
    words.textContent = label;
    row.title = label;
    box.addEventListener("change", () => {
      const value = numberIn(box);
      if (Number.isNaN(value)) return this.#write(this.stage.state.newX);
      this.stage.update({ newX: Object.assign([...this.stage.state.newX], { [j]: value }) });
    });
    row.append(words, box);
    return row;
  }

  #write(newX) {
    this.written = newX;
    [...this.boxes.querySelectorAll("input")].forEach((box, j) => {
      box.value = newX[j];
    });
  }

  show({ scene, here: { theta }, newX }) {
    if (this.written !== newX) this.#write(newX); // else a number half typed would be lost
    const { offset, params, M, symbols } = scene;
    const letters = M === 1 ? ["x"] : newX.map((_, j) => `x${j + 1}`);
    const rule = [...params.slice(0, offset), ...letters.map((x, j) => `${params[j + offset]}·${x}`)].join(" + ");
    const numbers = [
      ...(offset ? [said(theta[0])] : []),
      ...newX.map((x, j) => `${factor(theta[j + offset], DIGITS)}·${factor(x, DIGITS)}`),
    ].join(" + ");
    write(
      this.words,
      `${symbols.fitted} = ${rule}\n= ${numbers}\n= ${inUnit(said(scene.predict(theta, newX)), scene.units.target)}`,
    );
  }
}
